"""The statistics of any document: found figures, one kind at a time, a noun in all documents, what we compute."""

from __future__ import annotations

from lishu_tui.library.opening import edition_of
from lishu_tui.library.store import Library
from lishu_tui.tui.screens.across import AcrossScreen
from lishu_tui.tui.screens.statistics import StatisticsScreen
from tests.screens import press, screen_text, table_text, until

PAGE = """2021年3月，全县有志愿者5200人，防控卡点7个。
种植水稻32.5万亩、玉米4公顷，投资1.2亿元，增长12.5%。
"""


async def test_the_figures_of_a_page_of_ones_own_are_found(reader):
    edition = edition_of(PAGE.encode(), "page.txt")
    async with reader(of=edition, size=(120, 36)) as pilot:
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, StatisticsScreen)
        text = table_text(pilot)
        assert all(words in text for words in ("5,200", "found: count", "志愿者", "found: money", "325,000", "12.5"))
        await press(pilot, "j", "enter")
        assert edition.quote(pilot.app.reader.body.lit.current) == "7个"


async def test_one_kind_at_a_time_with_bars_within_a_unit(reader):
    edition = edition_of(PAGE.encode(), "page.txt")
    async with reader(of=edition, size=(120, 36)) as pilot:
        await press(pilot, "s")
        screen = pilot.app.screen
        seen = []
        for _ in screen.kinds:
            await press(pilot, "v")
            seen.append(screen.kind)
            text = table_text(pilot)
            assert "█" in text
            shown = [screen.statistic(row) for row in screen.view.rows]
            assert {s.kind for s in shown} == {screen.kind}
        assert seen == screen.kinds
        assert set(seen) == {"count", "area", "money", "percent"}
        screen.kind = "area"
        screen.view.draw()
        await pilot.pause()
        lengths = [line.count("█") for line in table_text(pilot).splitlines() if "万亩" in line or "4公顷" in line]
        assert lengths[0] > 10 * max(lengths[1], 1)  # 4 hectares are little beside 325,000 mu, on one scale
        screen.kind = seen[-1]
        await press(pilot, "v")
        assert screen.kind == ""
        assert len(screen.view.rows) == len(screen.all)


async def test_what_we_compute_is_shown_on_request_and_marked(reader):
    async with reader(size=(140, 40)) as pilot:
        await press(pilot, "s")
        assert "computed" not in table_text(pilot)
        await press(pilot, "=")
        text = table_text(pilot)
        assert "computed by us" in text
        assert "≈ 9.3" in text  # 4085 members in 440 teams
        await press(pilot, "=")
        assert "computed" not in table_text(pilot)


async def test_a_noun_in_all_documents(reader, library):
    with Library.open(library, write=True) as store:
        store.add(edition_of(PAGE.encode(), "page.txt"))
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "s")
        screen = pilot.app.screen
        row = screen.view.rows.index("volunteers")
        await press(pilot, *["j"] * (row - screen.view.cursor), "L")
        await until(pilot, lambda: getattr(pilot.app.screen, "rows", None) is not None)
        across = pilot.app.screen
        assert isinstance(across, AcrossScreen)
        assert [r.statistic.value for r in across.rows] == [5000, 5200]
        text = table_text(pilot)
        assert "≠ 5,200" in text
        assert "█" in text
        await press(pilot, "=")
        assert "+200" in table_text(pilot)
        assert any("志愿者" in line for line in screen_text(pilot.app))
        await press(pilot, "g", "enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.reader)
        assert pilot.app.reader.edition.quote(pilot.app.reader.body.lit.current) == "5000多人"


async def test_a_document_without_figures_says_so(reader):
    async with reader(of=edition_of("今天天气很好。".encode(), "page.txt")) as pilot:
        await press(pilot, "s")
        assert "No figure is found" in table_text(pilot)
        await press(pilot, "v", "L", "=", "y")
        assert isinstance(pilot.app.screen, StatisticsScreen)
