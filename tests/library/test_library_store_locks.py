"""A disk on which nothing can be locked, as some that are reached over a network: one line, and what was read stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.store import faults
from tests.library.kept import fill, ids, some

LOCKS = ("SQLITE_IOERR_LOCK", "SQLITE_IOERR_UNLOCK", "SQLITE_IOERR_RDLOCK", "SQLITE_PROTOCOL")


@pytest.mark.parametrize("name", LOCKS)
def test_locks_that_fail_are_one_line(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    known = fill(path, some()[:2])
    begun = faults.Connection.execute

    def execute(self: faults.Connection, sql: str, *args: object) -> sqlite3.Cursor:
        if sql.startswith("BEGIN"):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name  # type: ignore[attr-defined]
            raise faults.told(error, self.path)
        return begun(self, sql, *args)

    monkeypatch.setattr(faults.Connection, "execute", execute)
    with pytest.raises(LishuError) as raised:
        fill(path, some()[2:3])
    monkeypatch.undo()
    assert raised.value.exit_code == 74
    assert len(str(raised.value).splitlines()) == 1
    assert "lock" in str(raised.value) or "disk" in str(raised.value)
    assert ids(path) == known
