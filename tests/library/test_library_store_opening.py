"""What is at the library's place and is none, or not for us: one line, and it is left as it is."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.store import Library, connecting, export_library
from tests.library.kept import faults_of, fill, ids, left_in_the_middle, made, small_disk, some


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture(scope="module")
def library_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "library.db"
    fill(path, some()[:3])
    return path.read_bytes()


def refused(path: Path, *words: str, status: int | None = None) -> None:
    """Opened to read and to write, it gives one line with its path and these words."""
    for write in (False, True):
        with pytest.raises(LishuError) as error, Library.open(path, write=write) as library:
            library.entries()
        line = str(error.value)
        assert "\n" not in line
        assert str(path) in line
        assert all(word in line for word in words), line
        assert status is None or error.value.exit_code == status


def untouched(path: Path) -> tuple[int, str, list[str]]:
    found = path.stat()
    return found.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest(), sorted(os.listdir(path.parent))


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT)")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path, whole: path.write_bytes(b"garbage, and long enough to be read as a page" * 100), "no SQLite"),
        (lambda path, whole: path.write_bytes(b"x"), "not a library"),
        (lambda path, whole: path.write_bytes(b""), "is empty"),
        (lambda path, whole: path.write_bytes(b"SQLite format 3\0"), "not a library"),
        (lambda path, whole: path.write_bytes(whole[: len(whole) // 2]), "is damaged"),
        (lambda path, whole: path.write_bytes(whole[:100]), ""),
        (lambda path, whole: path.write_bytes(whole[:4096]), "is damaged"),
        (lambda path, whole: path.write_bytes(b"X" + whole[1:]), "no SQLite"),
        (lambda path, whole: path.write_bytes(bytes(4096) + whole[4096:]), "no SQLite"),
        (lambda path, whole: another_database(path), "another database"),
    ],
)  # fmt: skip
def test_what_is_no_library_is_told_and_left(
    path: Path, library_bytes: bytes, make: Callable[[Path, bytes], object], words: str
) -> None:
    make(path, library_bytes)
    before = untouched(path)
    refused(path, words, "moved aside", "lishu-tui check", status=2)
    assert untouched(path) == before


def test_a_fault_of_ours_is_not_told_as_one_of_the_file(path: Path) -> None:
    fill(path, some()[:1])
    library = Library.open(path)
    library.close()
    with pytest.raises(sqlite3.ProgrammingError):
        library.count()


def test_a_newer_library_is_refused_untouched(path: Path) -> None:
    fill(path, some()[:2])
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    before = untouched(path)
    refused(path, "made by a newer lishu-tui", "99", status=2)
    assert untouched(path) == before


def test_a_folder_a_pipe_and_links(path: Path, tmp_path: Path) -> None:
    path.mkdir()
    refused(path, "is a folder")
    path.rmdir()
    os.mkfifo(path)
    refused(path, "is a device or a pipe")  # and does not wait for somebody to write to it
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    refused(path, "leads nowhere")
    assert not (tmp_path / "nowhere").exists()
    path.unlink()
    path.symlink_to(path)
    refused(path, "cannot be opened")
    path.unlink()
    (tmp_path / "inner").mkdir()
    path.symlink_to(tmp_path / "inner" / "real.db")
    fill(tmp_path / "inner" / "real.db", some()[:1])
    with Library.open(path, write=True) as library:
        library.add(some()[1])
    assert path.is_symlink()
    assert len(ids(tmp_path / "inner" / "real.db")) == 2
    refused(path / "below", "cannot be opened")
    refused(Path("/dev/null"), "is a device or a pipe")


def test_strange_names(tmp_path: Path) -> None:
    names = ["a?mode=memory&b.db", "100%25.db", "#x.db", "空 格\n.db", ":memory:", "a'b\".db"]
    for name in names:
        path = tmp_path / name
        fill(path, some()[:1])
        assert path.is_file()
        assert len(ids(path)) == 1
    with pytest.raises(LishuError, match="no name"):
        Library.open(tmp_path / "a\0b")
    assert sorted(os.listdir(tmp_path)) == sorted(names)


def test_none_is_made_to_be_read(path: Path) -> None:
    with pytest.raises(LishuError, match="no library yet"):
        Library.open(path)
    assert not path.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LishuError) as error:
        Library.open(tmp_path / "file" / "below" / "library.db", write=True)
    assert error.value.exit_code == 74


def test_reading_changes_nothing(path: Path) -> None:
    known = fill(path)
    before = untouched(path)
    with Library.open(path) as library:
        library.edition(known[0])
        assert all(finding.ok for finding in library.check())
        with pytest.raises(LishuError, match="cannot be written") as error:
            library.remove(known[0])
        assert error.value.exit_code == 74
        with pytest.raises(LishuError, match="cannot be written"):
            library.add(made("new"))
    assert untouched(path) == before


@pytest.mark.parametrize("write", [False, True])
def test_what_a_killed_writer_left_puts_itself_right(path: Path, write: bool) -> None:
    fill(path)
    before = path.read_bytes()
    left_in_the_middle(path)
    assert path.read_bytes() != before
    with Library.open(path, write=write) as library:
        assert all(finding.ok for finding in library.check())
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, "4m") as freeze:
        known = fill(folder / "library.db")
        fill(folder / "hot.db")
        left_in_the_middle(folder / "hot.db")
        freeze()
        with Library.open(folder / "library.db") as library:
            assert library.edition(known[0]).capture == some()[0].capture
            assert all(finding.ok for finding in library.check())
            export_library(library, tmp_path / "out.db")
            with pytest.raises(LishuError) as error:
                export_library(library, folder / "out.db")
            assert error.value.exit_code == 74
        with pytest.raises(LishuError) as error, Library.open(folder / "library.db", write=True) as library:
            library.remove(known[0])
        assert error.value.exit_code == 74
        refused(folder / "hot.db", "left in the middle of writing", status=74)
        with pytest.raises(LishuError) as error:
            Library.open(folder / "new" / "library.db", write=True)
        assert error.value.exit_code == 74
    assert not faults_of(tmp_path / "out.db")


def test_two_that_begin_at_once_make_one_library(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = connecting.put_new

    def second_first(target: Path, fill_it: Callable[[str], object]) -> None:
        monkeypatch.setattr(connecting, "put_new", before)
        fill(path, some()[:1])
        before(target, fill_it)

    monkeypatch.setattr(connecting, "put_new", second_first)
    with Library.open(path, write=True) as library:
        assert library.count() == 1
    assert os.listdir(path.parent) == [path.name]
