"""The command line: it parses, dispatches and prints, and never imports Textual before the reader is to open."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run one command line (that of the process where None) and leave with its exit code, see `ExitCode`."""
    gc.disable()  # a command is over before there is garbage to speak of, and looking for it took 2 ms of 70
    try:
        from lishu_tui.cli.program import run

        code = run(args)
    except KeyboardInterrupt:  # while the program was still being imported
        code = 130
    sys.exit(code)
