"""The status line: the place, the reading, how far, the hits, the title; at the right, a few keys, or what goes on."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from lishu_tui.tui.plain import plain
from lishu_tui.typeset.margins import foot


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
        left, title, gap, right = foot(
            self.size.width, self.place, self.more, self.hits, self.title, self.hints, self.progress, self.hints_first
        )
        end = plain(right) if self.progress else plain(right).stylize("dim")
        return Content.assemble(" ", plain(left), plain(title).stylize("dim"), gap, end, " ")
