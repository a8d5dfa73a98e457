"""A query looked for in one text after another, each a whole document: most of it passed over at the speed of `re`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lishu_tui.edition import Span
from lishu_tui.search.compact import INSENSIBLE, compact
from lishu_tui.search.find import Hit, Kind
from lishu_tui.search.fold import forms
from lishu_tui.search.pinyin import Paths
from lishu_tui.search.query import Query

WAYS = 32
"""Ways of dividing pinyin into syllables that are told apart; of a query with more only the beginnings are."""

LONG = 24
"""Characters of a query that are looked for at first; the rest of a longer one where these are found."""

ASKED = 6
"""Characters of a query that a text is asked for before it is searched."""

Place = tuple[int, int, Kind]
"""Start and end of a hit in characters of the joined text (half-open), and how the query was found there."""


class Scan:
    """What `find` does in an edition's restored reading, over paragraphs joined by line ends.

    With `begun`, only the places where a last syllable of pinyin is begun. A pattern over the characters as they stand,
    with what may be left out between them, says where a hit may be. Where nothing is left out, it is one; else the
    paragraph is made compact and searched.
    """

    def __init__(self, query: Query, *, begun: bool = False) -> None:
        self.query, self.begun = query, begun
        spelling = query.begun if begun else query.complete
        self.paths = spelling.paths(WAYS) if spelling else Paths([], whole=True)
        needle = "" if begun else query.needle
        ways = [[_forms(c) for c in needle], *self.paths.ways] if needle else self.paths.ways
        self._likely = re.compile("|".join(_spaced(way[:LONG]) for way in ways) or r"(?!)")
        # What places of the only way may hold, for texts that have none of it: one character is looked for ten times as
        # fast as one of a class.
        self._needed: list[str] = []
        if len(ways) == 1:
            self._needed = sorted({forms for forms in ways[0][:LONG] if forms != _forms(" ")}, key=len)[:ASKED]
        # With nothing left out of it, what is found is a hit, unless it is only how one begins.
        self._whole = self.paths.whole and all(len(way) <= LONG for way in ways)
        # A space may stand for what is no space, and what may be pinyin may be longer than it was found.
        self._certain = 0 if spelling or " " in needle else len(needle)

    def places(self, text: str) -> list[Place]:
        """The hits in order of place."""
        if self._lacks(text):
            return []
        spans = [likely.span() for likely in self._likely.finditer(text)]
        length = self._certain
        if all(end - start == length for start, end in spans):
            return [(start, end, "text") for start, end in spans]
        found: list[Place] = []
        done = 0
        for start, _ in spans:
            if start < done:
                continue
            begins = text.rfind("\n", 0, start) + 1
            done = text.find("\n", start)
            done = len(text) if done < 0 else done
            made = compact(text[begins:done])
            found += [(begins + a, begins + b, kind) for a, b, kind in self.query.in_compact(made, begun=self.begun)]
        return found

    def _lacks(self, text: str) -> bool:
        """Whether a character that every hit has is not in the text, in any of its forms."""
        return any(not any(form in text for form in forms) for forms in self._needed)

    def holds(self, text: str) -> bool:
        """Whether there is a hit, for less than all of them cost."""
        if self._lacks(text):
            return False
        likely = self._likely.search(text)
        if likely is None:
            return False
        return (self._whole and not re.search(_gap(), likely[0])) or bool(self.places(text))


def hits(text: str, places: Iterable[Place]) -> Iterator[Hit]:
    """The same as hits in paragraphs, for places in order."""
    paragraph, begins, counted = 0, 0, 0
    for start, end, kind in places:
        if lines := text.count("\n", counted, start):
            paragraph, begins = paragraph + lines, text.rindex("\n", counted, start) + 1
        counted = start
        yield Hit(Span(paragraph, start - begins, end - begins), "restored", kind)


def _forms(c: str) -> str:
    """All that are folded to a character; never a line end, which parts paragraphs here."""
    return forms(c).replace("\n", "")


def _class(characters: str) -> str:
    return re.escape(characters) if len(characters) == 1 else f"[{re.escape(characters)}]"


@lru_cache(maxsize=1)
def _gap() -> str:
    """A class of all that may be left out between two characters."""
    return f"[{INSENSIBLE}{re.escape(_forms(' '))}]"


def _spaced(places: list[str]) -> str:
    """A pattern of characters of these places one after another, with what may be left out between them."""
    pattern, space = "", _forms(" ")
    for number, characters in enumerate(places):
        if characters == space:
            # One class for the space and what is left out about it: three in a row would try every way of sharing.
            pattern += f"{_gap()}+"
        else:
            pattern += ("" if not number or places[number - 1] == space else f"{_gap()}*") + _class(characters)
    return pattern
