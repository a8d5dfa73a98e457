"""Writing to a file from the reader, from the tables and from the library."""

from __future__ import annotations

import json
import threading

import pytest

from lishu_tui.edition import Span
from lishu_tui.export.documents import ENDINGS, FORMATS, Options, export
from lishu_tui.library.notes import Notes
from lishu_tui.library.store import Library
from lishu_tui.tui.screens.export_document import ExportScreen
from tests.screens import notices, press, screen_text, until
from tests.shelves import filled


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def written(pilot, name):
    await until(pilot, lambda: "Written to" in notices(pilot.app) and name in notices(pilot.app))


async def to_format(pilot, form):
    await press(pilot, *["right"] * [*FORMATS].index(form), *["left"] * [*FORMATS].index("html"))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_the_choices_are_shown_with_where_the_file_goes(reader, here, size):
    async with reader(size=size) as pilot:
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, ExportScreen)
        text = "\n".join(screen_text(pilot.app))
        for word in ("format", "html", "how much", "reading", "English", "apparatus", "notes", "file", "lishu.html"):
            assert word in text
        assert "".join(str(here / "lishu.html").split()) in "".join(text.split())
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader


@pytest.mark.parametrize("form", FORMATS)
async def test_each_format_is_written_as_the_command_writes_it(reader, edition, here, form):
    async with reader() as pilot:
        await press(pilot, "x")
        await to_format(pilot, form)
        await press(pilot, "enter")
        name = "lishu" + ENDINGS[form]
        await written(pilot, name)
        options = Options(apparatus=True, statistics=True, names=True) if form == "html" else Options()
        if form == "json":
            options = Options()
        assert (here / name).read_text() == "".join(export(edition, form, options))
        assert [path.name for path in here.iterdir()] == [name]


async def test_readings_english_and_what_goes_along(reader, edition, here):
    async with reader() as pilot:
        await press(pilot, "x")
        await to_format(pilot, "md")
        await press(pilot, "j", "j", "right", "j", "right", "j", "space", "j", "right", "enter")
        await written(pilot, "lishu.md")
        options = Options(readings=("simplified",), english="beneath", apparatus=True, statistics=True)
        assert (here / "lishu.md").read_text() == "".join(export(edition, "md", options))


async def test_a_selection_is_what_is_written_and_the_section_can_be(reader, edition, here):
    async with reader() as pilot:
        await press(pilot, "1", "}", "v", "w", "x")
        await to_format(pilot, "txt")
        await press(pilot, "enter")
        await written(pilot, "lishu-strict-readiness-1-0-6.txt")
        assert "疫情就是命令" in (here / "lishu-strict-readiness-1-0-6.txt").read_text()
        assert "防控就是責任" not in (here / "lishu-strict-readiness-1-0-6.txt").read_text()
        await press(pilot, "j", "left", "enter")
        await written(pilot, "lishu-strict-readiness.txt")
        assert "防控就是責任" in (here / "lishu-strict-readiness.txt").read_text()


async def test_a_file_that_is_there_is_asked_about(reader, here):
    (here / "lishu.html").write_text("mine")
    async with reader() as pilot:
        await press(pilot, "x", "enter")
        assert "lishu.html is there already" in screen_text(pilot.app)[-1]
        await press(pilot, "n")
        assert (here / "lishu.html").read_text() == "mine"
        await press(pilot, "enter", "y")
        await written(pilot, "lishu.html")
        assert "<html" in (here / "lishu.html").read_text()


async def test_another_name_and_its_ending_says_the_format(reader, here):
    async with reader() as pilot:
        await press(pilot, "x", "e", "ctrl+u", *"sub/甲.txt", "enter")
        assert pilot.app.screen.value("format") == "txt"
        (here / "sub").mkdir()
        await press(pilot, "enter")
        await written(pilot, "甲.txt")
        await press(pilot, "right")
        assert pilot.app.screen.file_name == "sub/甲.md"


async def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(reader, here):
    async with reader() as pilot:
        await press(pilot, "x", "e", "ctrl+u", *"no/such.html", "enter", "enter")
        await until(pilot, lambda: "Not written" in notices(pilot.app))
        assert not [*here.iterdir()]
        assert isinstance(pilot.app.screen, ExportScreen)


async def test_the_library_is_never_what_is_written_over(reader, library, here):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "x", "e", "ctrl+u", *str(library), "enter", "enter")
        assert "That is the library" in notices(pilot.app)
    with Library.open(library) as opened:
        assert opened.count()


async def test_notes_go_along_where_they_are_asked_for(reader, edition, library, here):
    with Library.open(library, write=True) as opened:
        Notes(opened).add(edition, Span(2, 0, 6), "與縣志核對")
    async with reader() as pilot:
        await press(pilot, "x")
        await to_format(pilot, "md")
        await press(pilot, "G", "k", "right", "enter")
        await written(pilot, "lishu.md")
        assert "與縣志核對" in (here / "lishu.md").read_text()


async def test_a_long_one_says_how_far_it_is_and_is_given_up_where_one_leaves(reader, here, monkeypatch):
    from lishu_tui.tui.screens import export_document

    going = threading.Event()

    def endless(*given):
        while True:
            going.set()
            threading.Event().wait(0.02)
            yield "字" * 100

    monkeypatch.setattr(export_document, "export", endless)
    async with reader() as pilot:
        await press(pilot, "x", "enter")
        await until(pilot, going.is_set)
        await until(pilot, lambda: " characters" in screen_text(pilot.app)[-1])
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader
        await until(pilot, lambda: not [*here.iterdir()])


async def test_what_is_wrong_with_the_work_costs_a_line(reader, here, monkeypatch):
    from lishu_tui.tui.screens import export_document

    monkeypatch.setattr(export_document, "export", lambda *given: 1 / 0)
    async with reader() as pilot:
        await press(pilot, "x", "enter")
        await until(pilot, lambda: "Not written" in notices(pilot.app))
        assert not [*here.iterdir()]


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("keys", "name"), [("s", "lishu-statistics"), ("p", "lishu-names"), ("a", "lishu-apparatus")])
async def test_a_table_is_written_as_csv_tsv_and_json(reader, edition, here, keys, name):
    async with reader() as pilot:
        await press(pilot, keys)
        values = pilot.app.screen.values()
        await press(pilot, "x", "enter")
        await written(pilot, f"{name}.csv")
        assert (here / f"{name}.csv").read_text().count("\n") >= len(values)
        await press(pilot, "right", "enter")
        await written(pilot, f"{name}.tsv")
        assert (here / f"{name}.tsv").read_text().count("\n") == len(values)
        await press(pilot, "right", "enter")
        await written(pilot, f"{name}.json")
        loaded = json.loads((here / f"{name}.json").read_text())
        assert [*loaded[0]] == values[0]
        assert len(loaded) == len(values) - 1


async def test_the_list_of_the_library_is_written_too(reader, library, here):
    ids = filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "x", "right", "right", "enter")
        await written(pilot, "library.json")
        loaded = json.loads((here / "library.json").read_text())
        assert {one["id"] for one in loaded} == {"lishu", *ids}
        await press(pilot, "escape", "escape", "L", *"疫情", "enter")
        await until(pilot, lambda: pilot.app.screen.groups)
        await press(pilot, "x", "enter")
        await written(pilot, "library-search.csv")
        assert "疫情" in (here / "library-search.csv").read_text()
