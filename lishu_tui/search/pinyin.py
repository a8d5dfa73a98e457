"""Chinese text found by pinyin typed without tones: `zhanzheng`, `lishu xian`, `nv`, `xi'an`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.tables import table_text
from lishu_tui.search.compact import compact
from lishu_tui.search.fold import fold

FILE = "pinyin.txt"
LONGEST = 6
"""Letters of the longest syllables (zhuang, chuang, shuang)."""
MOST_LETTERS = 300
"""A longer query is not read as pinyin: the cost of a step grows with the query."""
_BREAKS = re.compile(r"[ \"·-]+")  # as folded: spaces, apostrophes, hyphens, dots
_LETTERS = re.compile(r"[a-z \"·-]+")
_UMLAUT = re.compile("u\u0308|u:")


class Paths(NamedTuple):
    """Ways of reading a query, each as the characters that may stand at its places, one place after another.

    Where they are not `whole`, what is read so only begins as one of them says.
    """

    ways: list[list[str]]
    whole: bool


class Spelling:
    """Every way of reading a query as syllables, ready to be matched.

    `edges` gives for each syllable a bit for every letter of the query where it may begin; `lasts` the endings of the
    query that may be the beginning of a syllable; `length` is the number of letters. A character is matched by moving
    all bits at which a reading of it may begin to where that reading ends: so all segmentations are followed at once,
    in a step whose cost does not depend on how many there are.
    """

    def __init__(self, edges: dict[str, int], lasts: list[str], length: int) -> None:
        self.edges, self.lasts, self.length = edges, lasts, length

    @cached_property
    def steps(self) -> dict[str, list[tuple[int, int]]]:
        """For a character, its readings here as (letters, bits of the places where such a reading may stand)."""
        steps: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for spelling, bits in self.edges.items():
            for c in syllabary().get(spelling, ""):
                steps[c][len(spelling)] |= bits
        for last in self.lasts:
            bit = 1 << (self.length - len(last))
            for syllable, chars in syllabary().items():
                if syllable.startswith(last):
                    for c in chars:
                        steps[c][len(last)] |= bit
        return {c: list(step.items()) for c, step in steps.items()}

    def paths(self, most: int) -> Paths:
        """The ways of reading the query; where there are more than `most`, only how they begin."""
        ahead: dict[int, dict[int, str]] = defaultdict(lambda: defaultdict(str))
        for c, step in self.steps.items():
            for letters, bits in step:
                left = bits
                while left:
                    place = left.bit_length() - 1
                    ahead[place][letters] += c
                    left ^= 1 << place
        found: list[list[str]] = []
        open_ways: list[tuple[int, list[str]]] = [(0, [])]
        while open_ways and len(found) + len(open_ways) <= most:
            place, way = open_ways.pop()
            if place == self.length:
                found.append(way)
            else:
                open_ways += [(place + letters, [*way, chars]) for letters, chars in ahead[place].items()]
        if not open_ways:
            return Paths(found, whole=True)
        begins = [
            [first] if letters == self.length else [first, second]
            for letters, first in ahead[0].items()
            for second in ([""] if letters == self.length else ahead[letters].values())
        ]
        return Paths(begins, whole=False)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places of `text` read so: leftmost, of several there the longest, none overlapping. In linear time.

        A pass from the end says at which characters a match begins; only from those is one followed forward, and what
        is walked there beyond its end is no longer than the query, so what is walked in all is in proportion to what
        is found.
        """
        steps, goal = self.steps, 1 << self.length
        get = steps.get
        starts, ahead, place = [], 0, len(text)
        for c in reversed(text):
            place -= 1
            step = get(c)
            if step is None:
                ahead = 0
                continue
            ahead |= goal
            here = 0
            for letters, bits in step:
                here |= (ahead >> letters) & bits
            ahead = here
            if here & 1:
                starts.append(place)
        found, free = [], 0
        for start in reversed(starts):
            if start >= free:
                free = self._longest(text, start)
                found.append((start, free))
        return found

    def _longest(self, text: str, start: int) -> int:
        goal, behind, end = 1 << self.length, 1, start
        for place in range(start, len(text)):
            here = 0
            for letters, bits in self.steps.get(text[place], ()):
                here |= (behind & bits) << letters
            if here & goal:
                end = place + 1
            behind = here
            if not behind:
                break
        return end


