"""`stats` on any document, and on several of them lined up."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.export.tables import ACROSS_COLUMNS, STATISTIC_COLUMNS

FIRST = "2020年2月，全縣有志願者5000多人，防控卡點5個。\n水稻面積近30萬畝，畝產1100斤。\n"
SECOND = "# 一年以后\n\n2021年3月，全县有志愿者5200人，种植水稻32.5万亩。\n"


def test_stats_of_a_file(call: Any, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(FIRST, encoding="utf-8")
    answer = json.loads(call("stats", str(tmp_path / "page.txt"), "--json").out)
    rows = answer["statistics"]
    assert [tuple(row) for row in rows] == [STATISTIC_COLUMNS] * 4
    assert {row["origin"] for row in rows} == {"found"}
    assert [(r["quote"], r["value"], r["bound"], r["unit"], r["kind"]) for r in rows] == [
        ("5000多人", 5000, "more_than", "人", "count"),
        ("5個", 5, "exact", "個", "count"),
        ("近30萬畝", 300000, "approaching", "畝", "area"),
        ("1100斤", 1100, "exact", "斤", "weight"),
    ]


def test_the_bundled_figures_are_marked_as_checked(call: Any) -> None:
    rows = json.loads(call("stats", "--json").out)["statistics"]
    assert {row["origin"] for row in rows} == {"checked"}
    assert all(row["kind"] for row in rows)


@pytest.fixture
def library(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of two documents."""
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(tmp_path / "library.db"))
    for name, text in (("first.txt", FIRST), ("second.md", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        call("import", str(tmp_path / name))


def test_what_documents_report_is_lined_up(call: Any, library: None) -> None:
    answer = json.loads(call("stats", "--across", "志願者", "--json").out)
    assert answer["noun"] == "志願者"
    rows = answer["rows"]
    assert [tuple(row) for row in rows] == [ACROSS_COLUMNS] * len(rows)
    assert [row["value"] for row in rows if row["origin"] == "found"] == [5000, 5200]
    assert [row["value"] for row in rows if row["origin"] == "checked"] == [5000]
    changed = next(row for row in rows if row["value"] == 5200)
    assert (changed["mark"], changed["computed_difference"]) == ("changed", 200)
    table = list(csv.reader(io.StringIO(call("stats", "--across", "志愿者", "--csv").out)))
    assert table[0] == list(ACROSS_COLUMNS)
    assert [row[0] for row in table[1:]] == [row["document"] for row in rows]


def test_lined_up_on_a_terminal(call: Any, library: None, terminal: None) -> None:
    out = call("stats", "--across", "志願者").out
    assert "█" in out
    assert "+200" in out
    assert "computed" in out


def test_nothing_reported_is_a_negative_answer(call: Any) -> None:
    result = call("stats", "--across", "恐龍")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)


def test_across_takes_no_address(call: Any) -> None:
    result = call("stats", "lishu", "--across", "黨員")
    assert result.code == 2
    assert "--across" in result.err
