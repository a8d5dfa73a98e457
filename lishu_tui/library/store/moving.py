"""Moving house: a library as one file to take along, and such a file taken in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from lishu_tui.edition import Address, Edition, LishuError, visible
from lishu_tui.edition.places import BUNDLED
from lishu_tui.library.ids import DIGITS
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.store.faults import Fault
from lishu_tui.library.store.files import put
from lishu_tui.library.store.packing import digest, prepare
from lishu_tui.library.store.soundness import unsound

if TYPE_CHECKING:
    from lishu_tui.library.notes import Note
    from lishu_tui.library.store.library import Library

NEEDED = {
    "documents": {"number", "id", "sha256", "imported"},
    "captures": {"document", "size", "data"},
    "editions": {"document", "sha256", "data"},
}
"""What is read of another library's file."""
STORED = 4 * FILE_LIMIT
"""Bytes of a document as they are stored."""
ID = re.compile("[a-z0-9][a-z0-9-]{0,99}")
MARK = re.compile("[A-Za-z0-9_-]{1,64}")
"""The id of a note, which may be another program's."""


def export_library(library: Library, path: Path) -> None:
    """Write the library as it stands into one file, beside and then renamed: what was there before is whole until it
    is replaced. What was removed is not in it. Raises LishuError where that cannot be done."""
    if os.path.exists(path) and os.path.samefile(path, library.path):
        raise LishuError(str(path), "", "is the library itself", "another file")
    # In one reading of it, during which nobody changes it; and no longer.
    put(path, lambda temporary: library.connection.execute("VACUUM INTO ?", (temporary,)))


def import_library(library: Library, path: Path) -> Iterator[tuple[str, Literal["added", "known"] | LishuError]]:
    """Add the documents of another library's file that are not there yet, all of them in one transaction where it is
    within `library.importing()`, else each in its own. Yields the id of each and what became of it: one that is
    damaged does not keep the next from being added.

    The file may be anybody's. Only the columns that are needed are read, each document must have its digests and be
    sound in itself, and what the list says of it and the index are made here.
    """
    from lishu_tui.library.store.connecting import connect_to_anothers
    from lishu_tui.library.store.library import Library

    with Library(connect_to_anothers(path), path, write=False) as other:
        _known(other, path)
        last = -(2**63)
        while row := other.connection.execute(
            "SELECT number, id, imported FROM documents NOT INDEXED WHERE number > ? ORDER BY number LIMIT 1", (last,)
        ).fetchone():
            last, id, imported = row
            try:
                document = prepare(_edition(other, last, id), imported if _is_time(imported) else "")
            except LishuError as error:
                yield visible(str(id)), error
                continue
            yield library.add(document)


def import_notes(library: Library, path: Path) -> Iterator[tuple[str, Literal["added", "known"] | LishuError]]:
    """Add the notes of another library's file that are not there yet. Yields the id of each and what became of it. One
    that is there already stays as it is here. They are about the documents as they are called here."""
    from lishu_tui.library.notes.note import QUOTE, TEXT
    from lishu_tui.library.notes.notes import FIELDS, Notes, note_of
    from lishu_tui.library.store.connecting import connect_to_anothers
    from lishu_tui.library.store.library import Library

    notes = Notes(library)
    with Library(connect_to_anothers(path), path, write=False) as other:
        if not _has_notes(other):
            return
        size = " + ".join(f"length({name})" for name in FIELDS)
        last = -(2**63)
        question = f"SELECT rowid, {size}, id FROM notes NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1"
        while row := other.connection.execute(question, (last,)).fetchone():
            last, length, id = row
            if not isinstance(length, int) or length > 4 * (TEXT + QUOTE):
                yield visible(str(id)), LishuError(str(path), visible(str(id)), "is too large for a note", "a note")
                continue
            values = other.execute(f"SELECT {', '.join(FIELDS)} FROM notes WHERE rowid = ?", (last,))[0]
            note = note_of(values)
            if fault := _unfit(note):
                yield visible(note.id), LishuError(str(path), note.id, fault, "a note as lishu-tui makes it")
                continue
            here = library.execute("SELECT id FROM documents WHERE sha256 = ?", (note.sha256,))
            if here and note.document not in (BUNDLED, here[0][0]):
                there = Address.parse(note.address)._replace(document=here[0][0])
                note = msgspec.structs.replace(note, document=here[0][0], address=str(there))
            try:
                became = notes.take(note)
            except LishuError as error:
                if isinstance(error, Fault):
                    raise
                yield note.id, error
                continue
            yield note.id, became


def _has_notes(other: Library) -> bool:
    """Whether there are notes in a table that one may read: a file from before there were any has none."""
    from lishu_tui.library.notes.notes import FIELDS

    kinds = {name: (kind, plain) for _, name, kind, _, plain, *_ in other.execute("PRAGMA main.table_list")}
    columns = {row[1] for row in other.execute("PRAGMA main.table_xinfo(notes)") if not row[6]}
    return kinds.get("notes") == ("table", 0) and set(FIELDS) <= columns


def _unfit(note: Note) -> str:
    """What keeps a note of somebody else's from being kept; empty where nothing does."""
    if not MARK.fullmatch(note.id) or not ID.fullmatch(note.document):
        return "has an id that is none"
    try:
        Address.parse(note.address)
    except LishuError:
        return "is at no address"
    if not (_is_time(note.created) and _is_time(note.modified)):
        return "has no time"
    return ""


def _edition(other: Library, number: int, id: object) -> Edition:
    """A document of another's library. Raises LishuError where it is damaged, too large or not as we make them."""
    file, expected = str(other.path), "a document as lishu-tui makes it"
    if not isinstance(id, str):
        raise LishuError(file, f"document {number}", "has no id", expected)
    if (size := _size(other, number)) > STORED:
        raise LishuError(file, id, f"is too large ({size:,} bytes)", f"at most {STORED:,}")
    edition = other.edition(id)
    if fault := unsound(edition):
        raise LishuError(file, id, fault, expected)
    if not ID.fullmatch(id):
        return msgspec.structs.replace(edition, id=f"document-{digest(edition.capture)[:DIGITS]}")
    return edition


def _known(other: Library, path: Path) -> None:
    """Raises LishuError where what is read is not in plain tables, in order of their numbers: a view or a made-up
    column could run for ever."""
    kinds = {name: kind for _, name, kind, *_ in other.execute("PRAGMA main.table_list")}
    for table, needed in NEEDED.items():
        columns = {row[1]: row[5] for row in other.execute(f"PRAGMA main.table_xinfo({table})") if not row[6]}
        key = columns.get("number", columns.get("document"))
        if kinds.get(table) != "table" or not needed <= columns.keys() or key != 1:
            raise LishuError(str(path), table, "is not as lishu-tui makes it", "the table of a library")


def _size(other: Library, number: int) -> int:
    """Bytes that are stored of a document, which SQLite tells without reading them."""
    tables = ("captures", "editions")
    rows = [other.execute(f"SELECT length(data) FROM {table} WHERE document = ?", (number,)) for table in tables]
    return sum(row[0] or 0 for found in rows for row in found)


def _is_time(imported: object) -> bool:
    try:
        return isinstance(imported, str) and datetime.fromisoformat(imported).utcoffset() is not None
    except ValueError:
        return False
