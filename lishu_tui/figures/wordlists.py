"""The words that bound what a figure counts, from data/tables/counted.toml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from lishu_tui.edition.tables import table_text
from lishu_tui.edition.toml import from_toml
from lishu_tui.figures.exclusions import _pattern as trie


class _File(msgspec.Struct, forbid_unknown_fields=True):
    after: str
    before: str
    links: str
    empty: str
    nouns: str
    verbs: str
    nominal: str
    acts: str
    heads: str
    lasting: str


class WordLists(NamedTuple):
    """The lists of data/tables/counted.toml: `after` and `before` end a noun on either side, `verbal` are their words
    that are no part of a noun, `functions` those of one character, `whole` all words that are not cut, `lasting`
    what a length of time right before it is of. `link_lengths`
    says how long the links are that end in a character, the longest first; `linking` matches the longest word of
    `links` or `empty`."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    links: frozenset[str]
    link_lengths: dict[str, tuple[int, ...]]
    linking: re.Pattern[str]
    empty: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    heads: re.Pattern[str]
    acts: frozenset[str]
    verbal: frozenset[str]
    functions: frozenset[str]
    whole: frozenset[str]
    lasting: tuple[str, ...]


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """The lists, read once."""
    file = from_toml(table_text("counted.toml").encode(), _File, "tables/counted.toml")
    nouns = set(file.nouns.split())
    acts = set(file.acts.split())
    links = set(file.links.split())
    # What ends a noun behind a number, if it is more than one character, also stands before one.
    verbs = {word for word in file.after.split() if len(word) > 1} - set(file.nominal.split())
    ends: dict[str, set[int]] = {}
    for word in links:
        ends.setdefault(word[-1], set()).add(len(word))
    return WordLists(
        re.compile(trie(set(file.after.split()) | acts | nouns)),
        re.compile(trie(set(file.before.split()) | acts | set(file.verbs.split()) | (verbs - links) | nouns)),
        frozenset(links),
        {last: tuple(sorted(lengths, reverse=True)) for last, lengths in ends.items()},
        re.compile(trie(links | set(file.empty.split()))),
        frozenset(file.empty.split()),
        frozenset(nouns),
        frozenset(file.verbs.split()),
        re.compile(f"(?:{trie(set(file.heads.split()))})$"),
        frozenset(acts),
        frozenset(w for w in (file.after + file.before + file.acts).split() if w not in nouns),
        frozenset(w for w in file.after.split() if len(w) == 1),
        frozenset(w for w in (file.after + file.before + file.acts).split() if w not in nouns) | nouns,
        tuple(file.lasting.split()),
    )
