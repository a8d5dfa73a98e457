"""The terminal that the other tests look through: that it sees what a program in it does."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal import NotSeen, Terminal, bytes_of_key, environment


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_size_is_there_before_the_program_is(tmp_path: Path) -> None:
    with Terminal(python("import os; print(*os.get_terminal_size())"), 61, 7, home=tmp_path) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.lines()[0] == "61 7"


def test_a_wide_character_has_two_cells_and_is_found_by_its_first(tmp_path: Path) -> None:
    with Terminal(python(r"print('a疫情\x1b[7m防控\x1b[m。')"), 20, 3, home=tmp_path) as terminal:
        terminal.wait_exit()
        assert terminal.lines()[0] == "a疫情防控。"
        assert terminal.find("防") == (5, 0)
        assert terminal.style_at(5, 0).reverse
        assert terminal.style_at(6, 0).text == ""
        assert terminal.styled(lambda style: style.reverse) == ["防控"]


def test_what_pyte_does_not_know_is_not_shown_even_in_pieces(tmp_path: Path) -> None:
    code = (
        r"import sys, time"
        "\n"
        r"for c in '一\x1b[?2026h\x1b[>1u\x1b]52;c;eA==\x07\x1b[?2026l二':"
        "\n"
        r"    sys.stdout.write(c); sys.stdout.flush(); time.sleep(.001)"
    )
    with Terminal(python(code), 20, 3, home=tmp_path) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.text().strip() == "一二"
        assert b"\x1b]52;" in terminal.raw
        assert terminal.modes_left_on() == {"keyboard protocol"}


def test_a_frame_is_seen_whole_or_not_at_all(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        r"for c in ('\x1b[?2026h疫', '情\r\n', '防控', '\x1b[?2026l'):"
        "\n"
        r"    sys.stdout.write(c); sys.stdout.flush(); time.sleep(.05)"
    )
    seen: list[str] = []
    with Terminal(python(code), 20, 3, home=tmp_path) as terminal:
        terminal.wait_for(lambda text: bool(seen.append(text.strip()) or text.strip()))
        assert seen[-1] == "疫情\n防控"
        assert terminal.wait_exit() == 0


def test_modes_and_echo_are_told_until_they_are_off(tmp_path: Path) -> None:
    code = (
        "import tty, signal, time; tty.setraw(0);"
        r"print('\x1b[?1049h\x1b[?25l\x1b[?1000;1006hup', flush=True); time.sleep(9)"
    )
    with Terminal(python(code), 20, 3, home=tmp_path) as terminal:
        terminal.wait_for("up")
        assert terminal.modes_left_on() == {"alternate screen", "cursor hidden", "mouse 1000", "mouse 1006"}
        assert not terminal.echoes()
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == -signal.SIGTERM
        assert not terminal.echoes()


def test_beneath_the_alternate_screen_is_what_was_there(tmp_path: Path) -> None:
    code = r"print('below'); print('\x1b[?1049h\x1b[Habove', end='', flush=True); input(); print('\x1b[?1049lafter')"
    with Terminal(python(code), 20, 4, home=tmp_path) as terminal:
        terminal.wait_for("above")
        assert "below" not in terminal.text()
        terminal.press("enter")
        terminal.wait_exit()
        assert terminal.lines()[:2] == ["below", "after"]


def test_questions_are_answered(tmp_path: Path) -> None:
    code = (
        r"import sys, tty; tty.setraw(0); sys.stdout.write('ab\x1b[6n'); sys.stdout.flush();"
        r"print(ascii(sys.stdin.read(6)))"
    )
    with Terminal(python(code), 40, 3, home=tmp_path) as terminal:
        terminal.wait_for(r"'\x1b[1;3R'")


def test_what_does_not_come_is_an_error_that_shows_the_screen(tmp_path: Path) -> None:
    with (
        Terminal(python("print('here')"), 20, 3, home=tmp_path) as terminal,
        pytest.raises(NotSeen, match=r"(?s)ended with 0.*here"),
    ):
        terminal.wait_for("there")


def test_the_environment_is_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LISHU_TUI_CONFIG", "/somewhere")
    monkeypatch.setenv("NO_COLOR", "1")
    found = environment(tmp_path, {"TZ": None, "A": "b"})
    assert not {"LISHU_TUI_CONFIG", "NO_COLOR", "TZ", "COLUMNS"} & set(found)
    assert found["A"] == "b"
    assert found["XDG_STATE_HOME"].startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("key", "sent"),
    [("a", "a"), ("ctrl+d", "\x04"), ("pagedown", "\x1b[6~"), ("shift+f4", "\x1b[1;2S"), ("f5", "\x1b[15~"),
     ("ctrl+up", "\x1b[1;5A"), ("alt+x", "\x1bx"), ("、", "、")],
)  # fmt: skip
def test_keys_are_sent_as_a_terminal_sends_them(key: str, sent: str) -> None:
    assert bytes_of_key(key) == sent
