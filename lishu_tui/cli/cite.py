"""`cite`: a document, or a passage of it, as eight styles cite it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.places import load, reading_library
from lishu_tui.cli.program import Command
from lishu_tui.cli.texts import complete_texts, load_text
from lishu_tui.edition import Edition, LishuError
from lishu_tui.export.citations import STYLES, Reference, bibliography, day_of_access, default_style, reference


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise LishuError("--accessed", value, "is no day", "a day as 2026-11-24") from None


def _everything() -> Iterator[Edition]:
    """The bundled document, then those of the library in the order of their titles, one at a time."""
    yield load()
    with reading_library() as library:
        if library is not None:
            for entry in library.entries(sort="title"):
                yield library.edition(entry.id)


@click.command(cls=Command)
@click.argument("text", metavar="[ADDRESS|FILE]", required=False, shell_complete=complete_texts)
@click.option(
    "--style", type=click.Choice([*STYLES]),
    help="gbt7714-2025 for what is in Chinese and chicago for the rest, where you do not say.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Cite all documents: the bundled one and the library's.")
@click.option("--accessed", metavar="DAY", callback=_day, help="The day of access; see above.")
def cite(text: str | None, style: str | None, everything: bool, accessed: date | None) -> None:
    """Cite a document, or a passage of it.

    Of the bundled article, of what ADDRESS names, or of FILE, which is not stored. A passage is named by its paragraph
    where the style has a place for it: the entry itself, or a note or a citation in the text, which then stands on the
    line before. What is not known is said to be missing; what this project supplies stands in brackets. The day of
    access is that of the capture, where a copy of our own says it, and today elsewhere.

    Example: lishu-tui cite lishu/party-leadership/3 --style chicago
    """
    if everything and text is not None:
        raise LishuError("--all", text, "is one document", "--all without ADDRESS or FILE")
    if everything:
        found = [reference(edition) for edition in _everything()]
    else:
        wanted = load_text(text)
        found = [reference(wanted.edition, wanted.address)]
    style = style or default_style(found[0])
    cited = [(one, accessed or day_of_access(one, date.today())) for one in found]
    _print(cited, style)


def _print(cited: list[tuple[Reference, date]], style: str) -> None:
    made: Any = bibliography(cited, style)
    if style == "csl-json":
        output.write_json(json.loads(made))  # whatever the encoding of stdout, it stays JSON
    else:
        output.write_lines(made.split("\n"))
