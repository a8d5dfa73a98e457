"""All the measurements, one after another: what the README's table and docs/benchmarks.md come from.

    python -m tests.benchmarks [--quick] [--only PART …] [--folder DIR] [--check] [--write]

Each part can be run by itself (`python -m tests.benchmarks.reader`, …) and says more with `--help`. They compare within
one run, in turn, and report medians and ratios; rivals are looked for on the PATH, and those that are not installed are
named and left out. `--write` puts what was measured into README.md and docs/; the libraries of the library's part take
some minutes to make, and with `--folder` are made only once. `--quick` is the cheap part that also runs in continuous
integration, as a report: no time that is missed ends it, a part that fails does. With `--check` the exit code is 1
where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.benchmarks.tables import write


class Part(NamedTuple):
    """A module; its arguments, those of the quick form, and whether it can be checked by its exit code."""

    heading: str
    whole: tuple[str, ...]
    quick: tuple[str, ...]
    checked: bool = False


PARTS = {
    "reader": Part("The reader", ("--runs", "9"), ("--runs", "1", "--presses", "6"), True),
    "rivals": Part("Beside what one would use instead", ("--runs", "5"), ("--runs", "1", "--runs-large", "0")),
    "scale": Part("Large documents", ("--runs", "5"), ("--runs", "1", "--sizes", "5")),
    "library": Part("The library", (), ("--documents", "300", "--queries", "10", "--alone", "100")),
    "restoration": Part("Restoration", (), ("--passages", "25")),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only what takes half a minute")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    parser.add_argument("--folder", type=Path, help="where the libraries are kept (else they are not)")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md and docs/")
    options = parser.parse_args()
    if options.quick and options.write:
        parser.error("what is measured quickly is not for the README")
    measured: dict[str, dict[str, Any]] = {}
    worst = 0
    with TemporaryDirectory() as folder:
        for name in options.only:
            part, file = PARTS[name], Path(folder, f"{name}.json")
            command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--json", str(file)]
            command += part.quick if options.quick else part.whole
            command += ["--check"] if options.check and part.checked else []
            command += ["--folder", str(options.folder)] if options.folder and name == "library" else []
            print(f"\n## {part.heading}\n", flush=True)
            begun = time.perf_counter()
            worst = max(worst, abs(subprocess.run(command, check=False).returncode))
            print(f"({name}: {time.perf_counter() - begun:.0f} s)", file=sys.stderr, flush=True)
            if file.exists():
                measured[name] = json.loads(file.read_text(encoding="utf-8"))
    if options.write:
        write(measured)
    return worst


if __name__ == "__main__":
    sys.exit(main())
