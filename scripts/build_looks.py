"""Make data/tables/looks.txt: the escape codes of each part of the reader's first screen, taken from the reader itself.

python scripts/build_looks.py            write it
python scripts/build_looks.py --check    exit 1 if it differs

The reader is drawn without a terminal in every theme and at places that between them have every part. Each cell must be
where the first screen would put it and hold what it would put there; what differs is a fault of either, and is told.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from rich.color import ColorSystem  # noqa: E402 - a checkout need not be installed
from rich.segment import Segment  # noqa: E402

from lishu_tui.edition import load_edition  # noqa: E402
from lishu_tui.edition.places import BUNDLED  # noqa: E402
from lishu_tui.first.frame import Run, frame  # noqa: E402
from lishu_tui.first.kept import Kept  # noqa: E402
from lishu_tui.first.outline import Outline  # noqa: E402
from lishu_tui.settings import Place, State  # noqa: E402
from lishu_tui.tui.app import LishuApp  # noqa: E402
from lishu_tui.tui.themes import NAMES  # noqa: E402
from lishu_tui.typeset import widths  # noqa: E402

TABLE = ROOT / "data" / "tables" / "looks.txt"
SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256color": ColorSystem.EIGHT_BIT}
SIZE = (120, 36)
PLACES = ((0, "off"), (2, "beneath"), (9, "off"))
HEAD = """\
# The escape codes of each part of the reader's first screen: THEME, COLOURS, PART, CODES, parted by tabs.
# Made by scripts/build_looks.py of the reader as it is drawn.
"""
Cell = tuple[str, str]


class Differs(SystemExit):
    """The reader draws otherwise than the first screen."""


def codes(segment: Segment, system: ColorSystem) -> str:
    """The codes of a segment as Rich writes them."""
    if segment.style is None:
        return ""
    style = segment.style.copy()
    style._ansi = None  # kept, else, of the number of colours asked for first
    return style.render("x", color_system=system).partition("m")[0].removeprefix("\x1b[").removesuffix("x")


def in_cells(runs: list[tuple[str, str]]) -> list[Cell]:
    """Runs of (what, text) as (what, character), one for each cell; the second half of a wide one is empty."""
    found: list[Cell] = []
    for what, text in runs:
        for character, width in zip(text, widths(text), strict=True):
            found += [(what, character), *[(what, "")] * (width - 1)]
    return found


async def drawn(theme: str, paragraph: int, english: str) -> tuple[str, dict[str, list[list[Cell]]]]:
    """The hints, and what stands in every cell of the reader, for each number of colours."""
    place = Place(paragraph=paragraph, character=0, english=english)  # type: ignore[arg-type]
    app = LishuApp(load_edition(), state=State(theme=theme, places={BUNDLED: place}), keep=False)
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(3):
            await pilot.pause()
        strips = app.screen._compositor.render_strips()
        found = {
            name: [in_cells([(codes(s, system), s.text) for s in strip]) for strip in strips]
            for name, system in SYSTEMS.items()
        }
        return app.reader.hints(), found


def parts(paragraph: int, english: str, hints: str) -> list[list[Cell]]:
    view = Kept()
    view.paragraph, view.english = paragraph, english  # type: ignore[assignment]
    rows: list[list[Run]] = frame(Outline(), view, *SIZE, hints)[0]
    return [in_cells(row) for row in rows]


async def build() -> str:
    lines: list[str] = []
    hints = ""
    for theme in NAMES:
        found: dict[tuple[str, str], str] = {}
        for paragraph, english in PLACES:
            hints, screens = await drawn(theme, paragraph, english)
            for colours, screen in screens.items():
                mine = parts(paragraph, english, hints)
                for y, (theirs, ours) in enumerate(zip(screen, mine, strict=True)):
                    for x, ((code, character), (part, expected)) in enumerate(zip(theirs, ours, strict=True)):
                        known = found.setdefault((colours, part), code)
                        if character != expected or known != code:
                            raise Differs(
                                f"{theme}, {colours}, paragraph {paragraph}, English {english}: column {x} of row {y}: "
                                f"{character!r} as {code!r}; expected {expected!r} as {part} ({known!r})"
                            )
        lines += [f"{theme}\t{colours}\t{part}\t{code}" for (colours, part), code in sorted(found.items())]
    return HEAD + f"hints\t{hints}\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = asyncio.run(build())
    if "--check" in sys.argv:
        sys.exit(TABLE.read_text(encoding="utf-8") != made)
    TABLE.write_text(made, encoding="utf-8")
