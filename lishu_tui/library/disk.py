"""A file on the disk, opened so that nothing can keep us waiting."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lishu_tui.edition import LishuError


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to be read. Raises LishuError for a folder, a device, a pipe and what cannot be opened."""
    name = str(path)
    try:
        # Without waiting: a pipe that nobody writes to would keep us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _unreadable(name, error) from None
    except ValueError:  # a NUL in it
        raise LishuError(name, "", "is no name of a file", "a file of text") from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            wrong = "is a folder" if stat.S_ISDIR(mode) else "is a device or a pipe"
            raise LishuError(name, "", wrong, "a file of text")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file
    except OSError as error:
        raise _unreadable(name, error) from None
    finally:
        os.close(descriptor)


def _unreadable(name: str, error: OSError) -> LishuError:
    wrong = f"cannot be read ({error.strerror or error})"
    return LishuError(name, "", wrong, "a file that can be read", exit_code=74)
