"""Importing while one reads: what is dropped on the window or typed as a path, how far it is, and what became of it."""

from __future__ import annotations

import shlex
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from lishu_tui.edition import LishuError
from lishu_tui.library.store import Library
from lishu_tui.tui.pasted import pasted_paths
from lishu_tui.tui.screens.library import LibraryScreen
from lishu_tui.tui.screens.report import ReportScreen
from tests.screens import notices, press, screen_text, until
from tests.shelves import filled

TEXTS = {
    "早晨.txt": "鄉下的早晨\n\n雞叫了三遍，村裡的燈一盞一盞亮起來。\n",
    "夜 里.txt": "夜里\n\n村里的灯一盏一盏灭了，狗也不叫了。\n",
    "it's [b].txt": "引號\n\n名字裡有引號的文件也是文件，照樣讀得。\n",
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


async def paste(pilot, text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def done(pilot) -> None:
    await until(pilot, lambda: pilot.app.report is not None and not pilot.app.progress)


# ── what terminals paste ────────────────────────────────────────────────────────────────────────────────────────────


def quoted(path: Path) -> list[str]:
    """A path as terminals write it when it is dropped on them."""
    backslashed = "".join(c if c.isalnum() or c in "/._-" else f"\\{c}" for c in str(path))
    return [str(path), shlex.quote(str(path)), f'"{path}"', backslashed, path.as_uri(), f"{path} ", f"{path}\r\n"]


def test_a_path_is_known_however_a_terminal_writes_it(files):
    for path in files:
        for text in quoted(path):
            assert pasted_paths(text) == [path], text


def test_several_are_known_in_one_line_or_one_each(files):
    assert pasted_paths(" ".join(shlex.quote(str(f)) for f in files)) == files
    assert pasted_paths("\n".join(map(str, files))) == files
    assert pasted_paths("\r\n".join(f.as_uri() for f in files)) == files
    assert pasted_paths(f"{files[0]}\n{files[0]}") == files[:1]
    assert pasted_paths(str(files[0].parent)) == [files[0].parent]


def test_home_is_known(files, monkeypatch):
    monkeypatch.setenv("HOME", str(files[0].parent))
    assert pasted_paths(f"~/{files[0].name}") == [files[0]]


NO_PATHS = ["", " \n", "一句話。", "README.md", "/no/such/file", "'", "/tmp 和別的", "file://elsewhere/etc", "file://["]
NO_PATHS += ["\x1b]0;PWN\x07", "/tmp\x00", "/tmp\x1b[31m", "~nobody-here/x", "\ud800"]


@pytest.mark.parametrize("text", NO_PATHS)
def test_what_is_no_path_is_none(text):
    assert pasted_paths(text) == []


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_whatever_is_pasted_gives_paths_that_are_there_or_none(text):
    assert all(path.is_absolute() and path.exists() for path in pasted_paths(text))


# ── importing ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_dropped_on_the_text_is_imported_and_reading_goes_on(reader, library, files):
    async with reader() as pilot:
        await paste(pilot, str(files[0]))
        await press(pilot, "3")
        await done(pilot)
        assert "1 added" in notices(pilot.app)
        assert pilot.app.reader.body.paragraph > 0
        await press(pilot, "l", "j", "enter")
        await until(pilot, lambda: pilot.app.edition.id != "lishu")
    with Library.open(library) as found:
        assert found.count() == 1


async def test_the_list_takes_up_what_comes_in(reader, library, files):
    async with reader() as pilot:
        await press(pilot, "l")
        assert "1 document" in screen_text(pilot.app)[1]
        await paste(pilot, "\n".join(map(str, files)))
        await done(pilot)
        assert "4 documents" in screen_text(pilot.app)[1]
        assert "3 added" in notices(pilot.app)


async def test_the_same_again_is_known_and_a_bad_file_has_its_reason(reader, library, files, tmp_path):
    empty = tmp_path / "leer.txt"
    empty.write_bytes(b"")
    async with reader() as pilot:
        await press(pilot, "l")
        await paste(pilot, str(files[0]))
        await done(pilot)
        pilot.app.report = None
        await paste(pilot, f"{files[0]}\n{files[1]}\n{empty}")
        await done(pilot)
        assert "1 added, 1 known, 1 failed: leer.txt: is empty" in notices(pilot.app)
        await press(pilot, "I")
        assert isinstance(pilot.app.screen, ReportScreen)
        text = "\n".join(screen_text(pilot.app))
        assert "Failed 未成" in text
        assert "is empty" in text
        assert "Known already 已有" in text
        await press(pilot, "j", "enter")
        await until(pilot, lambda: pilot.app.edition.id != "lishu")
        assert pilot.app.screen is pilot.app.reader


async def test_a_folder_is_imported_by_processes(reader, library, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}.txt").write_text(f"第{n}篇\n\n這是第{n}篇文章，說的是第{n}件事。\n", encoding="utf-8")
    seen = set()
    async with reader() as pilot:
        await paste(pilot, str(folder))

        def ended() -> bool:
            seen.add(screen_text(pilot.app)[-1].split("importing")[-1].strip())
            return pilot.app.report is not None

        await until(pilot, ended, seconds=60)
        assert "8 added" in notices(pilot.app)
        assert any("of 8" in line for line in seen)
        assert "importing" not in screen_text(pilot.app)[-1]


async def test_i_asks_for_a_path_and_tab_completes_it(reader, library, files):
    async with reader() as pilot:
        await press(pilot, "l", "i")
        screen = pilot.app.screen
        screen.line.input.value = f"{files[0].parent}/早"
        await press(pilot, "tab")
        assert screen.line.input.value == str(next(f for f in files if f.name == "早晨.txt"))
        await press(pilot, "enter")
        await done(pilot)
        assert "1 added" in notices(pilot.app)
        await press(pilot, "i", "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)
        pilot.app.report = None
        await press(pilot, "i", *"/no/such", "enter")
        await done(pilot)
        assert "1 failed" in notices(pilot.app)


@pytest.mark.parametrize(
    "text", ["一句話。", "\x1b]0;PWN\x07\x1b[201~", "x" * 200_000], ids=["text", "escapes", "long"]
)
async def test_anything_else_is_nothing_to_import(reader, library, text):
    async with reader() as pilot:
        for keys in [(), ("l",)]:
            await press(pilot, *keys)
            pilot.app.clear_notifications()
            await paste(pilot, text)
            assert "Nothing to import in what was pasted" in notices(pilot.app)
    assert not library.exists()


async def test_a_path_pasted_into_a_line_is_typed_and_not_imported(reader, library, files):
    async with reader() as pilot:
        await press(pilot, "/")
        await paste(pilot, str(files[0]))
        assert pilot.app.reader.search_line.input.value == str(files[0])
        assert pilot.app.report is None
        assert not pilot.app.progress


async def test_where_nothing_can_be_kept_is_a_notice_and_the_reader_stays(reader, library, files):
    library.mkdir()
    async with reader() as pilot:
        await paste(pilot, str(files[0]))
        await done(pilot)
        assert "is a folder" in notices(pilot.app)
        await press(pilot, "3")
        assert pilot.app.reader.body.paragraph > 0


async def test_a_full_disk_in_the_middle_keeps_what_was_committed(reader, library, files, monkeypatch):
    from lishu_tui.library import importing

    whole = importing.import_paths

    def full(*given, **named):
        outcomes = whole(*given, **named)
        yield next(outcomes)
        raise LishuError("library.db", "", "there is no space left on the disk", "room for it", exit_code=74)

    monkeypatch.setattr(importing, "import_paths", full)
    async with reader() as pilot:
        await paste(pilot, str(files[0]))
        await done(pilot)
        assert "1 added: library.db: there is no space left on the disk" in notices(pilot.app)


async def test_a_fault_of_ours_is_a_line_and_a_log(reader, library, files, monkeypatch):
    from lishu_tui.library import importing

    def broken(*given, **named):
        raise KeyError("[/b]\x1b]0;x\x07")

    monkeypatch.setattr(importing, "import_paths", broken)
    async with reader() as pilot:
        await paste(pilot, str(files[0]))
        await done(pilot)
        assert "a fault of lishu-tui: KeyError" in notices(pilot.app)


async def test_what_is_dropped_meanwhile_waits_for_its_turn(reader, library, files):
    async with reader() as pilot:
        for file in files:
            await paste(pilot, str(file))
        await until(pilot, lambda: not pilot.app._waiting and not pilot.app.progress)
        await done(pilot)
    with Library.open(library) as found:
        assert found.count() == 3


async def test_leaving_in_the_middle_keeps_what_is_committed(reader, library, files, monkeypatch):
    from lishu_tui.library import importing

    whole = importing.import_paths
    first = threading.Event()

    def slow(library, paths, *, stop, **named):
        for path in paths:
            yield from whole(library, [path], stop=stop, **named)
            first.set()
            stop.wait(20)
            if stop.is_set():
                return

    monkeypatch.setattr(importing, "import_paths", slow)
    async with reader() as pilot:
        await paste(pilot, "\n".join(map(str, files)))
        await until(pilot, first.is_set)
        await press(pilot, "q")
        app = pilot.app
    app.wait_for_import()
    assert not app._thread.is_alive()
    with Library.open(library) as found:
        assert found.count() == 1


async def test_nothing_was_imported_yet_is_said(reader, library):
    filled(library)
    async with reader() as pilot:
        await press(pilot, "I")
        assert "Nothing was imported yet" in notices(pilot.app)
        assert pilot.app.screen is pilot.app.reader
