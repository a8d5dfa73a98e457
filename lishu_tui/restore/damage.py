"""The damage run forward: what a page looked like before -> what the capture shows.

Source: worked out on the bundled capture and on some fifty damaged passages; docs/restoration.md gives the steps.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from lishu_tui.restore import gbk

MARKS = "，。！？；：（"
"""The marks that most pages were cut before, in the order in which they were looked for."""
FOLDED = "，：；（）？"
"""The marks that most crawlers turned into their ASCII forms."""
ASCII = dict(zip("，：；（）？！", ",:;()?!", strict=True))
FULL = {narrow: wide for wide, narrow in ASCII.items()}


class Model(NamedTuple):
    """How one page was damaged. `glosses` are (character, reading) in the order in which they were put in; the reading
    is what stands between the brackets, a trailing blank included. `cuts` are the marks that the second pass cut
    before, `folds` those that became ASCII."""

    glosses: tuple[tuple[str, str], ...] = ()
    cuts: str = MARKS
    folds: str = FOLDED


def damage(text: str, model: Model) -> str:
    """The capture that `model` makes of a text. Pure; every byte goes the way it went on the page.

    Raises nothing: what GBK lacks passes through as it is.
    """
    return fold(cut(gloss(text, model), model), model)


def gloss(text: str, model: Model) -> str:
    """Readings put behind the two bytes of each listed character, wherever they stand, and decoded."""
    data, foreign = gbk.encode(text)
    for character, reading in model.glosses:
        known = gbk.code(character)
        if known is not None and known in data:
            data = data.replace(known, known + gbk.encode(f"({reading})")[0])
    return gbk.decode(data, foreign)


def cut(text: str, model: Model) -> str:
    """The bytes cut before each mark, unaligned, and each piece decoded by itself."""
    data, foreign = gbk.encode(text)
    ends: set[int] = set()
    for mark in model.cuts:
        known = gbk.code(mark)
        if known is None:
            continue
        at = data.find(known)
        while at != -1:
            if at + 1 not in ends:  # an earlier cut went through this mark's middle
                ends.add(at)
            at = data.find(known, at + 2)
    pieces = [0, *sorted(ends), len(data)]
    out: list[str] = []
    used = 0
    for start, end in pairwise(pieces):
        piece = data[start:end]
        out.append(gbk.decode(piece, foreign[used:]))
        used += piece.count(0xFF)
    return "".join(out)


def fold(text: str, model: Model) -> str:
    """Marks made ASCII, and private-use characters dropped without a sign."""
    table: dict[int, str | None] = {ord(mark): ASCII[mark] for mark in model.folds}
    table |= dict.fromkeys(range(57344, 63744))
    return text.translate(table)


def alike(text: str) -> str:
    """A text with the marks ，：；（）？！ and their ASCII forms made the same, for comparison."""
    return text.translate({ord(wide): narrow for wide, narrow in ASCII.items()})
