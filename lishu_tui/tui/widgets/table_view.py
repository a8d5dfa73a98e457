"""Rich tables with rows to choose: drawn by `rich.table.Table`, walked with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import ClassVar

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lishu_tui.edition.texts import Made

MARGIN = 2
"""Cells at the left in which the marker of the chosen row stands."""
ROW = "row"
"""The key in a style's meta that says to which row a cell belongs."""


def of_row(row: str) -> Style:
    """The style for the cells of a row, so that the row is known again once Rich has drawn it."""
    return Style.from_meta({ROW: row})


class Drawn(Made[list[Segment]]):
    """The lines of a table, and the rows that they belong to, from top to bottom; a row may take several lines."""

    rows: Sequence[str]

    def row_of(self, y: int) -> str | None:
        """The row that line `y` belongs to, None where it belongs to none."""
        raise NotImplementedError

    def lines_of(self, row: str) -> tuple[int, int]:
        """The lines of a row, half-open."""
        raise NotImplementedError

    def number(self, row: str) -> int | None:
        """Which of the rows it is, None where it is not among them."""
        raise NotImplementedError


class DrawnWhole(Drawn):
    """Lines that Rich has drawn. Rows are the `of_row` styles found in them."""

    def __init__(self, lines: list[list[Segment]]) -> None:
        self._lines, self._row_of = lines, [_row_in(line) for line in lines]
        self._lines_of: dict[str, tuple[int, int]] = {}
        for y, row in enumerate(self._row_of):
            if row is not None:
                first, _ = self._lines_of.get(row, (y, y))
                self._lines_of[row] = (first, y + 1)
        self.rows = list(self._lines_of)

    def __len__(self) -> int:
        return len(self._lines)

    def make(self, index: int) -> list[Segment]:
        return self._lines[index]

    def row_of(self, y: int) -> str | None:
        return self._row_of[y]

    def lines_of(self, row: str) -> tuple[int, int]:
        return self._lines_of[row]

    def number(self, row: str) -> int | None:
        return self.rows.index(row) if row in self._lines_of else None


def _row_in(line: list[Segment]) -> str | None:
    return next((s.style.meta[ROW] for s in line if s.style and s.style._meta and ROW in s.style.meta), None)


class TableView(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws what `build(width)` gives and lets a person choose a row: Rich's tables, or lines that are drawn when they
    are seen."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table-view--cursor", "table-view--marker", "table-view--bar"}

    class Chosen(Message):
        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    class Highlighted(Message):
        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    def __init__(self, build: Callable[[int], Sequence[RenderableType] | Drawn], begin: str | None = None) -> None:
        super().__init__()
        self.build = build
        self.begin = begin  # the row that the cursor is on at first
        self.cursor = 0
        self._drawn: Drawn = DrawnWhole([])

    @property
    def rows(self) -> Sequence[str]:
        """All rows, from top to bottom."""
        return self._drawn.rows

    def draw(self, *, width: int | None = None) -> None:
        """Draw anew for the present width; the cursor stays on its row."""
        width = (width or self.scrollable_content_region.width) - MARGIN
        if width <= 0:
            return
        here = self.row if self.rows else self.begin
        built = self.build(width)
        if isinstance(built, Drawn):
            self._drawn = built
        else:
            console = self.app.console
            options = console.options.update(width=width, height=None, highlight=False, markup=False)
            drawn = (console.render_lines(renderable, options, pad=False) for renderable in built)
            self._drawn = DrawnWhole(list(chain.from_iterable(drawn)))
        self.cursor = (self._drawn.number(here) if here is not None else None) or 0
        self.virtual_size = Size(width + MARGIN, len(self._drawn))
        self.refresh()
        self.show_cursor()

    def on_resize(self) -> None:
        self.draw()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted and self._drawn:
            self.draw()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = round(self.scroll_y) + y
        if number >= len(self._drawn):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        segments = [Segment(" " * MARGIN, base), *Segment.apply_style(self._drawn[number], base)]
        if self.rows and self._drawn.row_of(number) == self.rows[self.cursor]:
            # Shown by a sign and by weight as well as by colour; what is dim in a row is not dim in the chosen one.
            look = self.get_component_rich_style("table-view--cursor")
            chosen = Style(bgcolor=look.bgcolor, bold=True, dim=False)
            first = number == self._drawn.lines_of(self.rows[self.cursor])[0]
            segments[0] = Segment("> " if first else "  ", self.get_component_rich_style("table-view--marker"))
            segments[1:] = [Segment(s.text, (s.style or base) + chosen) for s in segments[1:]]
            return Strip(segments).adjust_cell_length(width, base + chosen)
        return Strip(segments).adjust_cell_length(width, base)

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def show_cursor(self) -> None:
        if not self.rows:
            return
        first, last = self._drawn.lines_of(self.rows[self.cursor])
        height = self.scrollable_content_region.height
        top = round(self.scroll_y)
        if self.cursor == 0 and last <= height:
            self.scroll_to(y=0, animate=False)
        elif first < top:
            self.scroll_to(y=first, animate=False)
        elif last > top + height:
            self.scroll_to(y=min(last - height, first), animate=False)
        self.post_message(self.Highlighted(self.rows[self.cursor]))

    def move(self, step: int) -> None:
        """Move the cursor by rows; without rows, scroll by lines."""
        if not self._drawn:
            self.draw(width=self.app.size.width)  # a key typed ahead of the first drawing
        if not self.rows:
            self.scroll_to(y=self.scroll_y + step, animate=False)
            return
        last = len(self.rows) - 1
        if step > 0 and self.cursor == last:
            self.scroll_to(y=self.max_scroll_y, animate=False)  # what stands below the last row
        self.cursor = min(max(self.cursor + step, 0), last)
        self.refresh()
        self.show_cursor()

    @property
    def page_step(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    @property
    def row(self) -> str | None:
        """The row that the cursor is on."""
        return self.rows[self.cursor] if self.rows else None

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        place = event.get_content_offset(self)
        number = round(self.scroll_y) + place.y if place is not None else -1
        row = self._drawn.row_of(number) if 0 <= number < len(self._drawn) else None
        if row is None:
            return
        again = self.rows[self.cursor] == row
        self.cursor = self._drawn.number(row) or 0
        self.refresh()
        self.show_cursor()
        if again or event.chain == 2:
            self.post_message(self.Chosen(row))
