"""A terminal for tests: a program in a real pty, its screen as pyte understands the bytes, and the bytes themselves.

    with Terminal([*PROGRAM, "lishu/closing"], 80, 24, home=tmp_path) as terminal:
        terminal.wait_for("截至目前")
        terminal.press("pagedown", "n")
        terminal.settle()
        assert terminal.style_at(*terminal.find("防控")).reverse
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert not terminal.modes_left_on()

Columns and rows are counted from 0. Nothing here knows Textual, so any program can be run, also a shell (which is what
stopping with Ctrl+Z needs: a program alone in its session has nobody to stop for).
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import shlex
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pyte

PROGRAM: list[str] = shlex.split(os.environ.get("LISHU_TUI_PROGRAM", "")) or [sys.executable, "-m", "lishu_tui"]
"""How the program is called: what the environment names, as for the installed wheel, else this checkout's."""

_KEPT = ("PATH", "PYTHONPATH", "TMPDIR", "VIRTUAL_ENV")

_PLAIN_KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "space": " ",
}  # fmt: skip
_LETTER_KEYS = {
    "up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H", "f1": "P", "f2": "Q", "f3": "R",
    "f4": "S",
}  # fmt: skip
_NUMBER_KEYS = {
    "insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20, "f10": 21,
    "f11": 23, "f12": 24,
}  # fmt: skip
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}

_MODES = {
    1000: "mouse 1000", 1002: "mouse 1002", 1003: "mouse 1003", 1006: "mouse 1006", 1015: "mouse 1015",
    1004: "focus 1004", 1047: "alternate screen", 1049: "alternate screen", 2004: "bracketed paste",
    2026: "synchronised output", 2048: "size reports",
}  # fmt: skip
_MODE = re.compile(rb"\x1b\[([?<=>])([0-9;:]*)([hlum])")

# A whole escape sequence that pyte 0.8 does not know and would print or trip over: strings (OSC, DCS, APC, PM, SOS),
# and CSI with a private mark or an intermediate character, except the setting and resetting of private modes.
_UNKNOWN = re.compile(
    rb"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\??[0-9;:]*[ -/]+[@-~]"
    rb"|\x1b\[\?[0-9;:]*[@-gi-km-~]"
)
# A frame that has begun and not ended: a terminal with synchronised output shows none of it until it is whole.
_BEGIN_FRAME, _END_FRAME = b"\x1b[?2026h", b"\x1b[?2026l"
# An escape sequence that has begun and not ended: the rest is in what is read next.
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?\Z")
_ALTERNATE = re.compile(rb"\x1b\[\?(?:1047|1049)([hl])")
_QUERY = re.compile(rb"\x1b\[(?:(\??6n)|(5n)|(0?c)|(>0?c)|\?([0-9]+)\$p)")


class Style(NamedTuple):
    """What stands in one cell and how. The second cell of a wide character holds the empty string."""

    text: str
    foreground: str
    background: str
    bold: bool
    italic: bool
    underline: bool
    reverse: bool


class NotSeen(AssertionError):
    """What was waited for did not come; the message shows the screen."""


def run_together(text: str) -> str:
    """The small Latin letters, dots and slashes of a screen, run together: a notice breaks its lines anywhere, beside
    text that has none of these."""
    return re.sub("[^a-z./-]", "", text)


