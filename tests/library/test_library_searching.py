"""The library searched: what is found in all documents is what a search of each of them finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library import index, searching
from lishu_tui.library.searching import Found, Stopped, search
from lishu_tui.library.store import Library
from lishu_tui.search import Hit, compile, find
from lishu_tui.search.compact import compact
from lishu_tui.search.concordance import snippet
from lishu_tui.search.pinyin import syllabary
from tests.library.kept import fill, made, some

LETTERS = "梨樹县縣战戰爭争正政治乾干后後發髮的，。 \u3000\u200b「aA1 战争\U00020bb7\U0001f600\U00100022\u0301"
SPELT = ("li", "shu", "xian", "zhan", "zheng", "zheng", "zhi", "li")
SYLLABLES = ("zhan", "zheng", "li", "shu", "xian", "gan", "hou", "fa", "zhi", "de")
ANYTHING = st.text(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=4)
LAW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def _documents() -> Iterator[Edition]:
    """Many small documents of few characters, so that much is found in many of them, and a few large ones."""
    random = Random(5)
    for number in range(130):
        lines = ["".join(random.choices(LETTERS, k=random.randint(2, 40))) for _ in range(random.randint(1, 5))]
        date = random.choice(["", "2019-04-02", "2020-02-17", "2020-02-18", "2021"])
        yield made(
            f"文{number}", *(f"{line}。" for line in lines), date=date, source=random.choice(["", "新華社", "四平日報"])
        )
    yield from (edition for edition in some() if not edition.has("english"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("searched") / "library.db"
    fill(path, _documents())
    with Library.open(path) as opened:
        yield opened


class Editions(list[Edition]):
    def __repr__(self) -> str:
        return "…"


@pytest.fixture(scope="module")
def editions(library: Library) -> Editions:
    """In the order of what is found: the newest first, of one day the last imported."""
    entries = sorted(library.entries(), key=lambda entry: (entry.date, entry.number), reverse=True)
    return Editions(library.edition(entry.id) for entry in entries)


def _expected(editions: Editions, query: str) -> dict[str, list[Hit]]:
    wanted = compile(query)
    found = {e.id: [hit for hit in find(e, query) if hit.reading == "restored"] for e in editions}
    whole = {e.id for e in editions if any(wanted.in_compact(compact(p)) for p in e.readings["restored"])}
    return {id: hits for id, hits in found.items() if hits and (id in whole or not whole)}


def _check(library: Library, editions: Editions, query: str) -> None:
    expected = _expected(editions, query)
    found = search(library, query)
    assert found.documents == len(expected)
    assert [one.entry.id for one in found] == list(expected)
    assert {one.entry.id: one.hits for one in found} == expected
    assert search(library, query).hits() == sum(map(len, expected.values()))
    first = search(library, query).page(0, 7)
    assert [one.entry.id for one in first] == list(expected)[:7]
    assert [one.entry.id for one in search(library, query).page(5, 3)] == list(expected)[5:8]
    if first:
        edition = next(e for e in editions if e.id == first[0].entry.id)
        (hit,) = first[0].first()
        assert hit == first[0].hits[0]
        assert first[0].snippet(hit) == snippet(edition.text(hit.span.paragraph), hit.span.start, hit.span.end)


@LAW
@given(query=ANYTHING)
@example(query="")
@example(query="的")
@example(query="a 1")
@example(query='" OR 的')
@example(query="战争*")
@example(query="\ud800")
@example(query="\0")
def test_what_is_found_is_what_a_search_of_each_document_finds(
    library: Library, editions: Editions, query: str
) -> None:
    _check(library, editions, query)


@LAW
@given(data=st.data())
def test_every_piece_of_every_document_is_found(library: Library, editions: Editions, data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(editions))
    text = data.draw(st.sampled_from(edition.readings["restored"]))
    start = data.draw(st.integers(0, len(text) - 1))
    _check(library, editions, text[start : start + data.draw(st.integers(1, 6))])


@LAW
@given(
    syllables=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3),
    parted=st.sampled_from(["", " ", "'"]),
    cut=st.integers(0, 3),
)
@example(syllables=["zhan", "zheng"], parted="", cut=0)
@example(syllables=["xian"], parted="", cut=0)
def test_pinyin_is_found_as_it_is_in_each_document(
    library: Library, editions: Editions, syllables: list[str], parted: str, cut: int
) -> None:
    query = parted.join(syllables)
    _check(library, editions, query[: len(query) - cut])


@pytest.mark.parametrize("length", [20, 24, 25, 26, 40, 300])
def test_long_queries_are_found_whole(tmp_path: Path, length: int) -> None:
    random = Random(length)
    text = "".join(random.choices("梨樹縣战争政治，", k=length - 1)) + "里"
    with Library.open(tmp_path / "library.db", write=True) as library:
        for edition in (
            made("甲", f"的{text}。"),
            made("乙", f"的{text[:-1]}，哩。"),
            made("丙", f"的{text[:9]} {text[9:]}。"),
        ):
            library.add(edition)
        assert [one.count for one in search(library, text)] == [1, 1]
        assert search(library, text[:-1]).documents == 3
        assert search(library, text * 2).documents == 0
        spelt = text.replace("，", "").translate(str.maketrans(dict(zip("梨樹縣战争政治里", SPELT, strict=True))))
        wanted = {e.id for e in map(library.edition, [e.id for e in library.entries()]) if find(e, spelt)}
        assert {one.entry.id for one in search(library, spelt)} == wanted


def test_pinyin_of_very_many_ways_is_found_too(library: Library, editions: Editions) -> None:
    _check(library, editions, "xianxianxianxianxianxianxian")
    _check(library, editions, "lishuxianzhanzhengzhengzhi")
    assert len(syllabary()) > 400


@pytest.mark.parametrize("query", ["的", "战争", "樹县", "zhanzheng", "zhanzh", "不在其中的話"])
def test_years_and_sources_are_counted_and_narrow(library: Library, editions: Editions, query: str) -> None:
    expected = [library.entry(id) for id in _expected(editions, query)]
    years = Counter(entry.year or 0 for entry in expected if entry)
    sources = Counter(entry.source for entry in expected if entry)
    found = search(library, query)
    assert found.years() == sorted(years.items(), reverse=True)
    assert dict(found.sources()) == sources
    assert [number for _, number in found.sources()] == sorted(sources.values(), reverse=True)
    for year in [*years, 1999]:
        narrowed = search(library, query, year=year)
        assert narrowed.documents == years[year]
        assert [one.entry.id for one in narrowed] == [e.id for e in expected if e and (e.year or 0) == year]
        for source in sources:
            both = search(library, query, year=year, source=source)
            wanted = [e.id for e in expected if e and (e.year or 0) == year and e.source == source]
            assert both.documents == len(wanted)
            assert [one.entry.id for one in both.page()] == wanted
            assert both.hits() == sum(one.count for one in both)
            assert dict(both.years()) == ({year: len(wanted)} if wanted else {})


def test_pages_far_down_and_pages_of_few_go_on_from_each_other(
    library: Library, editions: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(_expected(editions, "的"))
    monkeypatch.setattr(searching, "DEEP", 20)
    monkeypatch.setattr(searching, "COMMON", 0.0)
    for rare, many in ((1000, 0), (0, 1000), (0, 0)):
        monkeypatch.setattr(searching, "RARE", rare)
        monkeypatch.setattr(searching, "MANY", many)
        found = search(library, "的")
        pages = [found.page(start, 9) for start in range(0, len(expected) + 9, 9)]
        assert [one.entry.id for page in pages for one in page] == expected


def test_lines_for_the_concordance_come_with_their_editions(library: Library, editions: Editions) -> None:
    for entry, edition, hits in search(library, "春天").concordance():
        assert edition.id == entry.id
        assert {edition.quote(hit.span) for hit in hits} == {"春天"}


def test_what_was_removed_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    ids = fill(path)
    with Library.open(path, write=True) as library:
        kept = [library.edition(id) for id in ids if id != ids[1]]
        queries = ("玉米", "玉", "yumi", "都到地里去", "地里", "收")
        for query in queries:
            assert any(one.entry.id == ids[1] for one in search(library, query))
        library.remove(ids[1])
        for query in queries:
            expected = _expected(kept, query)
            assert search(library, query).documents == len(expected)
            assert search(library, query).hits() == sum(map(len, expected.values()))
        assert not list(index.check(library.connection))


def test_an_index_made_by_other_rules_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    ids = fill(path)
    with Library.open(path, write=True) as library:
        library.connection.execute("UPDATE indexed SET rules = 'of another version'")
        library.connection.execute("INSERT INTO bigrams (bigrams) VALUES ('delete-all')")
        for query in ("玉米", "玉", "yumi", "yum"):
            assert [one.entry.id for one in search(library, query)] == [ids[1]]


@pytest.mark.parametrize("query", ["玉米", "都到地里去", "yumi", "雨"])
def test_a_damaged_text_keeps_no_other_from_being_found(tmp_path: Path, query: str) -> None:
    path = tmp_path / "library.db"
    ids = fill(
        path,
        [made("甲", "都到地里去收玉米。"), made("乙", "都到地里去收玉米，雨。"), made("丙", "都到地里去收玉米，雨！")],
    )
    with Library.open(path, write=True) as library:
        library.connection.execute("UPDATE texts SET data = x'00' WHERE document = 2")
        found, shown = search(library, query), list[str]()
        with pytest.raises(LishuError) as told:
            shown.extend(one.entry.id for one in found)
        assert shown == [id for id in reversed(ids) if id != ids[1] and (query != "雨" or id != ids[0])]
        assert (told.value.place, list(found.damaged)) == (ids[1], [2])
        assert "\n" not in str(told.value)
        if len(query) != 2:
            with pytest.raises(LishuError):
                search(library, query).hits()


def test_a_search_that_is_stopped_says_so(library: Library) -> None:
    for ask in (lambda f: f.documents, lambda f: f.page(), lambda f: next(iter(f)), Found.hits, Found.years):
        found = search(library, "zhanzheng")
        found.stop()
        with pytest.raises(Stopped):
            ask(found)
    found = search(library, "zhan")
    pages = iter(found)
    next(pages)
    found.stop()
    with pytest.raises(Stopped):
        list(pages)
    assert search(library, "的").documents


@pytest.mark.parametrize("query", ["的", "战争", "zhanzheng"])
def test_a_question_under_way_is_stopped_too(library: Library, query: str) -> None:
    for ask in (lambda f: f.documents, lambda f: f.page(), Found.hits, Found.sources):
        found = search(library, query)
        library.connection.set_progress_handler(found.stop, 1)
        try:
            with pytest.raises(Stopped):
                ask(found)
        finally:
            library.connection.set_progress_handler(None, 0)
    assert search(library, query).documents
