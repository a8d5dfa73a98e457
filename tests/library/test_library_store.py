"""Documents added, listed, opened and taken out; what is stored is to the letter what was given."""

from __future__ import annotations

import re
import sqlite3
import time
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Edition, LishuError, Span, load_edition
from lishu_tui.edition.model import (
    Comparison,
    Damage,
    Dropped,
    Emendation,
    Name,
    Paragraph,
    Provenance,
    Quotation,
    Rule,
    Section,
    Source,
    Statistic,
)
from lishu_tui.library.store import SORTS, Library, entries, faults, library_file, packing, prepare
from lishu_tui.library.store.schema import VERSION
from lishu_tui.library.store.soundness import unsound
from lishu_tui.search.fold import fold
from tests.library.kept import GLOSSED, faults_of, fill, ids, made, some

ON_DISK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "library.db"


def test_what_was_added_comes_back_whole(path: Path) -> None:
    known = fill(path)
    assert len(set(known)) == len(some())
    with Library.open(path) as library:
        for id, edition in zip(known, some(), strict=True):
            assert library.edition(id) == msgspec.structs.replace(edition, id=id)
            assert library.capture(id) == edition.capture
    assert not faults_of(path)


def test_the_same_bytes_twice_are_one_document(path: Path) -> None:
    edition = made("甲")
    with Library.open(path, write=True) as library:
        assert library.add(edition) == (edition.id, "added")
        again = msgspec.structs.replace(edition, id="otherwise-123456")
        assert library.add(again) == (edition.id, "known")
        assert library.add(prepare(again)) == (edition.id, "known")
        assert library.count() == 1


def test_another_capture_with_that_id_gets_a_longer_one(path: Path) -> None:
    editions = [made("甲", str(number)) for number in range(3)]
    taken = editions[0].id
    with Library.open(path, write=True) as library:
        first = [library.add(msgspec.structs.replace(edition, id="a-b"))[0] for edition in editions]
        assert first[0] == "a-b"
        assert all(re.fullmatch("a-b-[0-9a-f]{6}", id) for id in first[1:])
        assert len({library.edition(id).id for id in first}) == 3
    with Library.open(path.with_name("other.db"), write=True) as library:
        digest = editions[1].source.sha256
        library.add(msgspec.structs.replace(editions[0], id=f"x-{digest[:6]}"))
        id, _ = library.add(prepare(msgspec.structs.replace(editions[1], id=f"x-{digest[:6]}")))
        assert id == f"x-{digest[:8]}"
        assert library.edition(id).readings == editions[1].readings
        assert library.entry(taken) is None


def test_the_bundled_documents_id_is_not_given_away(path: Path) -> None:
    with Library.open(path, write=True) as library:
        id, _ = library.add(load_edition())
        assert re.fullmatch("lishu-[0-9a-f]{6}", id)
        assert library.edition(id).id == id


def test_a_line_of_the_list(path: Path) -> None:
    edition = made("菜市場", GLOSSED, "又一段", url="http://www.example.cn/1.html", date="2020-02-03")
    with Library.open(path, write=True) as library:
        library.add(edition)
        entry = library.entry(edition.id)
        assert entry is not None
        assert library.entries() == [entry]
    assert entry._replace(imported="") == (
        1, edition.id, "菜市場", "2020-02-03", 2020, "example.cn", "http://www.example.cn/1.html",
        "2020-03-01T08:00:00+08:00", "html", sum(map(len, edition.readings["restored"])), 2, len(edition.emendations),
        40, "", edition.source.sha256,
    )  # fmt: skip
    assert edition.emendations
    assert datetime.fromisoformat(entry.imported).utcoffset() is not None


def test_a_document_taken_out_is_gone(path: Path) -> None:
    known = fill(path)
    with Library.open(path, write=True) as library:
        assert library.remove(known[3])
        assert not library.remove(known[3])
        assert library.entry(known[3]) is None
        with pytest.raises(LishuError, match=known[3]):
            library.edition(known[3])
        for table, column in (("captures", "document"), ("editions", "document"), ("texts", "document")):
            assert library.execute(f"SELECT count(*) FROM {table} WHERE {column} = 4") == [(0,)]
        assert library.add(some()[3])[1] == "added"
    assert not faults_of(path)


