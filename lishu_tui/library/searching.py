"""A query looked for in all documents of a library: how many hold it at once, and then what is asked for of them.

What is written in the query is answered by the index alone, exactly. Of pinyin the index tells the documents that may
hold it, and their texts decide; that is done for as many as are asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count, islice
from typing import Any

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library import index
from lishu_tui.library.candidates import candidates
from lishu_tui.library.store import Entry, Library
from lishu_tui.library.store.entries import COLUMNS
from lishu_tui.search import Hit, compile
from lishu_tui.search.concordance import snippet
from lishu_tui.search.grams import match
from lishu_tui.search.scan import Place, Scan, hits

PAGE = 50
"""Documents that are looked at together."""
DEEP = 500
"""So many documents from the top are ordered for themselves; for one further down all are."""
RARE = 1000
"""So many documents found are sorted; of more the first are picked from all that stand sorted."""
MANY, COMMON = 20_000, 0.6
"""Where more than MANY are found, and so great a part of all, the first are found by reading the newest: most will be
shown anyway."""
NEWEST_FIRST = "ORDER BY date DESC, number DESC"
SMALL = 20_000
"""Characters of a text that is kept at hand for the next question."""
COLUMN = {"year": "ifnull(year, 0)", "source": "source"}


class Stopped(Exception):
    """A search was asked to stop, and did."""


class DocumentHits:
    """A document in which something was found: its entry, and how many hits there are in it."""

    def __init__(self, entry: Entry, text: str, places: list[Place]) -> None:
        self.entry, self.count = entry, len(places)
        self._text, self._places = text, places

    @cached_property
    def hits(self) -> list[Hit]:
        """All hits in order of place."""
        return self.first(self.count)

    def first(self, number: int = 1) -> list[Hit]:
        """The first of them, for less than all of them cost."""
        return list(hits(self._text, self._places[:number]))

    @cached_property
    def paragraphs(self) -> list[str]:
        """What the hits are places of: the restored reading."""
        return self._text.split("\n")

    def snippet(self, hit: Hit, width: int = 40) -> str:
        """The words around a hit, no further than their sentence."""
        return snippet(self.paragraphs[hit.span.paragraph], hit.span.start, hit.span.end, width)


def search(library: Library, query: str, *, year: int | None = None, source: str | None = None) -> Found:
    """Look for a query in the library, in the documents of one year or one source if that is asked for (0 and "": in
    those of which it is not known).

    Returns at once: what is found is looked for as it is asked for.
    """
    return Found(library, query, year=year, source=source)


class Found:
    """What is found: `documents` that hold the query, pages of them, the newest first; of one day, the last imported.

    In each document the hits are those that `find` finds in its restored reading. A last syllable of pinyin that is
    only begun counts where the query finds nothing else in the library. For one thread, that of the library's
    connection; only `stop` may be called from another.
    """

    def __init__(self, library: Library, query: str, *, year: int | None = None, source: str | None = None) -> None:
        self.library, self.query = library, compile(query)
        self.year, self.source = year, source
        self.damaged: dict[int, LishuError] = {}
        """Documents whose text could not be read, by their numbers, and what is wrong."""
        self._stopped = False
        self._total: int | None = None
        self._order: list[int] | None = None
        self._candidates: list[int] | None = None
        self._true: list[int] = []
        self._looked_at = 0
        self._certain: set[int] = set()
        self._kept: dict[int, str] = {}
        self._made = False
        self._scan: Scan | None = None

    def stop(self) -> None:
        """Have whatever is going on end soon, with Stopped; from any thread."""
        self._stopped = True
        self.library.connection.interrupt()

    def go_on(self) -> None:
        """Raises Stopped after `stop`."""
        if self._stopped:
            raise Stopped

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Raises Stopped where the search was stopped, or the connection interrupted."""
        self.go_on()
        try:
            yield
        except sqlite3.Error as error:
            # Not every part of SQLite says so where it was interrupted.
            if self._stopped or error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Stopped from None
            raise

    # ── how many ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def documents(self) -> int:
        """How many documents hold the query."""
        return self._count()

    def _count(self) -> int:
        with self._stoppable():
            self._make()
            if self._candidates is not None:
                return len(self._verify(len(self._candidates)))
            if self._total is None:
                self._total = int(self._rows(*self._matching("count(*)"))[0][0])
            return self._total

    def hits(self) -> int:
        """How many hits there are in all documents. Mostly every text that holds one is read for it; LishuError is
        raised if one could not be."""
        with self._stoppable():
            self._make()
            needle = self.query.needle
            if self._candidates is None and len(needle) == 2 and needle[0] != needle[1] and not self._narrowed:
                return index.occurrences(self.library.connection, needle)
            numbers, scan = self._numbers(0, -1), self._scanning()
            total = sum(len(scan.places(text)) for _, text in self._texts(numbers))
            self._complain()
            return total

    def years(self) -> list[tuple[int, int]]:
        """The years of the documents found, the last one first, and how many are of each; 0 where it is not known."""
        with self._stoppable():
            return sorted(self._grouped(COLUMN["year"]), reverse=True)

    def sources(self) -> list[tuple[str, int]]:
        """The sources of the documents found, and how many are from each, the most first."""
        with self._stoppable():
            return sorted(self._grouped(COLUMN["source"]), key=lambda row: (-row[1], row[0]))

    # ── which ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def page(self, offset: int = 0, limit: int = PAGE) -> list[DocumentHits]:
        """Documents `offset` up to `offset + limit` of those found."""
        with self._stoppable():
            self._make()
            return self._shown(self._numbers(offset, limit))

    def __iter__(self) -> Iterator[DocumentHits]:
        """All documents found, read as they are asked for. At the end LishuError is raised if one could not be read."""
        for start in count(0, PAGE):
            with self._stoppable():
                self._make()
                numbers = self._numbers(start, PAGE)
                found = self._shown(numbers)
            yield from found
            if len(numbers) < PAGE:
                self._complain()
                return

    def concordance(self) -> Iterator[tuple[Entry, Edition, list[Hit]]]:
        """All documents found, each with its edition, for lines that need its sections and addresses."""
        for found in self:
            yield found.entry, self.library.edition(found.entry.id), found.hits

    # ── within ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _narrowed(self) -> bool:
        return self.year is not None or self.source is not None

    def _make(self) -> None:
        """Decide, once, how the query is answered."""
        if self._made:
            return
        needle, begun = self.query.needle, self.query.begun is not None
        if not needle:
            self._candidates = []
        elif self.query.complete or index.stale(self.library.connection):
            self._candidates = self._asked(begun=False)
            begun = begun and not self._verify(1)
        else:
            begun = begun and not self._rows(*self._matching("1", narrowed=False, only="LIMIT 1"))
        if needle and begun:
            self._candidates = self._asked(begun=True)
        if self._candidates and self._narrowed:
            condition, values = self._condition("WHERE")
            inside = {number for (number,) in self._rows(f"SELECT number FROM documents {condition}", values)}
            self._candidates = [number for number in self._candidates if number in inside]
        self._true, self._looked_at = [], 0
        self._made = True

    def _asked(self, *, begun: bool) -> list[int]:
        """The documents that may hold the query, as the index names them, for their texts to be read."""
        self._scan, self._certain = Scan(self.query, begun=begun), set()
        ordered = [n for (n,) in self._rows(f"SELECT number FROM documents {NEWEST_FIRST}")]
        if index.stale(self.library.connection):
            return ordered
        needle = "" if begun else self.query.needle
        self._certain, possible = candidates(self.library.connection, needle, self._scan.paths)
        return [number for number in ordered if number in self._certain or number in possible]

    def _verify(self, wanted: int) -> list[int]:
        """Read candidates until so many of them are known to hold the query. Returns all that are."""
        assert self._candidates is not None
        while len(self._true) < wanted and self._looked_at < len(self._candidates):
            self.go_on()
            batch = self._candidates[self._looked_at : self._looked_at + PAGE]
            doubtful = [n for n in batch if n not in self._certain]
            held = set(self._holding(doubtful))
            self._true += [n for n in batch if n in self._certain or n in held]
            self._looked_at += len(batch)
        return self._true

    def _numbers(self, offset: int, limit: int) -> list[int]:
        """The numbers of documents found, in order; `limit` -1 for all from `offset` on."""
        if self._candidates is not None:
            found = self._verify(len(self._candidates) if limit < 0 else offset + limit)
        elif self._order is not None or limit < 0 or offset + limit > DEEP:
            found = self._ordered()
        else:
            return self._newest(offset, limit)
        return found[offset:] if limit < 0 else found[offset : offset + limit]

    def _newest(self, offset: int, limit: int) -> list[int]:
        """The same of the first few, found in the way that is the fastest for as many as there are."""
        total = self._count()
        if (
            total > MANY
            and not self._narrowed
            and total > COMMON * self._rows("SELECT max(number) FROM documents")[0][0]
        ):
            walked = self._walked(offset + limit)
            if len(walked) >= offset + limit:
                return walked[offset : offset + limit]
        matching, values = self._matching("rowid")
        by = "NOT INDEXED" if total <= RARE else "INDEXED BY documents_date"
        rows = self._rows(
            f"SELECT number FROM documents {by} WHERE number IN ({matching}) {NEWEST_FIRST} LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return [number for (number,) in rows]

    def _walked(self, wanted: int) -> list[int]:
        """So many of the first documents found, or fewer: the texts of the newest are read, up to a limit."""
        found: list[int] = []
        for start in range(0, 4 * wanted + PAGE, PAGE):
            rows = self._rows(f"SELECT number FROM documents {NEWEST_FIRST} LIMIT ? OFFSET ?", [PAGE, start])
            found += self._holding([number for (number,) in rows])
            if len(found) >= wanted:
                break
        return found

    def _ordered(self) -> list[int]:
        if self._order is None:
            matching, values = self._matching("rowid")
            sql = f"SELECT number FROM documents WHERE number IN ({matching}) {NEWEST_FIRST}"
            self._order = [number for (number,) in self._rows(sql, values)]
        return self._order

    def _matching(self, what: str, *, narrowed: bool = True, only: str = "") -> tuple[str, list[Any]]:
        """The question to the index, and what goes into it."""
        table, expression = match(self.query.needle)
        condition, values = self._condition("WHERE") if narrowed else ("", [])
        # The sign keeps SQLite from asking for each document of the year: all that match are passed through.
        inside = f" AND +rowid IN (SELECT number FROM documents {condition})" if condition else ""
        return f"SELECT {what} FROM {table} WHERE {table} MATCH ?{inside} {only}", [expression, *values]

    def _condition(self, begins: str) -> tuple[str, list[Any]]:
        asked = [
            (name, value)
            for name, value in ((COLUMN["year"], self.year), (COLUMN["source"], self.source))
            if value is not None
        ]
        if not asked:
            return "", []
        return f"{begins} {' AND '.join(f'{name} = ?' for name, _ in asked)}", [value for _, value in asked]

    def _grouped(self, column: str) -> list[tuple[Any, int]]:
        self._make()
        if self._candidates is None:
            table, expression = match(self.query.needle)
            condition, values = self._condition("AND")
            rows = self._rows(
                f"SELECT {column}, count(*) FROM {table} CROSS JOIN documents ON number = {table}.rowid"
                f" WHERE {table}.{table} MATCH ? {condition} GROUP BY {column}",
                [expression, *values],
            )
            return [(name, int(found)) for name, found in rows]
        groups: dict[Any, int] = {}
        for batch in _batches(self._numbers(0, -1)):
            asked = ", ".join(map(str, batch))
            for name, found in self._rows(
                f"SELECT {column}, count(*) FROM documents WHERE number IN ({asked}) GROUP BY {column}"
            ):
                groups[name] = groups.get(name, 0) + found
        return list(groups.items())

    def _shown(self, numbers: list[int]) -> list[DocumentHits]:
        if not numbers:
            return []
        asked = ", ".join(map(str, numbers))
        rows = self._rows(f"SELECT {COLUMNS} FROM documents WHERE number IN ({asked})")
        entries, scan = {entry.number: entry for entry in (Entry(*row) for row in rows)}, self._scanning()
        return [
            DocumentHits(entries[number], text, scan.places(text))
            for number, text in self._texts(numbers)
            if number in entries
        ]

    def _holding(self, numbers: list[int]) -> list[int]:
        """Those of the documents asked for whose text holds the query."""
        scan = self._scanning()
        return [number for number, text in self._texts(numbers) if scan.holds(text)]

    def _scanning(self) -> Scan:
        if self._scan is None:
            self._scan = Scan(self.query)
        return self._scan

    def _texts(self, numbers: list[int]) -> Iterator[tuple[int, str]]:
        """The documents asked for and their texts. What is gone or damaged is left out."""
        for batch in _batches(numbers):
            self.go_on()
            asked = ", ".join(str(number) for number in batch if number not in self._kept)
            texts = dict(self._rows(f"SELECT document, data FROM texts WHERE document IN ({asked})"))
            read = {number: self._kept.get(number) or self._read(number, texts.get(number)) for number in batch}
            # What was read to see whether it is found is often shown next.
            if len(self._kept) > 4 * PAGE:
                self._kept.clear()
            self._kept.update((number, text) for number, text in read.items() if text and len(text) <= SMALL)
            for number, text in read.items():
                if text is not None:
                    yield number, text

    def _read(self, number: int, data: bytes | None) -> str | None:
        if data is None or number in self.damaged:
            return None
        try:
            return index.joined(data)
        except ValueError as error:
            rows = self._rows("SELECT id FROM documents WHERE number = ?", [number])
            id, wrong = (rows[0][0] if rows else str(number)), f"its text is damaged, and not searched ({error})"
            expected = "the text as it was stored (`lishu-tui check` tells more)"
            self.damaged[number] = LishuError(str(self.library.path), id, wrong, expected)
            return None

    def _complain(self) -> None:
        for error in self.damaged.values():
            raise error

    def _rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.library.connection.execute(sql, tuple(values or ())).fetchall()


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, PAGE)):
        yield batch
