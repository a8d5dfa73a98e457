"""Bodies and media: committees, bureaus, schools, companies, newspapers, told by what their names end in."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import toponyms
from lishu_tui.figures.folding import any_of, words
from lishu_tui.figures.people import HAN
from lishu_tui.figures.toponyms import Place

LONGEST = 18
LEVELS = frozenset("省市县区镇乡州村")


class Body(NamedTuple):
    start: int
    end: int
    kind: str
    rule: str


class Tables(NamedTuple):
    ends: re.Pattern[str]
    placed: frozenset[str]
    whole: frozenset[str]
    media_whole: frozenset[str]
    media_ends: frozenset[str]
    kinds: re.Pattern[str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that the rules about bodies and media go by."""
    whole, media_whole = words("body_suffixes.txt", "whole"), words("media.txt", "whole")
    placed, own, media_ends = (
        words("body_suffixes.txt", "place"),
        words("body_suffixes.txt", "any"),
        words("media.txt", "end"),
    )
    return Tables(
        ends=re.compile(any_of((*whole, *media_whole, *placed, *own, *media_ends))),
        placed=frozenset(placed),
        whole=frozenset(whole),
        media_whole=frozenset(media_whole),
        media_ends=frozenset(media_ends),
        kinds=re.compile(f"(?:{any_of(words('kinds.txt'))})+"),
    )


def bodies_in(text: str, places: list[Place]) -> list[Body]:
    """The bodies and media that a paragraph (canonical) names, given the places in it; of two that end together or in a
    row the longest."""
    t = tables()
    starts = [p.start for p in places]
    found: list[Body] = []
    for match in t.ends.finditer(text):
        at, end = match.span()
        word = match[0]
        if text[at : end + 1].endswith(("报道", "报导", "报告", "部署", "频道路")):
            continue
        if (word in _SCHOOLS and text[end : end + 1] in tuple("生教老课毕阶部时以学")) or (
            text[end : end + 1] == "》" and word not in t.media_ends | t.media_whole
        ):
            continue  # 小學|教師; a play's name
        if word[-1] == "会" and text[end : end + 1] in tuple("议员场谈面晤客计诊审费合期展话"):
            continue  # 醫學會|議
        if text[end : end + 1] == "长" and found and found[-1].end == at:
            continue  # 環境局|局長
        kind = "media" if word in t.media_whole or word in t.media_ends else "body"
        low = max(0, at - LONGEST)
        if found and found[-1].end > low:
            near = max(found[-1].start, at - 2 * LONGEST)
            low = near if found[-1].end >= at - 6 and not _BETWEEN.search(text, found[-1].end, at) else found[-1].end
        begin = _begin(t, text, low, at, end, word, places, starts)
        if begin is None:
            continue
        rule = "whole" if begin == at else "suffix"
        if found and begin < found[-1].end:
            begin = min(begin, found[-1].start)
            found.pop()
        found.append(Body(begin, end, kind, rule))
    return found


_SCHOOLS = frozenset(("小学", "中学", "初中", "高中", "大学", "幼儿园", "学校"))
_BETWEEN = re.compile(
    f"[^{HAN}]|[的了在是着把被将与至]|成立|设立|建立|组建|以及|来到|前往|进入|表示|认为|发布|开展|通过|举行|举办|推动|积极|宣布|参加|加入|联合|共同|主办|等|[一两多几数各]家|[一两几多]个|跻身|贯彻|落实|认真|主要|从事|阻止|需要|首个|申请|各|所有|全部|支持|实施|报考|老板|[和与及](?!.*(?:委员会|[局厅部署])$)"
)
"""What parts a place from a body that it is not part of."""


def _begin(
    t: Tables, text: str, low: int, at: int, end: int, word: str, places: list[Place], starts: list[int]
) -> int | None:
    """Where the name that ends in `word` begins; None where too little stands before it."""
    if word in t.media_whole:
        return at
    start, clean = toponyms.name_start(text, low, at)
    if any(text[k:end] in toponyms.tables().no_place for k in range(max(low, at - 3), at)):
        return None
    n = bisect_left(starts, end) - 1
    if n >= 0 and places[n].start >= low and not _BETWEEN.search(text[places[n].end : end]):
        while n and places[n - 1].end == places[n].start >= low:
            n -= 1
        return places[n].start - 2 * (
            text[places[n].start - 2 : places[n].start] in ("国立", "私立", "市立", "省立", "县立")
        )
    if word in t.whole or word in t.media_whole:
        return at
    if text[start] in "年月日" and text[start - 1 : start].isdecimal():
        start += 1  # 9月|新坪地检署
    own = text[start:at]
    if len(own) == 1 and own in LEVELS and clean:
        return start
    if word in t.placed:
        return at if word[0] in LEVELS and clean and start == at else None
    if own[:1] in "家余多个":  # 2000余|家醫院
        return None
    if word not in t.media_ends and (t.kinds.fullmatch(own) or (len(own) > 2 and t.kinds.fullmatch(own, 1))):
        return None  # 急救中心, 行公办小学
    if not clean or len(own) < 2 or len(own) > 12 or all(c in toponyms.NUMERALS for c in own):
        return None
    return start if len(own) >= (2 if len(word) > 1 else 3) else None
