"""What a measurement hands over, and the tables that are made of it: README.md and docs/benchmarks.md.

Each part measures in a process of its own and hands a `Report` to `finish`. docs/benchmarks.json keeps the figures of
each part with their date and machine, so that one part can be measured anew and the README's table, which takes from
all of them, still says of each figure when it was measured.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
README, PAGE, FIGURES = ROOT / "README.md", ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.json"


class Report(NamedTuple):
    """The table of a part, in Markdown; its figures, by name; the goals missed, each in a line."""

    markdown: str
    figures: dict[str, Any]
    missed: list[str]


def arguments(parser: argparse.ArgumentParser) -> None:
    """What every part understands."""
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table and its figures to a file, too")


def finish(report: Report, options: argparse.Namespace) -> int:
    """Print the report; the exit code."""
    print(report.markdown)
    for line in report.missed:
        print(f"goal missed: {line}", file=sys.stderr)
    if options.json:
        kept = {"markdown": report.markdown, "date": today(), "machine": machine(), "figures": report.figures}
        options.json.write_text(json.dumps(kept), encoding="utf-8")
    return 1 if report.missed and options.check else 0


def today() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime())


def machine() -> str:
    """What it was measured on."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    versions = ", ".join(f"{name} {version(name.lower())}" for name in ("Textual", "Rich", "click", "msgspec"))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{cpu_count()} × {model}, {platform.system()}; {python}, {versions}"


# ── writing them ────────────────────────────────────────────────────────────────────────────────────────────────────


def put(text: str, name: str, made: str) -> str:
    """The text with what is made between the marks of that name. Raises ValueError where they do not stand once."""
    begin, end = f"<!-- measured: {name} -->\n", f"<!-- end: {name} -->\n"
    place = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
    if len(place.findall(text)) != 1:
        raise ValueError(f"{begin.strip()} … {end.strip()} do not stand once")
    return place.sub(lambda _: f"\n{made.strip()}\n\n", text)


def write(parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Put what the parts measured into docs/, and all that is known then into the README."""
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    page = PAGE.read_text(encoding="utf-8")
    for name, part in parts.items():
        page = put(page, name, f"{part['markdown'].strip()}\n\nMeasured on {part['date']}.")
        kept[name] = {key: part[key] for key in ("date", "machine", "figures")}
    PAGE.write_text(page, encoding="utf-8")
    FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    README.write_text(put(README.read_text(encoding="utf-8"), "beside", beside(kept)), encoding="utf-8")


def beside(kept: Mapping[str, Any]) -> str:
    """The README's table: what one would use instead, and what each takes."""
    lines = ["| what | lishu-tui | what one would use instead |", "|---|---:|---|"]
    if not kept:
        return "Not measured yet."
    figures = {name: part["figures"] for name, part in kept.items()}
    rivals = figures.get("rivals", {})
    for what, table, column, unit in (
        ("the article on the screen", "article", 0, "ms"),
        ("its next page, from the start", "article", 1, "ms"),
        ("memory then", "article", 2, "MiB"),
        ("a text of 5 MB on the screen", "large", 0, "ms"),
        ("its next page, from the start", "large", 1, "ms"),
    ):
        row = {name: cells[column] for name, cells in rivals.get(table, {}).items()}
        lines += _row(what, row, unit)
    for size, row in list(figures.get("library", {}).items())[-2:]:
        lines += _row(f"{int(size):,} documents searched for a word", row, "ms")
    for what, row in figures.get("restoration", {}).items():
        lines += _row(what, row, "", reverse=True)
    dates = {part["date"] for part in kept.values()}
    machines = " and ".join(sorted({part["machine"] for part in kept.values()}))
    when = min(dates) if len(dates) == 1 else f"{min(dates)} to {max(dates)}"
    return "\n".join([*lines, "", f"Medians; what stands in a row was run in turn, on {when}: {machines}."])


def _row(what: str, figures: Mapping[str, float], unit: str, *, reverse: bool = False) -> list[str]:
    """A row: ours, and the others from the best on."""
    if "lishu-tui" not in figures:
        return []
    others = sorted(((name, n) for name, n in figures.items() if name != "lishu-tui"), key=lambda one: one[1])
    if reverse:
        others.reverse()
    listed = ", ".join(f"{name}\u00a0{_number(figure, unit)}" for name, figure in others)
    space = f" {unit}".rstrip()
    return [f"| {what} | {_number(figures['lishu-tui'], unit)}{space} | {listed}{space if listed else ''} |"]


def _number(figure: float, unit: str) -> str:
    """Two figures are enough to compare by; counts stand as they are."""
    return f"{figure:,.0f}" if figure >= 10 or not unit else f"{figure:.1f}" if figure >= 1 else f"{figure:.2f}"
