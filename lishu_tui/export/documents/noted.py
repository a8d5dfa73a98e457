"""The reader's notes on a document, as an export takes them along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lishu_tui.edition import Edition
from lishu_tui.export.documents.options import Noted

if TYPE_CHECKING:
    from lishu_tui.library.store import Library


def notes_on(library: Library, edition: Edition) -> tuple[tuple[Noted, ...], int]:
    """The notes at the places where their words stand now, and the number of those whose words are lost."""
    from lishu_tui.library.notes import Notes

    notes, found, lost = Notes(library), [], 0
    for note in notes.of(edition):
        spans = notes.place(note, edition).spans
        if spans:
            found.append(Noted(spans[0], note.text, note.tags))
        else:
            lost += 1
    return tuple(found), lost
