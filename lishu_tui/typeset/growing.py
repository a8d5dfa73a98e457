"""A large document laid out block by block: at once what is looked at, the rest little by little.

How many lines a block takes is estimated until it is laid out, so lines below it may move. Once all is laid out every
line stands where `lay_out` has it. Of a block only its height is kept, and the lines of the last few blocks: those of
64 MB would take far more room than the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import perf_counter
from typing import NamedTuple

from lishu_tui.edition.model import Edition
from lishu_tui.edition.readable import Reading
from lishu_tui.edition.texts import LARGE, Made, characters, lengths
from lishu_tui.typeset.kinds import English, Kind
from lishu_tui.typeset.layout import Layout, Line, Piece, Setter, lay_out
from lishu_tui.typeset.width import cells

BLOCK = 4096
"""Characters of a block, or the one paragraph that has more."""
PARAGRAPHS = 64
"""Paragraphs that a block has at most."""
KEPT = 24
"""Blocks whose lines are kept."""
AROUND = 100
"""Lines above a place that are laid out with it, and half as many as below it."""
SAMPLE = 2000
"""Characters that tell how wide the text is, to estimate heights by."""
ABOVE: Line = (Piece("text", 0, ""),)
"""Stands for the text above a block, so that blank lines are set as they are below text."""


class _Counter(Setter):
    """Sets lines only to count them: what stands on them is not made."""

    def pieces(self, kind: Kind, paragraph: int, text: str, x: int, measure: int) -> list[Piece]:
        return [ABOVE[0]] * self.count(text, measure)


class Block(NamedTuple):
    """Some paragraphs laid out, and the way from a place to the line in the block."""

    lines: list[Line]
    places: Layout


class Lines(Made[Line]):
    """The lines of a layout that grows, as far as it has grown."""

    def __init__(self, page: Growing) -> None:
        self.page = page

    def __len__(self) -> int:
        return self.page.tops[-1]

    def make(self, index: int) -> Line:
        number, within = self.page.find(index)
        return self.page.block(number).lines[within]


class Growing(Layout):
    """The layout of a large document. `grow` goes on with it; `settle` says where a line has moved meanwhile."""

    def __init__(self, edition: Edition, reading: Reading, english: English, width: int, measure: int) -> None:
        self.edition, self.reading = edition, reading
        self._setting = (english, width, measure)
        setter = self._setter()
        self.english: English = setter.english
        sizes = lengths(edition.readings[reading])
        upto = list(accumulate(sizes, initial=0))
        self._firsts = array("I", _firsts(upto))  # the first paragraph of each block, and behind the last
        self._sections = [section.first for section in edition.sections]
        self._last = self._of(self._sections[-1])
        middle = edition.readings[reading][len(sizes) // 2][:SAMPLE]
        wide = cells(middle) / max(len(middle), 1) * (2 if self.english == "beneath" else 1) / setter.main
        self._heights = array("I")
        for first, last in zip(self._firsts, self._firsts[1:], strict=False):
            self._heights.append(max(round((upto[last] - upto[first]) * wide + 1.5 * (last - first)), 1))
        self._known = bytearray(len(self._heights))
        self._next = 0  # the first block that may not be known
        self._blocks: dict[int, Block] = {}
        self._within: int | None = None  # the line of its block at which the last section begins
        self._moved = True
        self._tops: list[int] = []
        self.lines: Sequence[Line] = Lines(self)
        self._around(0, 0, AROUND)  # the first screen is: so it makes no difference to the heights that it is drawn

    def _setter(self, kind: type[Setter] = Setter) -> Setter:
        english, width, measure = self._setting
        return kind(self.edition, self.reading, english, width, measure)

    # ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def tops(self) -> list[int]:
        """The first line of each block, and the number of lines."""
        if self._moved:
            self._tops = list(accumulate(self._heights, initial=0))
            self._moved = False
        return self._tops

    @property
    def last_block(self) -> int:  # type: ignore[override]
        """The line at which the last section begins."""
        return self.tops[self._last] + (self._within or 0)

    def _of(self, paragraph: int) -> int:
        """The block of a paragraph."""
        return bisect_right(self._firsts, paragraph) - 1

    def _set(self, number: int, kind: type[Setter] = Setter) -> list[Line]:
        """The lines of a block."""
        setter = self._setter(kind)
        if number:
            setter.lines.append(ABOVE)
        else:
            setter.beginning()
        first, last = self._firsts[number], self._firsts[number + 1]
        section = bisect_left(self._sections, first)
        for paragraph in range(first, last):
            if section < len(self._sections) and self._sections[section] == paragraph:
                part = self.edition.sections[section]
                begins = setter.section(part)
                section += 1
                if section == len(self._sections):
                    self._within = begins - (number > 0)
                if part.has_heading:
                    continue
            setter.paragraph(paragraph)
        if number == len(self._heights) - 1:
            setter.ending()
        lines = setter.lines[1:] if number else setter.lines
        self._known[number] = 1
        if self._heights[number] != len(lines):
            self._heights[number] = len(lines)
            self._moved = True
        return lines

    def block(self, number: int) -> Block:
        """A block, laid out."""
        found = self._blocks.pop(number, None)
        if found is None:
            lines = self._set(number)
            found = Block(lines, Layout(lines, self.reading, self.english, 0))
            if len(self._blocks) >= KEPT:
                del self._blocks[next(iter(self._blocks))]
        self._blocks[number] = found  # the last that was asked for is the last to be given up
        return found

    def _know(self, number: int) -> int:
        """How many lines a block has."""
        if not self._known[number]:
            self._set(number, _Counter)
        return self._heights[number]

    def find(self, y: int) -> tuple[int, int]:
        """The block that line `y` is in, and which of its lines it is; of one that is not there, the nearest."""
        while True:
            number = min(max(bisect_right(self.tops, y) - 1, 0), len(self._heights) - 1)
            if self._known[number]:
                return number, min(max(y - self.tops[number], 0), self._heights[number] - 1)
            self._know(number)

    # ── growing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def done(self) -> bool:  # type: ignore[override]
        while self._next < len(self._known) and self._known[self._next]:
            self._next += 1
        return self._next == len(self._known)

    def grow(self, y: int, seconds: float) -> int:
        number, within = self.find(y)
        until = perf_counter() + seconds
        while not self.done:
            self._know(self._next)
            if perf_counter() >= until:
                break
        return self.tops[number] + within

    def settle(self, y: int, rows: int) -> int:
        number, within = self.find(y)
        self._around(number, within, rows)
        return self.tops[number] + within

    def _around(self, number: int, within: int, rows: int) -> None:
        need, at = rows - within, number
        while need > 0 and at:
            at -= 1
            need -= self._know(at)
        need, at = 2 * rows - (self._heights[number] - within), number + 1
        while need > 0 and at < len(self._heights):
            need -= self._know(at)
            at += 1

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def stands_on(self, y: int, paragraph: int, character: int) -> bool:
        # A place far from the line is not laid out to see that it is elsewhere.
        return any(piece.paragraph == paragraph for piece in self.lines[y]) and super().stands_on(
            y, paragraph, character
        )

    def line_of(self, paragraph: int, character: int, *, english: bool = False) -> int:
        number = self._of(paragraph)
        within = self.block(number).places.line_of(paragraph, character, english=english)
        self._around(number, within, AROUND)
        return self.tops[number] + within


def _firsts(upto: Sequence[int]) -> list[int]:
    """The first paragraph of each block, and the number of paragraphs, given the characters before each."""
    firsts, count = [0], len(upto) - 1
    while firsts[-1] < count:
        here = firsts[-1]
        end = bisect_right(upto, upto[here] + BLOCK) - 1
        firsts.append(min(max(end, here + 1), here + PARAGRAPHS, count))
    return firsts


def laid_out(edition: Edition, reading: Reading, english: English, width: int, measure: int) -> Layout:
    """The layout of a document: whole, or where it is large, one that grows."""
    if characters(edition.readings[reading]) < LARGE:
        return lay_out(edition, reading, english, width, measure)
    return Growing(edition, reading, english, width, measure)
