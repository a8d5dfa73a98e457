"""A library's file opened: looked at before it is touched, and refused in one line where it is not one of ours."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from lishu_tui.edition import LishuError
from lishu_tui.library import index
from lishu_tui.library.store.faults import HOT, LIBRARY, Connection, told
from lishu_tui.library.store.files import put_new, writing
from lishu_tui.library.store.migrations import migrate
from lishu_tui.library.store.schema import APPLICATION_ID, VERSION, create

WAIT = 5.0
"""Seconds that a writer waits for another."""
CACHE = 32 << 10
"""KiB of pages that a transaction may change before readers have to wait for its end."""

Mode = Literal["ro", "rw"]


def connect(path: Path, *, write: bool) -> Connection:
    """An open library of this version. Raises LishuError for a newer one and for what is none, which are left as they
    are; an older one is brought up to date, whoever opens it."""
    if not is_there(path):
        if not write:
            raise LishuError(str(path), "", "there is no library yet", "one that `lishu-tui import` makes")
        make(path)
    connection, version = look(path)
    if version == VERSION and not write:
        return connection
    connection.close()
    connection = _open(path, "rw")
    try:
        migrate(connection, path)
        if index.stale(connection):
            with writing(connection):
                index.rebuild(connection)
    except BaseException:
        connection.close()
        raise
    if write:
        return connection
    connection.close()
    return _open(path, "ro")


def connect_to_anothers(path: Path) -> Connection:
    """Somebody else's library, to be read as it is: it is not brought up to date, nor put right where somebody was
    killed as he wrote, for what a file beside it asks for may be anything. Raises LishuError for what is none."""
    if not is_there(path):
        raise LishuError(str(path), "", "is not there", "a library that `lishu-tui export-library` wrote")
    return look(path, heal=False)[0]


def is_there(path: Path) -> bool:
    """Whether there is a file. Raises LishuError for what can be no library. Nothing is opened: a pipe would wait, and
    a file closed here would let go of the locks that this process has on it."""
    name, expected = str(path), "a library of lishu-tui"
    try:
        found = os.stat(path)
    except FileNotFoundError:
        if os.path.islink(path):
            raise LishuError(name, "", "is a link that leads nowhere", expected, exit_code=74) from None
        return False
    except OSError as error:
        raise LishuError(name, "", f"cannot be opened ({error.strerror})", expected, exit_code=74) from None
    except ValueError:  # a NUL in it
        raise LishuError(name, "", "is no name of a file", expected) from None
    if not stat.S_ISREG(found.st_mode):
        wrong = "is a folder" if stat.S_ISDIR(found.st_mode) else "is a device or a pipe"
        raise LishuError(name, "", wrong, expected)
    if not found.st_size:
        raise LishuError(name, "", "is empty", LIBRARY)
    return True


def look(path: Path, *, heal: bool = True) -> tuple[Connection, int]:
    """A library open for reading, and its version. Raises LishuError for a newer one and for what is none."""
    connection = _open(path, "ro") if heal else _connect(path, "ro")
    try:
        names = ("application_id", "user_version")
        ours, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
        if ours != APPLICATION_ID:
            raise LishuError(str(path), "", "is not a library (another database)", LIBRARY)
        if version > VERSION:
            expected = f"at most version {VERSION}; it is left as it is"
            raise LishuError(str(path), "", f"was made by a newer lishu-tui (version {version})", expected)
    except BaseException:
        connection.close()
        raise
    return connection, int(version)


def make(path: Path) -> None:
    """A new library, whole before it has its name."""

    def fill(temporary: str) -> None:
        with closing(_open(Path(temporary), "rw")) as connection:
            connection.path = str(path)
            with writing(connection):
                create(connection)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        wrong = f"cannot be made ({error.strerror})"
        raise LishuError(str(path), "", wrong, "a folder that can be written", exit_code=74) from None
    put_new(path, fill)


def _open(path: Path, mode: Mode) -> Connection:
    """A connection with our settings. One that only reads cannot put right what a killed writer left: that is done
    first, by one that can."""
    try:
        return _connect(path, mode)
    except LishuError as error:
        if mode != "ro" or error.wrong != HOT[0]:
            raise
    with closing(_connect(path, "rw")):
        pass
    return _connect(path, mode)


def _connect(path: Path, mode: Mode) -> Connection:
    name = str(path)
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, WAIT, uri=True, isolation_level=None, factory=Connection)
    except sqlite3.Error as error:
        raise told(error, name) from error
    connection.path = name
    try:
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if mode != "ro":
            for setting in ("journal_mode = DELETE", "synchronous = FULL", f"cache_size = -{CACHE}"):
                connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection
