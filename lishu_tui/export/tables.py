"""Tables as CSV and TSV. A text cell that a spreadsheet would take for a formula is guarded; numbers stay numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lishu_tui.edition.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lishu_tui.edition import Statistic
    from lishu_tui.edition.readable import Readable
    from lishu_tui.figures.across import Row

Value = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str | int | float:
    """A value as a cell: numbers as they are, nothing as an empty cell, text made safe and, where it begins like a
    formula, with an apostrophe before it (the guard that OWASP's note on CSV injection describes)."""
    if isinstance(value, (int, float)):
        return value
    if value is None:
        return ""
    text = str(value)
    return "'" + visible(text) if text.startswith(_FORMULA) else visible(text)


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows of values, headers first, as CSV (RFC 4180, with newline line ends)."""
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def tsv(rows: Iterable[Sequence[object]]) -> str:
    """Rows of values, headers first, parted by tabs; `visible` has taken tabs and line ends out of the cells."""
    return "".join("\t".join(str(cell(value)) for value in row) + "\n" for row in rows)


STATISTIC_COLUMNS = (
    "id", "address", "section", "paragraph", "start", "end", "quote", "value", "low", "high", "bound", "bound_word",
    "unit", "counted", "label", "label_en", "kind", "origin",
)  # fmt: skip


def statistic_record(edition: Readable, statistic: Statistic) -> dict[str, Value]:
    """One statistic with its address, by STATISTIC_COLUMNS."""
    address = edition.address(statistic.span)
    values: dict[str, Value] = {
        "id": statistic.id,
        "address": str(address),
        "section": address.section,
        "paragraph": address.paragraph,
        "start": statistic.span.start,
        "end": statistic.span.end,
    }
    return values | {name: getattr(statistic, name) for name in STATISTIC_COLUMNS[6:]}


ACROSS_COLUMNS = (
    "document", "title", "date", "place", "source", "address", "quote", "value", "low", "high", "bound", "bound_word",
    "unit", "counted", "kind", "origin", "base_unit", "base_value", "mark", "computed_difference",
)  # fmt: skip


def across_record(row: Row) -> dict[str, Value]:
    """What one document reports of a noun, by ACROSS_COLUMNS. The difference is ours: no text reports it."""
    document, s = row.document, row.statistic
    values = (
        document.id, document.title, document.date, document.place, document.source, row.address, s.quote, s.value,
        s.low, s.high, s.bound, s.bound_word, s.unit, s.counted, s.kind, s.origin, row.base, row.base_value, row.mark,
        row.difference,
    )  # fmt: skip
    return dict(zip(ACROSS_COLUMNS, values, strict=True))
