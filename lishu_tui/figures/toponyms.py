"""Places: those of a list, and those whose name ends as names of places do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures.folding import any_of, rows, simple, words

LONGEST = 7
_GOES_ON = re.compile(
    simple(
        "路[径线程段口面边上况由费灯障]|[县市省][乡镇级区]|市[场民值面价集道容况井占盈售斤尺]|区[域别分间块隔划号]|镇[静压痛定纸]|乡[亲村土愁间音情绅]|村[庄口落寨]|"
        "街[头坊上边舞景拍]|河[流段水长畔边堤床道岸沟]|湖[泊水面畔边区]|江[水面边畔湖岸]|山[区上水头谷体地寨歌货楂羊药泉洞庄]|岛[上屿内国民]|州[长府]|"
        "县[级内里]|[山河湖岛州市县]队|里[面边程]|屯[兵田粮]|盟[友约主国]|府[上]|海峡两"
    )
)
"""A suffix that is the beginning of another word."""
NUMERALS = frozenset("一二三四五六七八九十百千万两零〇")


class Place(NamedTuple):
    start: int
    end: int
    rule: str


class Tables(NamedTuple):
    listed: re.Pattern[str]
    suffix: re.Pattern[str]
    no_place: frozenset[str]
    before: re.Pattern[str]
    wide: frozenset[str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that the rules about places and bodies go by."""
    suffixes = words("place_suffixes.txt")
    return Tables(
        listed=re.compile(any_of(words("places.txt")) + "(?![岸])"),
        suffix=re.compile(any_of(suffixes)),
        no_place=frozenset(words("not_places.txt")),
        before=re.compile(any_of(w[::-1] for w in words("before_names.txt"))),
        wide=frozenset(
            simple(w)
            for first, kind in rows("names/place_suffixes.txt")
            if kind in ("nature", "road", "region")
            for w in first.split(" ")
        ),
    )


def name_start(text: str, low: int, high: int) -> tuple[int, bool]:
    """How far left a name reaches that ends at `high`, and whether something there says that it begins (a mark, a word
    that no name holds) or only its length does."""
    t = tables()
    back = text[low:high][::-1]
    at = 0
    while at < len(back):
        if not "\u3400" <= back[at] <= "\u9fff":
            return high - at, True
        if t.before.match(back, at):
            return high - at, True
        at += 1
    return low, low == 0 or not "\u3400" <= text[low - 1] <= "\u9fff"


def places_in(text: str) -> list[Place]:
    """The places that a paragraph (canonical) names, in order; a larger and a smaller one in a row are two."""
    t = tables()
    listed = {m.start(): m.end() for m in t.listed.finditer(text)}
    ends = {end: start for start, end in listed.items()}
    found: list[Place] = []
    loose: list[tuple[int, int, int]] = []
    last = 0
    for match in t.suffix.finditer(text):
        at, end = match.span()
        if (start := ends.get(at)) is not None and start >= last:  # 吉林|省
            found.append(Place(start, end, "listed"))
            last = end
            continue
        if _GOES_ON.match(text, end - 1):
            continue
        low = max(last, at - LONGEST)
        start, clean = name_start(text, low, at)
        clean = clean or start == last > 0
        for a in range(start, at):  # 支援湖北|恩施市: what is listed begins a name, or ends one before this
            if (b := listed.get(a)) is not None and start < b < at:
                start, clean = b, True
        if at - start == 1 and start > low and text[start - 1] in ALSO and _begins(text, start - 1):  # 和|平區
            start -= 1
        stem = text[start:at]
        if not _may_be(t, stem, match[0], text[start:end], chained=0 < last == start):
            continue
        if clean and len(stem) <= (5 if start == last and last else 4):
            found.append(Place(start, end, "suffix"))
            last = end
        else:
            loose.append((start, at, end))
    sure = {text[p.start : p.end] for p in found}
    for start, at, end in loose:
        for a in range(start, at - 1):
            if text[a:end] in sure:
                found.append(Place(a, end, "suffix"))
                break
    covered = bytearray(len(text))
    for p in found:
        covered[p.start : p.end] = b"\1" * (p.end - p.start)
    found += [Place(a, b, "listed") for a, b in listed.items() if not any(covered[a:b])]
    return sorted(found)


def _begins(text: str, at: int) -> bool:
    return (
        at == 0
        or not "\u3400" <= text[at - 1] <= "\u9fff"
        or tables().before.match(text[max(0, at - 4) : at][::-1]) is not None
    )


ALSO = frozenset("和同原为名于经过至向曾从多内前后上下高")
"""Words of grammar that names of places may begin with."""
LEVELS = frozenset("县市省镇村区乡户屯级组")


def _may_be(t: Tables, stem: str, suffix: str, whole: str, *, chained: bool) -> bool:
    if suffix in ("路", "街", "巷", "道", "大街", "胡同") and (len(stem) > 4 or any(c in NUMERALS for c in stem[:1])):
        return False
    if len(stem) < 2 - chained or not stem or all(c in NUMERALS or c in LEVELS for c in stem):
        return False
    if any(whole[n:] in t.no_place for n in range(len(stem))) or stem[0] == "委" or stem.endswith(("书记", "主任")):
        return False  # 市委|市政府
    return not stem.endswith(("大", "小", "新", "老", "级")) or len(stem) > 3 or suffix in ("镇", "乡")
