"""What the room knows of Chinese: words and word pairs with their costs, the two scripts, readings of characters.

Everything here is read once, when the gate has opened, from data/tables (data/tables/LANGUAGE.md says where it is
from). A cost is -ln p, so that costs add up and the smallest is the likeliest.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from functools import cache
from importlib.resources.abc import Traversable
from itertools import accumulate, compress
from operator import itemgetter
from typing import NamedTuple

from lishu_tui.edition.places import data_root

MAGIC = b"LISHU-L1"
STEP = 0.1
ANY_NUMBER = "#"
"""The word that stands for every number before a word that counts."""
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几数多余半第")
ZERO = 100
UNKNOWN = 16.0
KEPT = 4000
"""Words whose followers are kept at hand: about those of a long page."""
"""The cost of a character that no word of the model is made of, so that an unknown name is dear but possible."""


def table(name: str) -> Traversable:
    """A file of data/tables, in a wheel or in a checkout."""
    return data_root() / "tables" / name


class Scripts(NamedTuple):
    """The converter's table. `simplified` maps every form to the character it is scored as; `forms` a simplified
    character to what a converted page may show for it, with a rank: 0 what it shows, 1 what it may, 2 what it should
    not. `shown` is the form of rank 0."""

    simplified: dict[str, str]
    rank: dict[str, int]
    shown: dict[str, str]

    def changed(self, character: str) -> bool:
        """Whether conversion made this character, as far as one character can show."""
        return self.simplified.get(character, character) != character


@cache
def scripts() -> Scripts:
    simplified: dict[str, str] = {}
    rank: dict[str, int] = {}
    shown: dict[str, str] = {}
    for line in table("convert.txt").read_text(encoding="utf-8").splitlines():
        plain, first, others, rest = line.split("\t")
        shown[plain] = first
        for level, forms in enumerate((first, others, rest)):
            for form in forms:
                if level < rank.get(form, 3):
                    rank[form] = level
                    simplified[form] = plain
        if plain not in first + others:
            rank.setdefault(plain, 3)
            simplified.setdefault(plain, plain)
    return Scripts(simplified, rank, shown)


@cache
def readings() -> dict[str, frozenset[str]]:
    """The readings of each character that conversion makes."""
    lines = table("language_readings.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: frozenset(line[1:].split(" ")) for line in lines}


class Language:
    """Words, word pairs, and the costs that a beam asks for one character at a time."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError where the data is not what scripts/build_language.py writes."""
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError("data/tables/language.bin: not a language table")
        sizes = struct.unpack_from("<6I", data, len(MAGIC))
        at = len(MAGIC) + 24
        parts = []
        for size in sizes:
            parts.append(zlib.decompress(data[at : at + size]))
            at += size
        self.words = parts[0].decode().split("\n")
        self.costs = parts[1]
        self.backs = parts[2]
        self.starts = array("I", accumulate(_numbers("I", parts[3]), initial=0))
        self.seconds = _numbers("H", parts[4])
        self.pairs = parts[5]
        self.numerals = frozenset(n for n, w in enumerate(self.words[: len(self.backs)]) if NUMERALS.issuperset(w))
        self.ids = dict(zip(self.words, range(len(self.words)), strict=True))
        # What has been begun costs at least the cheapest word that goes on so. Words stand in order of their costs, so
        # from the dearest on the last to be put in is the cheapest.
        self.ahead: dict[str, int] = {}
        words, costs = self.words[::-1], self.costs[::-1]
        for length in range(1, max(map(len, words))):
            goes_on = list(map(length.__lt__, map(len, words)))
            words, costs = list(compress(words, goes_on)), bytes(compress(costs, goes_on))
            self.ahead.update(zip(map(itemgetter(slice(length)), words), costs, strict=True))
        self.number = self.ids[ANY_NUMBER]
        self._following: dict[int, dict[int, int]] = {}

    def word_cost(self, before: int, word: int) -> float:
        """What `word` costs after the word `before` (-1: nothing known)."""
        if 0 <= before < len(self.backs):
            following = self._following.get(before)
            found = (self._learn(before) if following is None else following).get(word)
            if before in self.numerals:
                counted = self.word_cost(self.number, word)
                return counted if found is None else min(counted, found * STEP)
            if found is not None:
                return found * STEP
            return (self.costs[word] + self.backs[before] - ZERO) * STEP
        return self.costs[word] * STEP

    def _learn(self, before: int) -> dict[int, int]:
        """Word → cost of those that were counted after a word; kept, for a page asks for the same ones again."""
        if len(self._following) > KEPT:
            self._following.clear()
        low, high = self.starts[before], self.starts[before + 1]
        self._following[before] = found = dict(zip(self.seconds[low:high], self.pairs[low:high], strict=True))
        return found


def _numbers(kind: str, data: bytes) -> array[int]:
    """Numbers from their byte planes."""
    numbers: array[int] = array(kind)
    width = numbers.itemsize
    count = len(data) // width
    raw = bytearray(len(data))
    for plane in range(width):
        raw[plane::width] = data[plane * count : (plane + 1) * count]
    numbers.frombytes(bytes(raw))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def language() -> Language:
    return Language(table("language.bin").read_bytes())
