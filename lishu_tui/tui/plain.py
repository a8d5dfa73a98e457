"""The one way for text of the data into a widget: as Content or Text, never as markup, and made safe to show."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import StyleType
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from lishu_tui.edition import visible
from lishu_tui.edition.safe import UNSAFE


def plain(text: str) -> Content:
    """For widgets."""
    return Content(visible(text))


def plain_text(text: str, style: StyleType = "", *, no_wrap: bool = False) -> Text:
    """For Rich tables."""
    return Text(visible(text), style, no_wrap=no_wrap or None, end="")


class SafeLines(LineFilter):
    """The net beneath: whatever slipped past `visible` loses its unsafe characters before it is drawn. (Each has no
    width, so columns stay true; lone surrogates have one and are kept in width by a stand-in.)"""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [s if UNSAFE.search(s.text) is None else Segment(_without(s.text), s.style, s.control) for s in segments]


def _without(text: str) -> str:
    return UNSAFE.sub(lambda match: "\ufffd" if "\ud800" <= match[0] <= "\udfff" else "", text)
