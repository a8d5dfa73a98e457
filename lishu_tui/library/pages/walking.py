"""A tree into lines: what stands between two line ends as a browser shows them, with all that is known of where.

Nothing that a browser shows is left out here; which lines are the text of the page is told elsewhere.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from lishu_tui.library.captured import Kind
from lishu_tui.library.pages import elements, furniture, markup
from lishu_tui.library.pages.elements import CELLS

BLANKS = re.compile("[ \t\n\r\f\xa0]+")
BROKEN = re.compile("(?<=[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff])[ \t]*[\r\n][ \t\r\n\f]*"
                    "(?=[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff])")  # fmt: skip
INDENTED = re.compile("(?<=[。！？；：…”’」』）)])[ \t\n\r\xa0]*\u3000[\u3000 \xa0]*\u3000|\n")
EDGES = " \t\n\r\f\v\xa0\u3000\u200b\u200c\u200d\u2060\ufeff\u2002\u2003\u2009\u2028\u2029"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset(("b", "strong"))
ASIDES = frozenset(("sup", "span"))
PRE = frozenset(("pre", "listing"))
BOXES = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "form", "header", "hgroup", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th",
    "tr", "ul", "footer", "nav",
))  # fmt: skip
"""Elements that can be the one that holds the text."""


class Line:
    """A line of the page. `links` is how many of its characters are in links, `box` the innermost box it is in, `mark`
    the innermost element round it that may be furniture (-1: none), `bold` whether all of it is bold."""

    __slots__ = ("bold", "box", "kind", "level", "links", "mark", "text")

    def __init__(self, text: str, kind: Kind, level: int, links: int, box: int, mark: int, bold: bool) -> None:
        self.text, self.kind, self.level, self.links, self.box, self.mark = text, kind, level, links, box, mark
        self.bold = bold

    def __repr__(self) -> str:
        return f"{self.kind} {self.text[:40]!r}"


class Box:
    """An element that holds lines `first` to `last` (half-open). `bonus` is what its name and kind count."""

    __slots__ = ("bonus", "first", "last", "parent", "post", "words")

    def __init__(self, parent: int, first: int, bonus: float, words: str, post: bool) -> None:
        self.parent, self.first, self.last, self.bonus, self.words, self.post = parent, first, first, bonus, words, post


class Mark:
    """An element that may be furniture: `what` it would be, by which `rule`; `sure` if it holds whatever it holds."""

    __slots__ = ("first", "last", "parent", "rule", "sure", "what")

    def __init__(self, parent: int, first: int, what: str, rule: str, sure: bool) -> None:
        self.parent, self.first, self.last, self.what, self.rule, self.sure = parent, first, first, what, rule, sure


class Walk:
    """The lines, boxes and marks of a tree. Boxes and marks stand before those in them."""

    def __init__(self, root: HtmlElement) -> None:
        self.lines: list[Line] = []
        self.boxes = [Box(-1, 0, 1.0, "", False)]
        self.marks: list[Mark] = []
        self._pieces: list[str] = []
        self._links = self._bold = 0
        self._cells: list[str] | None = None
        self._inner = 0
        self._asides: list[tuple[str, str, str]] = []
        self._box, self._mark = 0, -1
        self._in_link = self._in_bold = self._in_pre = self._level = 0
        self._walk(root)
        self._end()
        self.boxes[0].last = len(self.lines)

    def _walk(self, root: HtmlElement) -> None:
        """Depth first, without recursion: pages nest as deep as they like."""
        open_elements = [(root, self._enter(root), iter(root))]
        while open_elements:
            element, undo, children = open_elements[-1]
            child = next(children, None)
            if child is None:
                open_elements.pop()
                self._leave(element, undo)
                if element.tail and open_elements:
                    self._text(element.tail)
                continue
            tag = child.tag
            if not isinstance(tag, str) or tag in markup.UNREAD:
                if child.tail:
                    self._text(child.tail)
            elif tag in ASIDES and (match := furniture.ASIDE.search((child.get("class") or "").lower())) is not None:
                self._asides.append((tidy("".join(child.itertext())), "references", match[0].strip()))
                if child.tail:
                    self._text(child.tail)
            elif tag == "br":
                self._end()
                if child.text or len(child):
                    open_elements.append((child, self._state(), iter(child)))
                elif child.tail:
                    self._text(child.tail)
            else:
                open_elements.append((child, self._enter(child), iter(child)))

    def _state(self) -> tuple[int, int, int, int, int, int]:
        return self._box, self._mark, self._in_link, self._in_bold, self._in_pre, self._level

    def _enter(self, element: HtmlElement) -> tuple[int, int, int, int, int, int]:
        undo = self._state()
        tag = element.tag
        if tag in markup.BLOCKS or tag in PRE:
            if tag == "tr" and self._in_rows:
                self._row()
            elif tag in CELLS and self._in_rows:
                self._stray()
            else:
                self._end()
            if tag == "table":
                self._table(element)
        attributes = element.attrib
        words = " ".join((attributes.get("id", ""), *attributes.get("class", "").split())).lower() if attributes else ""
        if tag in BOXES:
            bonus, post = elements.worth(element, tag, words)
            self.boxes.append(Box(self._box, len(self.lines), bonus, words, post))
            self._box = len(self.boxes) - 1
        what, rule, sure = elements.furniture_of(element, tag, words)
        if what:
            self.marks.append(Mark(self._mark, len(self.lines), what, rule, sure))
            self._mark = len(self.marks) - 1
            if tag not in markup.BLOCKS and self._cells is None:
                self._end()
                self.marks[-1].first = len(self.lines)
        if tag == "a":
            self._in_link += bool(attributes.get("href"))
        elif tag in BOLD:
            self._in_bold += 1
        elif tag in PRE:
            self._in_pre += 1
        elif tag in HEADINGS:
            self._level = HEADINGS[tag]
        if element.text:
            self._text(element.text)
        return undo

    def _leave(self, element: HtmlElement, undo: tuple[int, int, int, int, int, int]) -> None:
        tag = element.tag
        box, mark = undo[0], undo[1]
        if tag in markup.BLOCKS or tag in PRE or mark != self._mark:
            if tag == "tr" and self._in_rows:
                self._row()
            elif tag in CELLS and self._in_rows:
                self._cell()
            else:
                self._end()
        if tag == "table" and self._cells is not None:
            if self._inner:
                self._inner -= 1
            else:
                self._row()
                self._cells = None
        if box != self._box:
            self.boxes[self._box].last = len(self.lines)
        if mark != self._mark:
            self.marks[self._mark].last = len(self.lines)
        self._box, self._mark, self._in_link, self._in_bold, self._in_pre, self._level = undo

    def _text(self, text: str) -> None:
        if self._in_pre:
            first, *rest = text.split("\n")
            self._piece(first)
            for line in rest:
                self._end()
                self._piece(line)
        else:
            self._piece(text)

    def _piece(self, text: str) -> None:
        self._pieces.append(text)
        if self._in_link or self._in_bold or self._level:
            size = len("".join(text.split()))
            self._links += size if self._in_link else 0
            self._bold += size if self._in_bold else 0

    def _end(self) -> None:
        """The line ends here; in a cell of a table of data it goes on behind a blank."""
        if self._cells is not None:
            self._pieces.append(" ")
            return
        if not self._pieces:
            return
        text = "".join(self._pieces)
        links, bold = self._links, self._bold
        self._pieces.clear()
        self._links = self._bold = 0
        self._set_aside()
        parts = [part for piece in INDENTED.split(_unbroken(text)) if (part := tidy(piece)) and not part.isspace()]
        total = sum(map(len, parts))
        for part in parts:
            kind: Kind = "heading" if self._level and len(parts) == 1 else "text"
            shared = links if len(parts) == 1 else links * len(part) // total
            self.lines.append(Line(part, kind, self._level if kind == "heading" else 0, shared, self._box, self._mark,
                                   0 < len("".join(part.split())) <= bold))  # fmt: skip

    def _set_aside(self) -> None:
        """What stands in a line and is not its text, such as the number of a note, becomes lines of its own."""
        for text, what, name in self._asides:
            mark = Mark(self._mark, len(self.lines), what, f"named {name}", True)
            self.marks.append(mark)
            self.lines.append(Line(text, "text", 0, len(text), self._box, len(self.marks) - 1, False))
            mark.last = len(self.lines)
        self._asides.clear()

    def _cell(self) -> None:
        assert self._cells is not None
        self._cells.append(tidy(_unbroken("".join(self._pieces))))
        self._pieces.clear()

    def _stray(self) -> None:
        """Text between two cells, where none should stand, is kept as a cell."""
        if any(not piece.isspace() for piece in self._pieces):
            self._cell()
        self._pieces.clear()

    def _row(self) -> None:
        assert self._cells is not None
        self._stray()
        cells = self._cells
        self._cells = []
        self._set_aside()
        if any(cell and not cell.isspace() for cell in cells):
            self.lines.append(Line("\t".join(cells).rstrip("\t"), "row", 0, self._links, self._box, self._mark, False))
        self._links = self._bold = 0

    @property
    def _in_rows(self) -> bool:
        """Whether rows and cells are those of a table of data, rather than of one in a cell of it."""
        return self._cells is not None and not self._inner

    def _table(self, table: HtmlElement) -> None:
        if self._cells is not None:
            self._inner += 1
        elif elements.holds_data(table):
            self._cells = []


def tidy(text: str) -> str:
    """As a browser shows it: blanks in a row are one, those at the ends (indents of 　　) are none."""
    return BLANKS.sub(" ", text).strip(EDGES)


def _unbroken(text: str) -> str:
    """Without line ends between two characters of Chinese, which are no blanks; other line ends are."""
    return BROKEN.sub("", text).replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text
