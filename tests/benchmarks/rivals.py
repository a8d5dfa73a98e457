"""What one would read the article with instead, beside the reader: the text on the screen, the first key, memory.

    python -m tests.benchmarks.rivals [--runs N]

Programs are looked for on the PATH, and those that are not there are named. Each opens the same text, in the form that
it reads: a text file, Markdown, a book; and those that read a text file, a text of 5 MB. They are started in turn, in
one run; the figures are medians.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lishu_tui.edition import load_edition
from tests.benchmarks.reader import BARE, ENV, FIRST, SIZE
from tests.benchmarks.scale import LAST, large_text
from tests.benchmarks.tables import Report, arguments, finish, machine
from tests.library.wrappers import book, chapter
from tests.terminal import PROGRAM, NotSeen, Terminal


class Rival(NamedTuple):
    """A program, what it is given (a file of the folder), and the key that turns its page."""

    name: str
    command: tuple[str, ...]
    file: str
    key: str = "pagedown"
    version: tuple[str, ...] = ("--version",)
    first: str = FIRST
    """What is on its first screen."""
    first_large: str = FIRST
    """The same of the large text."""


BARE_APP = "a bare Textual app"
LARGE = 5_000_000
"""Bytes."""
RIVALS = (
    Rival("less", ("less",), "article.txt", "space"),
    Rival("vim", ("vim", "-u", "NONE", "-R"), "article.txt", "ctrl+f"),
    Rival("w3m", ("w3m", "-o", "display_charset=UTF-8"), "article.txt", "space", ("-version",)),
    Rival("toolong", ("tl",), "article.txt", "pageup", first="延伸閱讀", first_large=LAST),  # opens at the end
    Rival("frogmouth", ("frogmouth",), "article.md"),
    Rival("baca", ("baca",), "article.epub"),
    Rival("epy", ("epy",), "article.epub", "space"),
)


OPF = """\
<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>梨樹縣</dc:title><dc:language>zh</dc:language>
<dc:identifier id="id">urn:lishu</dc:identifier></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="c1" href="1.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine toc="ncx"><itemref idref="c1"/></spine></package>"""
NCX = """\
<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>
<docTitle><text>梨樹縣</text></docTitle><navMap><navPoint id="n1" playOrder="1"><navLabel><text>梨樹縣</text></navLabel>
<content src="1.xhtml"/></navPoint></navMap></ncx>"""


class Figures(NamedTuple):
    """Milliseconds from the start to the text on the screen, and to the page that a key typed then leads to; MiB."""

    text: float
    key: float
    memory: float


def opened(command: Sequence[str], key: str, home: Path, first: str = FIRST) -> Figures:
    """One start. A home of its own for each program, and the same one for each of its starts, as people have it."""
    with Terminal(command, *SIZE, home=home, env=ENV) as terminal:
        begun = time.perf_counter()
        text = terminal.wait_for(first, 20) + begun - terminal.started
        before = terminal.text()
        terminal.press(key)
        try:
            answered = terminal.time_to_rest(terminal.started, 0.4)
        except NotSeen:  # it is busy yet
            begun = time.perf_counter()
            answered = terminal.wait_for(lambda shown: shown != before, 30) + begun - terminal.started
        return Figures(1000 * text, 1000 * answered, terminal.memory())


def files(folder: Path) -> None:
    """The article as text, as Markdown and as a book."""
    paragraphs = load_edition().readings["restored"]
    whole = "\n\n".join(paragraphs) + "\n"
    (folder / "article.txt").write_text(whole, encoding="utf-8")
    (folder / "article.md").write_text(whole, encoding="utf-8")
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    members: dict[str, bytes | str | None] = {"OEBPS/toc.ncx": NCX}  # some find no text in a book without one
    (folder / "article.epub").write_bytes(book({"1.xhtml": chapter(inside, "梨樹縣")}, change=members, list=OPF))
    (folder / "large.txt").write_text(large_text(LARGE), encoding="utf-8")
    (folder / "bare.py").write_text(BARE, encoding="utf-8")


