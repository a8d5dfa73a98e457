"""Marks without width that pile up on one character: so many of them stand, and the rest is a count."""

from __future__ import annotations

MOST = 8
"""Marks that may stand on one character. Nothing that is written has more; a million of them would keep a terminal busy
for minutes."""
UNDRAWN = "\u200b"
"""Stands for a mark that is counted: it has no width, and whoever draws leaves it out."""
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def counted(text: str, found: list[int]) -> str:
    """The same text, character for character, where more than MOST without width follow each other only as many of
    them, and then how many more there are: ⁺⁹⁹⁹⁹⁹². `found` is `widths(text)`."""
    cells = bytes(map(bool, found))
    out: list[str] = []
    at = 0
    while (start := cells.find(bytes(MOST + 1), at)) >= 0:
        end = cells.find(1, start)
        end = len(text) if end < 0 else end
        more = end - start - MOST
        words = f"+{more}".replace("+", "⁺").translate(_DIGITS)[:more]  # of one more only the sign has room
        out += (text[at : start + MOST], words, UNDRAWN * (more - len(words)))
        at = end
    return "".join(out) + text[at:] if out else text
