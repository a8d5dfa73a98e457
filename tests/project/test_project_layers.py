"""A room knows only the rooms below it, and below the screens and the command line nobody knows Textual or Rich."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BELOW = [
    "edition",
    "search",
    "restore",
    "typeset",
    "export",
    "export.tables",
    "export.figures",
    "settings",
    "tui.commands",
    "tui.keys",
]  # fmt: skip
ASK = "import sys, {}; print(*sorted(m for m in sys.modules if m.split('.')[0] in {}))"


def loaded(module: str, among: set[str]) -> list[str]:
    """Which of these packages' modules a new Python has loaded once it has imported `module`."""
    code = ASK.format(module, among)
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return run.stdout.split()


@pytest.mark.parametrize("room", BELOW)
def test_importing_a_lower_room_loads_neither_textual_nor_rich(room: str) -> None:
    found = loaded(f"lishu_tui.{room}", {"textual", "rich", "lishu_tui"})
    assert f"lishu_tui.{room}" in found
    assert [m for m in found if not m.startswith("lishu_tui")] == []


@pytest.mark.parametrize("room", BELOW)
def test_importing_a_lower_room_loads_none_of_what_only_the_build_needs(room: str) -> None:
    assert loaded(f"lishu_tui.{room}", {"opencc", "pypinyin", "jieba", "hypothesis", "pytest"}) == []


def test_the_command_line_does_not_load_textual_as_it_is_imported() -> None:
    assert loaded("lishu_tui.cli", {"textual"}) == []
    assert loaded("lishu_tui.tui", {"textual"}) == []


def test_the_contracts_between_rooms_hold() -> None:
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "0 broken" in run.stdout
