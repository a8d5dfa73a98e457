"""What is taken away, written into a file: all of it or nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from lishu_tui.edition import LishuError
from lishu_tui.edition.beside import beside


def write_beside(path: Path | str, chunks: Iterable[str | bytes]) -> int:
    """Write a file of these pieces, text as UTF-8, beside and then renamed: where anything fails, what was there stays
    as it was, and nothing is left beside it. How many bytes were written. The file keeps the rights of the one that it
    replaces; a link stays and the file that it leads to is replaced. Raises LishuError (exit code 74) where it cannot
    be written, and whatever the pieces raise."""
    try:
        real = Path(os.path.realpath(path))
        mode = _mode(real, str(path))
    except ValueError:
        raise LishuError(str(path), "", "is no name of a file", "a name without NUL") from None
    written = 0

    def fill(temporary: str) -> None:
        nonlocal written
        with open(temporary, "wb") as file:
            for chunk in chunks:
                written += file.write(chunk.encode() if isinstance(chunk, str) else chunk)
        os.chmod(temporary, mode)

    beside(real, fill)
    return written


def _mode(path: Path, named: str) -> int:
    """The rights of the file that is there, of a new one where there is none. Raises LishuError for what is no file:
    renamed over, a pipe or a device would be gone."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        mask = os.umask(0o022)  # there is no other way to ask
        os.umask(mask)
        return 0o666 & ~mask
    except OSError as error:
        raise LishuError(named, "", f"cannot be written ({error.strerror})", "a file", exit_code=74) from None
    if not stat.S_ISREG(found.st_mode):
        raise LishuError(named, "", "is a folder, a device or a pipe", "the name of a file", exit_code=74)
    return stat.S_IMODE(found.st_mode)
