"""Marks in the reader: made with `m`, lit in the margin, listed by `'`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from lishu_tui.edition import Edition, LishuError, Span
from lishu_tui.tui import marking
from lishu_tui.tui.screens.finding import short
from lishu_tui.tui.screens.taking import Taken, TakingScreen
from lishu_tui.tui.widgets.selecting import Point

if TYPE_CHECKING:
    from lishu_tui.tui.marking import Placed
    from lishu_tui.tui.widgets.search_line import NoteLine

AFTER = 0.25
"""Seconds after the first frame at which it is asked whether the document has marks."""


class MarkingScreen(TakingScreen):
    """A screen whose text can be marked. What is read and written of the library is in a thread."""

    class MarksRead(Message):
        """The document has these marks."""

        def __init__(self, edition: Edition, marks: list[Placed]) -> None:
            super().__init__()
            self.edition, self.marks = edition, marks

    class Marked(Message):
        """A mark is kept; or `trouble` says why it is not."""

        def __init__(self, trouble: str = "") -> None:
            super().__init__()
            self.trouble = trouble

    marks: Sequence[Placed] = ()
    noting: Taken | None = None
    """What is being marked, while a note on it is typed."""
    keeping = False
    """Whether it is being written just now."""

    def begin_marks(self) -> None:
        """Once the text is there: ask for the marks of the document, if there can be any."""
        if marking.there_are_any():
            self.set_timer(AFTER, self.read_marks)

    def read_marks(self) -> None:
        edition = self.edition

        def ask() -> None:
            found: list[Placed] = []
            try:
                found = marking.read(lambda notes: marking.marks_of(notes, edition), found)
            except Exception:  # of a library that cannot be read, the list of marks tells
                found = []
            self.post_message(self.MarksRead(edition, found))

        self.run_worker(ask, thread=True, exit_on_error=False, group="marks")

    def on_marking_screen_marks_read(self, message: MarksRead) -> None:
        if message.marks or self.marks:
            self.marks = message.marks
            self.light()

    def noted(self) -> tuple[Span, ...]:
        """The places of the marks in the reading shown, in order."""
        return tuple(sorted(self.body.shown(span) for mark in self.marks for span in mark.spans))

    # ── making one ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def note_line(self) -> NoteLine:
        """Only there once something has been marked."""
        return self.query_one("NoteLine")  # type: ignore[return-value]

    async def action_note_add(self) -> None:
        from lishu_tui.tui.widgets.search_line import NoteLine

        taken = self.taken()
        if taken is None:
            self.host.say("There is no text on the screen to mark")
            return
        body = self.body
        body.action_select_keep()
        if not taken.chosen:  # to be seen while the note is typed
            first = taken.spans[0] if taken.reading == "english" else body.shown(taken.spans[0])
            start, end = Point(first.paragraph, first.start), Point(first.paragraph, first.end)
            body.select((start, end, taken.reading == "english"))
        self.noting = taken
        self.status.display = False
        if not self.query("NoteLine"):
            await self.mount(NoteLine(), after=self.status)
        self.note_line.open([])

    def on_note_line_kept(self, message: NoteLine.Kept) -> None:
        """Keep it; the line stays until it is on the disk."""
        taken = self.noting
        if taken is None or self.keeping:
            return
        self.keeping = True
        edition, (text, tags) = self.edition, marking.parse(message.text)

        def keep() -> None:
            try:
                marking.change(lambda notes: notes.add(edition, taken.spans, text, tags))
            except LishuError as error:
                self.post_message(self.Marked(str(error)))
            except Exception as error:  # a fault of ours costs a line
                from lishu_tui import settings

                self.post_message(self.Marked(settings.fault(error)))
            else:
                self.post_message(self.Marked())

        self.run_worker(keep, thread=True, exit_on_error=False, group="marking")

    def on_marking_screen_marked(self, message: Marked) -> None:
        self.keeping = False
        if message.trouble:
            self.host.say(f"Not kept: {message.trouble}", timeout=12)
            return
        if self.noting is not None:
            self.host.say(f"Marked: 「{short(self.noting.words)}」")
        self.leave_noting()
        self.body.select(None)
        self.read_marks()

    def on_note_line_given(self) -> None:
        if self.keeping:
            return
        if self.noting is not None and not self.noting.chosen:
            self.body.select(None)
        self.leave_noting()

    def leave_noting(self) -> None:
        self.noting = None
        if self.query("NoteLine"):
            self.note_line.close()
        self.status.display = True
        self.set_focus(self.body)
        self.tell()

    # ── listing them ────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_note_list(self) -> None:
        from lishu_tui.tui.screens.marks import MarksScreen

        def chosen(mark: Placed | None) -> None:
            self.read_marks()
            if mark is not None:
                self.go_to_places(mark.spans, short(mark.note.exact))

        await self.app.push_screen(MarksScreen(self.edition), chosen)
