"""Rows of one line each, however many there are: only those on the screen are asked for and drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from lishu_tui.edition import visible
from lishu_tui.tui.widgets.selecting import SCROLL_STEP
from lishu_tui.tui.widgets.table_view import MARGIN
from lishu_tui.typeset import cells, clip


class Run(NamedTuple):
    """A piece of a row and how it looks: "", quiet, strong or hit."""

    text: str
    look: str = ""


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """`draw(row, width)` gives a row as runs; `leads(row)` says whether it can be chosen (a blank row cannot)."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table-view--cursor",
        "table-view--marker",
        "rows--quiet",
        "rows--strong",
        "rows--hit",
    }

    class Chosen(Message):
        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Highlighted(Message):
        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Measured(Message):
        """The rows have another width."""

    def __init__(
        self, draw: Callable[[int, int], Sequence[Run]], leads: Callable[[int], bool] = lambda row: True
    ) -> None:
        super().__init__()
        self.draw_row, self.leads = draw, leads
        self.count = 0
        self.cursor = 0

    def show(self, count: int, *, cursor: int | None = None) -> None:
        """Draw anew with so many rows; the cursor goes to `cursor`, or stays where it is as far as there are rows."""
        self.count = count
        self.cursor = self._near(self.cursor if cursor is None else cursor)
        self._measure()
        self.refresh()
        self.show_cursor()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.count)

    def _near(self, row: int, step: int = 1) -> int:
        """The row itself, or the nearest that can be chosen: on in the direction of `step`, else back."""
        row = min(max(row, 0), max(self.count - 1, 0))
        for way in (step, -step):
            at = row
            while 0 <= at < self.count:
                if self.leads(at):
                    return at
                at += way
        return row

    def on_resize(self) -> None:
        self._measure()
        self.refresh()
        self.show_cursor()
        self.post_message(self.Measured())

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.rich_style
        row = round(self.scroll_y) + y
        if row >= self.count:
            return Strip.blank(width, base)
        segments = [Segment(" " * MARGIN, base)]
        for text, look in self.draw_row(row, width - MARGIN):
            style = base + self.get_component_rich_style(f"rows--{look}", partial=True) if look else base
            segments.append(Segment(visible(text), style))
        if row == self.cursor and self.leads(row):
            # As in the other tables: by a sign and by weight as well as by colour.
            chosen = Style(bgcolor=self.get_component_rich_style("table-view--cursor").bgcolor, bold=True, dim=False)
            segments[0] = Segment("> ", self.get_component_rich_style("table-view--marker"))
            segments[1:] = [Segment(s.text, (s.style or base) + chosen) for s in segments[1:]]
            base += chosen
        return Strip(segments).adjust_cell_length(width, base)

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def page_step(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    def move(self, step: int) -> None:
        if self.count:
            self.cursor = self._near(self.cursor + step, 1 if step > 0 else -1)
            self.refresh()
            self.show_cursor()

    def show_cursor(self) -> None:
        """Bring the cursor's row into view, and say which it is."""
        height = self.scrollable_content_region.height
        if not self.count or not height:
            return
        top = round(self.scroll_y)
        if self.cursor < top:
            above = self.cursor - 1  # what heads the first row that can be chosen comes into view with it
            self.scroll_to(y=above if above >= 0 and not self.leads(above) else self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)
        self.post_message(self.Highlighted(self.cursor))

    async def _on_click(self, event: events.Click) -> None:
        """A first click goes to a row; a second, or one on the row that the cursor is on, chooses it."""
        event.stop()
        place = event.get_content_offset(self)
        row = round(self.scroll_y) + place.y if place is not None else -1
        if not (0 <= row < self.count and self.leads(row)):
            return
        again = row == self.cursor
        self.cursor = row
        self.refresh()
        self.show_cursor()
        if again or event.chain == 2:
            self.post_message(self.Chosen(row))

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.scroll_to(y=self.scroll_y + SCROLL_STEP, animate=False)
        event.stop()
        event.prevent_default()

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.scroll_to(y=self.scroll_y - SCROLL_STEP, animate=False)
        event.stop()
        event.prevent_default()


class Column(NamedTuple):
    key: str
    head: str
    width: int
    right: bool = False
    """Whether it is set flush right, as numbers are."""


def cell(text: str, width: int, *, right: bool = False) -> str:
    """A text in so many cells: cut with an ellipsis, or filled with blanks."""
    text = clip(visible(text), width)
    blank = " " * (width - cells(text))
    return blank + text if right else text + blank


def day(date: str) -> str:
    """A date without the time of the day."""
    return date[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", date) else date


class Heads(Widget):
    """The heads of columns, one line above the rows; a click on one says which."""

    class Clicked(Message):
        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--quiet", "rows--strong"}
    columns: Sequence[Column] = ()
    gap = 2
    marked = ""
    """The column that the rows are sorted by."""

    def set_columns(self, columns: Sequence[Column], gap: int, marked: str) -> None:
        self.columns, self.gap, self.marked = columns, gap, marked
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        base = self.rich_style
        segments = [Segment(" " * MARGIN, base)]
        for column in self.columns:
            look = "rows--strong" if column.key == self.marked else "rows--quiet"
            style = base + self.get_component_rich_style(look, partial=True)
            text = cell(column.head, column.width, right=column.right)
            name = text.strip()
            blank = Segment(" " * (column.width - cells(name)), base)
            pair = [blank, Segment(name, style)] if column.right else [Segment(name, style), blank]
            segments += [*pair, Segment(" " * self.gap, base)]
        return Strip(segments).adjust_cell_length(width, base)

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        place = event.get_content_offset(self)
        if place is None:
            return
        at = MARGIN
        for column in self.columns:
            if at <= place.x < at + column.width + self.gap:
                self.post_message(self.Clicked(column.key))
                return
            at += column.width + self.gap
