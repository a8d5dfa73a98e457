"""The text is there before the toolkit: what is painted is what the reader draws, and the terminal stays whole."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pyte
import pytest

from lishu_tui import settings
from lishu_tui.first import kept as first_kept
from tests.terminal import PROGRAM, Terminal

PAINTED = b"\x1b[?25l\x1b[?7l\x1b[1;1H"
"""What follows the entering of the other screen where the first screen is painted, and not elsewhere."""
ENTER = b"\x1b[?1049h"
TOOLKIT = b"\x1b[?1000h"
"""What the toolkit switches on once it has the terminal."""
SIZES = [(80, 24), (120, 36), (200, 60), (60, 20), (79, 24), (40, 10)]
THEMES = ["ink", "paper", "ansi-dark", "ansi-light"]
VIEWS = {
    "beginning": {},
    "heading": {"places": {"lishu": {"paragraph": 14, "character": 0}}},
    "within": {"places": {"lishu": {"paragraph": 11, "character": 90, "reading": "simplified"}}},
    "end": {"places": {"lishu": {"paragraph": 32, "character": 20}}},
    "english": {"places": {"lishu": {"paragraph": 3, "character": 0, "english": "beneath"}}},
    "beside": {"places": {"lishu": {"paragraph": 20, "character": 5, "english": "beside"}}},
    "folded": {"contents": False, "places": {"lishu": {"paragraph": 16, "character": 30}}},
    "narrow": {"measure": 22, "searches": ["防控"]},
    "nowhere": {"places": {"lishu": {"paragraph": 999, "character": 5000}}},
}
ALL = [(size, "ink", view) for size in SIZES for view in ("beginning", "within")]
ALL += [((120, 36), theme, "heading") for theme in THEMES[1:]]
ALL += [((120, 36), "ink", view) for view in VIEWS if view not in ("beginning", "within")]


def keep(home: Path, state: dict[str, object]) -> None:
    folder = home / ".local/state/lishu-tui"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "state.json").write_text(json.dumps({"version": 1, **state}), encoding="utf-8")


def is_painted(raw: bytes) -> bool:
    return ENTER + PAINTED in raw


def taken_over(t: Terminal, shown: str = "restored") -> tuple[bytes, bytes]:
    """What was written before the toolkit took over, and since, once it has nothing more to draw."""
    t.wait_for(lambda text: any(word in text for word in shown.split("|")))
    while TOOLKIT not in t.raw:
        t.settle(0.05)
    t.settle(0.4)
    before, _, after = bytes(t.raw).partition(TOOLKIT)
    return before, after


class Screen:
    """What a terminal shows after each of the bytes it gets, cell by cell and with every style that pyte knows."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.size = (columns, rows)

    def feed(self, data: bytes) -> None:
        # pyte knows no other screen, and what it does not know of sequences it would print.
        self._stream.feed(re.sub(rb"\x1b\][^\x07]*\x07|\x1b\[\?[0-9;]*[a-zA-Z$]p?|\x1b\[[<>=][0-9;]*[a-z]", b"", data))

    def cells(self) -> list[list[object]]:
        columns, rows = self.size
        return [[self._screen.buffer[y][x] for x in range(columns)] for y in range(rows)]


def pieces(raw: bytes) -> list[bytes]:
    """The bytes cut before each sequence."""
    return [piece for piece in re.split(rb"(?=\x1b)", raw) if piece]


