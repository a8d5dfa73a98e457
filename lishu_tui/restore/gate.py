"""Whether a text is damaged in this way at all. What does not pass is not touched, to the character.

Two gates. The first weighs the readings in brackets: conversion must have made the characters they sit on, each must be
a reading of its character, one to a character, and nothing may speak for a lesson or a dictionary. The second looks at
places where a `?` stands before a mark and what follows makes no sense: see `restorer.py`, which reads such a place
both ways and believes in damage only if that is far likelier.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lishu_tui.restore import gbk, glosses
from lishu_tui.restore.glosses import GATE, GATE_LONGEST, Gloss
from lishu_tui.restore.language import readings, scripts

SHARE = 0.8
"""How many of the readings must sit on characters that conversion made and have the reading."""
STRANGERS = frozenset("麼裏裡後於幹隻週唸誌製係繫佈佔徵願鬥鬆鬱範採餘雲鹹麵")
"""Traditional characters that a conversion character by character does not make."""
SIGNATURE = frozenset("么里后于并愿斗征余采云咸范挂群")
"""Characters that such a conversion leaves, and that a page written in traditional script has as others."""
TAUGHT = frozenset("覺樂長還種發處當會調傳彈應興為難盡幾給觀號間將藏屬單參沒薄轉數蓋殼創稱強喪鋪縫語華見校學")
"""Converted characters with two readings that are taught, so that a single gloss may well be a teacher's."""
LESSON = re.compile("讀音|注音|拼音|多音字|生字|生詞|讀作|讀成|讀錯|聲調|跟我讀|怎么讀|怎麼讀|念作|念成|同音")
CORNERS = frozenset("「」『』")
FOLDED_MARK = re.compile(r"[\u4e00-\u9fff)][,;:?][\u4e00-\u9fff“]")
ODD = re.compile(
    r"\?(?:[，。！？；：（,:;?(]\)?(?=[^\x00-\x7f])|[！：；。，?](?=[?\n]|$)|(?=[\u4e00-\u9fff])|[,:;，：；](?=[A-Za-z@_^`{|}~\]\[][\u4e00-\u9fff]))"
)
MOST_ODD = 40
SAMPLE = 8000
SPACED = r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]{1,6} \)"
"""A reading with a blank before the bracket: no hand writes that."""


class Verdict(NamedTuple):
    """`damaged`, and why (not). `glosses` are all readings in brackets, `listed` the list they show. `trial`: places of
    a `?` where the text should be read both ways before it is called sound."""

    damaged: bool
    reason: str
    glosses: list[Gloss]
    listed: dict[str, str]
    trial: list[int]


def judge(text: str) -> Verdict:
    """The verdict on a text. A text with no reading behind a character and no odd `?` costs two searches, no more."""
    if not odd_enough(text):
        return Verdict(False, "", [], {}, [])
    found = list(glosses.find(text)) if gate_place(text) is not None else []
    trial = odd_places(text)
    if not found:
        return Verdict(False, "", [], {}, trial)
    damaged, reason, listed = _weigh(text, found, trial)
    trial = sorted({*trial, *(g.start - 1 for g in found[: 4 * MOST_ODD] if g.swallowed)})[:MOST_ODD]
    return Verdict(damaged, reason, found, listed, [] if damaged else trial)


