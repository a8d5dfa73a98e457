"""The one place where anything is printed: stdout is data, everything else is one line on stderr.

Whatever comes from a document or from the command line passes `visible` (text) or an escape (JSON) on its way out;
the exceptions are the capture and a file's restored text on their way to a pipe, which are not ours to change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from lishu_tui.cli.exit_codes import ExitCode

# Nothing of `edition` is imported up here: `--help` needs none of it, and it is half of what a command costs to start.
if TYPE_CHECKING:
    from rich.console import Console

    from lishu_tui.edition import LishuError

Cell = str | int | float | None


class PipeClosed(Exception):
    """Whoever read our output has gone; there is no one left to tell."""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is open and a terminal. A closed standard stream is None."""
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False


def is_plain_terminal() -> bool:
    """Whether the terminal, if it is one, understands no escape sequences."""
    return os.environ.get("TERM", "") in ("", "dumb")


def prepare() -> None:
    """Let neither stream raise because its encoding lacks a character: it is written as \\uXXXX instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(OSError, ValueError):
                reconfigure(errors="backslashreplace")


def _forget(stream: TextIO | None) -> None:
    """Send what is left in the buffer nowhere, so that the interpreter does not try (and complain) once more."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(null, stream.fileno())  # type: ignore[union-attr]
        finally:
            os.close(null)


def _write_error(wrong: str) -> LishuError:
    from lishu_tui.edition import LishuError

    return LishuError("write error", "", wrong, "", exit_code=ExitCode.IO)


@contextmanager
def writing() -> Iterator[TextIO]:
    """stdout, flushed at the end; a failure is PipeClosed or a LishuError with exit code 74."""
    stream = sys.stdout
    if stream is None or stream.closed:
        raise _write_error("standard output is closed")
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        _forget(stream)
        raise PipeClosed from None
    except OSError as error:
        _forget(stream)
        raise _write_error(error.strerror or str(error)) from None


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """While something takes its time, say so on a terminal, and take it back when it is done."""
    shown = is_terminal(sys.stderr) and not is_plain_terminal()
    if shown:
        sys.stderr.write(visible(f"{what} …"))
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def visible(text: str) -> str:
    """Text made safe to show, see `edition.visible`."""
    from lishu_tui.edition import visible as safe

    return safe(text)


def write(text: str) -> None:
    """Print text that is already safe to show, as it is."""
    with writing() as stream:
        stream.write(text)


def write_lines(lines: Iterable[str]) -> None:
    """Print lines of text, each made safe to show."""
    write("".join(visible(line) + "\n" for line in lines))


def write_text(text: str) -> None:
    """Print a text exactly as it is, line ends included, to what is no terminal."""
    with writing() as stream:
        encoded = text.encode(stream.encoding or "utf-8", stream.errors or "strict")
        stream.flush()
        stream.buffer.write(encoded)
        stream.buffer.flush()


def write_bytes(data: bytes) -> None:
    """Print bytes exactly as they are."""
    with writing() as stream:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()


def _escape(text: str) -> str:
    """Every unsafe character but the line ends of the layout as JSON spells it: \\uXXXX, above U+FFFF a pair."""

    def one(character: str) -> str:
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))

    from lishu_tui.edition.safe import UNSAFE

    return UNSAFE.sub(lambda match: "\n" if match[0] == "\n" else one(match[0]), text)


def write_json(value: Any) -> None:
    """Print `value` as JSON in UTF-8 characters, or wholly in ASCII where stdout's encoding cannot carry them."""
    import json

    text = _escape(json.dumps(value, ensure_ascii=False, indent=2))
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    write(text + "\n")


def write_json_line(value: Any) -> None:
    """Print `value` as one line of JSON; what reads it may begin at once."""
    import json

    text = _escape(json.dumps(value, ensure_ascii=False))
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    write(text + "\n")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print a table as CSV with lines ended by a newline; numbers stay numbers, None is an empty cell."""
    from lishu_tui.export.tables import as_csv

    write(as_csv([header, *rows]))


def write_tsv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print a table parted by tabs, as `write_csv` does by commas."""
    from lishu_tui.export.tables import tsv

    write(tsv([header, *rows]))


WRITERS = {"csv": write_csv, "tsv": write_tsv}
"""By the name of the option."""


def write_rows(rows: Iterable[Iterable[str]]) -> None:
    """Print rows with their columns parted by tabs."""
    write("".join("\t".join(map(visible, row)) + "\n" for row in rows))


def write_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows, the first being the heads of the columns: aligned on a terminal that is wide enough, as a line and an
    indented line a row on one that is not, parted by tabs elsewhere."""
    if not is_terminal(sys.stdout):
        write_rows(rows)
        return
    from shutil import get_terminal_size

    from lishu_tui.typeset import cells

    shown = [[visible(cell) for cell in row] for row in rows]
    wide = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    if sum(wide) + 2 * (len(wide) - 1) <= get_terminal_size().columns:
        lines = ["  ".join(c + " " * (w - cells(c)) for c, w in zip(row, wide, strict=True)) for row in shown]
    else:
        lines = []
        for first, *rest in shown[1:]:
            named = zip(rest, shown[0][1:], strict=True)
            lines += [first, "  " + " · ".join(f"{c} {head}" if c.isdecimal() else c for c, head in named if c)]
    write("".join(line.rstrip() + "\n" for line in lines))


def console() -> Console:
    """A Rich console on stdout which reads no markup and lights nothing up by itself. Only for a terminal: it is the
    one road to Rich, so that what is piped need not wait for it. To be used within `writing`."""
    from rich.console import Console

    if is_plain_terminal():  # which Rich takes for one with sixteen colours, where TERM is not set
        return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, color_system=None)
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False)


def quiet_console(stream: TextIO) -> Console:
    """The same on another stream that is a terminal, for what moves on it. The cursor stays: nothing would bring it
    back after a signal that cannot be caught, or while we are stopped."""
    from rich.console import Console

    class Still(Console):
        def show_cursor(self, show: bool = True) -> bool:
            return False

    return Still(file=stream, markup=False, highlight=False, emoji=False)


def complain(message: str) -> None:
    """One line on stderr. Where that is closed or full there is nothing to be done, and nothing is raised."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"lishu-tui: {visible(message)}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        _forget(sys.stderr)