@pytest.mark.parametrize(("size", "theme", "view"), ALL, ids=lambda v: "x".join(map(str, v)) if type(v) is tuple else v)
def test_taking_over_changes_no_cell_at_any_time(opened, tmp_path, size, theme, view):
    keep(tmp_path, {"theme": theme, **VIEWS[view]})
    with opened(*size) as t:
        text, rest = taken_over(t, "restored|simplified")
        raw = bytes(t.raw)
    assert raw.startswith(ENTER + PAINTED)
    assert raw.count(ENTER) == 1
    assert not re.search(rb"\x1b\[[0-3]?[JK]|\x1bc", raw)
    screen = Screen(*size)
    screen.feed(text)
    painted = screen.cells()
    drawn = 0
    for piece in pieces(rest):
        screen.feed(piece)
        drawn += piece.startswith(b"\x1b[1;1H")
        assert screen.cells() == painted, piece
    assert drawn >= 1


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_with_256_colours_too(opened, tmp_path, size):
    keep(tmp_path, {"theme": "paper"})
    with opened(*size, env={"COLORTERM": None}) as t:
        text, rest = taken_over(t)
    screen = Screen(*size)
    screen.feed(text)
    painted = screen.cells()
    screen.feed(rest)
    assert screen.cells() == painted
    assert b"48;5;230" in text


@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": None}, {"COLUMNS": "100"}, {"TEXTUAL_ANIMATIONS": "none"},
        {"VTE_CJK_WIDTH": "wide"}, {"FORCE_COLOR": "1"},
    ],
    ids="+".join,
)  # fmt: skip
def test_where_it_may_be_drawn_otherwise_nothing_is_painted(opened, env):
    with opened(120, 36, env=env) as t:
        t.wait_for("這是一次")
        assert not is_painted(bytes(t.raw))
        assert bytes(t.raw).count(ENTER) == 1
        t.press("q")
        assert t.wait_exit() == 0


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (1, 1)])
def test_in_a_window_too_small_nothing_is_painted(opened, size):
    with opened(*size) as t:
        t.settle(0.5)
        assert not is_painted(bytes(t.raw))


STATES = ["{", '{"version": 2}', '{"places": 3}', '{"measure": true}', '{"theme": "no such"}', "[]", '{"contents": 1}']
CONFIGS = ['keys = {"section.next" = "f12"}', "measure = 900", "[", 'theme = "nord"']


@pytest.mark.parametrize(("file", "text"), [("state", s) for s in STATES] + [("config", c) for c in CONFIGS])
def test_what_is_unusual_is_for_the_reader(opened, tmp_path, file, text):
    name = ".local/state/lishu-tui/state.json" if file == "state" else ".config/lishu-tui/config.toml"
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        assert not is_painted(bytes(t.raw))


def test_settings_are_followed(opened, tmp_path):
    path = tmp_path / ".config/lishu-tui/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('theme = "paper"\nmeasure = 30\nenglish = "beneath"\nreading = "simplified"\n', encoding="utf-8")
    with opened(120, 36) as t:
        text, rest = taken_over(t, "simplified")
    assert "这是一次".encode() in text
    screen = Screen(120, 36)
    screen.feed(text)
    painted = screen.cells()
    screen.feed(rest)
    assert screen.cells() == painted


# ── keys typed before there is a toolkit to read them ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("wait", [0, 0.005, 0.03, 0.08])
def test_keys_typed_early_are_answered(opened, wait):
    with opened(120, 36) as t:
        time.sleep(wait)
        t.press("j")
        t.send("/防控")
        t.wait_for("1/34")
        assert not [line for line in t.lines() if "^" in line]


def test_control_keys_typed_early_are_keys(opened):
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.press("ctrl+d", "ctrl+c", "ctrl+d")
        t.wait_for("嚴陣以待 3/4")
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
        assert t.echoes()


# ── an end between the two ──────────────────────────────────────────────────────────────────────────────────────────

SLOW = """\
import sys, time
class Between:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            {then}
sys.meta_path.insert(0, Between())
"""


