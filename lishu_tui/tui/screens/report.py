"""What the last import did, file by file: what failed and why first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType

from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import NARROW, TableScreen, table, titled
from lishu_tui.tui.widgets.table_view import of_row

if TYPE_CHECKING:
    from lishu_tui.library.importing import Outcome
    from lishu_tui.tui.importing import Report

HEADS = {
    "failed": "Failed 未成",
    "noticed": "Noticed 留意",
    "skipped": "Skipped 略過",
    "known": "Known already 已有",
    "added": "Added 新增",
}
"""The kinds of outcome in the order in which one wants to know."""


class ReportScreen(TableScreen[str]):
    """Choosing a document that is in the library opens it."""

    HEADING = "The last import 匯入"

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def tables(self, width: int) -> Sequence[RenderableType]:
        found: list[RenderableType] = []
        if self.report.error:
            found += [plain_text(self.report.error, "bold"), plain_text("")]
        wide = width >= NARROW
        for kind, head in HEADS.items():
            rows = [(n, o) for n, o in enumerate(self.report.outcomes) if o.status == kind]
            if not rows:
                continue
            made = table(("file" if kind not in ("added", "known") else "title", "left"), ("", "left"), width=width)
            made.show_header = False
            made.columns[0].ratio, made.columns[1].ratio = (1, 2) if wide else (1, 1)
            for number, outcome in rows:
                first, second = self.cells(outcome)
                made.add_row(plain_text(first), plain_text(second, "dim"), style=of_row(str(number)))
            if kind == "failed":
                made.columns[1].no_wrap = False
            found.append(titled(plain_text(head, "bold"), f"{self.report.counts[kind]:,}", made, width))
        return found

    @staticmethod
    def cells(outcome: Outcome) -> tuple[str, str]:
        name = outcome.file.rpartition("/")[2] or outcome.file
        if outcome.entry is not None:
            return outcome.entry.title, f"{outcome.entry.id}  {name}"
        return name, outcome.says.removeprefix(f"{outcome.file}: ")

    def said(self, row: str) -> str:
        return self.report.outcomes[int(row)].file

    def result(self, row: str) -> str | None:
        entry = self.report.outcomes[int(row)].entry
        return entry.id if entry is not None else None

    def choose(self, row: str | None) -> None:
        id = self.result(row) if row is not None else None
        if id is not None:
            self.host.open_document(id)

    def values(self) -> list[list[object]]:
        rows: list[list[object]] = [
            [o.status, o.file, o.entry.id if o.entry is not None else "", o.says] for o in self.report.outcomes
        ]
        return [["status", "file", "id", "says"], *rows]
