"""The colours and styles of the reader's parts, as the escape codes that Textual writes for them: a table that
scripts/build_looks.py takes from the running reader, for asking Textual would be to import it."""

from __future__ import annotations

from lishu_tui.edition.places import data_text

FILE = "looks.txt"
DEPTHS = ("truecolor", "256color")


def looks(theme: str, depth: str) -> tuple[str, dict[str, str]] | None:
    """The words at the right of the line at the foot, and the codes of each part; None where the table has no such
    theme."""
    hints = ""
    found: dict[str, str] = {}
    for line in data_text("tables", FILE).split("\n"):
        kind, _, rest = line.partition("\t")
        if kind == "hints":
            hints = rest
        elif kind == theme:
            of, part, codes = rest.split("\t")
            if of == depth:
                found[part] = codes
    return (hints, found) if found else None
