"""Taking away as a person does it: select with the keys, copy, mark, find the mark again, write a file, leave."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import pytest

from tests.terminal import PROGRAM, environment


@pytest.mark.parametrize("size", [(60, 20), (120, 36)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_from_a_selection_to_a_file_and_back_by_the_address(opened, tmp_path, size):
    with opened(*size) as t:
        t.wait_for("這是一次")
        t.press("1", "}", "v", "w", "w")
        t.wait_for("selecting · 13 characters")
        x, y = t.find("任")
        assert t.style_at(*t.find("防控就是")).reverse
        assert not t.style_at(x, y).reverse
        assert t.style_at(x, y).underline  # the cursor is seen
        before = t.mark()
        t.press("y")
        t.wait_for("13 characters with")
        sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", t.raw_since(before))
        quoted = base64.b64decode(sent[-1]).decode()
        assert quoted.startswith("「疫情就是命令，防控就是責任」")
        t.press("m")
        t.send("與縣志核對 #核對")
        t.press("enter")
        t.wait_for("* 疫情就是命令")
        t.press("g")
        t.wait_for("這是一次")
        t.press("'")
        t.wait_for("1 mark")
        t.wait_for("#核對")
        t.press("enter")
        t.wait_for("1/1")
        t.press("x")
        t.wait_for("apparatus")
        t.press("e")
        t.wait_for(" file lishu.html")  # the line to type in
        t.press("ctrl+u")
        t.wait_for("Tab completes")
        t.send(f"{tmp_path}/out.md")
        t.press("enter", "enter")
        t.wait_for("Written to")
        t.press("escape")
        t.wait_for(lambda screen: "how much" not in screen)
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
    assert "疫情就是命令" in (tmp_path / "out.md").read_text(encoding="utf-8")
    found = subprocess.run(
        [*PROGRAM, "resolve", quoted, "--json"], env=environment(tmp_path), capture_output=True, check=True, timeout=30
    )
    assert json.loads(found.stdout)["status"] == "same"
    with opened(*size) as t:
        t.wait_for("* 疫情就是命令")  # lit again where one left off, once the text is there
        t.press("q")
        assert t.wait_exit() == 0


def test_shift_and_a_function_key_arrive_as_higher_ones(opened):
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.send("\x1b[1;2Q")  # Shift+F2, as xterm sends it
        t.wait_for("emended places lit")
        t.send("\x1bOR")  # F3
        t.send("防控\r")
        t.wait_for("防控 1/")
        t.send("\x1b[1;2S")  # Shift+F4
        t.wait_for("From the first to the last")
        t.press("q")
        assert t.wait_exit() == 0
