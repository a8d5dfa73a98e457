"""All the measurements, one after another: what the README's tables come from.

    python -m tests.benchmarks [--quick] [--check]

Each part can be run by itself (`python -m tests.benchmarks.reader`, …) and says more with `--help`. They compare within
one run, in turn, and report medians and ratios; rivals that are not installed are named and left out. `--quick` is the
cheap part that also runs in continuous integration, as a report; with `--check` the exit code is 1 where a goal is
missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

PARTS: tuple[tuple[str, str, list[str], list[str] | None], ...] = (
    ("The reader", "reader", [], ["--runs", "5"]),
    ("Beside what one would use instead", "rivals", [], ["--runs", "2"]),
    ("Large documents", "scale", [], None),
    ("The library", "library", [], ["--documents", "1000"]),
    ("Restoration", "restoration", [], []),
)
"""Heading, module, arguments, and those of the quick form (None: no part of it)."""
CHECKED = ("reader",)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only what takes a minute or two")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    options = parser.parse_args()
    worst = 0
    for heading, module, whole, quick in PARTS:
        arguments = quick if options.quick else whole
        if arguments is None:
            continue
        if options.check and module in CHECKED:
            arguments = [*arguments, "--check"]
        print(f"\n## {heading}\n", flush=True)
        run = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{module}", *arguments], check=False)
        worst = max(worst, run.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
