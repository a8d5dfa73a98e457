"""`doctor`: says what the machine is, asks the terminal, and says what is wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.terminal import PROGRAM, Terminal, environment


def doctor(home: Path, **env: str | None) -> tuple[int, dict[str, dict[str, object]]]:
    run = subprocess.run(
        [*PROGRAM, "doctor", "--json"],
        env=environment(home, env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert run.stderr == b""
    return run.returncode, json.loads(run.stdout)


def test_all_is_said_where_all_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    code, said = doctor(tmp_path)
    assert code == 0
    assert all(one["well"] for one in said.values())
    assert {"lishu-tui", "Python", "SQLite", "textual", "clipboard", "settings", "library"} <= set(said)
    assert said["library"]["value"] == f"{tmp_path}/.local/share/lishu-tui/library.db: none yet"
    assert list(tmp_path.iterdir()) == []


def test_settings_in_force_are_said_and_wrong_ones_too(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('measure = 30\n[keys]\n"search.open" = "f"\n')
    code, said = doctor(tmp_path, LISHU_TUI_CONFIG=str(file))
    assert code == 1
    assert "move.page-down" in str(said["settings"]["value"])
    file.write_text("measure = 30\n")
    code, said = doctor(tmp_path, LISHU_TUI_CONFIG=str(file))
    assert (code, said["settings"]["value"]) == (0, f"{file}: measure 30")


def test_a_library_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    file.write_bytes(b"no library at all" * 100)
    code, said = doctor(tmp_path, LISHU_TUI_LIBRARY=str(file))
    assert code == 1
    assert not said["library"]["well"]
    assert str(file) in str(said["library"]["value"])


def test_the_terminal_is_asked_how_wide_a_mark_is(tmp_path: Path) -> None:
    with Terminal([*PROGRAM, "doctor"], 120, 40, home=tmp_path) as terminal:
        terminal.wait_for("library  ")
        assert terminal.wait_exit() == 0
        assert "width of “       1 cell\n" in terminal.text()
        assert terminal.echoes()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_understands_nothing_is_not_asked(tmp_path: Path, term: str) -> None:
    with Terminal([*PROGRAM, "doctor"], 120, 40, home=tmp_path, env={"TERM": term}) as terminal:
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.raw
        assert "not asked" in terminal.text()
