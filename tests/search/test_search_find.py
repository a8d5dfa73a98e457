"""What a reader types, and what it finds in the bundled article."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lishu_tui.edition import Address, Edition, Span, load_edition
from lishu_tui.search import Hit, compile, find, fold
from lishu_tui.search.compact import compact
from lishu_tui.search.pinyin import spell


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def words(edition: Edition, query: str, kind: str | None = None) -> list[str]:
    return [hit.words(edition) for hit in find(edition, query) if kind in (None, hit.kind)]


@pytest.mark.parametrize(
    "queries",
    [
        ("突击队", "突擊隊", "突撃隊", "突\u200b擊隊", "突 擊 隊"),
        ("志願者", "志愿者", "誌願者"),
        ("9980", "９９８０", "9９8０"),
        ("9980人", "9980 人", "９９８０　人"),
        ("LED五路", "led 五路", "ＬＥＤ五路"),
        ("服务队，5000", "服務隊, 5000", "服務隊， 5000"),
        ("在“早”和“全”", "在「早」和「全」", "在 \"早\"和'全'"),
        ("《吉林日報》", "〈吉林日报〉"),
        ("后", "後"),
    ],
)
def test_all_ways_of_writing_find_the_same(edition: Edition, queries: tuple[str, ...]) -> None:
    first, *others = (find(edition, query) for query in queries)
    assert first
    assert all(other == first for other in others)


def test_a_hit_is_a_place_in_the_restored_reading(edition: Edition) -> None:
    for query in ("突击队", "疫情防控", "，", "县", "“"):
        texts = edition.readings["restored"]
        plain = sum(fold(text).count(fold(query)) for text in texts)
        hits = find(edition, query)
        assert len(hits) == plain > 0
        assert all(hit.reading == "restored" and hit.kind == "text" for hit in hits)
        assert all(fold(edition.quote(hit.span)) == fold(query) for hit in hits)


@pytest.mark.parametrize(
    ("query", "found", "count"),
    [
        ("zhanzheng", {"戰爭"}, 1),
        ("ZhanZheng", {"戰爭"}, 1),
        ("zhànzhēng", {"戰爭"}, 1),
        ("zha\u0300nzhe\u0304ng", {"戰爭"}, 1),
        ("zhanzhen", {"戰爭"}, 1),
        ("lishu xian", {"梨樹縣"}, 12),
        ("lishuxian", {"梨樹縣"}, 12),
        ("li shu xian", {"梨樹縣"}, 12),
        ("li'shu'xian", {"梨樹縣"}, 12),
        ("nv ganbu", {"女干部"}, 1),
        ("nüganbu", {"女干部"}, 1),
        ("nu ganbu", {"女干部"}, 1),
        ("tujidui", {"突擊隊"}, 2),
    ],
)
def test_pinyin(edition: Edition, query: str, found: set[str], count: int) -> None:
    hits = [hit for hit in find(edition, query) if hit.kind == "pinyin"]
    assert {hit.words(edition) for hit in hits} == found
    assert len(hits) == count


def test_pinyin_divides_in_every_way_and_keeps_the_borders_typed() -> None:
    assert [("西安先"[a:b]) for a, b in compile("xian").finditer("西安先")] == ["西安", "先"]
    assert list(compile("xi'an").finditer("先，西安")) == [(2, 4)]
    assert list(compile("fangan").finditer("反感，方案")) == [(0, 2), (3, 5)]
    assert list(compile("xian").finditer("西，安")) == []
    assert [len(range(a, b)) for a, b in compile("xianxian").finditer("西安西安先先")] == [4, 2]


def test_only_the_last_syllable_may_be_begun_and_only_where_nothing_else_is_found() -> None:
    assert list(compile("zhanzh").finditer("戰爭")) == [(0, 2)]
    assert list(compile("zhzheng").finditer("戰爭")) == []
    assert list(compile("zhan").finditer("戰張")) == [(0, 1)]
    assert list(compile("zhan").finditer("張")) == [(0, 1)]
    assert list(compile("led").finditer("LED，樂隊")) == [(0, 3)]


@pytest.mark.parametrize("query", ["a", "zh", "ng", "9980", "party!", "戰zheng", "", " ", "b" * 50, "a" * 301, "λa"])
def test_what_is_no_pinyin(query: str) -> None:
    assert spell(query) is None
    assert spell(query, partial=True) is None


def test_english_is_searched_for_latin_queries_only(edition: Edition) -> None:
    hits = find(edition, "volunteer")
    assert {hit.kind for hit in hits} == {"english"}
    assert all(hit.words(edition).lower() == "volunteer" for hit in hits)
    assert len(hits) == sum(text.lower().count("volunteer") for text in edition.readings["english"])
    assert find(edition, "VOLUNTEER") == hits
    assert {hit.reading for hit in find(edition, "9980")} == {"restored"}
    assert {"text", "english"} <= {hit.kind for hit in find(edition, "LED")}
    assert find(edition, "people's") == find(edition, "people’s") != []


@pytest.mark.parametrize(
    "query", ["", " ", "\u3000\t", "\u200b", "\ufeff \u00ad", "查無此語", "q" * 500, ".*", "[县]", "\\", "(?P<"]
)
def test_nothing_is_found_for_nothing(edition: Edition, query: str) -> None:
    assert find(edition, query) == []


def test_phrases_stop_at_punctuation_unless_it_is_typed(edition: Edition) -> None:
    assert words(edition, "人民战争疫情") == []
    assert words(edition, "赛跑这是") == []
    assert words(edition, "赛跑，这是") == ["賽跑，這是"]


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u202e", "\u3164", "\U000e0041", "\x00"]
)
def test_what_takes_no_room_is_passed_over(hidden: str) -> None:
    text = f"{hidden}梨{hidden}{hidden}樹 {hidden} 縣{hidden}open{hidden}ing"
    for query in ("梨树县", "lishuxian", f"梨{hidden}樹縣"):
        [(start, end)] = compile(query).finditer(text)
        assert text[start] == "梨"
        assert text[end - 1] == "縣"
    assert len(list(compile("opening").finditer(text))) == 1


def test_a_space_counts_between_latin_words_only() -> None:
    assert list(compile("a b").finditer("ab, a  b")) == [(4, 8)]
    assert list(compile("ab").finditer("a b")) == []
    assert compact("在 “早” 和 LED 5G  人 ").folded == '在"早"和led 5g人'


def test_spans_keep_the_search_within_them(edition: Edition) -> None:
    everywhere = find(edition, "突击队")
    section = list(edition.resolve(Address("lishu", "party-leadership")))
    assert find(edition, "突击队", section) == everywhere
    assert find(edition, "突击队", edition.resolve(Address("lishu", "opening"))) == []
    hit = everywhere[0].span
    assert find(edition, "突击队", [hit]) == everywhere[:1]
    assert find(edition, "突击队", [hit, hit, hit._replace(start=0)]) == everywhere[:1]
    assert find(edition, "突击队", [hit._replace(end=hit.end - 1)]) == []
    assert find(edition, "party", [hit]) == []
    assert find(edition, "party", section)


def test_hits_are_in_order_and_the_restored_reading_comes_first(edition: Edition) -> None:
    hits = find(edition, "lishu")
    assert {hit.reading for hit in hits} == {"restored", "english"}
    assert hits == sorted(hits, key=lambda h: (h.span.paragraph, h.reading == "english", h.span.start))
    assert all(isinstance(hit, Hit) and isinstance(hit.span, Span) for hit in hits)


def test_chinese_queries_need_no_pinyin_and_nothing_needs_the_makers_of_the_tables() -> None:
    code = """
import sys
from lishu_tui.edition import load_edition
from lishu_tui.search import find
from lishu_tui.search.pinyin import syllabary
edition = load_edition()
assert find(edition, "突击队") and find(edition, "9980")
assert syllabary.cache_info().currsize == 0
assert find(edition, "zhanzheng")
assert not {"opencc", "pypinyin", "textual", "rich"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
