"""Files from a reader's disk made into editions, and the library in which they are kept.

What opens a file is imported when it is asked for: most commands only look into the library, and restore nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lishu_tui.library.opening import edition_of, open_file

__all__ = ["edition_of", "open_file"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lishu_tui.library import opening

    return getattr(opening, name)
