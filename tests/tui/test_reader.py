"""The reader: it opens on the text, and keys take one through it."""

from __future__ import annotations

import pytest

from lishu_tui.edition import Address
from lishu_tui.settings import Config, State, load_state
from lishu_tui.tui.widgets.body import Body
from lishu_tui.tui.widgets.contents import Contents
from lishu_tui.tui.widgets.selecting import Point
from lishu_tui.tui.widgets.status import Status
from lishu_tui.typeset import cells
from tests.screens import press, screen_text

SIZES = [(60, 20), (80, 24), (120, 36), (200, 60)]


def body(pilot) -> Body:
    return pilot.app.reader.body


def top_text(pilot) -> str:
    """The first line of text at the top of the screen."""
    page = body(pilot).page
    _, _, y = page.place_of(body(pilot).top)
    return page.lines[y][0].text


@pytest.mark.parametrize("size", SIZES)
async def test_opens_on_the_text_at_every_size(reader, size):
    async with reader(size=size) as pilot:
        text = "\n".join(screen_text(pilot.app))
        assert "這是一次與“病毒”的賽跑" in text
        assert "restored 復原" in text
        assert pilot.app.reader.contents.display == (size[0] >= 80)
        assert pilot.app.focused is body(pilot)


@pytest.mark.parametrize(
    ("key", "heading"),
    [("1", "嚴陣以待"), ("2", "守土盡責"), ("3", "全民參戰"), ("4", "旗幟引領")],
)
@pytest.mark.parametrize("size", SIZES)
async def test_a_number_leads_to_its_section(reader, key, heading, size):
    async with reader(size=size) as pilot:
        await press(pilot, key)
        assert top_text(pilot).startswith(heading)
        assert heading in pilot.app.reader.status.place
        assert pilot.app.reader.contents.highlighted == int(key)


@pytest.mark.parametrize(("key", "section"), [("0", "opening"), ("5", "closing"), ("6", "source")])
async def test_the_parts_without_a_heading_have_numbers_too(reader, edition, key, section):
    async with reader() as pilot:
        await press(pilot, "3", key)
        assert edition.paragraphs[body(pilot).paragraph].section == section
        label = edition.section(section).label
        assert any(label in line[27:] for line in screen_text(pilot.app))


async def test_brackets_go_to_the_section_before_and_after(reader, edition):
    async with reader() as pilot:
        seen = []
        for key in ["]", "]", "]", "[", "down", "down", "down", "["]:
            await press(pilot, key)
            seen.append(edition.paragraphs[body(pilot).paragraph].section)
        assert seen[:4] == [
            "strict-readiness",
            "holding-the-line",
            "whole-population-participation",
            "holding-the-line",
        ]
        assert seen[-1] == "holding-the-line"  # from within a section first to its beginning
        assert top_text(pilot).startswith("守土盡責")


@pytest.mark.parametrize(("sent", "plain"), [("】", "]"), ("、", "/"), ("？", "?"), ("／", "/")])
async def test_what_an_input_method_sends_for_a_key_does_the_same(reader, sent, plain):
    async def after(key: str) -> list[str]:
        async with reader() as pilot:
            await press(pilot, key)
            return screen_text(pilot.app)

    assert await after(sent) == await after(plain)


async def test_movement_keys(reader):
    async with reader() as pilot:
        b = body(pilot)
        page = b.scrollable_content_region.height - 2
        for key, top in [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("space", page), ("b", 0), ("pagedown", page), ("pageup", 0),
            ("ctrl+d", page // 2), ("ctrl+u", 0), ("G", b.max_scroll_y), ("g", 0), ("end", b.max_scroll_y), ("home", 0),
        ]:  # fmt: skip
            await press(pilot, key)
            assert b.top == top, key


async def test_braces_go_by_paragraphs(reader):
    async with reader() as pilot:
        await press(pilot, "1", "}")
        assert body(pilot).kept == (3, 0)
        await press(pilot, "}", "}", "{")
        assert body(pilot).kept == (4, 0)
        await press(pilot, "j", "j", "{")
        assert body(pilot).kept == (4, 0)


async def test_t_goes_through_the_readings_and_keeps_the_place(reader, edition):
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "3", *["j"] * 9)
        place = body(pilot).kept
        readings = []
        for _ in range(3):
            await press(pilot, "t")
            readings.append(body(pilot).reading)
            assert body(pilot).kept == place or abs(body(pilot).kept[1] - place[1]) < 40
        assert readings == ["simplified", "capture", "restored"]
        assert body(pilot).kept == place


async def test_the_capture_reading_is_the_capture(reader, edition):
    async with reader() as pilot:
        await press(pilot, "t", "t")
        pieces: dict[int, str] = {}
        for line in body(pilot).page.lines:
            for piece in line:
                if piece.kind in ("text", "heading"):
                    pieces[piece.paragraph] = pieces.get(piece.paragraph, "") + piece.text
        assert [pieces[n].replace(" ", "") for n in range(len(edition.paragraphs))] == [
            line.replace(" ", "") for line in edition.readings["capture"]
        ]


