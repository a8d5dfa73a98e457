"""`cite` on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from lishu_tui.export.citations import STYLES
from tests.shelves import filled


def test_the_bundled_article_by_the_chinese_standard(call: Any) -> None:
    printed = call("cite", "--accessed", "2026-11-24")
    assert printed.code == 0
    assert printed.out.startswith("金大慶, 張競文. [梨樹縣以“硬作風”打贏疫情防控阻擊戰][EB/OL]. ([2020])[2026-11-24]. ")
    assert printed.out.count("\n") == 1
    assert printed.out == call("cite", "lishu", "--style", "gbt7714-2025", "--accessed", "2026-11-24").out


@pytest.mark.parametrize("style", STYLES)
def test_every_style(call: Any, style: str) -> None:
    printed = call("cite", "lishu/party-leadership/3", "--style", style)
    assert (printed.code, printed.err) == (0, "")
    assert "金大慶" in printed.out
    assert "旗幟引領" in printed.out or "lishu/party-leadership/3" in printed.out


def test_the_day_of_access_is_today_where_none_is_given(call: Any) -> None:
    before = date.today()
    printed = call("cite")
    assert any(f"[{day.isoformat()}]" in printed.out for day in (before, date.today()))


def test_a_file_is_cited_and_not_stored(call: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><!-- saved from url=(0030)http://www.example.cn/notice/1 --><meta charset=utf-8>"
        "<title>關於春耕的通知</title><h1>關於春耕的通知</h1><article>"
        + "<p>各鄉鎮要抓好春耕備耕工作，做到早安排、早動手，確保糧食豐收。</p>" * 5
        + "</article>",
        encoding="utf-8",
    )
    printed = call("cite", str(page), "--style", "gbt7714-2015", "--accessed", "2026-11-24")
    assert printed.out == "關於春耕的通知[EB/OL]. ([出版日期不详])[2026-11-24]. http://www.example.cn/notice/1.\n"
    assert not list(tmp_path.glob("data/**/*.db"))


def test_all_documents_are_one_bibliography(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(path))
    ids = filled(path)
    items = json.loads(call("cite", "--all", "--style", "csl-json").out)
    assert items[0]["id"] == "lishu"
    assert {item["id"] for item in items} == {"lishu", *ids}
    entries = bibtexparser.parse_string(call("cite", "--all", "--style", "bibtex").out).entries
    assert {entry.key for entry in entries} == {"lishu", *ids}
    assert call("cite", "--all").out.count("\n") == len(ids) + 1


def test_a_document_that_cannot_be_read_keeps_no_other_from_being_cited(
    call: Any, is_one_line: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(path))
    ids = filled(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE editions SET data = x'00' WHERE document = 2")
    printed = call("cite", "--all", "--style", "ris")
    assert printed.code == 1
    assert is_one_line(printed.err)
    assert ids[1] in printed.err
    cited = {item["id"] for item in rispy.loads(printed.out)}
    assert cited == {"lishu", *ids} - {ids[1]}


@pytest.mark.parametrize(
    "args",
    [["--accessed", "yesterday"], ["--style", "harvard"], ["lishu/nowhere"], ["nobody"], ["lishu", "--all"]],
)
def test_what_is_wrong_is_said_in_one_line(call: Any, is_one_line: Any, args: list[str]) -> None:
    printed = call("cite", *args)
    assert printed.code == 2
    assert printed.out == ""
    assert is_one_line(printed.err)


def test_json_stays_json_whatever_the_encoding(run: Any) -> None:
    done = run("cite", "--style", "csl-json", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("ascii"))[0]["author"][0] == {"literal": "金大慶"}
