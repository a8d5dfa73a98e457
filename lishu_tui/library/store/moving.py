"""Moving house: a library as one file to take along, and such a file taken in."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lishu_tui.edition import LishuError
from lishu_tui.library.store.faults import Connection, told

if TYPE_CHECKING:
    from lishu_tui.library.store.library import Library

PAGES = 1024
"""Copied at a time."""


def export_library(library: Library, path: Path) -> None:
    """Write the library as it stands into one file, beside and then renamed: what was there before is whole until it
    is replaced. Raises LishuError where that cannot be done."""
    if os.path.exists(path) and os.path.samefile(path, library.path):
        raise LishuError(str(path), "", "is the library itself", "another file")
    copy(library.connection, path)


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """A consistent copy of a database, whole on the disk before it has its name."""
    from lishu_tui.library.store.connecting import sync

    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(handle)
        with closing(sqlite3.connect(temporary, isolation_level=None, factory=Connection)) as target:
            target.path = str(path)
            # Only its rename makes it count, and before that it is synced as a whole.
            target.execute("PRAGMA synchronous = OFF")
            target.execute("PRAGMA journal_mode = OFF")
            connection.backup(target, pages=PAGES)
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, path)
        temporary = None
        sync(path.parent)
    except sqlite3.Error as error:
        raise told(error, str(path)) from error
    except OSError as error:
        wrong = f"cannot be written ({error.strerror})"
        raise LishuError(str(path), "", wrong, "a folder that can be written", exit_code=74) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def import_library(library: Library, path: Path) -> Iterator[tuple[str, Literal["added", "known"] | LishuError]]:
    """Add the documents of another library's file that are not there yet, each in a transaction of its own. Yields
    the id of each here and what became of it; one that is damaged does not keep the next from being added."""
    from lishu_tui.library.store.library import Library

    with Library.open(path) as other:
        for (id,) in other.execute("SELECT id FROM documents ORDER BY number"):
            try:
                edition = other.edition(id)
                yield library.add(edition)
            except LishuError as error:
                yield id, error
