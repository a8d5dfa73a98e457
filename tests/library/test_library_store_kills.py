"""Killed at every statement and at any moment, out of space, and two at once: before or after, never between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library.store import Library, connecting, export_library, faults, import_library, migrations, packing
from lishu_tui.library.store.schema import VERSION
from tests.library.kept import faults_of, fill, forked, ids, killed_at, made, small_disk, some


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def add(path: Path) -> None:
    with Library.open(path, write=True) as library:
        library.add(some()[2])


def add_several(path: Path) -> None:
    with Library.open(path, write=True) as library, library.importing():
        for edition in some()[:3]:
            library.add(edition)


def remove(path: Path) -> None:
    with Library.open(path, write=True) as library:
        library.remove(library.entries()[0].id)


def every_kill(path: Path, action: Callable[[Path], None], *, from_nothing: bool = False) -> int:
    """Kill it at each statement in turn; returns how many there are. What is found then is what was before or what is
    after, and whole."""
    original = path.with_name("original.db")
    if not from_nothing:
        fill(original, some()[3:5])
    before = [] if from_nothing else ids(original)
    states = set()
    for statement in range(1, 2000):
        for left in path.parent.glob("library.db*"):
            left.unlink()
        if not from_nothing:
            shutil.copy(original, path)
        came = killed_at(statement, lambda: action(path))
        if path.exists() or not from_nothing:
            states.add(tuple(ids(path)))
            assert not faults_of(path), statement
        if not came:
            after = tuple(ids(path))
            assert states <= {tuple(before), after}
            assert len(states) == 2 or from_nothing
            return statement - 1
    raise AssertionError("it does not end")


@pytest.mark.parametrize("action", [add, add_several, remove])
def test_killed_at_each_statement_it_is_before_or_after(path: Path, action: Callable[[Path], None]) -> None:
    assert every_kill(path, action) > 20


def test_a_new_library_is_there_whole_or_not_at_all(path: Path) -> None:
    assert every_kill(path, add, from_nothing=True) > 40


def test_killed_at_any_moment_what_was_acknowledged_is_there(path: Path) -> None:
    editions = [made(f"第{number}篇", f"春天來了，第{number}次。" * 50) for number in range(40)]
    chance = random.Random(5)
    acknowledged: list[str] = []
    for round in range(25):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                with Library.open(path, write=True) as library:
                    for edition in chance.sample(editions, len(editions)):
                        id, status = library.add(edition)
                        if status == "known" and chance.random() < 0.5:
                            library.remove(id)
                            os.write(write, f"-{id}\n".encode())
                            library.add(edition)
                        os.write(write, f"{id}\n".encode())
            finally:
                os._exit(0)
        os.close(write)
        time.sleep(chance.uniform(0.005, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as said:
            lines = said.read().split()
        chance.seed(round)
        if not path.exists():
            continue
        for line in lines:
            if line.startswith("-"):
                acknowledged.remove(line[1:])
            elif line not in acknowledged:
                acknowledged.append(line)
        # One may have been added, or be on its way out and in again, without its being said.
        found = set(ids(path))
        assert len(set(acknowledged) - found) <= 1
        assert len(found - set(acknowledged)) <= 1
        assert not faults_of(path)
        acknowledged = list(found)
    assert acknowledged


# ── migrations ──────────────────────────────────────────────────────────────────────────────────────────────────────


LATER = VERSION + 2
"""A version to come."""


def marks(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE marks (document INTEGER REFERENCES documents (number), text TEXT) STRICT")
    connection.execute("INSERT INTO marks SELECT number, title FROM documents")


def tags(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE marks ADD COLUMN tag TEXT NOT NULL DEFAULT ''")


def bring_up(path: Path) -> None:
    with Library.open(path, write=True) as library:
        migrations.migrate(library.connection, path, {VERSION: marks, VERSION + 1: tags}, LATER)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as other:
        tables = {name for (name,) in other.execute("SELECT name FROM sqlite_schema")}
        found = int(other.execute("PRAGMA user_version").fetchone()[0])
        assert ("marks" in tables) == (found == LATER)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return found


def test_a_migration_killed_at_each_statement_leaves_old_or_new(path: Path) -> None:
    original = path.with_name("original.db")
    fill(original, some()[:2])
    for statement in range(1, 200):
        for left in path.parent.glob("library.db*"):
            left.unlink()
        shutil.copy(original, path)
        came = killed_at(statement, lambda: bring_up(path))
        assert version(path) in (VERSION, LATER)
        if version(path) == LATER:
            assert path.with_name(f"library.db.v{VERSION}").exists()
        if path.with_name(f"library.db.v{VERSION}").exists():
            assert ids(path.with_name(f"library.db.v{VERSION}")) == ids(original)
            assert not faults_of(path.with_name(f"library.db.v{VERSION}"))
        if not came:
            assert version(path) == LATER
            return
    raise AssertionError("it does not end")


def test_a_migration_that_fails_leaves_the_old(path: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        tags(connection)
        raise KeyboardInterrupt

    known = fill(path, some()[:2])
    with Library.open(path, write=True) as library:
        with pytest.raises(KeyboardInterrupt):
            migrations.migrate(library.connection, path, {VERSION: marks, VERSION + 1: fail}, LATER)
        with pytest.raises(LishuError, match="no way leads on"):
            migrations.migrate(library.connection, path, {VERSION: marks}, LATER)
    assert version(path) == VERSION
    assert ids(path) == known


@pytest.mark.parametrize("write", [False, True])
def test_an_older_library_is_brought_up_to_date_when_it_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    known = fill(path, some()[:2])
    for room in (connecting, migrations):
        monkeypatch.setattr(room, "VERSION", LATER)
    monkeypatch.setattr(migrations, "STEPS", {VERSION: marks, VERSION + 1: tags})
    with Library.open(path, write=write) as library:
        assert library.execute("SELECT count(*) FROM marks WHERE tag = ''") == [(2,)]
        assert [entry.id for entry in library.entries()] == known
    assert version(path) == LATER
    assert version(path.with_name(f"library.db.v{VERSION}")) == VERSION
    with Library.open(path, write=write) as library:
        assert library.count() == 2


# ── no space ────────────────────────────────────────────────────────────────────────────────────────────────────────


def big(number: int) -> Edition:
    """A document whose capture does not grow smaller when it is packed."""
    edition = made(f"長{number}")
    data = random.Random(number).randbytes(100_000)
    source = msgspec.structs.replace(edition.source, sha256=packing.digest(data))
    return msgspec.structs.replace(edition, capture=data, source=source)


def fill_up(library: Library) -> tuple[list[str], LishuError]:
    added = []
    for number in range(200):
        try:
            added.append(library.add(big(number))[0])
        except LishuError as error:
            return added, error
    raise AssertionError("it has room for all")


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "2m"):
        path = tmp_path / "disk" / "library.db"
        with Library.open(path, write=True) as library:
            added, error = fill_up(library)
            assert added
            assert "no space" in str(error)
            assert error.exit_code == 74
            assert [entry.id for entry in library.entries()] == added
            with pytest.raises(LishuError), library.importing():  # noqa: PT012
                library.remove(added[0])
                for _ in range(3):  # whoever goes on after the fault is told again
                    _, error = fill_up(library)
                    assert error.exit_code == 74
            assert [entry.id for entry in library.entries()] == added
        assert not faults_of(path)
        other = tmp_path / "other.db"
        fill(other, [big(number) for number in range(30)])
        target = tmp_path / "disk" / "out.db"
        target.write_bytes(b"what was there")
        with Library.open(other) as library, pytest.raises(LishuError, match="no space") as told:
            export_library(library, target)
        assert told.value.exit_code == 74
        assert target.read_bytes() == b"what was there"
        assert sorted(os.listdir(target.parent)) == ["library.db", "out.db"]
        with (  # noqa: PT012
            Library.open(path, write=True) as library,
            pytest.raises(LishuError, match="no space"),
            library.importing(),
        ):
            for _, status in import_library(library, other):
                if isinstance(status, LishuError):
                    raise status
        assert ids(path) == added


def test_no_more_pages_keep_what_was_there(path: Path) -> None:
    with Library.open(path, write=True) as library:
        library.add(some()[0])
        pages = library.execute("PRAGMA page_count")[0][0]
        library.execute(f"PRAGMA max_page_count = {pages + 60}")
        added, error = fill_up(library)
        assert "no space" in str(error)
        assert error.exit_code == 74
        assert library.count() == 1 + len(added)
    assert not faults_of(path)


# ── two at once ─────────────────────────────────────────────────────────────────────────────────────────────────────


def importing_slowly(path: Path, begun: int, seconds: float) -> None:
    with Library.open(path, write=True) as library, library.importing():
        library.add(some()[1])
        os.write(begun, b".")
        time.sleep(seconds)
        library.add(some()[2])


def test_two_writers_wait_for_each_other_and_readers_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = fill(path, some()[:1])
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            importing_slowly(path, write, 0.6)
        finally:
            os._exit(0)
    os.read(read, 1)
    with Library.open(path) as library:
        assert [entry.id for entry in library.entries()] == known
        assert library.edition(known[0]).capture == some()[0].capture
    with monkeypatch.context() as patch:
        patch.setattr(connecting, "WAIT", 0.05)
        with Library.open(path, write=True) as library, pytest.raises(LishuError, match="another lishu-tui") as error:
            library.add(some()[3])
        assert error.value.exit_code == 74
    with Library.open(path, write=True) as library:
        library.add(some()[3])
    assert os.waitpid(child, 0)[1] == 0
    assert len(ids(path)) == 4
    assert not faults_of(path)


def test_many_writers_all_come_to_their_end(path: Path) -> None:
    editions = [made(f"第{number}篇") for number in range(24)]
    children = []
    for part in range(4):
        child = os.fork()
        if child == 0:
            status = 70
            try:
                with Library.open(path, write=True) as library:
                    for edition in editions[part::2]:
                        library.add(edition)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(ids(path)) == sorted(edition.id for edition in editions)
    assert not faults_of(path)


def test_whoever_writes_says_so_at_the_beginning(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[str] = []
    before = faults.Connection.__init__

    def begin(self: faults.Connection, *args: object, **more: object) -> None:
        before(self, *args, **more)  # type: ignore[arg-type]
        self.set_trace_callback(seen.append)

    monkeypatch.setattr(faults.Connection, "__init__", begin)
    add_several(path)
    add(path)
    remove(path)
    faults_of(path)
    with Library.open(path) as library:
        export_library(library, tmp_path / "out.db")
    with Library.open(path, write=True) as library:
        list(import_library(library, tmp_path / "out.db"))
    bring_up(path)
    begun = [line for line in seen if line.startswith("BEGIN")]
    assert len(begun) >= 5
    assert set(begun) == {"BEGIN IMMEDIATE"}
    depth = 0
    for line in seen:
        depth += line.startswith("BEGIN IMMEDIATE") - line.startswith(("COMMIT", "ROLLBACK;", "ROLLBACK "))
        if line.startswith(("INSERT INTO documents", "INSERT INTO captures", "DELETE", "CREATE")):
            assert depth == 1, line


def test_a_process_of_its_own_can_be_told_what_failed() -> None:
    """What the tests above rest on."""
    assert forked(lambda: None) == 0
    assert killed_at(1, lambda: closing(sqlite3.connect(":memory:"))) is False
