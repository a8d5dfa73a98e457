"""What a screen under `run_test` shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def screen_text(app: Any) -> list[str]:
    """The lines of the screen as drawn, without styles."""
    screen = app.screen
    return ["".join(s.text for s in strip).rstrip() for strip in screen._compositor.render_strips(screen.size)]


async def press(pilot: Any, *keys: str) -> None:
    """Press keys, and let what they set going come to rest."""
    await pilot.press(*keys)
    await pilot.pause()


def table_text(pilot: Any) -> str:
    """All that the table view has drawn, what is scrolled away included."""
    return "\n".join("".join(s.text for s in line) for line in pilot.app.screen.view._drawn)


async def until(pilot: Any, condition: Callable[[], Any], *, seconds: float = 15) -> None:
    """Wait for what a thread will bring about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "\n".join(screen_text(pilot.app))
        await pilot.pause(0.02)
    await pilot.pause()


def notices(app: Any) -> str:
    return "\n".join(n.message for n in app._notifications)
