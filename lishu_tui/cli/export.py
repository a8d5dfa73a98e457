"""`export`: a document as a file to take away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, cast

import click

from lishu_tui.cli import output
from lishu_tui.cli.ending import Ended, ending
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.files import STDIN, is_there
from lishu_tui.cli.places import reading_library
from lishu_tui.cli.program import Command
from lishu_tui.cli.texts import complete_texts, load_text
from lishu_tui.edition import Edition, LishuError, Reading
from lishu_tui.export import documents
from lishu_tui.export.documents import ENDINGS, FORMATS, English, Form, Noted, Options
from lishu_tui.settings import library_file

STDOUT = STDIN
PARTS = ("apparatus", "statistics", "names", "notes")
READINGS = ("restored", "simplified", "capture")
LONG = 0.5
"""Seconds after which it is said how far it is."""


def _parts(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> frozenset[str] | None:
    """What is to go along; None where nothing is said of it."""
    if not value:
        return None
    named = [part.strip() for one in value for part in one.split(",")]
    for part in named:
        if part not in (*PARTS, "nothing"):
            raise LishuError("--with", part, "is nothing that could go along", f"one of {', '.join(PARTS)}, or nothing")
    return frozenset(named)


def _complete_parts(context: click.Context, option: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(before + comma + part) for part in (*PARTS, "nothing") if part.startswith(last)]


def form_of(form: str | None, out: str) -> Form:
    """The format: as named, or as the file's name ends. Raises LishuError where neither says it."""
    if form is not None:
        return cast(Form, form)
    ending = os.path.splitext(out)[1].lower()
    found: dict[str, Form] = {e: f for f, e in ENDINGS.items()} | {".htm": "html", ".tei": "tei", ".markdown": "md"}
    if ending in found:
        return found[ending]
    raise LishuError("--format", out, "does not say which format", f"one of {', '.join(FORMATS)}")


@click.command(cls=Command)
@click.argument("text", metavar="[ADDRESS|FILE]", required=False, shell_complete=complete_texts)
@click.option("--format", "form", type=click.Choice([*FORMATS]), help="If not given, as the name of the file ends.")
@click.option("--out", metavar="FILE|-", default=STDOUT, show_default=True, help="Where to: a file, or - for stdout.")
@click.option(
    "--reading", "readings", type=click.Choice(READINGS), multiple=True,
    help="The restored one where you do not say. May be given again for html, which has all three if you do not say.",
)  # fmt: skip
@click.option(
    "--english", type=click.Choice(("off", "beneath", "beside", "only")),
    help="Where the English goes. html has it along, to be switched on, where you do not say.",
)  # fmt: skip
@click.option(
    "--with", "parts", metavar="PART,...", multiple=True, callback=_parts, shell_complete=_complete_parts,
    help="What goes along: apparatus, statistics, names, notes, or nothing; if not given html has the first three.",
)  # fmt: skip
def export(
    text: str | None, form: str | None, out: str, readings: tuple[str, ...], english: str | None,
    parts: frozenset[str] | None,
) -> int:  # fmt: skip
    """Write a document into a file to take away.

    The bundled article, what ADDRESS covers, or FILE, which is not stored. txt is the text and where it comes from; md
    has the apparatus as footnotes; html is one page that fetches nothing, for browser, phone and printer, with readings
    to switch and a search of its own; tei is TEI P5; json is all that is known, for programs. What a rule has found and
    nobody has checked says so. The same document gives the same bytes. The file is written beside and then renamed, so
    what was there is whole until it is replaced.

    Example: lishu-tui export lishu --out lishu.html
    """
    wanted = form_of(form, out)
    _spare(text, out)
    edition, address = load_text(text)
    if parts is None:
        parts = frozenset(PARTS[:3]) if wanted == "html" else frozenset()
    options = Options(
        readings=cast("tuple[Reading, ...]", readings),
        english=cast("English | None", english),
        apparatus="apparatus" in parts,
        statistics="statistics" in parts,
        names="names" in parts,
        notes=_notes(edition) if "notes" in parts else (),
        address=address,
    )
    chunks = documents.export(edition, wanted, options)
    if out == STDOUT:
        _print(chunks, wanted)
        return ExitCode.OK
    try:
        with ending():
            _write(chunks, out)
    except Ended as error:
        return error.exit_code
    return ExitCode.OK


def _spare(text: str | None, out: str) -> None:
    """Nobody means to lose the page that is exported, or the library."""
    if not out:
        raise LishuError("--out", "", "is empty", "a file, or - for stdout")
    if out == STDOUT or not is_there(out):
        return
    spared = [(text, "the page that is exported")] if text is not None and is_there(text) else []
    with suppress(LishuError):
        spared.append((str(library_file()), "the library"))
    for name, what in spared:
        if name is not None and os.path.exists(name) and os.path.exists(out) and os.path.samefile(name, out):
            raise LishuError("--out", out, f"is {what}", "another file")


def _notes(edition: Edition) -> tuple[Noted, ...]:
    from lishu_tui.export.documents.noted import notes_on

    with reading_library() as library:
        if library is None:
            return ()
        found, lost = notes_on(library, edition)
    if lost:
        output.complain(f"{lost} note{'' if lost == 1 else 's'} left out: their words are not found in the text again")
    return found


# ── out it goes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _print(chunks: Iterator[str], form: Form) -> None:
    """txt and md in the encoding of stdout; the others name theirs, which is UTF-8."""
    if form in ("txt", "md"):
        if output.is_terminal(sys.stdout):
            output.write("".join(chunks))
        else:
            output.write_text("".join(chunks))
    else:
        output.write_bytes("".join(chunks).encode())


def _write(chunks: Iterator[str], out: str) -> None:
    from lishu_tui.export.writing import write_beside

    with output.waiting(f"exporting to {out}"):
        write_beside(Path(out), _told(chunks, out))


def _told(chunks: Iterator[str], out: str) -> Iterator[str]:
    """The pieces; on a terminal it is said how far it is, if it takes long."""
    shown = output.is_terminal(sys.stderr) and not output.is_plain_terminal()
    said, size = monotonic(), 0
    for chunk in chunks:
        yield chunk
        size += len(chunk)
        if shown and monotonic() - said > LONG:
            said = monotonic()
            sys.stderr.write(output.visible(f"exporting to {out} … {size:,} characters").join(("\r", "\x1b[K")))
            sys.stderr.flush()
