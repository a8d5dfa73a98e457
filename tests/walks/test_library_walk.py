"""The library as a person walks through it: files dropped on the window, listed, searched, opened, read, left."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from lishu_tui.edition.safe import UNSAFE
from tests.terminal import PROGRAM, environment
from tests.walks.test_hostile import OURS, PAYLOADS

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><article><h1>{title}</h1>
<p>來源：{source}　2020-02-20</p><p>{text}</p><p>三百名志願者走上街頭，在卡點值守，守的是自己的家，也是別人的家。</p>
<p>雪下了三天，卡點的燈亮了三夜，送飯的人來了又走，走了又來。</p></article></body></html>"""


@pytest.fixture
def dropped(tmp_path: Path) -> Path:
    """A folder of captures with names that need care."""
    folder = tmp_path / "drop here"
    folder.mkdir()
    (folder / "志願者's page.html").write_text(
        PAGE.format(title="志願者的冬天", source="四平日報", text="那年的冬天格外長，村口的喇叭一天響到晚。"),
        encoding="utf-8",
    )
    (folder / "早晨.txt").write_text("鄉下的早晨\n\n雞叫了三遍，村裡的燈一盞一盞亮起來。麻雀也多。\n", encoding="big5")
    return folder


@pytest.mark.parametrize("size", [(60, 20), (120, 36)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_from_a_file_dropped_on_the_window_to_a_hit_in_it(opened, dropped, tmp_path, size):
    with opened(*size) as t:
        t.wait_for("這是一次")
        t.paste(str(dropped).replace(" ", "\\ "))
        t.wait_for("2 added", timeout=60)
        t.press("l")
        t.wait_for("志願者的冬天")
        t.wait_for("3 documents")
        t.press("/")
        t.send("乡下")
        t.wait_for("1 of 3")
        t.press("enter", "down", "enter")
        t.wait_for("麻雀也多")
        t.press("ctrl+o")
        t.wait_for("這是一次")
        t.press("L")
        t.send("志愿者")
        t.wait_for("2 documents")
        t.wait_for("三百名志願者走上街頭")
        t.press("enter", "end", "enter")
        t.wait_for("志愿者 2/2")  # the first is in its title
        t.wait_for("送飯的人來了又走")
        x, y = t.find("志願者走上")
        assert t.style_at(x, y).reverse
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
    places = json.loads((tmp_path / ".local/state/lishu-tui/state.json").read_text(encoding="utf-8"))["places"]
    assert len(places) == 3
    done = subprocess.run([*PROGRAM, "list"], env=environment(tmp_path), capture_output=True, check=True, timeout=30)
    assert "志願者的冬天" in done.stdout.decode()


def test_leaving_in_the_middle_of_an_import_leaves_a_whole_library(opened, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n}.txt").write_text(f"第{n}篇\n\n這是第{n}篇，說的是第{n}件事。\n" * 40, encoding="utf-8")
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.paste(str(folder))
        t.wait_for("of 300", timeout=30)
        t.press("space", "3")
        t.wait_for("全民參戰")
        t.press("q")
        assert t.wait_exit(timeout=30) == 0
        assert not t.modes_left_on()
    if (tmp_path / ".local/share/lishu-tui/library.db").exists():
        done = subprocess.run(
            [*PROGRAM, "check"], env=environment(tmp_path), capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_payload_leaves_the_library(opened, tmp_path, name):
    payload = PAYLOADS[name]
    folder = tmp_path / "evil"
    folder.mkdir()
    on_disk = payload.replace("/", "-").replace("\x00", "").encode("utf-8", "replace")[:120].decode("utf-8", "ignore")
    title = payload.encode("utf-8", "replace").decode().replace("<", "")
    (folder / f"甲{on_disk}.html").write_text(
        PAGE.format(title=f"甲{title}乙", source=title, text=f"村口{title}的喇叭一天響到晚，人人都聽得見。"),
        encoding="utf-8",
    )
    (folder / f"乙{on_disk}.txt").write_bytes(b"")
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.paste(payload.encode("utf-8", "replace").decode())
        t.settle(0.3)
        t.paste(str(folder))
        t.wait_for("1 failed", timeout=60)
        t.press("l")
        t.wait_for("書庫")
        for keys in [("s",), ("down",), ("d", "n"), ("y",), ("I",)]:
            t.press(*keys)
            t.settle(0.15)
        t.press("escape")
        t.settle(0.15)
        t.press("L")
        t.settle(0.15)
        t.send("喇叭一天")
        t.wait_for("1 document")
        t.press("enter", "v", "v")
        t.settle(0.15)
        t.press("enter")
        t.wait_for("響到晚")
        t.press("end", "enter")
        t.wait_for("喇叭一天 1/")
        t.settle(0.2)
        t.press("q")
        assert t.wait_exit() == 0
        raw = bytes(t.raw)
    clipboard = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")  # what was copied on purpose, in base64
    left = OURS.sub(b"", clipboard.sub(b"", raw)).decode("utf-8")
    assert "\x1b" not in left
    assert not UNSAFE.search(re.sub(r"[\r\n\x07]", "", left.replace("\x0f", "")))
    for sequence in (b"\x1b]0;", b"\x1b]8;", b"\x1b]1337", b"\x1bP", b"\x1bc", b"\x1b[31m"):
        assert sequence not in raw
