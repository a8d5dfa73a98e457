"""The library: documents added, listed, opened and taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from lishu_tui.edition import Edition, LishuError
from lishu_tui.edition.places import BUNDLED
from lishu_tui.library import index
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.store import entries
from lishu_tui.library.store.checking import Finding, check
from lishu_tui.library.store.connecting import connect
from lishu_tui.library.store.entries import COLUMNS, Entry, Sort
from lishu_tui.library.store.faults import Connection
from lishu_tui.library.store.files import writing
from lishu_tui.library.store.packing import Prepared, digest, inflate, limit, prepare, unpack
from lishu_tui.library.store.places import library_file

PIECE = 6
"""Digits of the capture's digest at the end of an id; two more where another document has that id."""


class Library:
    """A reader's documents. One connection, for one thread; a context manager, which closes it.

    Whatever goes wrong with the file is raised as LishuError. The bundled document is not in it.
    """

    def __init__(self, connection: Connection, path: Path, *, write: bool) -> None:
        self.connection, self.path, self.write = connection, path, write
        self._importing = False

    @classmethod
    def open(cls, path: Path | None = None, *, write: bool = False) -> Library:
        """The library at `path`, or where `library_file()` says. To write, it is made where there is none. One of an
        older version is brought up to date. Raises LishuError for what is no library, or a newer one's."""
        path = library_file() if path is None else path
        return cls(connect(path, write=write), path, write=write)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def importing(self) -> Iterator[None]:
        """One transaction: all that is added within it is kept at its end, or none of it."""
        if self.connection.in_transaction:
            raise RuntimeError("a transaction is open")
        with writing(self.connection):
            self._importing = True
            try:
                yield
                self._still_open()
                index.catch_up(self.connection)
            finally:
                self._importing = False

    def _still_open(self) -> None:
        if self._importing and not self.connection.in_transaction:  # as when the disk is full
            raise LishuError(str(self.path), "", "the import was given up", "room and time for all of it", exit_code=74)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """A transaction, or a part of the one that is open, undone as a whole where it fails."""
        self._still_open()
        if not self.connection.in_transaction:
            with self.importing():
                yield
            return
        self.connection.execute("SAVEPOINT one")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO one")
                self.connection.execute("RELEASE one")
            raise
        self.connection.execute("RELEASE one")

    def add(self, edition: Edition | Prepared) -> tuple[str, Literal["added", "known"]]:
        """Keep an edition, its capture first. Returns its id, which is another than its own where that was taken, or
        that of the document that has the same capture. What was prepared in another process costs less here."""
        document = edition if isinstance(edition, Prepared) else prepare(edition)
        entry, execute = document.entry, self.connection.execute
        with self._changing():
            if known := execute("SELECT id FROM documents WHERE sha256 = ?", (entry.sha256,)).fetchone():
                return known[0], "known"
            if (id := self._free(entry.id, entry.sha256)) != entry.id:
                document = document.called(id)
            number = entries.insert(self.connection, document.entry)
            execute("INSERT INTO captures VALUES (?, ?, ?)", (number, document.size, document.capture))
            execute("INSERT INTO editions VALUES (?, ?, ?)", (number, digest(document.edition), document.edition))
            index.add(self.connection, number, document.paragraphs)
        return id, "added"

    def _free(self, proposed: str, sha256: str) -> str:
        """The id proposed, or where another document has it the next that is free."""
        base, dash, piece = proposed.rpartition("-")
        if not dash or not sha256.startswith(piece):
            base, piece = proposed, ""
        found, length = proposed, max(len(piece), PIECE - 2)
        while found == BUNDLED or self._number(found) is not None:
            length += 2
            found = f"{base}-{sha256[:length]}"
        return found

    def _number(self, id: str) -> int | None:
        row = self.connection.execute("SELECT number FROM documents WHERE id = ?", (id,)).fetchone()
        return None if row is None else int(row[0])

    def entry(self, id: str) -> Entry | None:
        """The line of the list with this id, None where there is none."""
        question = f"SELECT {COLUMNS} FROM documents WHERE id = ?"
        return next(map(entries.read, entries.rows(self.connection, question, (entries.whole(id),))), None)

    def entries(
        self, *, sort: Sort = "imported", descending: bool = False, filter: str = "", offset: int = 0, limit: int = -1
    ) -> list[Entry]:
        """The list, sorted; of a filter every word must be in the title, the source, the date or the id, in whatever
        script and width."""
        return entries.select(self.connection, sort, descending=descending, filter=filter, offset=offset, limit=limit)

    def count(self, filter: str = "") -> int:
        """How many entries the filter leaves."""
        return entries.count(self.connection, filter)

    def edition(self, id: str) -> Edition:
        """The document with this id. Raises LishuError where there is none, or where what is stored is not what was."""
        number, sha256, capture = self._capture(id)
        row = self.connection.execute("SELECT sha256, data FROM editions WHERE document = ?", (number,)).fetchone()
        if row is None or not isinstance(row[1], bytes) or digest(row[1]) != row[0]:
            raise self._damaged(id, "the edition is not what was stored")
        try:
            edition = unpack(row[1], capture, limit(capture))
        except ValueError as error:
            raise self._damaged(id, f"the edition cannot be read ({error})") from None
        if edition.id != id or edition.source.sha256 not in ("", sha256):
            raise self._damaged(id, "the edition is another document's")
        return edition

    def capture(self, id: str) -> bytes:
        """The bytes as they were captured. Raises LishuError where there are none, or others than were stored."""
        return self._capture(id)[2]

    def _capture(self, id: str) -> tuple[int, str, bytes]:
        row = self.connection.execute(
            "SELECT number, sha256, size, data FROM documents LEFT JOIN captures ON document = number WHERE id = ?",
            (entries.whole(id),),
        ).fetchone()
        if row is None:
            raise LishuError(str(self.path), id, "no such document", "an id that `lishu-tui list` shows")
        number, sha256, size, data = row
        try:
            capture = inflate(data, FILE_LIMIT) if isinstance(data, bytes) else None
        except ValueError:
            capture = None
        if capture is None or len(capture) != size or digest(capture) != sha256:
            raise self._damaged(id, "the capture is not what was stored")
        return number, sha256, capture

    def _damaged(self, id: str, wrong: str) -> LishuError:
        return LishuError(str(self.path), id, wrong, "the bytes with their digest (`lishu-tui check` tells more)")

    def remove(self, id: str) -> bool:
        """Take a document out. False where there is none."""
        with self._changing():
            number = self._number(entries.whole(id))
            if number is None:
                return False
            index.remove(self.connection, number)
            self.connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        return True

    def check(self) -> Iterator[Finding]:
        """What was checked, of the file and of each document, whether or not it is as it should be."""
        return check(self)

    def execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question, all at once: a cursor left open would keep a writer waiting."""
        return self.connection.execute(sql, parameters).fetchall()
