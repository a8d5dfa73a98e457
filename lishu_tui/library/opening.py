"""A file from disk made into an edition, with nothing stored: read once, and the first document in it made ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library import making
from lishu_tui.library.captured import Captured, Notice, Read
from lishu_tui.library.formats import read_bytes, read_file

MORE = "There are more documents in the file; this is the first. `lishu-tui import` takes in all of them."


def open_file(path: Path) -> Edition:
    """The edition made of the first document in a file. Raises LishuError, in one line, for what cannot be read (exit
    74) or holds none."""
    return _first(read_file(path), str(path))


def edition_of(data: bytes, name: str) -> Edition:
    """The same for the bytes of a file called `name`."""
    return _first(read_bytes(data, name), name)


def _first(reads: Iterator[Read], file: str) -> Edition:
    """The first document that can be made ready, with what there is to say of the file it was in."""
    found: Captured | None = None
    wrong: LishuError | None = None
    said: list[str] = []
    for read in reads:
        if isinstance(read, Notice):
            said.append(f"{read.text[:1].upper()}{read.text[1:]}.".replace("..", "."))
        elif isinstance(read, LishuError):
            wrong = wrong or read
        elif found is not None:
            said.append(MORE)
            break
        else:
            found = read
    if found is None:
        raise wrong or LishuError(file, "", "has no document in it", "a page, a text or a book")
    try:
        return making.edition_of(msgspec.structs.replace(found, remarks=(*found.remarks, *said)))
    except LishuError as error:
        error.file = file
        raise
