"""The figures of any document: those that a person has listed, marked `checked`, and those found besides, `found`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lishu_tui.edition.readable import Readable, Span

if TYPE_CHECKING:
    from lishu_tui.edition import Statistic
    from lishu_tui.figures.counting import Quantity


def statistics(edition: Readable) -> tuple[Statistic, ...]:
    """Every figure of a document in the order of the text. A listed one that is found too stands once, as listed, with
    the kind that was found for it; where a person says that all are listed, none is looked for."""
    if edition.statistics_complete:
        return tuple(edition.statistics)
    from lishu_tui.figures.quantities import find_quantities

    listed: dict[int, list[Statistic]] = {}
    for statistic in edition.statistics:
        listed.setdefault(statistic.span.paragraph, []).append(statistic)
    rows: list[Statistic] = []
    for index, text in enumerate(edition.readings["restored"]):
        mine = listed.get(index, [])
        found = find_quantities(text)
        rows += [_with_kind(statistic, found) for statistic in mine]
        for quantity in found:
            if not any(_overlap(statistic.span, quantity) for statistic in mine):
                rows.append(_statistic(index, quantity))
    return tuple(sorted(rows, key=lambda s: s.span))


def _overlap(span: Span, quantity: Quantity) -> bool:
    return span.start < quantity.end and quantity.start < span.end


def _with_kind(statistic: Statistic, found: list[Quantity]) -> Statistic:
    kind = next((q.kind for q in found if _overlap(statistic.span, q)), statistic.kind or "other")
    from msgspec.structs import replace

    return replace(statistic, kind=kind)


def _statistic(paragraph: int, q: Quantity) -> Statistic:
    from lishu_tui.edition.model import Statistic

    return Statistic(
        id=f"found-{paragraph}-{q.start}",
        span=Span(paragraph, q.start, q.end),
        quote=q.quote,
        value=q.value,
        low=q.low,
        high=q.high,
        bound=q.bound,
        bound_word=q.bound_word,
        unit=q.unit,
        counted=q.counted,
        label=q.counted or "",
        label_en="",
        kind=q.kind,
        origin="found",
    )
