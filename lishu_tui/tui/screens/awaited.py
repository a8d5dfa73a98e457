"""A table of what a document is looked through for: at once in a small one, in a thread in a large one."""

from __future__ import annotations

import sys
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, ClassVar, cast

import msgspec
from rich.console import RenderableType
from textual.message import Message

from lishu_tui.edition import Edition
from lishu_tui.edition.texts import LARGE, Made, characters, lengths
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.base import Result
from lishu_tui.tui.screens.table import TableScreen
from lishu_tui.tui.widgets.status import Status
from lishu_tui.tui.widgets.table_view import Drawn

SELDOM = 0.2
"""Seconds between two words of how far it is."""
OFTEN = 64
"""Paragraphs after which a thread hears that it is not wanted any more."""


class GivenUp(Exception):
    """Nobody waits for it any more."""


class Watched(Made[str]):
    """The first `size` paragraphs, gone through in a thread: how many have been, and an end where nobody waits any
    more."""

    def __init__(self, texts: Sequence[str], size: int) -> None:
        self.texts, self.size = texts, size
        self.gone_through = 0
        self.given_up = False

    def __len__(self) -> int:
        return self.size

    def make(self, index: int) -> str:
        return self.texts[index]

    def __iter__(self) -> Iterator[str]:
        """Raises GivenUp."""
        for number, text in enumerate(islice(self.texts, self.size)):
            if number % OFTEN == 0:
                self.gone_through = number
                if self.given_up:
                    raise GivenUp
            yield text
        self.gone_through = self.size


class AwaitedScreen(TableScreen[Result]):
    """Shows what `find` finds in a document. Of a large one the screen is there at once, empty, says how far the thread
    is, and fills when that is done. A thread that nobody waits for any more ends at the next paragraphs it asks for.
    What was found is kept with the edition."""

    MOST: ClassVar[int] = sys.maxsize
    """Characters that are looked through at most; the screen says so where there are more."""

    class Found(Message):
        def __init__(self, found: Any, error: Exception | None) -> None:
            super().__init__()
            self.found, self.error = found, error

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.edition = edition
        texts = edition.readings["restored"]
        self.characters = characters(texts)
        count = (
            len(texts) if self.characters <= self.MOST else bisect_right(list(accumulate(lengths(texts))), self.MOST)
        )
        self.watched = Watched(texts, max(count, 1))
        self.kept: dict[type, Any] = edition.__dict__.setdefault("_looked_for", {})
        self.waiting = self.characters >= LARGE and type(self) not in self.kept
        if self.waiting:
            self.take(())
        else:
            self.take(self.kept[type(self)] if type(self) in self.kept else self.find(edition))

    # What each screen says for itself.

    def find(self, edition: Edition) -> Any:
        """What there is in the document; touches nothing of the screen."""
        raise NotImplementedError

    def take(self, found: Any) -> None:
        """Keep what was found, which is nothing at first."""
        raise NotImplementedError

    def found_tables(self, width: int) -> Sequence[RenderableType]:
        """What was found, as tables."""
        raise NotImplementedError

    # What all share.

    def tables(self, width: int) -> Sequence[RenderableType] | Drawn:
        if self.waiting:
            return [plain_text("The text is being looked through. Esc goes back to it.", "dim")]
        tables = self.found_tables(width)
        if self.characters > self.MOST:
            read, whole = len(self.watched), len(self.watched.texts)
            said = f"Only the first {read:,} of {whole:,} paragraphs were looked through: the text is very long."
            return [plain_text(said, "bold"), plain_text(""), *tables]
        return tables

    def on_mount(self) -> None:
        super().on_mount()
        if self.waiting:
            self.tell()
            # A daemon, so that the program can be left meanwhile.
            threading.Thread(target=self._work, name="looking", daemon=True).start()

    def on_unmount(self) -> None:
        self.watched.given_up = True

    def tell(self) -> None:
        """Say how far it is, as long as it goes on."""
        if self.waiting:
            done = 100 * self.watched.gone_through // max(len(self.watched), 1)
            self.query_one(Status).progress = f"looking {done}%" if done < 100 else "looking…"
            self.set_timer(SELDOM, self.tell)

    def _work(self) -> None:
        """In the thread."""
        edition, error, found = self.edition, None, None
        watched = cast("tuple[str, ...]", self.watched)
        try:
            found = self.find(msgspec.structs.replace(edition, readings={**edition.readings, "restored": watched}))
        except GivenUp:
            return
        except Exception as fault:  # goes on in the program's own thread
            error = fault
        if not self.watched.given_up:
            self.post_message(self.Found(found, error))

    def on_awaited_screen_found(self, event: Found) -> None:
        if event.error is not None:
            raise event.error
        self.waiting = False
        self.kept[type(self)] = event.found
        self.take(event.found)
        self.query_one(Status).progress = ""
        self.view.begin = self.begin()
        self.view.draw()
