"""A document laid out in lines for a width: pure data, so that whoever draws first and whoever draws later agree."""

from __future__ import annotations

from bisect import bisect_right

from lishu_tui.edition.safe import visible
from lishu_tui.typeset.breaking import break_lines
from lishu_tui.typeset.marks import MOST, counted
from lishu_tui.typeset.width import widths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lishu_tui.edition.readable import Reading
    from lishu_tui.typeset.kinds import Document, English, Kind, Part

MARGIN = 2
"""The least cells left free at either side."""
GAP = 4
"""Cells between the two columns when English stands beside."""
BESIDE_FROM = 84
"""The least cells of the body in which two columns can be read (a window of 120 with the contents open has 92)."""


class Piece:
    """A stretch of one line. `x` is its cell. Characters `start`–`end` are those of paragraph `paragraph` in the
    reading shown (kinds heading and text) or in the English one (heading_en and english); what we supply has no place:
    paragraph −1."""

    # No NamedTuple: that would have the first screen wait for `typing`.
    __slots__ = ("end", "kind", "paragraph", "start", "text", "x")

    def __init__(self, kind: Kind, x: int, text: str, paragraph: int = -1, start: int = 0, end: int = 0) -> None:
        self.kind, self.x, self.text = kind, x, text
        self.paragraph, self.start, self.end = paragraph, start, end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Piece) and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((self.kind, self.paragraph, self.start, self.text))

    def __repr__(self) -> str:
        return f"Piece({self.kind!r}, {self.x}, {self.text!r}, {self.paragraph}, {self.start}, {self.end})"


Line = tuple[Piece, ...]


class Layout:
    """Lines from top to bottom, and the way from a place to its line and back."""

    def __init__(self, lines: list[Line], reading: Reading, english: English, last_block: int) -> None:
        self.lines: Sequence[Line] = lines
        self.reading: Reading = reading
        self.english: English = english
        self.last_block = last_block  # the line at which the last section begins
        # Per paragraph, the (start, line) of its pieces: once for the reading shown, once for the English.
        self._main: dict[int, list[tuple[int, int]]] = {}
        self._english: dict[int, list[tuple[int, int]]] = {}
        for y, line in enumerate(lines):
            for piece in line:
                if piece.paragraph >= 0:
                    of = self._english if piece.kind in ("english", "heading_en") else self._main
                    of.setdefault(piece.paragraph, []).append((piece.start, y))

    # A layout that grows has lines that move: `typeset/growing.py`. Here none do.

    done = True
    """Whether all is laid out, and every line where it stays."""

    def settle(self, y: int, rows: int) -> int:
        """Lay out what is `rows` lines and less above line `y` and twice as far below it; where that line is then."""
        return y

    def grow(self, y: int, seconds: float) -> int:
        """Go on laying out for so long; where line `y` is then."""
        return y

    def stands_on(self, y: int, paragraph: int, character: int) -> bool:
        """Whether line `y` is that of a character."""
        return self.line_of(paragraph, character) == y

    def line_of(self, paragraph: int, character: int, *, english: bool = False) -> int:
        """The line on which this character stands (the paragraph's first, where English is not shown)."""
        places = (self._english if english else self._main).get(paragraph) or self._main[paragraph]
        at = bisect_right(places, (character, 1 << 60)) - 1
        return places[max(at, 0)][1]

    def place_of(self, y: int) -> tuple[int, int, int]:
        """(paragraph, character, line) of the first text of the reading shown at or below line `y`, else the last."""
        for at in range(max(y, 0), len(self.lines)):
            for piece in self.lines[at]:
                if piece.paragraph >= 0 and piece.kind in ("heading", "text"):
                    return piece.paragraph, piece.start, at
        for at in range(len(self.lines) - 1, -1, -1):
            for piece in self.lines[at]:
                if piece.paragraph >= 0 and piece.kind in ("heading", "text"):
                    return piece.paragraph, piece.start, at
        return 0, 0, 0


