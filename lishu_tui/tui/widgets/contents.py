"""The contents at the side, in both languages, the section one is in lit.

A line-API widget of our own: the first screen waits for it, and an OptionList took 12 ms of it.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from lishu_tui.edition import Edition
from lishu_tui.typeset.margins import contents, first_shown


class Contents(Widget, can_focus=True):
    """One entry a section: its number and Chinese above its English. It follows the text while it has no focus of its
    own; with it the arrows move and Enter goes there."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"contents--entry", "contents--here", "contents--chosen"}

    class Chosen(Message):
        def __init__(self, section: int) -> None:
            super().__init__()
            self.section = section

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.highlighted = 0
        self._hovered: int | None = None
        self._top = 0
        self._lines = contents(edition.sections)
        self._last = len(edition.sections) - 1

    def follow(self, section: int) -> None:
        """Light the section that one is in."""
        if not self.has_focus:
            self._light(section)

    def _light(self, section: int) -> None:
        if section != self.highlighted:
            self.highlighted = section
            self._scroll()
            self.refresh()

    def _scroll(self) -> None:
        """Keep the lit section in a window that is lower than the contents."""
        self._top = first_shown(self._lines, self.highlighted, self._top, self.content_size.height)

    def on_resize(self) -> None:
        self._scroll()

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        number = self._top + y
        if number >= len(self._lines):
            return Strip.blank(self.content_size.width, base)
        section, text = self._lines[number]
        style = self.get_component_rich_style("contents--entry")
        if section == self.highlighted:
            style = self.get_component_rich_style("contents--chosen" if self.has_focus else "contents--here")
        if section == self._hovered:
            style += Style(underline=True)
        return Strip([Segment(text, style)]).adjust_cell_length(self.content_size.width, base)

    def _section_at(self, event: events.MouseEvent) -> int | None:
        place = event.get_content_offset(self)
        number = self._top + place.y if place is not None else -1
        return self._lines[number][0] if 0 <= number < len(self._lines) else None

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        section = self._section_at(event)
        if section is not None:
            self._light(section)
            self.post_message(self.Chosen(section))

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        section = self._section_at(event)
        if section != self._hovered:
            self._hovered = section
            self.refresh()

    def _on_leave(self, event: events.Leave) -> None:
        self._hovered = None
        self.refresh()

    async def _on_key(self, event: events.Key) -> None:
        last = self._last
        to = {
            "up": self.highlighted - 1,
            "k": self.highlighted - 1,
            "down": self.highlighted + 1,
            "j": self.highlighted + 1,
            "home": 0,
            "g": 0,
            "end": last,
            "G": last,
        }.get(event.key)
        if to is not None:
            self._light(min(max(to, 0), last))
        elif event.key == "enter":
            self.post_message(self.Chosen(self.highlighted))
        else:
            return
        event.stop()
