"""Law: the index answers what a plain search of the compact text answers, whatever characters either is made of."""

from __future__ import annotations

import sqlite3

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lishu_tui.library import index
from lishu_tui.search import compile
from lishu_tui.search.compact import compact
from lishu_tui.search.grams import PRESENT, match

ODD = (
    "梨樹县疫aA0 \u3000，。\"'*-:^()+{}\0\u200b\ufffe\uffff\u0301"
    "\U00020bb7\U00031350\U0001f600\U00100000\U00100022\U00100080\U00100081"
)
CHARACTERS = st.one_of(st.sampled_from(ODD), st.characters(), st.integers(0xD800, 0xDFFF).map(chr))
PARAGRAPHS = st.lists(
    st.one_of(
        st.text(CHARACTERS, max_size=12), st.sampled_from(["AND", "a OR b", "NEAR(梨 樹, 2)", 'text : "x"', "NOT 樹*"])
    ),
    max_size=4,
)


def _indexed(*documents: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(f"CREATE TABLE documents (number INTEGER PRIMARY KEY);{index.SCHEMA}")
    for number, paragraphs in enumerate(documents, 1):
        connection.execute("INSERT INTO documents VALUES (?)", (number,))
        index.add(connection, number, paragraphs)
    index.catch_up(connection)
    return connection


def _found(connection: sqlite3.Connection, needle: str) -> list[int]:
    table, expression = match(needle)
    rows = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid", (expression,))
    return [number for (number,) in rows]


def _scanned(documents: list[list[str]], needle: str) -> list[int]:
    return [n for n, text in enumerate(documents, 1) if any(needle in compact(p).folded for p in text)]


@settings(max_examples=300)
@example([["a" + chr(0x10000A), "\n"]], "\n")
@given(
    st.lists(PARAGRAPHS, max_size=4),
    st.one_of(st.text(CHARACTERS, max_size=5), st.sampled_from(["AND", "OR", "*", '"'])),
)
def test_the_index_answers_as_a_plain_search_does(documents: list[list[str]], query: str) -> None:
    connection = _indexed(*documents)
    if needle := compile(query).needle:
        assert _found(connection, needle) == _scanned(documents, needle)


@settings(max_examples=200)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=3), st.data())
def test_every_piece_of_a_text_is_found_and_none_across_paragraphs(
    documents: list[list[str]], data: st.DataObject
) -> None:
    connection = _indexed(*documents)
    texts = [compact(p).folded for document in documents for p in document]
    text = data.draw(st.sampled_from([*texts, "".join(texts)]))
    start = data.draw(st.integers(0, len(text)))
    needle = text[start : data.draw(st.integers(start, min(len(text), start + 8)))]
    if needle:
        assert _found(connection, needle) == _scanned(documents, needle)


@given(st.lists(PARAGRAPHS, min_size=2, max_size=4), st.integers(0, 3), st.text(CHARACTERS, min_size=1, max_size=3))
def test_what_is_removed_leaves_no_trace(documents: list[list[str]], which: int, needle: str) -> None:
    connection = _indexed(*documents)
    gone = which % len(documents)
    index.remove(connection, gone + 1)
    gone_with_it = [compact(p).folded[:2] for p in documents[gone]]
    documents[gone] = []
    for one in [needle, *gone_with_it]:
        if one := compact(one).folded:
            assert _found(connection, one) == _scanned(documents, one)
    for table in index.TABLES:
        rows = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (PRESENT[table],)).fetchall()
        assert gone + 1 not in [number for (number,) in rows]
