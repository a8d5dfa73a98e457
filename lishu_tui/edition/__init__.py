"""What a document is: the model, its loading and checking, addresses, and text made safe to show.

What is named here is imported when it is asked for: the first screen needs little of it, and has no time for the rest.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.edition.address import Address
    from lishu_tui.edition.errors import LishuError
    from lishu_tui.edition.load import load_edition
    from lishu_tui.edition.model import Edition, Section, Statistic
    from lishu_tui.edition.readable import READINGS, Reading, Span
    from lishu_tui.edition.safe import visible

__all__ = [
    "READINGS",
    "Address",
    "Edition",
    "LishuError",
    "Reading",
    "Section",
    "Span",
    "Statistic",
    "load_edition",
    "visible",
]
_WHERE = {
    "READINGS": "readable", "Address": "address", "LishuError": "errors", "Reading": "readable", "Span": "readable",
    "load_edition": "load", "visible": "safe",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_WHERE.get(name, 'model')}"), name)
    globals()[name] = value
    return value
