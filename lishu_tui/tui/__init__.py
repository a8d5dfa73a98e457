"""The reading room itself: screens, widgets, commands. The only room that knows Textual."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lishu_tui.edition import Address, Edition


def _import_asyncio() -> None:
    """Which Textual runs on, without `ssl`: it allows for that, nobody here speaks to a server, and its tables are a
    megabyte and 4 ms. Whoever imports `ssl` later gets it."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def run(address: Address | None = None, edition: Edition | None = None, *, stored: bool = False) -> int:
    """Open the reader on `edition` (the bundled one where None), at `address` if one is given; the exit code. Raises
    LishuError where there is no such place. An edition that is `stored` is in the library: its place is kept.

    Textual is imported here and not before: it reads its switches from the environment as it is imported. Under the
    Kitty keyboard protocol several terminals lose what an input method commits, so it is off unless asked for.
    """
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    _import_asyncio()
    from lishu_tui.tui.app import open_reader

    return open_reader(address, edition, stored=stored)
