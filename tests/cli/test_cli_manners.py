"""How a command behaves: exit codes, one line of complaint, closed and full and narrow outputs, what it imports."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.cli import program
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import LishuError, load_edition

EDITION = load_edition()
TEXT = ("\n\n".join(EDITION.readings["restored"]) + "\n").encode()
HOSTILE = [
    "a\x1b]0;pwn\x07",
    "a\nb",
    "a\u202eb",
    "a\x9b31m",
    "[/b][red]",
    "\udcff",
    "\U000e0041",
    "a\u2028b",
    "",
    " ",
    "%s{0}",
]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--nope"], "--nope"),
        (["show", "--reading", "nope"], "'nope'"),
        (["show", "lishu", "lishu"], "unexpected extra argument"),
        (["search"], "QUERY"),
        (["search", ""], "is empty"),
        (["kwic", "x", "--width", "0"], "--width"),
        (["config"], "Missing command"),
        (["config", "nope"], "nope"),
        (["completion", "tcsh"], "tcsh"),
        (["show", "Lishu!"], "is not an address"),
        (["show", "other"], "there is no such document"),
        (["lishu/nope"], "no such section"),
        (["lishu/opening/3"], "no such paragraph"),
        (["stats", "lishu/opening/1:5-3"], "ends before it starts"),
        (["search", "x", "--in", "lishu/opening/1:0-9999"], "is past the end"),
        (["serach"], "expected 'search'"),
        (["serach", "x"], "expected 'search'"),
        (["apparatus", "--class", "nope"], "expected one of gloss, false-match"),
        (["apparatus", "lishu/nope"], "no such section"),
        (["verify", "other"], "there is no such document"),
        (["restore"], "FILE"),
        (["restore", "/nowhere/at/all"], "there is no such file"),
        (["restore", "/"], "is a folder"),
        (["restore", "--reading", "capture", "-"], "'capture'"),
        (["/"], "is a folder"),
        (["./lishu"], "is no command, address or file"),
    ],
)
def test_wrong_usage_is_one_line(call: Any, is_one_line: Any, args: list[str], says: str) -> None:
    printed = call(*args)
    assert (printed.code, printed.out) == (ExitCode.USAGE, "")
    assert is_one_line(printed.err)
    assert says in printed.err


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_arguments_give_one_safe_line(call: Any, is_one_line: Any, hostile: str) -> None:
    for args in (
        [hostile],
        ["show", hostile],
        ["search", "x", "--in", hostile],
        ["show", f"--{hostile}x"],
        ["restore", f"/nowhere/{hostile}"],
        ["restore", f"{hostile}/nowhere"],
        ["apparatus", "--class", f"x{hostile}"],
        ["verify", hostile],
        [hostile, "x"],
    ):
        printed = call(*args)
        assert printed.code == ExitCode.USAGE, args
        assert is_one_line(printed.err), args
    for command in ("search", "kwic"):
        printed = call(command, "--", hostile)
        assert printed.code in (ExitCode.OK, ExitCode.NEGATIVE, ExitCode.USAGE)
        assert not printed.err or is_one_line(printed.err)
        assert "\x1b" not in printed.out


def test_hostile_arguments_from_outside(run: Any, is_one_line: Any) -> None:
    done = run("search", b"a\xff\x1b[31m\xe2\x80\xae")
    assert done.returncode == ExitCode.NEGATIVE
    assert is_one_line(done.stderr)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyboardInterrupt(), (ExitCode.INTERRUPT, "interrupted")),
        (LishuError("capture.txt", "line 3", "is damaged", "a whole line"), (ExitCode.USAGE, "capture.txt: line 3")),
        (PermissionError(13, "Permission denied", "x\x1by"), (ExitCode.IO, "x␛y: Permission denied")),
        (RuntimeError("\x1b[31m text of the document"), (ExitCode.FAULT, "RuntimeError")),
    ],
)
def test_each_kind_of_error_has_its_code(
    call: Any, is_one_line: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, expected: tuple[int, str]
) -> None:
    code, says = expected

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr("lishu_tui.cli.showing.load", fails)
    printed = call("show")
    assert printed.code == code
    assert is_one_line(printed.err)
    assert says in printed.err
    assert "text of the document" not in printed.err
    if code == ExitCode.FAULT:
        logs = Path(os.environ["XDG_STATE_HOME"]).rglob("*")
        assert any(path.is_file() and str(path) in printed.err for path in logs)


def test_a_fault_that_cannot_be_logged_is_still_one_line(
    call: Any, is_one_line: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lishu_tui.cli.showing.load", fails)
    monkeypatch.setattr("lishu_tui.settings.log_fault", fails)
    printed = call("show")
    assert (printed.code, is_one_line(printed.err)) == (ExitCode.FAULT, True)


# What is imported.

WATCHED = (
    "textual", "rich", "msgspec", "lishu_tui.search", "lishu_tui.tui", "lishu_tui.restore", "lishu_tui.library",
    "opencc", "pypinyin",
)  # fmt: skip
RESTORE, LIBRARY = "lishu_tui.restore", "lishu_tui.library"


@pytest.mark.parametrize(
    ("args", "loaded"),
    [
        (["--help"], set()),
        (["search", "--help"], None),
        (["show"], {"msgspec"}),
        (["toc"], {"msgspec"}),
        (["names", "--json"], {"msgspec"}),
        (["stats", "--json"], {"msgspec"}),
        (["stats"], {"msgspec"}),
        (["search", "疫情"], {"msgspec", "lishu_tui.search"}),
        (["kwic", "疫情"], {"msgspec", "lishu_tui.search"}),
        (["source"], {"msgspec"}),
        (["lishu/closing"], {"msgspec"}),
        (["apparatus"], {"msgspec"}),
        (["apparatus", "--csv"], {"msgspec"}),
        (["verify"], {"msgspec", RESTORE}),
        (["restore", "/dev/null"], {"msgspec", RESTORE, LIBRARY}),
    ],
)
def test_what_is_imported(args: list[str], loaded: set[str] | None) -> None:
    code = (
        "import sys\nfrom lishu_tui.cli.program import run\n"
        f"run({args!r})\nprint(*[m for m in {WATCHED!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    found = set(done.stderr.split())
    assert not found & {"textual", "rich", "lishu_tui.tui", "opencc", "pypinyin"}
    assert loaded is None or found == loaded


# Where it is written to.


def test_standard_streams_closed(is_one_line: Any) -> None:
    command = f"exec {sys.executable} -m lishu_tui"

    def sh(line: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["sh", "-c", line], capture_output=True, timeout=20, check=False)

    assert sh(f"{command} <&-").stdout == TEXT
    assert sh(f"{command} 2>&-").stdout == TEXT
    closed = sh(f"{command} >&-")
    assert (closed.returncode, is_one_line(closed.stderr)) == (ExitCode.IO, True)
    assert sh(f"{command} lishu/nope <&- >&- 2>&-").returncode == ExitCode.USAGE
    assert is_one_line(sh(f"{command} --help >&-").stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "args", [["show"], ["show", "--reading", "capture"], ["stats", "--json"], ["--help"], ["--version"]]
)
def test_a_full_disk(run: Any, args: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run(*args, stdout=full)
    assert (done.returncode, done.stderr) == (ExitCode.IO, b"lishu-tui: write error: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_nowhere_to_complain(run: Any) -> None:
    with open("/dev/full", "wb") as full:
        assert run("lishu/nope", stderr=full).returncode == ExitCode.USAGE


@pytest.mark.smoke
@pytest.mark.parametrize("args", [["show"], ["stats", "--json"], ["--help"], ["show", "--reading", "capture"]])
def test_a_reader_that_goes_away(run: Any, args: list[str]) -> None:
    source, sink = os.pipe()
    os.close(source)
    try:
        done = run(*args, stdout=sink)
    finally:
        os.close(sink)
    assert (done.returncode, done.stderr) == (ExitCode.PIPE, b"")


def test_head() -> None:
    line = f"{sys.executable} -m lishu_tui search 疫情 | head -1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


# In what encoding.


@pytest.mark.parametrize(
    "args", [["show", "lishu/opening/1:0-4"], ["show", "lishu/opening/1:0-4", "--json"], ["search", "--help"]]
)
def test_narrow_encodings(run: Any, args: list[str]) -> None:
    plain = run(*args, env={"PYTHONIOENCODING": "utf-8"})
    assert (plain.returncode, plain.stderr) == (0, b"")
    narrow = run(*args, env={"PYTHONIOENCODING": "ascii"})
    assert (narrow.returncode, narrow.stderr) == (0, b"")
    assert narrow.stdout.isascii()
    assert narrow.stdout.decode("unicode_escape" if b"\\u" in narrow.stdout else "ascii") == plain.stdout.decode()
    for encoding in ("gb18030", "utf-16"):
        other = run(*args, env={"PYTHONIOENCODING": encoding})
        assert (other.returncode, other.stderr) == (0, b"")
        assert other.stdout.decode(encoding) == plain.stdout.decode()


@pytest.mark.smoke
def test_the_c_locale_and_the_capture(run: Any) -> None:
    c = {"LC_ALL": "C", "PYTHONIOENCODING": None, "PYTHONUTF8": None}
    assert run("show", env=c).stdout == TEXT
    for env in (c, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-16"}):
        assert run("show", "--reading", "capture", env=env).stdout == EDITION.capture


def test_narrow_stderr(run: Any) -> None:
    done = run("麒麟", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.isascii()
    assert done.stderr.count(b"\n") == 1


# Terminals.


def in_pty(*args: str, tty: tuple[bool, bool, bool], env: Mapping[str, str | None]) -> tuple[int, bytes]:
    """Run with those of stdin, stdout and stderr that `tty` says on a terminal; the exit code and all that was written
    to the terminal or to the file that stands for the others."""
    master, slave = pty.openpty()
    source, sink = os.pipe()
    environment = {k: v for k, v in {**os.environ, "COLUMNS": "100", **env}.items() if v is not None}
    streams = [slave if t else (subprocess.DEVNULL if n == 0 else sink) for n, t in enumerate(tty)]
    process = subprocess.Popen(
        [sys.executable, "-m", "lishu_tui", *args],
        stdin=streams[0], stdout=streams[1], stderr=streams[2], env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    os.close(sink)
    out, waiting, end = b"", {master, source}, time.monotonic() + 15
    try:
        while waiting:
            ready, _, _ = select.select(list(waiting), [], [], max(end - time.monotonic(), 0))
            assert ready, "it hangs"
            for end_of in ready:
                data = b""
                with suppress(OSError):  # EIO: nobody has the terminal open any more
                    data = os.read(end_of, 65536)
                out += data
                if not data:
                    waiting.discard(end_of)
        return process.wait(5), out
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(source)


@pytest.mark.parametrize("tty", [t for t in product((True, False), repeat=3) if t != (True, True, True)])
def test_the_text_where_a_stream_is_no_terminal(tty: tuple[bool, bool, bool]) -> None:
    code, out = in_pty(tty=tty, env={"TERM": "xterm-256color"})
    assert (code, out.replace(b"\r\n", b"\n")) == (0, TEXT)


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_the_text_on_a_terminal_that_cannot_draw(term: str | None) -> None:
    code, out = in_pty(tty=(True, True, True), env={"TERM": term})
    assert (code, out.replace(b"\r\n", b"\n")) == (0, TEXT)


def test_tables_on_a_terminal() -> None:
    tty, term = (False, True, True), {"TERM": "xterm-256color"}
    code, coloured = in_pty("stats", "lishu/party-leadership", tty=tty, env=term)
    assert code == 0
    assert b"\x1b[1m" in coloured
    for quiet in ("dumb", None):
        code, plain = in_pty("stats", "lishu/party-leadership", tty=tty, env={"TERM": quiet})
        assert (code, b"\x1b" in plain) == (0, False)
        assert "突擊隊".encode() in plain
    _, found = in_pty("search", "突击队", tty=tty, env={**term, "NO_COLOR": "1"})
    assert b"\x1b[1;7m" in found
    assert b"\x1b[3" not in found
    _, capture = in_pty("show", "lishu/opening/1", "--reading", "capture", tty=tty, env=term)
    assert capture.decode() == EDITION.text(0, "capture") + "\r\n"


def test_the_reader_opens_where_it_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def opened(address: object) -> int:
        asked.append((str(address), os.environ["TEXTUAL_DISABLE_KITTY_KEY"]))
        return 143

    monkeypatch.setattr("lishu_tui.cli.reader.can_draw", lambda: True)
    monkeypatch.setattr("lishu_tui.tui.run", opened)
    monkeypatch.delenv("TEXTUAL_DISABLE_KITTY_KEY", raising=False)
    assert program.run(["lishu/closing"]) == 143
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "0")
    assert program.run([]) == 143
    assert asked == [("lishu/closing", "1"), ("None", "0")]


def test_interrupted() -> None:
    code = (
        "import lishu_tui.cli.showing as s, os, signal\n"
        "s.covered = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from lishu_tui.cli import main; import sys; sys.argv = ['lishu-tui', 'show']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout) == (ExitCode.INTERRUPT, b"")
    assert b"Traceback" not in done.stderr
