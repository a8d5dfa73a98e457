"""The status line: the place, the reading, how far, the hits, the title; at the right, a few keys, or what goes on."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from lishu_tui.edition import visible
from lishu_tui.tui.plain import plain
from lishu_tui.typeset import cells, clip

TITLE_FROM = 16
"""Cells from which a title is worth its room."""
HINTS_FIRST = 34
"""Cells kept for hints that go first: about four of them."""


class Status(Widget):
    """One line. Where room is short the title gives way first, then the hints at the right, then `more`; place and hits
    stay."""

    place: reactive[str] = reactive("")
    more: reactive[str] = reactive("")
    hits: reactive[str] = reactive("")
    title: reactive[str] = reactive("")
    progress: reactive[str] = reactive("")
    """What goes on meanwhile: it stands in the place of the hints."""
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
        right = clip(self.progress, max(room, 0)) if self.progress else "  ".join(words)
        free = width - cells(left) - cells(right)
        title = "  " + clip(visible(self.title), free - 5) if self.title and free - 5 >= TITLE_FROM else ""
        gap = " " * max(free - cells(title), 0)
        end = plain(right) if self.progress else plain(right).stylize("dim")
        return Content.assemble(" ", plain(left), plain(title).stylize("dim"), gap, end, " ")
