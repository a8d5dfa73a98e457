"""How fast the reader is, beside a bare Textual app that shows the same text, and the commands beside no work at all.

    python -m tests.benchmarks.reader [--runs N] [--program 'lishu-tui'] [--check]

What is compared is measured in turn, in one run, on one machine; the figures are medians. Printed is a Markdown table.
With `--check` the exit code is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lishu_tui.edition import load_edition
from tests.benchmarks.tables import Report, arguments, finish, machine
from tests.terminal import PROGRAM, NotSeen, Terminal, environment

SIZE = (120, 36)
FIRST = "這是一次與"
"""How the article begins: when this is on the screen, so is the first screenful."""
QUERY = "志愿者"
PRESSES = 40
NOTHING = "pass"
BARE = """\
import sys
from textual.app import App
from textual.widgets import Static

class Bare(App):
    BINDINGS = [("down", "down", "Down")]

    def compose(self):
        with open(sys.argv[1], encoding="utf-8") as file:
            yield Static(file.read(), markup=False)

    def action_down(self):
        self.screen.scroll_to(y=1, animate=False)

Bare().run()
"""
# As the program does: Textual's own default costs neither of the two anything here.
ENV = {"TEXTUAL_DISABLE_KITTY_KEY": "1"}


class Row(NamedTuple):
    """One line of the report. `goal` is the most that is wanted: of the ratio where there is a rival."""

    what: str
    unit: str
    ours: list[float]
    rival: str
    theirs: list[float]
    goal: float

    @property
    def measured(self) -> float:
        return median(self.ours) / median(self.theirs) if self.theirs else median(self.ours)

    def markdown(self) -> str:
        digits = 0 if self.unit == "ms" and median(self.ours) >= 100 else 1
        ours = f"{median(self.ours):.{digits}f} {self.unit}"
        if self.theirs:
            beside = f"{self.rival}: {median(self.theirs):.{digits}f} {self.unit}"
            return f"| {self.what} | {ours} | {beside} | {self.measured:.2f} × | ≤ {self.goal:g} × |"
        goal = f"≤ {self.goal:g} {self.unit}" if self.goal < float("inf") else ""
        return f"| {self.what} | {ours} | | | {goal} |"


class Bench:
    """What is measured, each in a folder of its own, so that the reader opens at the beginning."""

    def __init__(self, program: Sequence[str], folder: Path, runs: int, presses: int = PRESSES) -> None:
        self.program, self.folder, self.runs, self.presses = list(program), folder, runs, presses
        self._homes = 0
        text, script = folder / "text.txt", folder / "bare.py"
        text.write_text("\n\n".join(load_edition().readings["restored"]), encoding="utf-8")
        script.write_text(BARE, encoding="utf-8")
        self.bare = [sys.executable, str(script), str(text)]

    def home(self) -> Path:
        self._homes += 1
        home = self.folder / f"home-{self._homes}"
        home.mkdir()
        return home

    def in_turn(self, *measures: Callable[[], tuple[float, ...]]) -> list[list[list[float]]]:
        """Each measure `runs` times, A B A B …, after one of each that does not count; per measure, its figures."""
        for measure in measures:
            measure()
        found = [[measure() for measure in measures] for _ in range(self.runs)]
        return [[list(figures) for figures in zip(*one, strict=True)] for one in zip(*found, strict=True)]

    def opening(self, program: Sequence[str]) -> tuple[float, float]:
        """Milliseconds to the first screenful, and MiB when it has come to rest."""
        with Terminal(program, *SIZE, home=self.home(), env=ENV) as terminal:
            begun = time.perf_counter()
            seconds = terminal.wait_for(FIRST) + begun - terminal.started
            self.rest(terminal)
            terminal.settle(0.4)
            return 1000 * seconds, terminal.memory()

    @staticmethod
    def rest(terminal: Terminal) -> None:
        """Wait for the toolkit, which asks for the mouse when it begins, and until it has nothing more to draw."""
        until = time.perf_counter() + 10
        while b"\x1b[?1003h" not in terminal.raw:
            terminal.settle(0.02, 1)
            if time.perf_counter() > until:
                raise NotSeen("the toolkit does not begin")
        terminal.settle()

    def first_key(self, program: Sequence[str]) -> tuple[float]:
        """Milliseconds from the start to the answer to a key that was pressed at once: all lines one up."""
        where: list[int] = []

        def moved(text: str) -> bool:
            lines = text.splitlines()
            found = next((y for y, line in enumerate(lines) if FIRST in line), None)
            if found is not None:
                where.append(found)
            return bool(where) and found != where[0]

        with Terminal(program, *SIZE, home=self.home(), env=ENV) as terminal:
            terminal.press("down")
            begun = time.perf_counter()
            return (1000 * (terminal.wait_for(moved) + begun - terminal.started),)

    def keys(self) -> tuple[list[float], list[float]]:
        """Milliseconds from a key to the screen that it leads to: page down, and the next hit of a search."""
        with Terminal(self.program, *SIZE, home=self.home(), env=ENV) as terminal:
            terminal.wait_for(FIRST)
            self.rest(terminal)
            pages: list[float] = []
            while len(pages) < self.presses:
                pages += [self._press(terminal, "pagedown") for _ in range(3)]
                terminal.press("home")
                terminal.settle()
            terminal.press("/")
            terminal.settle()
            terminal.send(QUERY)
            terminal.settle()
            terminal.press("enter")
            terminal.settle()
            return pages, [self._press(terminal, "n") for _ in range(self.presses)]

    @staticmethod
    def _press(terminal: Terminal, key: str) -> float:
        since = time.perf_counter()
        terminal.press(key)
        return 1000 * terminal.time_to_rest(since)

    def whole(self, command: Sequence[str]) -> tuple[float]:
        """Milliseconds of a whole process that prints to a pipe."""
        begun = time.perf_counter()
        subprocess.run(
            command, env=environment(self.folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True
        )
        return (1000 * (time.perf_counter() - begun),)

    def rows(self) -> list[Row]:
        ours, bare = self.in_turn(lambda: self.opening(self.program), lambda: self.opening(self.bare))
        our_key, bare_key = self.in_turn(lambda: self.first_key(self.program), lambda: self.first_key(self.bare))
        pages, hits = self.keys()
        commands = (["show"], ["show", "--json"], ["search", QUERY], ["search", QUERY, "--json"], ["stats", "--json"])
        runs = [[*self.program, *command] for command in commands] + [[sys.executable, "-c", NOTHING]]
        times = [one for (one,) in self.in_turn(*(lambda run=run: self.whole(run) for run in runs))]  # type: ignore[misc]
        rival, nothing = "bare Textual app", "`python -c pass`"
        size = "{} × {}".format(*SIZE)
        return [
            Row("first screenful", "ms", ours[0], rival, bare[0], 0.2),
            Row("first key answered", "ms", our_key[0], rival, bare_key[0], 1.1),
            Row("memory after it", "MiB", ours[1], rival, bare[1], 1.3),
            Row(f"page down to screen, {size}", "ms", pages, "", [], 20),
            Row(f"`n` to screen, {size}", "ms", hits, "", [], 20),
            *(
                Row(f"`{shlex.join(command)}`", "ms", figures, nothing, times[-1], 3)
                for command, figures in zip(commands, times, strict=False)
            ),
        ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="times each of a pair is started (15)")
    parser.add_argument("--program", type=shlex.split, default=PROGRAM, help="the program to measure")
    parser.add_argument("--presses", type=int, default=PRESSES, help=f"times a key is pressed ({PRESSES})")
    arguments(parser)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        rows = Bench(options.program, Path(folder), options.runs, options.presses).rows()
    lines = [
        "| what | lishu-tui | beside | ratio | goal |",
        "|---|---:|---|---:|---:|",
        *(row.markdown() for row in rows),
    ]
    note = f"Medians of {options.runs} starts each, in turn, and of {options.presses} presses of a key, on {machine()}."
    return finish(Report("\n".join([*lines, "", note]), figures(rows), missed(rows)), options)


def figures(rows: Sequence[Row]) -> dict[str, list[float]]:
    """The medians of each row: ours, and the rival's where there is one."""
    return {row.what: [round(median(each), 2) for each in (row.ours, row.theirs) if each] for row in rows}


def missed(rows: Sequence[Row]) -> list[str]:
    return [f"{row.what}: {row.measured:.2f}, wanted {row.goal:g}" for row in rows if row.measured > row.goal]


if __name__ == "__main__":
    sys.exit(main())