def version_of(rival: Rival) -> str:
    run = subprocess.run(
        [rival.command[0], *rival.version], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    found = re.search(r"(?<![\w.])v?(\d[\w.+-]*)", (run.stdout or run.stderr).partition("\n")[0])
    return found[1].rstrip(".") if found else ""


class Start(NamedTuple):
    """How a program is started, the key that is pressed, and what is on the screen then."""

    name: str
    command: Sequence[str]
    key: str
    first: str


def starts(there: Iterable[Rival], folder: Path, *, large: bool) -> list[Start]:
    """Ours, a bare Textual app, and the rivals; with the large text, those that read a text file."""
    text = str(folder / ("large.txt" if large else "article.txt"))
    found = [
        Start("lishu-tui", [*PROGRAM, text] if large else PROGRAM, "pagedown", FIRST),
        Start(BARE_APP, [sys.executable, str(folder / "bare.py"), text], "pagedown", FIRST),
    ]
    for rival in there:
        if not large or rival.file == "article.txt":
            file = text if rival.file == "article.txt" else str(folder / rival.file)
            command = [shutil.which(rival.command[0]) or "", *rival.command[1:], file]
            found.append(Start(rival.name, command, rival.key, rival.first_large if large else rival.first))
    return found


def in_turn(programs: Sequence[Start], folder: Path, runs: int) -> tuple[dict[str, list[Figures]], dict[str, str]]:
    """The figures of each, and why there are none of some."""
    found: dict[str, list[Figures]] = {program.name: [] for program in programs}
    failed: dict[str, str] = {}
    for run in range(runs + 1):  # the first does not count
        for number, program in enumerate(programs):
            if program.name in failed:
                continue
            home = folder / f"home-{number}"
            home.mkdir(exist_ok=True)
            try:
                figures = opened(program.command, program.key, home, program.first)
            except NotSeen as error:
                failed[program.name] = str(error).partition("\n")[0]
                found[program.name].clear()
                continue
            if run:
                found[program.name].append(figures)
    return found, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="times each is started (7)")
    parser.add_argument("--runs-large", type=int, default=3, help="times each is started with the large text (3)")
    arguments(parser)
    options = parser.parse_args()
    there = [rival for rival in RIVALS if shutil.which(rival.command[0])]
    lines: list[str] = []
    figures: dict[str, dict[str, list[float]]] = {}
    with TemporaryDirectory() as name:
        files(Path(name))
        for title, large, runs in (
            ("article", False, options.runs),
            ("large", True, options.runs_large),
        ):
            if runs:
                found, failed = in_turn(starts(there, Path(name), large=large), Path(name), runs)
                if failed.get("lishu-tui"):
                    raise NotSeen(failed["lishu-tui"])
                what = f"A text of {LARGE // 1_000_000} MB" if large else "The article"
                lines += [f"{what}, medians of {runs} starts each:", "", *table(found, failed), ""]
                figures[title] = {name: list(map(rounded, one)) for name, one in medians(found).items()}
    versions = ", ".join(f"{rival.name} {version_of(rival)}".strip() for rival in there)
    lines.append(f"In turn, {SIZE[0]} × {SIZE[1]}, on {machine()}; {versions}.")
    if absent := [rival.name for rival in RIVALS if rival not in there]:
        lines[-1] += f" Not here, and so not measured: {', '.join(absent)}."
    return finish(Report("\n".join(lines), figures, []), options)


def rounded(figure: float) -> float:
    return round(figure, 1)


def medians(found: dict[str, list[Figures]]) -> dict[str, tuple[float, ...]]:
    """Of each column, of those that have any figures."""
    return {
        name: tuple(median(column) for column in zip(*figures, strict=True))
        for name, figures in found.items()
        if figures
    }


def table(found: dict[str, list[Figures]], failed: dict[str, str]) -> list[str]:
    lines = [
        "| program | text on the screen | first page turned | memory | beside ours |",
        "|---|---:|---:|---:|---|",
    ]
    middle = medians(found)
    ours = middle["lishu-tui"]
    for name in found:
        if name not in middle:
            lines.append(f"| {name} | – | – | – | {failed.get(name, 'not measured')} |")
            continue
        text, key, memory = middle[name]
        beside = "" if name == "lishu-tui" else f"{text / ours[0]:.2f} × and {key / ours[1]:.2f} × our time"
        lines.append(f"| {name} | {text:.0f} ms | {key:.0f} ms | {memory:.0f} MiB | {beside} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
