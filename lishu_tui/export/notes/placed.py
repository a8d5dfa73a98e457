"""Notes with the places where their words stand now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Literal, NamedTuple

from lishu_tui.edition import Edition, LishuError, Span
from lishu_tui.edition.anchoring import Resolved
from lishu_tui.library.notes import Note
from lishu_tui.library.notes.note import place
from lishu_tui.library.notes.notes import about
from lishu_tui.library.store import Library


class Placed(NamedTuple):
    """A note, and where its words stand in its document: `found` is None where that is not there or cannot be read, and
    `why` says which. `position` is the place in the document's restored reading as one text."""

    note: Note
    found: Resolved | None
    position: tuple[int, int] | None = None
    why: str = ""

    @property
    def status(self) -> Literal["same", "moved", "lost", "no document"]:
        return "no document" if self.found is None else self.found.status

    @property
    def address(self) -> str:
        """Where the words stand, else where they stood when they were noted."""
        return (
            str(self.found.address) if self.found is not None and self.found.address is not None else self.note.address
        )


def placed(library: Library | None, notes: Iterable[Note]) -> Iterator[Placed]:
    """Notes with their places, one document after the other, those of a document in the order of the text and behind
    them those whose words are lost. A document that cannot be read costs only itself."""
    for _, group in groupby(notes, lambda note: note.document):
        mine = list(group)
        edition, why = None, "the document is not here"
        try:
            edition = about(library, mine[0])
        except LishuError as error:
            why = str(error)
        if edition is None:
            yield from (Placed(note, None, why=why) for note in mine)
            continue
        yield from sorted((_found(note, edition) for note in mine), key=_order)


def _found(note: Note, edition: Edition) -> Placed:
    found = place(note, edition)
    return Placed(note, found, position(edition, found.spans) if found.spans else None)


def position(edition: Edition, spans: Sequence[Span]) -> tuple[int, int]:
    """A place as characters of the restored reading as one text, its paragraphs parted by one line end each."""
    before = list(accumulate((len(paragraph) + 1 for paragraph in edition.readings["restored"]), initial=0))
    return before[spans[0].paragraph] + spans[0].start, before[spans[-1].paragraph] + spans[-1].end


def _order(one: Placed) -> tuple[bool, int, int, int]:
    spans = one.found.spans if one.found is not None else ()
    return (not spans, *(spans[0] if spans else (0, 0, 0)))
