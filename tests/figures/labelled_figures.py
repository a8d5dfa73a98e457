"""Labelled articles of tests/cases/figures, and how well what is found agrees with them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from lishu_tui.figures import Quantity, find_quantities

CASES = Path(__file__).parents[1] / "cases" / "figures"


class Label(NamedTuple):
    """One figure as a person labelled it."""

    start: int
    end: int
    value: float
    high: float | None
    bound: str
    unit: str | None
    counted: str | None


class Case(NamedTuple):
    """A paragraph with its labels."""

    where: str
    text: str
    labels: list[Label]


def read(path: Path) -> Iterator[Case]:
    """The paragraphs of a file. Raises ValueError where marks and labels do not agree."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    marked: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("\t"):
            marked[-1][1].append(line)
        else:
            marked.append((line, []))
    for number, (line, rows) in enumerate(marked, 1):
        text, spans = "", []
        for piece in line.split("⟦"):
            quote, closed, rest = piece.partition("⟧")
            if closed:
                spans.append((len(text), len(text) + len(quote)))
            text += quote + rest
        if len(spans) != len(rows):
            raise ValueError(f"{path.name}, paragraph {number}: {len(spans)} marks, {len(rows)} labels")
        labels = []
        for (start, end), row in zip(spans, rows, strict=True):
            _, value, bound, unit, counted = row.split("\t")
            low, _, high = value.partition("..")
            labels.append(
                Label(start, end, _number(low), _number(high) if high else None, bound, unit or None, counted or None)
            )
        yield Case(f"{path.stem} ¶{number}", text, labels)


def _number(text: str) -> float:
    return float(Fraction(text)) if "/" in text else float(text)


class Score(NamedTuple):
    """How many were found, were labelled, agree in place and value, and of those in bound, unit and noun."""

    found: int
    labelled: int
    right: int
    bound: int
    unit: int
    counted: int

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def told(self) -> str:
        right = max(self.right, 1)
        return (
            f"labelled {self.labelled}, recall {self.right / max(self.labelled, 1):.3f}, "
            f"precision {self.right / max(self.found, 1):.3f}, "
            f"bound {self.bound / right:.3f}, unit {self.unit / right:.3f}, counted {self.counted / right:.3f}"
        )


def agrees(label: Label, found: Quantity) -> bool:
    """Whether place and value are right."""
    near = abs(label.value - found.value) <= 1e-6 * max(abs(label.value), 1)
    ends = label.high is None or (found.high is not None and abs(label.high - found.high) <= 1e-6 * abs(label.high))
    return (label.start, label.end) == (found.start, found.end) and near and ends


def same_noun(label: str | None, found: str | None) -> bool:
    return label == found or bool(label and found and (label in found or found in label))


def score(case: Case, faults: list[str] | None = None) -> Score:
    """How well `find_quantities` does on a paragraph; what it does wrong is put into `faults`."""
    found = find_quantities(case.text)
    by_place = {(q.start, q.end): q for q in found}
    pairs = []
    for label in case.labels:
        quantity = by_place.get((label.start, label.end))
        if quantity is not None and agrees(label, quantity):
            pairs.append((label, quantity))
            wrong = [
                f"{name} {b!r} for {a!r}"
                for name, a, b, right in (
                    ("bound", label.bound, quantity.bound, label.bound == quantity.bound),
                    ("unit", label.unit, quantity.unit, label.unit == quantity.unit),
                    ("counted", label.counted, quantity.counted, same_noun(label.counted, quantity.counted)),
                )
                if not right
            ]
            if wrong and faults is not None:
                faults.append(f"{case.where}: {quantity.quote}: {'; '.join(wrong)}")
        elif faults is not None:
            faults.append(f"{case.where}: MISSED {case.text[label.start : label.end]} {label.value}")
    hit = {(label.start, label.end) for label, _ in pairs}
    if faults is not None:
        faults += [f"{case.where}: EXTRA {q.quote} {q.value} {q.unit}" for q in found if (q.start, q.end) not in hit]
    return Score(
        len(found),
        len(case.labels),
        len(pairs),
        sum(a.bound == b.bound for a, b in pairs),
        sum(a.unit == b.unit for a, b in pairs),
        sum(same_noun(a.counted, b.counted) for a, b in pairs),
    )
