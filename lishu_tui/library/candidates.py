"""Which documents may hold a query that is pinyin: told by the index, which knows characters and not how they are read.

A way of reading the query is a row of places with the characters that may stand at each. The pairs of them that the
library has are few: they are picked from the index's own vocabulary, and the documents that have one are taken. The
index knows a character only as it is folded; where one that is folded to it is read otherwise, a text has to be asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from lishu_tui.library import index
from lishu_tui.search.fold import fold, forms
from lishu_tui.search.grams import match
from lishu_tui.search.pinyin import Paths

TOGETHER = 50
"""Pairs asked for in one question, where each is in no more than FEW documents: it looks at every pair for each."""
FEW = 100

FIRST = 8
"""Places of a long way of reading that are looked at."""


class Candidates(NamedTuple):
    """Numbers of documents: those that hold the query for certain, and others that may."""

    certain: set[int]
    possible: set[int]


def candidates(connection: sqlite3.Connection, needle: str, paths: Paths) -> Candidates:
    """The documents to look at for a query that is written `needle` (empty: it is not looked for), or read so."""
    certain, possible = set[int](), set[int]()
    if needle:
        certain |= _having(connection, [needle])
    for path in paths.ways:
        if len(path) == 1:
            sure = _sure(path[0])
            certain |= _having(connection, sure)
            possible |= _having(connection, set(fold(path[0])) - sure)
            continue
        along: set[int] | None = None
        for first, second in pairwise(path[:FIRST]):
            pairs = _pairs(connection, first, second)
            if paths.whole and len(path) == 2:
                sure, too = _sure(first), _sure(second)
                told = {pair for pair in pairs if pair[0] in sure and pair[1] in too}
                certain |= _common_and_rare(connection, {pair: pairs.pop(pair) for pair in told})
            here = _common_and_rare(connection, pairs)
            along = here if along is None else along & here
            if not along:
                break
        possible |= along or set()
    return Candidates(certain, possible - certain)


def _sure(characters: str) -> set[str]:
    """Of these as folded, those to which none is folded that is not among them."""
    here = set(characters)
    return {c for c in set(fold(characters)) if here.issuperset(forms(c))}


def _pairs(connection: sqlite3.Connection, first: str, second: str) -> dict[str, int]:
    """Pairs of these characters that the library has, and in how many documents."""
    seconds = set(fold(second))
    found = index.pairs(connection, sorted(set(fold(first))))
    return {pair: documents for pair, documents in found if pair[1:] in seconds}


def _common_and_rare(connection: sqlite3.Connection, pairs: dict[str, int]) -> set[int]:
    """The documents that have one of these pairs."""
    rare = [pair for pair, documents in pairs.items() if documents <= FEW]
    found = set[int]()
    for pair in pairs.keys() - set(rare):
        found |= _having(connection, [pair])
    for start in range(0, len(rare), TOGETHER):
        found |= _having(connection, rare[start : start + TOGETHER])
    return found


def _having(connection: sqlite3.Connection, needles: Iterable[str]) -> set[int]:
    """The documents that have one of these, all of one length."""
    asked = [match(needle) for needle in needles]
    if not asked:
        return set()
    table = asked[0][0]
    expression = " OR ".join(expression for _, expression in asked)
    rows = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression,)).fetchall()
    return {number for (number,) in rows}