class Setter:
    """Collects lines for one width."""

    def __init__(self, document: Document, reading: Reading, english: English, width: int, measure: int) -> None:
        self.document, self.reading = document, reading
        english = english if document.has("english") else "off"
        self.english = english
        room = max(width - 2 * MARGIN - 1, 4)  # one cell for a mark that hangs
        if english == "beside" and width >= BESIDE_FROM:
            self.main = min(measure * 2, (room - GAP) // 2)
            self.side = min(measure * 2, room - GAP - self.main)
            self.left = MARGIN + (room - self.main - GAP - self.side) // 2
        else:
            if english == "beside":
                self.english = "beneath"
            self.main = min(measure * 2, room)
            self.side = 0
            self.left = MARGIN + (room - self.main) // 2
        self.lines: list[Line] = []

    def blank(self, count: int = 1) -> None:
        """At least `count` empty lines below what is there."""
        have = 0
        while have < min(count, len(self.lines)) and not self.lines[-1 - have]:
            have += 1
        self.lines += [()] * (count - have)

    def ours(self, kind: Kind, text: str) -> None:
        """Text that we supply: it is wrapped like any other but has no place."""
        for start, end in break_lines(visible(text), self.main):
            self.lines.append((Piece(kind, self.left, visible(text)[start:end].rstrip()),))

    def count(self, text: str, measure: int) -> int:
        """On how many lines a text stands."""
        shown, found = self.shown(text)
        return len(break_lines(shown, measure, found))

    @staticmethod
    def shown(text: str) -> tuple[str, list[int]]:
        """A text as it is shown, character for character, and the cells of each."""
        shown = visible(text)
        found = widths(shown)
        if found.count(0) > MOST and (fewer := counted(shown, found)) != shown:
            return fewer, widths(fewer)
        return shown, found

    def pieces(self, kind: Kind, paragraph: int, text: str, x: int, measure: int) -> list[Piece]:
        shown, found = self.shown(text)
        return [Piece(kind, x, shown[a:b].rstrip(), paragraph, a, b) for a, b in break_lines(shown, measure, found)]

    def heading(self, paragraph: int) -> None:
        text = self.document.text(paragraph, self.reading)
        self.lines += [(p,) for p in self.pieces("heading", paragraph, text, self.left, self.main)]
        if self.document.has("english"):
            english = self.document.text(paragraph, "english")
            self.lines += [(p,) for p in self.pieces("heading_en", paragraph, english, self.left, self.main)]

    def beginning(self) -> None:
        """The title above the text."""
        document = self.document
        self.blank()
        if document.source.title != document.text(0, "restored").strip():  # else it stands as the first paragraph
            self.ours("title", document.source.title)
        if document.source.title_en:
            self.ours("title_en", document.source.title_en)

    def section(self, section: Part) -> int:
        """The heading of a section, or what stands in its place; the line that it begins at."""
        self.blank(2)
        begins = len(self.lines)
        if section.has_heading:
            self.heading(section.first)
        else:
            self.ours("supplied", f"{section.label}  {section.label_en}".rstrip())
        return begins

    def ending(self) -> None:
        """What stands below the text."""
        self.blank(2)
        for text in self.document.colophon:
            if text:
                self.ours("note", text)
            else:
                self.blank()

    def paragraph(self, paragraph: int) -> None:
        self.blank()
        main = self.pieces("text", paragraph, self.document.text(paragraph, self.reading), self.left, self.main)
        if self.english == "off":
            self.lines += [(p,) for p in main]
            return
        english = self.document.text(paragraph, "english")
        if self.english == "beneath":
            self.lines += [(p,) for p in main]
            self.lines += [(p,) for p in self.pieces("english", paragraph, english, self.left, self.main)]
            return
        side = self.pieces("english", paragraph, english, self.left + self.main + GAP, self.side)
        for row in range(max(len(main), len(side))):
            self.lines.append((*main[row : row + 1], *side[row : row + 1]))


def lay_out(document: Document, reading: Reading, english: English, width: int, measure: int) -> Layout:
    """The whole document for a body `width` cells wide, lines at most `measure` full-width characters (2 cells) long.

    `english` "beside" needs BESIDE_FROM cells and is "beneath" where there are fewer. `reading` is one of the Chinese
    readings.
    """
    setter = Setter(document, reading, english, width, measure)
    setter.beginning()
    last_block = 0
    for section in document.sections:
        last_block = setter.section(section)
        for paragraph in range(section.first + section.has_heading, section.last):
            setter.paragraph(paragraph)
    setter.ending()
    return Layout(setter.lines, reading, setter.english, last_block)
