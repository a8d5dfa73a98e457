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
import sys
from array import array
from collections.abc import Iterable
from operator import add
from typing import Literal

Table = Literal["bigrams", "characters"]

SCHEME = 1
"""Goes up when texts are written in other tokens than before: an index made by another scheme is made again."""

_ASCII = re.compile(r"[\x00-\x7f]+")
_PRIVATE = {c: 0x100000 + c for c in range(128)}
_ESCAPE, _BREAK = "\U00100080", "\U00100081"
# What cannot stand for itself: the private characters taken above, and surrogates.
_RESERVED = re.compile("[\U00100000-\U00100081\ud800-\udfff]")
_FOUR_BYTES = "I" if array("I").itemsize == 4 else "L"
_UTF_32 = f"utf-32-{sys.byteorder[0]}e"

PRESENT: dict[Table, str] = {"bigrams": f'"{_BREAK * 2}"', "characters": f'"{_BREAK}"'}
"""Expressions that match every text."""


def tokens(folded: Iterable[str]) -> dict[Table, str]:
    """What to put into each index for a text, given its paragraphs as `compact` folds them.

    A character that no query holds stands between paragraphs, so that no phrase goes from one to the next.
    """
    paragraphs = list(folded)
    if not any(map(_RESERVED.search, paragraphs)):
        text = _ASCII.sub(_as_private, _BREAK * 2 + _BREAK.join(paragraphs) + _BREAK)
        return {"bigrams": _pairs(text), "characters": " ".join(sorted(set(text)))}
    marked = [_BREAK, _BREAK]
    for paragraph in paragraphs:
        marked += [*_units(paragraph), _BREAK]
    return {"bigrams": " ".join(map(add, marked, marked[1:])), "characters": " ".join(sorted(set(marked)))}


def match(needle: str) -> tuple[Table, str]:
    """Where to look for a phrase that is folded and compact, and the expression to look for. It is not empty."""
    units = _units(needle)
    # No token holds a quotation mark or a space: those of the needle are written with private characters.
    if len(units) == 1:
        return "characters", f'"{units[0]}"'
    return "bigrams", f'"{" ".join(map(add, units, units[1:]))}"'


def _pairs(text: str) -> str:
    """ABCD → AB BC CD, for a text of which every character stands for itself."""
    codes = array(_FOUR_BYTES, text.encode(_UTF_32))
    pairs = array(_FOUR_BYTES, [32]) * (3 * (len(codes) - 1))
    pairs[0::3], pairs[1::3] = codes[:-1], codes[1:]
    return pairs[:-1].tobytes().decode(_UTF_32)


def _as_private(run: re.Match[str]) -> str:
    return run[0].translate(_PRIVATE)


def _units(text: str) -> list[str]:
    """Each character as it is written in a token."""
    return [_written(c) for c in text]


def _written(c: str) -> str:
    code = ord(c)
    if code < 128:
        return chr(0x100000 + code)
    if 0xD800 <= code <= 0xDFFF:
        return _ESCAPE + chr(0x100100 + code - 0xD800)
    return _ESCAPE + c if 0x100000 <= code <= 0x100081 else c
