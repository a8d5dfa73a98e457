"""`export`: what it writes, what it refuses, and what it leaves on the disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.edition import load_edition
from lishu_tui.export.documents import ENDINGS, FORMATS
from tests.cli.conftest import is_one_line
from tests.shelves import filled

EDITION = load_edition()
PAGE = "# 志願者\n\n2021年3月，全縣有志願者5000多人。王某說：“好。”\n"


@pytest.fixture(name="page")
def _page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_what_stdout_gets_and_the_same_each_time(form: str, call: Any, tmp_path: Path) -> None:
    path = tmp_path / f"out{ENDINGS[form]}"  # type: ignore[index]
    assert call("export", "--format", form, "--out", str(path)) == (0, "", "")
    first = path.read_bytes()
    assert call("export", "lishu", "--out", str(path)) == (0, "", "")
    assert path.read_bytes() == first == call("export", "--format", form, "--out", "-").out.encode()
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_in_another_place_at_another_time(form: str, run: Callable[..., Any], tmp_path: Path) -> None:
    env: dict[str, str | None] = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    other = env | {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "HOME": str(tmp_path), "COLUMNS": "40"}
    args = ("export", "--format", form, "--with", "apparatus,statistics,names")
    assert run(*args, env=env).stdout == run(*args, env=other, cwd=tmp_path).stdout != b""


def test_a_file_of_ones_own(call: Any, page: Path) -> None:
    found = json.loads(call("export", str(page), "--format", "json").out)
    assert [p["texts"]["restored"] for p in found["paragraphs"]][-1].startswith("2021年3月")
    assert [(s["value"], s["origin"]) for s in found["statistics"]] == [(5000, "found")]
    html = call("export", str(page), "--format", "html").out
    assert "found by rule" in html
    assert "王某" in html


def test_a_document_of_the_library(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(tmp_path / "library.db"))
    for id in filled(tmp_path / "library.db")[:3]:
        for form in FORMATS:
            answer = call("export", id, "--format", form)
            assert answer.code == 0
            assert id in answer.out


def test_notes_go_along_when_they_are_asked_for(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(tmp_path / "library.db"))
    assert call("notes", "add", "lishu/closing/1:3-9", "甚好").code == 0
    for form in FORMATS:
        assert "甚好" in call("export", "--format", form, "--with", "notes").out
        assert "甚好" not in call("export", "--format", form).out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--format", "pdf"], "'pdf' is not one of"),
        ([], "does not say which format"),
        (["--out", "x.pdf"], "does not say which format"),
        (["--format", "txt", "--out", ""], "is empty"),
        (["--format", "txt", "--with", "everything"], "nothing that could go along"),
        (["--format", "txt", "--reading", "restored", "--reading", "capture"], "too many for txt"),
        (["lishu/nowhere", "--format", "txt"], "no such section"),
        (["nothing-of-that-name", "--format", "txt"], "there is no such document"),
        (["\x1b]0;x", "--format", "txt"], "neither an address nor a file"),
        (["--format", "txt", "--out", "/nowhere/at/all.txt"], "cannot be written"),
    ],
)
def test_what_is_wrong_is_one_line(args: list[str], says: str, call: Any, tmp_path: Path) -> None:
    answer = call("export", *args)
    assert answer.code in (2, 74)
    assert answer.out == ""
    assert is_one_line(answer.err)
    assert says in answer.err


def test_english_that_is_not_there_is_said(call: Any, page: Path) -> None:
    answer = call("export", str(page), "--format", "txt", "--english", "beneath")
    assert (answer.code, answer.out) == (2, "")
    assert "has none" in answer.err


def test_neither_the_page_nor_the_library_is_written_over(
    call: Any, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library.db"
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(library))
    filled(library)
    link = tmp_path / "link.md"
    link.symlink_to(page)
    for out, form in ((page, "md"), (link, "md"), (library, "html")):
        before = out.read_bytes()
        answer = call("export", str(page), "--format", form, "--out", str(out))
        assert (answer.code, out.read_bytes()) == (2, before)
        assert "expected another file" in answer.err


@pytest.mark.parametrize("name", ["a b.html", "-x.html", "%s.html", "a\nb.html", "\x1b]0;x.html", "梨樹.html"])
def test_a_name_is_data(name: str, call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("export", f"--out={name}") == (0, "", "")
    assert os.listdir(tmp_path) == [name]


def test_stdout_in_another_encoding(run: Callable[..., Any]) -> None:
    env: dict[str, str | None] = {"PYTHONIOENCODING": "gb18030"}
    text = run("export", "--format", "txt", env=env).stdout.decode("gb18030")
    assert EDITION.text(0) in text
    for form in ("html", "tei", "json"):  # which say that they are UTF-8
        assert EDITION.text(0)[:4] in run("export", "--format", form, env=env).stdout.decode("utf-8")
    assert "\\u" in run("export", "--format", "md", env={"PYTHONIOENCODING": "ascii"}).stdout.decode("ascii")


def test_a_full_stdout_is_one_line(run: Callable[..., Any]) -> None:
    with open("/dev/full", "wb") as full:
        answer = run("export", "--format", "html", stdout=full)
    assert answer.returncode == 74
    assert is_one_line(answer.stderr)


SLOW = """
import sys, time
from lishu_tui.export import documents
def slow(*args):
    yield "x" * 100_000
    print("begun", flush=True)
    time.sleep(30)
documents.export = slow
from lishu_tui.cli.program import run
sys.exit(run(["export", "--format", "txt", "--out", sys.argv[1]]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_what_was_there(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"before")
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    process.send_signal(number)
    process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_on_a_terminal_a_long_one_says_how_far_it_is(
    call: Any, terminal: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(range(1_000_000))
    monkeypatch.setattr("lishu_tui.cli.export.monotonic", lambda: next(times))
    monkeypatch.setenv("TERM", "xterm")
    answer = call("export", "--format", "txt", "--out", str(tmp_path / "a\x1b.txt"))
    assert answer.code == 0
    assert "characters" in answer.err
    assert answer.err.endswith("\r\x1b[K")
    assert "a\x1b" not in answer.err