def environment(home: Path, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """An environment that owes nothing to the person who runs the tests; `changes` are added, None takes a name out."""
    base: dict[str, str | None] = {name: os.environ[name] for name in _KEPT if name in os.environ}
    base |= {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
    base |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    folders = {"CONFIG": ".config", "STATE": ".local/state", "DATA": ".local/share", "CACHE": ".cache"}
    for kind, folder in folders.items():
        base[f"XDG_{kind}_HOME"] = str(home / folder)
    base |= changes or {}
    return {name: value for name, value in base.items() if value is not None}


def bytes_of_key(key: str) -> str:
    """What a terminal sends for a key: `enter`, `ctrl+d`, `shift+f4`, `alt+x`, or a character, which is itself."""
    if key in _PLAIN_KEYS:
        return _PLAIN_KEYS[key]
    if len(key) == 1:
        return key
    *names, last = key.split("+")
    modifier = sum(_MODIFIERS[name] for name in names)
    if last in _LETTER_KEYS:
        letter = _LETTER_KEYS[last]
        if not modifier:
            return f"\x1bO{letter}" if last[0] == "f" else f"\x1b[{letter}"
        return f"\x1b[1;{modifier + 1}{letter}"
    if last in _NUMBER_KEYS:
        return f"\x1b[{_NUMBER_KEYS[last]}{f';{modifier + 1}' if modifier else ''}~"
    if names == ["ctrl"] and len(last) == 1:
        return chr(ord(last.upper()) & 0x1F)
    if names == ["alt"]:
        return "\x1b" + bytes_of_key(last)
    raise ValueError(f"no key {key!r}")


class Terminal:
    """A program in a pty of `columns` × `rows`; the size is the pty's before the program begins.

    `home` is where it finds its home and XDG folders. `env` changes its environment. `stdin`, `stdout` and `stderr` may
    each be something else than the pty: a file, or `subprocess.DEVNULL`.
    """

    def __init__(
        self,
        program: Sequence[str | os.PathLike[str]],
        columns: int = 80,
        rows: int = 24,
        *,
        home: Path,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        stdin: Any = None,
        stdout: Any = None,
        stderr: Any = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.raw = bytearray()
        """Every byte the program wrote, as it wrote it."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfed: list[tuple[float, bytes]] = []
        self._held = b""
        self._beneath: tuple[Any, Any] | None = None
        # The slave is kept open here too, so that what the program leaves of the line settings can be looked at.
        self._master, self._slave = os.openpty()
        os.set_blocking(self._master, False)

        def enter_terminal() -> None:  # in the child, before the program begins
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

        slave = self._slave
        streams = [slave if stream is None else stream for stream in (stdin, stdout, stderr)]
        self.started = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                program,
                stdin=streams[0],
                stdout=streams[1],
                stderr=streams[2],
                env=environment(home, env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=enter_terminal,  # noqa: PLW1509 - two system calls, no lock
                pass_fds=(slave,),
            )
        except BaseException:
            os.close(self._master)
            os.close(self._slave)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the program, if it has not ended, and give the pty back."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────────────────

    def lines(self) -> list[str]:
        """The screen, a string a row, blanks at the right left out."""
        return ["".join(row[x].data for x in range(self.columns)).rstrip() for row in map(self._row, range(self.rows))]

    def text(self) -> str:
        return "\n".join(self.lines())

    def _row(self, y: int) -> Any:
        return self._screen.buffer[y]

    def find(self, text: str, start: int = 0) -> tuple[int, int]:
        """Column and row of the first cell of `text`, from row `start` on. Raises NotSeen."""
        for y in range(start, self.rows):
            cells = [self._row(y)[x].data for x in range(self.columns)]
            at = "".join(cells).find(text)
            if at >= 0:
                passed = 0
                for x, data in enumerate(cells):
                    if passed == at and data:
                        return x, y
                    passed += len(data)
        raise self._not_seen(f"{text!r} is not on the screen")

    def style_at(self, x: int, y: int) -> Style:
        cell = self._row(y)[x]
        return Style(cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.reverse)

    def styled(self, wanted: Callable[[Style], bool]) -> list[str]:
        """The runs of characters, row by row, whose style is `wanted`: `styled(lambda s: s.reverse)`."""
        found = []
        for y in range(self.rows):
            run = ""
            for style in [self.style_at(x, y) for x in range(self.columns)]:
                if wanted(style):
                    run += style.text
                elif run and style.text:
                    found.append(run)
                    run = ""
            if run:
                found.append(run)
        return found

    @property
    def cursor(self) -> tuple[int, int]:
        return self._screen.cursor.x, self._screen.cursor.y

    # ── waiting ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 10) -> float:
        """Wait until the screen shows `wanted`, a text or a predicate of the whole; the seconds until the bytes were
        there that show it. Raises NotSeen, at once where the program ends without."""
        shows = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        begun = time.perf_counter()
        if shows(self.text()):
            return 0.0
        while True:
            arrived = self._feed()
            if arrived is not None and shows(self.text()):
                return max(arrived - begun, 0.0)
            if arrived is None:
                left = begun + timeout - time.perf_counter()
                if left <= 0:
                    raise self._not_seen(f"{wanted!r} did not come in {timeout:g} s")
                if not self._read(min(left, 0.05)) and self._process.poll() is not None and not self._read(0):
                    raise self._not_seen(f"the program ended with {self._process.returncode} before {wanted!r} came")

    def settle(self, quiet: float = 0.2, timeout: float = 10) -> None:
        """Wait until nothing has been written for `quiet` seconds."""
        last = time.perf_counter()
        end = last + timeout
        while (now := time.perf_counter()) < end and now - last < quiet:
            if self._read(min(quiet, 0.02)):
                last = time.perf_counter()
                while self._feed() is not None:
                    pass

    def time_to_rest(self, since: float, quiet: float = 0.1) -> float:
        """Seconds from `since` (of `time.perf_counter`) until the bytes were there that make the screen what it stays.

        Everything is read first, until nothing more has come for `quiet` seconds, and understood afterwards, so that
        pyte takes none of the time. Raises NotSeen where the screen does not change.
        """
        before = self.text()
        last = time.perf_counter()
        while (now := time.perf_counter()) - last < quiet and now - since < 10:
            if self._read(0.01):
                last = time.perf_counter()
        shown = []
        while (arrived := self._feed()) is not None:
            shown.append((arrived, self.text()))
        if not shown or shown[-1][1] == before:
            raise self._not_seen("the screen did not change")
        return next(arrived for arrived, text in shown if text == shown[-1][1]) - since

    def wait_exit(self, timeout: float = 10) -> int:
        """Wait for the program's end; its exit code, −N where signal N ended it. All it wrote has then been read."""
        end = time.perf_counter() + timeout
        while self._process.poll() is None:
            if time.perf_counter() > end:
                raise self._not_seen(f"the program did not end in {timeout:g} s")
            self._read(0.02)
        while self._read(0):
            pass
        while self._feed() is not None:
            pass
        self._show(self._held)  # what broke off
        self._held = b""
        return self._process.returncode

    def _not_seen(self, what: str) -> NotSeen:
        edge = "─" * self.columns
        return NotSeen(f"{what}; the screen is\n{edge}\n{self.text()}\n{edge}")

    # ── what it is sent ─────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, data: str | bytes) -> None:
        """Write to the program as it stands, all of it, however slowly it is read."""
        left = memoryview(data.encode() if isinstance(data, str) else data)
        while left:
            _, writable, _ = select.select([], [self._master], [], 10)
            if not writable:
                raise self._not_seen("the program does not read what it is sent")
            left = left[os.write(self._master, left[:1024]) :]
            self._read(0)

    def press(self, *keys: str) -> None:
        """Press keys by name, see `bytes_of_key`."""
        for key in keys:
            self.send(bytes_of_key(key))

    def paste(self, text: str) -> None:
        self.send(f"\x1b[200~{text}\x1b[201~")

    def click(self, x: int, y: int, times: int = 1) -> None:
        for _ in range(times):
            self._mouse(0, x, y)
            self._mouse(0, x, y, release=True)

    def drag(self, start: tuple[int, int], end: tuple[int, int], through: Iterable[tuple[int, int]] = ()) -> None:
        """Press at `start`, move through the places given and to `end`, and let go there."""
        self._mouse(0, *start)
        for place in (*through, end):
            self._mouse(32, *place)
        self._mouse(0, *end, release=True)

    def wheel(self, x: int, y: int, turns: int) -> None:
        """Turn the wheel over a cell: down where `turns` is positive."""
        for _ in range(abs(turns)):
            self._mouse(65 if turns > 0 else 64, x, y)

    def _mouse(self, button: int, x: int, y: int, *, release: bool = False) -> None:
        self.send(f"\x1b[<{button};{x + 1};{y + 1}{'m' if release else 'M'}")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the kernel tells the program."""
        while self._feed() is not None:
            pass
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    # ── what it leaves and takes ────────────────────────────────────────────────────────────────────────────────────

    @property
    def pid(self) -> int:
        return self._process.pid

    def mark(self) -> int:
        """A place in the raw bytes, for `raw_since`."""
        return len(self.raw)

    def raw_since(self, mark: int) -> bytes:
        """What was written after `mark`; `settle` first where it is still coming."""
        return bytes(self.raw[mark:])

    def modes_left_on(self) -> set[str]:
        """The modes that the bytes written so far leave on, by name; empty where the terminal is whole."""
        left: set[str] = set()
        keyboards = 0
        for prefix, numbers, final in _MODE.findall(bytes(self.raw)):
            values = [int(n) for n in re.split(rb"[;:]", numbers) if n]
            if prefix == b"?" and final in b"hl":
                for value in values:
                    # The cursor is the one that is on to begin with.
                    name, on = ("cursor hidden", final == b"l") if value == 25 else (_MODES.get(value), final == b"h")
                    if name is not None:
                        (left.add if on else left.discard)(name)
            elif final == b"u" and prefix == b">":
                keyboards += 1
            elif final == b"u" and prefix == b"<":
                keyboards = max(keyboards - (values[0] if values else 1), 0)
            elif final == b"m" and prefix == b">" and values[:1] == [4]:
                (left.add if values[1:] not in ([], [0]) else left.discard)("modified keys")
        return left | ({"keyboard protocol"} if keyboards else set())

    def echoes(self) -> bool:
        """Whether the pty echoes and waits for whole lines, as a shell's does."""
        flags = termios.tcgetattr(self._slave)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    def memory(self) -> float:
        """Resident memory of the program and its children, in MiB. Linux only."""
        total, left = 0, [self._process.pid]
        while left:
            folder = Path(f"/proc/{left.pop()}")
            try:
                status = (folder / "status").read_text()
                for children in folder.glob("task/*/children"):
                    left += map(int, children.read_text().split())
            except OSError:
                continue
            found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
            total += int(found[1]) if found else 0
        return total / 1024

    # ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, timeout: float) -> bool:
        """Take what is there, waiting up to `timeout` seconds for it; whether there was anything."""
        readable, _, _ = select.select([self._master], [], [], timeout)
        if not readable:
            return False
        try:
            data = os.read(self._master, 65536)
        except (BlockingIOError, OSError):
            return False
        self._unfed.append((time.perf_counter(), data))
        self.raw += data
        return bool(data)

    def _feed(self) -> float | None:
        """Have pyte understand the next piece that was read; when it arrived, or None where there is none."""
        if not self._unfed:
            return None
        arrived, data = self._unfed.pop(0)
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        begun = data.rfind(_BEGIN_FRAME)
        if begun > data.rfind(_END_FRAME):
            end = min(end, begun)
        self._held = data[end:]
        self._show(data[:end])
        return arrived

    def _show(self, data: bytes) -> None:
        at = 0
        for switch in _ALTERNATE.finditer(data):
            self._understand(data[at : switch.start()])
            self._switch(switch[1] == b"h")
            at = switch.end()
        self._understand(data[at:])

    def _understand(self, data: bytes) -> None:
        at = 0
        for query in _QUERY.finditer(data):
            self._stream.feed(_UNKNOWN.sub(b"", data[at : query.start()]))
            self._answer(query)
            at = query.end()
        self._stream.feed(_UNKNOWN.sub(b"", data[at:]))

    def _answer(self, query: re.Match[bytes]) -> None:
        """Answer as a terminal that knows synchronised output, and no more than that."""
        place, status, attributes, more_attributes, mode = query.groups()
        if place:
            x, y = self.cursor
            self.send(f"\x1b[{y + 1};{x + 1}R")
        elif status:
            self.send("\x1b[0n")
        elif attributes:
            self.send("\x1b[?62;22c")
        elif more_attributes:
            self.send("\x1b[>1;10;0c")
        elif mode:
            self.send(f"\x1b[?{int(mode)};{2 if mode == b'2026' else 0}$y")

    def _switch(self, alternate: bool) -> None:
        """To the alternate screen, empty, and back to what lay beneath; pyte has only one."""
        screen = self._screen
        if alternate and self._beneath is None:
            self._beneath = ({y: row.copy() for y, row in screen.buffer.items()}, (screen.cursor.x, screen.cursor.y))
            screen.erase_in_display(2)
        elif not alternate and self._beneath is not None:
            rows, (x, y) = self._beneath
            self._beneath = None
            screen.erase_in_display(2)
            for number, row in rows.items():
                screen.buffer[number].update(row)
            screen.cursor_position(y + 1, x + 1)
