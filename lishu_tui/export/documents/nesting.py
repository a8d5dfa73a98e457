"""Places of a text that overlap, put into elements that do not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

Tag = Callable[[int, int], str]
"""The opening tag of a piece, given its number from 0 and how many pieces there are."""


class Range(NamedTuple):
    """Characters `start` to `end` (half-open) that an element holds. A `whole` one is never cut; no two of them may
    overlap. One without characters is written at its place, within what ends there unless that is whole."""

    start: int
    end: int
    open: Tag
    close: str
    whole: bool = False


class _Piece(NamedTuple):
    """A part of a range, or all of it; in the order in which they open: at one place the longer first, and of two as
    long the one that is whole within the other."""

    start: int
    less: int
    whole: bool
    order: int
    end: int


def nested(text: str, ranges: Iterable[Range], escape: Callable[[str], str]) -> str:
    """The text with its elements. What crosses a whole range is cut where it does; of two others that cross, the one
    that begins later is cut at the other's end."""
    every = list(ranges)
    if not every:
        return escape(text)
    pieces = _uncrossed(_cut(every))
    return "".join(_written(text, every, pieces, escape))


def _piece(order: int, r: Range, start: int, end: int) -> _Piece:
    return _Piece(start, -end, r.whole, order, end)


def _cut(every: Sequence[Range]) -> list[_Piece]:
    whole = sorted((r.start, r.end) for r in every if r.whole and r.start < r.end)
    starts = [start for start, _ in whole]
    pieces = []
    for order, r in enumerate(every):
        cuts = {r.start, r.end}
        for at in () if r.whole else (r.start, r.end):
            near = bisect_right(starts, at) - 1
            if near >= 0 and whole[near][0] < at < whole[near][1]:  # it begins or ends within that one
                cuts |= {edge for edge in whole[near] if r.start < edge < r.end}
        edges = sorted(cuts)
        pieces += [_piece(order, r, a, b) for a, b in zip(edges, edges[1:] or edges, strict=False)]
    return pieces


def _uncrossed(pieces: list[_Piece]) -> list[_Piece]:
    """Cut whatever still crosses; what is whole crosses nothing by now. The pieces as they open."""
    waiting = pieces
    heapify(waiting)
    done: list[_Piece] = []
    open_: list[_Piece] = []
    while waiting:
        piece = heappop(waiting)
        while open_ and open_[-1].end <= piece.start:
            open_.pop()
        if open_ and piece.end > open_[-1].end:
            at = open_[-1].end
            heappush(waiting, piece._replace(start=at))
            piece = piece._replace(end=at, less=-at)
        done.append(piece)
        if piece.end > piece.start:
            open_.append(piece)
    return done


def _written(
    text: str, every: Sequence[Range], pieces: Sequence[_Piece], escape: Callable[[str], str]
) -> Iterator[str]:
    of = Counter(p.order for p in pieces)
    seen: Counter[int] = Counter()

    def tag(piece: _Piece) -> str:
        number = seen[piece.order]
        seen[piece.order] += 1
        return every[piece.order].open(number, of[piece.order])

    points = [p for p in reversed(pieces) if p.start == p.end]
    points.sort(key=lambda p: (p.start, p.order), reverse=True)
    spans = [p for p in reversed(pieces) if p.start < p.end]
    marks = sorted({0, len(text)} | {at for p in pieces for at in (p.start, p.end)})
    open_: list[_Piece] = []
    for at, after in zip(marks, [*marks[1:], None], strict=True):
        while any(p.whole and p.end <= at for p in open_):
            yield every[open_.pop().order].close
        while points and points[-1].start == at:
            point = points.pop()
            yield tag(point) + every[point.order].close
        while open_ and open_[-1].end <= at:
            yield every[open_.pop().order].close
        while spans and spans[-1].start == at:
            open_.append(spans.pop())
            yield tag(open_[-1])
        if after is not None:
            yield escape(text[at:after])
