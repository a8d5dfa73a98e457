"""What different documents report of the same thing, lined up by date and place, with what has changed marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from lishu_tui.edition.model import Statistic
from lishu_tui.figures.numerals import Number, tidy
from lishu_tui.figures.script import plain
from lishu_tui.figures.units import units

Mark = Literal["first", "equal", "changed", "apart"]
"""Against the last row of another document that reports the same noun: there is none yet; it has the same value and
bound; it has another; or it is in a unit that this one cannot be turned into."""


class Document(NamedTuple):
    """A document with its figures, each with its address."""

    id: str
    title: str
    date: str
    place: str
    source: str
    statistics: Sequence[tuple[str, Statistic]]


class Row(NamedTuple):
    """What a document reports. `base_value` is the value in `base`, where the unit has one; `difference` is computed by
    us: by how much it is more than the row it is compared with, in this row's unit."""

    document: Document
    address: str
    statistic: Statistic
    base: str | None
    base_value: Number
    mark: Mark
    difference: Number | None


def across(documents: Iterable[Document], noun: str, fold: Callable[[str], str] = plain) -> list[Row]:
    """The figures that count or measure `noun`, by date, place and address. `fold` makes alike what is to be compared
    alike: both scripts, as a rule. In Chinese the head of a noun stands last: 党员 is what 农村党员 are, not what
    党员突击队 are. Only where nothing has the noun for its head is it looked for within others. Documents of no date
    stand last."""
    wanted = fold(noun).strip()
    if not wanted:
        return []
    named = [
        (document, address, statistic, [_bare(fold(words)) for words in (statistic.counted, statistic.label) if words])
        for document in documents
        for address, statistic in document.statistics
    ]
    found = [f for f in named if any(words.endswith(wanted) for words in f[3])]
    found = found or [f for f in named if any(wanted in words for words in f[3])]
    found.sort(key=lambda f: (not f[0].date, f[0].date, fold(f[0].place), f[0].id, f[2].span))
    rows: list[Row] = []
    for document, address, statistic, _ in found:
        base, factor = _base(statistic.unit)
        row = Row(document, address, statistic, base, _times(statistic.value, factor), "first", None)
        rows.append(_compared(row, factor, rows, fold))
    return rows


def _compared(row: Row, factor: float, rows: list[Row], fold: Callable[[str], str]) -> Row:
    """The row with its mark. Of several rows of the document before, the one whose noun is the same goes first."""
    others = [r for r in reversed(rows) if r.document.id != row.document.id]
    if not others:
        return row
    alike = [r for r in others if _scale(r) == _scale(row)]
    if not alike:
        return row._replace(mark="apart")
    words = fold(row.statistic.counted or "")
    last = [r for r in alike if r.document.id == alike[0].document.id]
    before = next((r for r in last if fold(r.statistic.counted or "") == words), last[0])
    same = before.base_value == row.base_value and before.statistic.bound == row.statistic.bound
    difference = tidy((Decimal(str(row.base_value)) - Decimal(str(before.base_value))) / Decimal(str(factor)))
    return row._replace(mark="equal" if same else "changed", difference=difference)


def _scale(row: Row) -> str:
    """What rows have in common that can be compared: the base unit, or the unit itself."""
    return scaled(row.statistic)[0]


def _bare(words: str) -> str:
    """A noun without a bracket behind it: 市场（集市）."""
    return re.sub(r"[(（][^)）]*[)）]$", "", words)


def scaled(statistic: Statistic) -> tuple[str, Number]:
    """The unit in which a figure can be compared with others (the base unit, or its own), and its value in it."""
    base, factor = _base(statistic.unit)
    return base or plain(statistic.unit or ""), _times(statistic.value, factor)


def _base(unit: str | None) -> tuple[str | None, float]:
    known = units().get(plain(unit)) if unit else None
    return (known.base, known.factor) if known and known.base else (None, 1)


def _times(value: Number, factor: float) -> Number:
    return tidy(round(Decimal(str(value)) * Decimal(str(factor)), 9))
