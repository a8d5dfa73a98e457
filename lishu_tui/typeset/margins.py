"""What stands round the text: the contents at its side and the line at its foot, in cells. Pure data, so that whoever
draws first and whoever draws later agree."""

from __future__ import annotations

from lishu_tui.edition.safe import visible
from lishu_tui.typeset.breaking import break_lines
from lishu_tui.typeset.width import cells, clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lishu_tui.edition.readable import Reading
    from lishu_tui.typeset.kinds import English, Part

ROOM = 21
"""Cells for the English of a heading in the contents: their width in styles.tcss less padding and indent."""
INDENT = "  "
FOLDED_BELOW = 80
"""Columns of the window below which the contents are folded away unless asked for."""
LEAST = (40, 10)
"""Columns and rows below which no screen is drawn."""
TITLE_FROM = 16
"""Cells from which a title is worth its room."""
HINTS_FIRST = 34
"""Cells kept for hints that go first: about four of them."""
READING_NAMES: dict[Reading, str] = {
    "restored": "restored 復原",
    "simplified": "simplified 简体",
    "capture": "as captured 原件",
    "english": "English",
}


def contents(sections: Sequence[Part]) -> list[tuple[int, str]]:
    """The lines of the contents, each with the number of its section: its Chinese above its English."""
    lines: list[tuple[int, str]] = []
    for number, section in enumerate(sections):
        lines.append((number, clip(f"{number} {visible(section.short_label)}", ROOM + len(INDENT))))
        english = visible(section.label_en)
        if english:
            lines += [(number, INDENT + english[a:b].rstrip()) for a, b in break_lines(english, ROOM)]
    return lines


def first_shown(lines: Sequence[tuple[int, str]], section: int, top: int, height: int) -> int:
    """Which line of the contents is at the top of a window of `height`, so that a section is wholly in view; `top` is
    what was there before."""
    first = next(y for y, (of, _) in enumerate(lines) if of == section)
    last = next((y for y in range(first, len(lines)) if lines[y][0] != section), len(lines))
    return max(min(top, first), last - max(height, 1), 0)


def place_words(section: Part, number: int) -> str:
    """Which paragraph is at the top of the screen: `嚴陣以待 2/4`, or the section where it is its heading."""
    label = section.short_label
    return f"{label} {number}/{section.last - section.first - section.has_heading}" if number else label


def reading_words(reading: Reading, english: English, progress: int) -> str:
    """What is shown of the document, and how much has been read."""
    return f"{READING_NAMES[reading]}{'' if english == 'off' else f' + English {english}'}  {progress}%"


def progress(top: int, height: int, lines: int) -> int:
    """How much has been read, in percent of the lines, the last on the screen counted."""
    return 0 if top == 0 else min(round(100 * (top + height) / max(lines, 1)), 100)


def foot(
    width: int,
    place: str,
    more: str,
    hits: str = "",
    title: str = "",
    hints: str = "",
    progress: str = "",
    hints_first: bool = False,
) -> tuple[str, str, str, str]:
    """The line at the foot as (what goes first, title, gap, hints or progress), `width` cells wide with one free at
    either end. Where room is short the title gives way first, then the hints at the right, then `more`; place and hits
    stay. `hints_first` lets `more` give way before the hints do."""
    width -= 2
    parts = [part for part in (place, more, hits) if part]
    least = HINTS_FIRST if hints_first else 0
    if cells("  ".join(parts)) + min(least, cells(hints)) > width:
        parts = [part for part in (place, hits) if part]
    # The count of hits is the last to give way.
    if place and hits and cells("  ".join(parts)) > width:
        parts = [clip(place, max(width - cells(hits) - 2, 0)), hits]
    left = clip("  ".join(part for part in parts if part), width)
    room = width - cells(left) - 3
    words = hints.split("  ")
    while words and cells("  ".join(words)) > room:
        words.pop(0)
    right = clip(progress, max(room, 0)) if progress else "  ".join(words)
    free = width - cells(left) - cells(right)
    shown = "  " + clip(visible(title), free - 5) if title and free - 5 >= TITLE_FROM else ""
    return left, shown, " " * max(free - cells(shown), 0), right
