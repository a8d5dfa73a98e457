"""A first word that is no command: an address for the reader, or a file."""

from __future__ import annotations

from pathlib import Path

import click

from lishu_tui.cli import output
from lishu_tui.cli.files import is_there
from lishu_tui.cli.places import no_document, reading_library
from lishu_tui.cli.program import COMMANDS, Command
from lishu_tui.cli.reader import open_reader
from lishu_tui.edition import Address, Edition, LishuError, load_edition
from lishu_tui.edition.places import BUNDLED
from lishu_tui.edition.quoting import Pinned, digest


class _Read(Command):
    """`lishu-tui ADDRESS --help` is `lishu-tui --help`."""

    def get_help(self, ctx: click.Context) -> str:
        return ctx.parent.get_help() if ctx.parent is not None else super().get_help(ctx)


def _slip(word: str) -> str:
    """What the word may have been meant for."""
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    return f"{near[0]!r}" if near else "a command of `lishu-tui --help`, or DOC[/SECTION[/PARAGRAPH[:START-END]]]"


@click.command(cls=_Read, hidden=True)
@click.argument("words", metavar="ADDRESS", nargs=-1, required=True)
def read(words: tuple[str, ...]) -> int:
    """Open the reader at ADDRESS, or on FILE."""
    word, *rest = words
    if rest:
        raise LishuError(word, "", "is no command", _slip(word))
    pinned = _pinned(word)
    address = pinned.address if pinned is not None else None
    # A document by its name alone is opened where one left off.
    place = address if address is not None and address.section is not None else None
    if pinned is not None and pinned.address.document == BUNDLED:
        if pinned.digest:  # else the reader loads it
            _same_capture(pinned, load_edition())
        return open_reader(place)
    if pinned is not None and (edition := _stored(pinned.address, must=not is_there(word))) is not None:
        _same_capture(pinned, edition)
        return open_reader(place, edition, stored=True)
    if is_there(word):
        from lishu_tui.library import open_file

        with output.waiting(f"opening {word}"):
            edition = open_file(Path(word))
        return open_reader(None, edition)
    if address is None:
        raise LishuError(word, "", "is no command, address or file", _slip(word))
    if address.section is None:
        raise LishuError(word, "", "is neither a command nor a document nor a file", _slip(word))
    raise no_document(address.document)


def _pinned(word: str) -> Pinned | None:
    """The address that a word is, as it is copied too, with the beginning of the capture's digest."""
    try:
        return Pinned.parse(word)
    except LishuError:
        return None


def _same_capture(pinned: Pinned, edition: Edition) -> None:
    """Raises LishuError where an address is of another capture than the one that is here."""
    if pinned.digest and not digest(edition).startswith(pinned.digest):
        wrong = f"is of another capture than {edition.id} is now"
        raise LishuError(str(pinned), "", wrong, "`lishu-tui resolve` with the words, which finds them again")


def _stored(address: Address, *, must: bool) -> Edition | None:
    """The document in the library, None where there is none. What is wrong with the library is said where nothing
    else can be meant."""
    try:
        with reading_library() as library:
            found = library is not None and library.entry(address.document) is not None
            return library.edition(address.document) if library is not None and found else None
    except LishuError:
        if must:
            raise
    return None
