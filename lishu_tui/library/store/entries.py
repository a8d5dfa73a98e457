"""The lines of the list of documents: what each says, and how they are sorted and filtered."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import product
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from lishu_tui.edition import Edition, visible
from lishu_tui.edition.texts import characters
from lishu_tui.library.store.faults import Fault
from lishu_tui.search.fold import fold
from lishu_tui.search.pinyin import readings

Sort = Literal["title", "date", "source", "characters", "damage", "imported"]
SORTS: tuple[Sort, ...] = get_args(Sort)

BY: dict[Sort, str] = {
    "title": "title_key",
    "date": "date",
    "source": "source_key",
    "characters": "characters",
    "damage": "damaged",
    # Not the time of import: a clock may have been put back.
    "imported": "number",
}


class Entry(NamedTuple):
    """One line of the list. `damaged` is the number of emendations, `dropped` that of characters left out."""

    number: int
    id: str
    title: str
    date: str
    year: int | None
    source: str
    url: str
    captured: str
    format: str
    characters: int
    paragraphs: int
    damaged: int
    dropped: int
    imported: str
    sha256: str


COLUMNS = ", ".join(Entry._fields)
NUMBERS = {"number", "characters", "paragraphs", "damaged", "dropped"}
ALLOWED = [(int, type(None)) if name == "year" else (int,) if name in NUMBERS else (str,) for name in Entry._fields]
KINDS = set(product(*ALLOWED))
YEARS = range(1, 10_000)
FEW = 1000
"""Rows of the list that are looked at one by one, before the filter is asked of all."""
LONG = 60
"""Characters of a title that it is sorted by."""
_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text, � for half a surrogate pair, which no encoding has."""
    return _HALF.sub("\ufffd", text)


def now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def entry_of(edition: Edition, sha256: str, imported: str, number: int = 0) -> Entry:
    """What the list says of an edition."""
    source, provenance = edition.source, edition.provenance
    url = provenance.url if provenance else ""
    restored = edition.readings["restored"]
    return Entry(
        number=number,
        id=edition.id,
        title=whole(source.title),
        date=whole(source.date),
        year=source.year if source.year in YEARS else None,
        source=whole(source.publisher or host(url)),
        url=whole(url),
        captured=whole(provenance.captured) if provenance else "",
        format=whole(provenance.format) if provenance else "",
        characters=characters(restored),
        paragraphs=len(restored),
        damaged=len(edition.emendations),
        dropped=sum(d.characters for d in provenance.dropped) if provenance else 0,
        imported=imported,
        sha256=sha256,
    )


def host(url: str) -> str:
    """The name of the server in an address, empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def keys(entry: Entry) -> dict[str, str]:
    """What an entry is sorted and filtered by, beside what it says."""
    shown = " ".join((entry.title, entry.source, entry.date, entry.id))
    return {"title_key": sort_key(entry.title), "source_key": sort_key(entry.source), "filter": fold(shown)}


def sort_key(text: str) -> str:
    """What a title is sorted by: its Chinese as dictionaries do, character by character, each by its pinyin (ü behind
    u) and what reads alike by the character; the rest without case. Marks count for nothing."""
    said, key = readings(), []
    for c in fold(visible(text[:LONG])).casefold():
        if (syllable := said.get(c)) is not None:
            key.append(f" {syllable.replace('v', 'u!')}\x01{c} ")
        else:
            key.append(c if c.isalnum() else " ")
    return " ".join("".join(key).split())


def insert(connection: sqlite3.Connection, entry: Entry) -> int:
    """Write an entry; its number is given anew. Returns it."""
    row = entry._asdict() | keys(entry)
    del row["number"]
    names = ", ".join(row)
    cursor = connection.execute(
        f"INSERT INTO documents ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def words(filter: str) -> list[str]:
    """The words of a filter, each of which an entry must hold."""
    return list(dict.fromkeys(fold(whole(filter)).split()))


def holds(sought: list[str]) -> str:
    """The condition that a row holds each of these words, which are given for its question marks."""
    return " AND ".join("instr(filter, ?)" for _ in sought)


def select(
    connection: sqlite3.Connection, sort: Sort, *, descending: bool, filter: str, offset: int, limit: int
) -> list[Entry]:
    """The entries that a filter leaves, in order; those that sort alike in the order in which they came, or in the
    reverse of it."""
    sought = words(filter)
    down = " DESC" if descending else ""
    order = "ORDER BY " + ", ".join(dict.fromkeys((f"{BY[sort]}{down}", f"number{down}")))
    end = (limit, offset)
    if not sought:
        return _read(connection, f"SELECT {COLUMNS} FROM documents {order} LIMIT ? OFFSET ?", end)
    # What many hold, as when the first letter is typed, is found among the first few.
    if limit >= 0 and offset + limit <= FEW:
        few = f"SELECT * FROM documents {order} LIMIT {FEW}"
        question = f"SELECT {COLUMNS} FROM ({few}) WHERE {holds(sought)} {order} LIMIT ? OFFSET ?"
        if len(found := _read(connection, question, (*sought, *end))) == limit:
            return found
    among = f"SELECT number FROM documents WHERE {holds(sought)}"
    question = f"SELECT {COLUMNS} FROM documents WHERE number IN ({among}) {order} LIMIT ? OFFSET ?"
    return _read(connection, question, (*sought, *end))


def _read(connection: sqlite3.Connection, question: str, given: Sequence[Any]) -> list[Entry]:
    return [read(row) for row in rows(connection, question, given)]


def rows(connection: sqlite3.Connection, question: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer a question, � for what is no UTF-8 in a damaged one: the others are shown all the same."""
    try:
        return connection.execute(question, given).fetchall()
    except Fault as fault:
        if fault.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        factory, connection.text_factory = connection.text_factory, _text
        try:
            return connection.execute(question, given).fetchall()
        finally:
            connection.text_factory = factory


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def read(row: tuple[Any, ...]) -> Entry:
    """The entry of a row. In a damaged file a number may have become a text and the other way round: the list goes on,
    and the check tells."""
    if tuple(map(type, row)) not in KINDS:
        row = tuple(
            value if type(value) in kinds else (str(value) if str in kinds else 0)
            for value, kinds in zip(row, ALLOWED, strict=True)
        )
    return Entry(*row)


def count(connection: sqlite3.Connection, filter: str) -> int:
    sought = words(filter)
    condition = f" WHERE {holds(sought)}" if sought else ""
    return int(connection.execute(f"SELECT count(*) FROM documents{condition}", sought).fetchone()[0])
