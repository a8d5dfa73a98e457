"""Opening another document in the place of the one that is read, and the way back: a part of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from textual.app import App
from textual.message import Message

from lishu_tui.edition import Edition, LishuError, load_edition
from lishu_tui.edition.places import BUNDLED
from lishu_tui.settings import Config, Place, State
from lishu_tui.tui.screens.reader import ReaderScreen

if TYPE_CHECKING:
    from lishu_tui.library.notes import Note
    from lishu_tui.search import Hit
    from lishu_tui.tui.screens.library import View

LONG = 0.5
"""Seconds after which it is said that a document is being opened."""
VISITS = 100
"""Documents that are remembered for the way back."""


At = tuple[int, bool, int]
"""The place of a hit, in the order in which a search finds them: paragraph, whether in the English, character."""


def place_of(hit: Hit) -> At:
    return hit.span.paragraph, hit.reading == "english", hit.span.start


class Sought(NamedTuple):
    """What a document is opened for: a query, and the hit of it to stand at; or a note, whose words are the hits."""

    query: str
    at: At = (0, False, 0)
    note: Note | None = None


class Visit(NamedTuple):
    """A document that was read before, to go back to. One that is not in the library is kept itself."""

    id: str
    edition: Edition | None
    place: Place
    jumps: tuple[tuple[int, int], ...]


def stored_edition(id: str) -> Edition:
    """One of the library's documents. Raises LishuError where it is not there or not whole."""
    from lishu_tui.library.store import Library

    with Library.open() as library:
        return library.edition(id)


class Documents(App[int]):
    """The application as far as it has one document open out of many."""

    edition: Edition
    reader: ReaderScreen
    config: Config
    state: State
    passing: str
    """The id of a document that is only looked at, whose place is not kept; empty where there is none."""

    class Opened(Message):
        def __init__(self, edition: Edition, sought: Sought | None, back: Visit | None) -> None:
            super().__init__()
            self.edition, self.sought, self.back = edition, sought, back

    class NotOpened(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def begin_documents(self) -> None:
        self.visits: list[Visit] = []
        self.opening = ""  # the id of what is being opened
        self.library_view: View | None = None  # how the library was looked at last
        self.library_query = ""  # what was searched for in it last
        self._bundled: Edition | None = None

    def say(self, text: str, *, timeout: float = 3) -> None:
        raise NotImplementedError

    @property
    def bundled(self) -> Edition:
        """The bundled document, which every list and every search of the library begins with."""
        if self._bundled is None:
            self._bundled = self.edition if self.edition.id == BUNDLED else load_edition()
        return self._bundled

    # ── the reader of a document ────────────────────────────────────────────────────────────────────────────────────

    def reader_of(self, edition: Edition, place: Place | None = None, sought: Sought | None = None) -> ReaderScreen:
        """A reader of a document at a place, or where it was left."""
        place = (
            place
            or self.state.places.get(edition.id)
            or Place(paragraph=0, character=0, reading=self.config.reading, english=self.config.english)
        )
        return ReaderScreen(
            edition,
            place,
            measure=self.state.measure or self.config.measure,
            contents=self.state.contents,
            searches=self.state.searches,
            sought=sought,
        )

    def kept(self) -> State:
        """The state as it is to be found again."""
        reader, id = self.reader, self.edition.id
        places = dict(self.state.places)
        if id != self.passing:
            places[id] = reader.present_place()
        return msgspec.structs.replace(
            self.state,
            measure=reader.body.measure if reader.body.measure != self.config.measure else None,
            contents=reader.contents_wanted is not False,
            searches=tuple(reader.searches),
            places=places,
        )

    # ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_document(self, id: str, sought: Sought | None = None, back: Visit | None = None) -> None:
        """Open a document, or say in one line why not; meanwhile everything stays as it is."""
        if self.opening:
            return
        if id == self.edition.id:
            self.post_message(self.Opened(self.edition, sought, back))
            return
        ready = back.edition if back is not None else None
        if id == BUNDLED:
            ready = self.bundled
        if ready is not None:
            self.post_message(self.Opened(ready, sought, back))
            return
        self.opening = id
        self.set_timer(LONG, lambda: self.say(f"opening {id} …", timeout=30) if self.opening == id else None)

        def load() -> None:
            try:
                edition = stored_edition(id)
            except LishuError as error:
                self.post_message(self.NotOpened(str(error)))
            except Exception as error:  # a fault of ours: said in one line, and the reader stays
                from lishu_tui import settings

                self.post_message(self.NotOpened(settings.fault(error)))
            else:
                self.post_message(self.Opened(edition, sought, back))

        self.run_worker(load, thread=True, exit_on_error=False, group="opening")

    def on_documents_not_opened(self, message: NotOpened) -> None:
        self.opening = ""
        self.say(message.text, timeout=12)

    async def on_documents_opened(self, message: Opened) -> None:
        if self.opening:
            self.opening = ""
            self.clear_notifications()
        edition, back = message.edition, message.back
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            if edition.id != self.edition.id:
                await self._change_to(edition, message.sought, back)
                return
        if message.sought is not None:
            self.reader.show_sought(message.sought)

    async def _change_to(self, edition: Edition, sought: Sought | None, back: Visit | None) -> None:
        self.state = self.kept()
        if back is None:
            self.visits = [*self.visits[-VISITS:], self._present_visit()]
        self.edition = edition
        self.reader = self.reader_of(edition, back.place if back is not None else None, sought)
        if back is not None:
            self.reader.jumps = list(back.jumps)
        if not self.screen._result_callbacks:
            # Textual takes from the screen that goes what it gives to each but the first.
            self.screen._push_result_callback(self.screen, None)
        await self.switch_screen(self.reader)

    def _present_visit(self) -> Visit:
        edition = self.edition
        kept = edition if edition.id == self.passing else None
        return Visit(edition.id, kept, self.reader.present_place(), tuple(self.reader.jumps))

    def go_back(self) -> bool:
        """Back to the document read before, at the place where it was; False where there is none."""
        if not self.visits:
            return False
        visit = self.visits.pop()
        self.open_document(visit.id, back=visit)
        return True
