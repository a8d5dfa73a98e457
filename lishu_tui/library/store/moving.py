"""Moving house: a library as one file to take along, and such a file taken in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from lishu_tui.edition import Edition, LishuError, visible
from lishu_tui.library.ids import DIGITS
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.store.files import put
from lishu_tui.library.store.packing import digest, prepare
from lishu_tui.library.store.soundness import unsound

if TYPE_CHECKING:
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
