"""`cite`: a document, or a passage of it, as eight styles cite it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
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


def _everything() -> Iterator[Edition | LishuError]:
    """The bundled document, then those of the library in the order of their titles, one at a time; what cannot be read
    is no reason not to cite the others."""
    yield load()
    with reading_library() as library:
        if library is None:
            return
        for entry in library.entries(sort="title"):
            try:
                edition = library.edition(entry.id)
            except LishuError as error:
                yield error
            else:
                yield edition


@click.command(cls=Command)
@click.argument("text", metavar="[ADDRESS|FILE]", required=False, shell_complete=complete_texts)
@click.option(
    "--style", type=click.Choice([*STYLES]),
    help="gbt7714-2025 for what is in Chinese and chicago for the rest, where you do not say.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Cite all documents: the bundled one and the library's.")
@click.option("--accessed", metavar="DAY", callback=_day, help="The day of access; see above.")
def cite(text: str | None, style: str | None, everything: bool, accessed: date | None) -> ExitCode:
    """Cite a document, or a passage of it.

    Of the bundled article, of what ADDRESS names, or of FILE, which is not stored. A passage is named by its paragraph
    where the style has a place for it: the entry itself, or a note or a citation in the text, which then stands on the
    line before. What is not known is said to be missing; what this project supplies stands in brackets. The day of
    access is that of the capture, where a copy of our own says it, and today elsewhere. Exit status 1: a document of
    the library could not be read; the others are cited.

    Example: lishu-tui cite lishu/party-leadership/3 --style chicago
    """
    if everything and text is not None:
        raise LishuError("--all", text, "is one document", "--all without ADDRESS or FILE")
    if not everything:
        wanted = load_text(text)
        one = reference(wanted.edition, wanted.address)
        _print([(one, accessed or day_of_access(one, date.today()))], style or default_style(one))
        return ExitCode.OK
    failed = False

    def cited() -> Iterator[tuple[Reference, date]]:
        nonlocal failed
        for found in _everything():
            if isinstance(found, LishuError):
                failed = True
                output.complain(str(found))
            else:
                one = reference(found)
                yield one, accessed or day_of_access(one, date.today())

    _print(cited(), style or default_style(reference(load())))
    return ExitCode.NEGATIVE if failed else ExitCode.OK


def _print(cited: Iterable[tuple[Reference, date]], style: str) -> None:
    """Each as it comes, but for JSON, which is one list; it stays JSON whatever the encoding of stdout."""
    if style == "csl-json":
        output.write_json(json.loads(bibliography(cited, style)))
        return
    for n, one in enumerate(cited):
        text = bibliography([one], style)
        output.write_lines([*([""] if n and STYLES[style].apart else []), *text.split("\n")])
