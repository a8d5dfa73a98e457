"""A text as the tokens of a full-text index, and a phrase as an expression over them, so that the two agree exactly.

Two indexes stand for a text: one of its overlapping pairs of characters (疫情防控 → 疫情 情防 防控), where a phrase of
pairs that follow one another is a substring and nothing else, and one of its single characters. What is indexed is the
compact text, paragraph by paragraph: `match(needle)` matches where `needle in compact(paragraph).folded` for some
paragraph, punctuation and spaces included.

SQLite's FTS5 with the tokenizer `ascii` takes every character outside ASCII as it is, whatever it is, and parts tokens
at a space. So ASCII is written with private characters of plane 16; the few of those that a text may hold itself are
written with an escape before them, and so are lone surrogates, which UTF-8 cannot write. No character's writing begins
another's: two pairs are written alike only where they are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import add
from typing import Literal

from lishu_tui.search.compact import compact

Table = Literal["bigrams", "characters"]

SCHEME = 1
"""Goes up when texts are written in other tokens than before: an index made by another scheme is made again."""

_ASCII = re.compile(r"[\x00-\x7f]+")
_AS_PRIVATE = {c: 0x100000 + c for c in range(128)}
_ESCAPE, _BREAK = "\U00100080", "\U00100081"
# What cannot stand for itself: the private characters taken above, and surrogates.
_RESERVED = re.compile("[\U00100000-\U00100081\ud800-\udfff]")

PRESENT = f'"{_BREAK}"'
"""An expression that matches every text in either table."""


def tokens(paragraphs: Iterable[str]) -> tuple[str, str]:
    """What to put into the index of bigrams and into that of characters for a text.

    The pairs stand in order, each paragraph between tokens that no query matches; the characters each once.
    """
    pairs, found = [_BREAK], set[str]()
    for paragraph in paragraphs:
        if text := compact(paragraph).folded:
            pairs += _pairs(text)
            pairs.append(_BREAK)
            found.update(text)
    return " ".join(pairs), " ".join([_BREAK, *sorted(map(_written, found))])


def match(needle: str) -> tuple[Table, str]:
    """Where to look for a phrase that is folded and compact, and the expression to look for. It is not empty."""
    if len(needle) == 1:
        return "characters", f'"{_written(needle)}"'
    # No token holds a quotation mark or a space: those of the needle are written with private characters.
    return "bigrams", f'"{" ".join(_pairs(needle))}"'


def _pairs(text: str) -> list[str]:
    if _RESERVED.search(text):
        units = [_written(c) for c in text]
        return list(map(add, units, units[1:]))
    written = _ASCII.sub(lambda run: run[0].translate(_AS_PRIVATE), text)
    return list(map(add, written, written[1:]))


def _written(c: str) -> str:
    code = ord(c)
    if code < 128:
        return chr(0x100000 + code)
    if 0xD800 <= code <= 0xDFFF:
        return _ESCAPE + chr(0x100100 + code - 0xD800)
    return _ESCAPE + c if 0x100000 <= code <= 0x100081 else c
