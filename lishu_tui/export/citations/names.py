"""Names of authors: which have a family name that can be told, and how styles turn them.

A name in another script than Latin stays whole, and so does one that may be pinyin: which part is the family name
cannot be told from it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

BODIES = re.compile(
    r"(?:academy|agency|association|bureau|cent(?:er|re)|club|college|commission|committee|company|council|corporation|"
    r"department|editors|faculty|foundation|government|group|inc|institut(?:e|ion)|ltd|ministry|museum|network|news|"
    r"office|organi[sz]ation|press|school|society|staff|team|times|university|of|the|and|&|for)\.?",
    re.IGNORECASE,
)
"""Words that a person's name does not have."""
PARTICLES = re.compile("a[fl]|bin|d[aeiou]|del|della|der|dos|el|l[ae]|ten|ter|van|von|zur?|y", re.IGNORECASE)
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
FOREIGN = re.compile(r"[^\W\d_]")
LATIN_END = "\u024f"


class Name(NamedTuple):
    """`whole` is as it stands; `family` is empty where the name stays so."""

    whole: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """`Smith, John, Jr.`, or the name as it stands."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) or self.whole

    @property
    def direct(self) -> str:
        """`John Smith Jr.`"""
        return " ".join(filter(None, (self.given, self.family, self.suffix))) or self.whole

    def initials(self, dot: str, hyphen: str) -> str:
        """`J.-L.`, `J-L` or `J L` of Jean-Luc."""
        words = [[part[0].upper() + dot for part in word.split("-") if part] for word in self.given.split()]
        return " ".join(hyphen.join(parts) for parts in words if parts)


def name(text: str) -> Name:
    """A name taken apart, as far as that is sure."""
    if any(c > LATIN_END for c in FOREIGN.findall(text)) or re.search(r"[\d@/;:()\[\]{}|<>\\]", text):
        return Name(text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1:
        return _parted(text, parts)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    if not 2 <= len(words) <= 6 or any(map(BODIES.fullmatch, words)) or text.isupper() or _maybe_pinyin(words):
        return Name(text)
    at = next((n for n, word in enumerate(words[1:-1], 1) if PARTICLES.fullmatch(word)), len(words) - 1)
    return Name(text, " ".join(words[at:]), " ".join(words[:at]), suffix)


def _parted(text: str, parts: list[str]) -> Name:
    family, *rest = parts
    suffix = rest.pop() if len(rest) == 2 and SUFFIX.fullmatch(rest[-1]) else ""
    if len(rest) != 1 or not family or not rest[0] or SUFFIX.fullmatch(rest[0]) or BODIES.fullmatch(rest[0]):
        return Name(text)
    return Name(text, family, rest[0], suffix)


def _maybe_pinyin(words: list[str]) -> bool:
    """Whether all words consist of syllables of pinyin."""
    return len(words) <= 3 and all(_is_pinyin(word.lower().replace("’", "'")) for word in words)


def _is_pinyin(word: str) -> bool:
    known, plain = _known(), re.sub("['-]", "", word)
    reached = {0}
    for end in range(1, len(plain) + 1):
        if any(start in reached and plain[start:end] in known for start in range(max(end - 6, 0), end)):
            reached.add(end)
    return len(plain) in reached and bool(plain)


@cache
def _known() -> frozenset[str]:
    from lishu_tui.search.pinyin import syllabary

    return frozenset(syllabary())


def listed(words: list[str], last: str) -> str:
    """`a`, `a LAST b`, `a, b, LAST c`."""
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"
