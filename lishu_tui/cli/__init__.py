"""The command line: it parses, dispatches and prints, and never imports Textual before the reader is to open."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run one command line (that of the process where None) and leave with its exit code, see `ExitCode`."""
    # A command is over before there is garbage to speak of, and looking for it took 2 ms of 70, and 22 of the reader's
    # start; the reader switches it on again once its first screen is drawn.
    gc.disable()
    try:
        words = sys.argv[1:] if args is None else args
        # Without words, the way most come, there is nothing to parse.
        code = _command(words) if words or "_LISHU_TUI_COMPLETE" in os.environ else _open()
    except KeyboardInterrupt:  # while the program was still being imported
        code = 130
    sys.exit(code)


def _command(words: Sequence[str]) -> int:
    """What the words ask for, by the short road where there is one."""
    if "_LISHU_TUI_COMPLETE" not in os.environ:
        from lishu_tui.cli.plain import answer

        if (code := answer(words)) is not None:
            return code
    from lishu_tui.cli.program import run

    return run(words)


def _open() -> int:
    """The reader where one left off, its first screen painted before anything else is imported."""
    from lishu_tui.first.painting import paint

    paint()
    from lishu_tui.cli.outcome import outcome

    return outcome(_read)


def _read() -> int:
    from lishu_tui.cli.reader import open_reader
    from lishu_tui.first.terminal import give_back

    try:
        return open_reader(None)
    finally:
        give_back()
