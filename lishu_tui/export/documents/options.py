"""What goes along in an export."""

from __future__ import annotations

from typing import Literal, NamedTuple

from lishu_tui.edition import Address, Reading, Span
from lishu_tui.edition.model import Frozen

Form = Literal["txt", "md", "html", "tei", "json"]
FORMATS: dict[Form, str] = {
    "txt": "plain text",
    "md": "Markdown, the apparatus as footnotes",
    "html": "one page for browser, phone and printer, with a search of its own",
    "tei": "TEI P5 (XML) for corpora and archives",
    "json": "everything, for programs",
}
"""Format → what it is, in a few words."""
ENDINGS: dict[Form, str] = {"txt": ".txt", "md": ".md", "html": ".html", "tei": ".xml", "json": ".json"}
"""What a file of the format is called at its end."""

English = Literal["off", "beneath", "beside", "only"]


class Noted(NamedTuple):
    """A note of the reader's at a place of the restored reading."""

    span: Span
    text: str
    tags: tuple[str, ...] = ()


class Options(Frozen, frozen=True):
    """`readings` are Chinese ones, the first is shown first; empty, those that suit the format. `english` None: html
    has it along, to be switched on, the others have not. JSON always has everything but the notes."""

    readings: tuple[Reading, ...] = ()
    english: English | None = None
    apparatus: bool = False
    statistics: bool = False
    names: bool = False
    notes: tuple[Noted, ...] = ()
    address: Address | None = None
    """Only what it covers; None is all of the document."""
