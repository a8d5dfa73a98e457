"""Bits that flip, pages that are lost, files cut short: told by name, and no wrong text passes for a right one."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library.store import Library, export_library, import_library, packing
from tests.library.kept import fill, made, some

PAGE = 4096


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, Edition]]:
    """A library's file, and the documents in it by id."""
    path = tmp_path_factory.mktemp("whole") / "library.db"
    editions = [*some(), *(made(f"短{n}", f"第{n}篇，春天來了。", source="日報") for n in range(12))]
    known = fill(path, editions)
    return path.read_bytes(), dict(zip(known, editions, strict=True))


@pytest.fixture
def path(tmp_path: Path, documents: tuple[bytes, dict[str, Edition]]) -> Path:
    path = tmp_path / "library.db"
    path.write_bytes(documents[0])
    return path


@pytest.fixture
def known(documents: tuple[bytes, dict[str, Edition]]) -> dict[str, Edition]:
    return documents[1]


def changed(path: Path, sql: str, *given: object) -> None:
    """Behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(sql, given)


def one_line(error: LishuError) -> None:
    assert "\n" not in str(error)


def opened(path: Path, documents: dict[str, Edition]) -> tuple[set[str], list[str]]:
    """Which documents cannot be opened, and what the check tells. Whatever opens is what was stored."""
    lost, told = set(documents), []
    try:
        library = Library.open(path)
    except LishuError as error:
        return lost, [str(error)]
    with library:
        for act in (
            library.entries, library.count, lambda: library.entries(sort="title", filter="春"),
            lambda: library.entry("x"), lambda: library.count("梨树"),
        ):  # fmt: skip
            try:
                act()
            except LishuError as error:
                one_line(error)
        for id, edition in documents.items():
            try:
                assert library.edition(id) == msgspec.structs.replace(edition, id=id)
                lost.discard(id)
            except LishuError as error:
                one_line(error)
        for finding in library.check():
            assert "\n" not in finding.line
            if not finding.ok:
                told.append(f"{finding.id} {finding.line}")
    return lost, told


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_nothing_is_amiss_with_a_whole_one(path: Path, known: dict[str, Edition]) -> None:
    assert opened(path, known) == (set(), [])


@pytest.mark.parametrize("table", ["captures", "editions"])
def test_one_bit_of_a_document_is_told_by_its_id(path: Path, known: dict[str, Edition], table: str) -> None:
    chance = random.Random(1)
    ids = list(known)
    with closing(sqlite3.connect(path)) as other:
        stored = dict(other.execute(f"SELECT document, data FROM {table}").fetchall())
    for number in (1, 3, 5, 9):
        for _ in range(6):
            bad = flip(stored[number], chance.randrange(8 * len(stored[number])))
            changed(path, f"UPDATE {table} SET data = ? WHERE document = ?", bad, number)
            lost, told = opened(path, known)
            assert lost == {ids[number - 1]}
            assert len(told) == 1
            assert ids[number - 1] in told[0]
        changed(path, f"UPDATE {table} SET data = ? WHERE document = ?", stored[number], number)
    assert opened(path, known) == (set(), [])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE editions SET data = (SELECT data FROM editions WHERE document = 2) WHERE document = 1",
        "UPDATE editions SET (data, sha256) = (SELECT data, sha256 FROM editions WHERE document = 2)"
        " WHERE document = 1",
        "UPDATE captures SET (data, size) = (SELECT data, size FROM captures WHERE document = 2) WHERE document = 1",
        "UPDATE captures SET size = 7 WHERE document = 1",
        "UPDATE documents SET sha256 = 'none' WHERE number = 1",
        "DELETE FROM captures WHERE document = 1",
        "DELETE FROM editions WHERE document = 1",
    ],
)  # fmt: skip
def test_parts_that_are_not_of_one_document(path: Path, known: dict[str, Edition], sql: str) -> None:
    changed(path, sql)
    lost, told = opened(path, known)
    assert lost == {next(iter(known))}
    assert any(next(iter(known)) in line for line in told)


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE documents SET title = 'x' WHERE number = 1", "the list says other things"),
        ("UPDATE documents SET characters = 7 WHERE number = 1", "the list says other things"),
        ("UPDATE documents SET title = CAST(x'80ff' AS TEXT) WHERE number = 1", "the list says other things"),
        ("DELETE FROM texts WHERE document = 1", "no text to search"),
        ("DELETE FROM documents WHERE number = 1", "references"),
    ],
)
def test_what_the_list_and_the_index_say_is_checked(path: Path, known: dict[str, Edition], sql: str, word: str) -> None:
    changed(path, sql)
    with Library.open(path) as library:
        assert len(library.entries()) >= len(known) - 1
        bad = [finding for finding in library.check() if not finding.ok]
    assert any(word in f"{finding.what} {finding.line}" for finding in bad)


def test_an_emendation_that_leads_nowhere_is_told(path: Path, known: dict[str, Edition]) -> None:
    id, edition = next((id, edition) for id, edition in known.items() if edition.emendations)
    data = packing.pack(msgspec.structs.replace(edition, id=id, emendations=edition.emendations[1:]), packing.MOST)
    row = (data, packing.digest(data), id)
    number = "(SELECT number FROM documents WHERE id = ?)"
    changed(path, f"UPDATE editions SET data = ?, sha256 = ? WHERE document = {number}", *row)
    changed(path, "UPDATE documents SET damaged = damaged - 1 WHERE id = ?", id)
    with Library.open(path) as library:
        bad = [finding for finding in library.check() if not finding.ok]
    assert [(finding.id, finding.what) for finding in bad] == [(id, "replay")]


def test_each_page_zeroed_in_turn(path: Path, documents: tuple[bytes, dict[str, Edition]]) -> None:
    data, known = documents
    some_lost, all_lost = 0, 0
    for start in range(PAGE, len(data), PAGE):
        path.write_bytes(data[:start] + bytes(PAGE) + data[start + PAGE :])
        lost, told = opened(path, known)
        assert told or not lost
        assert all(any(id in line for line in told) for id in lost) or len(lost) == len(known)
        some_lost += 0 < len(lost) < len(known)
        all_lost += len(lost) == len(known)
    assert all_lost <= 6  # those from which a table, or the list of tables, is found
    assert some_lost >= 10


def test_any_bit_flipped(path: Path, documents: tuple[bytes, dict[str, Edition]]) -> None:
    data, known = documents
    chance = random.Random(2)
    # The header and the pages that hold the tables' beginnings are small, and matter more.
    places = [chance.randrange(8 * len(data)) for _ in range(120)] + [chance.randrange(8 * PAGE) for _ in range(40)]
    for bit in places:
        path.write_bytes(flip(data, bit))
        lost, told = opened(path, known)
        assert told or not lost


def test_cut_short_at_any_place(path: Path, documents: tuple[bytes, dict[str, Edition]]) -> None:
    data, known = documents
    chance = random.Random(3)
    for length in [0, 1, 99, 100, 511, 512, PAGE, *(chance.randrange(len(data)) for _ in range(25))]:
        path.write_bytes(data[:length])
        lost, told = opened(path, known)
        assert lost == set(known)
        assert told
        assert path.read_bytes() == data[:length]


def test_noise_in_the_middle(path: Path, documents: tuple[bytes, dict[str, Edition]], tmp_path: Path) -> None:
    data, known = documents
    chance = random.Random(4)
    for round in range(12):
        start = chance.randrange(PAGE, len(data))
        path.write_bytes(data[:start] + chance.randbytes(min(2000, len(data) - start)) + data[start + 2000 :])
        lost, told = opened(path, known)
        assert told or not lost
        # Moving house: what is whole goes along, or a line says why not.
        with Library.open(tmp_path / f"new{round}.db", write=True) as new:
            try:
                with new.importing():
                    list(import_library(new, path))
            except LishuError as error:
                one_line(error)
            assert all(finding.ok for finding in new.check())
            assert {entry.id for entry in new.entries()} <= set(known)


def test_a_damaged_library_is_not_exported_as_if_it_were_whole(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: 2 * PAGE] + bytes(len(data) - 2 * PAGE))
    with pytest.raises(LishuError, match="damaged"), Library.open(path) as library:
        export_library(library, path.with_name("out.db"))
    assert not path.with_name("out.db").exists()
