"""The status line: the place, the reading, how far, the hits; at the right, a few keys."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from lishu_tui.tui.plain import plain
from lishu_tui.typeset import cells, clip


class Status(Widget):
    """One line. The left part is kept whole as long as it fits, the right part gives way."""

    left: reactive[str] = reactive("")
    hits: reactive[str] = reactive("")
    hints: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        width = self.size.width - 2
        left = clip("  ".join(part for part in (self.left, self.hits) if part), width)
        room = width - cells(left) - 3
        words = self.hints.split("  ")
        while words and cells("  ".join(words)) > room:
            words.pop(0)
        right = "  ".join(words)
        gap = " " * max(width - cells(left) - cells(right), 0)
        return Content.assemble(" ", plain(left), gap, plain(right).stylize("dim"), " ")
