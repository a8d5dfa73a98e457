"""The reading room itself: screens, widgets, commands. The only room that knows Textual."""

from __future__ import annotations

import os

from lishu_tui.edition import Address, Edition


def run(address: Address | None = None, edition: Edition | None = None, *, stored: bool = False) -> int:
    """Open the reader on `edition` (the bundled one where None), at `address` if one is given; the exit code. Raises
    LishuError where there is no such place. An edition that is `stored` is in the library: its place is kept.

    Textual is imported here and not before: it reads its switches from the environment as it is imported. Under the
    Kitty keyboard protocol several terminals lose what an input method commits, so it is off unless asked for.
    """
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from lishu_tui.tui.app import open_reader

    return open_reader(address, edition, stored=stored)
