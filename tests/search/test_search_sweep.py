"""A large document searched stretch by stretch finds what is found in one that is small."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Edition, load_edition
from lishu_tui.edition.texts import Texts
from lishu_tui.library import edition_of
from lishu_tui.search import compile, find
from lishu_tui.search.sweep import Sweep, sweep

ARTICLE = load_edition().readings["restored"]
QUERIES = (
    "疫情",
    "志愿者",
    "志 愿 者",
    "，",
    "zhanzheng",
    "zhanzh",
    "lishu xian",
    "wo",
    "9980",
    "no such",
    "的",
    "梨樹縣 委",
    "“",
    "",
)
SCRAPS = ["\n", "\n\n", " ", "　", "春天", "來了", "農民", "we ", "are", "\u200b", "\n \n", "。", "chun", "ａ"]
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def large(edition: Edition) -> Edition:
    """The same document, held as a large one is."""
    texts = Texts.joined(edition.readings["restored"])
    return msgspec.structs.replace(edition, readings={"restored": texts, "simplified": texts, "capture": texts})


def small(edition: Edition) -> Edition:
    readings = {name: tuple(texts) for name, texts in edition.readings.items() if name != "english"}
    return msgspec.structs.replace(edition, readings=readings)


@pytest.mark.parametrize("stretch", [1, 300, 1 << 18])
@pytest.mark.parametrize("query", QUERIES)
def test_the_hits_are_those_of_find(query: str, stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.search.sweep.STRETCH", stretch)
    plain = small(load_edition())
    assert find(large(plain), query) == find(plain, query)


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join),
    st.sampled_from([*SCRAPS, "春天來", "chuntian", "chunti", "we a"]),
)
@QUICK
def test_the_same_of_any_text_and_query(text: str, query: str) -> None:
    plain = small(edition_of(f"春{text}".encode(), "text.txt"))
    assert find(large(plain), query) == find(plain, query)


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join), st.integers(0, 60))
@QUICK
def test_the_first_hit_from_a_place(text: str, at: int) -> None:
    edition = large(small(edition_of(f"春{text}".encode(), "text.txt")))
    one = sweep(edition, compile("春"))
    assert one is not None
    assert one.go_on()
    paragraph = at % len(edition.paragraphs)
    place = (paragraph, min(at, len(edition.text(paragraph))))
    after = [n for n, hit in enumerate(one.hits) if (hit.span.paragraph, hit.span.start) >= place]
    assert one.hits.first_from(*place) == (after[0] if after else len(one.hits))


def test_a_search_can_be_left_off_and_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.search.sweep.STRETCH", 100)
    edition = large(small(load_edition()))
    one = Sweep(edition.readings["restored"], compile("疫情"))  # type: ignore[arg-type]
    counts = []
    while not one.go_on(0):
        counts.append(len(one.hits))
    assert len(counts) > 10
    assert counts == sorted(counts)
    assert list(one.hits) == find(edition, "疫情")
