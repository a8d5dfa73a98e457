"""Both scripts read as one, and the tables of words that the rules about speech and names go by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from lishu_tui.edition import LishuError
from lishu_tui.edition.tables import fold_pairs, table_text

_IDEOGRAPHS = "\u3400"


def simple(text: str) -> str:
    """The same text with every character in its canonical form, marks as they stand: 徐曉芳說 → 徐晓芳说.

    One character for one, so a place in the one is a place in the other. The table is that of the search.
    """
    return text.translate(_canonical())


@lru_cache(maxsize=1)
def _canonical() -> dict[int, str]:
    return {ord(other): canonical for other, canonical in zip(*fold_pairs(), strict=True) if canonical >= _IDEOGRAPHS}


@lru_cache(maxsize=16)
def rows(name: str) -> tuple[tuple[str, str], ...]:
    """The rows of a table of two columns in data/tables; lines that begin with "# " are remarks."""
    found = []
    for number, line in enumerate(table_text(name).split("\n"), 1):
        if not line or line.startswith("# "):
            continue
        first, tab, second = line.partition("\t")
        if not tab:
            raise LishuError(f"tables/{name}", f"line {number}", "is damaged", "words, a tab and what they are")
        found.append((first, second))
    return tuple(found)


@lru_cache(maxsize=64)
def words(name: str, *kinds: str) -> tuple[str, ...]:
    """The words of a table in data/tables/names, as `simple` has them; where kinds are named, those of them."""
    found = (w for first, kind in rows(f"names/{name}") if not kinds or kind in kinds for w in first.split(" "))
    return tuple(dict.fromkeys(simple(w) for w in found if w))


_Tree: TypeAlias = "dict[str, _Tree]"


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first, that looks at each character once."""
    tree: _Tree = {}
    for word in alternatives:
        at = tree
        for character in word:
            at = at.setdefault(character, {})
        at[""] = {}
    return _pattern(tree)


def _pattern(tree: _Tree) -> str:
    ends = "" in tree
    branches = [re.escape(c) + _pattern(below) for c, below in tree.items() if c]
    if not branches:
        return ""
    alone = [b for b in branches if len(b) == 1]
    others = [b for b in branches if len(b) > 1]
    if len(alone) > 1:
        others.append(f"[{''.join(alone)}]")
    else:
        others += alone
    body = others[0] if len(others) == 1 else f"(?:{'|'.join(others)})"
    return f"(?:{body})?" if ends else body
