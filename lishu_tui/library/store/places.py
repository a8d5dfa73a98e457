"""Where the library is on this system."""

from __future__ import annotations

import os
from pathlib import Path

from lishu_tui.settings import folder


def library_file() -> Path:
    """`LISHU_TUI_LIBRARY`, or `library.db` in the data folder. Raises LishuError where nothing says where home is."""
    named = os.environ.get("LISHU_TUI_LIBRARY")
    return Path(named) if named else folder("data") / "library.db"
