"""`quotes`: who says what, of the bundled article, of a part of it, of a file; and `names` of a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Address, load_edition
from tests.cli.conftest import run

EDITION = load_edition()
FIELDS = ["address", "section", "paragraph", "start", "end", "quote", "speaker", "role", "origin", "rule"]
STORY = """“水渠通了，日子就好了。”清溪镇石桥村村支书李强说。

全村形成“一盘棋”的局面。李强还说：“明年再修一条路。”
"""


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_json_has_a_place_that_leads_to_the_words(call: Any) -> None:
    printed = call("quotes", "--json")
    assert printed.code == ExitCode.OK
    found = json.loads(printed.out)["quotes"]
    assert [list(q) for q in found] == [FIELDS] * 4
    for q in found:
        (span,) = EDITION.resolve(Address.parse(q["address"]))
        assert EDITION.quote(span) == q["quote"]
        assert (span.start, span.end) == (q["start"], q["end"])
    assert [q["speaker"] for q in found] == ["徐曉芳", "王雪英", "紀海", "周美希、吳丹"]
    assert found[0]["role"] == "朝陽社區黨支部書記、主任"
    assert {q["origin"] for q in found} == {"checked"}


def test_a_part_of_the_document(call: Any) -> None:
    found = json.loads(call("quotes", "lishu/party-leadership/2", "--json").out)["quotes"]
    assert [q["speaker"] for q in found] == ["紀海"]
    assert json.loads(call("quotes", "lishu/opening", "--json").out)["quotes"] == []


def test_csv_has_the_same_rows(call: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(call("quotes", "--csv").out)))
    found = json.loads(call("quotes", "--json").out)["quotes"]
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert [row["quote"] for row in rows] == [q["quote"] for q in found]


def test_a_file_is_read_and_its_quotes_are_found(call: Any, story: str) -> None:
    found = json.loads(call("quotes", story, "--json").out)["quotes"]
    assert [(q["quote"], q["speaker"], q["origin"]) for q in found] == [
        ("水渠通了，日子就好了。", "李强", "found"),
        ("明年再修一条路。", "李强", "found"),
    ]
    assert found[0]["role"] == "清溪镇石桥村村支书"
    assert all(q["rule"] for q in found)


def test_lines_for_a_pipe_and_for_a_terminal(
    call: Any, story: str, terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = call("quotes", story).out
    assert "水渠通了，日子就好了。\n" in out
    assert "李强" in out
    assert "found (after)" in out


def test_names_of_a_file_are_marked_as_found(call: Any, story: str) -> None:
    found = {n["name"]: n for n in json.loads(call("names", story, "--json").out)["names"]}
    assert set(found) == {"李强", "清溪镇", "石桥村"}
    assert {n["origin"] for n in found.values()} == {"found"}
    assert [s["quote"] for s in found["李强"]["said"]] == ["水渠通了，日子就好了。", "明年再修一条路。"]
    assert all(line.endswith((")", "origin")) for line in call("names", story).out.splitlines())


@pytest.mark.parametrize("word", ["nowhere.txt", "no such thing", "nosuchdocument", "lishu/nowhere"])
def test_what_is_neither_is_told_in_one_line(call: Any, is_one_line: Any, word: str) -> None:
    printed = call("quotes", word)
    assert printed.code == ExitCode.USAGE if hasattr(ExitCode, "USAGE") else printed.code == 2
    assert printed.out == ""
    assert is_one_line(printed.err)


@pytest.mark.parametrize("command", ["quotes", "names"])
def test_standard_input_is_read_as_a_file_is(story: str, call: Any, command: str) -> None:
    with Path(story).open("rb") as stdin:
        piped = run(command, "-", "--csv", stdin=stdin)
    assert piped.returncode == ExitCode.OK, piped.stderr
    rows = list(csv.DictReader(io.StringIO(piped.stdout.decode("utf-8-sig"))))
    assert rows
    assert "李强" in piped.stdout.decode("utf-8-sig")
