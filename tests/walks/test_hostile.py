"""Captured text is hostile until shown safe: nothing of a payload leaves as anything but text, in any room.

The edition of these walks has a payload in every field that is shown, so it cannot come through the loader, which
refuses most of them: the second line of defence is what is looked at here.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from lishu_tui.edition.safe import UNSAFE
from tests.terminal import PROGRAM, Terminal, run_together

PAYLOADS = {
    # OSC 0, 52 and 8, CSI, ESC c
    "strings": "\x1b]0;PWNED\x07\x1b]52;c;UFdORUQ=\x07\x1b]8;;https://evil.invalid\x1b\\x\x1b]8;;\x1b\\\x1b[31m\x1bc",
    # an OSC 1337 that never ends
    "unterminated": "\x1b]1337;File=PWNED",
    # DCS, the 8-bit controls, NUL, backspace, DEL, NEL, line ends
    "controls": "\x1bP$qm\x1b\\\x9b31m\x9d0;PWNED\x9c\x00\x08\x7f\x85\r\n",
    # overrides, isolates, tags, separators, a lone surrogate
    "hidden": "\u202ePWN\u2066\u2069\u200f\U000e0041\u2028\u2029\ufeff\ufff9\ud800\udfff",
    "markup": "[red]PWNED[/b] [@click=app.quit]PWNED[/] [/ [sic]",
}


def escaped(payload: str) -> str:
    return "".join(c if c.isascii() and c.isprintable() and c != "\\" else f"\\U{ord(c):08x}" for c in payload)


OURS = re.compile(
    # What Textual and the terminal say to each other: CSI with its usual finals, charset, the modes; and OSC 22, the
    # pointer's shape.
    rb"\x1b\[[0-9;?<>=$]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b\]22;[a-z_-]*\x07|\x1b\]22;[a-z_-]*\x1b\\"
)


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_payload_leaves_any_room(tmp_path, name):
    payload = PAYLOADS[name]
    with Terminal([sys.executable, "-m", "tests.walks.hostile_edition", escaped(payload)], 120, 36, home=tmp_path) as t:
        t.wait_for("restored 復原")
        for key in ["3", "e", "e", "t", "t", "t", "6", "/"]:
            t.press(key)
            t.settle(0.06)
        t.send("志愿者")
        t.press("enter", "o")
        t.wait_for("by place")
        for key in ["s", "y", "escape"]:
            t.press(key)
            t.settle(0.15)
        for room in ["s", "p", "?"]:
            t.press(room)
            t.settle(0.1)
            for key in ["s", "G", "j", "y"]:
                t.press(key)
                t.settle(0.06)
            t.press("escape")
            t.settle(0.15)
        t.press("ctrl+p")
        t.send("PWN")
        t.settle(0.3)
        t.press("escape")
        t.settle(0.2)
        t.press("escape", "q")
        t.settle(0.2)
        t.press("q")
        t.wait_exit()
        raw = bytes(t.raw)
        assert b"parting None" in raw
    clipboard = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")  # what was copied on purpose, in base64
    left = OURS.sub(b"", clipboard.sub(b"", raw)).decode("utf-8")
    assert "\x1b" not in left
    assert not UNSAFE.search(re.sub(r"[\r\n\x07]", "", left.replace("\x0f", "")))
    for sequence in (b"\x1b]0;", b"\x1b]8;", b"\x1b]1337", b"\x1bP", b"\x1bc", b"\x1b[31m"):
        assert sequence not in raw
    if name == "markup":
        assert "[sic]" in left
        assert "[@click=app.quit]" in left


def test_no_payload_leaves_by_a_file_name_or_a_setting(tmp_path):
    folder = tmp_path / "evil\x1b]0;PWNED\x07\u202e[red]"
    folder.mkdir()
    file = folder / "config.toml"
    file.write_text('[keys]\n"\\u001b]0;PWNED\\u0007" = "x"\n')
    with Terminal(PROGRAM, 200, 60, home=tmp_path, env={"LISHU_TUI_CONFIG": str(file)}) as t:
        t.wait_for(lambda shown: "nocommand" in run_together(shown))
        t.press("q")
        assert t.wait_exit() == 0
        assert b"\x1b]0;" not in bytes(t.raw)
        assert "\u202e".encode() not in bytes(t.raw)


def test_what_is_pasted_into_the_search_line_is_only_text(opened):
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.press("/")
        t.settle()
        t.paste("\x1b]0;PWNED\x07[/b]\u202e戰")
        t.settle()
        t.press("enter")
        t.settle()
        t.press("escape", "q")
        t.settle(0.3)
        t.press("q")
        assert t.wait_exit() == 0
        assert b"\x1b]0;" not in bytes(t.raw)
        assert "\u202e".encode() not in bytes(t.raw)


@pytest.mark.parametrize("payload", ["\x1b]0;PWNED\x07", "\u202e", "戰\nzzz", "[red]x[/b]"])
def test_no_payload_leaves_the_command_line(tmp_path, payload):
    for words in (
        ["search", payload],
        ["show", payload],
        [payload],
        ["stats", payload],
        ["search", "戰", "--in", payload],
    ):
        with Terminal([*PROGRAM, *words], 80, 24, home=tmp_path) as t:
            t.wait_exit()
            raw = bytes(t.raw)
        assert b"\x1b]" not in raw
        assert "\u202e".encode() not in raw
    done = subprocess.run([*PROGRAM, "search", payload], capture_output=True, check=False, timeout=20)
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.startswith(b"lishu-tui: ")
