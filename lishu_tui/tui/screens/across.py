"""What all documents report of one noun, by date, with bars to one scale for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType
from textual.message import Message

from lishu_tui.edition import Edition, LishuError, Span
from lishu_tui.export.figures import amount, bar, signed
from lishu_tui.export.tables import ACROSS_COLUMNS, across_record
from lishu_tui.figures.across import Row, scaled
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import NARROW, TableScreen, table, titled
from lishu_tui.tui.widgets.table_view import of_row

BAR = 30


class AcrossScreen(TableScreen[tuple[str, Span]]):
    """Dismisses with a document's id and the place of the figure in it."""

    SORTS: ClassVar[tuple[str, ...]] = ()
    HEADING = "In all documents  as reported"

    class Gathered(Message):
        """The documents have been read."""

        def __init__(self, rows: list[Row], trouble: str) -> None:
            super().__init__()
            self.rows, self.trouble = rows, trouble

    def __init__(self, noun: str, edition: Edition) -> None:
        super().__init__()
        self.noun, self.edition = noun, edition
        self.rows: list[Row] | None = None
        self.computed = False

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self.gather, thread=True, exit_on_error=False)

    def gather(self) -> None:
        """In a thread: it touches no widget."""
        from lishu_tui.edition import load_edition
        from lishu_tui.edition.places import BUNDLED
        from lishu_tui.library import reporting
        from lishu_tui.library.store import Library, library_file

        faults: list[LishuError] = []
        bundled = self.edition if self.edition.id == BUNDLED else load_edition()
        rows: list[Row] = []
        try:
            if library_file().exists():
                with Library.open() as library:
                    rows = reporting.lined_up(self.noun, reporting.having(self.noun, bundled, library, faults))
            else:
                rows = reporting.lined_up(self.noun, reporting.having(self.noun, bundled, None, faults))
        except LishuError as error:
            faults.append(error)
        self.post_message(self.Gathered(rows, str(faults[0]) if faults else ""))

    def on_across_screen_gathered(self, message: Gathered) -> None:
        self.rows = message.rows
        self.view.draw()
        if message.trouble:
            self.host.say(message.trouble)

    def tables(self, width: int) -> Sequence[RenderableType]:
        if self.rows is None:
            return [plain_text("reading the documents …", "dim")]
        if not self.rows:
            return [plain_text("No document of the library reports a figure of this. Esc goes back.")]
        narrow = width < NARROW
        headers = [("date", "left"), ("value", "right"), ("", "left"), ("document", "left")]
        made = table(*headers, *([("computed", "right")] if self.computed else []), width=width)
        made.columns[0].min_width, made.columns[1].min_width = 8, 10
        made.columns[2].width = length = max(width // 5, 4) if narrow else min(BAR, width // 4)
        made.columns[3].ratio = 1
        most: dict[str, float] = {}
        for r in self.rows:
            scale, value = scaled(r.statistic)
            most[scale] = max(most.get(scale, 0), abs(value))
        style = self.view.get_component_rich_style("table-view--bar")
        for at, r in enumerate(self.rows):
            scale, value = scaled(r.statistic)
            sign = {"equal": "= ", "changed": "≠ "}.get(r.mark, "")
            cells = [
                plain_text(r.document.date),
                plain_text(f"{sign}{amount(r.statistic)} {r.statistic.unit or ''}", "bold"),
                plain_text(bar(abs(value), most[scale], length), style),
                plain_text(f"{r.document.title or r.document.id}  {r.statistic.counted or ''}"),
            ]
            if self.computed:
                cells.append(plain_text(signed(r), "italic"))
            made.add_row(*cells, style=of_row(str(at)))
        note = "= as in the document before, ≠ another" + (", change computed by us" if self.computed else "")
        return [titled(plain_text(self.noun, "bold"), note, made, width)]

    def said(self, row: str) -> str:
        return f"{self.rows[int(row)].address}  {self.rows[int(row)].statistic.origin}" if self.rows else ""

    def result(self, row: str) -> tuple[str, Span] | None:
        if not self.rows:
            return None
        found = self.rows[int(row)]
        if found.document.id != self.edition.id:
            self.host.open_document(found.document.id)
            return None
        return found.document.id, found.statistic.span

    def values(self) -> list[list[object]]:
        rows: list[list[object]] = [[*across_record(r).values()] for r in self.rows or ()]
        return [[*ACROSS_COLUMNS], *rows]

    def action_table_computed(self) -> None:
        self.computed = not self.computed
        self.view.draw()
