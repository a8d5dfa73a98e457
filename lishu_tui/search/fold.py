"""One fold: script, variant, width, case and punctuation made alike, one character to one character."""

from __future__ import annotations

from functools import lru_cache

from lishu_tui.edition.tables import fold_pairs


def fold(text: str) -> str:
    """The same text in canonical characters, so that what reads alike is alike: 突擊隊 → 突击队, ９９８０ → 9980.

    `len(fold(t)) == len(t)` and `fold(fold(t)) == fold(t)` for every `t`: a place in the one is a place in the other.
    The rules and their sources are in data/tables/README.md.
    """
    return text.translate(fold_table())


@lru_cache(maxsize=1)
def fold_table() -> dict[int, int]:
    """Code point to canonical code point, from data/tables/fold.txt. Raises LishuError where that file is damaged."""
    return str.maketrans(*fold_pairs())


def forms(c: str) -> str:
    """All that are folded as this character is folded to itself: 战戦戰. Of one that is not, only itself."""
    return _forms().get(c, c)


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for source, target in fold_table().items():
        found[chr(target)] = found.get(chr(target), chr(target)) + chr(source)
    return found