async def test_english_goes_off_beneath_beside(reader):
    async with reader(size=(120, 36)) as pilot:
        shown = []
        for _ in range(3):
            await press(pilot, "e")
            shown.append(body(pilot).page.english)
        assert shown == ["beneath", "beside", "off"]
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "e")
        assert body(pilot).page.english == "beneath"
        await press(pilot, "e")
        assert body(pilot).page.english == "off"


async def test_headings_stand_in_both_languages(reader):
    async with reader() as pilot:
        await press(pilot, "2")
        text = "\n".join(screen_text(pilot.app))
        assert "守土盡責 用辛苦指數換健康指數" in text
        assert "Holding the line: " in text


async def test_the_contents_fold_and_lead_and_give_the_focus_back(reader, edition):
    async with reader() as pilot:
        contents: Contents = pilot.app.reader.contents
        await press(pilot, "z")
        assert not contents.display
        await press(pilot, "z")
        assert contents.display
        await press(pilot, "tab")
        assert pilot.app.focused is contents
        await press(pilot, "down", "down", "down", "enter")
        assert edition.paragraphs[body(pilot).paragraph].section == "whole-population-participation"
        assert pilot.app.focused is body(pilot)


async def test_a_click_in_the_contents_leads_to_the_section(reader):
    async with reader() as pilot:
        line = next(n for n, text in enumerate(screen_text(pilot.app)) if "全民參戰" in text[:26])
        await pilot.click(Contents, offset=(6, line))
        await pilot.pause()
        assert top_text(pilot).startswith("全民參戰")


async def test_the_measure_changes_and_stays_within_bounds(reader):
    async with reader(size=(200, 60)) as pilot:
        before = body(pilot).measure
        await press(pilot, "+")
        assert body(pilot).measure == before + 2
        await press(pilot, *["-"] * 40)
        assert body(pilot).measure == 10
        widest = max(cells(p.text) for line in body(pilot).page.lines for p in line if p.kind == "text")
        assert widest <= 21


async def test_back_returns_to_where_one_was(reader):
    async with reader() as pilot:
        await press(pilot, "2", "j", "j", "j")
        place = body(pilot).kept
        await press(pilot, "4", "ctrl+o")
        assert body(pilot).kept[0] == place[0]


async def test_the_place_is_kept_and_found_again_in_another_window(reader, edition):
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "3", "}", "}", "}")
        await press(pilot, *["j"] * 2)
        place = body(pilot).kept
        await press(pilot, "q")
    kept = load_state()
    assert (kept.places["lishu"].paragraph, kept.places["lishu"].character) == place
    async with reader(size=(60, 20), state=kept) as pilot:
        paragraph, _, y = body(pilot).page.place_of(body(pilot).top)
        line = next(p for p in body(pilot).page.lines[y] if p.kind == "text")
        assert paragraph == place[0]
        assert line.start <= place[1] <= line.end


