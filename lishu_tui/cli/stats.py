"""`stats`: the figures that the text reports, each with its address."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.places import ADDRESS, covered, load
from lishu_tui.cli.program import Command
from lishu_tui.edition import Address, Edition, Statistic, visible
from lishu_tui.export.figures import amount, around, bar, chinese
from lishu_tui.export.tables import STATISTIC_COLUMNS, statistic_record

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

BAR = 16
"""The most cells of a bar; on a narrow terminal it is shorter."""


def reported(edition: Edition, address: Address | None) -> list[Statistic]:
    """The statistics of which `address` covers at least a character, in the order of the text."""
    spans = {span.paragraph: span for span in covered(edition, address)}
    found = []
    for statistic in edition.statistics:
        span = spans.get(statistic.span.paragraph)
        if span is not None and statistic.span.start < span.end and span.start < statistic.span.end:
            found.append(statistic)
    return sorted(found, key=lambda s: s.span)


@click.command(cls=Command)
@click.argument("address", type=ADDRESS, required=False)
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--plain", "form", flag_value="plain", help="Print lines parted by tabs, as to a pipe.")
def stats(address: Address | None, form: str | None) -> None:
    """Print the figures that the text reports.

    All of them, or those in ADDRESS: on a terminal as tables, elsewhere as lines of address, value with its bound, what
    is counted in English and in Chinese, and the words of the text. They are as reported, not checked.

    Example: lishu-tui stats lishu/party-leadership --json
    """
    edition = load(address)
    found = reported(edition, address)
    if form == "json":
        output.write_json({"document": edition.id, "statistics": [statistic_record(edition, s) for s in found]})
    elif form == "csv":
        output.write_csv(STATISTIC_COLUMNS, ([*statistic_record(edition, s).values()] for s in found))
    elif form == "plain" or not output.is_terminal(sys.stdout):
        for_pipe = ((amount(s, grouped=False), s.label_en, chinese(s), s.quote) for s in found)
        output.write_rows((str(edition.address(s.span)), *cells) for s, cells in zip(found, for_pipe, strict=True))
    else:
        with output.writing():
            _print_tables(output.console(), edition, found)


def _print_tables(console: Console, edition: Edition, found: list[Statistic]) -> None:
    """One table a section, then the comparisons whose figures are all among `found`."""
    from rich.table import Table
    from rich.text import Text

    for section in edition.sections:
        here = [s for s in found if edition.paragraphs[s.span.paragraph].section == section.id]
        if not here:
            continue
        console.print(_title(section.label_en, section.label))
        table = Table(box=_box(console), pad_edge=False, expand=False, header_style="dim")
        table.add_column("value", justify="right", no_wrap=True, style="bold")
        for column in ("what", "Chinese", "as it stands"):
            table.add_column(column, overflow="fold")
        for s in here:
            left, quote, right = map(visible, around(edition, s))
            stands = Text.assemble(left, (quote, "bold"), right)
            table.add_row(*map(_plain, (amount(s), s.label_en, chinese(s))), stands)
        console.print(table)
        console.print()
    by_id = {s.id: s for s in found}
    for comparison in edition.comparisons:
        if any(cell is not None and cell not in by_id for _, _, cells in comparison.rows for cell in cells):
            continue
        console.print(_title(comparison.label_en, comparison.label))
        table = Table(box=_box(console), pad_edge=False, expand=False, header_style="dim")
        table.add_column("what", overflow="fold")
        room = (console.width - 24) // len(comparison.columns) - 12  # beside the labels, the numbers and the gaps
        length = min(max(room, 4), BAR)
        for label, label_en in comparison.columns:
            table.add_column(_plain(label_en), justify="right", no_wrap=True, style="bold")
            table.add_column(_plain(label), no_wrap=True, min_width=length)
        most = max((by_id[c].value for _, _, cells in comparison.rows for c in cells if c), default=0)
        for label, label_en, cells in comparison.rows:
            row = [Text.assemble(visible(label_en), "  ", (visible(label), "dim"))]
            for cell in cells:
                statistic = by_id[cell] if cell is not None else None
                row.append(_plain(amount(statistic) if statistic else "–"))
                row.append(_plain(bar(statistic.value, most, length) if statistic else ""))
            table.add_row(*row)
        console.print(table)
        console.print(_plain("all bars are to one scale; – is not reported", "dim"))
        console.print()
    console.print(_plain(f"as reported · {len(found)} figure{'' if len(found) == 1 else 's'}", "dim"))


def _plain(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(text), style)


def _title(english: str, chinese: str) -> Text:
    from rich.text import Text

    return Text.assemble((visible(english), "bold"), "  ", visible(chinese))


def _box(console: Console) -> Any:
    """A rule above and below the head; in ASCII where the terminal's encoding has no other."""
    from rich import box

    return box.ASCII if console.options.ascii_only else box.HORIZONTALS
