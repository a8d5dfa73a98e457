"""The reader's first screen as rows of runs, each run a part of the screen and its text: what stands in every cell."""

from __future__ import annotations

from lishu_tui.typeset.margins import (
    FOLDED_BELOW,
    contents,
    first_shown,
    foot,
    place_words,
    progress,
    reading_words,
)
from lishu_tui.typeset.width import cells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.first.kept import Kept
    from lishu_tui.first.opened import Opened
    from lishu_tui.first.outline import Outline
    from lishu_tui.typeset.kinds import Asked
    from lishu_tui.typeset.layout import Layout, Line

SIDE = 26
"""The width of the contents in styles.tcss; one blank row above and below, two blanks before and one behind."""
PARTS = {
    "title": "title",
    "title_en": "english",
    "supplied": "supplied",
    "heading": "heading",
    "heading_en": "english",
    "english": "english",
    "note": "supplied",
    "text": "text",
}
"""What each kind of piece is drawn as; see Body.STYLES."""
BARS = "▁▂▃▄▅▆▇ "
"""The ends of Textual's scroll bar, by eighths of a cell."""

Run = tuple[str, str]


def frame(
    outline: Outline | Opened, kept: Kept, columns: int, rows: int, hints: str
) -> tuple[list[list[Run]], Asked, Layout]:
    """All rows, each `columns` cells wide; and the text laid out, with what was asked of that."""
    side = SIDE if kept.contents and columns >= FOLDED_BELOW else 0
    width, height = columns - side - 1, rows - 1  # the bar beside the text, the line at its foot
    asked: Asked = (kept.reading, kept.english, width, kept.measure)
    page = outline.laid_out(*asked)
    paragraph, character = kept.paragraph, kept.character
    last = outline.count - 1
    if paragraph > last or character > len(outline.text(paragraph)):
        paragraph, character = min(paragraph, last), 0
    top = page.line_of(paragraph, character) if (paragraph, character) != (0, 0) else 0
    whole = max(len(page.lines), page.last_block + height)  # which that may have told better
    top = min(top, max(whole - height, 0))
    here = page.place_of(top)[0]
    at = outline.section_of(here)
    section = outline.sections[at]
    bar = scroll_bar(height, whole, top)
    left = _side(outline, at, height) if side else [[]] * height
    found = [
        [*left[y], *_text(page.lines[top + y] if top + y < len(page.lines) else (), width), bar[y]]
        for y in range(height)
    ]
    place = place_words(section, here - section.first + (not section.has_heading))
    more = reading_words(kept.reading, page.english, progress(top, height, len(page.lines)))
    words, title, gap, right = foot(columns, place, more, title=outline.source.title, hints=hints)
    found.append([("foot", f" {words}"), ("foot_dim", title), ("foot", gap), ("foot_dim", right), ("foot", " ")])
    return found, asked, page


def _side(outline: Outline | Opened, at: int, height: int) -> list[list[Run]]:
    """The contents, the section `at` lit, in a window of `height`."""
    lines = contents(outline.sections)
    room = height - 2
    top = first_shown(lines, at, 0, room)
    blank: list[Run] = [("side_edge", " " * SIDE)]
    found = [blank]
    for of, text in lines[top : top + room]:
        part = "side_here" if of == at else "side_entry"
        fill = " " * (SIDE - 3 - cells(text))
        found.append([("side_edge", "  "), (part, text), ("side", fill), ("side_edge", " ")])
    while len(found) <= room:
        found.append([("side_edge", "  "), ("side", " " * (SIDE - 3)), ("side_edge", " ")])
    return [*found, blank]


def _text(line: Line, width: int) -> list[Run]:
    found: list[Run] = []
    at = 0
    for piece in line:
        found += [("text", " " * (piece.x - at)), (PARTS[piece.kind], piece.text)]
        at = piece.x + cells(piece.text)
    found.append(("text", " " * (width - at)))
    return found


def scroll_bar(size: int, whole: int, top: int) -> list[Run]:
    """The bar as `textual.scrollbar.ScrollBarRender` draws it, for a window of `size` at line `top` of `whole`."""
    found: list[Run] = [("bar_back", " ")] * size
    if whole <= size:
        return found
    thumb = max(1, size / (whole / size))  # in its own order: the last bit counts where an eighth begins
    start = int((size - thumb) * (top / (whole - size)) * len(BARS))
    end = start - int(-thumb * len(BARS) // 1)  # rounded up
    first, head = divmod(start, len(BARS))
    last, tail = divmod(end, len(BARS))
    found[first:last] = [("bar", " ")] * (last - first)
    for y, eighths, part in ((first, head, "bar_head"), (last, tail, "bar_tail")):
        end_of_bar = BARS[len(BARS) - 1 - eighths]
        if y < size and end_of_bar != " ":
            found[y] = (part, end_of_bar)
    return found


def painted(rows: list[list[Run]], codes: dict[str, str]) -> str:
    """The rows as what is written to a terminal, each put where it belongs whatever widths that terminal knows."""
    found: list[str] = []
    for y, row in enumerate(rows, 1):
        found.append(f"\x1b[{y};1H")
        before, text = "", ""
        for part, words in row:
            code = codes[part]
            if code != before and text:
                found.append(f"\x1b[{before}m{text}\x1b[0m")
                text = ""
            before = code
            text += words
        found.append(f"\x1b[{before}m{text}\x1b[0m")
    found.append("\x1b[1;1H")
    return "".join(found)
