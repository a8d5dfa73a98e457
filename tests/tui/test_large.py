"""A text of 5 MB in the reader: it opens on its beginning, and every key does a bounded amount of work."""

from __future__ import annotations

from typing import Any

import pytest

from lishu_tui.edition import Edition
from lishu_tui.library import edition_of
from lishu_tui.tui.app import LishuApp
from lishu_tui.tui.widgets.body import Body
from lishu_tui.typeset.breaking import break_lines
from lishu_tui.typeset.growing import Growing
from tests.benchmarks.scale import LAST, RARE, large_text
from tests.screens import press, screen_text

BOUND = 60_000
"""Characters laid out for one key, at most; the text has 1.7 million."""


@pytest.fixture(scope="module")
def large() -> Edition:
    return edition_of(large_text(5_000_000).encode(), "large.txt")


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the paragraphs laid out since it was cleared; nothing is, meanwhile, in the background."""
    done: list[int] = []

    def counted(text: str, *given: Any) -> list[tuple[int, int]]:
        done.append(len(text))
        return break_lines(text, *given)

    monkeypatch.setattr("lishu_tui.typeset.layout.break_lines", counted)
    monkeypatch.setattr(Body, "_grow_soon", lambda body: None)
    return done


def app_of(edition: Edition) -> LishuApp:
    return LishuApp(edition, keep=False, passing=True)


async def test_each_key_lays_out_what_it_shows_and_little_more(large: Edition, laid: list[int]) -> None:
    app = app_of(large)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        body = app.reader.body
        assert "這是一次與“病毒”的賽跑" in "\n".join(screen_text(app))
        assert sum(laid) < BOUND
        for key, shown in (("pagedown", ""), ("end", LAST), ("pageup", ""), ("home", "這是一次與"), ("pagedown", "")):
            laid.clear()
            await press(pilot, key)
            assert shown in "\n".join(screen_text(app))
            assert sum(laid) < BOUND, key
        laid.clear()
        await press(pilot, "/", *RARE)
        assert app.reader.count() == f"{RARE} 1/1"
        assert body.paragraph > len(large.paragraphs) * 0.88
        assert RARE in "\n".join(screen_text(app)[:-1])
        assert sum(laid) < 2 * BOUND
        assert not body.page.done


async def test_what_is_looked_at_stays_while_the_rest_is_laid_out(
    large: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Body, "_grow_soon", lambda body: None)
    app = app_of(large)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        body = app.reader.body
        await press(pilot, "/", *RARE, "enter", "pageup")
        shown, kept = screen_text(app)[:-1], body.kept
        assert isinstance(body.page, Growing)
        estimated = len(body.page.lines)
        while not body.page.done:
            body._grow()
            await pilot.pause()
            assert [line[:110] for line in screen_text(app)[:-1]] == [line[:110] for line in shown]
        assert body.kept == kept
        assert body.virtual_size.height == len(body.page.lines)
        assert abs(estimated - len(body.page.lines)) < 0.02 * estimated
        await press(pilot, "pagedown", "pageup")
        assert body.kept == kept


async def test_a_search_goes_on_while_one_reads(large: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.tui.screens.finding.AT_ONCE", 0.0)
    monkeypatch.setattr("lishu_tui.tui.screens.finding.SLICE", 0.0)
    app = app_of(large)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        reader = app.reader
        await press(pilot, "/", "疫", "情")
        assert reader.at == 0  # the first is shown before the last is found
        first = reader.body.kept
        while reader.sweep is not None:
            reader.sweep_on()
        await pilot.pause()
        assert reader.body.kept == first
        assert reader.count() == f"疫情 1/{len(reader.found)}"
        assert len(reader.found) > 1000
        await press(pilot, "enter", "N")
        assert reader.at == len(reader.found) - 1
        assert reader.body.paragraph > len(large.paragraphs) * 0.99


async def test_the_place_is_kept_in_every_reading(large: Edition) -> None:
    app = app_of(large)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await press(pilot, "/", *RARE, "enter")
        kept = app.reader.body.kept
        await press(pilot, "t", "t", "t")
        assert app.reader.body.kept == kept
