"""A file of one's own in the reader: decoded, restored, searched, its apparatus, and nothing of it kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from lishu_tui.edition.places import BUNDLED, data_root

CAPTURE = (data_root() / BUNDLED / "capture.txt").read_bytes()


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "saved page.txt"
    path.write_bytes(CAPTURE)
    return path


@pytest.mark.parametrize("size", [(60, 20), (120, 36)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_damaged_file_opens_restored(opened, capture, tmp_path, size):
    with opened(*size, str(capture)) as t:
        t.wait_for("這是一次與“病毒”的賽跑")
        t.press("1")
        t.wait_for("嚴陣以待 人民群眾生命高于天")
        t.press("/")
        t.send("试金石")
        t.wait_for("1/1")
        t.press("enter", "t", "t")
        t.wait_for("as captured")
        t.press("a")
        t.wait_for("Rules")
        t.press("G", "k", "i")
        t.press("e")  # it has none, and says so
        t.press("q")
        t.wait_for("as captured")
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
    assert not (tmp_path / ".local").exists()


def test_a_clean_file_in_an_old_encoding_opens_as_it_is(opened, tmp_path):
    path = tmp_path / "big5.txt"
    path.write_bytes(
        "鄉下的早晨\n\n雞叫了三遍，村裡的燈一盞一盞亮起來。老人說，今年的雨水好，麻雀也多。\n".encode("big5")
    )
    with opened(80, 24, str(path)) as t:
        t.wait_for("麻雀也多")
        t.press("a")
        t.wait_for("Nothing was changed")
        t.press("q", "e")
        t.wait_for("no English")
        t.press("s")
        t.wait_for("1 figure")  # 三遍
        t.press("q", "p")
        t.wait_for("No names are found")
        t.press("q", "q")
        assert t.wait_exit() == 0


@pytest.mark.parametrize("what", ["folder", "missing.txt", "picture.png", "empty.txt"])
def test_what_cannot_be_opened_is_one_line(opened, tmp_path, what):
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "picture.png":
        path.write_bytes(b"\x89PNG\r\n\x1a\n")
    elif what == "empty.txt":
        path.write_bytes(b"")
    with opened(200, 24, str(path)) as t:
        assert t.wait_exit() == 2
        assert bytes(t.raw).count(b"\r\n") == 1
        assert t.lines()[0].startswith("lishu-tui: ")
        assert not t.modes_left_on()
