"""The occurrences as a concordance: keyword in context, by section, sorted by place or by what stands beside it.

A large document may have hundreds of thousands: a line is made when it is seen, and a sorting goes on a moment at a
time, the order before staying on the screen until it is done.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from lishu_tui.edition import Edition, visible
from lishu_tui.edition.texts import Made
from lishu_tui.search import Hit
from lishu_tui.search.concordance import Line, Sort, concordance, sort_key
from lishu_tui.search.sweep import Hits
from lishu_tui.tui.screens.table import TableScreen
from lishu_tui.tui.widgets.body import PAUSE, SLICE
from lishu_tui.tui.widgets.status import Status
from lishu_tui.tui.widgets.table_view import Drawn
from lishu_tui.typeset import cells, clip

SORT_NAMES: dict[str, Sort] = {
    "place in the text": "place",
    "what stands to the left": "left",
    "what stands to the right": "right",
}
AT_ONCE = 500
"""Hits that are sorted while one waits."""
SELDOM = 0.2
"""Seconds between two looks at how many are found meanwhile."""
BOLD, DIM = Style(bold=True), Style(dim=True)

Group = tuple[str, int]
"""A title, and how many lines are under it."""


class Names(Made[str]):
    """The rows: a hit's number as a string, in some order."""

    def __init__(self, order: Sequence[int]) -> None:
        self.order = order

    def __len__(self) -> int:
        return len(self.order)

    def make(self, index: int) -> str:
        return str(self.order[index])


