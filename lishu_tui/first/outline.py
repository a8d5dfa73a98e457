"""As much of the bundled document as its first screen takes, read in no time: the edition as the loader makes it, with
everything checked, takes as long as all the rest."""

from __future__ import annotations

from lishu_tui.edition.places import BUNDLED, data_text
from lishu_tui.typeset.layout import lay_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.edition.readable import Reading
    from lishu_tui.typeset.kinds import Document, English
    from lishu_tui.typeset.layout import Layout

FILE = "outline.txt"
HEAD = """\
# Made by scripts/derive.py of the edition as it is loaded: what the first screen shows beside the text itself.
# title, TITLE, ENGLISH. section, FIRST, LAST (half-open, lines from 0), whether it has a heading, LABEL, SHORT label,
# ENGLISH. note, a LINE below the text. Fields are parted by tabs.
"""


class Section:
    """A part of the document; see `edition.model.Section`."""

    __slots__ = ("first", "has_heading", "label", "label_en", "last", "short_label")

    def __init__(self, first: str, last: str, heading: str, label: str, short: str, english: str) -> None:
        self.first, self.last, self.has_heading = int(first), int(last), heading == "1"
        self.label, self.short_label, self.label_en = label, short, english


class Source:
    __slots__ = ("title", "title_en")

    def __init__(self, title: str, title_en: str) -> None:
        self.title, self.title_en = title, title_en


class Outline:
    """A document that can be laid out, see `typeset.kinds.Document`."""

    def __init__(self) -> None:
        """Raises OSError or ValueError where the data is missing or damaged: that is for the loader to say."""
        self.sections: list[Section] = []
        self.colophon: list[str] = []
        self.source = Source("", "")
        self._readings: dict[str, list[str]] = {}
        self.stored = data_text(BUNDLED, FILE)
        for line in self.stored.split("\n"):
            kind, *fields = line.split("\t")
            if kind == "section":
                self.sections.append(Section(*fields))
            elif kind == "note":
                self.colophon += fields
            elif kind == "title":
                self.source = Source(*fields)
        self.count = self.sections[-1].last if self.sections else 0
        if not self.count:
            raise ValueError(FILE)

    def has(self, reading: Reading) -> bool:
        return True

    def text(self, paragraph: int, reading: Reading = "restored") -> str:
        lines = self._readings.get(reading)
        if lines is None:
            lines = self._readings[reading] = data_text(BUNDLED, f"{reading}.txt").split("\n")
            if len(lines) != self.count + 1:
                raise ValueError(reading)
        return lines[paragraph]

    def laid_out(self, reading: Reading, english: English, width: int, measure: int) -> Layout:
        return lay_out(self, reading, english, width, measure)

    def is_of(self, document: Document) -> bool:
        """Whether what was read of it is what the document holds now."""
        last = document.sections[-1].last
        return self.stored == written(document) and all(
            lines[:-1] == [document.text(index, reading) for index in range(last)]  # type: ignore[arg-type]
            for reading, lines in self._readings.items()
        )

    def section_of(self, paragraph: int) -> int:
        """Which of the sections a paragraph stands in, from 0."""
        return next(n for n, section in enumerate(self.sections) if paragraph < section.last)


def written(document: Document) -> str:
    """What the file holds of a document."""
    rows = [("title", document.source.title, document.source.title_en)]
    rows += [
        ("section", str(s.first), str(s.last), str(int(s.has_heading)), s.label, s.short_label, s.label_en)  # type: ignore[misc]
        for s in document.sections
    ]
    rows += [("note", line) for line in document.colophon]  # type: ignore[misc]
    for row in rows:
        if any(mark in field for field in row for mark in "\t\r\n"):
            raise ValueError(f"{row}: a tab or a line end; expected a field of a line")
    return HEAD + "".join("\t".join(row) + "\n" for row in rows)
