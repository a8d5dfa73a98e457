"""Files written as a whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.export.writing import write_beside


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_pieces_become_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a b\n%.txt"
    assert write_beside(path, ["疫情", b"\x00", ""]) == 7
    assert path.read_bytes() == "疫情\0".encode()
    assert os.listdir(tmp_path) == [path.name]


def test_rights_are_kept_and_new_files_have_those_of_any(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write_beside(old, ["y"])
        write_beside(new, ["y"])
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o640]


def test_a_link_stays_one(tmp_path: Path) -> None:
    there, link = tmp_path / "there" / "file", tmp_path / "link"
    there.parent.mkdir()
    link.symlink_to(there)
    write_beside(link, ["y"])
    assert link.is_symlink()
    assert there.read_text() == "y"


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_full_disk_leaves_what_was_there(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, call, full)
    with pytest.raises(LishuError, match="No space left on device") as error:
        write_beside(path, ["after"])
    assert error.value.exit_code == 74
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("fault", [LishuError("x", "", "is wrong", ""), KeyboardInterrupt(), RuntimeError("y")])
def test_a_fault_on_the_way_leaves_what_was_there(fault: BaseException, tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "a" * 100_000
        raise fault

    path = tmp_path / "file"
    path.write_bytes(b"before")
    with pytest.raises(type(fault)):
        write_beside(path, pieces())
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("name", ["folder", "pipe", "/dev/full", "nowhere/file", "folder/file/x", "a\0b", ""])
def test_what_is_no_place_for_a_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LishuError) as error:
        write_beside(os.path.join(tmp_path, name), ["x"])
    assert "\n" not in str(error.value)
    assert sorted(os.listdir(tmp_path)) == ["folder", "pipe"]


SMALL = """
import os, sys
from pathlib import Path
from lishu_tui.cli.program import run
target = Path(sys.argv[1]) / "out.html"
target.write_bytes(b"before")
code = run(["export", "--out", str(target)])
print(int(code), target.read_bytes() == b"before", os.listdir(target.parent))
"""


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=False, capture_output=True
    ).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        run = subprocess.run([sys.executable, "-c", SMALL, small], check=False, capture_output=True, text=True)
    finally:
        subprocess.run(["umount", small], check=True)
    assert run.stdout == "74 True ['out.html']\n", run.stderr
    assert run.stderr.startswith("lishu-tui: ")
    assert "No space left on device" in run.stderr
    assert run.stderr.count("\n") == 1
