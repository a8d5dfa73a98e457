"""Selection in the body, across soft wraps: places are (paragraph, character), never cells.

It is our own and not Textual's: a press in a margin or below the text counts as the nearest character, either half of a
wide character counts as its nearer edge, and a drag past an edge scrolls.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from itertools import chain
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView

from lishu_tui.edition import Edition, Reading, Span
from lishu_tui.typeset import Layout, Piece, widths

CLAUSE_ENDS = re.compile(r"[，。、；：！？…—（）《》【】“”‘’\s,;:!?()]+")
SCROLL_STEP = 3
"""Lines a turn of the wheel moves."""


class Point(NamedTuple):
    """A place between characters, ordered as the text is."""

    paragraph: int
    character: int


class Selectable(ScrollView):
    """A view of a layout in which text can be selected with the mouse. The body says what is laid out, where its top
    is, how it moves, and what to draw anew."""

    edition: Edition
    reading: Reading
    page: Layout

    class Selected(Message):
        """The selection has changed; `text` is what it holds."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__()
        self.selection: tuple[Point, Point, bool] | None = None
        self._press: tuple[Point, bool] | None = None

    @property
    @abstractmethod
    def top(self) -> int:
        """The line of the layout at the top of the screen."""

    @abstractmethod
    def move_lines(self, count: int) -> None:
        """Scroll by lines."""

    @abstractmethod
    def redraw(self) -> None:
        """Draw anew what is shown: something is lit or selected otherwise."""

    # ── the mouse ───────────────────────────────────────────────────────────────────────────────────────────────────

    def point_at(self, x: int, y: int, english: bool | None = None) -> tuple[Point, bool] | None:
        """The place nearest to cell (x, y) of the widget, and whether it is in the English. None where there is no
        text. `english` asks for one of the two columns."""
        lines = self.page.lines
        number = min(max(self.top + y, 0), len(lines) - 1)
        below = self.top + y >= len(lines)
        best: tuple[int, Piece] | None = None
        # The line itself, else the nearest above, else below: blank lines belong to the text before them.
        for candidate in chain(range(number, -1, -1), range(number + 1, len(lines))):
            for piece in lines[candidate]:
                in_english = piece.kind in ("english", "heading_en")
                if piece.paragraph < 0 or (english is not None and in_english != english):
                    continue
                width = sum(widths(piece.text))
                far = max(piece.x - x, x - piece.x - width, 0)
                if best is None or far < best[0]:
                    best = (far, piece)
            if best is not None:
                number_found = candidate
                break
        if best is None:
            return None
        piece = best[1]
        in_english = piece.kind in ("english", "heading_en")
        if number_found < number or below:
            return Point(piece.paragraph, piece.end), in_english
        if number_found > number:
            return Point(piece.paragraph, piece.start), in_english
        at, character = piece.x, 0
        for width in widths(piece.text):
            if x < at + (width + 1) // 2:
                break
            at += width
            character += 1
        return Point(piece.paragraph, piece.start + character), in_english

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        found = self.point_at(event.x, event.y)
        self.select(None)
        if found is not None:
            self._press = found
            self.capture_mouse()
        event.stop()

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        if self._press is None:
            return
        height = self.scrollable_content_region.height
        if event.y < 0:
            self.move_lines(-1)
        elif event.y >= height:
            self.move_lines(1)
        start, english = self._press
        found = self.point_at(event.x, event.y, english)
        if found is not None:
            end = found[0]
            self.select((*sorted((start, end)), english) if start != end else None)  # type: ignore[arg-type]
        event.stop()

    async def _on_mouse_up(self, event: events.MouseUp) -> None:
        if self._press is not None:
            self._press = None
            self.release_mouse()
            event.stop()

    async def _on_click(self, event: events.Click) -> None:
        """Twice: the clause, between marks. Thrice: the paragraph."""
        event.stop()
        if event.chain < 2:
            return
        found = self.point_at(event.x, event.y)
        if found is None:
            return
        (paragraph, character), english = found
        text = self.edition.text(paragraph, "english" if english else self.reading)
        start, end = 0, len(text)
        if event.chain == 2:
            for mark in CLAUSE_ENDS.finditer(text):
                if mark.end() <= character:
                    start = mark.end()
                elif mark.start() >= character:
                    end = mark.start()
                    break
        self.select((Point(paragraph, start), Point(paragraph, end), english))

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.move_lines(SCROLL_STEP)
        event.stop()
        event.prevent_default()

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.move_lines(-SCROLL_STEP)
        event.stop()
        event.prevent_default()

    # ── selection ───────────────────────────────────────────────────────────────────────────────────────────────────

    def select(self, selection: tuple[Point, Point, bool] | None) -> None:
        """Select from one point to another, or nothing."""
        if selection != self.selection:
            self.selection = selection
            self.redraw()
            self.post_message(self.Selected(self.selected_text()))

    def _selected_spans(self, paragraph: int) -> list[Span]:
        assert self.selection is not None
        start, end, _ = self.selection
        if not start.paragraph <= paragraph <= end.paragraph:
            return []
        a = start.character if paragraph == start.paragraph else 0
        b = end.character if paragraph == end.paragraph else 1 << 30
        return [Span(paragraph, a, b)]

    def selected_text(self) -> str:
        """The characters selected, as the reading has them; a newline between paragraphs, none where a line is broken
        by us."""
        if self.selection is None:
            return ""
        start, end, english = self.selection
        parts = []
        for paragraph in range(start.paragraph, end.paragraph + 1):
            for span in self._selected_spans(paragraph):
                text = self.edition.text(paragraph, "english" if english else self.reading)
                parts.append(text[span.start : span.end])
        return "\n".join(parts)