def test_an_import_is_all_or_nothing(path: Path) -> None:
    fill(path, some()[:1])
    with Library.open(path, write=True) as library:
        with pytest.raises(KeyboardInterrupt), library.importing():  # noqa: PT012
            library.add(some()[1])
            raise KeyboardInterrupt
        assert library.count() == 1
        with library.importing():
            library.add(some()[1])
            with pytest.raises(LishuError):  # one that fails does not undo the others
                library.add(msgspec.structs.replace(some()[2], source=Source(sha256="0" * 64)))
            library.add(some()[3])
        assert library.count() == 3
    assert not faults_of(path)


def test_one_that_fails_in_the_middle_leaves_no_half(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lishu_tui.library.store import library as room

    def fail(*_: Any) -> None:
        raise LishuError("index", "", "failed", "")

    with Library.open(path, write=True) as library, library.importing():
        library.add(some()[0])
        with monkeypatch.context() as patch:
            patch.setattr(room.index, "add", fail)
            with pytest.raises(LishuError, match="failed"):
                library.add(some()[1])
        library.add(some()[2])
    assert not faults_of(path)
    assert len(ids(path)) == 2


def test_a_capture_beyond_the_limit_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "FILE_LIMIT", 10)
    with Library.open(path, write=True) as library, pytest.raises(LishuError, match="too large"):
        library.add(made("甲"))


# ── sorted and filtered ─────────────────────────────────────────────────────────────────────────────────────────────


def titles(found: list[entries.Entry]) -> list[str]:
    return [entry.title for entry in found]


def test_titles_stand_in_the_order_of_pinyin(path: Path) -> None:
    order = ["2020年", "alpha", "《北京》", "背景", "北京大學", "Beta", "重慶", "绿色", "亂世", "律師甲"]
    expected = ["2020年", "alpha", "《北京》", "北京大學", "背景", "Beta", "律師甲", "绿色", "亂世", "重慶"]
    fill(path, map(made, order))
    with Library.open(path) as library:
        assert titles(library.entries(sort="title")) == expected
        assert titles(library.entries(sort="title", descending=True)) == expected[::-1]


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_is_total_and_pages_are_parts_of_it(path: Path, sort: Any) -> None:
    fill(path, [made(f"題{n % 3}", "字" * (n % 4 + 1), str(n), date=f"20{10 + n % 2}-01-01") for n in range(11)])
    with Library.open(path) as library:
        whole = library.entries(sort=sort)
        assert len({entry.number for entry in whole}) == 11
        assert whole == library.entries(sort=sort, descending=True)[::-1]
        assert [e for n in range(0, 11, 4) for e in library.entries(sort=sort, offset=n, limit=4)] == whole
        part = library.entries(sort=sort, filter="2011")
        assert part == [entry for entry in whole if entry.date.startswith("2011")]


def test_a_clock_put_back_changes_no_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["2038-01-20T00:00:00+08:00", "1999-01-01T00:00:00-05:00", "2020-01-01T00:00:00+00:00"])
    monkeypatch.setattr(packing, "now", lambda: next(times))
    known = fill(path, some()[:3])
    with Library.open(path) as library:
        assert [entry.id for entry in library.entries(sort="imported")] == known
        assert [entry.id for entry in library.entries(sort="imported", descending=True)] == known[::-1]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("", 6), ("  　", 6), ("春耕", 1), ("梨树", 3), ("梨樹縣", 3), ("梨樹 2018", 1), ("2018 梨樹", 1),
        ("日报", 2), ("example", 1), ("nothing", 0), ("%", 0), ("_", 0), ("\\", 0), ("\0", 0), ("\ud800", 0),
        ("\n", 6),
    ],
)  # fmt: skip
def test_the_filter_is_blind_to_script_and_width(path: Path, filter: str, found: int) -> None:
    fill(path)
    with Library.open(path) as library:
        assert library.count(filter) == found == len(library.entries(filter=filter))


WORDS = st.lists(
    st.sampled_from(["梨", "树", "樹縣", "2018", "日", "Alpha", "ａ", "報", "x", "村　", '"', "%"]), max_size=3
)


