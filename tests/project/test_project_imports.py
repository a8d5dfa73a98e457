"""What may have been imported at `--help`, at the first screen, and when the first key is waited for: whoever adds to
it makes everybody wait."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import PROGRAM, Terminal

ROOT = Path(__file__).resolve().parents[2]
PAINT = """
import lishu_tui.cli
from lishu_tui.first import terminal
from lishu_tui.first.painting import _first_screen, is_plain
import os
os.get_terminal_size = lambda of: (120, 36)
is_plain(dict(os.environ))
assert "第一位" in _first_screen("truecolor", None)
"""
HELP = """
import sys, contextlib, io
from lishu_tui.cli.program import run
with contextlib.redirect_stdout(io.StringIO()):
    assert run(["--help"]) == 0
"""
READER = """
import os
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
import lishu_tui.tui
lishu_tui.tui._import_asyncio()
import lishu_tui.tui.app
from lishu_tui.edition import load_edition
load_edition()
"""
TELL = "\nimport sys; print(*sorted(sys.modules), file=sys.stderr)"
SLOW = {
    "argparse", "ast", "asyncio", "click", "collections", "contextlib", "dataclasses", "datetime", "enum", "functools",
    "hashlib", "importlib.resources", "inspect", "json", "logging", "msgspec", "pathlib", "platformdirs", "re", "rich",
    "signal", "sqlite3", "ssl", "subprocess", "tempfile", "textual", "threading", "tomllib", "typing", "unicodedata",
}  # fmt: skip
"""What takes a millisecond or more, none of which the first screen may wait for."""
OURS_PAINTED = {
    "lishu_tui", "lishu_tui.cli", "lishu_tui.edition", "lishu_tui.edition.places", "lishu_tui.edition.safe",
    "lishu_tui.first", "lishu_tui.first.frame", "lishu_tui.first.kept", "lishu_tui.first.looks",
    "lishu_tui.first.outline", "lishu_tui.first.painting", "lishu_tui.first.terminal", "lishu_tui.typeset",
    "lishu_tui.typeset.breaking", "lishu_tui.typeset.layout", "lishu_tui.typeset.margins", "lishu_tui.typeset.marks",
    "lishu_tui.typeset.width",
}  # fmt: skip


def loaded(code: str, home: Path) -> set[str]:
    """The modules that a new Python has loaded after `code`, those of a Python that does nothing left out."""
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    both = []
    for program in ("pass", code):
        run = subprocess.run(
            [sys.executable, "-c", program + TELL], env=env, cwd=ROOT, check=True, capture_output=True, text=True
        )
        both.append(set(run.stderr.split()))
    return both[1] - both[0]


def test_the_first_screen_waits_for_nothing_slow(tmp_path: Path) -> None:
    found = loaded(PAINT, tmp_path)
    assert found & SLOW == set()
    assert {name for name in found if name.startswith("lishu_tui")} <= OURS_PAINTED


@pytest.mark.parametrize("words", [["show"], ["search", "疫情"], ["search", "yiqing", "--json"], ["stats", "--json"]])
def test_a_plain_question_waits_for_no_library(tmp_path: Path, words: list[str]) -> None:
    found = loaded(f"from lishu_tui.cli.plain import answer\nassert answer({words!r}) == 0", tmp_path)
    small = {"collections", "contextlib", "enum", "functools", "json", "re", "typing", "unicodedata"}
    assert found & (SLOW - small) == set()


def test_a_kept_place_costs_the_first_screen_json_and_no_more(tmp_path: Path) -> None:
    folder = tmp_path / ".local/state/lishu-tui"
    folder.mkdir(parents=True)
    (folder / "state.json").write_text(
        '{"version": 1, "places": {"lishu": {"paragraph": 1, "character": 0}}}', encoding="utf-8"
    )
    found = loaded(PAINT, tmp_path)
    assert "json" in found
    assert not found & (SLOW - {"json", "re", "enum", "functools", "collections"})


def test_help_waits_for_no_edition_and_no_screen(tmp_path: Path) -> None:
    found = loaded(HELP, tmp_path)
    assert not found & {"msgspec", "rich", "textual", "sqlite3", "tomllib", "lxml", "lishu_tui.edition.model"}
    rooms = {"export", "figures", "library", "restore", "search", "settings", "tui", "typeset"}
    assert not {
        name for name in found if name.split(".")[:1] == ["lishu_tui"] and name.split(".")[1:2] in [[r] for r in rooms]
    }


UNNEEDED = [
    "ssl", "sqlite3", "lxml", "warcio", "textual.widgets._data_table", "textual.widgets._markdown", "rich.markdown",
    "pygments", "click", "lishu_tui.library", "lishu_tui.figures", "lishu_tui.restore", "lishu_tui.export",
    "lishu_tui.search", "lishu_tui.edition.anchoring", "lishu_tui.edition.quoting", "lishu_tui.edition.sentences",
    "lishu_tui.edition.alike", "lishu_tui.tui.screens.library", "lishu_tui.tui.screens.statistics",
    "lishu_tui.tui.screens.apparatus", "lishu_tui.tui.screens.help", "lishu_tui.tui.palette",
]  # fmt: skip
"""What no first key needs."""


@pytest.mark.parametrize("slow", UNNEEDED)
def test_the_first_key_waits_for_nothing_that_it_does_not_need(slow: str, reader_modules: set[str]) -> None:
    assert not {name for name in reader_modules if name == slow or name.startswith(f"{slow}.")}


@pytest.fixture(scope="module")
def reader_modules(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return loaded(READER, tmp_path_factory.mktemp("home"))


HOOK = """
import signal, sys

def tell(*_):
    with open({file!r}, "w") as file:
        file.write(" ".join(sys.modules))

signal.signal(signal.SIGUSR1, tell)
"""


def test_a_reader_that_has_answered_a_key_has_loaded_nothing_else(tmp_path: Path) -> None:
    """The program itself, in a terminal, asked what it has loaded once the first key is answered."""
    told = tmp_path / "modules"
    (tmp_path / "sitecustomize.py").write_text(HOOK.format(file=str(told)))
    with Terminal(PROGRAM, 120, 36, home=tmp_path, env={"PYTHONPATH": f"{tmp_path}:{ROOT}"}) as terminal:
        terminal.wait_for("這是一次與")
        _, row = terminal.find("這是一次與")
        terminal.press("down")
        terminal.wait_for(lambda text: "這是一次與" in "".join(text.splitlines()[:row]))
        terminal.signal(signal.SIGUSR1)
        terminal.settle(0.3)
        found = set(told.read_text().split())
    assert "textual" in found
    assert not {name for name in found for slow in UNNEEDED if name == slow or name.startswith(f"{slow}.")}
