"""A document that has been opened, as the first screen takes it: any but the bundled one."""

from __future__ import annotations

from lishu_tui.edition.model import Edition
from lishu_tui.edition.readable import Reading
from lishu_tui.edition.safe import visible
from lishu_tui.typeset.growing import laid_out
from lishu_tui.typeset.kinds import English
from lishu_tui.typeset.layout import Layout
from lishu_tui.typeset.width import widths


class Opened:
    """See `outline.Outline`."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.source, self.sections = edition, edition.source, edition.sections
        self.count = len(edition.paragraphs)

    @property
    def colophon(self) -> list[str]:
        return self.edition.colophon

    def has(self, reading: Reading) -> bool:
        return self.edition.has(reading)

    def text(self, paragraph: int, reading: Reading = "restored") -> str:
        return self.edition.text(paragraph, reading)

    def section_of(self, paragraph: int) -> int:
        return self.edition.section_number(paragraph)

    def laid_out(self, reading: Reading, english: English, width: int, measure: int) -> Layout:
        return laid_out(self.edition, reading, english, width, measure)


def is_plain(text: str) -> bool:
    """Whether a terminal shows a captured text as it stands, every character in a place of its own. Where one drives
    the terminal, or joins the one before it, the toolkit is left to draw."""
    return visible(text) == text and "\ufe0f" not in text and 0 not in widths(text)
