"""Hits in their surroundings: keyword-in-context lines and quotations around a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from lishu_tui.edition.readable import Readable
from lishu_tui.search.compact import compact
from lishu_tui.search.find import Hit, context

Sort = Literal["place", "left", "right"]

SORTED_BY = 40
"""Characters to the left or right that a sort looks at, whatever width is shown."""

# The end of a sentence with the marks that close it, in either script; an English full stop only before a space.
_SENTENCE_END = re.compile(r"(?:[。！？!?；;…]+|\.(?=[”’\"'）)]*\s))[”’」』\"'）)】》]*\s*")


class Line(NamedTuple):
    """A hit as a keyword-in-context line: what stands before it, the words found, what stands after them."""

    hit: Hit
    section: str
    left: str
    keyword: str
    right: str


def snippet(text: str, start: int, end: int, width: int = 40) -> str:
    """A stretch of the text around characters `start` to `end`, as it stands.

    At most `width` characters to either side, and no further than the sentence where that ends within them.
    """
    left, right = context(text, start, end, width)
    begins = [match.end() for match in _SENTENCE_END.finditer(text, start - len(left), start)]
    ends = _SENTENCE_END.search(text, end, end + len(right))
    first = begins[-1] if begins else start - len(left)
    last = ends.end() if ends else end + len(right)
    return text[first:last].strip() if not text[start:end].isspace() else text[first:last]


def concordance(edition: Readable, hits: Iterable[Hit], width: int = 20, sort: Sort = "place") -> list[Line]:
    """One line a hit, with `width` characters to either side, from the paragraph in the reading it was found in.

    `left` sorts by the characters before the hit read backwards, the nearest first, `right` by those after it; both
    folded and without spaces, so that one word in two scripts falls together. Equal contexts stand in order of place.
    The order is that of code points: it brings like to like and means nothing more.
    """
    lines = []
    for hit in sorted(hits, key=lambda hit: (hit.span.paragraph, hit.reading == "english", hit.span.start)):
        paragraph, start, end = hit.span
        text = edition.text(paragraph, hit.reading)
        left, right = context(text, start, end, width)
        lines.append(Line(hit, edition.paragraphs[paragraph].section, left, text[start:end], right))
    if sort != "place":
        lines.sort(key=lambda line: sort_key(edition, line.hit, sort))
    return lines


def sort_key(edition: Readable, hit: Hit, sort: Sort) -> str:
    """By what a line stands where it does, if not by its place."""
    text = edition.text(hit.span.paragraph, hit.reading)
    left, right = context(text, hit.span.start, hit.span.end, SORTED_BY)
    if sort == "left":
        return compact(left).folded.replace(" ", "")[::-1]
    return compact(right).folded.replace(" ", "")
