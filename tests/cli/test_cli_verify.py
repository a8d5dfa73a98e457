"""`verify` on copies of the edition in which one character is another, and `apparatus` for a person or a pipe."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lishu_tui.cli import checks, sums
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Edition, load_edition
from lishu_tui.edition.places import BUNDLED, data_root
from lishu_tui.export.apparatus import is_plain
from lishu_tui.typeset import cells

EDITION = load_edition()
FOLDER = Path(str(data_root())) / BUNDLED
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name[0] != ".")
TRIES = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / BUNDLED)
    return tmp_path / BUNDLED


def change(path: Path, at: int, to: str) -> None:
    text = path.read_bytes().decode()
    assert text[at : at + 1] != to
    path.write_bytes((text[:at] + to + text[at + 1 :]).encode())


@pytest.mark.smoke
def test_the_bundled_edition(call: Any) -> None:
    printed = call("verify")
    assert (printed.code, printed.err) == (0, "")
    *lines, total = printed.out.splitlines()
    assert total == "4328 characters, 0 unexplained"
    assert all(line.startswith("ok ") for line in lines)
    assert [line.split()[1] for line in lines] == [
        "capture", "loading", "replay", "simplified", "spans", "damage", "files",
    ]  # fmt: skip
    assert call("verify", "lishu") == printed


@pytest.mark.parametrize("file", FILES)
def test_one_character_of_any_file_changed_is_noticed(call: Any, is_one_line: Any, folder: Path, file: str) -> None:
    chance = random.Random(file)
    original = (FOLDER / file).read_bytes()
    text = original.decode()
    for at in [0, len(text) - 1, *(chance.randrange(len(text)) for _ in range(TRIES))]:
        change(folder / file, at, chance.choice([c for c in '的a1?國"\n ' if c != text[at]]))
        printed = call("verify", "--folder", str(folder))
        assert printed.code == ExitCode.NEGATIVE, (file, at)
        assert is_one_line(printed.err), (file, at)
        assert printed.err.startswith("lishu-tui: lishu"), (file, at)
        assert f"data/lishu/{file}: " in printed.err, (file, at)
        assert "; expected " in printed.err, (file, at)
        (folder / file).write_bytes(original)
    assert call("verify", "--folder", str(folder)).code == 0


@pytest.mark.parametrize(
    ("file", "stood", "stands", "says"),
    [
        (
            "capture.txt", "高于天", "高於天",
            "/strict-readiness/0: data/lishu/capture.txt: line 3, character 17: '於天'; "
            "expected '于天', as the damage run forward gives it",
        ),
        (
            "restored.txt", "群眾生命高于天", "群眾生命高於天",
            "/strict-readiness/0: data/lishu/restored.txt: line 3, character 12: '於天'; "
            "expected '于天', as emendations.toml makes it of capture.txt",
        ),
        (
            "simplified.txt", "严阵以待", "严真以待",
            "/strict-readiness/0:1-2: data/lishu/simplified.txt: line 3, character 1: '真'; expected '阵', for '陣'",
        ),
        (
            "emendations.toml", "戰zhàn", "戰zhān",
            "/opening/1: data/lishu/emendations.toml: line 1, character 28 of the capture: "
            "the damage run forward gives 'ān)爭。'; expected 'àn)爭。', as was captured",
        ),
        ("emendations.toml", "磨刀石 is", "磨刀石 was", "/party-leadership/1: data/lishu/emendations.toml: line "),
        ("emendations.toml", "1(yán)", "1(yan)", "/strict-readiness/0: data/lishu/emendations.toml: "),
        ("statistics.toml", 'quote = "11個', 'quote = "12個', "/strict-readiness/1:"),
        ("names.toml", 'name = "紀海"', 'name = "紀河"', "/party-leadership/2:11-13: data/lishu/names.toml: name "),
        ("edition.toml", 'sha256 = "b', 'sha256 = "c', ": data/lishu/edition.toml: line "),
    ],
)  # fmt: skip
def test_what_is_said(call: Any, folder: Path, file: str, stood: str, stands: str, says: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert stood in text
    (folder / file).write_text(text.replace(stood, stands, 1), encoding="utf-8")
    printed = call("verify", "--folder", str(folder))
    assert printed.code == ExitCode.NEGATIVE
    assert f"lishu-tui: lishu{says}" in printed.err


def test_the_changed_characters_are_counted(call: Any, folder: Path) -> None:
    path = folder / "capture.txt"
    path.write_bytes(EDITION.capture.decode().replace("生命", "性命").encode())
    count = EDITION.capture.decode().count("生命")
    printed = call("verify", "--folder", str(folder))
    assert printed.out.endswith(f"\n4328 characters, {count} unexplained\n")
    assert "NOT OK  damage" in printed.out
    found = json.loads(call("verify", "--folder", str(folder), "--json").out)
    assert (found["ok"], found["unexplained"]) == (False, count)
    assert {f["file"] for f in found["findings"]} == {"data/lishu/capture.txt"}
    assert call("verify", "--folder", str(folder), "--json").err == ""


@pytest.mark.parametrize("file", FILES)
def test_bytes_that_are_no_text_are_noticed(call: Any, is_one_line: Any, folder: Path, file: str) -> None:
    original = (FOLDER / file).read_bytes()
    for data in (
        b"",
        b"\xff" + original[1:],
        original[:-1] + b"\xff",
        original + b"\x00",
        original.replace(b"\n", b"\r\n"),
    ):
        (folder / file).write_bytes(data)
        printed = call("verify", "--folder", str(folder))
        assert (printed.code, is_one_line(printed.err)) == (ExitCode.NEGATIVE, True)
        assert file in printed.err


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing(call: Any, is_one_line: Any, folder: Path, file: str) -> None:
    (folder / file).unlink()
    printed = call("verify", "--folder", str(folder))
    assert (printed.code, is_one_line(printed.err)) == (ExitCode.NEGATIVE, True)
    assert file in printed.err


def test_a_file_that_nobody_knows(call: Any, folder: Path) -> None:
    (folder / ".DS_Store").write_text("x")
    assert call("verify", "--folder", str(folder)).code == 0
    (folder / "more.txt").write_text("x")
    assert "more.txt: is not named in SHA256SUMS" in call("verify", "--folder", str(folder)).err


def test_a_folder_that_is_not_there(call: Any, is_one_line: Any, tmp_path: Path) -> None:
    printed = call("verify", "--folder", str(tmp_path / "nowhere"))
    assert (printed.code, printed.out, is_one_line(printed.err)) == (ExitCode.IO, "", True)


def test_the_sums_are_those_of_the_files() -> None:
    files = {
        path.name: path.read_bytes() for path in FOLDER.iterdir() if path.name[0] != "." and path.name != sums.FILE
    }
    assert (FOLDER / sums.FILE).read_text(encoding="utf-8") == sums.sums(files)
    assert [*sums.changed(files, sums.sums(files))] == []


@pytest.mark.parametrize(
    ("part", "check"),
    [
        ({"rules": ()}, "replay"),
        ({"emendations": EDITION.emendations[1:]}, "replay"),
        ({"readings": {**EDITION.readings, "restored": EDITION.readings["restored"][::-1]}}, "spans"),
        ({"readings": {**EDITION.readings, "simplified": EDITION.readings["restored"][::-1]}}, "simplified"),
        ({"damage": None}, "damage"),
    ],
)
def test_each_check_stands_for_itself(monkeypatch: pytest.MonkeyPatch, part: dict[str, Any], check: str) -> None:
    """The loader would refuse most of this; the checks do not rely on it."""
    edition = msgspec.structs.replace(EDITION, **part)
    if check == "simplified":
        simplified = tuple("的" * len(line) for line in EDITION.readings["restored"])
        edition = msgspec.structs.replace(EDITION, readings={**EDITION.readings, "simplified": simplified})
    monkeypatch.setattr(checks, "load_edition", lambda folder: edition)
    if check == "spans":
        monkeypatch.setattr(checks._Verifier, "simplified_check", lambda self, e: checks.Check("simplified", "", ()))
    report = checks.verify(data_root() / BUNDLED)
    assert check in {c.name for c in report.checks if c.found}


# The apparatus.


def test_the_apparatus_for_a_pipe(call: Any) -> None:
    printed = call("apparatus")
    assert (printed.code, printed.err) == (0, "")
    lines = printed.out.splitlines()
    heads = [line for line in lines if line and line[0] != " "]
    assert heads[:3] == ["Rules  通例", "Places  異文", "Glosses taken out  刪去注音"]
    assert lines[1] == "  ， ： ； （ ） ] , : ; ( )  punctuation  142 places"
    assert any(line.startswith("  lishu/party-leadership/0:12-13  擔 ] ?lián)  ? chosen among 13, ") for line in lines)
    assert any(line.startswith("  戰 ] 戰(zhàn)  =  22 places  opening/1:24, opening/2:81 88 119, ") for line in lines)
    cruces = [e for e in EDITION.emendations if not is_plain(e)]
    assert sum(line.startswith("  lishu/") for line in lines) == len(cruces)
    for e in cruces:
        assert f"{EDITION.address(e.span)}  {e.stands} ] {e.stood}  " in printed.out
    assert lines[-1].startswith(f"{len(EDITION.emendations)} emendations: ")
    assert lines[-1].endswith("; consistent with the capture")


def test_the_apparatus_on_a_terminal(call: Any, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (40, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = call("apparatus").out.splitlines()
        assert all(cells(line) <= columns for line in lines)
        assert all(line == line.rstrip() for line in lines)
        assert "戰 ] 戰(zhàn)" in "".join(lines)


def test_the_apparatus_as_csv(call: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(call("apparatus", "--csv").out)))
    assert [*rows[0]] == [
        "address", "class", "certainty", "stood", "stands", "capture_start", "capture_end", "candidates", "runner_up",
        "margin", "bytes", "reason", "consistent",
    ]  # fmt: skip
    assert [row["address"] for row in rows] == [str(EDITION.address(e.span)) for e in EDITION.emendations]
    assert [row["stood"] for row in rows] == [e.stood for e in EDITION.emendations]


def test_an_apparatus_of_nothing(call: Any) -> None:
    assert call("apparatus", "--class", "false-mark") == (0, "0 emendations\n", "")
    assert call("apparatus", "--class", "false-mark", "--csv").out.count("\n") == 1
    only = call("apparatus", "--class", "punctuation").out
    assert only.startswith("Rules  通例\n")
    assert "emendations" not in only


def hostile_edition() -> Edition:
    hostile = "[red]x[/b] \x1b[31m\u202e=1"
    emendations = tuple(
        msgspec.structs.replace(e, stood=hostile, reason=hostile, bytes=hostile) for e in EDITION.emendations
    )
    rules = tuple(msgspec.structs.replace(r, stood="", stands=hostile, reason=hostile) for r in EDITION.rules)
    return msgspec.structs.replace(EDITION, emendations=emendations, rules=rules)


def test_hostile_words_in_the_apparatus(call: Any, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr("lishu_tui.cli.apparatus.load", lambda *_: hostile_edition())
    for args in ([], ["--csv"], ["--json"]):
        out = call("apparatus", *args).out
        assert out.replace("\n", "").isprintable()
        assert "[red]x[/b] " in out
    with monkeypatch.context() as piped:
        piped.setattr("lishu_tui.cli.output.is_terminal", lambda stream: False)
        assert call("apparatus").out.replace("\n", "").isprintable()
