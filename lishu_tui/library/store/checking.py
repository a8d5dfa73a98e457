"""Whether a library is what it should be: its file, and each document's bytes, replay and place in the index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lishu_tui.edition import LishuError
from lishu_tui.library import index
from lishu_tui.library.store import entries
from lishu_tui.library.store.soundness import unsound

if TYPE_CHECKING:
    from lishu_tui.library.notes import Note
    from lishu_tui.library.store.library import Library

MOST = 20
"""So many faults of one kind are told."""


class Finding(NamedTuple):
    """What was checked: `id` is a document's or `library`, `what` the check, `line` what it found."""

    id: str
    what: str
    ok: bool
    line: str


def check(library: Library) -> Iterator[Finding]:
    """Every check. None keeps the next from being made."""
    yield from _found("integrity", "the file is sound", _integrity(library))
    yield from _found("references", "all that belongs together is there", _references(library))
    yield from _found("index", "the index has what the documents have", index.check(library.connection))
    documents = _documents(library)
    for id in documents:
        yield _document(library, id)
    yield from _notes(library)


def _found(what: str, good: str, lines: Iterator[str]) -> Iterator[Finding]:
    ok = True
    for line in _told(lines):
        ok = False
        yield Finding("library", what, False, line)
    if ok:
        yield Finding("library", what, True, good)


def _told(lines: Iterator[str]) -> Iterator[str]:
    """Some of the lines, and the fault that ended them."""
    try:
        for number, line in enumerate(lines):
            if number == MOST:
                yield "and more of that kind"
                return
            yield " ".join(line.split())
    except LishuError as error:
        yield str(error)


def _integrity(library: Library) -> Iterator[str]:
    for (line,) in entries.rows(library.connection, f"PRAGMA integrity_check({MOST})"):
        if line != "ok":
            yield str(line)


def _references(library: Library) -> Iterator[str]:
    for table, row, *_ in library.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} is of no document"


def _documents(library: Library) -> list[str]:
    """The ids that can be read, from the table or from its index, and from both ends: a page that cannot be read hides
    what is behind it."""
    found: dict[str, None] = {}
    for question in (
        "SELECT id FROM documents NOT INDEXED ORDER BY number",
        "SELECT id FROM documents NOT INDEXED ORDER BY number DESC",
        "SELECT id FROM documents ORDER BY id",
        "SELECT id FROM documents ORDER BY id DESC",
    ):
        try:
            for (id,) in library.connection.execute(question):
                found.setdefault(str(id))
        except LishuError:
            continue  # told by the check of the file
    return list(found)


def _document(library: Library, id: str) -> Finding:
    try:
        edition, entry = library.edition(id), library.entry(id)
    except LishuError as error:
        return Finding(id, "digests", False, str(error) if id in str(error) else f"{id}: {error}")
    if fault := unsound(edition):
        return Finding(id, "replay", False, f"{id}: {fault}")
    if entry is None or entries.entry_of(edition, entry.sha256, entry.imported, entry.number) != entry:
        return Finding(id, "entry", False, f"{id}: the list says other things of it than it says itself")
    return Finding(id, "document", True, f"{entry.characters:,} characters, {entry.damaged:,} emendations")


def _notes(library: Library) -> Iterator[Finding]:
    """The notes, document by document. Words that are not found again are told, and are no fault of the library."""
    from lishu_tui.library.notes import Notes

    try:
        notes = Notes(library).all()
    except LishuError as error:
        yield Finding("library", "notes", False, str(error))
        return
    for document, mine in groupby(notes, lambda note: note.document):
        yield _noted(library, document, list(mine))


def _noted(library: Library, document: str, notes: list[Note]) -> Finding:
    from lishu_tui.library.notes.note import place
    from lishu_tui.library.notes.notes import about

    many = f"{len(notes):,} note{'s' * (len(notes) != 1)}"
    try:
        edition = about(library, notes[0])
    except LishuError:
        return Finding(document, "notes", True, f"{many}, of which nothing can be told: the document cannot be read")
    if edition is None:
        return Finding(document, "notes", True, f"{many} on a document that is not here")
    lost = [f"{note.id} ({found.why})" for note in notes if (found := place(note, edition)).status == "lost"]
    more = f" and {len(lost) - MOST} more" if len(lost) > MOST else ""
    said = f"; the words of {len(lost):,} are lost: {', '.join(lost[:MOST])}{more}" if lost else ""
    return Finding(document, "notes", True, many + said)
