"""Moving house: the library as one file, and another's file taken in without trusting it."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.store import (
    Library,
    connecting,
    export_library,
    files,
    import_library,
    migrations,
    packing,
    schema,
)
from tests.library.kept import faults_of, fill, ids, left_in_the_middle, made, some


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    fill(path)
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.db"


def taken_in(new: Path, old: Path) -> list[tuple[str, object]]:
    with Library.open(new, write=True) as library, library.importing():
        return list(import_library(library, old))


def test_a_library_goes_along_whole(old: Path, new: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    out.write_bytes(b"an older one")
    with Library.open(old) as library:
        export_library(library, out)
        before = library.entries()
    assert sorted(os.listdir(tmp_path)) == ["old.db", "out.db"]
    assert not faults_of(out)
    assert taken_in(new, out) == [(entry.id, "added") for entry in before]
    assert taken_in(new, out) == [(entry.id, "known") for entry in before]
    with Library.open(new) as library:
        assert library.entries() == before  # the time of import too
        assert library.edition(before[2].id) == some()[2]
    assert not faults_of(new)


def test_what_was_removed_does_not_go_along(old: Path, tmp_path: Path) -> None:
    with Library.open(old, write=True) as library:
        stored = library.execute("SELECT data FROM captures WHERE document = 4")[0][0][:60]
        assert stored in old.read_bytes()
        assert library.remove(library.entries()[3].id)
        export_library(library, tmp_path / "out.db")
    assert stored not in (tmp_path / "out.db").read_bytes()


def test_an_id_that_is_taken_here_is_another_there(old: Path, new: Path) -> None:
    taken = ids(old)[0]
    fill(new, [msgspec.structs.replace(made("other"), id=taken)])
    found = taken_in(new, old)
    assert found[0][0] != taken
    assert found[0][0].startswith(f"{taken}")
    assert not faults_of(new)


def test_where_an_export_cannot_go(old: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.db").symlink_to(old)
    before = sorted(os.listdir(tmp_path))
    with Library.open(old) as library:
        for target in ("folder", "pipe", "nowhere/out.db", "old.db", "link.db", "old.db/below"):
            with pytest.raises(LishuError) as error:
                export_library(library, tmp_path / target)
            assert "\n" not in str(error.value)
        with pytest.raises(LishuError):
            export_library(library, Path("/dev/null"))
    assert sorted(os.listdir(tmp_path)) == before
    assert not faults_of(old)


def test_an_export_given_up_leaves_nothing(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "out.db").write_bytes(b"before")
    monkeypatch.setattr(files.os, "replace", fail)
    with Library.open(old) as library, pytest.raises(KeyboardInterrupt):
        export_library(library, tmp_path / "out.db")
    assert (tmp_path / "out.db").read_bytes() == b"before"
    assert sorted(os.listdir(tmp_path)) == ["old.db", "out.db"]


# ── a hostile one ───────────────────────────────────────────────────────────────────────────────────────────────────


def spoilt(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            other.execute(statement)


def replaced(path: Path, number: int, data: bytes) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        row = (data, packing.digest(data), number)
        other.execute("UPDATE editions SET data = ?, sha256 = ? WHERE document = ?", row)


@pytest.mark.parametrize(
    "statements",
    [
        [
            "DROP TABLE captures",
            "CREATE VIEW captures AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS document, i AS size, zeroblob(9) AS data FROM n",
        ],
        [
            "DROP TABLE editions",
            "CREATE TABLE editions (document INTEGER PRIMARY KEY, sha256 TEXT, kept BLOB,"
            " data BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL)",
        ],
        ["DROP TABLE captures", "CREATE VIRTUAL TABLE captures USING fts5 (document, size, data)"],
        ["DROP TABLE editions"],
        ["DROP TABLE captures", "CREATE TABLE captures (document, size, data)"],
        ["ALTER TABLE editions RENAME COLUMN data TO other"],
    ],
)
def test_tables_that_are_not_as_ours_are_refused(old: Path, new: Path, statements: list[str]) -> None:
    spoilt(old, *statements)
    with pytest.raises(LishuError, match="not as lishu-tui makes it"):
        taken_in(new, old)
    assert ids(new) == []


def test_each_bad_document_is_told_and_the_others_come(old: Path, new: Path) -> None:
    editions = some()
    bomb = zlib.compress(bytes(80_000_000), 9)
    replaced(old, 1, bomb)
    unsound = msgspec.structs.replace(editions[1], emendations=editions[2].emendations)
    replaced(old, 2, packing.pack(unsound, packing.MOST))
    replaced(old, 3, packing.pack(msgspec.structs.replace(editions[2], sections=()), packing.MOST))
    spoilt(
        old,
        "UPDATE captures SET data = zeroblob(300000000) WHERE document = 4",
        "UPDATE documents SET imported = '\x1b]0;x' WHERE number = 5",
    )
    found = taken_in(new, old)
    assert [type(status) for _, status in found] == [LishuError] * 4 + [str] * 2
    assert all("\n" not in str(status) for _, status in found)
    with Library.open(new) as library:
        assert [entry.id for entry in library.entries()] == [id for id, _ in found[4:]]
        assert "\x1b" not in library.entries()[0].imported
    assert not faults_of(new)


def test_an_id_that_is_no_address_is_not_taken_over(old: Path, new: Path) -> None:
    bad = "../../\x1b[31m Etc"
    replaced(old, 1, packing.pack(msgspec.structs.replace(some()[0], id=bad), packing.MOST))
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("UPDATE documents SET id = ? WHERE number = 1", (bad,))
    id, status = taken_in(new, old)[0]
    assert status == "added"
    assert id == f"document-{some()[0].source.sha256[:6]}"
    assert not faults_of(new)


def test_what_is_no_library_is_not_taken_in(new: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"no library" * 1000)
    for name in ("other", "nowhere", "."):
        with pytest.raises(LishuError):
            taken_in(new, tmp_path / name)


def test_anothers_file_is_not_touched(old: Path, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(connecting, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(migrations, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    assert len(taken_in(new, old)) == len(some())  # of an older version, read as it is
    assert old.read_bytes() == before
    assert sorted(os.listdir(old.parent)) == ["new.db", "old.db"]


def test_a_journal_beside_anothers_file_is_not_followed(old: Path, new: Path) -> None:
    left_in_the_middle(old)
    before = old.read_bytes()
    with pytest.raises(LishuError, match="left in the middle"):
        taken_in(new, old)
    assert old.read_bytes() == before
    assert ids(new) == []


def test_a_fault_of_the_library_here_ends_it(old: Path, new: Path) -> None:
    fill(new, [])
    with Library.open(new) as library, pytest.raises(LishuError, match="cannot be written"):
        list(import_library(library, old))


def test_a_library_is_not_taken_into_itself_twice(old: Path) -> None:
    before = ids(old)
    assert taken_in(old, old) == [(id, "known") for id in before]
    assert ids(old) == before
