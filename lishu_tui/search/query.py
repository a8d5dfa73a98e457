"""A query made ready: what to look for in a text, however it is written there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal

from lishu_tui.search.compact import Compact, compact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.search.pinyin import Spelling

Found = tuple[int, int, Literal["text", "pinyin"]]
"""Start and end in characters of the text (half-open), and how the query was found there."""


def _is_han(c: str) -> bool:
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"


def _spell(query: str, *, partial: bool = False) -> Spelling | None:
    from lishu_tui.search.pinyin import spell

    return spell(query, partial=partial)


class Query:
    """What to look for. `needle` is the query as it is searched, empty where there is nothing to search for.

    Make one with `compile`. It knows no edition: it works on any text, and may be kept and used again.
    """

    def __init__(self, query: str) -> None:
        self.query = query
        self.needle = compact(query).folded.strip()
        self.has_han = any(map(_is_han, self.needle))
        self.has_latin = any("a" <= c <= "z" for c in self.needle)

    def __repr__(self) -> str:
        return f"Query({self.query!r})"

    @cached_property
    def complete(self) -> Spelling | None:
        """The query as complete syllables of pinyin, None where it is none (so with any Chinese character)."""
        return None if self.has_han else _spell(self.query)

    @cached_property
    def begun(self) -> Spelling | None:
        """The same with the last syllable only begun: for a query that is still being typed."""
        return None if self.has_han else _spell(self.query, partial=True)

    def finditer(self, text: str) -> Iterator[tuple[int, int]]:
        """The places of `text` that the query finds, in order, none overlapping, as characters start–end (half-open).

        A last syllable of pinyin that is only begun counts where the query finds nothing else in this text.
        """
        made = compact(text)
        for start, end, _ in self.in_compact(made) or self.in_compact(made, begun=True):
            yield start, end

    def in_compact(self, made: Compact, *, begun: bool = False) -> list[Found]:
        """The same for a text already made compact; with `begun` only the places where the last syllable is begun."""
        if begun:
            return self._by_pinyin(made, self.begun)
        found: list[Found] = [(start, end, "text") for start, end in self.as_text(made)]
        read = self._by_pinyin(made, self.complete)
        if not (found and read):
            return found or read
        # Leftmost first; at one place the longer, and the text before its reading.
        both = sorted(found + read, key=lambda f: (f[0], -f[1], f[2] == "pinyin"))
        kept, free = [], 0
        for one in both:
            if one[0] >= free:
                kept.append(one)
                free = one[1]
        return kept

    def as_text(self, made: Compact) -> list[tuple[int, int]]:
        """Only the places where the query stands as it is written, in whatever script, width and case."""
        needle, folded, length = self.needle, made.folded, len(self.needle)
        found: list[tuple[int, int]] = []
        at = folded.find(needle) if length else -1
        while at >= 0:
            found.append(made.span(at, at + length))
            at = folded.find(needle, at + length)
        return found

    @staticmethod
    def _by_pinyin(made: Compact, spelling: Spelling | None) -> list[Found]:
        if spelling is None:
            return []
        return [(*made.span(start, end), "pinyin") for start, end in spelling.spans(made.raw)]


@lru_cache(maxsize=32)
def compile(query: str) -> Query:
    """The query made ready. Any string is a query: none of its characters means anything but itself."""
    return Query(query)
