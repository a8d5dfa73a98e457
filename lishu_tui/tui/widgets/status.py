"""The status line: the place, the reading, how far, the hits; at the right, a few keys."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from lishu_tui.tui.plain import plain
from lishu_tui.typeset import cells, clip

HINTS_FIRST = 34
"""Cells kept for hints that go first: about four of them."""


class Status(Widget):
    """One line. Where room is short the hints at the right give way first, then `more`; place and hits stay."""

    place: reactive[str] = reactive("")
    more: reactive[str] = reactive("")
    hits: reactive[str] = reactive("")
    hints: reactive[str] = reactive("")
    hints_first: reactive[bool] = reactive(False)
    """Whether `more` gives way before the hints do."""

    def render(self) -> RenderResult:
        width = self.size.width - 2
        parts = [part for part in (self.place, self.more, self.hits) if part]
        least = HINTS_FIRST if self.hints_first else 0
        if cells("  ".join(parts)) + min(least, cells(self.hints)) > width:
            parts = [part for part in (self.place, self.hits) if part]
        # The count of hits is the last to give way.
        if self.place and self.hits and cells("  ".join(parts)) > width:
            parts = [clip(self.place, max(width - cells(self.hits) - 2, 0)), self.hits]
        left = clip("  ".join(part for part in parts if part), width)
        room = width - cells(left) - 3
        words = self.hints.split("  ")
        while words and cells("  ".join(words)) > room:
            words.pop(0)
        right = "  ".join(words)
        gap = " " * max(width - cells(left) - cells(right), 0)
        return Content.assemble(" ", plain(left), gap, plain(right).stylize("dim"), " ")
