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

from lishu_tui.edition import Edition, visible
from lishu_tui.typeset import break_lines, clip

ROOM = 21
"""Cells for the English of a heading: the width in styles.tcss less padding and indent."""
INDENT = "  "


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
        self._lines: list[tuple[int, str]] = []  # the section of each line, and its text
        self._first: list[int] = []
        self._width = ROOM + len(INDENT)
        for number, section in enumerate(edition.sections):
            label = visible(section.short_label)
            english = visible(section.label_en)
            self._first.append(len(self._lines))
            self._lines.append((number, clip(f"{number} {label}", self._width)))
            if english:
                self._lines += [(number, INDENT + english[a:b].rstrip()) for a, b in break_lines(english, ROOM)]

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
        first = self._first[self.highlighted]
        last = next((y for y in range(first, len(self._lines)) if self._lines[y][0] != self.highlighted), None)
        last = len(self._lines) if last is None else last
        height = max(self.content_size.height, 1)
        self._top = max(min(self._top, first), last - height, 0)

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
        last = len(self._first) - 1
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
