"""A query looked for in a large document, stretch by stretch, so that nobody has to wait for the last hit."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from time import perf_counter

from lishu_tui.edition.readable import Readable, Span
from lishu_tui.edition.texts import Made, Texts
from lishu_tui.search.find import Hit, Kind
from lishu_tui.search.query import Query
from lishu_tui.search.scan import Scan

STRETCH = 1 << 16
"""Characters searched at a time."""


class Hits(Made[Hit]):
    """The hits of a query in a large document, in order of place, made when they are asked for."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.starts, self.ends, self.by_pinyin = array("I"), array("I"), bytearray()

    def __len__(self) -> int:
        return len(self.starts)

    def make(self, index: int) -> Hit:
        start, end = self.starts[index], self.ends[index]
        paragraph = self.texts.at(start)
        begins = self.texts.starts[paragraph]
        kind: Kind = "pinyin" if self.by_pinyin[index] else "text"
        return Hit(Span(paragraph, start - begins, end - begins), "restored", kind)

    def first_from(self, paragraph: int, character: int) -> int:
        """Which is the first at a place or after it; as many as there are, where none is."""
        if paragraph >= len(self.texts):
            return len(self)
        begins = self.texts.starts[paragraph]
        return bisect_right(self.starts, begins + character - 1) if begins + character else 0

    def words(self) -> set[str]:
        """The words found, each way in which they stand once."""
        whole = self.texts.whole
        return {whole[start:end] for start, end in zip(self.starts, self.ends, strict=True)}


class Sweep:
    """One search of a large document; `hits` are those found so far. What `find` says of it: a last syllable of
    pinyin that is only begun counts where the query finds nothing else."""

    def __init__(self, texts: Texts, query: Query) -> None:
        self.texts, self.query = texts, query
        self.hits = Hits(texts)
        self._scan = Scan(query)
        self._at = 0
        self.done = not query.needle

    def go_on(self, seconds: float = float("inf")) -> bool:
        """Search for so long, at least one stretch; whether that was all."""
        until = perf_counter() + seconds
        while not self.done:
            self._stretch()
            if perf_counter() >= until:
                break
        return self.done

    def _stretch(self) -> None:
        whole, at, hits = self.texts.whole, self._at, self.hits
        stop = whole.find("\n", at + STRETCH)
        stop = len(whole) if stop < 0 else stop + 1
        for start, end, kind in self._scan.places(whole[at:stop]):
            hits.starts.append(at + start)
            hits.ends.append(at + end)
            hits.by_pinyin.append(kind == "pinyin")
        self._at = stop
        if stop < len(whole):
            return
        if not hits and not self._scan.begun and self.query.begun is not None:
            self._scan, self._at = Scan(self.query, begun=True), 0
        else:
            self.done = True


def sweep(edition: Readable, query: Query) -> Sweep | None:
    """A search of a large document; None for one that is small, which `find` searches at once."""
    texts = edition.readings["restored"]
    large = isinstance(texts, Texts) and not edition.has("english")
    return Sweep(texts, query) if large else None  # type: ignore[arg-type]
