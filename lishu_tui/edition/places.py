"""Where the bundled data lies: in a wheel, in a checkout or editable install, or in a zip that Python imports from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

BUNDLED = "lishu"
"""The id of the document that comes with the program."""


def data_root() -> Traversable:
    """The folder that holds `lishu/` (the bundled edition) and `tables/`."""
    package = Path(__file__).parents[1]
    for root in (package / "data", package.parent / "data"):
        if root.is_dir():
            return root
    # Not on the way of every start: importing it takes as long as reading all the data.
    from importlib.resources import files

    return files("lishu_tui") / "data"
