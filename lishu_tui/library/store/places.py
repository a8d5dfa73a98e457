"""Where the library is on this system: as the settings say, which know it without any of this room."""

from __future__ import annotations

from lishu_tui.settings import library_file

__all__ = ["library_file"]
