"""What a text reports: quantities, and who says what; by rules, each with its reason.

Each part is imported when it is asked for: their rules take a tenth of a second to make ready.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lishu_tui.figures.counting import Quantity
    from lishu_tui.figures.names import find_names
    from lishu_tui.figures.numerals import read_number
    from lishu_tui.figures.quantities import find_quantities
    from lishu_tui.figures.speech import find_speech

__all__ = ["Quantity", "find_names", "find_quantities", "find_speech", "read_number"]

_HOMES = {
    "Quantity": "counting", "find_names": "names", "find_quantities": "quantities", "find_speech": "speech",
    "read_number": "numerals",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
