"""The glosses of a page: where readings stand in brackets, what they sit on, and the list they show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

SYLLABLE = "[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüêńňǹḿɡ]{1,7}"
"""A syllable of pinyin as far as letters go; ɡ stands for g on some pages."""
GLOSS = re.compile(rf"(?:\(|(?<=\?))(?P<reading>{SYLLABLE} ?)\)")
"""A gloss, or one whose opening bracket was swallowed by the ? before it."""
GATE = re.compile(rf"[\u3400-\u9fff?]\(?{SYLLABLE} ?\)")
GATE_LONGEST = 10
"""Characters of the longest match of GATE before its last."""

_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = (
    "iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|ei|ao|ou|an|en|er|in|ia|ie|iu|ua|uo|ui|un|ue|ve|vn"
    "|a|o|e|i|u|v"
)
_PLAIN = re.compile(rf"(?:(?:{_INITIAL})?(?:{_FINAL})|n|ng|m|hm|hng|r)")
_TONES = str.maketrans("āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüêńňǹḿɡ", "aaaaooooeeeeiiiiuuuuvvvvvennnmg")
_MARKED = re.compile("[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ]")


class Gloss(NamedTuple):
    """One reading in brackets: characters `start` to `end` of the text, and whether its opening bracket is lost."""

    start: int
    end: int
    reading: str
    swallowed: bool


def is_syllable(reading: str) -> bool:
    """Whether letters make one syllable of pinyin, with at most one tone mark."""
    reading = reading.rstrip(" ")
    return len(_MARKED.findall(reading)) <= 1 and _PLAIN.fullmatch(reading.translate(_TONES)) is not None


def plain(reading: str) -> str:
    """The letters of a reading without its tone."""
    return reading.strip().translate(_TONES)


def find(text: str) -> Iterator[Gloss]:
    """Every reading in brackets, in order."""
    for match in GLOSS.finditer(text):
        if is_syllable(match["reading"]):
            yield Gloss(match.start(), match.end(), match["reading"], match[0][0] != "(")


def listed(text: str, glosses: list[Gloss], changed: frozenset[str]) -> dict[str, Counter[str]]:
    """What each reading sits on, as far as the capture shows it: character -> readings with counts.

    A reading in a run that is read one byte late sits on the wrong character; the caller weeds those out.
    """
    found: dict[str, Counter[str]] = {}
    for gloss in glosses:
        before = text[gloss.start - 1 : gloss.start]
        if not gloss.swallowed and before in changed:
            found.setdefault(before, Counter())[gloss.reading] += 1
    return found