async def test_a_resize_keeps_the_place(reader):
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "4", "}", "}", "}")
        place = body(pilot).kept
        for size in [(60, 20), (200, 60), (80, 24), (20, 5), (1, 1), (120, 36)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert body(pilot).kept == place
        assert body(pilot).page.place_of(body(pilot).top)[:2] == place


async def test_an_address_opens_there(reader, edition):
    async with reader(address=Address.parse("lishu/party-leadership/6")) as pilot:
        assert body(pilot).paragraph == edition.paragraph_at("party-leadership", 6)
    async with reader(address=Address.parse("lishu/holding-the-line/5:10-14")) as pilot:
        lit = body(pilot).lit.current
        assert lit is not None
        assert edition.quote(lit) == edition.text(lit.paragraph)[10:14]


async def test_a_window_too_small_says_what_it_needs(reader):
    async with reader(size=(30, 8)) as pilot:
        assert any("needs 40×10" in line for line in screen_text(pilot.app))


async def test_keys_can_be_remapped_by_name(reader):
    config = Config(keys={"section.next": "f12, ctrl+n", "move.page-down": ["W"]})
    async with reader(config=config) as pilot:
        await press(pilot, "]")
        assert body(pilot).top == 0
        await press(pilot, "f12")
        assert top_text(pilot).startswith("嚴陣以待")
        await press(pilot, "g", "space")
        assert body(pilot).top == 0
        await press(pilot, "W")
        assert body(pilot).top > 0


@pytest.mark.parametrize("keys", [{"no.such": "x"}, {"search.next": "nokey"}, {"search.next": "s"}])
async def test_wrong_keys_cost_a_notice_and_the_old_keys_stand(reader, keys):
    async with reader(config=Config(keys=keys)) as pilot:
        assert any(next(iter(keys)) in n.message for n in pilot.app._notifications)
        await press(pilot, "1")
        assert top_text(pilot).startswith("嚴陣以待")


async def test_themes_go_round_and_no_color_opens_in_the_terminals_own(reader, monkeypatch):
    async with reader() as pilot:
        seen = [pilot.app.theme]
        for _ in range(4):
            await press(pilot, "T")
            seen.append(pilot.app.theme)
        assert seen == ["ink", "paper", "ansi-dark", "ansi-light", "ink"]
    monkeypatch.setenv("NO_COLOR", "1")
    async with reader() as pilot:
        assert pilot.app.theme.startswith("ansi")


async def test_an_unknown_theme_costs_a_notice(reader):
    async with reader(config=Config(theme="mauve")) as pilot:
        assert any("mauve" in n.message for n in pilot.app._notifications)
        assert pilot.app.theme == "ink"


async def test_every_notice_is_shown(reader):
    notices = ("the settings are wrong", "the state is damaged")
    async with reader(notices=notices) as pilot:
        assert [n.message for n in pilot.app._notifications] == list(notices)


async def test_a_drag_selects_across_soft_wraps_and_copies_without_breaks(reader, edition, monkeypatch):
    sent = []
    async with reader(size=(80, 24)) as pilot:
        monkeypatch.setattr(type(pilot.app), "copy_to_clipboard", lambda self, text: sent.append(text))
        monkeypatch.setattr("shutil.which", lambda *_: None)
        await press(pilot, "1")
        b = body(pilot)
        rows = [y for y in range(b.size.height) if any(p.kind == "text" for p in b.page.lines[b.top + y])]
        first = b.page.lines[b.top + rows[0]][0]
        # From before the third character of the first line to after the fifth of the third line.
        await pilot.mouse_down(Body, offset=(first.x + 4, rows[0]))
        await pilot.hover(Body, offset=(first.x + 10, rows[2]))
        await pilot.mouse_up(Body, offset=(first.x + 10, rows[2]))
        third = b.page.lines[b.top + rows[2]][0]
        expected = edition.text(first.paragraph)[2 : third.start + 5]
        assert b.selected_text() == expected
        await press(pilot, "ctrl+c")
        assert sent[0].startswith(f"「{expected}」")
        assert "\n" not in sent[0]


async def test_a_drag_from_the_margin_begins_at_the_line_and_one_below_the_text_ends_at_its_end(reader, edition):
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "1")
        b = body(pilot)
        row = next(y for y in range(b.size.height) if any(p.kind == "text" for p in b.page.lines[b.top + y]))
        piece = b.page.lines[b.top + row + 1][0]
        await pilot.mouse_down(Body, offset=(0, row + 1))
        await pilot.hover(Body, offset=(b.size.width - 2, row + 1))
        await pilot.mouse_up(Body, offset=(b.size.width - 2, row + 1))
        assert b.selected_text() == piece.text


async def test_two_clicks_take_the_clause_three_the_paragraph(reader, edition):
    async with reader(size=(120, 36)) as pilot:
        await press(pilot, "1")
        b = body(pilot)
        row = next(y for y in range(b.size.height) if any(p.kind == "text" for p in b.page.lines[b.top + y]))
        x = b.page.lines[b.top + row][0].x
        await pilot.click(Body, offset=(x + 3, row), times=2)
        assert b.selected_text() == "疫情就是命令"
        await pilot.click(Body, offset=(x + 3, row), times=3)
        assert b.selected_text() == edition.text(3)
        await press(pilot, "escape")
        assert b.selection is None


async def test_the_wheel_scrolls_over_the_margin_too(reader):
    async with reader() as pilot:
        b = body(pilot)
        b.post_message(__import__("textual").events.MouseScrollDown(b, 0, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert b.top == 3


async def test_selection_survives_rewrapping(reader, edition):
    async with reader(size=(120, 36)) as pilot:
        b = body(pilot)
        b.select((Point(1, 5), Point(1, 60), False))
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert b.selected_text() == edition.text(1)[5:60]


async def test_the_status_line_gives_way_without_breaking(reader):
    for width in (40, 50, 60, 80):
        async with reader(size=(width, 20)) as pilot:
            await press(pilot, "4")
            line = screen_text(pilot.app)[-1]
            assert "旗幟引領" in line
            assert len(pilot.app.screen.query_one(Status).render().plain) <= width


async def test_state_that_cannot_be_kept_is_said(reader, tmp_path, monkeypatch):
    (tmp_path / "state").write_text("a file where a folder should be")
    async with reader() as pilot:
        await press(pilot, "j", "q")
    assert pilot.app.parting.startswith("lishu-tui: the place is not kept: ")
    assert "\n" not in pilot.app.parting


async def test_state_of_a_newer_version_is_left_alone(reader):
    async with reader(state=State(), keep=False) as pilot:
        await press(pilot, "3", "q")
    assert load_state() == State()
