"""The whole walk at four sizes: open, read, search in Chinese, figures, names, readings, leave, come back."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.smoke

SIZES = [(60, 20), (80, 24), (120, 36), (200, 60)]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_reader_walks_through_the_article(opened, size):
    with opened(*size) as t:
        t.wait_for("這是一次與“病毒”的賽跑")
        assert ("Contents" in t.text() or "〔開篇〕" in t.text()) is True

        t.press("2")
        t.wait_for("守土盡責 用辛苦指數換健康指數")
        t.wait_for(lambda text: "守土盡責" in text.splitlines()[-1])

        t.press("/")
        t.send("志願者")  # what an input method commits, in the other form
        t.wait_for("1/7")
        t.press("enter")
        t.wait_for(lambda _: t.styled(lambda s: s.reverse and s.bold)[:1] == ["志愿者"])
        t.press("n", "n")
        t.wait_for("3/7")
        t.press("escape")
        t.wait_for(lambda text: "/7" not in text)

        t.press("t")
        t.wait_for("simplified 简体")
        t.wait_for("守土尽责")
        t.press("t")
        t.wait_for("守土盡責(zé)")
        t.press("t")
        t.wait_for("restored 復原")

        t.press("e")
        t.wait_for("English beneath")

        t.press("s")
        t.wait_for("as reported")
        t.press("G")
        t.wait_for("Party’s four measures")
        t.press("enter")
        t.wait_for("992個 1/1")
        t.wait_for(lambda _: "992個" in t.styled(lambda s: s.reverse and s.bold))

        t.press("p")
        t.wait_for("Bayanqolu")
        t.press("enter")
        t.wait_for("巴音朝魯")

        t.press("?")
        t.wait_for("Move down one line.")
        t.press("escape")
        t.settle()  # an escape with a key right behind it is the key with Alt
        t.press("6")
        t.wait_for("轉自：人民網")
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
        assert t.echoes()


def test_one_comes_back_to_where_one_left_in_a_window_of_another_size(opened):
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.press("4", "}", "}", "}")
        t.wait_for("我報名參加志愿者")
        t.settle()
        first = next(line for line in t.lines() if "我報名參加志愿者" in line)
        assert first in t.lines()[:3]
        t.press("q")
        assert t.wait_exit() == 0
    with opened(60, 20) as t:
        t.wait_for("我報名參加志愿者")
        assert any("我報名參加志愿者" in line for line in t.lines()[:3])


def test_no_line_is_sheared_or_cut(opened, edition_lines):
    """At every size what stands on the screen is the text, with nothing lost at the right edge."""
    for columns, rows in SIZES:
        with opened(columns, rows) as t:
            t.wait_for("這是一次")
            t.press("1")
            t.wait_for("疫情就是命令")
            t.settle()
            left, _ = t.find("疫情就是命令")
            shown = "".join(
                line[_char_at(line, left) :].rstrip("▁▂▃▄▅▆▇█ ") for line in _paragraph(t.lines(), "疫情就是命令")
            )
            assert edition_lines[3].startswith(shown)


@pytest.fixture
def edition_lines():
    from lishu_tui.edition import load_edition

    return load_edition().readings["restored"]


def _char_at(line: str, column: int) -> int:
    from lishu_tui.typeset import widths

    at = 0
    for n, width in enumerate(widths(line)):
        if at >= column:
            return n
        at += width
    return len(line)


def _paragraph(lines: list[str], begins: str) -> list[str]:
    from lishu_tui.typeset import cells

    start = next(n for n, line in enumerate(lines) if begins in line)
    column = cells(lines[start][: lines[start].index(begins)])
    found = []
    for line in lines[start:-1]:
        rest = line[_char_at(line, column) :].strip()
        if not rest:
            break
        found.append(line)
    return found


def test_a_drag_copies_without_our_line_breaks(opened):
    import base64

    with opened(80, 24, env={"PATH": "/nowhere"}) as t:
        t.wait_for("這是一次")
        t.press("1")
        t.wait_for("疫情就是命令")
        t.settle()
        x, y = t.find("疫情就是命令")
        mark = t.mark()
        t.drag((x, y), (x + 8, y + 2), through=[(x + 4, y + 1)])
        t.settle()
        t.press("y")
        t.wait_for("clipboard")
        sent = t.raw_since(mark).split(b"\x1b]52;c;")[1].split(b"\x07")[0].split(b"\x1b")[0]
        text = base64.b64decode(sent).decode()
        assert text.startswith("「疫情就是命令，防控就是責任。")
        assert "\n" not in text


def test_the_mouse_scrolls_and_chooses_in_the_contents(opened):
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.click(*t.find("全民參戰"))
        t.wait_for(lambda text: "全民參戰" in text.splitlines()[-1])
        t.wheel(60, 20, 4)
        t.settle()
        assert "全民參戰 一呼百應" not in t.text()


def test_ctrl_c_without_a_selection_says_how_to_leave(opened):
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.press("ctrl+c")
        t.wait_for("q leaves")
        t.press("q")
        assert t.wait_exit() == 0


def test_settings_remap_keys_and_a_wrong_file_costs_a_line(opened, tmp_path):
    folder = tmp_path / ".config" / "lishu-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('measure = 20\n[keys]\n"open.statistics" = "f12"\n', encoding="utf-8")
    with opened(120, 36) as t:
        t.wait_for("這是一次與“病毒”的賽跑，這是一場疫情防")
        t.press("f12")
        t.wait_for("as reported")
        t.press("q", "q")
        assert t.wait_exit() == 0
    (folder / "config.toml").write_text('[keys]\n"open.nothing" = "f12"\n', encoding="utf-8")
    with opened(120, 36) as t:
        t.wait_for("open.nothing")
        t.press("s")
        t.wait_for("as reported")


def test_no_keyboard_protocol_is_asked_for_unless_wanted(opened):
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.press("?")
        t.wait_for("Move down one line.")  # the toolkit is there, and has asked for what it asks for
        assert b"\x1b[>" not in bytes(t.raw).replace(b"\x1b[>q", b"")
    with opened(80, 24, env={"TEXTUAL_DISABLE_KITTY_KEY": "0"}) as t:
        t.wait_for("這是一次")
        t.press("?")
        t.wait_for("Move down one line.")
        assert b"\x1b[>" in bytes(t.raw)


def test_no_colour_is_sent_where_none_is_wanted(opened):
    import re

    with opened(80, 24, env={"NO_COLOR": "1"}) as t:
        t.wait_for("這是一次")
        t.press("/")
        t.send("防控")
        t.press("enter")
        t.wait_for(lambda _: bool(t.styled(lambda s: s.reverse and s.bold)))
        t.settle()
        assert not re.search(rb"\x1b\[[0-9;]*(?:38|48);[25];", bytes(t.raw))
        assert t.styled(lambda s: s.reverse and s.bold)