@ON_DISK
@given(st.lists(st.tuples(WORDS.map("".join), WORDS.map(" ".join)), min_size=1, max_size=8), WORDS)
def test_a_filter_leaves_what_holds_each_of_its_words(
    tmp_path_factory: Any, shown: list[tuple[str, str]], sought: list[str]
) -> None:
    path = tmp_path_factory.mktemp("filter") / "library.db"
    fill(path, [made("題" + title, str(n), source=source) for n, (title, source) in enumerate(shown)])
    with Library.open(path) as library:
        words = fold(" ".join(sought)).split()
        shown_as = {entry: fold(f"{entry.title} {entry.source} {entry.date} {entry.id}") for entry in library.entries()}
        expected = [entry for entry, line in shown_as.items() if all(word in line for word in words)]
        assert library.entries(filter=" ".join(sought)) == expected
        for offset, limit in ((0, 1), (0, 3), (1, 2), (2, 50), (0, 0)):
            found = library.entries(filter=" ".join(sought), offset=offset, limit=limit)
            assert found == expected[offset:][:limit]
        assert library.count(" ".join(sought)) == len(expected)


def test_times_are_told_with_their_offset(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for zone, offset in (("Asia/Shanghai", "+08:00"), ("UTC0", "+00:00"), ("XXX+3:30", "-03:30")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert entries.now().endswith(offset)
    monkeypatch.undo()
    time.tzset()


def test_how_the_file_is_written(path: Path) -> None:
    with Library.open(path, write=True) as library:
        for setting, value in [
            ("journal_mode", "delete"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000),
            ("mmap_size", 0), ("trusted_schema", 0), ("cell_size_check", 1), ("user_version", VERSION),
            ("application_id", 0x6C697368),
        ]:  # fmt: skip
            found = library.execute(f"PRAGMA {setting}")
            assert found in ([(value,)], []), setting  # a build without memory maps says nothing of them


@pytest.mark.parametrize("code", [*range(1, 29), 776, 266, 3850, 1032, 522, 9999])
def test_each_fault_of_the_database_is_one_line(code: int) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    fault = faults.told(error, "a.db")
    assert str(fault).startswith("a.db: ")
    assert "\n" not in str(fault)
    assert fault.exit_code in (2, 74)
    assert isinstance(fault, sqlite3.DatabaseError)
    assert fault.sqlite_errorcode == code


def test_where_the_library_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LISHU_TUI_LIBRARY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert library_file() == tmp_path / "lishu-tui" / "library.db"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert library_file().is_absolute()
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(tmp_path / "a.db"))
    assert library_file() == tmp_path / "a.db"


# ── exact ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHARACTERS = st.characters(blacklist_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=12)
NUMBER = st.integers(-(10**25), 10**25) | st.integers(0, 100) | st.floats(allow_nan=False, allow_infinity=False)
INDEX = st.integers(0, 10**6)
SPAN = st.builds(Span, INDEX, INDEX, INDEX)
QUOTATION = st.builds(Quotation, span=SPAN, quote=TEXT)
READINGS = ("restored", "simplified", "capture", "english")


def some_of(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=3).map(tuple)


def any_of(kind: type[msgspec.Struct], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every field of the kind filled: those not named hold text."""
    return st.builds(kind, **(dict.fromkeys(kind.__struct_fields__, TEXT) | fields))


TEXTS = some_of(TEXT)
EDITIONS = any_of(
    Edition,
    source=any_of(Source, year=st.none() | st.integers(-9999, 9999), supplied=TEXTS, authors=TEXTS, bytes=INDEX),
    capture=st.binary(max_size=50),
    readings=st.lists(st.sampled_from(READINGS), unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: TEXTS | st.just(("同",)) for name in {"restored", *names}})
    ),
    paragraphs=some_of(any_of(Paragraph, index=INDEX, number=INDEX)),
    sections=some_of(any_of(Section, has_heading=st.booleans(), first=INDEX, last=INDEX)),
    emendations=some_of(
        any_of(
            Emendation, span=SPAN, start=INDEX, end=INDEX, certainty=st.sampled_from(["certain", "named", "chosen"]),
            candidates=INDEX, runner_up=st.none() | TEXT,
            margin=st.none() | st.floats(allow_nan=False, allow_infinity=False),
            bytes=st.none() | TEXT, consistent=st.booleans(),
        )
    ),
    rules=some_of(any_of(Rule, count=INDEX)),
    damage=st.none() | any_of(Damage, glosses=some_of(st.tuples(TEXT, TEXT))),
    statistics=some_of(
        any_of(
            Statistic, span=SPAN, value=NUMBER, low=st.none() | NUMBER, high=st.none() | NUMBER,
            bound=st.sampled_from(["exact", "range"]), bound_word=st.none() | TEXT, unit=st.none() | TEXT,
            counted=st.none() | TEXT, origin=st.sampled_from(["checked", "found"]),
        )
    ),
    comparisons=some_of(
        any_of(
            Comparison, columns=some_of(st.tuples(TEXT, TEXT)),
            rows=some_of(st.tuples(TEXT, TEXT, some_of(st.none() | TEXT))),
        )
    ),
    statistics_complete=st.booleans(),
    names=some_of(
        any_of(
            Name, kind=st.sampled_from(["person", "place", "body", "media"]), aliases=TEXTS, office=st.none() | TEXT,
            office_en=st.none() | TEXT, places=some_of(SPAN), said=some_of(QUOTATION),
        )
    ),
    provenance=st.none()
    | any_of(Provenance, declared=TEXTS, dropped=some_of(any_of(Dropped, characters=INDEX)), remarks=TEXTS),
)  # fmt: skip


@QUICK
@given(EDITIONS)
def test_every_field_is_packed_and_unpacked_without_loss(edition: Edition) -> None:
    back = packing.unpack(packing.pack(edition, packing.MOST), edition.capture, packing.MOST)
    assert back == edition
    assert repr(back) == repr(edition) or list(back.readings) != list(edition.readings)  # 1 is not 1.0


def test_numbers_that_have_no_end_are_kept_or_refused() -> None:
    edition = made("菜市場", GLOSSED)
    first = msgspec.structs.replace(edition.emendations[0], margin=float("inf"))
    edition = msgspec.structs.replace(edition, emendations=(first, *edition.emendations[1:]))
    assert packing.unpack(packing.pack(edition, packing.MOST), edition.capture, packing.MOST) == edition
    figure = Statistic(id="1", span=Span(0, 0, 1), quote="", value=10**30, low=None, high=None, bound="exact",
                       bound_word=None, unit=None, counted=None, label="", label_en="")  # fmt: skip
    with pytest.raises(LishuError, match="cannot be kept"):
        packing.pack(msgspec.structs.replace(edition, statistics=(figure,)), packing.MOST)


@ON_DISK
@given(st.lists(st.text(CHARACTERS | st.sampled_from("，。(jǐ )擠\0\n\u3000"), min_size=1), min_size=1, max_size=6))
def test_editions_of_any_text_are_kept_to_the_letter(tmp_path_factory: Any, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "library.db"
    try:
        edition = made(lines[0], *lines)
    except LishuError:  # nothing but blanks
        return
    with Library.open(path, write=True) as library:
        library.add(edition)
        assert library.edition(edition.id) == edition
        assert all(finding.ok for finding in library.check())
        assert library.remove(edition.id)
        assert all(finding.ok for finding in library.check())


def test_half_a_character_is_stored_as_a_stand_in(path: Path) -> None:
    edition = made("甲", "乙丙")
    said = msgspec.structs.replace(edition.provenance or Provenance(), came_from="a\udce9.html")
    readings = edition.readings | {"restored": ("乙\ud800",), "capture": ("乙\ud800",)}
    source = msgspec.structs.replace(edition.source, title="\udfff", publisher="\ud800")
    with Library.open(path, write=True) as library:
        edition = msgspec.structs.replace(edition, provenance=said, readings=readings, source=source)
        library.add(edition)
        back = library.edition(edition.id)
        assert back.provenance is not None
        assert back.provenance.came_from == "a\ufffd.html"
        assert back.readings["restored"] == ("乙\ufffd",)
        assert titles(library.entries()) == ["\ufffd"]
    assert not faults_of(path)


def test_what_was_stored_before_a_field_was_thought_of_opens() -> None:
    edition = made("甲", GLOSSED)
    plain = msgspec.msgpack.decode(zlib.decompress(packing.pack(edition, packing.MOST)))
    del plain["edition"]["provenance"]
    for emendation in plain["edition"]["emendations"]:
        del emendation["consistent"], emendation["margin"]
    back = packing.unpack(zlib.compress(msgspec.msgpack.encode(plain)), edition.capture, packing.MOST)
    assert back.provenance is None
    assert back.readings == edition.readings
    assert all(e.margin is None for e in back.emendations)


@pytest.mark.parametrize("data", [b"", b"x", *map(zlib.compress, (b"", b"{", b"\x80", b"\x91" * 99_999))])
def test_what_is_no_edition_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        packing.unpack(data, b"", packing.MOST)


def test_what_unpacks_to_too_much_is_given_up_early() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    with pytest.raises(ValueError, match=r".+"):
        packing.inflate(bomb, 1_000_000)
    assert packing.inflate(zlib.compress(bytes(1000)), 1000) == bytes(1000)
    with pytest.raises(ValueError, match=r".+"):
        packing.inflate(zlib.compress(bytes(1001)), 1000)


def test_every_edition_that_we_make_is_sound() -> None:
    assert [unsound(edition) for edition in some()] == [""] * len(some())


@pytest.mark.parametrize(
    "change",
    [
        lambda e: {"paragraphs": e.paragraphs[:-1]},
        lambda e: {"sections": ()},
        lambda e: {"sections": e.sections * 2},
        lambda e: {"readings": {"restored": e.readings["restored"]}},
        lambda e: {"readings": e.readings | {"simplified": e.readings["simplified"][:-1]}},
        lambda e: {"readings": e.readings | {"simplified": tuple(t + "x" for t in e.readings["simplified"])}},
        lambda e: {"readings": e.readings | {"restored": tuple(t + "x" for t in e.readings["restored"])}},
        lambda e: {"readings": e.readings | {"capture": tuple(t + "x" for t in e.readings["capture"])}},
        lambda e: {"readings": {r: tuple(t.replace("。", "\n") for t in texts) for r, texts in e.readings.items()}},
        lambda e: {"emendations": e.emendations[1:]},
        lambda e: {"emendations": e.emendations * 2},
        lambda e: {"emendations": [msgspec.structs.replace(e.emendations[0], span=Span(99, 0, 0))]},
        lambda e: {"emendations": [msgspec.structs.replace(e.emendations[0], span=Span(-1, 0, 0))]},
        lambda e: {"emendations": [msgspec.structs.replace(e.emendations[0], start=-5)]},
        lambda e: {"paragraphs": (), "readings": dict.fromkeys(e.readings, ()), "sections": (), "emendations": ()},
    ],
)
def test_what_does_not_hold_together_is_told(change: Any) -> None:
    edition = made("菜市場", GLOSSED, "又一段")
    assert unsound(msgspec.structs.replace(edition, **change(edition)))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_no_list_is_sorted_or_read_as_a_whole(path: Path, sort: Any, descending: bool) -> None:
    """What keeps the list quick at 100,000 documents: each order has an index, and a filter reads one and no rows."""
    fill(path, some()[:2])
    with Library.open(path) as library:
        plans: dict[str, list[list[str]]] = {}
        for filter in ("", "梨"):
            asked: list[str] = []
            library.connection.set_trace_callback(asked.append)
            library.entries(sort=sort, descending=descending, filter=filter, limit=50)
            library.count(filter)
            library.connection.set_trace_callback(None)
            explained = [library.execute(f"EXPLAIN QUERY PLAN {question}") for question in asked]
            plans[filter] = [[row[3] for row in plan] for plan in explained]
    first, counted = plans[""]
    assert not [line for line in first + counted if "TEMP B-TREE" in line]
    assert sort == "imported" or "SCAN documents" not in first
    few, among, counted = plans["梨"]
    assert sort == "imported" or "SCAN documents" not in few
    assert "SCAN documents USING COVERING INDEX documents_filter" in among
    assert "SCAN documents USING COVERING INDEX documents_filter" in counted
