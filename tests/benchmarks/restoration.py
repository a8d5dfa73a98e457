"""How well damaged captures are restored: `python -m tests.benchmarks.restoration [CASES.tsv] [--texts FILE]`.

Printed is a Markdown table.

Two sets. The development cases, if there are any: lines of capture, restored, kind and confidence, parted by tabs (the
argument, or LISHU_CASES, or ../shared/cases/restoration.tsv). And a synthetic one: sentences that the language model
has not seen (tests/cases/restore-sentences.txt, or the lines of FILE, in simplified script), converted, and damaged by
the forward model with gloss lists of 10 to 400 characters. What counts as exact takes ，：；（）？！ and ASCII forms as
alike. For scale: doing nothing, a regular expression that strips readings, and ftfy where it is installed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from lishu_tui.restore import Model, damage, restore
from lishu_tui.restore.damage import FOLDED, MARKS, alike
from lishu_tui.restore.language import readings, scripts
from tests.benchmarks.tables import Report, arguments, finish, machine

HERE = Path(__file__).resolve()
SENTENCES = HERE.parents[1] / "cases" / "restore-sentences.txt"
CASES = HERE.parents[3] / "shared" / "cases" / "restoration.tsv"
LISTS = (10, 20, 40, 80, 150, 400)
STRIP = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]{1,6} ?\)")


class Case(NamedTuple):
    capture: str
    restored: str
    kind: str


def developed(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            capture, restored, kind, confidence = line.replace("\\n", "\n").split("\t")
            yield Case(capture, restored, kind if confidence == "high" else f"{kind} ({confidence})")


def synthetic(path: Path, seed: int = 20) -> Iterator[Case]:
    """Each sentence three times, each time with another list and other cuts, if that changes it."""
    chance = random.Random(seed)
    shown, sounds = scripts().shown, readings()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    converted = ["".join(shown.get(c, c) for c in line) for line in lines]
    near = sorted({c for line in converted for c in line if c in sounds})
    far = sorted(sounds)
    for text in converted:
        yield Case(text, text, "clean")
        for _ in range(3):
            size = chance.choice(LISTS)
            listed = {*chance.sample(near, min(size, len(near))), *(chance.sample(far, size) if size > 100 else ())}
            glosses = tuple(
                (c, min(sorted(sounds[c]), key=len)) for c in sorted(sorted(listed), key=lambda _: chance.random())
            )
            folds = chance.choice((FOLDED, FOLDED, ""))
            capture = damage(text, Model(glosses, chance.choice((MARKS, MARKS, "，。！？；：", "，")), folds))
            plain = damage(text, Model((), "", folds))
            if capture != plain:
                stripped = capture
                for character, reading in glosses:
                    stripped = stripped.replace(f"{character}({reading})", character)
                yield Case(capture, text, "glosses only" if stripped == plain else "shifted")


def distance(a: str, b: str) -> int:
    """Characters to change, add or take away to make `b` of `a`."""
    row = list(range(len(b) + 1))
    for n, x in enumerate(a, 1):
        last, row[0] = row[0], n
        for m, y in enumerate(b, 1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (x != y))
    return row[-1]


def ways() -> Iterator[tuple[str, Callable[[str], str]]]:
    yield "lishu-tui", lambda text: restore(text).text
    yield "nothing", lambda text: text
    yield "a regular expression", lambda text: STRIP.sub("", text)
    try:
        yield f"ftfy {version('ftfy')}", importlib.import_module("ftfy").fix_text
    except ImportError:
        return


class Result(NamedTuple):
    """How a way did with a set: the passages restored exactly, and all, by kind; seconds; characters left wrong."""

    exact: dict[str, tuple[int, int]]
    seconds: float
    errors: float


def tried(work: Callable[[str], str], cases: list[Case]) -> Result:
    start = time.perf_counter()
    made = [work(case.capture) for case in cases]
    took = time.perf_counter() - start
    wrong = characters = 0
    exact: dict[str, tuple[int, int]] = {}
    for case, text in zip(cases, made, strict=True):
        good = alike(text) == alike(case.restored)
        right, of = exact.get(case.kind, (0, 0))
        exact[case.kind] = right + good, of + 1
        wrong += 0 if good else distance(alike(text), alike(case.restored))
        characters += len(case.restored)
    return Result(dict(sorted(exact.items())), took, wrong / characters)


def rows(results: dict[str, Result]) -> Iterator[str]:
    for name, result in results.items():
        kinds = ", ".join(f"{kind} {right} / {of}" for kind, (right, of) in result.exact.items())
        yield f"| {name} | {kinds} | {result.errors:.2%} | {result.seconds:.1f} s |"


def exactly(results: dict[str, Result]) -> dict[str, dict[str, int]]:
    """For the README: passages that were sound, and left so; passages that were damaged, and restored exactly."""
    found: dict[str, dict[str, int]] = {}
    for name, result in results.items():
        for sound, what in ((False, "damaged passages, restored exactly"), (True, "sound passages, left as they are")):
            some = [both for kind, both in result.exact.items() if (kind == "clean") is sound]
            row = found.setdefault(f"of {sum(of for _, of in some)} {what}", {})
            row[name.partition(" ")[0] if name.startswith("ftfy") else name] = sum(right for right, _ in some)
    return {what: {name: n for name, n in row.items() if name != "nothing"} for what, row in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=Path(os.environ.get("LISHU_CASES", CASES)))
    parser.add_argument("--texts", type=Path, default=SENTENCES)
    parser.add_argument("--passages", type=int, help="at most so many of each set, taken evenly")
    arguments(parser)
    chosen = parser.parse_args()
    sets = {"made by the damage": list(synthetic(chosen.texts))}
    if chosen.cases.is_file():
        sets["development cases"] = list(developed(chosen.cases))
    lines: list[str] = []
    figures: dict[str, dict[str, int]] = {}
    for title, cases in sets.items():
        some = cases[:: max(len(cases) // chosen.passages, 1)] if chosen.passages else cases
        results = {name: tried(work, some) for name, work in ways()}
        head = "way | restored exactly, by kind of passage | characters wrong | time"
        lines += [f"{len(some)} passages, {title}:", "", f"| {head} |", "|---|---|---:|---:|", *rows(results), ""]
        figures = figures or exactly(results)
    lines += [f"On {machine()}."]
    if not any("ftfy" in line for line in lines):
        lines[-1] += " ftfy is not here, and so not measured."
    return finish(Report("\n".join(lines), figures, []), chosen)


if __name__ == "__main__":
    sys.exit(main())
