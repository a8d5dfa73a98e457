"""Make the pictures of the README, docs/pictures/*.svg, from the program itself.

    python scripts/pictures.py [FOLDER]

Textual's own pictures squeeze each run of text into `len(text)` cells, so that Chinese, which takes two cells a
character, comes out at half its width, and they name a font on a server. Here each run is parted into its wide and its
narrow pieces, each with a width of its own, and the fonts are the reader's. The same program gives the same bytes.
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
from collections.abc import Callable, Coroutine
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import get_character_cell_size
from textual.pilot import Pilot

from lishu_tui.edition import load_edition
from lishu_tui.settings import Config
from lishu_tui.tui.app import LishuApp

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"

Walk = Callable[[Pilot[int]], Coroutine[Any, Any, None]]


class Picture(NamedTuple):
    """A picture: how large the window is, in which colours, and what is done before it is taken."""

    name: str
    size: tuple[int, int]
    theme: str
    walk: Walk


async def _reader(pilot: Pilot[int]) -> None:
    await pilot.press("1", "e")


async def _statistics(pilot: Pilot[int]) -> None:
    await pilot.press("s")
    await pilot.pause()
    await pilot.press("G")


async def _search(pilot: Pilot[int]) -> None:
    await pilot.press("slash")
    await pilot.pause()
    await pilot.press(*"zhiyuan", "enter")
    await pilot.pause()
    await pilot.press("n")


PICTURES = (
    Picture("reader", (120, 36), "ink", _reader),
    Picture("statistics", (120, 36), "paper", _statistics),
    Picture("search", (80, 24), "ink", _search),
)

_RUN = re.compile(r"<text((?=[^>]*\btextLength=)[^>]*)>([^<]*)</text>")
_FONT_FACES = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)
_FAMILY = re.compile(r"font-family:\s*(?:Fira Code|arial)[^;]*;")
_NARROW = '"DejaVu Sans Mono", "Menlo", "Consolas", "Noto Sans Mono", monospace'
_WIDE = '"Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif'
# Two cells are 24.4 pixels, and so is a line. The room between two characters is also said as a spacing, for renderers
# that heed only the first place of a run.
_WIDE_CLASS = f".wide {{ font-family: {_WIDE}; font-size: 22.5px; letter-spacing: 1.9px; }}"

_FITTED = ' lengthAdjust="spacingAndGlyphs"'  # else bars have seams between their cells


def _one_run(found: re.Match[str]) -> str:
    attributes, text = found[1], html.unescape(found[2])
    cell = float(re.search(r'textLength="([\d.]+)"', attributes)[1]) / max(len(text), 1)  # type: ignore[index]
    x = float(re.search(r'\bx="([\d.]+)"', attributes)[1])  # type: ignore[index]
    made = []
    for wide, group in groupby(text, lambda character: get_character_cell_size(character) == 2):
        piece = "".join(group)
        if piece.strip("\xa0 "):  # blanks draw nothing, and the background is drawn apart
            made.append(_piece(attributes, piece, x, cell, wide=wide))
        x += sum(map(get_character_cell_size, piece)) * cell
    return "".join(made)


def _piece(attributes: str, piece: str, x: float, cell: float, *, wide: bool) -> str:
    """Characters of one width. The wide ones have a place each, as not every renderer heeds `textLength`."""
    if wide:
        places = " ".join(f"{x + 2 * cell * n + 0.9:g}" for n in range(len(piece)))
        attributes = re.sub(r' textLength="[^"]*"', "", re.sub(r'\bx="[^"]*"', f'x="{places}"', attributes))
        attributes = re.sub(r'\by="([\d.]+)"', lambda y: f'y="{float(y[1]) + 1:g}"', attributes)
        attributes = re.sub(r'class="([^"]*)"', r'class="\1 wide"', attributes)
    else:
        lead = len(piece) - len(piece.lstrip("\xa0 "))
        piece = piece.strip("\xa0 ")
        attributes = re.sub(r'\bx="[^"]*"', f'x="{x + lead * cell:g}"', attributes)
        attributes = re.sub(r' textLength="[^"]*"', f' textLength="{len(piece) * cell:g}"{_FITTED}', attributes)
    return f"<text{attributes}>{html.escape(piece, quote=False).replace(' ', '&#160;')}</text>"


def repaired(svg: str) -> str:
    """A picture as Textual makes it, with Chinese at its full width, the reader's own fonts, and names that do not
    change from run to run."""
    svg = _FONT_FACES.sub("", _RUN.sub(_one_run, svg))
    svg = _FAMILY.sub(f"font-family: {_NARROW};", svg)
    svg = re.sub(r"\s*font-variant-east-asian:[^;]*;", "", svg)
    svg = svg.replace("</style>", f"{_WIDE_CLASS}\n    </style>", 1)
    for name in dict.fromkeys(re.findall(r"terminal-\d+", svg)):
        svg = svg.replace(name, "terminal")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


async def take(picture: Picture) -> str:
    app = LishuApp(load_edition(), config=Config(theme=picture.theme), keep=False)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause()
        await picture.walk(pilot)
        app.clear_notifications()
        await pilot.pause(0.3)
        return repaired(app.export_screenshot(title="lishu-tui"))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        path = folder / f"{picture.name}.svg"
        path.write_text(asyncio.run(take(picture)), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