def spell(query: str, *, partial: bool = False) -> Spelling | None:
    """The query as pinyin, or None where it cannot be.

    It can be where it is 2 to MOST_LETTERS letters with a vowel among them, in any case, with or without tone marks,
    ü also as v or u:, that can be divided into syllables; spaces, apostrophes, hyphens and dots are their borders.
    With `partial` the last syllable may be only begun (`zhanzh`).
    """
    letters = unicodedata.normalize("NFD", compact(query).raw.lower())
    letters = compact("".join(c for c in _UMLAUT.sub("v", letters) if unicodedata.category(c) != "Mn")).folded
    if not _LETTERS.fullmatch(letters):
        return None
    chunks = [chunk for chunk in _BREAKS.split(letters) if chunk]
    word = "".join(chunks)
    if not 2 <= len(word) <= MOST_LETTERS or not set(word) & set("aeiouv"):
        return None
    table, length = syllabary(), len(word)
    # Edges that lead from the beginning to the end: forward over what can be reached, then back over what arrives.
    reached, edges, start = {0}, [], 0
    for chunk in chunks:
        border = start + len(chunk)
        for i in range(start, border):
            if i in reached:
                ends = [j for j in range(i + 1, min(i + LONGEST, border) + 1) if word[i:j] in table]
                edges += [(i, j) for j in ends]
                reached.update(ends)
        start = border
    lasts = [
        i
        for i in range(max(length - len(chunks[-1]), length - LONGEST + 1), length)
        if partial and i in reached and any(s.startswith(word[i:]) and s != word[i:] for s in table)
    ]
    arriving = {length, *lasts}
    useful: dict[str, int] = defaultdict(int)
    for i, j in reversed(edges):
        if j in arriving:
            arriving.add(i)
            useful[word[i:j]] |= 1 << i
    if 0 not in arriving:
        return None
    return Spelling(useful, [word[i:] for i in lasts], length)


def _rows() -> Iterator[tuple[str, str]]:
    """A syllable and the characters so read, row by row."""
    for number, line in enumerate(table_text(FILE).split("\n"), 1):
        syllable, tab, chars = line.partition("\t")
        if tab:
            yield syllable, chars
        elif line and not line.startswith("# "):
            raise LishuError(f"tables/{FILE}", f"line {number}", "is damaged", "a syllable, a tab and who is read so")


@lru_cache(maxsize=1)
def syllabary() -> dict[str, str]:
    """Spelling to the characters so read (both scripts), from data/tables/pinyin.txt.

    ü may be spelt u where that is another syllable (lu for lü) and v where the rules write u (jv for ju).
    Raises LishuError where the table is damaged.
    """
    table = dict(_rows())
    spelt = dict(table)
    for syllable, chars in table.items():
        if "v" in syllable:
            plain = syllable.replace("v", "u")
            spelt[plain] = table.get(plain, "") + chars
        elif syllable[0] in "jqxy" and syllable[1:2] == "u":
            spelt[syllable.replace("u", "v", 1)] = chars
    return spelt


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """A character's syllable, without tone, v for ü; of several the chief one. Raises LishuError where the table is
    damaged."""
    found: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for syllable, chars in _rows():
        # A row at a time: most of 27,000 readings are the only one of their character.
        again = found.keys() & set(chars)
        for c in again:
            several.setdefault(c, [found[c]]).append(syllable)
        found.update(dict.fromkeys(set(chars) - again, syllable))
    chief = _chief(found, several)
    for c, folded in zip(several, fold("".join(several)), strict=True):
        best = chief.get(folded, "")
        if best in several[c]:
            found[c] = best
    return found


def _chief(said: dict[str, str], several: dict[str, list[str]]) -> dict[str, str]:
    """Which of several readings is the chief one: the one by which GB 2312 puts a common character in its place, for
    its first level is in the order of pinyin."""
    common = [c for row in range(0xB0, 0xD8) for c in _row(row) if c in said]
    before, waiting, chief = "", list[str](), dict[str, str]()
    for c in common:
        if c in several:
            waiting.append(c)
            continue
        after = _in_order(said[c])
        for other in waiting:
            fitting = [syllable for syllable in several[other] if before <= _in_order(syllable) <= after]
            if len(fitting) == 1:
                chief[other] = fitting[0]
        before, waiting = after, []
    return chief


def _row(row: int) -> str:
    """The characters of a row of GB 2312."""
    return bytes(byte for column in range(0xA1, 0xFF) for byte in (row, column)).decode("gb2312", "ignore")


def _in_order(syllable: str) -> str:
    """The syllable as dictionaries order it: lü behind lu and before luan."""
    return syllable.replace("v", "u ")
