"""Search in the reader: incremental, blind to script, lit, counted, and the way back."""

from __future__ import annotations

import pytest

from lishu_tui.edition import Span
from lishu_tui.tui.screens.occurrences import OccurrencesScreen
from lishu_tui.tui.screens.reader import ReaderScreen
from lishu_tui.tui.widgets.search_line import SearchLine
from tests.screens import press, screen_text


async def search(pilot, query: str) -> None:
    await press(pilot, "/")
    pilot.app.reader.search_line.input.value = query
    await pilot.pause()
    await press(pilot, "enter")


@pytest.mark.parametrize(
    ("query", "stands", "count"),
    [("突击队", "突擊隊", 2), ("突擊隊", "突擊隊", 2), ("志願者", "志愿者", 7), ("9980", "9980", 1),
     ("９９８０", "9980", 1),
     ("zhanzheng", "戰爭", None), ("lishu xian", "梨樹縣", None)],
)  # fmt: skip
async def test_a_query_in_any_script_finds_what_stands(reader, edition, query, stands, count):
    async with reader() as pilot:
        await search(pilot, query)
        r: ReaderScreen = pilot.app.reader
        chinese = [h for h in r.found if h.reading == "restored"]
        assert edition.quote(chinese[0].span) == stands
        if count is not None:
            assert len(chinese) == count
        assert r.status.hits == f"{query} 1/{len(r.found)}"


async def test_hits_are_counted_as_one_types(reader):
    async with reader() as pilot:
        await press(pilot, "/", "9", "9")
        assert "1/" in "".join(screen_text(pilot.app)[-1])
        assert pilot.app.reader.status.display is False
        await press(pilot, "9")
        assert "nothing found" in screen_text(pilot.app)[-1]
        await press(pilot, "backspace")
        assert "1/" in screen_text(pilot.app)[-1]


async def test_n_and_capital_n_go_round(reader):
    async with reader() as pilot:
        await search(pilot, "志愿者")
        r = pilot.app.reader
        seen = []
        for key in ["n"] * 7 + ["N"] * 2:
            await press(pilot, key)
            seen.append(r.at)
        assert seen == [1, 2, 3, 4, 5, 6, 0, 6, 5]


async def test_the_current_hit_is_on_the_screen_at_every_size(reader):
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)]:
        async with reader(size=size) as pilot:
            await search(pilot, "志愿者")
            body = pilot.app.reader.body
            for _ in range(7):
                await press(pilot, "n")
                span = body.lit.current
                y = body.page.line_of(span.paragraph, span.start)
                assert body.top <= y < body.top + body.size.height


async def test_escape_puts_the_hits_out_and_goes_back(reader):
    async with reader() as pilot:
        await press(pilot, "2")
        place = pilot.app.reader.body.kept
        await search(pilot, "責任區")
        await press(pilot, "n")
        assert pilot.app.reader.body.kept != place
        await press(pilot, "escape")
        assert pilot.app.reader.body.kept == place
        assert pilot.app.reader.found == []
        assert pilot.app.reader.status.hits == ""


async def test_escape_while_typing_does_the_same(reader):
    async with reader() as pilot:
        await press(pilot, "/")
        pilot.app.reader.search_line.input.value = "責任區"
        await pilot.pause()
        await press(pilot, "escape")
        assert pilot.app.reader.body.top == 0
        assert not pilot.app.reader.search_line.display


async def test_hits_survive_the_other_readings_and_a_resize(reader, edition):
    async with reader() as pilot:
        await search(pilot, "領導")
        body = pilot.app.reader.body
        for reading, stands in [("simplified", "领导"), ("capture", "領(lǐng)導"), ("restored", "領導")]:
            await press(pilot, "t")
            assert body.reading == reading
            lit = body.lit.hits[0]
            assert edition.text(lit.paragraph, reading)[lit.start : lit.end].startswith(stands)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert len(body.lit.hits) == len(pilot.app.reader.found)


async def test_a_hit_in_the_english_opens_it_and_leaving_closes_it_again(reader):
    async with reader() as pilot:
        await search(pilot, "sanitation")
        body = pilot.app.reader.body
        assert body.page.english == "beneath"
        span = body.lit.english_current
        assert "sanitation" in body.edition.text(span.paragraph, "english")[span.start : span.end].lower()
        await press(pilot, "escape")
        assert body.page.english == "off"


async def test_arrows_bring_earlier_queries_back(reader):
    async with reader() as pilot:
        await search(pilot, "防線")
        await search(pilot, "卡點")
        await press(pilot, "/", "up", "up")
        assert pilot.app.reader.search_line.input.value == "防線"
        await press(pilot, "down")
        assert pilot.app.reader.search_line.input.value == "卡點"


async def test_occurrences_lead_to_the_hit(reader, edition):
    async with reader() as pilot:
        await search(pilot, "防線")
        hits = list(pilot.app.reader.found)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, OccurrencesScreen)
        text = "\n".join(screen_text(pilot.app))
        assert text.count("防線") >= len(hits)
        await press(pilot, "j", "enter")
        assert pilot.app.screen is pilot.app.reader
        assert pilot.app.reader.at == 1


async def test_occurrences_sort_by_what_stands_beside(reader, edition):
    async with reader() as pilot:
        await search(pilot, "防線")
        await press(pilot, "o")
        screen = pilot.app.screen
        by_place = list(screen.view.rows)
        await press(pilot, "s")
        by_left = list(screen.view.rows)
        await press(pilot, "s")
        by_right = list(screen.view.rows)
        assert sorted(by_left) == sorted(by_right) == sorted(by_place)
        hits = pilot.app.reader.found
        before = [edition.text(hits[int(r)].span.paragraph)[hits[int(r)].span.start - 1] for r in by_left]
        assert before == sorted(before) or by_left != by_place


async def test_occurrences_without_a_search_say_what_to_do(reader):
    async with reader() as pilot:
        await press(pilot, "o")
        assert pilot.app.screen is pilot.app.reader
        assert any("/ searches" in n.message for n in pilot.app._notifications)


async def test_a_query_of_markup_and_controls_is_only_text(reader):
    async with reader() as pilot:
        for query in ["[red]x[/b]", "[@click=app.quit]x[/]", "\x1b]0;pwn\x07", "\u202e", "((((", "\\"]:
            await search(pilot, query)
            assert pilot.app.reader.found == [] or query == "\u202e"
        assert pilot.app._exit is False


async def test_every_keystroke_is_one_message(reader):
    async with reader() as pilot:
        await press(pilot, "/", "9", "9", "8", "enter")
        typed = dict.fromkeys(m.query_text for m in pilot.app.seen if isinstance(m, SearchLine.Typed))
        assert list(typed) == ["9", "99", "998"]


async def test_keys_typed_ahead_reach_what_they_are_meant_for(reader):
    async with reader() as pilot:
        await pilot.press("/", *"9980", "enter", "n", "t", "s", "G", "enter")
        await pilot.pause()
        assert pilot.app.reader.search_line.input.value == "9980"
        assert pilot.app.reader.body.reading == "simplified"
        assert pilot.app.screen is pilot.app.reader
        assert pilot.app.reader.found_what == "992個"


async def test_going_to_a_span_lights_it(reader, edition):
    async with reader() as pilot:
        span = edition.statistics[0].span
        pilot.app.reader.go_to_span(span)
        await pilot.pause()
        assert pilot.app.reader.body.lit.current == Span(*span)
