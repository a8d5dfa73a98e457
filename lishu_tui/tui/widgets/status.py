"""The status line: the place, the reading, how far, the hits; at the right, a few keys."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from lishu_tui.tui.plain import plain
from lishu_tui.typeset import cells, clip


class Status(Widget):
    """One line. Where room is short the hints at the right give way first, then `more`; place and hits stay."""

    place: reactive[str] = reactive("")
    more: reactive[str] = reactive("")
    hits: reactive[str] = reactive("")
    hints: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        width = self.size.width - 2
        parts = [part for part in (self.place, self.more, self.hits) if part]
        if cells("  ".join(parts)) > width:
            parts = [part for part in (self.place, self.hits) if part]
        left = clip("  ".join(parts), width)
        room = width - cells(left) - 3
        words = self.hints.split("  ")
        while words and cells("  ".join(words)) > room:
            words.pop(0)
        right = "  ".join(words)
        gap = " " * max(width - cells(left) - cells(right), 0)
        return Content.assemble(" ", plain(left), gap, plain(right).stylize("dim"), " ")
