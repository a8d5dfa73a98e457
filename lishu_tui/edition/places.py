"""Where the bundled data lies: in a wheel, in a checkout or editable install, or in a zip that Python imports from."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

BUNDLED = "lishu"
"""The id of the document that comes with the program."""


def data_folder() -> str | None:
    """The folder of the data by its name, None where it is in none, but in a zip."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for root in (os.path.join(package, "data"), os.path.join(os.path.dirname(package), "data")):
        if os.path.isdir(root):
            return root
    return None


def data_root() -> Traversable:
    """The folder that holds `lishu/` (the bundled edition) and `tables/`."""
    root = data_folder()
    if root is not None:
        from pathlib import Path

        return Path(root)
    # Not on the way of every start: importing it takes as long as reading all the data.
    from importlib.resources import files

    return files("lishu_tui") / "data"


def data_text(folder: str, name: str) -> str:
    """A text of the data, read with as little as possible: `pathlib` takes longer than that. Raises OSError."""
    root = data_folder()
    if root is None:
        return (data_root() / folder / name).read_text(encoding="utf-8")
    with open(os.path.join(root, folder, name), "rb") as file:
        return file.read().decode()
