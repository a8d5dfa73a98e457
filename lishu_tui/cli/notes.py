"""`notes`: what a reader noted, listed, added, taken out, exported and imported."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import Any, cast

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.files import STDIN, complete_files, read_file
from lishu_tui.cli.places import load, no_document, reading_library
from lishu_tui.cli.program import Group
from lishu_tui.cli.types import ADDRESS, DOCUMENT
from lishu_tui.edition import LishuError, Span
from lishu_tui.edition.places import BUNDLED
from lishu_tui.edition.quoting import Pinned, digest

FORMS = ("md", "jsonl", "csv", "w3c")
QUOTE = 40
"""Characters of the words that `notes list` shows of a note."""


def _complete_ids(context: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    with suppress(LishuError):
        return [
            CompletionItem(one.note.id, help=_short(one.note.exact, one.note.text))
            for one in _placed(None, "", "")
            if one.note.id.startswith(incomplete)
        ]
    return []


def _complete_address(context: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    return ADDRESS.shell_complete(context, param, incomplete)


def _placed(document: str | None, tag: str, filter: str) -> list[Any]:
    """The notes that are asked for, with their places. Raises LishuError for a document of which nobody knows."""
    from lishu_tui.export.notes import placed
    from lishu_tui.library.notes import Notes

    with reading_library() as library:
        if library is None:
            if document not in (None, BUNDLED):
                raise no_document(str(document))
            return []
        notes = Notes(library).all(filter, tag)
        if document is not None:
            known = document == BUNDLED or library.entry(document) is not None
            mine = {note.id for note in Notes(library).of(load(document) if known else document)}
            if not known and not mine:
                raise no_document(document)
            notes = [note for note in notes if note.id in mine]
        return list(placed(library, notes))


def _short(quote: str, text: str = "") -> str:
    line = " ".join(quote.split())
    line = f"{line[:QUOTE]}…" if len(line) > QUOTE else line
    return f"{line}: {' '.join(text.split())}" if text else line


_tag = click.option("--tag", metavar="TAG", default="", help="Only notes with this tag.")
_filter = click.option("--filter", "words", metavar="WORDS", default="", help="Only notes that have all these words.")


@click.group(cls=Group)
def notes() -> None:
    """List, add and remove notes; export and import them.

    Example: lishu-tui notes list
    """


@notes.command("list")
@click.argument("document", metavar="[DOC]", required=False, type=DOCUMENT)
@_tag
@_filter
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(document: str | None, tag: str, words: str, as_json: bool) -> None:
    """List notes.

    Of all documents or of DOC: id, address, what became of the words since (same, moved, lost, or no document where
    that is not here), words, note, tags. WORDS may be in either script and are looked for in the words, the notes, the
    tags and the titles.

    Example: lishu-tui notes list lishu --tag 要點
    """
    found = _placed(document, tag, words)
    if as_json:
        from lishu_tui.export.notes import record

        output.write_json({"total": len(found), "notes": [record(one) for one in found]})
    elif found:
        rows = [["id", "address", "words are", "words", "note", "tags"]]
        for one in found:
            note = one.note
            tags = ", ".join(note.tags)
            rows.append([note.id, one.address, one.status, _short(note.exact), " ".join(note.text.split()), tags])
        output.write_table(rows)


@notes.command("add")
@click.argument("place", metavar="ADDRESS", shell_complete=_complete_address)
@click.argument("text", metavar="[TEXT]", default="")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(place: str, text: str, tags: tuple[str, ...], as_json: bool) -> None:
    """Note something at a place.

    TEXT is the note, - for standard input; without it the place is only marked. The words at ADDRESS are kept with it,
    so that they are found again if the edition changes. Prints the note's id and address.

    Example: lishu-tui notes add lishu/closing/1 再查 --tag 要點
    """
    from lishu_tui.export.notes import placed, record
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import Library

    pinned = Pinned.parse(place)
    edition = load(pinned.address)
    if not digest(edition).startswith(pinned.digest):
        raise LishuError(
            place, "", "is of another capture", f"{digest(edition)[:8]}, or `lishu-tui resolve` with the words"
        )
    spans = list(edition.resolve(pinned.address))
    spans = [span for span in spans if span.end > span.start] or spans[:1] or [Span(0, 0, 0)]
    if text == STDIN:
        try:
            text = read_file(STDIN).decode("utf-8")
        except UnicodeDecodeError as error:
            raise LishuError("standard input", f"byte {error.start}", "is not UTF-8", "text in UTF-8") from None
    with Library.open(write=True) as library:
        note = Notes(library).add(edition, spans, text, tags)
        (one,) = placed(library, [note])
    if as_json:
        output.write_json(record(one))
    else:
        output.write_rows([["added", note.id, note.address]])


@notes.command("remove")
@click.argument("ids", metavar="ID…", nargs=-1, required=True, shell_complete=_complete_ids)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def remove(ids: tuple[str, ...], as_json: bool) -> None:
    """Take notes out.

    All of them or, where there is one that is not there, none. Prints what was removed.

    Example: lishu-tui notes remove 3tfj5ugmkh
    """
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import Library

    with reading_library() as reading:
        for id in ids:
            if reading is None or Notes(reading).note(id) is None:
                raise LishuError("note", id, "there is no such note", "an id that `lishu-tui notes list` shows")
    with Library.open(write=True) as library, Notes(library).changing():
        gone = [Notes(library).remove(id) for id in dict.fromkeys(ids)]
    if as_json:
        shown = [{"id": note.id, "address": note.address, "quote": note.exact, "text": note.text} for note in gone]
        output.write_json({"removed": shown})
    else:
        output.write_rows([["removed", note.id, note.address, _short(note.exact, note.text)] for note in gone])


@notes.command("export")
@click.argument("document", metavar="[DOC]", required=False, type=DOCUMENT)
@click.option("--format", "form", type=click.Choice(FORMS), required=True, help="What to write.")
@click.option("--out", metavar="FILE|-", default=STDIN, show_default=True, help="Where to; - is standard output.")
@_tag
@_filter
def export(document: str | None, form: str, out: str, tag: str, words: str) -> None:
    """Write notes out, to read or for other programs.

    Of all documents or of DOC. md is a list to read, jsonl a line of JSON a note, csv a table, w3c Web Annotations
    (JSON-LD), which notes import takes back, here or elsewhere. In w3c the position is that in the document's restored
    reading as one text, its paragraphs parted by one line end each. The same notes give the same bytes; FILE is written
    beside and then renamed.

    Example: lishu-tui notes export --format w3c --out notes.json
    """
    from lishu_tui.export.notes import Form
    from lishu_tui.export.notes import export as written

    pieces = written(_placed(document, tag, words), cast("Form", form))
    if out == STDIN:
        text = "".join(pieces)
        if form == "md":
            output.write_lines(text.rstrip("\n").split("\n"))
        else:
            output.write_bytes(text.encode())
        return
    from lishu_tui.export.writing import write_beside
    from lishu_tui.settings import library_file

    if not out:
        raise LishuError("--out", "", "is empty", "the name of a file, or - for standard output")
    if os.path.exists(out) and os.path.exists(library_file()) and os.path.samefile(out, library_file()):
        raise LishuError("--out", out, "is the library", "another file")
    write_beside(out, pieces)


@notes.command("import")
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line for each annotation.")
def import_(file: str, as_json: bool) -> int:
    """Take Web Annotations in as notes.

    What notes export --format w3c wrote, or another program (a collection, a page, a list, or what Hypothes.is gives
    out). Each is bound to the document that it is about, by the capture's digest, by its address, or by the page's URL,
    and its words are found again there. What is there already is known. All of it is one transaction; what cannot be
    taken is named on stderr. Exit status 1: something failed.

    Example: lishu-tui notes import notes.json
    """
    from lishu_tui.export.notes import read_annotations, take_in
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import Library

    annotations = list(read_annotations(read_file(file), "standard input" if file == STDIN else file))
    counts: Counter[str] = Counter()
    lost = 0
    lines = []
    with Library.open(write=True) as library, Notes(library).changing():
        for one in take_in(library, annotations):
            counts[one.status] += 1
            lost += one.status == "added" and (one.found is None or one.found.status == "lost")
            if one.error is not None:
                output.complain(str(one.error))
            lines.append(
                {
                    "id": one.note.id if one.note is not None else one.foreign.id if one.foreign is not None else None,
                    "status": one.status,
                    "address": one.note.address if one.note is not None else None,
                    "words": one.found.status if one.found is not None else None,
                    "error": str(one.error) if one.error is not None else None,
                }
            )
    if as_json:
        for line in lines:
            output.write_json_line(line)
    else:
        output.write_lines([summary(counts) + (f"; the words of {lost:,} are not found" if lost else "")])
    return ExitCode.NEGATIVE if counts["failed"] else ExitCode.OK


def summary(counts: Counter[str]) -> str:
    """What became of notes that were taken in."""
    said = [f"{counts[status]:,} {status}" for status in ("added", "known", "failed") if counts[status]]
    return f"notes: {', '.join(said) or 'none'}"
