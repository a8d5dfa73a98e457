"""The full-text index of a library: what is searched of each document, and the two FTS5 tables over it.

The tables are contentless: they hold no text, only which document holds which characters where. The text, as it is
restored, stands in `texts`; what was put into the index for it can be made again from there, and is, when a document is
removed. All of this happens in the transaction of whoever calls.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256

from lishu_tui.search.compact import RULES, compact
from lishu_tui.search.fold import fold_table
from lishu_tui.search.grams import PRESENT, SCHEME, Table, match, tokens

# An import writes its pieces of the index 16 MiB at a time (not 1) and puts 16 of them together (not 4): it takes two
# thirds of the time, and a search in up to 64 pieces still takes a few milliseconds.
SCHEMA = """
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE indexed (rules TEXT NOT NULL, last INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE bigrams USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE characters USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO bigrams (bigrams, rank) VALUES ('hashsize', 16777216), ('automerge', 16), ('crisismerge', 64);
INSERT INTO characters (characters, rank) VALUES ('hashsize', 16777216), ('automerge', 16), ('crisismerge', 64);
"""
"""The tables of the index, to be created beside `documents`."""

TABLES: tuple[Table, ...] = ("bigrams", "characters")
MOST = 512 << 20
"""Bytes of a text at most: far more than our own readers make of a file."""
LEVEL = 6
"""Of zlib: a higher one takes longer and gains nothing on texts this short."""


def add(connection: sqlite3.Connection, number: int, paragraphs: Sequence[str]) -> None:
    """Keep a document's restored paragraphs, to be indexed by `catch_up` before the transaction ends.

    Numbers go up. That the index is written later is for FTS5's sake: at each savepoint it writes a piece of its own.
    """
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, pack(paragraphs)))


def catch_up(connection: sqlite3.Connection) -> None:
    """Index the documents that were added since it was done last."""
    row = connection.execute("SELECT last FROM indexed").fetchone()
    if row is None:
        connection.execute("INSERT INTO indexed VALUES (?, 0)", (rules(),))
    before = last = row[0] if row else 0
    while rows := connection.execute(
        "SELECT document, data FROM texts WHERE document > ? ORDER BY document LIMIT 20", (last,)
    ).fetchall():
        for last, data in rows:
            with suppress(ValueError):  # a damaged text, of which `check` tells
                for table, text in _tokens(data).items():
                    connection.execute(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", (last, text))
    if last != before:
        connection.execute("UPDATE indexed SET last = ?", (last,))


def remove(connection: sqlite3.Connection, number: int) -> None:
    """Take a document out of the index, while its row of `texts` is there. Where that is damaged, nobody knows any more
    what was indexed of it, and the index is `stale`."""
    row = connection.execute("SELECT last FROM indexed").fetchone()
    for (data,) in connection.execute("SELECT data FROM texts WHERE document = ?", (number,)).fetchall():
        if row and number <= row[0]:
            try:
                old = _tokens(data)
            except ValueError:
                old = {}
                connection.execute("UPDATE indexed SET rules = ''")
            for table, text in old.items():
                connection.execute(
                    f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)", (number, text)
                )
        connection.execute("DELETE FROM texts WHERE document = ?", (number,))


def stale(connection: sqlite3.Connection) -> bool:
    """Whether the index is to be made again: it was made by other rules of what reads alike than this program's, or
    holds what cannot be taken out of it."""
    row = connection.execute("SELECT rules FROM indexed").fetchone()
    return row is not None and row[0] != rules()


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index again from the texts."""
    for table in TABLES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    connection.execute("DELETE FROM indexed")
    catch_up(connection)


def occurrences(connection: sqlite3.Connection, pair: str) -> int:
    """How often a pair of characters stands in all texts; where both are one, those that overlap are counted too."""
    token = match(pair)[1].strip('"')
    _vocabulary(connection)
    row = connection.execute("SELECT cnt FROM temp.bigram_vocabulary WHERE term = ?", (token,)).fetchone()
    return int(row[0]) if row else 0


def pairs(connection: sqlite3.Connection, firsts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The pairs that begin with one of these Chinese characters, and in how many documents each stands."""
    _vocabulary(connection)
    question = "SELECT term, doc FROM temp.bigram_vocabulary WHERE term >= ? AND term < ?"
    for first in firsts:
        yield from connection.execute(question, (first, first + chr(0x10FFFF))).fetchall()


def _vocabulary(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.bigram_vocabulary USING fts5vocab (main, bigrams, row)")


def check(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the index, a line each: it is sound, and it and the documents agree."""
    if stale(connection):
        yield "the index is to be made again, which is done when something is imported"
    yield from _without_each_other(connection, "documents", "number", "texts", "document")
    numbers = {number for (number,) in connection.execute("SELECT document FROM texts")}
    row = connection.execute("SELECT last FROM indexed").fetchone()
    late = {number for number in numbers if number > (row[0] if row else 0)}
    yield from (f"document {number} has not been indexed" for number in sorted(late))
    for table in TABLES:
        try:
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:  # opened for reading, it is not looked at
                yield f"the index of {table} is damaged ({error})"
                continue
        try:
            present = {
                row[0]
                for row in connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (PRESENT[table],))
            }
        except sqlite3.DatabaseError as error:
            yield f"the index of {table} cannot be read ({error})"
            continue
        for number in sorted(numbers - present - late):
            yield f"document {number} is missing from the index of {table}"
        for number in sorted(present - numbers):
            yield f"the index of {table} has a document {number} that is not there"
    if not stale(connection):
        yield from _unfound(connection, late)


@lru_cache(maxsize=1)
def rules() -> str:
    """A digest of all that decides what is put into the index for a text."""
    decides = repr((SCHEME, RULES, sorted(fold_table().items())))
    return sha256(decides.encode("utf-8", "surrogatepass")).hexdigest()


def pack(paragraphs: Sequence[str]) -> bytes:
    """Paragraphs as they are kept: a line end in one is a space, which it reads as, in the same place."""
    text = "\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpack(data: bytes) -> list[str]:
    """The paragraphs that were kept."""
    return joined(data).split("\n")


def joined(data: bytes) -> str:
    """The paragraphs that were kept, with line ends between them. Raises ValueError where they cannot be read."""
    machine = zlib.decompressobj()
    try:
        text = machine.decompress(data, MOST)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not machine.eof or machine.unused_data:
        raise ValueError("the compressed text is cut off, or goes on where it should end")
    return text.decode("utf-8", "surrogatepass")


def _tokens(data: bytes) -> dict[Table, str]:
    return tokens(compact(paragraph).folded for paragraph in unpack(data))


def _without_each_other(connection: sqlite3.Connection, *names: str) -> Iterator[str]:
    one, its, other, others = names
    for number, there in connection.execute(
        f"SELECT {its}, 1 FROM {one} WHERE {its} NOT IN (SELECT {others} FROM {other})"
        f" UNION ALL SELECT {others}, 0 FROM {other} WHERE {others} NOT IN (SELECT {its} FROM {one})"
    ):
        yield (
            f"document {number} has no text to search"
            if there
            else f"there is text of a document {number} that is not there"
        )


def _unfound(connection: sqlite3.Connection, late: set[int]) -> Iterator[str]:
    """Documents whose text cannot be read, or is not found where the index is asked for some of it; not the `late`."""
    last = -1
    while row := connection.execute(
        "SELECT document, data FROM texts WHERE document > ? ORDER BY document LIMIT 1", (last,)
    ).fetchone():
        last = row[0]
        try:
            paragraphs = unpack(row[1])
        except ValueError:
            yield f"the text of document {last} is damaged"
            continue
        longest = max(paragraphs, key=len, default="")
        needle = compact(longest[:20]).folded[-4:]
        if not needle or last in late:
            continue
        table, expression = match(needle)
        try:
            found = connection.execute(
                f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?", (expression, last)
            ).fetchone()
        except sqlite3.DatabaseError as error:
            yield f"the index of {table} cannot be read ({error})"
            return
        if found is None:
            yield f"document {last} is not found by its own words"
