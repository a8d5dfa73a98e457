"""Windows of odd sizes and the scroll bar: the place stays the one that is looked at, and no key is too much."""

from __future__ import annotations

import pytest

from lishu_tui.settings import State, load_state
from lishu_tui.tui.commands import COMMANDS
from tests.screens import press, screen_text, until
from tests.shelves import articles, filled

KEYS = sorted({key for command in COMMANDS for key in command.keys} - {"q", "ctrl+q", "ctrl+c", "ctrl+z"})


async def opened(pilot, id: str) -> None:
    pilot.app.open_document(id)
    await until(pilot, lambda: pilot.app.edition.id == id)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (39, 9)])
async def test_a_document_opened_in_a_window_that_is_too_small_takes_every_key(reader, library, size):
    ids = filled(library, articles()[:2])
    async with reader(size=size) as pilot:
        await opened(pilot, ids[0])
        for key in KEYS:
            await press(pilot, key)
            assert pilot.app.fault is None, key
            while len(pilot.app.screen_stack) > 1:
                await press(pilot, "escape")
            await press(pilot, "escape", "escape")
            if pilot.app.edition.id != ids[0]:
                await opened(pilot, ids[0])


@pytest.mark.parametrize("size", [(20, 5), (120, 36)])
async def test_a_document_left_before_it_is_drawn_keeps_nothing_from_being_drawn(reader, library, size):
    ids = filled(library, articles()[:2])
    async with reader(size=size) as pilot:
        screens = []
        for id in ids:
            pilot.app.open_document(id)
            await until(pilot, lambda id=id: pilot.app.edition.id == id)
            screens.append(pilot.app.reader)
        pilot.app.reader.undrawn.enter_context(pilot.app.batch_update())  # as if it were not drawn yet
        await opened(pilot, ids[0])
        await until(pilot, lambda: pilot.app._batch_count == 0)
        assert not screens[-1].is_attached


async def test_and_shows_its_place_once_the_window_is_large(reader, library):
    ids = filled(library, articles()[:2])
    async with reader(size=(120, 36), state=State()) as pilot:
        await press(pilot, "3", "}")
        place = pilot.app.reader.body.kept
        await pilot.resize_terminal(20, 5)
        await opened(pilot, ids[0])
        await opened(pilot, "lishu")
        await press(pilot, "+", "j")
        assert pilot.app.reader.body.kept == place
        await press(pilot, "/", "9", "9", "8", "0", "enter")
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "9980" in "\n".join(screen_text(pilot.app))
        await press(pilot, "escape")
        assert pilot.app.reader.body.kept == place
        await pilot.resize_terminal(20, 5)
        await press(pilot, "q")
    assert load_state().places["lishu"].paragraph == place[0]


@pytest.mark.parametrize("how", ["drag", "click"])
async def test_where_the_scroll_bar_leads_is_the_place(reader, how):
    async with reader(size=(100, 24)) as pilot:
        body = pilot.app.reader.body
        if how == "drag":
            await pilot.mouse_down(offset=(99, 1))
            await pilot.hover(offset=(99, 12))
            await pilot.mouse_up(offset=(99, 12))
        else:
            await pilot.click(offset=(99, 20))
        await pilot.pause()
        place, top = body.kept, body.top
        assert top > 0
        assert body.page.place_of(top)[0] == place[0]
        await pilot.resize_terminal(70, 20)
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        assert body.top == top
