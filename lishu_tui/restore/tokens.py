"""A captured line as the bytes it was decoded from, with what was swallowed left open."""

from __future__ import annotations

from typing import Literal, NamedTuple

from lishu_tui.restore import gbk
from lishu_tui.restore.damage import ASCII, FULL
from lishu_tui.restore.glosses import Gloss

Kind = Literal["pair", "single", "hole", "gloss", "foreign"]


class Token(NamedTuple):
    """One thing that the capture shows, characters `start` to `end` of the line.

    `pair`: two bytes. `single`: one byte (ASCII, or 80 for the euro sign). `hole`: a `?`. `gloss`: a reading in
    brackets. `foreign`: a character that GBK lacks.
    """

    kind: Kind
    start: int
    end: int
    text: str
    first: int = 0
    second: int = 0
    swallowed: bool = False

    @property
    def shows(self) -> bytes | None:
        """The two bytes of a full-width mark, if this is one or may be one that the crawler made ASCII."""
        return gbk.code(FULL.get(self.text, self.text)) if self.text in FULL or self.text in ASCII else None


def tokens(line: str, glosses: list[Gloss]) -> list[Token]:
    """The line as tokens. `glosses` are those of this line, their places counted in it, in order."""
    out: list[Token] = []
    at = 0
    for gloss in [*glosses, None]:
        stop = len(line) if gloss is None else gloss.start
        out.extend(_token(line[place], place) for place in range(at, stop))
        if gloss is not None:
            out.append(Token("gloss", gloss.start, gloss.end, gloss.reading, swallowed=gloss.swallowed))
            at = gloss.end
    return out


def _token(character: str, place: int) -> Token:
    if character == gbk.LOST:
        return Token("hole", place, place + 1, character)
    known = gbk.code(character)
    if known is None or gbk.is_private(character):
        return Token("foreign", place, place + 1, character)
    if len(known) == 2:
        return Token("pair", place, place + 1, character, known[0], known[1])
    return Token("single", place, place + 1, character, known[0])
