"""The search of the whole library: as one types, grouped, narrowed, opened at the hit; a query ends the one before."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest

from lishu_tui.search import find
from lishu_tui.tui import searcher
from lishu_tui.tui.screens.library import LibraryScreen
from lishu_tui.tui.screens.library_search import LibrarySearchScreen
from lishu_tui.tui.searcher import FIRST, SHOWN
from lishu_tui.typeset import cells
from tests.screens import notices, press, screen_text, until
from tests.shelves import filled, made


async def search(pilot, query: str) -> LibrarySearchScreen:
    """Open the search, type a query, and wait for its end."""
    await press(pilot, "L")
    screen = pilot.app.screen
    screen.line.input.value = query
    await settled(pilot, query)
    return screen


async def settled(pilot, query: str) -> None:
    screen = pilot.app.screen
    await until(pilot, lambda: screen.request.query == query.strip() and not screen.searching)


async def go_to_facet(pilot, name: str) -> None:
    """Narrow to a year or a source that is on the screen."""
    screen = pilot.app.screen
    row = next(n for n, line in enumerate(screen.lines) if screen.facets[line.facet].name == name)
    screen.rows.show(len(screen.lines), cursor=row)
    await press(pilot, "enter")
    await until(pilot, lambda: not screen.searching)


def titles(screen) -> list[str]:
    return [group.entry.title for group in screen.groups]


async def test_documents_stand_with_their_hits_and_the_bundled_one_comes_first(reader, library, edition):
    filled(library)
    async with reader(size=(100, 30)) as pilot:
        screen = await search(pilot, "疫情")
        text = screen_text(pilot.app)
        assert titles(screen)[0].startswith("〔梨樹縣")
        assert set(titles(screen)[1:]) == {"县医院新楼启用", "口罩廠連夜開工", "关于做好疫情防控工作的通知"}
        assert "4 documents" in text[1]
        assert f"{len(find(edition, '疫情'))} hits" in text[3]
        assert any("疫情當前，沒有人喊累。" in line for line in text)
        assert screen.groups[0].number == len(find(edition, "疫情"))
        assert len(screen.groups[0].hits) == SHOWN


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)], ids=str)
async def test_the_words_are_lit_and_in_view_at_every_size(reader, library, size):
    filled(library, [made("長句", "2020-01-01", "報", ["前" * 300 + "要找的話" + "後" * 300])])
    async with reader(size=size) as pilot:
        screen = await search(pilot, "要找的話")
        lit = [s for s in screen.draw(1, screen.row_width) if s.look == "hit"]
        assert [s.text for s in lit] == ["要找的話"]
        text = screen_text(pilot.app)
        assert any("要找的話" in line and line.strip().startswith("…前") for line in text)
        assert all(cells(line) <= size[0] for line in text)


@pytest.mark.parametrize(
    "query", ["疫", "疫情", "志愿者", "志願者", "ｚｈｉyuanzhe", "zhi yuan zhe", "春耕备耕工作", "9980"]
)
async def test_every_length_and_script_is_found(reader, library, query):
    filled(library)
    async with reader() as pilot:
        assert (await search(pilot, query)).documents > 0


@pytest.mark.parametrize(
    "query", ["麻雀", "沒有這個", "。。。。", "[/b]", '"麻', "NEAR(a b)", "\x1b]0;x\x07", "*", "\ud800"]
)
async def test_whatever_is_typed_is_only_text(reader, library, query):
    filled(library)
    async with reader() as pilot:
        screen = await search(pilot, query)
        assert screen.documents == (1 if query == "麻雀" else 0)
        assert not screen.trouble
        if query == "沒有這個":
            assert "nothing found for 沒有這個 in 13 documents" in "\n".join(screen_text(pilot.app))


async def test_without_a_library_the_bundled_article_is_searched(reader, library):
    async with reader() as pilot:
        screen = await search(pilot, "志願者")
        assert titles(screen) == ["〔梨樹縣以“硬作風”打贏疫情防控阻擊戰〕"]
        screen.line.input.value = "麻雀"
        await settled(pilot, "麻雀")
        assert "in 1 document" in "\n".join(screen_text(pilot.app))
    assert not library.exists()


async def test_a_broken_library_is_a_line_and_the_bundled_article_is_searched(reader, library):
    library.write_bytes(b"no library" * 1000)
    async with reader() as pilot:
        screen = await search(pilot, "疫情")
        assert "is not a library" in "\n".join(screen_text(pilot.app))
        assert len(titles(screen)) == 1


async def test_enter_opens_the_document_at_the_hit_with_all_lit(reader, library):
    paragraphs = [f"第{n}段。" + "這是很長的一段話，說了很多。" * 6 for n in range(40)]
    for n in (3, 20, 33):
        paragraphs[n] += "這裡有麻雀。"
    ids = filled(library, [made("長文", "2020-01-01", "報", paragraphs)])
    async with reader() as pilot:
        before = pilot.app.reader
        await search(pilot, "麻雀")
        await press(pilot, "enter", "j", "j", "enter")
        await until(pilot, lambda: pilot.app.edition.id == ids[0])
        r = pilot.app.reader
        await until(pilot, lambda: r.at == 1)
        assert r is not before
        assert pilot.app.screen is r
        assert r.status.hits == "麻雀 2/3"
        assert len(r.body.lit.hits) == 3
        y = r.body.page.line_of(20, 0)
        assert r.body.top - 6 <= y <= r.body.top + r.body.size.height
        await press(pilot, "n")
        assert r.at == 2
        await press(pilot, "escape", "L")
        assert pilot.app.screen.line.input.value == "麻雀"  # the last query, for what is typed now to replace
        await press(pilot, "雞")
        assert pilot.app.screen.line.input.value == "雞"


async def test_a_hit_in_the_open_document_only_moves_there(reader, library, edition):
    filled(library)
    async with reader() as pilot:
        before = pilot.app.reader
        await search(pilot, "試金石")
        await press(pilot, "enter", "j", "enter")
        await until(pilot, lambda: pilot.app.screen is before and before.at == 0)
        assert before.found_what == "試金石"
        assert before.at == 0
        assert before.jumps


async def test_a_hit_in_the_english_is_gone_to(reader, library, edition):
    async with reader() as pilot:
        screen = await search(pilot, "volunteers")
        hits = find(edition, "volunteers")
        assert screen.groups[0].number == len(hits)
        await press(pilot, "enter", "j", "j", "enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.reader and pilot.app.reader.at == 1)
        assert pilot.app.reader.body.page.english == "beneath"


async def test_by_year_and_by_source_and_narrowed_and_widened_again(reader, library):
    filled(library)
    async with reader(size=(100, 30)) as pilot:
        screen = await search(pilot, "疫情")
        await press(pilot, "enter")
        await until(pilot, lambda: screen.facets)
        await press(pilot, "v")
        text = screen_text(pilot.app)
        assert "by year" in text[1]
        assert [line.split() for line in text[3:5]] == [[">", "2021", "1"], ["2020", "3"]]
        await press(pilot, "j", "enter")
        await until(pilot, lambda: not screen.searching)
        assert screen.request.year == 2020
        assert len(titles(screen)) == 3
        assert "2020" in screen_text(pilot.app)[1]
        await press(pilot, "escape")
        await until(pilot, lambda: not screen.searching)
        assert len(titles(screen)) == 4
        await until(pilot, lambda: screen.facets)
        await press(pilot, "v", "v")
        assert {facet.name: facet.documents for facet in screen.facets if facet.by == "source"} == {
            "吉林日报": 1, "新華社": 1, "梨樹縣人民政府": 1, "中國產業經濟信息網": 1,
        }  # fmt: skip
        await go_to_facet(pilot, "新華社")
        assert titles(screen) == ["口罩廠連夜開工"]
        await press(pilot, "escape")
        await until(pilot, lambda: not screen.searching)
        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.reader


async def test_what_has_no_year_or_no_source_is_narrowed_to_as_well(reader, library):
    filled(library, [made("無年", "", "", ["麻雀。"]), made("有年", "2020-01-01", "報", ["麻雀。"])])
    async with reader() as pilot:
        screen = await search(pilot, "麻雀")
        await press(pilot, "enter")
        await until(pilot, lambda: screen.facets)
        await press(pilot, "v")
        assert "〔no year〕" in "\n".join(screen_text(pilot.app))
        await press(pilot, "G", "enter")
        await until(pilot, lambda: not screen.searching)
        assert titles(screen) == ["無年"]
        assert "〔no year〕" in screen_text(pilot.app)[1]
        await press(pilot, "escape")
        await until(pilot, lambda: screen.facets and not screen.searching)
        await press(pilot, "v", "v")
        await go_to_facet(pilot, "")
        assert screen.request.source == ""
        assert titles(screen) == ["無年"]


async def test_the_search_bar_turns_from_the_document_to_the_library_and_back(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "3", "/")
        pilot.app.reader.search_line.input.value = "麻雀"
        await pilot.pause()
        place = pilot.app.reader.origin.place
        await press(pilot, "ctrl+l")
        assert isinstance(pilot.app.screen, LibrarySearchScreen)
        await settled(pilot, "麻雀")
        assert titles(pilot.app.screen) == ["鄉下的早晨"]
        pilot.app.screen.line.input.value = "防線"
        await press(pilot, "ctrl+l")
        r = pilot.app.reader
        assert pilot.app.screen is r
        assert r.search_line.input.value == "防線"
        assert r.status.display is False
        await press(pilot, "enter")
        assert r.found_what == "防線"
        assert r.found
        assert place == r.origin.place


async def test_keys_typed_ahead_reach_the_line(reader, library):
    filled(library)
    async with reader() as pilot:
        await pilot.press("L", "志", "愿", "者", "enter")
        await settled(pilot, "志愿者")
        screen = pilot.app.screen
        assert screen.line is None
        assert {"志願者的冬天"} <= set(titles(screen))
        assert pilot.app.reader.searches[-1] == "志愿者"


async def test_down_leads_from_the_line_to_the_rows_and_the_stroke_back(reader, library):
    filled(library)
    async with reader() as pilot:
        screen = await search(pilot, "志願者")
        await press(pilot, "down")
        assert screen.line is None
        await press(pilot, "/")
        assert screen.line.input.value == "志願者"
        await press(pilot, "escape")
        assert screen.line is None
        assert titles(screen)
        await press(pilot, "q")
        assert pilot.app.screen is pilot.app.reader


async def test_from_the_library_and_back_to_it(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "l", "L")
        assert isinstance(pilot.app.screen, LibrarySearchScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_pages_come_as_they_are_asked_for(reader, library):
    many = [made(f"第{n}篇", f"20{n % 20:02}-01-01", "報", [f"第{n}篇說的是麻雀。"]) for n in range(150)]
    filled(library, many)
    async with reader() as pilot:
        screen = await search(pilot, "麻雀")
        assert "150 documents" in screen_text(pilot.app)[1]
        assert len(screen.groups) == FIRST
        await press(pilot, "enter")
        for _ in range(40):
            await press(pilot, "G")
            if len(screen.groups) == 150:
                break
            await pilot.pause(0.02)
        assert len(set(titles(screen))) == 150


async def test_a_new_query_ends_the_one_before(reader, library, monkeypatch):
    filled(library)
    ended, begun = [], threading.Event()
    whole = searcher.search

    def slow(library, query, **given):
        found = whole(library, query, **given)
        if query == "麻":
            begun.set()
            end = time.monotonic() + 15
            while time.monotonic() < end:
                try:
                    library.connection.execute("SELECT 1")
                    found.go_on()
                except searcher.Stopped:
                    ended.append(query)
                    raise
                time.sleep(0.005)
                if pilot_app.screen.request.query != "麻":
                    found.stop()  # as the screen does once there is something to stop
        return found

    monkeypatch.setattr(searcher, "search", slow)
    async with reader() as pilot:
        pilot_app = pilot.app
        await press(pilot, "L")
        screen = pilot.app.screen
        screen.line.input.value = "麻"
        await until(pilot, begun.is_set)
        assert "searching…" in screen_text(pilot.app)[1]
        screen.line.input.value = "麻雀"
        await settled(pilot, "麻雀")
        assert ended == ["麻"]
        assert titles(screen) == ["鄉下的早晨"]


async def test_a_fault_in_the_thread_is_a_line_and_the_next_query_is_answered(reader, library, monkeypatch):
    filled(library)
    whole = searcher.search

    def broken(library, query, **given):
        if query == "麻":
            raise KeyError("[/b]")
        return whole(library, query, **given)

    monkeypatch.setattr(searcher, "search", broken)
    async with reader() as pilot:
        screen = await search(pilot, "麻")
        assert "a fault of lishu-tui: KeyError" in screen.trouble
        screen.line.input.value = "麻雀"
        await settled(pilot, "麻雀")
        assert not screen.trouble
        assert titles(screen) == ["鄉下的早晨"]


async def test_a_hit_in_a_damaged_document_is_a_line_and_the_search_stays(reader, library):
    filled(library)
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE editions SET data = zeroblob(100)")
    connection.close()
    async with reader() as pilot:
        screen = await search(pilot, "麻雀")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: notices(pilot.app))
        assert "not what was stored" in notices(pilot.app)
        assert pilot.app.screen is screen


async def test_hits_are_copied_as_tsv(reader, library, monkeypatch):
    monkeypatch.setenv("PATH", "")
    filled(library)
    async with reader() as pilot:
        taken = []
        monkeypatch.setattr(pilot.app, "copy_to_clipboard", taken.append)
        await search(pilot, "麻雀")
        await press(pilot, "enter", "y")
        head, row = taken[0].splitlines()
        assert head.split("\t")[-3:] == ["left", "words", "right"]
        assert row.split("\t")[-3:] == ["老人說，今年的雨水好，", "麻雀", "也多。"]


async def test_hostile_titles_and_texts_are_only_text(reader, library):
    hostile = ["[red]甲[/b]", "[@click=app.quit]乙[/]", "丙\x1b]0;PWN\x07", "丁\u202e"]
    filled(library, [made(title, "[b]", "[/]\x1b[31m", [f"{title}麻雀{title}"]) for title in hostile])
    async with reader(size=(80, 24)) as pilot:
        screen = await search(pilot, "麻雀")
        text = screen_text(pilot.app)
        assert len(titles(screen)) == 4
        assert any("[red]甲[/b]麻雀[red]甲[/b]" in line for line in text)
        await press(pilot, "enter", "v", "v", "enter")
        await until(pilot, lambda: not screen.searching)
        assert not any(c in line for line in screen_text(pilot.app) for c in "\x1b\x07\u202e")


async def test_a_pause_that_is_heard_of_late_asks_for_what_is_typed_now(reader, library, monkeypatch):
    filled(library, [made("一", "2019-03-11", "四平日報", ["防汛"]), made("二", "2019-03-12", "四平日報", ["防火"])])
    over = []
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "L")
        screen = pilot.app.screen
        monkeypatch.setattr(screen, "set_timer", lambda _, callback: over.append(Pause(callback)) or over[-1])
        await press(pilot, *"防汛")
        over[0].callback()  # of 防: it was over before 汛 was typed, and is heard of only now
        if not over[-1].stopped:
            over[-1].callback()
        await until(pilot, lambda: not screen.searching)
        assert screen.request.query == "防汛"


class Pause:
    def __init__(self, callback):
        self.callback, self.stopped = callback, False

    def stop(self):
        self.stopped = True


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_each_hit_of_a_long_sentence_shows_its_words_and_dates_are_days(reader, library, size):
    long = "開頭" + "甲乙丙丁" * 12 + "防汛一" + "戊己庚辛" * 30 + "防汛二" + "壬癸子丑" * 30
    long += "防汛三" + "寅卯" * 40 + "。"
    filled(library, [made("長句", "2019-03-11T08:30:00+08:00", "四平日報", [long])])
    async with reader(size=size) as pilot:
        await press(pilot, "L", *"防汛")
        await until(pilot, lambda: pilot.app.screen.groups and pilot.app.screen.groups[0].number == 3)
        lines = "\n".join(screen_text(pilot.app))
        assert all(word in lines for word in ("防汛一", "防汛二", "防汛三"))
        assert "2019-03-11 " in lines
        assert "2019-03-11…" not in lines
        assert "2019-03-…" not in lines
        await press(pilot, "escape", "escape", "l")
        assert any("2019-03-11" in line and "2019-03-…" not in line for line in screen_text(pilot.app)[3:])
