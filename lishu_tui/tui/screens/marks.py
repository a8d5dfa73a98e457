"""The marks of a document, or of all: to go there, to narrow, to change, to remove and have back."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from lishu_tui.edition import Edition, LishuError, visible
from lishu_tui.edition.quoting import DIGITS, quotation
from lishu_tui.library.notes import Note, Notes
from lishu_tui.library.store.entries import words
from lishu_tui.search.fold import fold
from lishu_tui.tui import marking
from lishu_tui.tui.commands import MARKS
from lishu_tui.tui.documents import Sought
from lishu_tui.tui.keys import shown
from lishu_tui.tui.marking import Placed
from lishu_tui.tui.plain import plain
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.finding import short
from lishu_tui.tui.screens.listing import ListScreen
from lishu_tui.tui.widgets.rows import Rows, Run, cell
from lishu_tui.tui.widgets.search_line import FilterLine, NoteLine, SearchLine
from lishu_tui.typeset import cells

WIDE = 86
"""Cells from which the place has a column of its own."""
REMOVED = 50
"""Marks that can be had back."""
SAID = {"moved": "moved", "lost": "lost"}
"""What is said of a mark whose words do not stand where they stood."""


class Line(NamedTuple):
    """A row: the head of a document, or one of its marks; both empty is the blank between documents."""

    head: str = ""
    mark: Placed | None = None


class MarksScreen(ListScreen[Placed]):
    """Dismisses with a mark of the document that is open; one of another opens that there."""

    WHERE = MARKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(MARKS)

    class Listed(Message):
        def __init__(self, marks: list[Placed], said: str, *, trouble: str = "", done: bool = False) -> None:
            """`said` is what was done; `done` says that what was typed for it is kept."""
            super().__init__()
            self.marks, self.said, self.trouble, self.done = marks, said, trouble, done

    class Failed(Message):
        def __init__(self, trouble: str) -> None:
            super().__init__()
            self.trouble = trouble

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.edition = edition
        self.of_all = False
        self.filter = ""
        self.marks: list[Placed] = []
        self.lines: list[Line] = []
        self.removed: list[Note] = []
        self.changing: Placed | None = None
        self.widest = 0  # cells of what is said of marks whose words do not stand where they stood
        self.read = False  # whether there was an answer yet

    # ── composing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        with Horizontal(classes="list-head"):
            yield Static(plain("Marks 標記"), id="list-name")
            yield Static(plain(""), classes="list-title quiet", id="order")
            yield Static(plain(""), id="how-many")
        yield Static(plain(""), id="note")
        yield Rows(self.draw, self.leads)
        yield Static(plain(""), id="detail")
        yield from self.foot()

    async def opened(self) -> None:
        self.query_one("#note").display = False
        self.status.place = "Marks 標記"
        self.ask()

    # ── asking, in a thread ─────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, change: Callable[[Notes], object] | None = None, said: str = "") -> None:
        """Change something, if asked to, and read the marks anew."""
        edition, of_all = self.edition, self.of_all
        listed = marking.marks_of_all if of_all else marking.marks_of

        def work() -> None:
            try:
                if change is not None:
                    marking.change(change)
            except LishuError as error:
                self.post_message(self.Failed(str(error)))
                return
            except Exception as error:  # a fault of ours costs a line
                from lishu_tui import settings

                self.post_message(self.Failed(settings.fault(error)))
                return
            marks: list[Placed] = []
            trouble = ""
            try:
                marks = marking.read(lambda notes: listed(notes, edition), marks)
            except LishuError as error:
                trouble = str(error)
            self.post_message(self.Listed(marks, said, trouble=trouble, done=change is not None))

        self.run_worker(work, thread=True, exit_on_error=False, group="marks")

    def on_marks_screen_failed(self, message: Failed) -> None:
        self.host.say(f"Not kept: {message.trouble}", timeout=12)

    def on_marks_screen_listed(self, message: Listed) -> None:
        self.marks, self.read = message.marks, True
        if message.done and isinstance(self.line, NoteLine):
            self.close_line()
            self.changing = None
        note = self.query_one("#note", Static)
        note.update(plain(message.trouble))
        note.display = bool(message.trouble)
        self.show()
        if message.said:
            self.host.say(message.said)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def listed(self) -> list[Placed]:
        """The marks that the filter leaves. A word that begins with # is looked for among the tags."""
        sought = words(self.filter)
        found = []
        for mark in self.marks:
            tags = [fold(tag) for tag in mark.note.tags]
            text = mark.note.filter
            if all(any(w[1:] in tag for tag in tags) if w[:1] == "#" else w in text for w in sought):
                found.append(mark)
        return found

    def show(self, cursor: int | None = None) -> None:
        marks = self.listed
        lines: list[Line] = []
        head = ""
        for mark in marks:
            if self.of_all and mark.note.document != head:
                head = mark.note.document
                lines += [Line()] * bool(lines)
                lines.append(Line(mark.note.title or head))
            lines.append(Line(mark=mark))
        self.lines = lines
        self.widest = max((cells(SAID.get(mark.status, "")) for mark in marks), default=0)
        self.rows.show(len(lines), cursor=cursor)
        self.query_one("#order", Static).update(plain("of all documents" if self.of_all else self.edition.source.title))
        every = len(self.marks)
        count = f"{len(marks):,} of {every:,}" if self.filter else f"{every:,}"
        self.query_one("#how-many", Static).update(plain(f"{count} mark{'s' * (every != 1)}"))
        if not lines and self.read and not self.query_one("#note").display:
            self.say_empty()
        self.tell()

    def say_empty(self) -> None:
        """What to do where there is nothing to show."""
        keys = self.host.keys_of
        if self.filter:
            text = "No mark has all of that in its words, its note or its tags."
        elif self.of_all or not keys("marks.all"):
            text = "No mark yet: m in the text marks the selection, or the sentence that one is at."
        else:
            mark, every = (shown(keys(name)[0]) if keys(name) else name for name in ("note.add", "marks.all"))
            text = f"No mark in this document yet: {mark} in the text makes one. {every} lists those of all documents."
        self.query_one("#detail", Static).update(plain(text))

    def leads(self, row: int) -> bool:
        return self.lines[row].mark is not None

    def draw(self, row: int, width: int) -> list[Run]:
        line = self.lines[row]
        mark = line.mark
        if mark is None:
            return [Run(cell(line.head, width), "quiet")]
        note = mark.note
        width = min(width, 160)
        state = SAID.get(mark.status, "")
        where = "  ".join(part for part in (state, mark.place) if part)
        right = max(min(width // 5, 26), 8) if width >= WIDE else self.widest
        said = " ".join([" ".join(note.text.split()), *(f"#{tag}" for tag in note.tags)]).strip()
        room = width - right
        first = room if not said and width < WIDE else room * 11 // 20
        runs = [Run(cell(visible(" ".join(note.exact.split())), first - 2) + "  ")]
        if room > first:
            runs.append(Run(cell(said, room - first - 2) + "  ", "quiet"))
        shown_where = where if width >= WIDE else state
        return [*runs, Run(cell(shown_where, right, right=True), "strong" if state else "quiet")] if right else runs

    def at(self) -> Placed | None:
        """The mark that the cursor is on."""
        return self.lines[self.rows.cursor].mark if self.rows.cursor < len(self.lines) else None

    def tell(self) -> None:
        """The words and the note of the mark that the cursor is on, as a whole, beneath the list; its address below."""
        mark = self.at()
        self.status.hits = f"{self.filter}: {len(self.listed):,}" if self.filter else ""
        if mark is None:
            self.status.place = "Marks 標記"
            if self.lines or not self.read:
                self.query_one("#detail", Static).update(plain(""))
            return
        note = mark.note
        address = str(self.address(mark))
        self.status.place = f"{mark.status}: {address}" if mark.status in SAID else address
        tags = "  ".join(f"#{tag}" for tag in note.tags)
        said = "  ".join(part for part in (" ".join(note.text.split()), tags) if part)
        lost = "  The text does not have these words any more." if mark.status == "lost" else ""
        text = plain(f"「{' '.join(note.exact.split())}」{lost}").stylize("dim")
        if said:
            text = Content("\n").join([text, plain(said)])
        self.query_one("#detail", Static).update(text)

    def address(self, mark: Placed) -> str:
        if mark.spans and mark.document == self.edition.id:
            return str(self.edition.address(mark.spans[0]))
        return mark.note.address

    def on_rows_highlighted(self) -> None:
        self.tell()

    # ── filtering ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_marks_filter(self) -> None:
        await self.open_line(FilterLine, begun=self.filter)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        if isinstance(self.line, FilterLine):
            self.narrow(event.query_text)

    def narrow(self, typed: str) -> None:
        if typed != self.filter:
            self.filter = typed
            self.show(0)
        if self.line is not None:
            self.line.say(f"{len(self.listed):,} of {len(self.marks):,}")

    def action_marks_all(self) -> None:
        self.of_all = not self.of_all
        self.ask()

    # ── going there ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_table_choose(self) -> None:
        if self.line is None:
            self.choose(self.at())
            return
        typed = await self.line.all_typed()
        if isinstance(self.line, NoteLine):
            self.keep(typed)
        else:
            self.close_line()
            self.narrow(typed)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.choose(self.lines[event.row].mark)

    def choose(self, mark: Placed | None) -> None:
        if mark is None:
            return
        if mark.document != self.edition.id:
            self.host.open_document(mark.document, Sought(short(mark.note.exact), note=mark.note))
        elif mark.spans:
            self.dismiss(mark)
        else:
            self.host.say("The text does not have these words any more", timeout=5)

    async def action_library_step_back(self) -> None:
        if self.line is not None:
            filtering = isinstance(self.line, FilterLine)
            await self.line.all_typed()
            self.close_line()
            self.changing = None
            if filtering:
                self.narrow("")
        elif self.filter:
            self.narrow("")
        else:
            self.action_marks_close()

    def action_marks_close(self) -> None:
        self.dismiss(None)

    # ── changing ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_marks_edit(self) -> None:
        mark = self.at()
        if mark is not None:
            self.changing = mark
            await self.open_line(NoteLine, begun=marking.typed(mark.note))

    def keep(self, typed: str) -> None:
        """Keep a changed note; the line stays until it is on the disk."""
        if self.changing is None:
            return
        note = self.changing.note
        if typed.strip() == marking.typed(note):
            self.close_line()
            self.changing = None
            return
        text, tags = marking.parse(typed)
        if text == " ".join(note.text.split("\n")).strip():
            text = note.text  # lines that the one to type in does not have stay
        self.ask(lambda notes: notes.edit(note.id, text=text, tags=tags), "Changed")

    def action_marks_remove(self) -> None:
        mark = self.at()
        if mark is not None:
            self.removed = [*self.removed[-REMOVED:], mark.note]
            undo = self.host.keys_of("marks.restore")
            back = f": {shown(undo[0])} has it back" if undo else ""
            self.ask(lambda notes: notes.remove(mark.note.id), f"Removed 「{short(mark.note.exact)}」{back}")

    def action_marks_restore(self) -> None:
        if not self.removed:
            self.host.say("Nothing was removed since this list was opened")
            return
        note = self.removed.pop()
        self.ask(lambda notes: notes.restore(note), f"Back again: 「{short(note.exact)}」")

    # ── taking away ─────────────────────────────────────────────────────────────────────────────────────────────────

    def action_marks_copy(self) -> None:
        from lishu_tui.tui.clipboard import copy

        mark = self.at()
        if mark is None:
            return
        note = mark.note
        if mark.spans and mark.document == self.edition.id:
            text = quotation(self.edition, mark.spans)
        else:
            said = (note.title, note.url, f"{note.address}@{note.sha256[:DIGITS]}" if note.sha256 else note.address)
            text = f"「{note.exact}」" + ", ".join(" ".join(part.split()) for part in said if part)
        self.host.say(f"The words with address: {copy(self.app, text)}", timeout=5)
