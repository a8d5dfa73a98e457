"""Files written beside and then given their names, so that there never is half of one."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from lishu_tui.edition import LishuError
from lishu_tui.edition.beside import beside
from lishu_tui.library.store.faults import Connection, told


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that is kept as a whole or not at all. It is for writing from its beginning, so that it waits for
    another's there and cannot fail for it later."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def copy(source: Path, path: Path) -> None:
    """A copy of a database, page by page. It must be ours to write meanwhile: another's writing would have the copy
    begin again and again. It is read by a connection of its own, for one that writes cannot be copied from."""

    def fill(temporary: str) -> None:
        with (
            closing(sqlite3.connect(f"file:{quote(os.fsencode(source.absolute()))}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(temporary, isolation_level=None, factory=Connection)) as target,
        ):
            target.execute("PRAGMA synchronous = OFF")  # it is synced as a whole, before it is renamed
            reading.backup(target)

    put(path, fill)


def put(path: Path, fill: Callable[[str], object]) -> None:
    """Have a file filled and give it this name, or leave all as it was."""

    def rename(temporary: str, path: Path) -> None:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise LishuError(str(path), "", "is a folder, a device or a pipe", "the name of a file", exit_code=74)
        os.replace(temporary, path)

    _beside(Path(os.path.realpath(path)), fill, rename)


def put_new(path: Path, fill: Callable[[str], object]) -> None:
    """The same, unless another has made one of that name meanwhile: that one stays."""

    def link(temporary: str, path: Path) -> None:
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            if not os.path.lexists(path):
                os.rename(temporary, path)

    _beside(path, fill, link)


def _beside(path: Path, fill: Callable[[str], object], name: Callable[[str, Path], object]) -> None:
    try:
        beside(path, fill, name, leavings=("-journal",))
    except sqlite3.Error as error:
        raise told(error, str(path)) from error
