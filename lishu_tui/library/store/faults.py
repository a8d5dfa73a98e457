"""What SQLite says when something is wrong, said once more in one line for a person."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from lishu_tui.edition import LishuError

DAMAGED = "is damaged"
LIBRARY = "a library of lishu-tui (`lishu-tui check` tells more; moved aside, it makes room for a new one)"
SAID = {
    sqlite3.SQLITE_FULL: ("there is no space left on the disk", "room for it: nothing was changed", 74),
    sqlite3.SQLITE_BUSY: ("another lishu-tui is writing", "its end: try again then", 74),
    sqlite3.SQLITE_LOCKED: ("another lishu-tui is writing", "its end: try again then", 74),
    sqlite3.SQLITE_READONLY: ("cannot be written", "a file and a folder that can be written", 74),
    sqlite3.SQLITE_PERM: ("cannot be opened", "a file that can be read", 74),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "a file that can be read, in a folder that can be written", 74),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk reports a fault", "a disk that works", 74),
    sqlite3.SQLITE_PROTOCOL: ("cannot be locked", "a disk on which a file can be", 74),
    sqlite3.SQLITE_NOMEM: ("there is not enough memory", "more of it", 74),
    sqlite3.SQLITE_TOOBIG: ("holds something too large", "what lishu-tui writes", 2),
    sqlite3.SQLITE_NOTADB: ("is not a library (no SQLite database)", LIBRARY, 2),
    sqlite3.SQLITE_CORRUPT: (DAMAGED, LIBRARY, 2),
}
HOT = ("was left in the middle of writing", "a place that can be written, where it puts itself right as it is opened")


class Fault(LishuError, sqlite3.DatabaseError):
    """A fault of the database in one line; for whoever knows SQLite, still an error of its kind."""

    sqlite_errorcode: int
    sqlite_errorname: str


def told(error: Exception, path: str) -> Fault:
    """The line for a fault. What is not in the list is a database that is not as we made it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        wrong, expected, status = *HOT, 74
    elif code is not None and code & 0xFF in SAID:
        wrong, expected, status = SAID[code & 0xFF]
    else:
        wrong, expected, status = f"{DAMAGED} ({error})", LIBRARY, 2
    fault = Fault(path, "", wrong, expected, exit_code=status)
    fault.sqlite_errorcode = sqlite3.SQLITE_ERROR if code is None else code
    fault.sqlite_errorname = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    return fault


class Cursor(sqlite3.Cursor):
    """Raises LishuError where SQLite reports a fault."""

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, sqlite3.ProgrammingError):  # a fault of ours, not of the file
            return error
        return told(error, cast(Connection, self.connection).path)

    def execute(self, *args: Any) -> Cursor:
        try:
            super().execute(*args)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise self._told(error) from error
        return self

    def executemany(self, *args: Any) -> Cursor:
        try:
            super().executemany(*args)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise self._told(error) from error
        return self

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except (sqlite3.Error, UnicodeError) as error:
            raise self._told(error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except (sqlite3.Error, UnicodeError) as error:
            raise self._told(error) from error

    def fetchmany(self, *args: Any) -> list[Any]:
        try:
            return super().fetchmany(*args)
        except (sqlite3.Error, UnicodeError) as error:
            raise self._told(error) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise self._told(error) from error


class Connection(sqlite3.Connection):
    """A connection whose faults are LishuErrors that name the file: whoever asks it need not know of SQLite's."""

    path = ""

    def cursor(self, *args: Any) -> Cursor:  # type: ignore[override]
        return super().cursor(Cursor)

    # The one of the standard library goes past the cursor's own.
    def execute(self, *args: Any) -> Cursor:
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Cursor:
        return self.cursor().executemany(*args)
