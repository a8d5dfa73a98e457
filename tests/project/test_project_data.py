"""What can be derived is what our own code derives, and nothing committed names a machine or a registry."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DERIVED = ("restored.txt", "simplified.txt", "emendations.toml", "outline.txt")
# Joined here, so that this file may be among those searched.
MACHINE = ["/" + name for name in ("work", "tmp/venv", "root")]
HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("crates", "io"),
                  ("proxy", "golang", "org"), ("test", "pypi", "org"), ("conda", "anaconda", "org"))
]  # fmt: skip
FORBIDDEN = re.compile("|".join([*(rf"(?<![\w.]){m}(?![\w-])" for m in MACHINE), *map(re.escape, HOSTS)]).encode())


def tracked(*under: str) -> list[str]:
    run = subprocess.run(["git", "ls-files", "-z", *under], cwd=ROOT, check=True, capture_output=True)
    return [name for name in run.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def check(script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True)


def test_the_derived_files_are_what_the_script_makes_of_the_capture() -> None:
    run = check(ROOT / "scripts" / "derive.py")
    assert (run.returncode, run.stdout) == (0, "")


def test_the_codes_of_the_first_screen_are_those_that_the_reader_is_drawn_with() -> None:
    run = check(ROOT / "scripts" / "build_looks.py")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("file", DERIVED)
def test_a_derived_file_that_drifts_is_named(tmp_path: Path, file: str) -> None:
    for name in tracked("scripts/derive.py", "data/lishu"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    path = tmp_path / "data" / "lishu" / file
    path.write_bytes(path.read_bytes() + b"\n")
    run = check(tmp_path / "scripts" / "derive.py")
    assert run.returncode == 1
    assert f"data/lishu/{file}" in run.stdout + run.stderr


def test_a_decision_about_words_that_the_capture_lacks_is_told(tmp_path: Path) -> None:
    for name in tracked("scripts/derive.py", "data/lishu"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    path = tmp_path / "data" / "lishu" / "decisions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('stood = "?wù)"', 'stood = "?wu)"'), encoding="utf-8")
    run = check(tmp_path / "scripts" / "derive.py")
    assert run.returncode == 1
    wrong = "line 22: '?wu)' was decided to be '務'; the program makes nothing of it"
    assert run.stderr == f"data/lishu/decisions.toml: {wrong}; expected the two to agree\n"


def test_nothing_committed_names_a_path_of_a_machine_or_the_host_of_a_registry() -> None:
    assert [(name, word) for name in tracked() for word in FORBIDDEN.findall((ROOT / name).read_bytes())] == []


def test_the_search_for_forbidden_words_would_find_them() -> None:
    for word in (*MACHINE, *HOSTS):
        assert FORBIDDEN.search(f"see {word}/simple".encode()), word
    assert not FORBIDDEN.search(b"teamwork /workers data/root.txt ../work")


def test_text_files_end_their_lines_as_unix_does() -> None:
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:4096]:
            assert b"\r\n" not in data, name
