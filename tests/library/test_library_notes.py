"""Notes: kept with their words, through changes, deaths, removals and moves; nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Edition, LishuError, Span, load_edition
from lishu_tui.library.notes import Note, Notes
from lishu_tui.library.notes.note import QUOTE, TAG, TAGS, TEXT, checked
from lishu_tui.library.store import Library, export_library, import_library, import_notes
from lishu_tui.library.store.schema import VERSION
from tests.library.kept import faults_of, fill, ids, killed_at, made, some

BUNDLED = load_edition()
HEAD = Span(3, 0, 8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def noted(path: Path, *, text: str = "再查", edition: Edition = BUNDLED, span: Span = HEAD) -> Note:
    with Library.open(path, write=True) as library:
        return Notes(library).add(edition, span, text, ["要點", "人物"])


def all_of(path: Path) -> list[Note]:
    with Library.open(path) as library:
        return Notes(library).all()


# ── making, changing, taking out ────────────────────────────────────────────────────────────────────────────────────


def test_a_note_makes_the_library_and_holds_its_words(path: Path) -> None:
    note = noted(path)
    assert all_of(path) == [note]
    assert note.exact == BUNDLED.quote(Span(3, 0, 8))
    assert note.address == str(BUNDLED.address(Span(3, 0, 8)))
    assert (note.document, note.sha256, note.tags) == ("lishu", BUNDLED.source.sha256, ("要點", "人物"))
    assert note.created == note.modified
    assert note.source == f"urn:sha256:{BUNDLED.source.sha256}"
    assert not faults_of(path)


def test_what_is_changed_or_taken_out_can_be_taken_back(path: Path) -> None:
    first, second = noted(path), noted(path, text="其二")
    with Library.open(path, write=True) as library:
        notes = Notes(library)
        changed = notes.edit(first.id, text=" 改了 ", tags=["a  b", "a b", ""])
        assert (changed.text, changed.tags, changed.created) == ("改了", ("a b",), first.created)
        assert notes.all() == [changed, second]
        assert notes.edit(first.id, tags=[]).text == "改了"
        notes.restore(first)
        assert notes.all() == [first, second]
        assert notes.remove(first.id) == first
        assert notes.note(first.id) is None
        notes.restore(first)
        assert sorted(notes.all(), key=lambda note: note.id) == sorted([first, second], key=lambda note: note.id)
        for action in (notes.remove, notes.edit):
            with pytest.raises(LishuError, match="no such note"):
                action("none")
        assert notes.count() == 2


def test_many_changes_are_one_or_none(path: Path) -> None:
    note = noted(path)
    with Library.open(path, write=True) as library:
        notes = Notes(library)
        with pytest.raises(LishuError), notes.changing():  # noqa: PT012
            notes.remove(note.id)
            notes.remove(note.id)
        assert notes.all() == [note]


def test_they_are_listed_by_document_and_filtered(path: Path) -> None:
    fill(path, some()[:2])
    with Library.open(path, write=True) as library:
        notes, one, two = Notes(library), *(library.edition(id) for id in ids(path))
        a = notes.add(one, Span(0, 0, 2), "農事", ["春"])
        b = notes.add(BUNDLED, Span(3, 0, 8), "防疫")
        c = notes.add(one, Span(0, 2, 4), "", ["地"])
        d = notes.add(two, Span(0, 0, 3), "收成", ["春"])
        assert notes.all() == [a, c, b, d]
        assert notes.of(one) == notes.of(one.id) == [a, c]
        assert notes.of(BUNDLED) == notes.of("lishu") == [b]
        assert notes.all("农事") == [a]
        assert notes.all("農民 秋收") == [d]
        assert notes.all("none of it") == []
        assert notes.all(tag="春") == [a, d]
        assert notes.all("梨树", "地") == [c]
        assert notes.tags() == [("春", 2), ("地", 1)]


@pytest.mark.parametrize(
    ("text", "tags", "says"),
    [
        ("x" * (TEXT + 1), [], "text: is too long"),
        ("", ["x" * (TAG + 1)], "tag: is too long"),
        ("", [str(n) for n in range(TAGS + 1)], "tags: is too long"),
    ],
)
def test_what_is_too_long_is_refused(path: Path, text: str, tags: list[str], says: str) -> None:
    with Library.open(path, write=True) as library:
        with pytest.raises(LishuError, match=says):
            Notes(library).add(BUNDLED, Span(3, 0, 8), text, tags)
        long = made("長", "字" * (QUOTE + 1))
        with pytest.raises(LishuError, match="quote: is too long"):
            Notes(library).add(long, Span(0, 0, QUOTE + 1))
        assert Notes(library).count() == 0


@given(st.text(), st.lists(st.text(max_size=100), max_size=5))
def test_any_text_is_kept(text: str, tags: list[str]) -> None:
    note = checked(
        Note(
            id="a", document="lishu", address="lishu", exact=text, prefix="", suffix="", sha256="", title=text, url="",
            text=text, tags=tuple(tags), created="", modified="",
        )
    )  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE TABLE t (tags, text, filter)")
        memory.execute("INSERT INTO t VALUES (?, ?, ?)", ("\n".join(note.tags), note.text, note.filter))
        stored, kept, _ = memory.execute("SELECT * FROM t").fetchone()
    assert tuple(filter(None, stored.split("\n"))) == note.tags
    assert kept == note.text == note.text.strip()
    assert checked(note) == note


# ── the document goes away, comes back, is another ──────────────────────────────────────────────────────────────────


def test_a_note_outlives_its_document(path: Path) -> None:
    (id,) = fill(path, some()[:1])
    with Library.open(path, write=True) as library:
        notes, edition = Notes(library), library.edition(id)
        note = notes.add(edition, Span(0, 2, 6), "種地")
        library.remove(id)
        assert notes.all() == [note]
        assert (note.title, note.exact) == (edition.source.title, edition.quote(Span(0, 2, 6)))
        # The same capture, by another name.
        again = library.edition(library.add(msgspec.structs.replace(edition, id="another-name"))[0])
        assert again.id == "another-name"
        assert notes.of(again) == [note]
        assert notes.place(note, again).status == "same"
    assert not faults_of(path)


def test_a_note_is_found_again_in_a_changed_edition(path: Path) -> None:
    before = made("梨樹縣春耕", "農民們都到地里去干活。", "學校里的孩子們也在院子里種樹。")
    after = made("梨樹縣春耕", "春天來了，農民們都到地里去干活。", "孩子們也在院子里種樹，還澆了水。")
    note = noted(path, edition=before, span=Span(1, 4, 14))
    with Library.open(path) as library:
        found = Notes(library).place(note, after)
    assert (found.status, found.stands) == ("moved", "孩子們也在院子里種樹")
    assert found.spans == (Span(1, 0, 10),)


def test_the_check_tells_of_words_that_are_lost(path: Path) -> None:
    (id,) = fill(path, some()[:1])
    with Library.open(path, write=True) as library:
        notes, edition = Notes(library), library.edition(id)
        good = notes.add(edition, Span(0, 0, 4))
        lost = notes.add(edition, Span(0, 0, 4), "y")
        notes.restore(msgspec.structs.replace(lost, exact="全然不同的話", prefix="無", suffix="無"))
        gone = notes.add(made("不在", "這一篇不在這里。"), Span(0, 0, 3))
        notes.add(BUNDLED, Span(3, 0, 8))
        findings = {finding.id: finding for finding in library.check() if finding.what == "notes"}
    assert all(finding.ok for finding in findings.values())
    assert lost.id in findings[id].line
    assert good.id not in findings[id].line
    assert "not here" in findings[gone.document].line
    assert findings["lishu"].line == "1 note"


# ── killed, and older ───────────────────────────────────────────────────────────────────────────────────────────────


def add(path: Path) -> None:
    noted(path, text="新的")


def edit(path: Path) -> None:
    with Library.open(path, write=True) as library:
        Notes(library).edit(Notes(library).all()[0].id, text="改了")


def remove_two(path: Path) -> None:
    with Library.open(path, write=True) as library, Notes(library).changing():
        for note in Notes(library).all()[:2]:
            Notes(library).remove(note.id)


def texts(path: Path) -> tuple[str, ...]:
    return tuple(note.text for note in all_of(path))


@pytest.mark.parametrize("action", [add, edit, remove_two])
def test_killed_at_each_statement_it_is_before_or_after(path: Path, action: Callable[[Path], None]) -> None:
    original = path.with_name("original.db")
    for text in ("一", "二", "三"):
        noted(original, text=text)
    before, states = texts(original), set()
    for statement in range(1, 200):
        for left in path.parent.glob("library.db*"):
            left.unlink()
        shutil.copy(original, path)
        came = killed_at(statement, lambda: action(path))
        states.add(texts(path))
        if not came:
            break
    else:
        raise AssertionError("it does not end")
    assert states == {before, texts(path)}
    assert len(states) == 2
    assert not faults_of(path)


def test_what_was_acknowledged_is_there_however_it_ends(path: Path) -> None:
    """Said to be kept, and then killed at once, at each statement in turn."""
    fill(path, [])
    for statement in range(8, 60, 3):
        said, saying = os.pipe()

        def action(saying: int = saying) -> None:
            with Library.open(path, write=True) as library:
                for number in range(10):
                    note = Notes(library).add(BUNDLED, Span(3, number, number + 5), str(number))
                    os.write(saying, f"{note.id}\n".encode())

        killed_at(statement, action)
        os.close(saying)
        with os.fdopen(said) as lines:
            acknowledged = set(lines.read().split())
        assert acknowledged <= {note.id for note in all_of(path)}
    assert all_of(path)


def older(path: Path) -> list[str]:
    """A library as the first version made it, which knew of no notes."""
    known = fill(path, some()[:2])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE notes")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return known


@pytest.mark.parametrize("write", [False, True])
def test_a_library_of_the_first_version_gets_room_for_notes(path: Path, write: bool) -> None:
    known = older(path)
    with Library.open(path, write=write) as library:
        assert Notes(library).all() == []
        assert library.execute("PRAGMA user_version") == [(VERSION,)]
        assert [entry.id for entry in library.entries()] == known
    assert path.with_name("library.db.v1").exists()
    note = noted(path)
    assert all_of(path) == [note]
    assert not faults_of(path)


def test_bringing_the_first_version_up_to_date_may_be_killed(path: Path) -> None:
    original = path.with_name("original.db")
    known = older(original)
    for statement in range(1, 100):
        for left in path.parent.glob("library.db*"):
            left.unlink()
        shutil.copy(original, path)
        came = killed_at(statement, lambda: Library.open(path, write=True).close())
        assert ids(path) == known
        assert all_of(path) == []
        if not came:
            return
    raise AssertionError("it does not end")


# ── moving house ────────────────────────────────────────────────────────────────────────────────────────────────────


def moved(path: Path, other: Path) -> list[tuple[str, object]]:
    with Library.open(path, write=True) as library:
        list(import_library(library, other))
        return list(import_notes(library, other))


def test_notes_move_house_and_are_not_doubled(path: Path, tmp_path: Path) -> None:
    (id,) = fill(path, some()[:1])
    with Library.open(path, write=True) as library:
        edition = library.edition(id)
        Notes(library).add(edition, Span(0, 0, 4), "農")
        Notes(library).add(BUNDLED, Span(3, 0, 8), "疫", ["a"])
        export_library(library, tmp_path / "out.db")
    new = tmp_path / "new.db"
    assert [became for _, became in moved(new, tmp_path / "out.db")] == ["added", "added"]
    assert all_of(new) == all_of(path)
    assert [became for _, became in moved(new, tmp_path / "out.db")] == ["known", "known"]
    with Library.open(new, write=True) as library:  # what was changed here stays so
        changed = Notes(library).edit(all_of(path)[0].id, text="另有所見")
    moved(new, tmp_path / "out.db")
    assert changed in all_of(new)
    assert len(all_of(new)) == 2
    assert not faults_of(new)


def test_a_library_without_notes_has_none_to_move(path: Path, tmp_path: Path) -> None:
    older(tmp_path / "old.db")
    assert moved(path, tmp_path / "old.db") == []
    assert len(ids(path)) == 2


@pytest.mark.parametrize(
    "made_up",
    [
        "UPDATE notes SET id = 'a b'",
        "UPDATE notes SET id = ''",
        "UPDATE notes SET address = 'no address'",
        "UPDATE notes SET created = 'yesterday'",
        "UPDATE notes SET text = hex(zeroblob(500000))",
        "UPDATE notes SET text = hex(zeroblob(60000))",
    ],
)
def test_a_note_of_anybodys_that_is_none_does_not_keep_the_next_from_coming(
    path: Path, tmp_path: Path, made_up: str
) -> None:
    other = tmp_path / "other.db"
    bad = noted(other, text="壞")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(f"{made_up} WHERE id = '{bad.id}'")
        connection.commit()
    good = noted(other, text="好")
    became = moved(path, other)
    assert isinstance(became[0][1], LishuError)
    assert became[1] == (good.id, "added")
    assert all_of(path) == [good]


@pytest.mark.parametrize(
    "table",
    [
        "CREATE VIEW notes AS SELECT 1 AS id",
        "CREATE TABLE notes (id TEXT)",
        "CREATE VIEW notes AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n",
    ],
)
def test_another_table_of_that_name_is_not_read(path: Path, tmp_path: Path, table: str) -> None:
    other = tmp_path / "other.db"
    older(other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(table)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    assert moved(path, other) == []


def test_a_note_that_says_the_same_of_the_same_words_is_known(path: Path) -> None:
    note = noted(path)
    with Library.open(path, write=True) as library:
        notes = Notes(library)
        assert notes.take(msgspec.structs.replace(note, id="other")) == "known"
        assert notes.take(msgspec.structs.replace(note, id="other", text="另說")) == "added"
        assert notes.take(msgspec.structs.replace(note, id="third", prefix="別處")) == "added"
        assert notes.take(msgspec.structs.replace(note, text="不同")) == "known"
        assert notes.count() == 3
