"""Whole texts scanned: the hits are those of the paragraphs one by one, and no text makes it slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Span
from lishu_tui.search import Hit, compile
from lishu_tui.search.compact import compact
from lishu_tui.search.pinyin import spell
from lishu_tui.search.scan import Scan, hits

LETTERS = "战戰戦争爭正aAb1 \u3000\u200b\ufeff，。「"
TEXTS = st.lists(st.text(st.one_of(st.sampled_from(LETTERS), st.characters(exclude_characters="\n")), max_size=14))
QUERIES = st.one_of(
    st.text(st.sampled_from(LETTERS), max_size=4),
    st.sampled_from(["zhanzheng", "zhan", "zhengz", "zha", "a b", "zhanzhengzheng", "zhan zheng"]),
)
MANY = 120_000


@settings(max_examples=300)
@given(TEXTS, QUERIES, st.booleans())
@example(["战 争", "战争", "戦\u200b爭争"], "战争", False)
@example(["a\u200bb", "a b", "a  b", "a\u3000b"], "a b", False)
@example(["战战", "战"], "战", False)
@example(["戦争"], "zhanzheng", False)
@example([" 战", "正"], "zhanzheng", True)
def test_a_scan_finds_what_each_paragraph_holds(paragraphs: list[str], query: str, begun: bool) -> None:
    wanted, text = compile(query), "\n".join(paragraphs)
    expected = [
        Hit(Span(number, start, end), "restored", kind)
        for number, paragraph in enumerate(paragraphs)
        for start, end, kind in wanted.in_compact(compact(paragraph), begun=begun)
    ]
    scan = Scan(wanted, begun=begun)
    assert list(hits(text, scan.places(text))) == expected
    assert scan.holds(text) == bool(expected)


@given(st.lists(st.sampled_from(["zhan", "xi", "an", "xian", "zheng", "a", "shi"]), min_size=1, max_size=7))
def test_whatever_is_read_so_is_one_of_the_ways_or_begins_as_one(syllables: list[str]) -> None:
    spelling = spell("".join(syllables))
    if spelling is not None:
        for most in (1, 4, 1000):
            paths = spelling.paths(most)
            assert paths.ways
            assert len(paths.ways) <= most or not paths.whole
            assert paths.whole or all(len(way) <= 2 for way in paths.ways)
            assert all(all(way) for way in paths.ways)


@pytest.mark.parametrize("query", ["战争", "a b", "ab", "战", "zhanzheng", "aaaa", "a a a", "xianxianxianxian"])
@pytest.mark.parametrize("piece", ["战", " ", "战 ", "战\u200b", "a ", "a\u200b \u200b", "\u3000", "战a", "西安 "])
def test_no_text_makes_it_slow(query: str, piece: str) -> None:
    text = piece * (MANY // len(piece))
    begun = time.perf_counter()
    Scan(compile(query)).places(text)
    assert time.perf_counter() - begun < 2
