"""The library on the screen: listed, sorted, filtered, opened where one left off, taken out; and what is amiss said."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from lishu_tui.library.store import Library
from lishu_tui.settings import Config, Place, State
from lishu_tui.tui.screens.library import SORTS, LibraryScreen, columns
from lishu_tui.tui.screens.reader import ReaderScreen
from lishu_tui.tui.shelf import KEPT, PAGE
from lishu_tui.typeset import cells
from tests.screens import notices, press, screen_text, until
from tests.shelves import articles, filled, made

SIZES = [(60, 20), (80, 24), (120, 36), (200, 60)]


def shown(pilot) -> list[str]:
    """The titles in the list, as far as they are on the screen."""
    shelf = pilot.app.screen.shelf
    return [shelf.entry(row).title for row in range(len(shelf))]


async def opened(pilot, key: str = "enter") -> ReaderScreen:
    """Choose the row that the cursor is on, and wait for its document."""
    before = pilot.app.reader
    await press(pilot, key)
    await until(pilot, lambda: pilot.app.screen is pilot.app.reader and pilot.app.reader is not before)
    return pilot.app.reader


async def go_to(pilot, id: str) -> None:
    """Put the cursor on a document."""
    shelf = pilot.app.screen.shelf
    row = next(row for row in range(len(shelf)) if shelf.entry(row).id == id)
    pilot.app.screen.rows.show(len(shelf), cursor=row)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_document_is_listed_and_the_bundled_one_first(reader, library, size):
    filled(library)
    async with reader(size=size) as pilot:
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, LibraryScreen)
        text = screen_text(pilot.app)
        assert "13 documents" in text[1]
        assert "硬作風" in text[4]
        assert all(any(e.source.title[:10] in line for line in text) for e in articles())
        assert all(cells(line) <= size[0] for line in text)


@pytest.mark.parametrize(
    ("width", "keys"),
    [
        (30, ["title"]),
        (56, ["title", "date"]),
        (70, ["title", "date", "source"]),
        (76, ["title", "date", "source", "characters"]),
        (116, ["title", "date", "source", "characters", "damage"]),
        (196, ["title", "date", "source", "characters", "damage", "imported"]),
    ],
)
def test_columns_fall_away_where_there_is_no_room(width, keys):
    made_of, gap = columns(width)
    assert [c.key for c in made_of] == keys
    assert sum(c.width + gap for c in made_of) - gap <= width
    assert made_of[0].width >= 20


async def test_chinese_columns_stand_beneath_each_other(reader, library):
    filled(library)
    async with reader(size=(100, 24)) as pilot:
        await press(pilot, "l")
        lines = screen_text(pilot.app)[4:17]
        places = {cells(line[: line.index("-") - 4]) for line in lines if "-" in line}
        assert len(places) == 1


async def test_an_empty_library_says_what_to_do(reader, library):
    async with reader() as pilot:
        await press(pilot, "l")
        text = "\n".join(screen_text(pilot.app))
        assert "Only the bundled article so far" in text
        assert "lishu-tui import" in text
        assert "drop a file on this window" in text
        assert "1 document" in text
    assert not library.exists()  # looking makes none


@pytest.mark.parametrize("what", ["broken", "newer", "folder", "link"])
async def test_a_library_that_cannot_be_read_is_a_line_and_the_bundled_article_stays(reader, library, what):
    if what == "broken":
        library.write_bytes(b"no library" * 1000)
    elif what == "newer":
        filled(library)
        with sqlite3.connect(library) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    elif what == "folder":
        library.mkdir()
    else:
        library.symlink_to(library.with_name("nowhere"))
    async with reader() as pilot:
        await press(pilot, "l")
        text = "\n".join(screen_text(pilot.app))
        assert {"broken": "is not a library", "newer": "newer", "folder": "is a folder", "link": "is a link"}[
            what
        ] in text
        assert "硬作風" in text
        await press(pilot, "enter")
        assert pilot.app.screen is pilot.app.reader


async def test_s_takes_the_next_order_r_turns_it_and_it_is_said(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l")
        said, firsts = [], []
        for _ in SORTS:
            said.append(pilot.app.screen.order)
            firsts.append(shown(pilot)[1])
            await press(pilot, "s")
        assert pilot.app.screen.order == said[0]
        assert len(set(said)) == len(SORTS)
        assert said[0] in screen_text(pilot.app)[1]
        assert firsts[SORTS.index("imported")] == "二人轉進了大劇院"
        assert firsts[SORTS.index("date")] == "一座县城的二十年"
        await press(pilot, "s", "s", "r")
        assert shown(pilot)[1] == "鐵路小站"  # the earliest
        assert "earliest" in pilot.app.screen.order
        assert shown(pilot)[0].startswith("〔梨樹縣")


async def test_a_click_on_a_head_sorts_and_a_second_turns_it(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l")
        line = screen_text(pilot.app)[3]
        await pilot.click("Heads", offset=(cells(line[: line.index("date")]) + 1, 1))
        assert pilot.app.screen.shelf.sort == "date"
        assert shown(pilot)[1] == "一座县城的二十年"
        await pilot.click("Heads", offset=(cells(line[: line.index("date")]) + 1, 1))
        assert shown(pilot)[1] == "鐵路小站"


@pytest.mark.parametrize("query", ["志愿者", "志願者", "zhiyuan", "四平日報　志", "２０２０-02-20"])
async def test_the_filter_is_blind_to_script_and_width(reader, library, query):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "/")
        pilot.app.screen.line.input.value = query
        await pilot.pause()
        assert shown(pilot) == ["志願者的冬天"]
        assert "1 of 13" in screen_text(pilot.app)[-1]
        await press(pilot, "enter")
        assert "1 of 13 documents" in screen_text(pilot.app)[1]
        await press(pilot, "escape")
        assert len(shown(pilot)) == 13
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader


async def test_the_filter_goes_with_every_key_and_finds_the_bundled_article_too(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "/", "硬")
        assert shown(pilot) == ["〔梨樹縣以“硬作風”打贏疫情防控阻擊戰〕"]
        await press(pilot, "z", "q")
        assert shown(pilot) == []
        assert "No document has all of that" in "\n".join(screen_text(pilot.app))
        await press(pilot, "enter", "enter", "y", "d", "j", "G", "g")  # nothing to be done with no row
        assert isinstance(pilot.app.screen, LibraryScreen)
        await press(pilot, "/", "escape")
        assert len(shown(pilot)) == 13


async def test_enter_opens_where_one_left_off_and_the_way_back_leads_to_the_document_before(reader, library, tmp_path):
    long = made("長文", "2020-01-01", "報", [f"第{n}段。" + "這是很長的一段話，說了很多。" * 8 for n in range(60)])
    (id,) = filled(library, [long])
    state = State(places={id: Place(paragraph=40, character=0)})
    async with reader(state=state) as pilot:
        await press(pilot, "3")
        place = pilot.app.reader.body.kept
        await press(pilot, "l", "j")
        opened_reader = await opened(pilot)
        assert opened_reader.edition.id == id
        assert opened_reader.body.paragraph == 40
        assert pilot.app.edition.id == id
        await press(pilot, "space")
        there = opened_reader.body.kept
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: pilot.app.edition.id == "lishu")
        assert pilot.app.reader.body.kept == place
        await press(pilot, "l")
        await go_to(pilot, id)
        again = await opened(pilot)
        assert again.body.kept == there
        assert pilot.app.kept().places.keys() == {"lishu", id}


async def test_what_was_typed_and_chosen_goes_along_to_the_next_document(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "/", "病", "enter", "escape", "-", "l", "j")
        await opened(pilot)
        assert pilot.app.reader.searches == ["病"]
        assert pilot.app.reader.body.measure == Config().measure - 2


async def test_the_document_that_is_open_is_only_gone_back_to(reader, library):
    filled(library)
    async with reader() as pilot:
        before = pilot.app.reader
        await press(pilot, "l", "enter")
        assert pilot.app.screen is pilot.app.reader is before


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+o"])
async def test_the_text_that_was_open_comes_back_and_the_view_is_kept(reader, library, key):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "s", "s", "j", "j", key)
        assert pilot.app.screen is pilot.app.reader
        await press(pilot, "l")
        assert pilot.app.screen.shelf.sort == "date"
        assert pilot.app.screen.rows.cursor == 2


async def test_a_document_that_is_damaged_is_a_line_and_the_reader_stays(reader, library):
    ids = filled(library)
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE editions SET data = zeroblob(100)")
    connection.close()
    async with reader() as pilot:
        await press(pilot, "l", "j", "enter")
        await until(pilot, lambda: notices(pilot.app))
        assert ids[-1] in notices(pilot.app)
        assert "not what was stored" in notices(pilot.app)
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert pilot.app.edition.id == "lishu"
        await press(pilot, "q", "l")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_long_opening_says_so(reader, library, monkeypatch):
    from lishu_tui.tui import documents

    filled(library)
    monkeypatch.setattr(documents, "LONG", 0.01)
    whole = documents.stored_edition

    said = threading.Event()

    def slow(id: str):
        said.wait(10)
        return whole(id)

    monkeypatch.setattr(documents, "stored_edition", slow)
    async with reader() as pilot:
        await press(pilot, "l", "j", "enter")
        await until(pilot, lambda: "opening" in notices(pilot.app))
        await press(pilot, "j", "enter", "k")  # what is pressed meanwhile opens nothing else
        said.set()
        await until(pilot, lambda: pilot.app.edition.id != "lishu")
        assert "opening" not in notices(pilot.app)
        assert len(pilot.app.visits) == 1


@pytest.mark.parametrize(("key", "gone"), [("y", True), ("n", False), ("escape", False), ("enter", False)])
async def test_a_document_is_taken_out_once_one_has_said_yes(reader, library, key, gone):
    ids = filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "j", "d")
        assert "Remove from the library: 二人轉進了大劇院?" in screen_text(pilot.app)[-1]
        await press(pilot, key)
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert ("二人轉進了大劇院" not in shown(pilot)) is gone
        assert len(shown(pilot)) == 13 - gone
        await press(pilot, "j", "k")
        assert "Remove" not in screen_text(pilot.app)[-1]
    with Library.open(library) as found:
        assert (found.entry(ids[-1]) is None) is gone


async def test_the_bundled_article_cannot_be_taken_out(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "delete")
        assert "cannot be removed" in notices(pilot.app)
        assert len(shown(pilot)) == 13


async def test_removing_while_another_writes_is_a_line(reader, library):
    filled(library)
    connection = sqlite3.connect(library, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    async with reader() as pilot:
        await press(pilot, "l", "j", "d", "y")
        assert "another lishu-tui is writing" in notices(pilot.app)
        assert len(shown(pilot)) == 13
        connection.execute("ROLLBACK")
        await press(pilot, "d", "y")
        assert len(shown(pilot)) == 12
    connection.close()


async def test_a_list_that_another_locks_is_read_again(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l")
        connection = sqlite3.connect(library, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        await press(pilot, "s")
        assert "another lishu-tui is writing" in "\n".join(screen_text(pilot.app))
        connection.execute("ROLLBACK")
        connection.close()
        await until(pilot, lambda: not pilot.app.screen.shelf.trouble)
        assert "writing" not in "\n".join(screen_text(pilot.app))
        assert len(shown(pilot)) == 13


async def test_the_list_is_copied_as_tsv(reader, library, monkeypatch):
    monkeypatch.setenv("PATH", "")
    ids = filled(library)
    async with reader() as pilot:
        taken = []
        monkeypatch.setattr(pilot.app, "copy_to_clipboard", taken.append)
        await press(pilot, "l", "y")
        head, *rows = taken[0].splitlines()
        assert head.split("\t")[:4] == ["id", "title", "date", "source"]
        assert {row.split("\t")[0] for row in rows} == {"lishu", *ids}
        assert "13 rows" in notices(pilot.app)


async def test_the_mouse_goes_to_a_row_and_opens_it(reader, library):
    filled(library)
    async with reader(size=(80, 14)) as pilot:
        await press(pilot, "l")
        screen = pilot.app.screen
        await pilot._post_mouse_events([__import__("textual.events").events.MouseScrollDown], "Rows", (5, 2))
        await pilot.pause()
        assert screen.rows.scroll_y > 0
        row = round(screen.rows.scroll_y) + 2
        await pilot.click("Rows", offset=(10, 2))
        assert screen.rows.cursor == row
        id = screen.shelf.entry(row).id
        await pilot.click("Rows", offset=(10, 2))
        await until(pilot, lambda: pilot.app.edition.id == id)


async def test_only_pages_are_read(reader, library, monkeypatch):
    filled(library)
    with sqlite3.connect(library) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(documents)")][1:]
        columns = ", ".join(names)
        values = ", ".join(
            "printf('%064d', n)" if c == "sha256" else "'doc-' || n" if c in ("id", "filter") else c for c in names
        )
        connection.execute(
            f"WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 5000)"
            f" INSERT INTO documents ({columns}) SELECT {values} FROM many, documents WHERE documents.number = 1"
        )
    connection.close()
    asked: list[tuple[int, int]] = []
    entries = Library.entries

    def counting(self, **given):
        asked.append((given["offset"], given["limit"]))
        return entries(self, **given)

    monkeypatch.setattr(Library, "entries", counting)
    async with reader() as pilot:
        await press(pilot, "l")
        assert "5,013 documents" in "\n".join(screen_text(pilot.app))
        await press(pilot, "G", "space", "b", "g")
        assert all(limit == PAGE for _, limit in asked)
        assert len(asked) == len(set(asked)) <= 4
        for _ in range(30):
            pilot.app.screen.rows.move(95)
            await pilot.pause()
        assert len(pilot.app.screen.shelf._pages) <= KEPT
        await press(pilot, "/", "d", "o", "c", "-", "4", "9", "9", "9")
        assert len(pilot.app.screen.shelf) == 1


async def test_hostile_titles_are_only_text(reader, library):
    hostile = [
        "[red]甲[/b]",
        "[@click=app.quit]乙[/]",
        "丙\x1b]0;PWN\x07",
        "丁\u202e",
        "戊\nline\ttab",
        "己" * 500,
        "\ud800庚",
    ]
    filled(library, [made(title, "[b]", "[/]\x1b[31m", [f"{title}甲"]) for title in hostile])
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "l")
        text = screen_text(pilot.app)
        assert any("[red]甲[/b]" in line for line in text)
        assert any("[@click=app.quit]乙[/]" in line for line in text)
        assert not any(c in line for line in text for c in "\x1b\x07\u202e\ud800")
        assert all(cells(line) <= 80 for line in text)
        await press(pilot, "j", "d", "n", "j", "d", "y", "G")
        await opened(pilot)
        assert not any(c in line for line in screen_text(pilot.app) for c in "\x1b\x07\u202e\ud800")


async def test_a_document_only_looked_at_is_gone_back_to_and_its_place_not_kept(reader, library, edition):
    passing = made("只是看看", paragraphs=["一句。"] * 50)
    filled(library)
    async with reader(of=passing, passing=True) as pilot:
        await press(pilot, "space", "l", "j")
        other = await opened(pilot)
        assert pilot.app.kept().places.keys() == {other.edition.id}
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: pilot.app.edition is passing)
        assert pilot.app.kept().places.keys() == {other.edition.id}


async def test_the_title_of_what_is_open_stands_in_the_status_line_where_there_is_room(reader, library):
    filled(library)
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "l", "j")
        await opened(pilot)
        assert "二人轉進了大劇院" in screen_text(pilot.app)[-1]
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "二人轉" not in screen_text(pilot.app)[-1]


def test_nothing_of_the_library_is_loaded_before_it_is_asked_for():
    import subprocess
    import sys

    code = "import sys, lishu_tui.tui.app; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    late = ("sqlite", "library", "search_line", "listing", "multiprocessing")
    assert [name for name in run.stdout.split() if any(word in name for word in late)] == []
