"""A library of an older version brought up to date: in one transaction, after a copy of it was put aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from lishu_tui.edition import LishuError
from lishu_tui.library.store.files import copy, writing
from lishu_tui.library.store.schema import NOTES, VERSION, statements

Step = Callable[[sqlite3.Connection], None]


def _add_notes(connection: sqlite3.Connection) -> None:
    for statement in statements(NOTES):
        connection.execute(statement)


STEPS: Mapping[int, Step] = {1: _add_notes}
"""By version, what makes the next one of it."""


def migrate(
    connection: sqlite3.Connection, path: Path, steps: Mapping[int, Step] | None = None, version: int | None = None
) -> None:
    """Bring the library up to `version`. Raises LishuError where no way leads there; the library then is as it was.

    The copy is called after the version that it has (`library.db.v1`), and is kept.
    """
    steps, version = STEPS if steps is None else steps, VERSION if version is None else version
    stands = _version(connection)
    if stands >= version:
        return
    if missing := [n for n in range(stands, version) if n not in steps]:
        raise LishuError(str(path), "", f"is of version {missing[0]}, from which no way leads on", f"version {version}")
    with writing(connection):
        # Another may have done it while we waited.
        if (stands := _version(connection)) < version:
            copy(path, path.with_name(f"{path.name}.v{stands}"))
        for number in range(stands, version):
            steps[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
