"""A screen of Rich tables that lead back into the text: the base of statistics, names, concordance and help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from lishu_tui.edition import Edition
from lishu_tui.tui.commands import TABLE
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.base import LishuScreen, Result, bindings
from lishu_tui.tui.widgets.status import Status
from lishu_tui.tui.widgets.table_view import Drawn, TableView

NARROW = 76
"""Below this many cells a table leaves its least needed column out."""


def table(*headers: tuple[str, str], width: int) -> Table:
    """A quiet table: no box, headers dim, `headers` being (text, justification)."""
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, width=width, show_edge=False, header_style="dim")
    for text, justify in headers:
        made.add_column(plain_text(text), justify=justify, overflow="ellipsis", no_wrap=True)  # type: ignore[arg-type]
    return made


def titled(title: Text, note: str, content: RenderableType, width: int) -> RenderableType:
    """A title with a note at the right, the content, and an empty line."""
    head = Table.grid(expand=True)
    head.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    head.add_column(justify="right", no_wrap=True)
    head.add_row(title, plain_text(note, "dim"))
    head.width = width
    return Group(head, content, Text(""))


class TableScreen(LishuScreen[Result]):
    """Draws `tables(width)`; sorts by `SORTS`; Enter dismisses with `result(row)`."""

    WHERE = TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(TABLE)
    SORTS: ClassVar[tuple[str, ...]] = ()
    HEADING: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.sort_at = 0

    # What each screen says for itself.

    def tables(self, width: int) -> Sequence[RenderableType] | Drawn:
        raise NotImplementedError

    def begin(self) -> str | None:
        """The row that the cursor is on at first; the first one where None."""
        return None

    def result(self, row: str) -> Result | None:
        """What choosing a row gives to the reader; None where a row leads nowhere."""
        return None

    def said(self, row: str) -> str:
        """What the status line says of a row: its address."""
        return ""

    def values(self) -> list[list[object]]:
        """The table as rows of plain values, headers first."""
        return []

    # What all share.

    @property
    def sort(self) -> str:
        return self.SORTS[self.sort_at] if self.SORTS else ""

    def compose(self) -> ComposeResult:
        yield TableView(self.tables, self.begin())
        yield Status()

    @property
    def view(self) -> TableView:
        return self.query_one(TableView)

    def on_mount(self) -> None:
        self.set_focus(self.view)
        status = self.query_one(Status)
        status.place = self.HEADING
        status.hints = self.hints()
        status.hints_first = True

    def on_table_view_highlighted(self, event: TableView.Highlighted) -> None:
        status = self.query_one(Status)
        status.place = self.said(event.row) or self.HEADING
        status.more = f"by {self.sort}" if self.SORTS else ""

    def on_table_view_chosen(self, event: TableView.Chosen) -> None:
        self.choose(event.row)

    def choose(self, row: str | None) -> None:
        result = self.result(row) if row is not None else None
        if result is not None:
            self.dismiss(result)

    def action_table_choose(self) -> None:
        self.choose(self.view.row)

    def action_table_close(self) -> None:
        self.dismiss(None)

    def action_table_sort(self) -> None:
        if self.SORTS:
            self.sort_at = (self.sort_at + 1) % len(self.SORTS)
            self.view.draw()

    def action_table_copy(self) -> None:
        from lishu_tui.export.tables import tsv
        from lishu_tui.tui.clipboard import copy

        rows = self.values()
        if len(rows) > 1:
            said = copy(self.app, tsv(rows))
            self.host.say(f"{len(rows) - 1} rows {said}")

    async def action_table_write(self) -> None:
        from lishu_tui.tui.screens.export_table import ExportTableScreen

        rows = self.values()
        if len(rows) > 1:
            await self.app.push_screen(ExportTableScreen(rows, self.file_stem(), self.HEADING))
        else:
            self.host.say("There is no table here to write")

    def file_stem(self) -> str:
        """What a file of the table is called before its ending: the document, and what the table is of."""
        edition: Edition | None = getattr(self, "edition", None)
        kind = type(self).__name__.removesuffix("Screen").lower()
        return f"{edition.id}-{kind}" if edition is not None else kind

    def action_table_evidence(self) -> None:
        """For the apparatus."""

    def action_table_kind(self) -> None:
        """For the statistics."""

    async def action_table_across(self) -> None:
        """For the statistics."""

    def action_table_computed(self) -> None:
        """For the statistics."""

    def action_move_line_down(self) -> None:
        self.view.move(1)

    def action_move_line_up(self) -> None:
        self.view.move(-1)

    def action_move_page_down(self) -> None:
        self.view.move(self.view.page_step)

    def action_move_page_up(self) -> None:
        self.view.move(-self.view.page_step)

    def action_move_half_down(self) -> None:
        self.view.move(max(self.view.page_step // 2, 1))

    def action_move_half_up(self) -> None:
        self.view.move(-max(self.view.page_step // 2, 1))

    def action_move_top(self) -> None:
        self.view.move(-(1 << 30))

    def action_move_bottom(self) -> None:
        self.view.move(1 << 30)
