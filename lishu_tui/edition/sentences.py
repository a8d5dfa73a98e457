"""Where sentences begin and end, in either script, as far as their marks tell."""

from __future__ import annotations

import re

_CLOSING = "”’」』\"'）)】》〉"
_END = re.compile(
    rf"(?:[。！？!?]+[…—]*|…+(?=[{_CLOSING}]|\s*$)"
    rf"|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)\.(?=[{_CLOSING}]*(?:\s|$)))[{_CLOSING}]*"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as places in it, blanks around them left out. What follows the last mark is one."""
    found: list[tuple[int, int]] = []
    at = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        words = text[at:end]
        start = at + len(words) - len(words.lstrip())
        stop = at + len(words.rstrip())
        if start < stop:
            found.append((start, stop))
        at = end
    return found
