"""What a document is: the model, its loading and checking, addresses, and text made safe to show."""

from lishu_tui.edition.address import Address
from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.load import load_edition
from lishu_tui.edition.model import READINGS, Edition, Reading, Section, Span, Statistic
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
