"""Write what is made from the program: the README's tables of keys and commands, and docs/commands.md.

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

from lishu_tui.cli.reference import command_table, reference
from lishu_tui.tui.keys import markdown_table

ROOT = Path(__file__).resolve().parents[1]
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"keys": markdown_table, "commands": command_table},
    "docs/commands.md": {"reference": reference},
}
"""By file, its made parts."""


def written(file: str, text: str) -> str:
    """The file with its made parts as they should be. Raises ValueError where a part has not one place."""
    for name, make in PARTS[file].items():
        begin, end = f"<!-- made: {name} -->\n", f"<!-- end: {name} -->\n"
        place = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
        found = place.findall(text)
        if len(found) != 1:
            raise ValueError(f"{file}: {begin.strip()} … {end.strip()} stands {len(found)} times, not once")
        made = f"\n{make().strip()}\n\n"
        text = place.sub(lambda _, made=made: made, text)
    return text


def main() -> int:
    changes: list[str] = []
    for file in PARTS:
        text = (ROOT / file).read_text(encoding="utf-8")
        wanted = written(file, text)
        if "--check" in sys.argv[1:]:
            changes += difflib.unified_diff(text.splitlines(), wanted.splitlines(), file, "as made", n=0, lineterm="")
        else:
            (ROOT / file).write_text(wanted, encoding="utf-8")
    if changes:
        print("\n".join([*changes, "run python scripts/reference.py"]))
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
