"""What commands share: the edition, an ADDRESS on the command line, and places as JSON says them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from lishu_tui.edition import Address, Edition, LishuError, Span, load_edition
from lishu_tui.edition.places import BUNDLED
from lishu_tui.settings import library_file

if TYPE_CHECKING:
    from lishu_tui.library.store import Library

if TYPE_CHECKING:  # which may be subscripted from click 8.5 on, and only by those who ask for types
    _Type = click.ParamType[Address]
    _Word = click.ParamType[str]
else:
    _Type = _Word = click.ParamType


def load(address: Address | str | None = None) -> Edition:
    """The edition that a command is about: that of an address or an id, the bundled one where there is none. Raises
    LishuError where there is no such document."""
    document = address.document if isinstance(address, Address) else address
    if document is None or document == BUNDLED:
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


class AddressType(_Type):
    """An ADDRESS. Whether it leads anywhere is for the edition to say."""

    name = "ADDRESS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        return value if isinstance(value, Address) else Address.parse(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The documents, and the sections of the one that is named."""
        from click.shell_completion import CompletionItem

        document, slash, _ = incomplete.partition("/")
        known = documents()
        if (slash or known == [document]) and document in known:
            known += [f"{document}/{section.id}" for section in load(document).sections]
        return [CompletionItem(address) for address in known if address.startswith(incomplete)]


ADDRESS = AddressType()


class DocumentType(_Word):
    """The id of a document. Whether there is one is for the library to say."""

    name = "DOC"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            address = Address.parse(str(value))
        except LishuError:
            address = None
        if address is None or address.section is not None:
            raise no_document(str(value))
        return address.document

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(id) for id in documents() if id.startswith(incomplete)]


DOCUMENT = DocumentType()


def covered(edition: Edition, address: Address | None) -> list[Span]:
    """The places that an address covers, one span a paragraph; the whole document where it is None."""
    return list(edition.resolve(address or Address(edition.id)))


def place(edition: Edition, span: Span) -> dict[str, Any]:
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