def between(tmp_path: Path, then: str, module: str = "lishu_tui.tui.app") -> dict[str, str]:
    """The environment in which, when `module` is to be imported, something happens first."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SLOW.format(module=module, then=then), encoding="utf-8")
    old = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{old}" if old else str(folder)}


def whole(t: Terminal) -> None:
    assert is_painted(bytes(t.raw))
    assert not t.modes_left_on()
    assert t.echoes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT], ids=lambda n: n.name)
def test_a_signal_between_the_two_leaves_the_terminal_whole(opened, tmp_path, number):
    with opened(120, 36, env=between(tmp_path, "time.sleep(20)")) as t:
        t.wait_for("這是一次")
        t.signal(number)
        assert t.wait_exit() == 128 + number
        whole(t)
        assert b"\x1b[?7h" in bytes(t.raw)


@pytest.mark.parametrize("module", ["lishu_tui.tui.app", "textual.app", "textual.drivers.linux_driver"])
@pytest.mark.parametrize("error", ["RuntimeError('x')", "KeyboardInterrupt", "ImportError('x')"])
def test_a_fault_between_the_two_leaves_the_terminal_whole(opened, tmp_path, module, error):
    with opened(120, 36, env=between(tmp_path, f"raise {error}", module)) as t:
        code = t.wait_exit()
        assert code == (130 if error == "KeyboardInterrupt" else 70)
        whole(t)
        said = "".join(t.lines())
        assert said.startswith("lishu-tui: ")
        assert said.count("lishu-tui: ") <= 2
        assert "Traceback" not in said


def test_damaged_data_are_told_of_where_one_can_read_it(opened, tmp_path):
    then = (
        "import lishu_tui.edition.load as load; from lishu_tui.edition import LishuError; "
        "load._Loader.load = lambda self: (_ for _ in ()).throw(LishuError('file', 'place', 'wrong', 'right'))"
    )
    with opened(120, 36, env=between(tmp_path, then)) as t:
        assert t.wait_exit() == 2
        whole(t)
        assert [line for line in t.lines() if line] == ["lishu-tui: file: place: wrong; expected right"]


def test_stopped_and_gone_on_between_the_two(tmp_path):
    """From outside, for a key sends no signal any more; and from a shell, for only a shell can stop its job."""
    env = between(tmp_path, "time.sleep(3)")
    with Terminal(["bash", "--norc", "-i"], 80, 24, home=tmp_path, env=env) as t:
        t.settle()
        t.send(" ".join(f"'{word}'" for word in PROGRAM) + "\r")
        t.wait_for("這是一次")
        (child,) = Path(f"/proc/{t.pid}/task/{t.pid}/children").read_text().split()
        os.kill(int(child), signal.SIGTSTP)
        t.wait_for("Stopped")
        assert TOOLKIT not in t.raw
        assert "這是一次" not in t.text()
        assert not t.modes_left_on() - {"bracketed paste"}  # bash's own
        t.send("fg\r")
        t.wait_for("這是一次")
        t.press("2")
        t.wait_for("守土盡責 用辛苦指數")
        t.press("q")
        for _ in range(50):  # what is typed before the reader has gone is thrown away with what was meant for it
            if "alternate screen" not in t.modes_left_on():
                break
            t.settle(0.1)
        t.settle()
        t.send("echo code=$?\r")
        t.wait_for("code=0")
        assert not t.modes_left_on() - {"bracketed paste"}


def test_the_window_may_change_its_size_between_the_two(opened, tmp_path):
    with opened(120, 36, env=between(tmp_path, "time.sleep(0.5)")) as t:
        t.wait_for("這是一次")
        t.resize(80, 24)
        t.settle(1)
        lines = t.lines()
        assert "這是一次" in t.text()
        assert lines[-1].startswith(" 〔開篇〕 1/2")
        t.press("q")
        assert t.wait_exit() == 0


# ── where things are kept ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize(
    "env",
    [
        {}, {"XDG_STATE_HOME": "/somewhere", "XDG_CONFIG_HOME": "/else where"}, {"XDG_STATE_HOME": ""},
        {"XDG_CONFIG_HOME": "  "}, {"XDG_STATE_HOME": "/with/end/"},
    ],
)  # fmt: skip
def test_it_is_looked_for_where_the_reader_keeps_it(monkeypatch, tmp_path, env):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LISHU_TUI_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert Path(first_kept.folder("STATE", ".local/state")) == settings.state_file().parent
    assert Path(first_kept.folder("CONFIG", ".config")) == settings.config_file().parent
