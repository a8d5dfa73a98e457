"""`notes` on the command line: added, listed, taken out, written out and taken back; and house moved with them."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.cli import files
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import load_edition

EDITION = load_edition()
DIGEST = EDITION.source.sha256[:8]
PLACE = "lishu/closing/1:0-12"
WORDS = "有一座城，叫眾志成城。有"
SPRING = "春天來了\n\n農民們都到地里去干活，學校里的孩子們也在院子里種樹。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "lishu-tui" / "library.db"


@pytest.fixture
def spring(call: Any, tmp_path: Path) -> str:
    """The id of a document of one's own."""
    (tmp_path / "spring.txt").write_text(SPRING)
    return json.loads(call("import", "--json", str(tmp_path / "spring.txt")).out)["id"]


def added(call: Any, *args: str) -> str:
    printed = call("notes", "add", *args)
    assert (printed.code, printed.err) == (ExitCode.OK, "")
    word, id, _ = printed.out.rstrip("\n").split("\t")
    assert word == "added"
    return id


def listed(call: Any, *args: str) -> list[dict[str, Any]]:
    printed = call("notes", "list", "--json", *args)
    assert (printed.code, printed.err) == (ExitCode.OK, "")
    found = json.loads(printed.out)
    assert found["total"] == len(found["notes"])
    return found["notes"]


def test_a_note_is_added_listed_and_removed(call: Any, file: Path) -> None:
    assert call("notes", "list") == (ExitCode.OK, "", "")
    assert listed(call, "lishu") == []
    assert not file.exists()
    id = added(call, PLACE, "再查", "--tag", "要點", "--tag", "城")
    (note,) = listed(call)
    assert (note["id"], note["address"], note["status"], note["quote"]) == (id, PLACE, "same", WORDS)
    assert (note["text"], note["tags"], note["document"]) == ("再查", ["要點", "城"], "lishu")
    head, row = (line.split("\t") for line in call("notes", "list").out.splitlines())
    assert dict(zip(head, row, strict=True)) == {
        "id": id, "address": PLACE, "words are": "same", "words": WORDS, "note": "再查", "tags": "要點, 城",
    }  # fmt: skip
    removed = call("notes", "remove", id)
    assert (removed.code, removed.out) == (ExitCode.OK, f"removed\t{id}\t{PLACE}\t{WORDS}: 再查\n")
    assert listed(call) == []


def test_json_of_what_is_added_and_removed(call: Any) -> None:
    note = json.loads(call("notes", "add", "lishu/closing", "--json").out)
    assert note["quote"].count("\n") == len(EDITION.body(EDITION.section("closing"))) - 1
    gone = json.loads(call("notes", "remove", note["id"], "--json").out)
    assert gone["removed"][0]["address"] == note["address"]


def test_lists_are_narrowed(call: Any, spring: str) -> None:
    a, b = added(call, PLACE, "城市", "--tag", "一"), added(call, f"{spring}/text/1:0-3", "農事", "--tag", "二")
    c = added(call, "lishu/opening/1")
    assert [note["id"] for note in listed(call)] == [c, a, b]
    assert [note["id"] for note in listed(call, spring)] == [b]
    assert [note["id"] for note in listed(call, "--tag", "一")] == [a]
    assert [note["id"] for note in listed(call, "--filter", "农事")] == [b]
    assert [note["id"] for note in listed(call, "lishu", "--filter", "农事")] == []


def test_a_note_stays_where_its_document_goes(call: Any, spring: str, tmp_path: Path) -> None:
    id = added(call, f"{spring}/text/1:0-3", "農事")
    assert call("remove", spring).code == ExitCode.OK
    (note,) = listed(call, spring)
    assert (note["id"], note["status"], note["quote"]) == (id, "no document", "春天來")
    assert call("check").code == ExitCode.OK
    assert call("import", str(tmp_path / "spring.txt")).code == ExitCode.OK
    assert listed(call, spring)[0]["status"] == "same"


def test_an_address_may_say_of_which_capture_it_is(call: Any, is_one_line: Any) -> None:
    added(call, f"{PLACE}@{DIGEST}")
    printed = call("notes", "add", f"{PLACE}@12345678")
    assert (printed.code, printed.out) == (ExitCode.USAGE, "")
    assert "is of another capture" in printed.err
    assert is_one_line(printed.err)


def test_a_note_from_standard_input(call: Any, monkeypatch: pytest.MonkeyPatch, is_one_line: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("兩\n行\n".encode())))
    added(call, PLACE, "-")
    assert listed(call)[0]["text"] == "兩\n行"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    printed = call("notes", "add", PLACE, "-")
    assert printed.code == ExitCode.USAGE
    assert is_one_line(printed.err)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "Missing command"),
        (["add"], "ADDRESS"),
        (["add", "nowhere/x"], "no such document"),
        (["add", "lishu/nope"], "no such section"),
        (["add", "Lishu!"], "is not an address"),
        (["add", PLACE, "x" * 100_001], "too long"),
        (["remove"], "ID"),
        (["remove", "nope"], "no such note"),
        (["list", "nowhere"], "no such document"),
        (["export"], "--format"),
        (["export", "--format", "nope"], "nope"),
        (["export", "--format", "md", "--out", ""], "is empty"),
        (["export", "--format", "md", "--out", "/"], "is a folder"),
        (["import", "/nowhere/at/all"], "no such file"),
        (["import", __file__], "is not JSON"),
    ],
)
def test_wrong_usage_is_one_line(call: Any, is_one_line: Any, args: list[str], says: str, file: Path) -> None:
    printed = call("notes", *args)
    assert printed.code in (ExitCode.USAGE, ExitCode.IO)
    assert printed.out == ""
    assert is_one_line(printed.err)
    assert says in printed.err
    assert call("notes", "list").out == ""


