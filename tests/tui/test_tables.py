"""Statistics, names and help: Rich tables whose rows lead into the text."""

from __future__ import annotations

import csv
import io

import pytest
from rich.table import Table

from lishu_tui.export.figures import EIGHTHS
from lishu_tui.tui.commands import COMMANDS
from lishu_tui.tui.screens.help import HelpScreen
from lishu_tui.tui.screens.names import NamesScreen
from lishu_tui.tui.screens.statistics import StatisticsScreen
from lishu_tui.tui.widgets.table_view import TableView
from tests.screens import press, screen_text, table_text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_every_figure_is_in_the_tables_at_every_size(reader, edition, size):
    async with reader(size=size) as pilot:
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, StatisticsScreen)
        text = table_text(pilot)
        for statistic in edition.statistics:
            assert f"{statistic.value:,}" in text
        assert all(line.rstrip() == line or len(line) < size[0] for line in screen_text(pilot.app))
        assert len(set(pilot.app.screen.view.rows)) == len(edition.statistics) + len(edition.comparisons[0].rows)


async def test_the_tables_are_rich_tables(reader, edition):
    async with reader() as pilot:
        await press(pilot, "s")
        assert isinstance(pilot.app.screen.figures(edition.statistics, 100), Table)


async def test_bounds_have_a_sign_and_the_words_stand_beside(reader):
    async with reader() as pilot:
        await press(pilot, "s")
        text = table_text(pilot)
        assert "> 500" in text
        assert "500余個" in text
        assert "9980人" in text


async def test_the_four_measures_stand_side_by_side_to_scale(reader, edition):
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "s", "G")
        lines = table_text(pilot).splitlines()
        bars = {}
        for zh, _, _ in edition.comparisons[0].rows:
            line = next(x for x in reversed(lines) if zh in x)
            bars[zh] = [len(run) for run in "".join(c if c in EIGHTHS else " " for c in line).split()]
        teams, volunteers, areas, posts = bars.values()
        assert teams[0] < areas[0]
        assert volunteers[1] == max(b for row in bars.values() for b in row)
        assert abs(volunteers[1] / teams[1] - 6571 / 4085) < 0.2
        assert len(posts) == 1
        assert "not said" in table_text(pilot)


async def test_enter_goes_to_the_sentence_with_the_figure_lit(reader, edition):
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "s")
        view: TableView = pilot.app.screen.view
        row = next(n for n, r in enumerate(view.rows) if r == "people-on-duty")
        await press(pilot, *["j"] * (row - view.cursor), "enter")
        assert pilot.app.screen is pilot.app.reader
        lit = pilot.app.reader.body.lit.current
        assert edition.quote(lit) == "9980人"
        assert any("9980人" in line for line in screen_text(pilot.app))
        await press(pilot, "ctrl+o")
        assert pilot.app.reader.body.top == 0


async def test_the_cursor_begins_in_the_section_one_comes_from(reader, edition):
    async with reader() as pilot:
        await press(pilot, "3", "s")
        await pilot.pause()
        view = pilot.app.screen.view
        statistic = pilot.app.screen.statistic(view.rows[view.cursor])
        assert edition.paragraphs[statistic.span.paragraph].section == "whole-population-participation"


async def test_a_click_chooses_a_row_and_a_second_goes_there(reader, edition):
    async with reader() as pilot:
        await press(pilot, "s")
        y = next(n for n, line in enumerate(screen_text(pilot.app)) if "inspection teams" in line)
        await pilot.click(offset=(20, y))
        await pilot.pause()
        view = pilot.app.screen.view
        assert view.rows[view.cursor] == "inspection-teams"
        await pilot.click(offset=(20, y))
        await pilot.pause()
        await pilot.pause()
        assert pilot.app.screen is pilot.app.reader
        assert edition.quote(pilot.app.reader.body.lit.current) == "10個"


async def test_sorting_by_value_is_numeric(reader, edition):
    async with reader() as pilot:
        await press(pilot, "s", "s", "s")
        screen = pilot.app.screen
        assert screen.sort == "value"
        values = [screen.statistic(r).value for r in screen.view.rows if "\0" not in r]
        assert values == sorted(values, reverse=True)
        assert values[0] == 9980


async def test_the_table_is_copied_as_tsv(reader, edition, monkeypatch):
    sent = []
    async with reader() as pilot:
        monkeypatch.setattr(type(pilot.app), "copy_to_clipboard", lambda self, text: sent.append(text))
        monkeypatch.setattr("shutil.which", lambda *_: None)
        await press(pilot, "s", "y")
        rows = list(csv.reader(io.StringIO(sent[0]), delimiter="\t"))
        assert rows[0][:2] == ["id", "address"]
        assert len(rows) == len(edition.statistics) + 1
        assert all(len(row) == len(rows[0]) for row in rows)


async def test_names_step_through_their_places(reader, edition):
    async with reader() as pilot:
        await press(pilot, "p")
        screen = pilot.app.screen
        assert isinstance(screen, NamesScreen)
        text = table_text(pilot)
        for name in edition.names:
            assert name.name in text
        row = screen.view.rows.index("ji-hai")
        await press(pilot, *["j"] * row, "enter")
        reader_screen = pilot.app.reader
        places = next(n for n in edition.names if n.id == "ji-hai").places
        assert [h.span for h in reader_screen.found] == list(places)
        await press(pilot, "n")
        assert reader_screen.at == 1
        assert edition.quote(reader_screen.found[1].span) == "紀海"


async def test_help_names_every_command(reader):
    async with reader() as pilot:
        await press(pilot, "?")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = " ".join(table_text(pilot).split())
        for command in COMMANDS:
            assert command.help().split(",")[0].split(":")[0][:20] in text
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader


async def test_the_palette_finds_commands(reader):
    async with reader() as pilot:
        await press(pilot, "ctrl+p")
        await press(pilot, *"statist")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, StatisticsScreen)


async def test_a_screen_keeps_its_row_through_a_resize(reader):
    async with reader() as pilot:
        await press(pilot, "s", *["j"] * 8)
        view = pilot.app.screen.view
        row = view.rows[view.cursor]
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert view.rows[view.cursor] == row
