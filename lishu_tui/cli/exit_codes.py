"""What the exit status of a command says."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """One number, one meaning; the README's table is this one. A signal N that ends the reader gives 128 + N."""

    OK = 0
    NEGATIVE = 1
    """The answer is no: nothing was found, or a check failed."""
    USAGE = 2
    """The command line or the data is wrong."""
    FAULT = 70
    """A fault of ours: please report it, with the log file that the line names."""
    IO = 74
    """Reading or writing failed."""
    INTERRUPT = 130
    """Ctrl+C."""
    PIPE = 141
    """The reader of our output went away (`| head`): quiet, as the shell's own tools are."""
