"""The reader, or, where there is no terminal to draw it on, the text printed plainly."""

from __future__ import annotations

import gc
import os
import sys

import click

from lishu_tui.cli import output
from lishu_tui.cli.program import COMMANDS, Command
from lishu_tui.edition import Address, LishuError


def can_draw() -> bool:
    """Whether the reader can open: keys come from stdin, drawing goes to stderr, and stdout must not wait for data."""
    return not output.is_plain_terminal() and all(map(output.is_terminal, (sys.stdin, sys.stdout, sys.stderr)))


def open_reader(address: Address | None) -> int:
    """Open the reader at `address` (where one left off, if None) or print the text; the exit code."""
    if not can_draw():
        from lishu_tui.cli.show import show_text

        show_text(address, "restored", as_json=False)
        return 0
    # Before Textual is first imported, which reads it then: under the Kitty keyboard protocol many terminals lose what
    # an input method commits.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    gc.enable()  # which `main` put off
    from lishu_tui.tui import run

    return run(address)


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
