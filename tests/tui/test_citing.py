"""Citing from the reader: a list of styles, the citation shown, copied and written."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lishu_tui.edition import Address, LishuError, Span
from lishu_tui.export.citations import STYLES, cite, reference
from lishu_tui.tui import clipboard
from lishu_tui.tui.screens.citing import CitingScreen
from lishu_tui.tui.widgets.selecting import Point
from tests.screens import notices, press, screen_text, table_text


@pytest.fixture
def copied(monkeypatch):
    """What is sent to the clipboard."""
    found = []

    def copy(app, text):
        found.append(text)
        return "copied with a tool"

    monkeypatch.setattr(clipboard, "copy", copy)
    return found


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_every_style_is_listed_and_the_one_chosen_is_shown(reader, edition, size):
    async with reader(size=size) as pilot:
        await press(pilot, "c")
        screen = pilot.app.screen
        assert isinstance(screen, CitingScreen)
        assert screen.view.rows == [*STYLES]
        assert screen.view.row == "gbt7714-2025"
        for style in STYLES:
            assert screen.view.row == style
            cited = cite(reference(edition), style, accessed=date.today())
            assert squeezed(cited) in squeezed(table_text(pilot))
            assert any(STYLES[style].label in line for line in screen_text(pilot.app))
            await press(pilot, "j")
        assert "Cite 引用" in screen_text(pilot.app)[-1]
        assert size[0] < 80 or "Enter copy" in screen_text(pilot.app)[-1]
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader


async def test_enter_copies_and_says_how(reader, edition, copied):
    async with reader() as pilot:
        await press(pilot, "c", "j", "j", "enter")
        assert copied == [cite(reference(edition), "chicago", accessed=date.today())]
        assert "Chicago: copied with a tool" in notices(pilot.app)
        assert isinstance(pilot.app.screen, CitingScreen)
        await press(pilot, "G", "y")
        assert copied[-1].startswith("TY  - ELEC\nID  - lishu\n")


async def test_the_passage_is_the_paragraph_at_the_top(reader, edition, copied):
    async with reader() as pilot:
        await press(pilot, "4", "}", "c", "p", "enter")
        assert copied[-1].startswith("[1]旗幟引領第1段\n")
        assert any(line.endswith("lishu/party-leadership/1") for line in screen_text(pilot.app))
        await press(pilot, "p", "enter")
        assert copied[-1].startswith("金大慶, 張競文. ")


async def test_a_selection_is_what_is_cited(reader, edition, copied):
    async with reader() as pilot:
        body = pilot.app.reader.body
        body.select((Point(2, 0), Point(2, 4), False))
        await press(pilot, "c", "G", "enter")
        assert f"N1  - Passage: {edition.address(Span(2, 0, 4))}\n" in copied[-1]
        await press(pilot, "escape")
        body.select((Point(3, 5), Point(4, 4), False))
        await press(pilot, "c", "G", "enter")
        at = edition.paragraphs[3]
        assert f"N1  - Passage: {Address('lishu', at.section, at.number)}\n" in copied[-1]


async def test_a_citation_is_written_and_nothing_is_overwritten(reader, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lishu-csl-json.json").write_text("mine")
    async with reader() as pilot:
        await press(pilot, "c", "G", "k", "x")
        assert f"Written to {tmp_path / 'lishu-csl-json-2.json'}" in notices(pilot.app)
        assert json.loads((tmp_path / "lishu-csl-json-2.json").read_text())[0]["id"] == "lishu"
        assert (tmp_path / "lishu-csl-json.json").read_text() == "mine"
        await press(pilot, "w")  # the same again is the same file
        assert {path.name for path in tmp_path.glob("lishu-*")} == {"lishu-csl-json.json", "lishu-csl-json-2.json"}


async def test_a_folder_that_cannot_be_written_is_said(reader, tmp_path, monkeypatch):
    from lishu_tui.export import writing

    def full(path, chunks):
        raise LishuError(str(path), "", "cannot be written (No space left on device)", "a file", exit_code=74)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(writing, "write_beside", full)
    async with reader() as pilot:
        await press(pilot, "c", "x")
        assert "Not written: " in notices(pilot.app)
        assert "No space left" in notices(pilot.app)
