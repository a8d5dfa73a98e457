"""Write the parts of the README that are made from the program: the key table and the command reference.

    python scripts/reference.py            write them
    python scripts/reference.py --check    say which differ from what this script would write; exit 1 if any does

A part stands between `<!-- made: NAME -->` and `<!-- end: NAME -->`.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable
from pathlib import Path

from lishu_tui.cli.reference import reference
from lishu_tui.tui.keys import markdown_table

README = Path(__file__).resolve().parents[1] / "README.md"
PARTS: dict[str, Callable[[], str]] = {"keys": markdown_table, "commands": reference}


def written(text: str) -> str:
    """The README with its made parts as they should be. Raises ValueError where a part has not one place."""
    for name, make in PARTS.items():
        begin, end = f"<!-- made: {name} -->\n", f"<!-- end: {name} -->\n"
        place = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
        found = place.findall(text)
        if len(found) != 1:
            raise ValueError(f"README.md: {begin.strip()} … {end.strip()} stands {len(found)} times, not once")
        made = f"\n{make().strip()}\n\n"
        text = place.sub(lambda _, made=made: made, text)
    return text


def main() -> int:
    text = README.read_text(encoding="utf-8")
    wanted = written(text)
    if "--check" in sys.argv[1:]:
        lines = difflib.unified_diff(text.splitlines(), wanted.splitlines(), "README.md", "as made", n=0, lineterm="")
        changes = list(lines)
        print("\n".join([*changes, *(["run python scripts/reference.py"] if changes else [])]))
        return 1 if changes else 0
    README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
