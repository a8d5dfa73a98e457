"""`stats`: the figures that a text reports, each with its address; and those of several documents lined up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.figures import reported, tell
from lishu_tui.cli.places import load, reading_library
from lishu_tui.cli.program import Command
from lishu_tui.cli.texts import complete_texts, load_text
from lishu_tui.edition import Edition, LishuError, Statistic, visible
from lishu_tui.export.figures import amount, around, bar, chinese, signed
from lishu_tui.export.tables import ACROSS_COLUMNS, across_record

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from lishu_tui.figures.across import Row

BAR = 16
"""The most cells of a bar; on a narrow terminal it is shorter."""


def lined_up(noun: str) -> list[Row]:
    """What all documents report of a noun: the bundled one and those of the library that have the word. A document that
    cannot be read costs a line."""
    from lishu_tui.library import reporting

    if not noun.strip():
        raise LishuError("--across", "", "is empty", "what is counted, such as 志願者")
    faults: list[LishuError] = []
    with reading_library() as library:
        rows = reporting.lined_up(noun, reporting.having(noun, load(), library, faults))
    for fault in faults:
        output.complain(str(fault))
    return rows


@click.command(cls=Command)
@click.argument("text", metavar="[ADDRESS|FILE]", required=False, shell_complete=complete_texts)
@click.option("--across", "noun", metavar="NOUN", help="Line up what all documents report of NOUN.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--tsv", "form", flag_value="tsv", help="Print CSV parted by tabs.")
@click.option("--plain", "form", flag_value="plain", help="Print lines parted by tabs, as to a pipe.")
def stats(text: str | None, noun: str | None, form: str | None) -> int:
    """Print the figures that the text reports.

    Of the bundled article, of what ADDRESS covers, or of FILE, which is not stored: on a terminal as tables, elsewhere
    as lines of address, value with its bound, what is counted in English and in Chinese, and the words of the text.
    Each is `checked` by a person or `found` by rules. They are as reported, nothing is vouched for.

    With --across NOUN: what the bundled article and all documents of the library report of that noun, in either script,
    by date and place; a value that is not the one of the document before is marked, with the difference, which is
    computed. Exit status 1: none reports any.

    Example: lishu-tui stats lishu/party-leadership --json
    """
    if noun is not None:
        if text is not None:
            raise click.UsageError("--across takes all documents, and no ADDRESS or FILE beside it.")
        return _across(noun, form)
    edition, address = load_text(text)
    found = reported(edition, address)
    if form is not None or not output.is_terminal(sys.stdout):
        tell(edition, found, form)
    else:
        with output.writing():
            _print_tables(output.console(), edition, found)
    return ExitCode.OK


def _across(noun: str, form: str | None) -> int:
    rows = lined_up(noun)
    if form == "json":
        output.write_json({"noun": noun, "rows": [across_record(row) for row in rows]})
    elif form in output.WRITERS:
        output.WRITERS[form](ACROSS_COLUMNS, ([*across_record(row).values()] for row in rows))
    elif form == "plain" or not output.is_terminal(sys.stdout):
        for_pipe = ((r.document.date, amount(r.statistic, grouped=False), r.statistic.quote, r.mark) for r in rows)
        output.write_rows((r.address, *cells) for r, cells in zip(rows, for_pipe, strict=True))
    elif rows:
        with output.writing():
            _print_across(output.console(), noun, rows)
    if not rows and form in (None, "plain"):
        output.complain(f"{noun}: no document reports a figure of it")
    return ExitCode.OK if rows else ExitCode.NEGATIVE


def _print_across(console: Console, noun: str, rows: list[Row]) -> None:
    """One table by date, with bars to one scale for each unit."""
    from rich.table import Table

    console.print(_plain(noun, "bold"))
    table = Table(box=_box(console), pad_edge=False, expand=False, header_style="dim")
    for column in ("date", "document"):
        table.add_column(column, overflow="fold")
    table.add_column("value", justify="right", no_wrap=True, style="bold")
    table.add_column("unit", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=BAR)
    table.add_column("computed change", justify="right", no_wrap=True)
    table.add_column("address", overflow="fold", style="dim")
    most: dict[str, float] = {}
    for r in rows:
        scale = r.base or r.statistic.unit or ""
        most[scale] = max(most.get(scale, 0), r.base_value)
    for r in rows:
        scale = r.base or r.statistic.unit or ""
        table.add_row(
            _plain(r.document.date), _plain(r.document.title or r.document.id), _plain(amount(r.statistic)),
            _plain(r.statistic.unit or ""), _plain(bar(r.base_value, most[scale], BAR)), _plain(signed(r)),
            _plain(r.address),
        )  # fmt: skip
    console.print(table)
    console.print(_plain("as reported; bars are to one scale within a unit; a change is computed by us", "dim"))


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
            what = s.label_en if s.origin == "checked" else "found"
            table.add_row(*map(_plain, (amount(s), what, chinese(s))), stands)
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
