"""What commands share: the document of an address, the library, and places as JSON says them. Knows no click."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from lishu_tui.edition import Address, LishuError
from lishu_tui.edition.places import BUNDLED

if TYPE_CHECKING:
    from lishu_tui.edition import Edition, Span
    from lishu_tui.edition.readable import Readable
    from lishu_tui.library.store import Library


def load(address: Address | str | None = None) -> Edition:
    """The edition that a command is about: that of an address or an id, the bundled one where there is none. Raises
    LishuError where there is no such document."""
    document = address.document if isinstance(address, Address) else address
    if document is None or document == BUNDLED:
        from lishu_tui.edition import load_edition

        return load_edition()
    with reading_library() as library:
        if library is not None and library.entry(document) is not None:
            return library.edition(document)
    raise no_document(document)


def no_document(document: str) -> LishuError:
    return LishuError("document", document, "there is no such document", "an id that `lishu-tui list` shows")


@contextmanager
def reading_library() -> Iterator[Library | None]:
    """The library, None where there is none yet. Raises LishuError where it cannot be read. Nothing is created."""
    from lishu_tui.settings import library_file

    path = library_file()
    if not os.path.lexists(path):
        yield None
        return
    from lishu_tui.library.store import Library

    with Library.open(path) as library:
        yield library


def documents() -> list[str]:
    """The ids of all documents, as far as they can be read: for the shell, which is told of no fault."""
    found = [BUNDLED]
    with suppress(LishuError), reading_library() as library:
        if library is not None:
            found += [entry.id for entry in library.entries(sort="title")]
    return found


def covered(edition: Readable, address: Address | None) -> list[Span]:
    """The places that an address covers, one span a paragraph; the whole document where it is None."""
    return list(edition.resolve(address or Address(edition.id)))


def place(edition: Readable, span: Span) -> dict[str, Any]:
    """A place of the restored reading, with the words that stand there."""
    paragraph = edition.paragraphs[span.paragraph]
    return {
        "address": str(edition.address(span)),
        "section": paragraph.section,
        "paragraph": paragraph.number,
        "start": span.start,
        "end": span.end,
        "text": edition.quote(span),
    }
