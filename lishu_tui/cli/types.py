"""The kinds of words on the command line that the shell can complete: an ADDRESS, and the id of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lishu_tui.cli.places import documents, load, no_document
from lishu_tui.edition import Address, LishuError

if TYPE_CHECKING:  # which may be subscripted from click 8.5 on, and only by those who ask for types
    _Type = click.ParamType[Address]
    _Word = click.ParamType[str]
else:
    _Type = _Word = click.ParamType


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
