"""What the library's tables are. The two tables of the index and `texts` are written in `library/index.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lishu_tui.library import index

APPLICATION_ID = 0x6C69_7368
"""Says in the file's header that it is ours: `lish`."""

VERSION = 2
"""Of the schema, in `user_version`. A library with a higher one was made by a newer lishu-tui."""

SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    date TEXT NOT NULL,
    year INTEGER,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    url TEXT NOT NULL,
    captured TEXT NOT NULL,
    format TEXT NOT NULL,
    characters INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    damaged INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    imported TEXT NOT NULL,
    filter TEXT NOT NULL
) STRICT;
CREATE INDEX documents_title ON documents (title_key);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_source ON documents (source_key);
CREATE INDEX documents_characters ON documents (characters);
CREATE INDEX documents_damage ON documents (damaged);
CREATE INDEX documents_filter ON documents (filter);
CREATE TABLE captures (
    document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE editions (
    document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""

NOTES = """
CREATE TABLE notes (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL,
    address TEXT NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    filter TEXT NOT NULL
) STRICT;
CREATE INDEX notes_document ON notes (document, exact);
CREATE INDEX notes_capture ON notes (sha256, exact);
"""
"""What a reader notes, from version 2 on. Of the bundled document too, and of documents that were taken out: a note is
bound to a document by its id and by its capture, and so none is a reference."""


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit what stands open before it."""
    whole = ""
    for line in script.splitlines(keepends=True):
        whole += line
        if sqlite3.complete_statement(whole):
            yield whole.strip()
            whole = ""
    if whole.strip():
        yield whole.strip()


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of this version in an empty database, within the transaction that is open."""
    for script in (SCHEMA, index.SCHEMA, NOTES):
        for statement in statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
