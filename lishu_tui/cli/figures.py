"""The figures of a document told as JSON, as a table and as rows for a pipe. Knows no click and no Rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lishu_tui.cli import output
from lishu_tui.cli.places import covered
from lishu_tui.export.figures import amount, chinese
from lishu_tui.export.tables import STATISTIC_COLUMNS, statistic_record
from lishu_tui.figures.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lishu_tui.edition import Address, Statistic
    from lishu_tui.edition.readable import Readable


def reported(edition: Readable, address: Address | None) -> list[Statistic]:
    """The figures of which `address` covers at least a character, in the order of the text."""
    spans = {span.paragraph: span for span in covered(edition, address)}
    found = []
    for statistic in statistics(edition):
        span = spans.get(statistic.span.paragraph)
        if span is not None and statistic.span.start < span.end and span.start < statistic.span.end:
            found.append(statistic)
    return found


def tell(edition: Readable, found: Sequence[Statistic], form: str | None) -> None:
    """Print figures in a form that programs read (as rows where it is None)."""
    if form == "json":
        output.write_json({"document": edition.id, "statistics": [statistic_record(edition, s) for s in found]})
    elif form in output.WRITERS:
        output.WRITERS[form](STATISTIC_COLUMNS, ([*statistic_record(edition, s).values()] for s in found))
    else:
        for_pipe = ((amount(s, grouped=False), s.label_en, chinese(s), s.quote) for s in found)
        output.write_rows((str(edition.address(s.span)), *cells) for s, cells in zip(found, for_pipe, strict=True))
