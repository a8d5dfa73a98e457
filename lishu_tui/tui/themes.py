"""Colours: ink on dark, ink on paper, and the terminal's own. No state is told by colour alone."""

from __future__ import annotations

import os

from textual.theme import Theme

THEMES = (
    Theme(
        name="ink",
        primary="#d7875f",
        accent="#d7875f",
        foreground="#d8d4cc",
        background="#1b1a18",
        surface="#1b1a18",
        panel="#242220",
        warning="#d7af5f",
        error="#d75f5f",
        success="#87af87",
        secondary="#a8a29a",
        dark=True,
        variables={"rubric": "#e09a72", "quiet": "#9d968c"},
    ),
    Theme(
        name="paper",
        primary="#9c3b1f",
        accent="#9c3b1f",
        foreground="#26231f",
        background="#f7f3ea",
        surface="#f7f3ea",
        panel="#eee8da",
        warning="#8a5a00",
        error="#a02020",
        success="#3f6f3f",
        secondary="#6a645a",
        dark=False,
        variables={"rubric": "#9c3b1f", "quiet": "#6a645a"},
    ),
)
NAMES = ("ink", "paper", "ansi-dark", "ansi-light")
"""The themes that `T` goes through."""


def first_theme(wanted: str | None) -> str:
    """The theme to open with: the terminal's own colours where NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        return "ansi-dark"
    return wanted or "ink"
