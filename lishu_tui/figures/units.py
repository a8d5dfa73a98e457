"""Units and measure words from data/tables/units.toml: what stands behind a number."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from lishu_tui.edition.tables import table_text
from lishu_tui.edition.toml import from_toml

Kind = Literal[
    "count", "money", "percent", "length", "area", "weight", "volume", "duration", "age", "temperature", "rate", "other"
]


class Unit(NamedTuple):
    """A unit: its kind and, where it has one, its base unit and the factor to it. `ge`: 个 may stand before it;
    `follow` is None, or a single Chinese number makes it a unit only before one of these; before one of `never` it is
    the beginning of another word."""

    word: str
    kind: Kind
    base: str | None
    factor: float
    ge: bool = False
    follow: tuple[str, ...] | None = None
    never: tuple[str, ...] = ()


class _Group(msgspec.Struct, forbid_unknown_fields=True):
    kind: Kind
    base: str
    words: dict[str, float] = {}
    list: str = ""
    ge: str = ""
    arabic: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    group: list[_Group]
    follow: dict[str, str]
    never: dict[str, str]


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit by its word. The first group that has a word says what it is."""
    file = from_toml(table_text("units.toml").encode(), _File, "tables/units.toml")
    found: dict[str, Unit] = {}
    for group in file.group:
        ge, strict = set(group.ge.split()), set(group.arabic.split())
        for word, factor in (group.words | dict.fromkeys(group.list.split(), 1)).items():
            follow = tuple(file.follow[word].split()) if word in file.follow else () if word in strict else None
            never = tuple(file.never.get(word, "").split())
            unit = Unit(word, group.kind, group.base or None, factor, word in ge, follow, never)
            found.setdefault(word, unit)
    return found


LONGEST = 6


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the units are that begin with a character, the longest first: most of them have one or two lengths."""
    found: dict[str, set[int]] = {}
    for word in units():
        if len(word) <= LONGEST:
            found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that begins at `at`."""
    known = units()
    for length in _lengths().get(text[at : at + 1], ()):
        found = known.get(text[at : at + length])
        if found is not None:
            end = at + len(found.word)
            if found.never and text.startswith(found.never, end):
                continue
            # A unit of Latin letters ends where the letters end: 5G is no gram, 3D no D.
            last, next_ = found.word[-1], text[end : end + 1]
            if last.isascii() and last.isalpha() and next_.isascii() and next_.isalnum():
                continue
            return found
    return None
