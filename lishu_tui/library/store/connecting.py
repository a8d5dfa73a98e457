"""A library's file opened: looked at before it is touched, and refused in one line where it is not one of ours."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from lishu_tui.edition import LishuError
from lishu_tui.library.store.faults import HOT, Connection, told
from lishu_tui.library.store.migrations import migrate
from lishu_tui.library.store.schema import APPLICATION_ID, VERSION, create

WAIT = 5.0
"""Seconds that a writer waits for another."""
CACHE = 32 << 10
"""KiB of pages that a transaction may change before readers have to wait for its end."""

Mode = Literal["ro", "rw", "rwc"]


def connect(path: Path, *, write: bool) -> Connection:
    """An open library of this version. Raises LishuError for anything else, which is left as it is."""
    if not is_there(path):
        if not write:
            raise LishuError(str(path), "", "there is no library yet", "one that `lishu-tui import` makes")
        make(path)
    looked = look(path)
    if not write:
        if looked < VERSION:
            what = f"was made by an older lishu-tui (version {looked})"
            raise LishuError(str(path), "", what, "`lishu-tui import`, which brings it up to date")
        return _open(path, "ro")
    connection = _open(path, "rw")
    try:
        if looked < VERSION:
            migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


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
        raise LishuError(name, "", "is empty", f"{expected} (moved aside, it makes room for a new one)")
    return True


def look(path: Path) -> int:
    """The version of a library's schema, read and no more. Raises LishuError for a newer one and for what is none."""
    with closing(_open(path, "ro")) as connection:
        ours, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if ours != APPLICATION_ID:
        raise LishuError(str(path), "", "is not a library (another database)", "the library of lishu-tui")
    if version > VERSION:
        expected = f"at most version {VERSION}; it is left as it is"
        raise LishuError(str(path), "", f"was made by a newer lishu-tui (version {version})", expected)
    return int(version)


def make(path: Path) -> None:
    """A new library, made beside and then given its name: there never is half of one."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(handle)
        with closing(_open(Path(temporary), "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            create(connection)
            connection.execute("COMMIT")
        # Two may begin at once: the second takes what the first made.
        with suppress(FileExistsError):
            put(temporary, path)
        sync(path.parent)
    except OSError as error:
        raise LishuError(
            str(path), "", f"cannot be made ({error.strerror})", "a folder that can be written", exit_code=74
        ) from None
    except LishuError as error:
        error.file = str(path)
        raise
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def put(temporary: str, path: Path) -> None:
    """Give a finished file its name, unless another has it. Raises FileExistsError then."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(temporary, path)


def sync(folder: Path) -> None:
    """Have a folder's names on the disk, where the system lets one ask for it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