def test_all_are_removed_or_none(call: Any) -> None:
    id = added(call, PLACE)
    assert call("notes", "remove", id, "nope").code == ExitCode.USAGE
    assert len(listed(call)) == 1


def test_notes_are_written_out_and_come_back(call: Any, spring: str, tmp_path: Path) -> None:
    added(call, PLACE, "=1+1", "--tag", "一")
    added(call, f"{spring}/text/1:0-3", "\x1b[31m紅")
    out = tmp_path / "notes.json"
    assert call("notes", "export", "--format", "w3c", "--out", str(out)) == (ExitCode.OK, "", "")
    assert call("notes", "export", "--format", "w3c").out == out.read_text()
    assert call("notes", "import", str(out)).out == "notes: 2 known\n"
    other = ("--library", str(tmp_path / "other.db"))
    printed = call(*other, "notes", "import", str(out))
    assert (printed.code, printed.out) == (ExitCode.OK, "notes: 2 added; the words of 1 are not found\n")
    lines = [json.loads(line) for line in call(*other, "notes", "import", "--json", str(out)).out.splitlines()]
    assert [line["status"] for line in lines] == ["known", "known"]
    assert call("notes", "export", "--format", "md", "lishu").out.startswith("# Notes\n")
    rows = list(csv.DictReader(io.StringIO(call("notes", "export", "--format", "csv").out)))
    assert {row["text"] for row in rows} == {"'=1+1", "␛[31m紅"}
    for form in ("md", "jsonl", "csv", "w3c"):
        assert "\x1b" not in call("notes", "export", "--format", form).out
        assert "\x1b" not in call("notes", "list").out
    lines = call("notes", "export", "--format", "jsonl", "--tag", "一").out.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["=1+1"]


def test_an_annotation_that_cannot_be_taken_is_named(call: Any, tmp_path: Path, is_one_line: Any) -> None:
    page = tmp_path / "a.json"
    page.write_text(
        json.dumps([{"uri": "https://nowhere.cn/", "text": "x", "target": [{"source": "https://nowhere.cn/"}]}])
    )
    printed = call("notes", "import", str(page))
    assert (printed.code, printed.out) == (ExitCode.NEGATIVE, "notes: 1 failed\n")
    assert is_one_line(printed.err)
    (line,) = call("notes", "import", "--json", str(page)).out.splitlines()
    assert json.loads(line)["status"] == "failed"


def test_the_library_is_not_written_over(call: Any, file: Path) -> None:
    added(call, PLACE)
    printed = call("notes", "export", "--format", "md", "--out", str(file))
    assert printed.code == ExitCode.USAGE
    assert "is the library" in printed.err
    link = file.with_name("link.db")
    os.link(file, link)
    assert call("notes", "export", "--format", "md", "--out", str(link)).code == ExitCode.USAGE
    assert len(listed(call)) == 1


def test_notes_move_house(call: Any, spring: str, tmp_path: Path) -> None:
    added(call, PLACE, "一")
    added(call, f"{spring}/text/1:0-3", "二")
    moved, other = str(tmp_path / "moved.db"), ("--library", str(tmp_path / "other.db"))
    assert call("export-library", moved).out == f"1 document, 2 notes in {moved}\n"
    printed = call(*other, "import-library", moved)
    assert (printed.code, printed.err) == (ExitCode.OK, "")
    assert printed.out.endswith("\nnotes: 2 added\n")
    assert call(*other, "import-library", moved).out.endswith("\nnotes: 2 known\n")
    lines = [json.loads(line) for line in call(*other, "import-library", "--json", moved).out.splitlines()]
    assert [line["status"] for line in lines if "note" in line] == ["known", "known"]
    assert call(*other, "notes", "list", "--json").out == call("notes", "list", "--json").out
    findings = json.loads(call(*other, "check", "--json").out)["findings"]
    assert {finding["line"] for finding in findings if finding["what"] == "notes"} == {"1 note"}


def test_the_shell_is_told_of_ids(call: Any) -> None:
    from lishu_tui.cli.notes import _complete_ids

    id = added(call, PLACE, "再查")
    assert [item.value for item in _complete_ids(None, None, id[:2])] == [id]  # type: ignore[arg-type]
    assert _complete_ids(None, None, "-") == []  # type: ignore[arg-type]


def test_standard_input_is_read_as_a_file(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    added(call, PLACE)
    text = call("notes", "export", "--format", "w3c").out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert call("notes", "import", files.STDIN).out == "notes: 1 known\n"
