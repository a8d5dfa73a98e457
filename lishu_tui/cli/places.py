"""What commands share: the edition, an ADDRESS on the command line, and places as JSON says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lishu_tui.edition import Address, Edition, LishuError, Span, load_edition
from lishu_tui.edition.places import BUNDLED

if TYPE_CHECKING:  # which may be subscripted from click 8.5 on, and only by those who ask for types
    _Type = click.ParamType[Address]
    _Word = click.ParamType[str]
else:
    _Type = _Word = click.ParamType


def load() -> Edition:
    """The edition that commands are about."""
    return load_edition()


class AddressType(_Type):
    """An ADDRESS. Whether it leads anywhere is for the edition to say."""

    name = "ADDRESS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        return value if isinstance(value, Address) else Address.parse(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The document and its sections."""
        from click.shell_completion import CompletionItem

        known = [BUNDLED, *(f"{BUNDLED}/{section.id}" for section in load().sections)]
        return [CompletionItem(address) for address in known if address.startswith(incomplete)]


ADDRESS = AddressType()


class DocumentType(_Word):
    """The id of a document that there is."""

    name = "DOC"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value != BUNDLED:
            raise LishuError("document", str(value), "there is no such document", BUNDLED)
        return BUNDLED

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(BUNDLED)] if BUNDLED.startswith(incomplete) else []


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
