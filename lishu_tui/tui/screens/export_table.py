"""Any table to a file: for a spreadsheet, or for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lishu_tui.export.tables import as_csv, tsv
from lishu_tui.tui.screens.exporting import FILE, Field, WritingScreen

FORMATS = {
    "csv": "for spreadsheets, parted by commas",
    "tsv": "for spreadsheets and the command line, parted by tabs",
    "json": "for programs: a list with an object for each row",
}


class ExportTableScreen(WritingScreen):
    """`rows` are plain values, the headers first."""

    def __init__(self, rows: Sequence[Sequence[object]], name: str, what: str) -> None:
        """`name` is what the file is called before its ending; `what` is what the screen says that it is."""
        super().__init__()
        self.rows_written, self.stem, self.table = rows, name, what

    def what(self) -> str:
        count = len(self.rows_written) - 1
        return f"{self.table}  {count:,} row{'s' * (count != 1)}"

    def fields(self) -> list[Field]:
        return [Field("format", "format", tuple((name, name) for name in FORMATS))]

    def usual(self, key: str) -> Any:
        return "csv"

    def suggested(self) -> str:
        return f"{self.stem}.{self.value('format')}"

    def endings(self) -> dict[str, str]:
        return {name: f".{name}" for name in FORMATS}

    def about(self, key: str) -> str:
        if key == FILE:
            return "e changes the name; its end says the format."
        return f"{self.value('format')}: {FORMATS[self.value('format')]}."

    def work(self) -> Callable[[], tuple[Iterable[str | bytes], str]]:
        form, rows = self.value("format"), self.rows_written

        def make() -> tuple[Iterable[str | bytes], str]:
            if form == "json":
                return as_json(rows), ""
            return [as_csv(rows) if form == "csv" else tsv(rows)], ""

        return make


def as_json(rows: Sequence[Sequence[object]]) -> Iterable[str]:
    """A list of objects, one a line."""
    from lishu_tui.export.documents.data import encoded

    heads = [str(head) for head in rows[0]]
    yield "["
    for number, row in enumerate(rows[1:]):
        yield (",\n  " if number else "\n  ") + encoded(dict(zip(heads, row, strict=False)))
    yield "\n]\n"
