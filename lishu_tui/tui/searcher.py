"""A thread that searches the library while one types: each new query ends the one before; pages come as they are asked
for. It touches no widget: it posts what it finds."""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Literal, NamedTuple

from textual.message import Message

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library.searching import DocumentHits, Found, Stopped, search
from lishu_tui.library.store import Entry, Library, library_file
from lishu_tui.library.store.entries import entry_of
from lishu_tui.search import Hit, context, find
from lishu_tui.tui.documents import At, place_of

FIRST, PAGE = 20, 50
"""Documents in the first page, and in each that follows."""
SHOWN = 3
"""Hits of a document that are shown; the rest are counted, and lit once it is open."""
WIDTH = 80
"""Characters to either side of a hit."""


class Request(NamedTuple):
    """What is searched for, and to which year or source it is narrowed: None is any, 0 and "" are those not known."""

    query: str = ""
    year: int | None = None
    source: str | None = None
    number: int = 0

    @property
    def narrowed(self) -> bool:
        return self.year is not None or self.source is not None

    def takes(self, entry: Entry) -> bool:
        return self.year in (None, entry.year or 0) and self.source in (None, entry.source)


class HitLine(NamedTuple):
    """A hit in its surroundings, and its place."""

    left: str
    words: str
    right: str
    at: At


class Group(NamedTuple):
    """A document with the first of its hits."""

    entry: Entry
    number: int
    """Of all its hits."""
    hits: tuple[HitLine, ...]


class Facet(NamedTuple):
    """How many documents were found of a year or a source."""

    by: Literal["year", "source"]
    name: str
    year: int
    documents: int


class Searcher:
    """The thread, and what it is asked. `post` is called from it, with a message."""

    class Began(Message):
        """What a question has found in all, and the first page of it."""

        def __init__(
            self, number: int, groups: list[Group], documents: int, searched: int, *, more: bool, trouble: str
        ) -> None:
            super().__init__()
            self.number, self.groups, self.documents, self.searched = number, groups, documents, searched
            self.more, self.trouble = more, trouble

    class Counted(Message):
        """How many documents there are by year and by source."""

        def __init__(self, number: int, facets: list[Facet]) -> None:
            super().__init__()
            self.number, self.facets = number, facets

    class WentOn(Message):
        """The next page."""

        def __init__(self, number: int, groups: list[Group], *, more: bool) -> None:
            super().__init__()
            self.number, self.groups, self.more = number, groups, more

    def __init__(self, bundled: Edition, post: Callable[[Message], object]) -> None:
        self.bundled, self.post = bundled, post
        self.about = entry_of(bundled, bundled.source.sha256, "")
        self._asked: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._number = 0
        self._library: Library | None = None
        self._found: Found | None = None
        self._thread = threading.Thread(target=self._work, name="search", daemon=True)

    # ── from the screen ─────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        self._thread.start()

    def ask(self, request: Request) -> Request:
        """Ask a question, and end what the thread is at. The question with its number, by which answers are known."""
        self._number += 1
        request = request._replace(number=self._number)
        self._interrupt()
        self._asked.put(request)
        return request

    def go_on(self) -> None:
        """Ask for the next page of what was asked last."""
        self._asked.put(Request(number=self._number))

    def end(self) -> None:
        self._number += 1
        self._interrupt()
        self._asked.put(None)

    def _interrupt(self) -> None:
        found = self._found
        if found is not None:
            with suppress(sqlite3.Error):  # it may just have been closed
                found.stop()

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        pages: Iterator[Group] = iter(())
        try:
            while (request := self._asked.get()) is not None:
                if request.number != self._number:
                    continue  # another was asked since
                try:
                    if request.query:
                        pages = self._begin(request)
                    else:
                        groups = list(islice(pages, PAGE))
                        self.post(self.WentOn(request.number, groups, more=len(groups) == PAGE))
                except Stopped:
                    pass
                except LishuError as error:
                    self._fail(request, str(error))
                except Exception as error:  # a fault of ours costs a line
                    from lishu_tui import settings

                    self._fail(request, settings.fault(error))
        finally:
            self._close()

    def _fail(self, request: Request, trouble: str) -> None:
        """Tell why the library cannot be searched, with what the bundled document has; nothing, where a question was
        ended by the next."""
        if request.number == self._number:
            groups = list(self._bundled_group(request)) if request.query else []
            self._close()
            self.post(self.Began(request.number, groups, len(groups), 1, more=False, trouble=trouble))

    def _close(self) -> None:
        self._found = None
        if self._library is not None:
            self._library.close()
            self._library = None

    def _begin(self, request: Request) -> Iterator[Group]:
        """Tell the first page and the numbers, and then how many there are by year and by source. The pages to come."""
        bundled = list(self._bundled_group(request))
        library = self._open()
        found = search(library, request.query, year=request.year, source=request.source) if library else None
        self._found = found
        if request.number != self._number:  # asked between, when there was nothing yet to stop
            raise Stopped
        documents = len(bundled) + (found.documents if found is not None else 0)
        pages = chain(bundled, map(group, found) if found is not None else ())
        first = list(islice(pages, FIRST))
        searched = 1 + (library.count() if library else 0)
        self.post(self.Began(request.number, first, documents, searched, more=documents > len(first), trouble=""))
        years: Counter[int | None] = Counter(dict(found.years()) if found is not None else {})
        sources: Counter[str] = Counter(dict(found.sources()) if found is not None else {})
        if bundled:
            years[self.about.year] += 1
            sources[self.about.source] += 1
        facets = [Facet("year", str(year or ""), year or 0, n) for year, n in sorted(years.items(), key=_latest)]
        facets += [Facet("source", source, 0, n) for source, n in sources.most_common()]
        self.post(self.Counted(request.number, facets))
        return pages

    def _open(self) -> Library | None:
        """The library, None where there is none yet."""
        if self._library is None:
            file = library_file()
            if not os.path.lexists(file):
                return None
            self._library = Library.open(file)
        return self._library

    def _bundled_group(self, request: Request) -> Iterator[Group]:
        """The bundled document, where it holds the query; it is searched in memory, and its English too."""
        hits = find(self.bundled, request.query) if request.takes(self.about) else []
        if hits:
            lines = tuple(hit_line(hit, self.bundled.text(hit.span.paragraph, hit.reading)) for hit in hits[:SHOWN])
            yield Group(self.about, len(hits), lines)


def _latest(year: tuple[int | None, int]) -> int:
    return -(year[0] or 0)


def group(found: DocumentHits) -> Group:
    """What is shown of a document of the library."""
    lines = tuple(hit_line(hit, found.paragraphs[hit.span.paragraph]) for hit in found.first(SHOWN))
    return Group(found.entry, found.count, lines)


def hit_line(hit: Hit, text: str) -> HitLine:
    left, right = context(text, hit.span.start, hit.span.end, WIDTH)
    return HitLine(left, text[hit.span.start : hit.span.end], right, place_of(hit))
