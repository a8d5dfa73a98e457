"""A file from disk made into an edition, with nothing stored: read once, and the first document in it made ready."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library import making
from lishu_tui.library.accepting import accept_bytes
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.texts import read_text


def open_file(path: Path) -> Edition:
    """The edition made of a file. Raises LishuError, in one line, for what cannot be read (exit 74) or is no text."""
    data = read(path)
    try:
        return edition_of(data, path.name)
    except LishuError as error:
        error.file = str(path)
        raise


def read(path: Path) -> bytes:
    """The bytes of a file, read once. Raises LishuError for a folder, a device, a pipe and what is too large."""
    name = str(path)
    try:
        # Without waiting: a pipe that nobody writes to would keep us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                wrong = "is a folder" if stat.S_ISDIR(mode) else "is a device or a pipe"
                raise LishuError(name, "", wrong, "a file of text")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(FILE_LIMIT + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        wrong = f"cannot be read ({error.strerror or error})"
        raise LishuError(name, "", wrong, "a file that can be read", exit_code=74) from None
    except ValueError:  # a NUL in it
        raise LishuError(name, "", "is no name of a file", "a file of text") from None


def edition_of(data: bytes, name: str) -> Edition:
    """The edition made of the first document in a file's bytes. Raises LishuError for what holds none."""
    accept_bytes(data, name)
    return making.edition_of(read_text(data, name))
