"""A query looked for in one text after another, each a whole document: most of it passed over at the speed of `re`."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.edition import Span
from lishu_tui.search.compact import INSENSIBLE, compact
from lishu_tui.search.find import Hit
from lishu_tui.search.fold import forms
from lishu_tui.search.pinyin import Paths
from lishu_tui.search.query import Query

WAYS = 32
"""Ways of dividing pinyin into syllables that are told apart; of a query with more only the beginnings are."""


class Scan:
    """What `find` does in an edition's restored reading, over paragraphs joined by line ends.

    With `begun`, only the places where a last syllable of pinyin is begun. A pattern over the characters as they stand
    says which paragraphs may hold a hit, and only those are made compact. Where compact leaves nothing out of a text
    (`plain`) and pinyin is not in question, what the pattern finds are the hits.
    """

    def __init__(self, query: Query, *, begun: bool = False) -> None:
        self.query, self.begun = query, begun
        spelling = query.begun if begun else query.complete
        self.paths = spelling.paths(WAYS) if spelling else Paths([], whole=True)
        places = [] if begun else [_forms(c) for c in query.needle]
        self._whole = None if spelling or not places else re.compile("".join(map(_class, places)))
        ways = [places, *self.paths.ways] if places else self.paths.ways
        self._likely = re.compile("|".join(map(_spaced, ways)) or r"(?!)")

    def hits(self, text: str, *, plain: bool) -> list[Hit]:
        """The hits in order of place."""
        found: list[Hit] = []
        if self._whole is not None and plain:
            paragraph, begins, counted = 0, 0, 0
            for match in self._whole.finditer(text):
                start, end = match.span()
                if lines := text.count("\n", counted, start):
                    paragraph, begins = paragraph + lines, text.rindex("\n", counted, start) + 1
                counted = start
                found.append(Hit(Span(paragraph, start - begins, end - begins), "restored", "text"))
            return found
        paragraph, at = 0, 0
        while likely := self._likely.search(text, at):
            start = likely.start()
            paragraph += text.count("\n", at, start)
            begins = text.rfind("\n", 0, start) + 1
            ends = text.find("\n", start)
            ends = len(text) if ends < 0 else ends
            for first, last, kind in self.query.in_compact(compact(text[begins:ends]), begun=self.begun):
                found.append(Hit(Span(paragraph, first, last), "restored", kind))
            at = ends  # the line end itself is counted with the next
        return found


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
