"""Pictures of the screens, so that a change of look is seen and meant.

pytest tests/tui/test_snapshots.py --snapshot-update       after a change that is meant
"""

from __future__ import annotations

import pytest

from lishu_tui.settings import Config, State
from lishu_tui.tui.app import LishuApp
from tests.screens import until
from tests.shelves import filled

VIEWS = {
    "reader-60x20": ((60, 20), [], {}),
    "reader-80x24": ((80, 24), ["2"], {}),
    "reader-120x36": ((120, 36), ["1"], {}),
    "reader-200x60-beside": ((200, 60), ["e", "e", "3"], {}),
    "reader-paper": ((120, 36), ["4"], {"theme": "paper"}),
    "reader-ansi": ((80, 24), ["5"], {"theme": "ansi-dark"}),
    "search": ((120, 36), ["/", *"fangkong"], {}),
    "capture": ((80, 24), ["t", "t", "4"], {}),
    "statistics-60x20": ((60, 20), ["s"], {}),
    "statistics-120x36": ((120, 36), ["s", "G"], {}),
    "names": ((120, 36), ["p"], {}),
    "help": ((80, 24), ["?"], {}),
}


LIBRARY_VIEWS = {"library-120x36": ["l", "j"], "library-search": ["L", *"疫情", "enter", "j"]}


@pytest.mark.parametrize("view", VIEWS)
def test_the_look(edition, snap_compare, view):
    size, keys, config = VIEWS[view]
    app = LishuApp(edition, config=Config(**config), state=State(), keep=False)
    # A cursor that blinks would be in the picture or not by chance.
    assert snap_compare(app, terminal_size=size, press=keys, run_before=still)


@pytest.mark.parametrize(
    ("view", "keys"), {"library": ["l", "j"], "library-search": ["L", *"疫情", "enter", "j"]}.items()
)
def test_the_look_of_the_library(edition, snap_compare, library, view, keys):
    filled(library)
    app = LishuApp(edition, config=Config(), state=State(), keep=False)

    async def arrived(pilot) -> None:
        await pilot.press(*keys[:-1])
        await until(pilot, lambda: pilot.app.screen.rows.count > 1)
        await pilot.press(keys[-1])
        await still(pilot)

    assert snap_compare(app, terminal_size=(120, 36), run_before=arrived)


async def still(pilot) -> None:
    for widget in pilot.app.query("Input"):
        widget.cursor_blink = False
    await pilot.pause()
