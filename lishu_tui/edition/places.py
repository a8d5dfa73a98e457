"""Where the bundled data lies: in a wheel, in a checkout or in an editable install."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

BUNDLED = "lishu"
"""The id of the document that comes with the program."""


def data_root() -> Traversable:
    """The folder that holds `lishu/` (the bundled edition) and `tables/`."""
    root = files("lishu_tui") / "data"
    if root.is_dir():
        return root
    return Path(__file__).resolve().parents[2] / "data"
