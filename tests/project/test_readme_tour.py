"""The README's tour, typed as it stands, in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import PROGRAM, Terminal

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## In a minute\n")[2].partition("\nFrom a shell")[0]
WALKED = {
    *("Space", "b", "1", "4", "0", "5", "6", "z", "/", "zhiyuanzhe", "Enter", "n", "N", "o", "Esc", "t", "e"),
    *("s", "y", "p", "a", "i", "A", "v", "c", "m", "'", "x", "l", "L", "Ctrl+o", "?", "Ctrl+p", "q"),
}
SECTIONS = (("1", "嚴陣以待"), ("2", "守土盡責"), ("3", "全民參戰"), ("4", "旗幟引領"), ("5", "結語"), ("6", "出處"))


class Tour:
    """A terminal in which a person types slowly."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        terminal.wait_for("這是一次與")
        terminal.settle(0.4)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.terminal.press(key)
            self.terminal.settle(0.15)

    def type(self, text: str) -> None:
        self.terminal.send(text)
        self.terminal.settle(0.15)

    def see(self, wanted: str) -> None:
        """Wait until it is on the screen."""
        self.terminal.wait_for(wanted)

    def stands(self, wanted: str) -> None:
        """Wait until the status line has it."""
        self.terminal.wait_for(lambda text: wanted in text.splitlines()[-1])


@pytest.fixture
def tour(tmp_path: Path) -> Iterator[Tour]:
    with Terminal(PROGRAM, 120, 36, home=tmp_path) as terminal:
        yield Tour(terminal)


def test_the_text_its_sections_its_readings(tour: Tour) -> None:
    first = tour.terminal.text()
    tour.press("space")
    tour.terminal.wait_for(lambda text: text != first)
    tour.press("b")
    tour.terminal.wait_for(lambda text: text == first)
    for key, heading in SECTIONS:
        tour.press(key)
        tour.stands(heading)
    tour.press("z")
    tour.terminal.wait_for(lambda text: "Whole-population" not in text)
    tour.press("z", "0")
    for reading in ("simplified", "as captured", "restored"):
        tour.press("t")
        tour.stands(reading)
    for english in ("beneath", "beside"):
        tour.press("e")
        tour.stands(english)


def test_a_search_in_three_ways(tour: Tour) -> None:
    for query in ("zhiyuanzhe", "志愿者", "志願者"):
        tour.press("/")
        tour.type(query)
        tour.stands("1/7")
        tour.press("enter", "n")
        tour.stands("2/7")
        tour.press("N")
        tour.stands("1/7")
        tour.press("escape")
        tour.terminal.wait_for(lambda text: "1/7" not in text)
    tour.press("/")
    tour.type("志愿者")
    tour.press("enter", "o")
    tour.terminal.wait_for(lambda text: text.count("志愿者") >= 7)


def test_the_figures_the_apparatus_and_what_is_taken_away(tour: Tour) -> None:
    tour.press("s")
    tour.see("as reported")
    tour.press("enter")
    tour.stands("1/1")
    tour.press("s", "y")
    tour.press("escape", "p")
    tour.see("People")
    tour.press("escape", "a")
    tour.see("Rules")
    tour.press("i", "down", "enter", "A", "v", "l", "l", "y")
    tour.see("with address")
    tour.press("c")
    tour.see("Chicago")
    tour.press("escape", "m")
    tour.type("a note")
    tour.press("enter", "'")
    tour.see("a note")
    tour.press("q", "x")
    tour.see("format")


def test_the_library_help_and_the_way_out(tour: Tour, tmp_path: Path) -> None:
    tour.press("3", "l")
    tour.see("Library")
    tour.press("i")
    tour.press("escape", "ctrl+o", "L")
    tour.see("Search the library")
    tour.press("escape", "escape", "3", "?")
    tour.see("Move down one line.")
    tour.press("escape", "ctrl+p")
    tour.see("Search for commands")
    tour.press("escape")
    tour.stands("全民參戰")
    tour.terminal.press("q")
    assert tour.terminal.wait_exit() == 0
    with Terminal(PROGRAM, 120, 36, home=tmp_path) as again:
        again.wait_for(lambda text: "全民參戰" in text.splitlines()[-1])


def test_the_tour_names_no_key_that_is_not_walked() -> None:
    """What is added to the README's tour is added to the walk above."""
    assert set(re.findall(r"`([^`]+)`", TOUR)) == WALKED
