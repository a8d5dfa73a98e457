"""Figures and names of a large document: the screen is there at once, and fills with the same as of a small one."""

from __future__ import annotations

import threading
from functools import cache

import pytest
from textual.pilot import Pilot

from lishu_tui.edition import Edition
from lishu_tui.figures.statistics import statistics
from lishu_tui.figures.who import names
from lishu_tui.library import edition_of
from lishu_tui.tui.app import LishuApp
from lishu_tui.tui.screens.awaited import AwaitedScreen, GivenUp, Watched
from lishu_tui.tui.screens.names import NamesScreen
from lishu_tui.tui.screens.statistics import StatisticsScreen
from tests.benchmarks.scale import large_text
from tests.screens import press, screen_text


@cache
def text() -> bytes:
    return large_text(700_000).encode()


@pytest.fixture
def large() -> Edition:
    return edition_of(text(), "large.txt")


async def filled(pilot: Pilot[int]) -> AwaitedScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AwaitedScreen)
    for _ in range(1000):
        if not screen.waiting:
            break
        await pilot.pause(0.02)
    await pilot.pause()
    return screen


async def test_the_screen_is_there_before_the_figures_and_has_all_of_them(
    large: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, find = threading.Event(), StatisticsScreen.find
    monkeypatch.setattr(StatisticsScreen, "find", lambda self, edition: go_on.wait(30) and find(self, edition))
    async with LishuApp(large, keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "s")
        screen = pilot.app.screen
        assert isinstance(screen, StatisticsScreen)
        assert "is being looked through" in "\n".join(screen_text(pilot.app))
        await press(pilot, "j", "s", "y", "v", "enter")  # there is nothing to do anything with yet
        assert pilot.app.screen is screen
        go_on.set()
        await filled(pilot)
        assert list(screen.all) == list(statistics(large))
        assert screen.view.rows
        await press(pilot, "escape", "s")
        again = pilot.app.screen
        assert isinstance(again, StatisticsScreen)
        assert again is not screen
        assert not again.waiting
        assert again.all == screen.all


async def test_names_are_those_of_the_paragraphs_read_and_what_is_not_read_is_said(
    large: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NamesScreen, "MOST", 20_000)
    async with LishuApp(large, keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "p")
        screen = await filled(pilot)
        assert isinstance(screen, NamesScreen)
        read = len(screen.watched)
        shown = "\n".join(screen_text(pilot.app))
        assert f"Only the first {read:,} of {len(large.paragraphs):,} paragraphs" in shown
        assert (
            sum(map(len, large.readings["restored"][:read]))
            <= 20_000
            < sum(map(len, large.readings["restored"][: read + 1]))
        )
        begins = edition_of("\n".join(large.readings["restored"][:read]).encode(), "beginning.txt")
        assert [(n.name, n.places) for n in screen.names] == [(n.name, n.places) for n in names(begins)]


async def test_leaving_ends_the_looking(large: Edition) -> None:
    async with LishuApp(large, keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "s")
        screen = pilot.app.screen
        assert isinstance(screen, StatisticsScreen)
        await press(pilot, "escape")
        assert screen.watched.given_up
        with pytest.raises(GivenUp):
            list(screen.watched)


async def test_a_small_document_is_not_waited_for(edition: Edition) -> None:
    assert not StatisticsScreen(edition, 0).waiting
    assert not NamesScreen(edition).waiting


def test_what_is_watched_is_the_paragraphs() -> None:
    watched = Watched([str(n) for n in range(200)], 130)
    assert list(watched) == [str(n) for n in range(130)]
    assert (len(watched), watched[-1], watched.gone_through) == (130, "129", 130)
