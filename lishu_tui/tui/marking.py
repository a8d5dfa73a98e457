"""Marks as the screens have them: read from the library and changed in it, each with its place in the text. Touches no
widget, so that a thread can do it; imports nothing of the library before it is asked."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lishu_tui.edition import Edition, LishuError, Span
from lishu_tui.settings import library_file

if TYPE_CHECKING:
    from lishu_tui.library.notes import Note, Notes

T = TypeVar("T")
LOOKED_UP = 1.0
"""Seconds for which marks are looked for in the documents that they are in, when those of all are listed."""
_TAG = re.compile("(?:^|(?<=[ \\t\u3000]))[#＃]([^ \\t\u3000#＃]+)[ \\t\u3000]*")


class Placed(NamedTuple):
    """A mark and where its words stand now. `status` is empty where the document was not looked into; `document` is
    the id that it has now."""

    note: Note
    status: str
    spans: tuple[Span, ...]
    document: str
    place: str = ""


def there_are_any() -> bool:
    """Whether there is a library, without which there are no marks."""
    return os.path.lexists(library_file())


def read(ask: Callable[[Notes], T], otherwise: T) -> T:
    """What the library's notes say; something else where there is no library. Raises LishuError."""
    if not there_are_any():
        return otherwise
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import Library

    with Library.open() as library:
        return ask(Notes(library))


def change(do: Callable[[Notes], T]) -> T:
    """Change them; the library is made where there is none. Raises LishuError where it cannot be written."""
    from lishu_tui.library.notes import Notes
    from lishu_tui.library.store import Library

    with Library.open(write=True) as library:
        return do(Notes(library))


def placed(note: Note, edition: Edition) -> Placed:
    """Where a mark stands in its document."""
    from lishu_tui.edition.anchoring import find_again

    found = find_again(edition, note.anchor)
    place = ""
    if found.spans:
        paragraph = edition.paragraphs[found.spans[0].paragraph]
        label = edition.section_of(paragraph.index).short_label
        place = f"{label} {paragraph.number}" if paragraph.number else label
    return Placed(note, found.status, found.spans, edition.id, place)


def marks_of(notes: Notes, edition: Edition) -> list[Placed]:
    """The marks of a document in the order of the text, those that are lost last."""
    found = [placed(note, edition) for note in notes.of(edition)]
    return sorted(found, key=lambda one: (not one.spans, one.spans[:1], one.note.created))


def marks_of_all(notes: Notes, edition: Edition) -> list[Placed]:
    """Those of all documents, the one that is open first."""
    here = marks_of(notes, edition)
    mine = {one.note.id for one in here}
    others = [note for note in notes.all() if note.id not in mine]
    return [*here, *_elsewhere(notes, others)]


def _elsewhere(notes: Notes, others: list[Note]) -> list[Placed]:
    """Marks of other documents, with their places as far as there is time to look into those."""
    from lishu_tui.library.notes.notes import about

    end = time.monotonic() + LOOKED_UP
    editions: dict[str, Edition | None] = {}
    found = []
    for note in others:
        if note.document not in editions and time.monotonic() < end:
            try:
                editions[note.document] = about(notes.library, note)
            except LishuError:
                editions[note.document] = None
        edition = editions.get(note.document)
        found.append(Placed(note, "", (), note.document) if edition is None else placed(note, edition))
    return found


# ── what is typed ───────────────────────────────────────────────────────────────────────────────────────────────────


def parse(typed: str) -> tuple[str, tuple[str, ...]]:
    """A note and its tags: the words that begin with #."""
    tags = tuple(dict.fromkeys(" ".join(match[1].split()) for match in _TAG.finditer(typed)))
    return _TAG.sub("", typed).strip(), tags


def typed(note: Note) -> str:
    """A note as it would be typed. Blanks within a tag become such as do not end one."""
    tags = ["#" + tag.replace(" ", "\u00a0") for tag in note.tags]
    return " ".join([" ".join(note.text.split("\n")), *tags]).strip()
