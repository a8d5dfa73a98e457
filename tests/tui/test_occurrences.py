"""The list of occurrences: each line made when it is seen, and the same lines as if all had been made at once."""

from __future__ import annotations

from functools import cache

import pytest

from lishu_tui.edition import Edition
from lishu_tui.library import edition_of
from lishu_tui.search import compile, find
from lishu_tui.search.concordance import Sort, concordance
from lishu_tui.search.sweep import sweep
from lishu_tui.tui.app import LishuApp
from lishu_tui.tui.screens import occurrences
from lishu_tui.tui.screens.occurrences import DrawnLines, OccurrencesScreen
from tests.benchmarks.scale import large_text
from tests.screens import press, screen_text

QUERY = "防控"


@cache
def large() -> Edition:
    return edition_of(large_text(900_000).encode(), "large.txt")


def drawn(edition: Edition, query: str, width: int) -> tuple[OccurrencesScreen, DrawnLines]:
    swept = sweep(edition, compile(query))
    if swept is not None:
        swept.go_on()
    screen = OccurrencesScreen(edition, find(edition, query) if swept is None else swept.hits, query, 0)
    made = screen.tables(width)
    assert isinstance(made, DrawnLines)
    return screen, made


def text_of(made: DrawnLines, y: int) -> str:
    return "".join(segment.text for segment in made[y])


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("query", [QUERY, "zhanzheng", "county"])
def test_every_row_has_its_line_and_every_hit_its_row(edition: Edition, query: str, whole: bool) -> None:
    screen, made = drawn(edition if whole else large(), query, 100)
    if not screen.hits:
        assert not len(made)
        return
    rows = [made.row_of(y) for y in range(len(made))]
    assert [row for row in rows if row is not None] == list(made.rows)
    assert sorted(map(int, made.rows)) == list(range(len(screen.hits)))
    for number, row in enumerate(made.rows):
        first, last = made.lines_of(row)
        assert rows[first:last] == [row]
        assert made.number(row) == number
        assert screen.hits[int(row)].words(screen.edition) in text_of(made, first)
    assert sum(count for _, count in made.groups) == len(screen.hits)


def test_a_row_stands_under_the_title_of_its_section() -> None:
    screen, made = drawn(large(), QUERY, 100)
    title = ""
    for y in range(len(made)):
        row = made.row_of(y)
        if row is None:
            title = text_of(made, y) or title
        else:
            section = screen.edition.section_of(screen.hits[int(row)].span.paragraph)
            assert title.startswith(f"{section.label_en}  {section.short_label}")


@pytest.mark.parametrize(("sort", "presses"), [("left", 1), ("right", 2)])
async def test_a_sorting_that_goes_on_ends_in_the_order_of_one_at_once(sort: Sort, presses: int) -> None:
    async with LishuApp(large(), keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "/", *QUERY, "enter")
        while pilot.app.reader.sweep is not None:
            await pilot.pause(0.02)
        await press(pilot, "o", *["s"] * presses)
        screen = pilot.app.screen
        assert isinstance(screen, OccurrencesScreen)
        assert screen.count > occurrences.AT_ONCE
        assert len(screen.view.rows) == screen.count  # the order before, until the other is there
        for _ in range(500):
            if screen.shown == sort:
                break
            await pilot.pause(0.02)
        hits = list(screen.hits)
        wanted = [hits.index(line.hit) for line in concordance(large(), hits, 20, sort)]
        assert [int(row) for row in screen.view.rows] == wanted


async def test_no_more_lines_are_made_than_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    line = OccurrencesScreen.line
    monkeypatch.setattr(
        OccurrencesScreen, "line", lambda self, number, width: made.append(number) or line(self, number, width)
    )
    async with LishuApp(large(), keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "/", *QUERY, "enter")
        await press(pilot, "o")
        screen = pilot.app.screen
        assert len(screen.view.rows) > 1000
        for keys in (["pagedown"], ["end"], ["home"]):
            await press(pilot, *keys)
            assert QUERY in "\n".join(screen_text(pilot.app))
        assert len(made) < 12 * 36


async def test_what_is_found_while_the_list_is_open_comes_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.search.sweep.STRETCH", 4000)
    monkeypatch.setattr("lishu_tui.tui.screens.finding.AT_ONCE", 0)
    async with LishuApp(large(), keep=False, passing=True).run_test(size=(120, 36)) as pilot:
        await press(pilot, "/", *QUERY, "enter", "o")
        screen = pilot.app.screen
        assert isinstance(screen, OccurrencesScreen)
        for _ in range(500):
            if pilot.app.reader.sweep is None and screen.count == len(screen.hits):
                break
            await pilot.pause(0.02)
        assert len(screen.view.rows) == len(find(large(), QUERY))
