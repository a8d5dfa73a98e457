"""What the bundled document and those of the library report of a noun, lined up."""

from __future__ import annotations

from collections.abc import Iterator

from lishu_tui.edition import Edition, LishuError
from lishu_tui.figures.across import Document, Row, across
from lishu_tui.figures.statistics import statistics
from lishu_tui.library.searching import search
from lishu_tui.library.store import Library
from lishu_tui.search.fold import fold


def lined_up(noun: str, editions: Iterator[Edition]) -> list[Row]:
    """The figures of these documents that count or measure `noun`, in either script, by date and place."""
    return across(map(_document, editions), noun, fold)


def having(noun: str, bundled: Edition, library: Library | None, faults: list[LishuError]) -> Iterator[Edition]:
    """The documents that have the word: the bundled one, then those of the library. One that cannot be read is left out
    and put into `faults`."""
    wanted = fold(noun)
    if any(wanted in fold(text) for text in bundled.readings["restored"]):
        yield bundled
    if library is None:
        return
    for found in search(library, noun):
        try:
            yield library.edition(found.entry.id)
        except LishuError as error:
            faults.append(error)


def _document(edition: Edition) -> Document:
    source = edition.source
    figures = [(str(edition.address(s.span)), s) for s in statistics(edition)]
    return Document(
        edition.id, source.title, source.date or str(source.year or ""), source.place, source.publisher, figures
    )
