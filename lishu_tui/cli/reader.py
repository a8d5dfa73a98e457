"""The reader, or, where there is no terminal to draw it on, the text printed plainly. Knows no click."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from lishu_tui.cli import output

if TYPE_CHECKING:
    from lishu_tui.edition import Address, Edition


def can_draw() -> bool:
    """Whether the reader can open: keys come from stdin, drawing goes to stderr, and stdout must not wait for data."""
    return not output.is_plain_terminal() and all(map(output.is_terminal, (sys.stdin, sys.stdout, sys.stderr)))


def open_reader(address: Address | None, edition: Edition | None = None, *, stored: bool = False) -> int:
    """Open the reader on `edition` (the bundled one, if None) at `address` (where one left off, if None), or print the
    text; the exit code. A `stored` edition is one of the library, whose place is kept."""
    if not can_draw():
        from lishu_tui.cli.showing import show_text

        show_text(address, "restored", as_json=False, edition=edition)
        return 0
    # Before Textual is first imported, which reads it then: under the Kitty keyboard protocol many terminals lose what
    # an input method commits.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    if edition is None:
        from lishu_tui.tui import run

        return run(address)
    from lishu_tui.first import painting, terminal

    if address is None:
        painting.paint(edition)
    try:
        from lishu_tui.tui import run

        return run(address, edition=edition, stored=stored)
    finally:
        terminal.give_back()
