"""A search over all documents: the bundled one first, then the library, as far as it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from lishu_tui.cli import output
from lishu_tui.cli.places import covered, load, reading_library
from lishu_tui.edition import Address, LishuError

if TYPE_CHECKING:
    from lishu_tui.edition.readable import Readable
    from lishu_tui.library.searching import DocumentHits, Found
    from lishu_tui.search import Hit

T = TypeVar("T")


class Group(NamedTuple):
    """A document and what is found in it, in order of place."""

    edition: Readable
    hits: list[Hit]
    title: str
    year: int | None
    source: str


def group(edition: Readable, query: str, within: Address | None) -> Group:
    """What is found in a document, or in what an address of it covers. Raises LishuError for an empty query and for an
    address that leads nowhere."""
    from lishu_tui.search import find

    if not query.strip():
        raise LishuError("query", "", "is empty", "words to look for")
    hits = find(edition, query, covered(edition, within) if within is not None else None)
    source = edition.source
    return Group(edition, hits, source.title, source.year, source.publisher)


@contextmanager
def searched(query: str, within: Address | None) -> Iterator[Searched]:
    """What is found in what an address covers, or in all documents. A library that cannot be read costs a line."""
    first = group(load(within), query, within)
    if within is not None:
        yield Searched(first, None)
        return
    with ExitStack() as stack:
        try:
            library = stack.enter_context(reading_library())
        except LishuError as error:
            output.complain(f"only {first.edition.id} is searched: {error}")
            library = None
        if library is None:
            yield Searched(first, None)
            return
        from lishu_tui.library.searching import search

        yield Searched(first, search(library, query))


class Searched:
    """What is found, told as it is asked for. `first` is of the document that needs no library."""

    def __init__(self, first: Group, found: Found | None) -> None:
        self.first, self.found = first, found
        self.whole = True
        """Whether nothing was left out because the library could not be read."""

    def __iter__(self) -> Iterator[Group]:
        if self.first.hits:
            yield self.first
        there = iter(self.found or ())
        while (one := self._ask(lambda: next(there, None), None)) is not None:
            if (group := self._group(one)) is not None:
                yield group

    def _group(self, one: DocumentHits) -> Group | None:
        """The document with its sections, for an address needs them. One that is damaged costs a line."""
        assert self.found is not None
        try:
            edition = self.found.library.edition(one.entry.id)
        except LishuError as error:
            self._said(error)
            return None
        return Group(edition, one.hits, one.entry.title, one.entry.year, one.entry.source)

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        try:
            return question()
        except LishuError as error:
            self._said(error)
            return otherwise

    def _said(self, error: LishuError) -> None:
        self.whole = False
        output.complain(str(error))

    @property
    def total(self) -> int:
        """All hits in all documents."""
        found = self.found
        return len(self.first.hits) + (self._ask(found.hits, 0) if found is not None else 0)

    @property
    def documents(self) -> int:
        """How many documents something is found in."""
        found = self.found
        return bool(self.first.hits) + (self._ask(lambda: found.documents, 0) if found is not None else 0)

    def facets(self, groups: list[Group]) -> dict[str, Any]:
        """How what is found is spread: over the documents of these groups, over years and over sources."""
        found = self.found
        years: Counter[int] = Counter()
        sources: Counter[str] = Counter()
        if self.first.hits:
            years[self.first.year or 0] += 1
            sources[self.first.source] += 1
        if found is not None:
            for year, count in self._ask(found.years, list[tuple[int, int]]()):
                years[year or 0] += count
            for source, count in self._ask(found.sources, list[tuple[str, int]]()):
                sources[source] += count
        return {
            "documents": [{"id": g.edition.id, "title": g.title, "hits": len(g.hits)} for g in groups],
            "years": [{"year": year or None, "documents": years[year]} for year in sorted(years, reverse=True)],
            "sources": [
                {"source": source, "documents": count}
                for source, count in sorted(sources.items(), key=lambda s: (-s[1], s[0]))
            ],
        }


def first_hits(groups: Iterator[Group], limit: int | None) -> Iterator[tuple[Group, list[Hit]]]:
    """Of each group the hits that are among the first `limit` of all (all, if None)."""
    left = limit
    for group in groups:
        shown = group.hits if left is None else group.hits[:left]
        yield group, shown
        if left is not None:
            left -= len(shown)
            if left <= 0:
                return
