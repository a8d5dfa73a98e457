"""What leads from the noun of one figure to the next: whether a figure goes on with the one before it, what the clause
before is about, which of several things each of several figures counts."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.counted import (
    EACH,
    FROM,
    LONGEST,
    MAYBE_LEADING,
    NOUN,
    REACH,
    SHARE,
    THAN,
    TIMES,
    compounds,
)
from lishu_tui.figures.wordlists import word_lists

_HAN = "\u3400-\u9fff"


_SAYS = re.compile("(?:表明|显示|认为|[说称]|指出|介绍|透露|发现|统计|了解|获悉)$")


_MARK = re.compile("[,，。；：、;:！？]")


def subject(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """What the clause before is about, for a figure that stands in a clause of its own (…产量再创新高，达到3万吨)."""
    lists = word_lists()
    base = max(floor, start - 2 * REACH)
    stop = max(text.rfind(",", base, start), text.rfind("，", base, start))
    if stop < 0 or not _only_links(text[stop + 1 : start]):
        return None
    clause = _MARK.search(text[base:stop][::-1])
    first = max(base, floor, 0 if clause is None else stop - clause.start())
    if text[stop + 1 : start] == "在" or _SAYS.search(text, first, stop):
        return None
    found = NOUN.match(text, first, stop)
    if found is None:
        return None
    end = found.end()
    for match in lists.before.finditer(text, first, end):
        if match[0] in lists.nouns or compounds(text, match):
            continue
        if match.start() > first:
            end = match.start()
            break
        first = match.end()
    word = text[first:end]
    return (first, end) if 2 <= len(word) <= LONGEST and word not in lists.empty else None


@lru_cache(maxsize=4096)
def _only_links(words: str) -> bool:
    """Whether there is nothing but links: 比上年增加, 同比增长, 达到."""
    if MAYBE_LEADING.search(words):
        words = TIMES.sub("", FROM.sub("", SHARE.sub("", THAN.sub("", EACH.sub("", words)))))
    linking = word_lists().linking
    at = 0
    words = words.strip()
    while at < len(words):
        link = linking.match(words, at)
        if link is None:
            return False
        at = link.end()
    return True


def goes_on(text: str, start: int, floor: int) -> bool:
    """Whether a figure goes on with the one before it: 从6200元涨到7800元, 十二年至三年."""
    between = text[floor:start]
    if not between:
        return text[start - 1 : start] in tuple("上下")
    between = between[1:] if between[0] == "、" and len(between) > 1 else between
    if len(between) <= 6 and _LED.fullmatch(between):
        return True
    return len(between) <= 6 and (between in "、和与或及×*xX" or ("，" not in between and _only_links(between)))


_LED = re.compile(f"[{_HAN}]{{1,3}}[到至成为]了?")
"""Between what it was and what it is: 由187亿元追加到221亿元."""


def continues(words: str) -> bool:
    """Whether a clause goes on about the same: a comma, and nothing but links behind it."""
    return bool(re.fullmatch("[,，][^,，。；！？;\n]{1,12}", words)) and _only_links(words[1:])


_ENDS = re.compile("[。；！？;\n]")


_PASSED_OVER = re.compile("[)）]|起步|左右")


def alone(text: str, start: int, floor: int) -> bool:
    """Whether nothing but links stands between the figure before and the one at `start`, in the same sentence."""
    between = text[floor:start]
    if len(between) > 24 or _ENDS.search(between):
        return False
    if "，" not in between and "," not in between:
        return False
    first, *clauses = _PASSED_OVER.sub("", between).replace("，", ",").split(",")
    return bool(clauses) and not first and all(_only_links(clause) for clause in clauses)


def leads_on(words: str) -> bool:
    """Whether there is nothing but links between a length of time and a figure: 两年|平均增长|5.2%."""
    return 0 < len(words) <= 8 and _only_links(words)


_HEADED = re.compile(
    f"(?:[{_HAN}][率量额价]|播种面积比例|播种面积|面积|比例|收入|产值|增加值|指数|浓度|气温|人数|总数|里程|长度|高度)$"
)


_MEMBERS = re.compile(
    f"([{_HAN}A-Za-z0-9]{{1,14}}(?:[、和及与][{_HAN}A-Za-z0-9]{{1,14}})+)[,，]?(?:同比|环比)?分别[{_HAN}]{{0,4}}$"
)


def respectively(text: str, start: int, floor: int) -> list[tuple[int, int]]:
    """The members of a list of which 分别 gives the figures one by one (甲、乙、丙分别为1、2、3); else none."""
    base = max(floor, start - 64)
    found = _MEMBERS.search(text, base, start) if "分别" in text[max(base, start - 8) : start] else None
    if found is None:
        return []
    begun = max(text.rfind(word, *found.span(1)) + len(word) for word in ("依次是", "依次为", "包括", "其中"))
    members = [m.span() for m in re.compile("[^、和及与]+").finditer(text, max(begun, found.start(1)), found.end(1))]
    if _HEADED.search(text[slice(*members[-1])]) and not _HEADED.search(text[slice(*members[0])]):
        head = _HEADED.search(text, *members[-1])
        members = [head.span() if head else members[-1]] * len(members)  # 稻谷、小麦播种面积分别
    clause = re.match("[^，。；,;]*", text[start : start + 120])
    return members if clause and len(re.findall("[、和及与]", clause[0])) + 1 == len(members) else []
