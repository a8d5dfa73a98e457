"""What one would read the article with instead, beside the reader: the text on the screen, the first key, memory.

    python -m tests.benchmarks.rivals [--runs N]

Programs are looked for on the PATH, and those that are not there are named. Each opens the same text, in the form that
it reads: a text file, Markdown, a book. They are started in turn, in one run; the figures are medians.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lishu_tui.edition import load_edition
from tests.benchmarks.reader import BARE, ENV, FIRST, SIZE, machine
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


RIVALS = (
    Rival("less", ("less",), "article.txt", "space"),
    Rival("vim", ("vim", "-u", "NONE", "-R"), "article.txt", "ctrl+f"),
    Rival("w3m", ("w3m", "-o", "display_charset=UTF-8"), "article.txt", "space", ("-version",)),
    Rival("toolong", ("tl",), "article.txt", "pageup", first="延伸閱讀"),  # opens at the end
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
        terminal.press(key)
        answered = terminal.time_to_rest(terminal.started, 0.4)
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
    (folder / "bare.py").write_text(BARE, encoding="utf-8")


def version_of(rival: Rival) -> str:
    run = subprocess.run(
        [rival.command[0], *rival.version], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    words = (run.stdout or run.stderr).partition("\n")[0].split()
    return next((word.strip(",()") for word in words if word[:1].isdigit() or "/" in word), "")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="times each is started (7)")
    options = parser.parse_args()
    there = [rival for rival in RIVALS if shutil.which(rival.command[0])]
    with TemporaryDirectory() as name:
        folder = Path(name)
        files(folder)
        commands: dict[str, tuple[Sequence[str], str, str]] = {"lishu-tui": (PROGRAM, "pagedown", FIRST)}
        commands["bare Textual app"] = (
            [sys.executable, str(folder / "bare.py"), str(folder / "article.txt")],
            "pagedown",
            FIRST,
        )
        for rival in there:
            command = [shutil.which(rival.command[0]) or "", *rival.command[1:], str(folder / rival.file)]
            commands[f"{rival.name} {version_of(rival)}".strip()] = (command, rival.key, rival.first)
        found: dict[str, list[Figures]] = {name: [] for name in commands}
        failed: dict[str, str] = {}
        for run in range(options.runs + 1):  # the first does not count
            for number, (program, (command, key, first)) in enumerate(commands.items()):
                home = folder / f"home-{number}"
                home.mkdir(exist_ok=True)
                try:
                    figures = opened(command, key, home, first)
                except NotSeen as error:
                    failed[program] = str(error).partition("\n")[0]
                    continue
                if run:
                    found[program].append(figures)
    print(report(found, failed, [rival.name for rival in RIVALS if rival not in there], options.runs))
    return 0


def report(found: dict[str, list[Figures]], failed: dict[str, str], absent: Sequence[str], runs: int) -> str:
    ours = found["lishu-tui"]
    lines = ["| program | text on the screen | first page turned | memory | beside ours |", "|---|---:|---:|---:|---|"]
    for name, figures in found.items():
        if not figures:
            lines.append(f"| {name} | – | – | – | {failed.get(name, 'not measured')} |")
            continue
        text, key, memory = (median(column) for column in zip(*figures, strict=True))
        ratio = text / median(one.text for one in ours), key / median(one.key for one in ours)
        beside = "" if name == "lishu-tui" else f"{ratio[0]:.2f} × and {ratio[1]:.2f} × our time"
        lines.append(f"| {name} | {text:.0f} ms | {key:.0f} ms | {memory:.0f} MiB | {beside} |")
    lines += ["", f"Medians of {runs} starts each, in turn, {SIZE[0]} × {SIZE[1]}, on {machine()}."]
    if absent:
        lines.append(f"Not here, and so not measured: {', '.join(absent)}.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
