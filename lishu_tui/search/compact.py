"""A text without what the eye does not read, and the way back to its places.

Captured pages are full of characters that take no room (zero-width spaces, byte order marks, soft hyphens, variation
selectors, bidirectional controls) and of spaces that mean nothing between Chinese words. A phrase is searched in the
text without them; a hit is told in characters of the text as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from lishu_tui.search.fold import fold

INSENSIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The inside of a class of characters: Unicode's Default_Ignorable_Code_Point, the format controls besides, and the
control characters that are not spaces."""
_CLOSE = r"[\W_\u2e80-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""Beside any of these a space means nothing: marks, and the scripts written without spaces (Han, kana, bopomofo)."""
RULES = rf"[ {INSENSIBLE}]{{2,}}|[{INSENSIBLE}]|(?<={_CLOSE}) |\A | (?={_CLOSE}|\Z)"
"""What is left out or, of several, at most a space, as a pattern: for whoever keeps texts that were made compact and
must know whether they still would be so. Python takes 2 ms to make it ready, a tenth of what a search has time for."""
# The same, but with most single spaces still to be looked at: all but those between small letters and digits.
_RUN = re.compile(rf"[ {INSENSIBLE}]{{2,}}|[{INSENSIBLE}]|(?<![a-z0-9]) | (?![a-z0-9])")


class Compact(NamedTuple):
    """`folded` is the text to search, `raw` the same characters as they stand in the text.

    Character `places[k]` of both is character `places[k] + shifts[k]` of the text, and so on up to `places[k + 1]`.
    """

    folded: str
    raw: str
    places: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters `start` to `end` (half-open, not empty) as characters of the text."""
        if len(self.places) == 1:
            return start + self.shifts[0], end + self.shifts[0]
        first = self.shifts[bisect_right(self.places, start) - 1]
        last = self.shifts[bisect_right(self.places, end - 1) - 1]
        return start + first, end + last


def compact(text: str) -> Compact:
    """The text folded and without insensible characters.

    A space stays only between two letters or digits of scripts written with spaces, and there a run of them is one.
    """
    folded = fold(text)
    kept: list[tuple[int, int]] = []
    at = 0
    for run in _RUN.finditer(folded):
        start, end = run.span()
        space = folded.find(" ", start, end)
        parts = space >= 0 and _between_words(folded, start, end)
        if parts and end - start == 1:
            continue
        kept.append((at, start))
        if parts:
            kept.append((space, space + 1))
        at = end
    if not kept:
        return Compact(folded, text)
    kept.append((at, len(text)))
    kept = [(a, b) for a, b in kept if a < b]
    places, shifts, length = [0], [kept[0][0] if kept else 0], 0
    for (a, b), (c, _) in pairwise(kept):
        length += b - a
        places.append(length)
        shifts.append(c - length)
    join = "".join
    return Compact(join(folded[a:b] for a, b in kept), join(text[a:b] for a, b in kept), tuple(places), tuple(shifts))


def _between_words(folded: str, start: int, end: int) -> bool:
    return start > 0 and end < len(folded) and not _is_close(folded[start - 1]) and not _is_close(folded[end])


def _is_close(c: str) -> bool:
    """Whether `_CLOSE` has the character."""
    return (
        not c.isalnum()
        or "\u2e80" <= c <= "\u312f"
        or "\u31a0" <= c <= "\u31ff"
        or "\u3400" <= c <= "\u9fff"
        or "\uf900" <= c <= "\ufaff"
        or "\U00020000" <= c <= "\U0003ffff"
    )
