"""`list`, `remove`, `check`, `export-library` and `import-library`: the library as a whole."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.files import STDIN, complete_files
from lishu_tui.cli.importing import FIELDS, summary
from lishu_tui.cli.notes import summary as notes_summary
from lishu_tui.cli.places import load, no_document, reading_library
from lishu_tui.cli.program import Command
from lishu_tui.cli.types import DOCUMENT
from lishu_tui.edition import LishuError
from lishu_tui.edition.places import BUNDLED

if TYPE_CHECKING:
    from lishu_tui.library.store import Entry, Library, Sort

SORTS = ("title", "date", "source", "characters", "damage", "imported")
COLUMNS = (
    "id", "title", "date", "year", "source", "url", "captured", "format", "paragraphs", "characters", "damaged",
    "dropped", "imported", "sha256",
)  # fmt: skip
"""What `list` says of a document in JSON and CSV."""


def entries(sort: Sort, filter: str) -> list[Entry]:
    """The documents whose titles, sources, dates or ids hold all words of the filter: the bundled one first."""
    from lishu_tui.library.store.entries import entry_of, keys, words

    edition = load()
    bundled = entry_of(edition, edition.source.sha256, "")
    found = [bundled] if all(word in keys(bundled)["filter"] for word in words(filter)) else []
    with reading_library() as library:
        return found if library is None else [*found, *library.entries(sort=sort, filter=filter)]


@click.command("list", cls=Command)
@click.option("--sort", type=click.Choice(SORTS), default="imported", show_default=True, help="Order by this.")
@click.option("--filter", "words", metavar="WORDS", default="", help="Only those whose line has all these words.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
def list_(sort: str, words: str, form: str | None) -> None:
    """List the documents of the library.

    The bundled article first, then those that were imported: title, date, source, characters, emendations, id. WORDS
    may be in either script and are looked for in titles, sources, dates and ids.

    Example: lishu-tui list --sort date --filter 疫情
    """
    found = entries(cast("Sort", sort), words)
    if form == "json":
        documents = [{column: getattr(entry, column) for column in COLUMNS} for entry in found]
        output.write_json({"total": len(found), "documents": documents})
    elif form == "csv":
        output.write_csv(COLUMNS, ([getattr(entry, column) for column in COLUMNS] for entry in found))
    elif found:
        rows = [["id", "title", "date", "source", "characters", "emendations"]]
        rows += [[e.id, e.title, e.date, e.source, str(e.characters), str(e.damaged)] for e in found]
        output.write_table(rows)


@click.command(cls=Command)
@click.argument("documents", metavar="ID…", nargs=-1, required=True, type=DOCUMENT)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def remove(documents: tuple[str, ...], yes: bool, as_json: bool) -> int:
    """Take documents out of the library.

    With their captures: on a terminal it is asked first. All of them or, where there is one that the library does not
    have, none. Notes on them stay, with the words that they are about. Prints what was removed.

    Example: lishu-tui remove lishuxiandaying-b4265f
    """
    from lishu_tui.library.store import Library

    if BUNDLED in documents:
        raise LishuError(BUNDLED, "", "is the article that comes with the program", "a document that was imported")
    with reading_library() as reading:
        found = {id: reading.entry(id) if reading is not None else None for id in documents}
    if missing := next((id for id, entry in found.items() if entry is None), None):
        raise no_document(missing)
    there = [entry for entry in found.values() if entry is not None]
    if not yes and output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr):
        for entry in there:
            _say(f"{entry.id}  {entry.title}")
        if not _asked(f"Remove {_documents(len(there))} and {'its' if len(there) == 1 else 'their'} captures?"):
            output.complain("nothing was removed")
            return ExitCode.NEGATIVE
    with Library.open(write=True) as library, library.importing():
        gone = [entry for entry in there if library.remove(entry.id)]
    if as_json:
        output.write_json({"removed": [{"id": entry.id, "title": entry.title} for entry in gone]})
    else:
        output.write_rows([["removed", entry.id, entry.title] for entry in gone])
    return ExitCode.OK


def _say(line: str) -> None:
    sys.stderr.write(f"{output.visible(line)}\n")


def _asked(question: str) -> bool:
    """What a person at the terminal says; no answer is no."""
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _documents(count: int) -> str:
    return f"{count:,} document{'s' * (count != 1)}"


@contextmanager
def _checking() -> Iterator[Library | None]:
    """The library to be checked: for writing where it can be, for the index tells more then. Nothing is created."""
    with reading_library() as reading:
        if reading is None:
            yield None
            return
        path = reading.path
    from lishu_tui.library.store import Library

    try:
        library = Library.open(path, write=True)
    except LishuError:
        library = Library.open(path)
    with library:
        yield library


class _Line(dict[str, Any]):
    """What was checked, as `check --json` says it."""

    def text(self) -> str:
        return f"{'ok' if self['ok'] else 'NOT OK':<8}{self['id']}  {self['what']}: {self['line']}"


def _checked() -> Iterator[_Line]:
    """The bundled article, as `verify` checks it, then the library. Whatever is wrong keeps nothing from being
    checked."""
    from lishu_tui.cli.checks import verify
    from lishu_tui.edition.places import data_root

    report = verify(data_root() / BUNDLED)
    for one in report.checks:
        yield _Line(id=BUNDLED, what=one.name, ok=not one.found, line=str(one.found[0]) if one.found else one.says)
    try:
        with _checking() as library:
            if library is None:
                yield _Line(id="library", what="file", ok=True, line="there is none yet")
                return
            for found in library.check():
                yield _Line(found._asdict())
    except LishuError as error:
        yield _Line(id="library", what="file", ok=False, line=str(error))


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> int:
    """Check the library and all documents in it.

    The bundled article as verify does; then the library's file, its index, and of each document that its bytes are
    those that were captured, that it holds together and that the emendations lead from the capture to the restored text
    and back. Notes whose words are not found again are told, and are no fault. Goes on after one. Exit status 1:
    something is not as it should be.

    Example: lishu-tui check
    """
    lines, bad = [], []
    for line in _checked():
        lines.append(line)
        if not line["ok"]:
            bad.append(line)
        if not as_json:
            output.write_lines([line.text()])
    if as_json:
        output.write_json({"ok": not bad, "findings": lines})
    elif bad:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        output.complain(f"{bad[0]['id']}: {bad[0]['line'].removeprefix(bad[0]['id'] + ': ')}{more}")
    return ExitCode.NEGATIVE if bad else ExitCode.OK


@click.command("export-library", cls=Command)
@click.argument("file", metavar="FILE", shell_complete=complete_files)
def export_library(file: str) -> None:
    """Write the whole library into one file, for moving house.

    A copy of it as it stands, written beside and then named FILE: what was there before is whole until it is replaced.
    import-library takes it in elsewhere.

    Example: lishu-tui export-library ~/library-2026.db
    """
    from lishu_tui.library.store import export_library as export

    if file == STDIN:
        raise LishuError(file, "", "is standard output, which this does not go to", "a file (./- for one of that name)")
    with reading_library() as library:
        if library is None:
            raise LishuError("library", "", "there is none yet", "one that `lishu-tui import` makes")
        from lishu_tui.library.notes import Notes

        export(library, Path(file))
        notes = Notes(library).count()
        taken = f", {notes:,} note{'s' * (notes != 1)}" if notes else ""
        output.write_lines([f"{_documents(library.count())}{taken} in {file}"])


@click.command("import-library", cls=Command)
@click.argument("file", metavar="FILE", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line for each document.")
def import_library(file: str, as_json: bool) -> int:
    """Take the documents of another library's file into this one.

    Each with its bytes and all that is known of it, and the notes; what is there already is known. One that is damaged
    is named on stderr and the rest goes on. Exit status 1: something failed.

    Example: lishu-tui import-library ~/library-2026.db
    """
    from lishu_tui.library.store import Library
    from lishu_tui.library.store import import_library as take_in

    counts: Counter[str] = Counter()
    # Looked at first: a name with a slip in it makes no library.
    with Library.open(Path(file)):
        pass
    with Library.open(write=True) as library:
        for id, became in take_in(library, Path(file)):
            said = _told(became, file, counts)
            if as_json:
                entry = library.entry(id) if "error" not in said else None
                found: dict[str, Any] = {field: getattr(entry, field, None) for field in FIELDS}
                output.write_json_line(found | {"id": id} | said)
        noted = _take_in_notes(library, Path(file), as_json)
    if not as_json:
        output.write_lines([summary(counts, Counter()), *([notes_summary(noted)] if noted else [])])
    return ExitCode.NEGATIVE if counts["failed"] or noted["failed"] else ExitCode.OK


def _told(became: str | LishuError, file: str, counts: Counter[str]) -> dict[str, str]:
    """Count what became of one that was taken in, and complain where it failed; what JSON says of that."""
    failed = isinstance(became, LishuError)
    status = "failed" if failed else str(became)
    counts[status] += 1
    if failed:
        output.complain(str(became))
    return {"status": status, "file": file} | ({"error": str(became)} if failed else {})


def _take_in_notes(library: Library, file: Path, as_json: bool) -> Counter[str]:
    """The notes of another library's file; how many came to what."""
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import import_notes

    counts: Counter[str] = Counter()
    with Notes(library).changing():
        for id, became in import_notes(library, file):
            said = _told(became, str(file), counts)
            if as_json:
                output.write_json_line({"note": id} | said)
    return counts
