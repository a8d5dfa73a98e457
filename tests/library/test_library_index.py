"""The index beside its documents: it has what they have, says so where not, and can be made again."""

from __future__ import annotations

import random
import sqlite3
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.library import index
from lishu_tui.library.store import Library
from lishu_tui.search.grams import PRESENT, match
from tests.library.kept import fill, ids, made

LINES = st.text(st.one_of(st.sampled_from("梨樹县 \n\0a\u200b，\ud800\U00100001"), st.characters()), max_size=12)


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(f"CREATE TABLE documents (number INTEGER PRIMARY KEY);{index.SCHEMA}")
    return made


def _add(connection: sqlite3.Connection, number: int, *paragraphs: str) -> None:
    connection.execute("INSERT INTO documents VALUES (?)", (number,))
    index.add(connection, number, paragraphs)


def _found(connection: sqlite3.Connection, needle: str) -> list[int]:
    table, expression = match(needle)
    return [n for (n,) in connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression,))]


def _remove(connection: sqlite3.Connection, number: int) -> None:
    index.remove(connection, number)
    connection.execute("DELETE FROM documents WHERE number = ?", (number,))


@given(st.lists(LINES, min_size=1, max_size=5))
def test_paragraphs_are_kept_as_they_are_but_for_line_ends(paragraphs: list[str]) -> None:
    assert index.unpack(index.pack(paragraphs)) == [paragraph.replace("\n", " ") for paragraph in paragraphs]


@pytest.mark.parametrize(
    "data", [b"", b"x", zlib.compress(b"\xff"), zlib.compress(b"a")[:-2], zlib.compress(b"") + b"x"]
)
def test_what_is_no_text_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        index.joined(data)


def test_documents_are_found_once_the_index_has_caught_up(connection: sqlite3.Connection) -> None:
    _add(connection, 1, "梨樹縣", "疫情防控")
    _add(connection, 2, "疫情")
    index.catch_up(connection)
    assert _found(connection, "疫情") == [1, 2]
    _add(connection, 5, "防疫情")
    index.catch_up(connection)
    index.catch_up(connection)
    assert _found(connection, "疫情") == [1, 2, 5]
    assert _found(connection, "县疫") == []
    assert not list(index.check(connection))


def test_what_was_added_and_removed_in_one_transaction_leaves_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    _add(connection, 1, "疫情")
    _add(connection, 2, "疫情")
    _remove(connection, 2)
    index.catch_up(connection)
    _remove(connection, 1)
    connection.execute("COMMIT")
    assert not list(index.check(connection))
    for table in index.TABLES:
        assert not connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (PRESENT[table],)).fetchall()


def test_a_transaction_rolled_back_leaves_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    _add(connection, 1, "疫情")
    index.catch_up(connection)
    connection.execute("ROLLBACK")
    assert _found(connection, "疫情") == []
    _add(connection, 1, "防控")
    index.catch_up(connection)
    assert (_found(connection, "防控"), list(index.check(connection))) == ([1], [])


def test_added_and_removed_at_random_it_agrees(connection: sqlite3.Connection) -> None:
    pick, there, number = random.Random(3), dict[int, str](), 0
    for _ in range(300):
        if there and pick.random() < 0.4:
            gone = pick.choice(list(there))
            del there[gone]
            _remove(connection, gone)
        else:
            number += 1
            there[number] = "".join(pick.choices("梨樹县疫情", k=pick.randint(1, 9)))
            _add(connection, number, there[number])
        if pick.random() < 0.5:
            index.catch_up(connection)
    index.catch_up(connection)
    assert not list(index.check(connection))
    for needle in ("梨", "樹县", "疫情梨"):
        folded = needle.replace("樹", "树")
        assert _found(connection, folded) == [n for n, text in there.items() if needle in text]
    pairs = dict(index.pairs(connection, "树疫"))
    assert pairs["树县"] == sum("樹县" in text for text in there.values())
    assert set(pairs) == {a + b for a in "树疫" for b in "梨树县疫情"} | {
        p for p in pairs if len(p) == 2 and p[1] > "\U000fffff"
    }
    assert index.occurrences(connection, "疫情") == sum(text.count("疫情") for text in there.values())
    assert index.occurrences(connection, "東西") == 0


def test_other_rules_make_it_stale_until_it_is_made_again(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not index.stale(connection)
    _add(connection, 1, "乾")
    index.catch_up(connection)
    with monkeypatch.context() as older:
        older.setattr(index, "rules", lambda: "of another version")
        assert index.stale(connection)
        assert list(index.check(connection)) == [
            "the index is to be made again, which is done when something is imported"
        ]
        index.rebuild(connection)
        assert not index.stale(connection)
    assert index.stale(connection)
    index.rebuild(connection)
    assert (index.stale(connection), _found(connection, "干"), list(index.check(connection))) == (False, [1], [])


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("INSERT INTO documents VALUES (7)", "document 7 has no text to search"),
        ("DELETE FROM documents WHERE number = 2", "there is text of a document 2 that is not there"),
        ("DELETE FROM texts WHERE document = 2", "document 2 has no text to search"),
        ("UPDATE texts SET data = x'00' WHERE document = 2", "the text of document 2 is damaged"),
        ("INSERT INTO bigrams (bigrams) VALUES ('delete-all')", "document 1 is missing from the index of bigrams"),
        ("UPDATE indexed SET last = 1", "document 2 has not been indexed"),
        ("UPDATE texts SET data = (SELECT max(data) FROM texts)", "document 2 is not found by its own words"),
        ("DELETE FROM bigrams_data WHERE id > 100", "the index of bigrams is damaged"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(connection: sqlite3.Connection, harm: str, says: str) -> None:
    _add(connection, 1, "梨樹縣疫情防控阻擊戰")
    _add(connection, 2, "四平市", "春耕生產")
    index.catch_up(connection)
    connection.execute(harm)
    assert any(line.startswith(says) for line in index.check(connection)), list(index.check(connection))


def test_a_library_that_is_only_read_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    fill(path, [made("梨樹", "農民們都到地里去干活。")])
    with Library.open(path) as library:
        assert not list(index.check(library.connection))
        assert len(ids(path)) == 1
    with Library.open(path, write=True) as library:
        library.connection.execute("INSERT INTO characters (characters) VALUES ('delete-all')")
    with Library.open(path) as library:
        assert list(index.check(library.connection)) == ["document 1 is missing from the index of characters"]


def test_an_import_is_written_in_few_pieces(tmp_path: Path) -> None:
    # FTS5 writes a piece at each savepoint; a search looks into every piece, for every pair of characters.
    path = tmp_path / "library.db"
    fill(path, [made(f"第{number}篇", "農民們都到地里去干活。") for number in range(30)])
    with Library.open(path) as library:
        for table in index.TABLES:
            assert library.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx") == [(1,)]


def test_a_document_with_a_damaged_text_can_be_removed(connection: sqlite3.Connection) -> None:
    _add(connection, 1, "疫情")
    _add(connection, 2, "疫情防控")
    index.catch_up(connection)
    connection.execute("UPDATE texts SET data = x'00' WHERE document = 2")
    index.rebuild(connection)
    assert _found(connection, "疫情") == [1]
    connection.execute("UPDATE texts SET data = ? WHERE document = 2", (index.pack(["疫情防控"]),))
    index.rebuild(connection)
    connection.execute("UPDATE texts SET data = x'00' WHERE document = 2")
    _remove(connection, 2)
    assert index.stale(connection)
    index.rebuild(connection)
    assert (index.stale(connection), _found(connection, "疫情"), list(index.check(connection))) == (False, [1], [])
