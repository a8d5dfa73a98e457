"""The notes of a library: made, changed, taken out and put back, and found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from lishu_tui.edition import Edition, LishuError, Span, load_edition
from lishu_tui.edition.anchoring import Resolved
from lishu_tui.edition.places import BUNDLED
from lishu_tui.edition.quoting import digest
from lishu_tui.library.notes.note import Note, checked, made, place
from lishu_tui.library.store.entries import now, rows, words
from lishu_tui.library.store.files import writing
from lishu_tui.search.fold import fold

if TYPE_CHECKING:
    from lishu_tui.library.store import Library

FIELDS = Note.__struct_fields__
COLUMNS = ", ".join(FIELDS)
ORDER = "ORDER BY created, rowid"


class Notes:
    """The notes in a library, which must be open to write for what changes them. Each change is a transaction of its
    own, or a part of the one that is open, and is on the disk when it returns.

    A note stays where the document that it is about is taken out, and is about it again once the same capture is there,
    whatever the document is then called.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction: all that is changed within it is kept at its end, or none of it."""
        connection = self.library.connection
        if connection.in_transaction:
            yield
            return
        with writing(connection):
            yield

    # ── what there is ───────────────────────────────────────────────────────────────────────────────────────────────

    def note(self, id: str) -> Note | None:
        """The note with this id, None where there is none."""
        return next(iter(self._read("WHERE id = ?", [id])), None)

    def of(self, document: Edition | str) -> list[Note]:
        """The notes on a document, in the order in which they were made: of an edition also those that were made on
        its capture under another name."""
        if isinstance(document, str):
            return self._read("WHERE document = ?", [document])
        return self._read("WHERE document = ? OR sha256 = ?", [document.id, digest(document)])

    def all(self, filter: str = "", tag: str = "") -> list[Note]:
        """All notes, those on one document together, in the order in which they were made. Of a filter every word must
        be in the words noted, the note, its tags or the document's title, in whatever script and width."""
        sought = words(filter)
        condition = "WHERE " + " AND ".join("instr(filter, ?)" for _ in sought) if sought else ""
        found = self._read(condition, sought)
        if tag:
            found = [note for note in found if fold(tag) in map(fold, note.tags)]
        first: dict[str, int] = {}
        for number, note in enumerate(found):
            first.setdefault(note.document, number)
        return sorted(found, key=lambda note: first[note.document])

    def tags(self) -> list[tuple[str, int]]:
        """All tags and how many notes have them, those of most first."""
        counts = Counter(tag for note in self._read() for tag in note.tags)
        return sorted(counts.items(), key=lambda one: (-one[1], one[0]))

    def count(self) -> int:
        return int(self.library.execute("SELECT count(*) FROM notes")[0][0])

    def place(self, note: Note, edition: Edition) -> Resolved:
        """Where the words of a note stand in an edition."""
        return place(note, edition)

    def _read(self, condition: str = "", given: Sequence[Any] = ()) -> list[Note]:
        question = f"SELECT {COLUMNS} FROM notes {condition} {ORDER}"
        return [note_of(row) for row in rows(self.library.connection, question, given)]

    # ── what is changed ─────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, edition: Edition, span: Span | Sequence[Span], text: str = "", tags: Iterable[str] = ()) -> Note:
        """Note something at a place, or at one place each of several paragraphs. Raises LishuError where it is too
        long."""
        note = made(edition, span, text, tags)
        with self.changing():
            self._insert(note)
        return note

    def edit(self, id: str, *, text: str | None = None, tags: Iterable[str] | None = None) -> Note:
        """Say something else. Returns the note as it is now; `restore` with what it was takes it back. Raises
        LishuError where there is none."""
        with self.changing():
            note = self._known(id)
            changed = msgspec.structs.replace(
                note,
                text=note.text if text is None else text,
                tags=note.tags if tags is None else tuple(tags),
                modified=now(),
            )
            changed = checked(changed)
            self._insert(changed, replace=True)
        return changed

    def remove(self, id: str) -> Note:
        """Take a note out. Returns it: `restore` puts it back. Raises LishuError where there is none."""
        with self.changing():
            note = self._known(id)
            self.library.connection.execute("DELETE FROM notes WHERE id = ?", (id,))
        return note

    def restore(self, note: Note) -> None:
        """Have a note as it was, whether it was taken out since or changed."""
        with self.changing():
            self._insert(checked(note), replace=True)

    def take(self, note: Note) -> Literal["added", "known"]:
        """Add a note that was made elsewhere, unless it is there: the same one, which stays as it is here, or one that
        says the same of the same words."""
        note = checked(note)
        with self.changing():
            known = self._read(
                "WHERE id = ? OR ((document = ? OR sha256 = ?) AND exact = ? AND text = ?)",
                [note.id, note.document, note.sha256 or "-", note.exact, note.text],
            )
            same = [
                one for one in known
                if one.id == note.id or (one.tags, one.prefix, one.suffix) == (note.tags, note.prefix, note.suffix)
            ]  # fmt: skip
            if same:
                return "known"
            self._insert(note)
        return "added"

    def _known(self, id: str) -> Note:
        if (note := self.note(id)) is None:
            raise LishuError("note", id, "there is no such note", "an id that `lishu-tui notes list` shows")
        return note

    def _insert(self, note: Note, *, replace: bool = False) -> None:
        values = {name: getattr(note, name) for name in FIELDS} | {"tags": "\n".join(note.tags), "filter": note.filter}
        sql = f"INSERT INTO notes ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        if replace:  # where it stands, for the order in which they are told
            sql += f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in values)}"
        self.library.connection.execute(sql, tuple(values.values()))


def note_of(row: tuple[Any, ...]) -> Note:
    """The note of a row. In a damaged file a text may have become something else: the list goes on."""
    values = dict(zip(FIELDS, (value if isinstance(value, str) else str(value) for value in row), strict=True))
    return Note(**values | {"tags": tuple(filter(None, values["tags"].split("\n")))})  # type: ignore[arg-type]


def about(library: Library | None, note: Note) -> Edition | None:
    """The document that a note is about, by its id, else by its capture; None where it is not there. Raises LishuError
    where it cannot be read."""
    if note.document == BUNDLED:
        return load_edition()
    if library is None:
        return None
    question = "SELECT id FROM documents WHERE id = ? OR sha256 = ? ORDER BY id = ? DESC LIMIT 1"
    row = library.connection.execute(question, (note.document, note.sha256, note.document)).fetchone()
    return None if row is None else library.edition(row[0])
