"""An ADDRESS or a FILE on the command line: a document that is stored, or a page of one's own which is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from lishu_tui.cli import output
from lishu_tui.cli.files import STDIN, complete_files, is_there, read_file
from lishu_tui.cli.places import load, no_document, reading_library
from lishu_tui.cli.types import ADDRESS
from lishu_tui.edition import Address, Edition, LishuError
from lishu_tui.edition.places import BUNDLED


class Wanted(NamedTuple):
    """A document, and the part of it that was named; None where that is all of it."""

    edition: Edition
    address: Address | None


def load_text(word: str | None) -> Wanted:
    """The document that an ADDRESS or the name of a FILE (- is stdin) means; the bundled one where there is no word. A
    document that is stored goes before a file of that name (which is ./NAME). Raises LishuError if there is neither."""
    if word is None:
        return Wanted(load(), None)
    if word == STDIN:
        from lishu_tui.library.opening import edition_of

        return Wanted(edition_of(read_file(STDIN), "standard input"), None)
    address = wrong = None
    try:
        address = Address.parse(word)
    except LishuError as error:
        wrong = error
    if address is not None and (address.document == BUNDLED or _is_stored(address.document, sure=not is_there(word))):
        return Wanted(load(address), address)
    if is_there(word):
        from lishu_tui.library import open_file

        with output.waiting(f"opening {word}"):
            return Wanted(open_file(Path(word)), None)
    if address is not None:
        raise no_document(address.document)
    if wrong is not None and word.partition("/")[0] == BUNDLED:
        raise wrong  # it was meant for an address
    raise LishuError(word, "", "is neither an address nor a file", "DOC[/SECTION[/PARAGRAPH[:START-END]]] or a file")


def _is_stored(document: str, *, sure: bool) -> bool:
    """Whether the library has it. A fault of the library is said where nothing else can be meant."""
    try:
        with reading_library() as library:
            return library is not None and library.entry(document) is not None
    except LishuError:
        if sure:
            raise
        return False


def complete_texts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Let the shell complete addresses and names of files."""
    return [*ADDRESS.shell_complete(ctx, param, incomplete), *complete_files(ctx, param, incomplete)]


def origin(origin: str, rule: str) -> str:
    """`checked`, or `found` and by which rule."""
    return f"{origin} ({rule})" if rule else origin
