"""What a document is called in an address: a few syllables of its title and a piece of its capture's digest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePath

LONGEST = 24
"""Characters of the readable part; it is cut at a syllable or a word."""
DIGITS = 6
"""Hexadecimal digits of the sha256; the store takes more where another capture has these."""
LOOKED_AT = 200
"""Characters of a title that are read at most."""
_WORD = re.compile("[a-z0-9]+")


def document_id(titles: Iterable[str], sha256: str, digits: int = DIGITS) -> str:
    """The id of a document: from the first of these titles and names in which there is something to say."""
    return f"{next(filter(None, map(slug, titles)), 'document')}-{sha256[:digits]}"


def slug(title: str) -> str:
    """Small ASCII letters and digits: the pinyin of Chinese, one word a run of it, other words as they are; empty where
    nothing of it can be said so."""
    made = ""
    for piece, joined in _pieces(title[:LOOKED_AT]):
        longer = made + ("-" if made and not joined else "") + piece
        if len(longer) > LONGEST:
            return made or piece[:LONGEST]
        made = longer
    return made


def stem(name: str) -> str:
    """A file's name without its suffix."""
    return PurePath(name.replace("\0", "")).stem.strip(".")


def _pieces(title: str) -> Iterator[tuple[str, bool]]:
    """Syllables and words, each with whether it goes on the one before without a hyphen."""
    from lishu_tui.search.pinyin import readings  # not wanted where a text is only restored

    said, word, joined = readings(), "", False
    for c in unicodedata.normalize("NFKD", title).lower():
        if _WORD.fullmatch(c):
            word += c
            continue
        if unicodedata.combining(c):
            continue
        if word:
            yield word, False
            word, joined = "", False
        syllable = said.get(c)
        if syllable is not None:
            yield syllable, joined
        joined = syllable is not None
    if word:
        yield word, False
