"""Selection with the keys: a cursor in the text, and how far from it the selection has come. Where a movement leads
is said in characters and lines of the layout; only up and down keep to a column of cells."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from lishu_tui.edition import Span
from lishu_tui.tui.commands import SELECTING
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.widgets.selecting import CLAUSE_ENDS, Point, Selectable
from lishu_tui.typeset import Piece, widths

ENGLISH = ("english", "heading_en")


class Caret(NamedTuple):
    """The character that a selection began at, and the one that it has come to; both are in it. `cell` is what up and
    down keep to."""

    anchor: Point
    head: Point
    english: bool
    cell: int


class KeySelecting(Selectable, inherit_bindings=False):
    """A view in which text can be selected with the keys too. They have their meaning while there is a caret."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SELECTING)
    caret: Caret | None = None
    moved: Callable[[], None]

    @abstractmethod
    def remember(self) -> None:
        """Take the place at the top of the screen as the one to keep."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.caret is not None

    # ── beginning, leaving ──────────────────────────────────────────────────────────────────────────────────────────

    def begin_selecting(self, at: Point, *, english: bool = False) -> None:
        """Select from a character on; where something is selected already, go on from its end."""
        anchor = head = at
        if self.selection is not None:
            anchor, end, english = self.selection
            head = Point(end.paragraph, max(end.character - 1, 0))
        self._come_to(anchor, head, english)

    def select(self, selection: tuple[Point, Point, bool] | None) -> None:
        """What is selected otherwise ends a selection with the keys."""
        if self.caret is not None:
            self.caret = None
            self.redraw()
            self.moved()
        super().select(selection)

    def action_select_keep(self) -> None:
        if self.caret is not None:
            self.caret = None
            self.redraw()
            self.moved()

    def action_select_leave(self) -> None:
        self.select(None)

    def _come_to(self, anchor: Point, head: Point, english: bool, cell: int | None = None) -> None:
        y, piece = self._piece(head, english)
        self.caret = Caret(anchor, head, english, self._cell(piece, head) if cell is None else cell)
        first, last = sorted((anchor, head))
        behind = self._behind(last, english)
        super().select((first, behind, english) if first != behind else None)
        self.redraw()
        height = self.scrollable_content_region.height
        if y < self.top + 1:
            self.move_lines(max(y - 1, 0) - self.top)
        elif y > self.top + height - 2:
            self.move_lines(y - height + 2 - self.top)
        self.moved()

    def caret_span(self) -> Span:
        """The characters that the cursor is on."""
        assert self.caret is not None
        head = self.caret.head
        return Span(*head, max(self._behind(head, self.caret.english).character, head.character + 1))

    # ── characters and lines ────────────────────────────────────────────────────────────────────────────────────────

    def _text(self, paragraph: int, english: bool) -> str:
        return self.edition.text(paragraph, "english" if english else self.reading)

    def _behind(self, point: Point, english: bool) -> Point:
        """The place behind a character, and behind the marks without width that belong to it."""
        text = self._text(point.paragraph, english)
        at = min(point.character + 1, len(text))
        while at < len(text) and not sum(widths(text[at])):
            at += 1
        return Point(point.paragraph, at)

    def _piece(self, point: Point, english: bool) -> tuple[int, Piece]:
        """The line on which a character stands, and the piece of it."""
        y = self.page.line_of(*point, english=english)
        return y, next(p for p in self.page.lines[y] if p.paragraph >= 0 and (p.kind in ENGLISH) == english)

    @staticmethod
    def _cell(piece: Piece, point: Point) -> int:
        return piece.x + sum(widths(piece.text[: point.character - piece.start]))

    def _in_line(self, y: int, step: int, english: bool, cell: int) -> Point | None:
        """The character at a cell of the line `y`, or of the next one on in the direction of `step` that has any."""
        lines = self.page.lines
        while 0 <= y < len(lines):
            for piece in lines[y]:
                if piece.paragraph >= 0 and (piece.kind in ENGLISH) == english:
                    at, seat = piece.x, piece.start
                    for n, width in enumerate(widths(piece.text)):
                        if width:
                            seat = piece.start + n
                        at += width
                        if cell < at:
                            break
                    return Point(piece.paragraph, seat)
            y += step
        return None

    def _last(self, paragraph: int, english: bool) -> Point:
        """The last character of a paragraph."""
        text = self._text(paragraph, english)
        at = max(len(text) - 1, 0)
        while at and not sum(widths(text[at])):
            at -= 1
        return Point(paragraph, at)

    def _beside(self, paragraph: int, step: int, english: bool) -> int | None:
        """The next paragraph on that has text."""
        paragraph += step
        while 0 <= paragraph < len(self.edition.paragraphs):
            if self._text(paragraph, english):
                return paragraph
            paragraph += step
        return None

    # ── movements ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _go(self, head: Point | None, cell: int | None = None) -> None:
        if head is not None and self.caret is not None:
            self._come_to(self.caret.anchor, head, self.caret.english, cell)

    def _lines(self, count: int) -> None:
        if self.caret is None:
            return
        _, head, english, cell = self.caret
        y, _ = self._piece(head, english)
        aim = min(max(y + count, 0), len(self.page.lines) - 1)
        step = 1 if count > 0 else -1
        found = self._in_line(aim, step, english, cell)
        if found is None and abs(count) > 1:
            found = self._in_line(aim, -step, english, cell)
        self._go(found, cell)

    def action_move_line_down(self) -> None:
        self._lines(1)

    def action_move_line_up(self) -> None:
        self._lines(-1)

    def action_move_half_down(self) -> None:
        self._lines(max(self.scrollable_content_region.height // 2, 2))

    def action_move_half_up(self) -> None:
        self._lines(-max(self.scrollable_content_region.height // 2, 2))

    def action_select_page_down(self) -> None:
        self._lines(max(self.scrollable_content_region.height - 2, 2))

    def action_select_page_up(self) -> None:
        self._lines(-max(self.scrollable_content_region.height - 2, 2))

    def action_select_right(self) -> None:
        if self.caret is None:
            return
        _, head, english, _ = self.caret
        behind = self._behind(head, english)
        if behind.character < len(self._text(head.paragraph, english)):
            self._go(behind)
        elif (following := self._beside(head.paragraph, 1, english)) is not None:
            self._go(Point(following, 0))

    def action_select_left(self) -> None:
        if self.caret is None:
            return
        _, (paragraph, at), english, _ = self.caret
        text = self._text(paragraph, english)
        at -= 1
        while at > 0 and not sum(widths(text[at])):
            at -= 1
        if at >= 0:
            self._go(Point(paragraph, at))
        elif (before := self._beside(paragraph, -1, english)) is not None:
            self._go(self._last(before, english))

    def action_select_clause(self) -> None:
        """To the last character of the clause, and from there to that of the next."""
        if self.caret is None:
            return
        _, (paragraph, at), english, _ = self.caret
        at += 1
        following: int | None = paragraph
        while following is not None:
            for start, end in self._clauses(following, english):
                if end > at:
                    self._go(self._seat(following, max(end - 1, start), english))
                    return
            paragraph, at = following, 0
            following = self._beside(paragraph, 1, english)

    def action_select_clause_back(self) -> None:
        """To the first character of the clause, and from there to that of the one before."""
        if self.caret is None:
            return
        _, (paragraph, at), english, _ = self.caret
        before: int | None = paragraph
        while before is not None:
            for start, _ in reversed(self._clauses(before, english)):
                if start < at:
                    self._go(Point(before, start))
                    return
            paragraph, at = before, 1 << 30
            before = self._beside(paragraph, -1, english)

    def _clauses(self, paragraph: int, english: bool) -> list[tuple[int, int]]:
        """The stretches of a paragraph between marks."""
        text = self._text(paragraph, english)
        found, at = [], 0
        for mark in CLAUSE_ENDS.finditer(text):
            if mark.start() > at:
                found.append((at, mark.start()))
            at = mark.end()
        return [*found, (at, len(text))] if at < len(text) else found

    def _seat(self, paragraph: int, at: int, english: bool) -> Point:
        """The character at a place, or the one that it belongs to."""
        text = self._text(paragraph, english)
        while at and not sum(widths(text[at])):
            at -= 1
        return Point(paragraph, at)

    def action_move_next_paragraph(self) -> None:
        if self.caret is None:
            return
        _, head, english, _ = self.caret
        last = self._last(head.paragraph, english)
        if head < last:
            self._go(last)
        elif (following := self._beside(head.paragraph, 1, english)) is not None:
            self._go(self._last(following, english))

    def action_move_previous_paragraph(self) -> None:
        if self.caret is None:
            return
        _, head, english, _ = self.caret
        if head.character:
            self._go(Point(head.paragraph, 0))
        elif (before := self._beside(head.paragraph, -1, english)) is not None:
            self._go(Point(before, 0))

    def action_select_line_start(self) -> None:
        if self.caret is not None:
            _, piece = self._piece(self.caret.head, self.caret.english)
            self._go(Point(piece.paragraph, piece.start))

    def action_select_line_end(self) -> None:
        if self.caret is not None:
            _, piece = self._piece(self.caret.head, self.caret.english)
            at = piece.start + max(len(piece.text) - 1, 0)
            self._go(self._seat(piece.paragraph, at, self.caret.english), 1 << 30)

    def action_select_top(self) -> None:
        if self.caret is not None:
            self._go(Point(0, 0) if self._text(0, self.caret.english) else None)

    def action_select_bottom(self) -> None:
        if self.caret is not None:
            last = self._beside(len(self.edition.paragraphs), -1, self.caret.english)
            self._go(self._last(last, self.caret.english) if last is not None else None)

    def action_select_other(self) -> None:
        if self.caret is not None:
            self._come_to(self.caret.head, self.caret.anchor, self.caret.english)
