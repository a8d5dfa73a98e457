"""Make every file of data/lishu that follows from the capture.

    python scripts/derive.py            write them
    python scripts/derive.py --check    say which differ from what this script would write; exit 1 if any does

restored.txt and emendations.toml are what the restore room makes of capture.txt, with the decisions of decisions.toml:
a remark, or what a person confirmed, each with its reason. simplified.txt is made from restored.txt by OpenCC, phrase
by phrase but keeping one character for one. outline.txt is what the first screen shows beside the text, and ready.json
what a plain question needs of the edition once it was found to be sound. SHA256SUMS is
taken of every other file of the folder, those that a person writes included: run this after changing one.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lishu_tui.cli.sums import FILE, sums  # noqa: E402 - a checkout need not be installed
from lishu_tui.edition import Edition, ready  # noqa: E402
from lishu_tui.edition.load import load_edition  # noqa: E402
from lishu_tui.first.outline import FILE as OUTLINE  # noqa: E402
from lishu_tui.first.outline import written  # noqa: E402
from lishu_tui.restore import Emendation, Restoration, restore, rows  # noqa: E402

LISHU = ROOT / "data" / "lishu"
SUMS = LISHU / FILE
HEAD = """\
# Made by scripts/derive.py: what the restore room makes of capture.txt, with the decisions of decisions.toml.
# Places are characters of a line, half-open."""
GLOSS_HEAD = "# The glosses taken out of a line, each with the character of the restored line before which it stood."


class Drift(SystemExit):
    """The program and a decision of a person no longer agree."""


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


def table(name: str, values: dict[str, object]) -> str:
    return "\n".join([name, *(f"{key} = {toml(value)}" for key, value in values.items() if value is not None)])


def plain(e: Emendation) -> bool:
    """Whether an emendation is a gloss taken out, and no more to say of it."""
    return e.kind == "gloss" and e.certainty == "certain" and not e.stands and e.consistent


def decided(capture: str, done: Restoration, decisions: list[dict[str, Any]]) -> tuple[dict[int, str], str]:
    """The reasons that decisions add to emendations, by place in the capture, and the restored text.

    A decision names a line, what stood and what stands there by the judgement of a person. Where the program has come
    to something else since, that is for the person to look at again.
    """
    reasons: dict[int, str] = {}
    lines = capture.split("\n")
    for decision in decisions:
        begins = sum(len(line) + 1 for line in lines[: decision["line"] - 1])
        line = range(begins, begins + len(lines[decision["line"] - 1]))
        found = next((e for e in done.emendations if e.start in line and e.stood == decision["stood"]), None)
        if found is None or found.stands != decision["stands"]:
            stands = "nothing" if found is None else repr(found.stands)
            raise Drift(
                f"data/lishu/decisions.toml: line {decision['line']}: {decision['stood']!r} was decided to be "
                f"{decision['stands']!r}; the program makes {stands} of it; expected the two to agree"
            )
        reasons[found.start] = f"{found.reason} {decision['reason']}"
    return reasons, done.text


def apparatus(capture: str, done: Restoration, rules: list[dict[str, Any]], reasons: dict[int, str]) -> str:
    """emendations.toml."""
    glosses: dict[int, list[str]] = {}
    entries: list[str] = []
    for line, start, restored, e in rows(capture, done.emendations):
        if plain(e) and e.start not in reasons:
            glosses.setdefault(line, []).append(f"{restored}{e.stood}")
            continue
        values: dict[str, object] = {
            "line": line,
            "restored": [restored, restored + len(e.stands)],
            "capture": [start, start + len(e.stood)],
            "stood": e.stood,
            "stands": e.stands,
            "kind": e.kind,
            "certainty": e.certainty,
            "candidates": e.candidates if e.candidates > 1 else None,
            "runner_up": e.runner_up,
            "margin": e.margin,
            "bytes": e.bytes,
            "reason": reasons.get(e.start, e.reason),
            "consistent": None if e.consistent else False,
        }
        entries.append(table("[[emendation]]", values))
    model = done.model
    known = " ".join(character + reading for character, reading in model.glosses)
    made = [
        table("[[rule]]", {"kind": x.kind, "stood": x.stood, "stands": x.stands, "reason": x.reason})
        for x in done.rules
    ]
    return (
        "\n\n".join(
            [
                HEAD,
                table("[damage]", {"glosses": known, "cuts": model.cuts, "folds": model.folds}),
                *made,
                *(table("[[rule]]", rule) for rule in rules),
                "\n".join([GLOSS_HEAD, "[glosses]", *(f"{line} = {toml(' '.join(g))}" for line, g in glosses.items())]),
                *entries,
                "",
            ]
        ).rstrip("\n")
        + "\n"
    )


def simplify(restored: str) -> str:
    from opencc import OpenCC

    converter = OpenCC("t2s")
    simplified = [converter.convert(line) for line in restored.split("\n")]
    for number, (a, b) in enumerate(zip(restored.split("\n"), simplified, strict=True), 1):
        if len(a) != len(b):
            wrong = f"{len(a)} characters became {len(b)}"
            raise Drift(f"data/lishu/restored.txt: line {number}: {wrong}; expected one for one")
    return "\n".join(simplified)


def loaded(files: dict[str, bytes]) -> Edition:
    """The edition as it will be loaded of these files."""
    with TemporaryDirectory() as temporary:
        copy = Path(temporary) / LISHU.name
        copy.mkdir()
        for name, data in files.items():
            (copy / name).write_bytes(data)
        return load_edition(copy)


def folder(made: dict[Path, str]) -> dict[str, bytes]:
    """Every file of the folder but its sums, as it will be: those that a person writes as they are."""
    kept = {path: path.read_bytes() for path in LISHU.iterdir() if path.is_file() and path.name[0] != "."}
    files = {**kept, **{path: text.encode() for path, text in made.items()}}
    return {path.name: data for path, data in files.items() if path != SUMS}


def build() -> dict[Path, str]:
    """What each derived file should hold."""
    capture = (LISHU / "capture.txt").read_bytes().decode()
    decisions = tomllib.loads((LISHU / "decisions.toml").read_text(encoding="utf-8"))
    done = restore(capture)
    reasons, restored = decided(capture, done, decisions["decision"])
    made = {
        LISHU / "restored.txt": restored + "\n",
        LISHU / "simplified.txt": simplify(restored) + "\n",
        LISHU / "emendations.toml": apparatus(capture, done, decisions["rule"], reasons),
    }
    files = folder(made)
    edition = loaded(files)
    made[LISHU / OUTLINE] = written(edition)
    made[LISHU / ready.FILE] = ready.written(edition, files)
    return {**made, SUMS: sums(folder(made))}


def main() -> int:
    differ = 0
    for path, text in build().items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.relative_to(ROOT)}: is not what scripts/derive.py makes of capture.txt")
            differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main())