class DrawnLines(Drawn):
    """Groups of hits, each under a title and above a blank line. `order` is the numbers of the hits as they are listed,
    `places` where each stands in it; `line(number)` tells a hit's context."""

    def __init__(
        self, width: int, keyword: int, groups: Sequence[Group], order: Sequence[int], places: Sequence[int],
        line: Callable[[int], Line],
    ) -> None:  # fmt: skip
        self.width, self.groups, self.order, self.places, self.line = width, groups, order, places, line
        self.keyword = min(keyword, width // 2)
        self.side = max((width - self.keyword - 2) // 2, 4)
        self.firsts = list(accumulate((count for _, count in groups), initial=0))  # rows before each group
        self.rows = Names(order)

    def __len__(self) -> int:
        return len(self.order) + 2 * len(self.groups)

    def _place(self, y: int) -> tuple[int, int]:
        """The group that a line is in, and which of its rows it is: -1 for the title, as many as there are for the
        blank line."""
        low, high = 0, len(self.groups) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.firsts[middle] + 2 * middle <= y else (low, middle - 1)
        return low, y - self.firsts[low] - 2 * low - 1

    def row_of(self, y: int) -> str | None:
        group, row = self._place(y)
        return self.rows[self.firsts[group] + row] if 0 <= row < self.groups[group][1] else None

    def lines_of(self, row: str) -> tuple[int, int]:
        at = self.places[int(row)]
        y = at + 2 * (bisect_right(self.firsts, at) - 1) + 1
        return y, y + 1

    def number(self, row: str) -> int | None:
        number = int(row)
        return self.places[number] if 0 <= number < len(self.order) else None

    def make(self, index: int) -> list[Segment]:
        group, row = self._place(index)
        title, count = self.groups[group]
        if row < 0:
            note = str(count)
            title = clip(visible(title), self.width - len(note))
            return [Segment(title, BOLD), Segment(" " * (self.width - cells(title) - len(note))), Segment(note, DIM)]
        if row == count:
            return []
        line = self.line(self.order[self.firsts[group] + row])
        left = clip(visible(line.left), self.side, keep="end")
        keyword = clip(visible(line.keyword), self.keyword)
        before = (self.keyword - cells(keyword)) // 2
        after = self.keyword - cells(keyword) - before
        return [
            Segment(" " * (self.side - cells(left)) + left + " ", DIM),
            Segment(" " * before + keyword + " " * (after + 1), BOLD),
            Segment(clip(visible(line.right), self.side), DIM),
        ]


class OccurrencesScreen(TableScreen[int]):
    """Dismisses with the number of the hit chosen. `found_all` says whether no more hits are to come; until then the
    list grows."""

    SORTS: ClassVar[tuple[str, ...]] = tuple(SORT_NAMES)

    def __init__(
        self, edition: Edition, hits: Sequence[Hit], what: str, at: int, found_all: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__()
        self.edition, self.hits, self.what, self.at, self.found_all = edition, hits, what, at, found_all
        self.orders: dict[Sort, tuple[Sequence[int], Sequence[int]]] = {}
        self.shown: Sort = "place"  # the order that the list has, which may not yet be the one asked for
        self.count = len(hits)
        self._keys: list[str] = []
        self._sorting: Sort = "place"

    @property
    def HEADING(self) -> str:  # type: ignore[override]
        return f"{self.what}: {self.count}{'' if self.found_all() else '…'} occurrences"

    def begin(self) -> str | None:
        return str(self.at) if self.at >= 0 else None

    def on_mount(self) -> None:
        super().on_mount()
        if not self.found_all():
            self.set_timer(SELDOM, self._look_again)

    def _look_again(self) -> None:
        """Draw what has been found meanwhile."""
        if not self.is_mounted:
            return
        self.count, self.orders, self.shown = len(self.hits), {}, "place"
        self.query_one(Status).progress = "" if self.found_all() else f"{self.count} found…"
        self.view.draw()
        if not self.found_all():
            self.set_timer(SELDOM, self._look_again)

    # ── the order ───────────────────────────────────────────────────────────────────────────────────────────────────

    def order(self, sort: Sort) -> tuple[Sequence[int], Sequence[int]] | None:
        """The numbers of the hits in order, and the place of each in it; None where they are to be sorted yet."""
        if sort not in self.orders:
            numbers: Sequence[int] = range(self.count)
            if sort == "place" and isinstance(self.hits, Hits):
                self.orders[sort] = numbers, numbers
            elif sort == "place":
                spans = [(h.span.paragraph, h.reading == "english", h.span.start) for h in self.hits]
                self._keep(sort, sorted(numbers, key=spans.__getitem__))
            elif self.count <= AT_ONCE:
                self._keys = [self._key(number, sort) for number in numbers]
                self._sort(sort)
            else:
                return None
        return self.orders[sort]

    def _key(self, number: int, sort: Sort) -> str:
        return sort_key(self.edition, self.hits[number], sort)

    def _sort(self, sort: Sort) -> None:
        """Sort by the keys, what has the same in order of place."""
        by_place = self.order("place")
        assert by_place is not None
        self._keep(sort, sorted(by_place[0], key=self._keys.__getitem__))
        self._keys = []

    def _keep(self, sort: Sort, order: list[int]) -> None:
        places = array("I", bytes(4 * len(order)))
        for place, number in enumerate(order):
            places[number] = place
        self.orders[sort] = array("I", order), places

    def _go_on(self) -> None:
        """Sort on for a moment."""
        sort = SORT_NAMES[self.sort]
        if not self.is_mounted or sort == self.shown or sort in self.orders:
            self._sorting, self._keys = "place", []
            self.query_one(Status).progress = ""
            return
        if sort != self._sorting:
            self._sorting, self._keys = sort, []
        until = monotonic() + SLICE
        while len(self._keys) < self.count and monotonic() < until:
            stop = min(len(self._keys) + 50, self.count)
            self._keys += [self._key(number, sort) for number in range(len(self._keys), stop)]
        if len(self._keys) < self.count:
            self.query_one(Status).progress = f"sorting {100 * len(self._keys) // self.count}%"
            self.set_timer(PAUSE, self._go_on)
            return
        self._sort(sort)
        self._sorting = "place"
        self.query_one(Status).progress = ""
        self.view.draw()

    # ── the lines ───────────────────────────────────────────────────────────────────────────────────────────────────

    def line(self, number: int, width: int) -> Line:
        return concordance(self.edition, [self.hits[number]], width)[0]

    def tables(self, width: int) -> Drawn:
        wanted = SORT_NAMES[self.sort]
        order = self.order(wanted)
        if order is not None:
            self.shown = wanted
        else:
            self.call_after_refresh(self._go_on)
            order = self.order(self.shown)
            assert order is not None
        groups = list(self._sections()) if self.shown == "place" else [(f"All sections, by {self.sort}", self.count)]
        keyword = max(map(cells, self._keywords()), default=0)
        return DrawnLines(width, keyword, groups, *order, lambda number: self.line(number, width // 2))

    def _keywords(self) -> set[str]:
        hits = self.hits
        if isinstance(hits, Hits):
            return hits.words()
        return {hit.words(self.edition) for hit in hits}

    def _sections(self) -> Iterator[Group]:
        """The sections in which something was found."""
        hits = self.hits
        if not isinstance(hits, Hits):
            order = self.order("place")
            assert order is not None
            paragraphs = [hits[number].span.paragraph for number in order[0]]
        last = 0
        for section in self.edition.sections:
            if isinstance(hits, Hits):
                end = min(hits.first_from(section.last, 0), self.count)
            else:
                end = bisect_right(paragraphs, section.last - 1)
            if end > last:
                yield f"{section.label_en}  {section.short_label}", end - last
            last = end

    def said(self, row: str) -> str:
        hit = self.hits[int(row)]
        if hit.reading == "english":
            paragraph = self.edition.paragraphs[hit.span.paragraph]
            return f"{self.edition.id}/{paragraph.section}/{paragraph.number} English"
        return str(self.edition.address(hit.span))

    def result(self, row: str) -> int:
        return int(row)

    def values(self) -> list[list[object]]:
        order = self.order(self.shown)
        assert order is not None
        found: list[list[object]] = [["address", "left", "keyword", "right"]]
        for number in order[0]:
            line = self.line(number, 40)
            found.append([self.said(str(number)), line.left, line.keyword, line.right])
        return found
