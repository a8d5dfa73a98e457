"""How well damaged captures are restored: `python -m tests.benchmarks.restoration [CASES.tsv] [--texts FILE]`.

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
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lishu_tui.restore import Model, damage, restore
from lishu_tui.restore.damage import FOLDED, MARKS, alike
from lishu_tui.restore.language import readings, scripts

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
    yield "restore", lambda text: restore(text).text
    yield "nothing", lambda text: text
    yield "regex", lambda text: STRIP.sub("", text)
    try:
        yield "ftfy", importlib.import_module("ftfy").fix_text
    except ImportError:
        return


def report(title: str, cases: list[Case]) -> None:
    print(f"{title}: {len(cases)} passages")
    for name, work in ways():
        start = time.perf_counter()
        made = [work(case.capture) for case in cases]
        took = time.perf_counter() - start
        wrong = characters = 0
        by_kind: dict[str, list[int]] = {}
        for case, text in zip(cases, made, strict=True):
            exact = alike(text) == alike(case.restored)
            by_kind.setdefault(case.kind, []).append(exact)
            wrong += 0 if exact else distance(alike(text), alike(case.restored))
            characters += len(case.restored)
        kinds = "  ".join(f"{kind} {sum(good)}/{len(good)}" for kind, good in sorted(by_kind.items()))
        print(f"  {name:8} {took:6.1f} s  character errors {wrong / characters:7.2%}  exact: {kinds}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=Path(os.environ.get("LISHU_CASES", CASES)))
    parser.add_argument("--texts", type=Path, default=SENTENCES)
    chosen = parser.parse_args()
    if chosen.cases.is_file():
        report("development cases", list(developed(chosen.cases)))
    report("synthetic", list(synthetic(chosen.texts)))


if __name__ == "__main__":
    main()
