"""Files written beside and then given their names, so that there never is half of one. Knows nothing of what is in
them: all rooms that write to the disk stand on it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from lishu_tui.edition.errors import LishuError

FULL = (errno.ENOSPC, errno.EDQUOT)


def beside(
    path: Path,
    fill: Callable[[str], object],
    name: Callable[[str, Path], object] | None = None,
    *,
    leavings: Sequence[str] = (),
) -> None:
    """Have a temporary file in the same folder filled, put it on the disk, and give it its name by `name`, else in the
    place of what is there; or leave all as it was. `leavings` are the endings of what a filler may leave beside it.
    Raises LishuError (exit code 74) where the disk says no, and whatever `fill` and `name` raise besides."""
    import tempfile  # which takes time, and most who start never write

    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}-")
        os.close(handle)
        fill(temporary)
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        (name or os.replace)(temporary, path)
        with suppress(OSError):  # where a system lets one ask for it: its name too is on the disk
            handle = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    except OSError as error:
        wrong = f"cannot be written ({error.strerror})"
        expected = "room for it: nothing was changed" if error.errno in FULL else "a folder that can be written"
        raise LishuError(str(path), "", wrong, expected, exit_code=74) from None
    finally:
        for left in (temporary, *(temporary + ending for ending in leavings)) if temporary else ():
            with suppress(OSError):
                os.unlink(left)