def odd_enough(text: str) -> bool:
    """Whether there is anything to look at, and in a text: a long run of the same few characters is none."""
    first = gate_place(text)
    if first is None and (odd := ODD.search(text)) is not None:
        first = odd.start()
    if first is None:
        return False
    begin = max(0, first - SAMPLE // 4)
    sample = text[begin : begin + SAMPLE]
    if len(sample) < SAMPLE // 4:
        return True
    hanzi = [c for c in sample if gbk.is_hanzi(c)]
    return len(hanzi) * 20 > len(sample) and len(set(hanzi)) >= 40


def gate_place(text: str) -> int | None:
    """Where GATE is first found. It is looked for from the brackets that close, which are few and quickly found: the
    pattern itself could begin at every Chinese character."""
    close = text.find(")")
    while close >= 0:
        begin = max(close - GATE_LONGEST, 0)
        if (match := GATE.search(text[begin : close + 1])) is not None:
            return begin + match.start()
        close = text.find(")", close + 1)
    return None


def odd_places(text: str) -> list[int]:
    """Places of a `?` that is followed by what hardly ever follows one in a text. At most MOST_ODD."""
    places: list[int] = []
    for match in ODD.finditer(text):
        window = text[match.start() : match.start() + 7]
        if len(match[0]) > 1 or any(gbk.is_hanzi(c) and rare(c) for c in window):
            places.append(match.start())
            if len(places) == MOST_ODD:
                break
    return places


def rare(character: str) -> bool:
    """Whether a Chinese character is in neither the first level of GB 2312 nor made of one that is."""
    plain = scripts().simplified.get(character, character)
    known = gbk.code(plain)
    return scripts().rank.get(character, 0) > 1 or known is None or not (0xB0 <= known[0] <= 0xD7 and known[1] >= 0xA1)


def _weigh(text: str, found: list[Gloss], odd: list[int]) -> tuple[bool, str, dict[str, str]]:
    table, known = scripts(), readings()
    seen: dict[str, Counter[str]] = {}
    whole = fitting = swallowed = listlike = 0
    for gloss in found:
        before = text[gloss.start - 1 : gloss.start]
        if gloss.swallowed:
            swallowed += 1
        elif gbk.is_hanzi(before) and not any(0 < gloss.start - place < 16 for place in odd):
            whole += 1
            if table.changed(before) and gloss.reading.strip() in known.get(before, ()):
                fitting += 1
                seen.setdefault(before, Counter())[gloss.reading] += 1
                listlike += _alone(text, gloss)
        elif table.changed(before) and gloss.reading.strip() in known.get(before, ()):
            seen.setdefault(before, Counter())[gloss.reading] += 1
    listed = {character: counts.most_common(1)[0][0] for character, counts in seen.items()}
    if whole and fitting < SHARE * whole:
        return False, "readings sit on characters that conversion did not make, or are no readings of theirs", listed
    if sum(len({reading.strip() for reading in counts}) > 1 for counts in seen.values()) * 10 > len(seen):
        return False, "one character has two readings", listed
    if not whole:
        return swallowed > 1, "too little to tell", listed
    if swallowed:
        return True, "", listed
    sound = text
    for place in odd:
        sound = sound[:place] + "\n" * len(sound[place : place + 40]) + sound[place + 40 :]
    hanzi = sum(map(gbk.is_hanzi, sound))
    if sum(table.rank.get(c, 0) == 3 for c in sound) * 25 > hanzi:
        return False, "the text is in simplified script", listed
    if sum(c in STRANGERS for c in text) * 4 >= whole or sum(c in CORNERS for c in text) >= min(2 * whole, 8):
        return False, "the text has characters that a conversion character by character does not make", listed
    if fitting <= 6 and LESSON.search(text):
        return False, "the text speaks of how characters are read", listed
    bare = sum(text.count(character) for character in listed) - sum(sum(counts.values()) for counts in seen.values())
    if bare * 3 > fitting:
        return False, "characters that have a reading also stand without one", listed
    signs = 3 * sum(c in SIGNATURE for c in text) + len(FOLDED_MARK.findall(text[:100_000]))
    if listlike * 5 > whole * 3 and (not signs or whole > 2):
        return False, "the readings stand in a list of words, as in a lesson", listed
    signs += 3 * len(re.findall("干部|" + SPACED, text))
    few = (fitting < 3 and not signs) or (fitting == 1 and signs < 3)
    if few and (hanzi < 18 or any(map(rare, listed)) or set(listed) <= TAUGHT):
        return False, "so few readings cannot be told from a lesson's", listed
    return True, "", listed


def _alone(text: str, gloss: Gloss) -> bool:
    """Whether a glossed character stands in a word or two by itself."""
    start = gloss.start
    while start and gbk.is_hanzi(text[start - 1]) and gloss.start - start < 5:
        start -= 1
    end = gloss.end
    while end < len(text) and gbk.is_hanzi(text[end]) and end - gloss.end < 5:
        end += 1
    return (
        gloss.start - start + end - gloss.end <= 4
        and text[end : end + 1] not in "(?"
        and text[start - 1 : start] != ")"
    )
