"""What a screen under `run_test` shows."""

from __future__ import annotations

from typing import Any


def screen_text(app: Any) -> list[str]:
    """The lines of the screen as drawn, without styles."""
    screen = app.screen
    return ["".join(s.text for s in strip).rstrip() for strip in screen._compositor.render_strips(screen.size)]
