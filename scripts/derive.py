"""Make every file of data/lishu that follows from the capture.

    python scripts/derive.py            write them
    python scripts/derive.py --check    say which differ from what this script would write; exit 1 if any does

restored.txt and emendations.toml come from capture.txt and decisions.toml; simplified.txt from restored.txt by OpenCC,
phrase by phrase but keeping one character for one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISHU = ROOT / "data" / "lishu"
SYLLABLE = "[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüêńňǹḿ]{1,6}"
GLOSS = re.compile(rf"(?<=[㐀-鿿])\({SYLLABLE}\)")
Change = tuple[int, int, int, int, str, str]  # capture start, end, restored start, end, stood, stands


def derive(
    line: str, decisions: list[dict[str, str]], marks: dict[int, str]
) -> tuple[str, list[tuple[Change, dict[str, str]]]]:
    """One restored line, and its changes with what is said of each."""
    found: list[tuple[int, int, dict[str, str]]] = []
    for decision in decisions:
        start = line.index(decision["stood"])
        found.append((start, start + len(decision["stood"]), decision))
    for match in GLOSS.finditer(line):
        if not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), {"kind": "gloss", "certainty": "certain", "stands": ""}))
    restored, changes, at = "", [], 0
    for start, end, said in sorted(found, key=lambda f: f[0]):
        restored += line[at:start].translate(marks)
        here = len(restored)
        restored += said["stands"]
        changes.append(((start, end, here, len(restored), line[start:end], said["stands"]), said))
        at = end
    return restored + line[at:].translate(marks), changes


def toml_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def build() -> dict[Path, str]:
    """What each derived file should hold."""
    from opencc import OpenCC

    capture = (LISHU / "capture.txt").read_bytes().decode()
    decided = tomllib.loads((LISHU / "decisions.toml").read_text(encoding="utf-8"))
    rules = decided["rule"]
    marks = str.maketrans(
        {a: b for rule in rules if rule["stood"] for a, b in zip(rule["stood"], rule["stands"], strict=True)}
    )
    for d in decided["decision"]:
        times = "".join(capture.split("\n")[d["line"] - 1 : d["line"]]).count(d["stood"])
        if times != 1:
            wrong = f"{d['stood']!r} stands {times} times in line {d['line']} of capture.txt"
            raise SystemExit(f"data/lishu/decisions.toml: {wrong}; expected once")
    restored: list[str] = []
    glosses: list[str] = []
    entries: list[str] = []
    for number, line in enumerate(capture.split("\n"), 1):
        text, changes = derive(line, [d for d in decided["decision"] if d["line"] == number], marks)
        restored.append(text)
        short = []
        for (start, end, r_start, r_end, stood, stands), said in changes:
            if said["kind"] == "gloss" and said["certainty"] == "certain" and not stands:
                short.append(f"{r_start}{stood}")
                continue
            entry = [
                "[[emendation]]",
                f"line = {number}",
                f"restored = [{r_start}, {r_end}]",
                f"capture = [{start}, {end}]",
                f"stood = {toml_string(stood)}",
                f"stands = {toml_string(stands)}",
                *(f"{k} = {toml_string(said[k])}" for k in ("kind", "certainty", "bytes", "reason") if k in said),
            ]
            entries.append("\n".join(entry))
        if short:
            glosses.append(f"{number} = {toml_string(' '.join(short))}")
    head = (
        "# Made by scripts/derive.py from capture.txt and decisions.toml. Places are characters of a line, half-open."
    )
    glosses.insert(
        0, "# The glosses taken out of a line, each with the character of the restored line before which it stood."
    )
    glosses.insert(1, "[glosses]")
    ruled = [
        "\n".join(["[[rule]]", *(f"{key} = {toml_string(value)}" for key, value in rule.items())]) for rule in rules
    ]
    converter = OpenCC("t2s")
    simplified = [converter.convert(line) for line in restored]
    for number, (a, b) in enumerate(zip(restored, simplified, strict=True), 1):
        if len(a) != len(b):
            raise SystemExit(
                f"data/lishu/restored.txt: line {number}: {len(a)} characters became {len(b)}; expected one for one"
            )
    return {
        LISHU / "restored.txt": "\n".join(restored) + "\n",
        LISHU / "simplified.txt": "\n".join(simplified) + "\n",
        LISHU / "emendations.toml": head + "\n\n" + "\n\n".join([*ruled, "\n".join(glosses), *entries]) + "\n",
    }


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
