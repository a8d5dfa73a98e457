"""Make data/tables/width.txt: how many cells a character takes, as Rich (which draws for us) counts it.

python scripts/build_widths.py            write it
python scripts/build_widths.py --check    exit 1 if it differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich._unicode_data import load

TABLE = Path(__file__).resolve().parents[1] / "data" / "tables" / "width.txt"


def build() -> str:
    cells = load("17.0.0")
    lines = [
        f"# Cells a character takes, from Rich's table of Unicode {cells.unicode_version}; what is not listed takes 1.",
        "# FIRST LAST CELLS in hexadecimal, hexadecimal, decimal."
        " A line `wide` lists what U+FE0F makes two cells wide.",
        "# Made by scripts/build_widths.py.",
    ]
    lines += [f"{first:X} {last:X} {width}" for first, last, width in cells.widths if width != 1]
    lines.append("wide " + " ".join(f"{ord(c):X}" for c in sorted(cells.narrow_to_wide)))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TABLE.read_text(encoding="utf-8") != build())
    TABLE.write_text(build(), encoding="utf-8")
