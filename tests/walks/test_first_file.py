"""A file's first screen is painted before the toolkit too, where it is certain to be the one that the reader draws."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.benchmarks.scale import large_text
from tests.terminal import PROGRAM, Terminal, environment
from tests.walks.test_first_screen import ENTER, Screen, is_painted, keep, pieces

TOOLKIT = b"\x1b[?1000h"
"""What the toolkit switches on once it has the terminal."""
PLAIN = "春天來了，農民們都到地里去干活，學校里的孩子們也在種樹。\n" * 30
HEADED = "春天的消息\n" + "".join(f"{PLAIN}第{n}章 各地的消息\n" for n in range(12)) + PLAIN
HOSTILE = f"春天\x1b[31m的\u202e消息\n{PLAIN}\x85第\x1b]0;一\x07章\n{PLAIN}"
"""A stand-in is shown for what would drive the terminal."""


def taken_over(terminal: Terminal, first: str) -> bytes:
    """All that was written until the toolkit has drawn."""
    terminal.wait_for(first, 30)
    for _ in range(100):
        if TOOLKIT in terminal.raw:
            break
        terminal.settle(0.1)
    assert TOOLKIT in terminal.raw, "the toolkit has not taken over"
    terminal.settle(0.4)
    return bytes(terminal.raw)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (200, 60)])
@pytest.mark.parametrize(
    "text", [PLAIN, HEADED, HOSTILE, "一行。\n", "large"], ids=["plain", "headed", "hostile", "short", "large"]
)
def test_taking_over_changes_no_cell_of_a_file(tmp_path, size, text):
    file = tmp_path / "file.txt"
    file.write_text(large_text(2_000_000) if text == "large" else text, encoding="utf-8")
    keep(tmp_path, {"theme": "paper"})
    with Terminal([*PROGRAM, str(file)], *size, home=tmp_path) as terminal:
        raw = taken_over(terminal, "restored")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert not terminal.modes_left_on()
    assert is_painted(raw)
    assert raw.count(ENTER) == 1
    text_painted, _, rest = raw.partition(ENTER)[2].partition(TOOLKIT)
    screen = Screen(*size)
    screen.feed(text_painted)
    painted = [row[:-1] for row in screen.cells()]  # the bar goes on to move while a large document is laid out
    for piece in pieces(rest):
        screen.feed(piece)
        assert [row[:-1] for row in screen.cells()] == painted, piece


@pytest.mark.parametrize("place", [{}, {"paragraph": 200, "character": 0}, {"paragraph": 47, "character": 20}])
@pytest.mark.parametrize("large", [False, True])
def test_a_document_of_the_library_where_it_was_left(tmp_path, place, large):
    file = tmp_path / "file.txt"
    file.write_text(large_text(1_000_000) if large else HEADED, encoding="utf-8")
    home = environment(tmp_path)
    subprocess.run([*PROGRAM, "import", str(file)], env=home, check=True, capture_output=True)
    listed = subprocess.run([*PROGRAM, "list", "--json"], env=home, check=True, capture_output=True, text=True).stdout
    id = next(found for found in re.findall(r'"id": ?"([^"]+)"', listed) if found != "lishu")
    keep(tmp_path, {"places": {id: place}} if place else {})
    with Terminal([*PROGRAM, id], 120, 36, home=tmp_path) as terminal:
        raw = taken_over(terminal, "restored")
    assert is_painted(raw)
    painted, _, rest = raw.partition(ENTER)[2].partition(TOOLKIT)
    screen = Screen(120, 36)
    screen.feed(painted)
    before = [row[:-1] for row in screen.cells()]
    screen.feed(rest)
    after = [row[:-1] for row in screen.cells()]
    # How much has been read is told better once all is laid out.
    assert after[:-1] == before[:-1]
    assert large or after == before


@pytest.mark.parametrize("scrap", ["\u200d", "e\u0301", "👨\u200d👩", "a\u200bb", "☺\ufe0f"])
def test_what_takes_no_room_is_left_to_the_toolkit(tmp_path, scrap):
    file = tmp_path / "file.txt"
    file.write_text(f"春天來了{scrap}，農民們都到地里去干活。\n{PLAIN}", encoding="utf-8")
    with Terminal([*PROGRAM, str(file)], 120, 36, home=tmp_path) as terminal:
        raw = taken_over(terminal, "restored")
        assert not is_painted(raw)
        assert raw.count(ENTER) == 1
