"""All documents a reader has, as the library screen lists them: the bundled one first, then the library's, in pages."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library.store import Entry, Library, Sort, library_file
from lishu_tui.library.store.entries import entry_of, keys, words

PAGE = 100
"""Rows asked for at once."""
KEPT = 20
"""Pages kept at most: those looked at last."""
PATIENCE = 100
"""Milliseconds that a page waits for another program's writing; it is asked for again when it is drawn anew."""
BY_ITSELF = ("imported", "characters", "damage", "date")
"""What is sorted from the latest, the most or the longest on, unless turned round."""
REST = 0.5
"""Seconds for which a library that could not answer is not asked again: not once for each row of a page."""
Found = TypeVar("Found")


class Shelf:
    """A sequence of entries that asks the library for a page when a row of it is wanted. Where the library cannot be
    read, `trouble` says why in one line and the bundled document is still there."""

    def __init__(self, bundled: Edition) -> None:
        self.bundled = entry_of(bundled, bundled.source.sha256, "")
        self.sort: Sort = "imported"
        self.descending = True
        self.filter = ""
        self.trouble = ""
        self.total = 1
        self._library: Library | None = None
        self._inside = 0
        self._rest = 0.0  # until when it is not asked again
        self._first = True  # whether the bundled document is among what is shown
        self._pages: OrderedDict[int, list[Entry]] = OrderedDict()
        self.refresh()

    def refresh(self) -> None:
        """Look at the library anew."""
        self.trouble = ""
        self._rest = 0.0
        shown = keys(self.bundled)["filter"]
        self._first = all(word in shown for word in words(self.filter))
        # Where another is writing just now, what was last counted stands.
        self._inside = self._ask(lambda library: library.count(self.filter), self._inside)
        self.total = 1 + (self._inside if not self.filter else self._ask(Library.count, self.total - 1))
        if not self.busy:
            self._pages.clear()

    def arrange(self, *, sort: Sort | None = None, descending: bool | None = None, filter: str | None = None) -> None:
        """Sort or filter another way. A sort begins in the order that one looks for first."""
        if sort is not None:
            self.sort, self.descending = sort, sort in BY_ITSELF
        if descending is not None:
            self.descending = descending
        if filter is not None:
            self.filter = filter
        self._pages.clear()
        self.refresh()

    def __len__(self) -> int:
        return self._inside + self._first

    def entry(self, row: int) -> Entry | None:
        """The entry in a row; None where it cannot be had at present."""
        if self._first and row == 0:
            return self.bundled
        number, at = divmod(row - self._first, PAGE)
        if number not in self._pages:
            none: list[Entry] = []
            page = self._ask(lambda library: self._page(library, number), none)
            if not page:
                return None
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        page = self._pages[number]
        return page[at] if at < len(page) else None

    def _page(self, library: Library, number: int) -> list[Entry]:
        return library.entries(
            sort=self.sort, descending=self.descending, filter=self.filter, offset=number * PAGE, limit=PAGE
        )

    @property
    def busy(self) -> bool:
        """Whether another was writing when it was last asked, so that it may answer soon."""
        return bool(self.trouble) and self._library is not None

    def all(self) -> list[Entry]:
        """Every entry that is shown, in order: to be taken away."""
        none: list[Entry] = []
        whole = self._ask(
            lambda library: library.entries(sort=self.sort, descending=self.descending, filter=self.filter), none
        )
        return [*([self.bundled] if self._first else []), *whole]

    def remove(self, id: str) -> bool:
        """Take a document out of the library; whether it was in it. Raises LishuError where it cannot be written."""
        self.close()
        with Library.open(write=True) as library:
            library.connection.execute(f"PRAGMA busy_timeout = {5 * PATIENCE}")
            removed = library.remove(id)
        self.refresh()
        return removed

    def close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None

    def _ask(self, question: Callable[[Library], Found], otherwise: Found) -> Found:
        """What the library says, or, where it cannot, something else; why it cannot is kept in `trouble`."""
        if time.monotonic() < self._rest:
            return otherwise
        try:
            if self._library is None:
                file = library_file()
                if not os.path.lexists(file):  # none yet
                    self._inside, self.total = 0, 1
                    return otherwise
                self._library = Library.open(file)
                self._library.connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            return question(self._library)
        except LishuError as error:
            self.trouble = str(error)
            self._rest = time.monotonic() + REST
            if error.exit_code != 74:  # a library that is only in use can be asked again
                self.close()
            return otherwise
