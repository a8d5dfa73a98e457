"""How much two pieces of text differ: the least number of characters to insert, to delete or to replace.

Counted a column at a time in the bits of whole numbers (Myers 1999, with Hyyrö's corrections), which Python's are long
enough for.
"""

from __future__ import annotations

from collections.abc import Sequence


class Pattern:
    """A text that others are held against."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._seats: dict[str, int] = {}
        for at, c in enumerate(text):
            self._seats[c] = self._seats.get(c, 0) | 1 << at

    def _column(self, other: str, *, anchored: bool) -> tuple[int, int, int]:
        """How far the whole pattern is from the whole of the other text; from that beginning of it, or piece (where it
        need not begin with the other), which is nearest; and where that piece ends."""
        size = len(self.text)
        if not size:
            return (len(other) if anchored else 0), 0, 0
        mask, high, first = (1 << size) - 1, 1 << (size - 1), int(anchored)
        up, down, score = mask, 0, size
        best, end = size, 0
        for at, c in enumerate(other, 1):
            equal = self._seats.get(c, 0)
            vertical = equal | down
            across = (((equal & up) + up) ^ up) | equal
            more = down | ~(across | up) & mask
            less = up & across
            if more & high:
                score += 1
            elif less & high:
                score -= 1
            if score < best:
                best, end = score, at
            more = more << 1 | first
            less <<= 1
            up = (less | ~(vertical | more)) & mask
            down = more & vertical & mask
        return score, best, end

    def distance(self, other: str) -> int:
        """From the whole of the other text."""
        return self._column(other, anchored=True)[0]

    def from_beginning(self, other: str) -> int:
        """From that beginning of the other text which is nearest."""
        return self._column(other, anchored=True)[1]

    def nearest(self, other: str) -> int:
        """From that piece of the other text which is nearest."""
        return self._column(other, anchored=False)[1]


def distance(a: str, b: str, most: int) -> int:
    """How far two texts are from each other; `most + 1` where it is more than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    start = _common(a, b)
    a, b = a[start:], b[start:]
    end = _common(a[::-1], b[::-1])
    a, b = a[: len(a) - end], b[: len(b) - end]
    if max(len(a), len(b)) > LONG:
        return most + 1
    return min(Pattern(a).distance(b), most + 1)


LONG = 10_000
"""Characters between a first and a last difference, beyond which two texts are not held against each other."""


def _common(a: str, b: str) -> int:
    """With how many characters both begin."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def seats(pattern: str, cuts: Sequence[int], text: str) -> list[tuple[int, int]]:
    """Where the cuts of a pattern fall in the piece of the text that is nearest to it, each as the first and the last
    place that it can be said to fall on. For short ones: every character is held against every other."""
    width = len(text) + 1
    rows = [[0] * width]
    for number, c in enumerate(pattern, 1):
        above = rows[-1]
        left, row = number, [number]
        for at, (over, before) in enumerate(zip(above[1:], above, strict=False)):
            left = min(left + 1, over + 1, before + (text[at] != c))
            row.append(left)
        rows.append(row)
    column = min(range(width), key=lambda at: rows[-1][at])
    reach = {len(pattern): (column, column)}
    row_at = len(pattern)
    while row_at:
        row, above = rows[row_at], rows[row_at - 1]
        if column and row[column] == above[column - 1] + (text[column - 1] != pattern[row_at - 1]):
            row_at, column = row_at - 1, column - 1
        elif row[column] == above[column] + 1:
            row_at -= 1
        else:
            column -= 1
            reach[row_at] = (column, reach[row_at][1])
            continue
        reach[row_at] = (column, column)
    return [reach[cut] for cut in cuts]


def pieces(text: str, length: int, most: int) -> list[tuple[int, str]]:
    """At most so many pieces of a text, all of one length, evenly spread, with their places."""
    last = len(text) - length
    if last < 0:
        return []
    step = max(1, -(-(last + 1) // most))
    return [(at, text[at : at + length]) for at in range(0, last + 1, step)]
