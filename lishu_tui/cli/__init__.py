"""The command line: it parses, dispatches and prints, and never imports Textual before the reader is to open."""

from __future__ import annotations

import gc
import os
import sys
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
        if words or "_LISHU_TUI_COMPLETE" in os.environ:
            from lishu_tui.cli.program import run

            code = run(args)
        else:  # the way most come, on which there is nothing to parse
            from lishu_tui.cli.outcome import outcome
            from lishu_tui.cli.reader import open_reader

            code = outcome(lambda: open_reader(None))
    except KeyboardInterrupt:  # while the program was still being imported
        code = 130
    sys.exit(code)
