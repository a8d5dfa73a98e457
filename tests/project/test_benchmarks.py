"""The README's measured table is what the benchmarks make of the figures that are kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import PARTS
from tests.benchmarks.tables import FIGURES, PAGE, README, ROOT, beside, put

KEPT = json.loads(FIGURES.read_text(encoding="utf-8"))
MADE = {
    "rivals": {
        "date": "2026-01-02",
        "machine": "a machine",
        "figures": {"article": {"lishu-tui": [20.4, 180, 40], "slow": [300, 900, 60], "quick": [4.56, 9, 2]}},
    },
    "restoration": {
        "date": "2026-01-03",
        "machine": "a machine",
        "figures": {"of 9 passages, restored": {"lishu-tui": 9, "none": 0, "some": 5}},
    },
}


def test_the_readme_shows_what_was_measured() -> None:
    text = README.read_text(encoding="utf-8")
    assert put(text, "beside", beside(KEPT)) == text, "run python -m tests.benchmarks --write"


def test_every_part_is_kept_with_its_date_and_machine_and_has_its_place_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert set(KEPT) == set(PARTS) == set(re.findall("<!-- measured: (.*) -->", page))
    for name, part in KEPT.items():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", part["date"])
        assert part["machine"]
        shown = page.partition(f"<!-- measured: {name} -->")[2].partition("<!-- end")[0]
        assert f"Measured on {part['date']}." in shown
        assert part["machine"] in shown


def test_ours_comes_first_and_the_others_from_the_best_on() -> None:
    table = beside(MADE)
    assert "| the article on the screen | 20 ms | quick\u00a04.6, slow\u00a0300 ms |" in table
    assert "| of 9 passages, restored | 9 | some\u00a05, none\u00a00 |" in table
    assert "2026-01-02 to 2026-01-03: a machine." in table
    assert "5 MB" not in table, "what was not measured has no row"


def test_a_place_that_is_missing_is_said() -> None:
    with pytest.raises(ValueError, match="beside"):
        put("no place", "beside", "table")


def test_a_part_that_fails_fails_the_whole_and_a_goal_that_is_missed_does_not(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--only", "library", "--folder"]
    (tmp_path / "file").touch()
    run = subprocess.run([*command, str(tmp_path / "file")], cwd=ROOT, capture_output=True, check=False)
    assert run.returncode not in (0, 2)
    for options, code in (((), 0), (("--check",), 1)):
        made = subprocess.run(
            [sys.executable, "-c", FINISH, *options], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (made.returncode, made.stdout) == (code, "| table |\n"), made.stderr


FINISH = """
import argparse, sys
from tests.benchmarks.tables import Report, arguments, finish
parser = argparse.ArgumentParser()
arguments(parser)
sys.exit(finish(Report("| table |", {}, ["a row: 2, wanted 1"]), parser.parse_args()))
"""
