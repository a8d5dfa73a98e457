"""A first word that is no command: an address for the reader."""

from __future__ import annotations

import click

from lishu_tui.cli.program import COMMANDS, Command
from lishu_tui.cli.reader import open_reader
from lishu_tui.edition import Address, LishuError


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
    """Open the reader at ADDRESS."""
    word, *rest = words
    if rest:
        raise LishuError(word, "", "is no command", _slip(word))
    address = Address.parse(word)
    if address.section is None and word not in _documents():
        raise LishuError(word, "", "is neither a command nor a document", _slip(word))
    return open_reader(address)


def _documents() -> tuple[str, ...]:
    from lishu_tui.edition.places import BUNDLED

    return (BUNDLED,)
