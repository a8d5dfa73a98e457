"""However the program ends, the terminal is whole, the place is kept, and what is said is one line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from tests.terminal import PROGRAM, Terminal, run_together


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("keys", [(), ("s",), ("?",), ("/", "防"), ("ctrl+p",)], ids=lambda k: "+".join(k) or "text")
def test_a_signal_leaves_the_terminal_whole_and_keeps_the_place(opened, tmp_path, number, code, keys):
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.press("3", "}")
        t.wait_for("這場戰役雖沒有硝煙")
        for key in keys:
            t.press(key) if key.isascii() else t.send(key)
        t.settle()
        t.signal(number)
        assert t.wait_exit() == code
        assert not t.modes_left_on()
        assert t.echoes()
    state = json.loads((tmp_path / ".local/state/lishu-tui/state.json").read_text(encoding="utf-8"))
    assert state["places"]["lishu"]["paragraph"] in (15, 16)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGQUIT, 131)])
def test_a_signal_from_outside_that_a_key_would_send_elsewhere(opened, tmp_path, number, code):
    with opened(80, 24) as t:
        t.wait_for("這是一次")
        t.press("3")
        t.wait_for("全民參戰 一呼百應")
        t.signal(number)
        assert t.wait_exit() == code
        assert not t.modes_left_on()
        assert t.echoes()
    assert (tmp_path / ".local/state/lishu-tui/state.json").is_file()


FAULTY = """
import sys
from lishu_tui.tui.widgets.body import Body
def broken(self, step):
    secret = "captured words"
    raise RuntimeError("captured words\\x1b]0;pwn\\x07")
Body.move_paragraphs = broken
from lishu_tui.cli import main
main([])
"""


def test_a_fault_of_ours_is_one_line_and_a_log(tmp_path):
    with Terminal([sys.executable, "-c", FAULTY], 80, 24, home=tmp_path) as t:
        t.wait_for("這是一次")
        t.press("}")
        assert t.wait_exit() == 70
        assert not t.modes_left_on()
        assert t.echoes()
        said = [line for line in t.text().splitlines() if line.strip()]
        assert "".join(said).startswith("lishu-tui: a fault of lishu-tui: RuntimeError")
        assert "captured words" not in t.text()
        assert "Traceback" not in t.text()
    log = (tmp_path / ".local/state/lishu-tui/faults.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "secret" not in log.replace("secret = ", "")


FAULTY_WORKER = """
from textual import work
from lishu_tui.tui.screens.reader import ReaderScreen
@work(thread=True)
def broken(self):
    raise RuntimeError("in a worker")
ReaderScreen.action_move_next_paragraph = broken
from lishu_tui.cli import main
main([])
"""


def test_a_fault_in_a_worker_is_one_line_too(tmp_path):
    with Terminal([sys.executable, "-c", FAULTY_WORKER], 80, 24, home=tmp_path) as t:
        t.wait_for("這是一次")
        t.press("}")
        assert t.wait_exit() == 70
        assert not t.modes_left_on()
        assert "Traceback" not in t.text()
        assert "lishu-tui: a fault of lishu-tui" in t.text()


def test_the_reader_stops_and_comes_back(tmp_path):
    """Ctrl+Z and fg, from a shell, for only a shell can stop its job."""
    with Terminal(["bash", "--norc", "-i"], 80, 24, home=tmp_path) as t:
        t.settle()
        t.send(" ".join(f"'{word}'" for word in PROGRAM) + "\r")
        t.wait_for("這是一次")
        t.press("ctrl+z")
        t.wait_for("Stopped")
        assert not t.modes_left_on() - {"bracketed paste"}  # bash's own
        t.send("fg\r")
        t.wait_for("這是一次")
        t.press("2")
        t.wait_for("守土盡責 用辛苦指數")
        t.press("q")
        t.settle()
        t.send("echo code=$?\r")
        t.wait_for("code=0")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (39, 9), (500, 200)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_it_starts_at_any_size(opened, size):
    with opened(*size) as t:
        t.settle(0.6)
        t.press("q")
        assert t.wait_exit() == 0
        assert not t.modes_left_on()


def test_a_storm_of_sizes_leaves_the_place(opened):
    with opened(120, 36) as t:
        t.wait_for("這是一次")
        t.press("4", "}", "}", "}")
        t.wait_for("我報名參加志愿者")
        for n in range(200):
            t.resize(1 + (n * 37) % 160, 1 + (n * 17) % 50)
        t.resize(120, 36)
        t.wait_for(lambda text: any("我報名參加志愿者" in line for line in text.splitlines()[:3]))


def test_a_damaged_state_file_costs_a_notice_and_stays(opened, tmp_path):
    folder = tmp_path / ".local/state/lishu-tui"
    folder.mkdir(parents=True)
    for text in ["{", '{"version": 99}', '{"version": 1, "places": 3}', "\x00"]:
        (folder / "state.json").write_text(text)
        with opened(120, 36) as t:
            t.wait_for(lambda shown: "lishu-tui/state.json" in run_together(shown))
            t.press("q")
            assert t.wait_exit() == 0
        assert (folder / "state.json").read_text() == text


def test_a_place_that_no_longer_exists_opens_at_the_nearest(opened, tmp_path):
    folder = tmp_path / ".local/state/lishu-tui"
    folder.mkdir(parents=True)
    place = {"paragraph": 999, "character": 5000}
    (folder / "state.json").write_text(json.dumps({"version": 1, "places": {"lishu": place}}))
    with opened(80, 24) as t:
        t.wait_for("版權所有：中國產業經濟信息網")


def test_a_home_that_cannot_be_written_is_said_once(opened, tmp_path):
    (tmp_path / ".local").write_text("a file where a folder should be")
    with opened(200, 60) as t:
        t.wait_for("這是一次")
        t.wait_for("Nothing will")
        t.press("q")
        assert t.wait_exit() == 0
        assert "Traceback" not in t.text()


def test_a_pipe_gets_plain_text_even_from_a_terminal(tmp_path):
    out = tmp_path / "out"
    with out.open("wb") as file, Terminal(PROGRAM, 80, 24, home=tmp_path, stdout=file) as t:
        assert t.wait_exit() == 0
    assert b"\x1b" not in out.read_bytes()
    assert out.read_bytes().decode().startswith("這是一次")


def test_a_dumb_terminal_gets_plain_text(opened):
    for term in ("dumb", None):
        with opened(80, 24, env={"TERM": term}) as t:
            assert t.wait_exit() == 0
            assert b"\x1b" not in bytes(t.raw)
            assert "人民戰爭".encode() in bytes(t.raw)


def test_the_python_m_form_is_the_same_program(tmp_path):
    done = subprocess.run([sys.executable, "-m", "lishu_tui", "--version"], capture_output=True, check=True, timeout=20)
    assert done.stdout.startswith(b"lishu-tui ")
