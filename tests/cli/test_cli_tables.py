"""Every table as CSV, TSV and JSON: the same rows, cells that no spreadsheet runs, numbers that are numbers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

TABLES = {
    "stats": (["stats"], "statistics"),
    "names": (["names"], "names"),
    "apparatus": (["apparatus"], "emendations"),
    "kwic": (["kwic", "防控"], "lines"),
    "search": (["search", "防控"], "hits"),
    "quotes": (["quotes"], "quotes"),
}


def read(text: str, form: str) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(text)))
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_the_rows_that_its_json_has(table: str, form: str, call: Any) -> None:
    args, key = TABLES[table]
    rows = read(call(*args, f"--{form}").out, form)
    records = json.loads(call(*args, "--json").out)[key]
    assert len(rows) == len(records) + 1 > 2
    for row, record in zip(rows[1:], records, strict=True):
        for column, cell in zip(rows[0], row, strict=True):
            value = record.get(column)
            if isinstance(value, str | int | float | bool):
                assert cell == (
                    f"'{value}" if str(value).startswith(("+", "-", "=")) and isinstance(value, str) else str(value)
                )


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+86 防控", "-3 防控", "@x 防控"])
def test_no_cell_is_a_formula(words: str, form: str, call: Any, tmp_path: Path) -> None:
    """In a document whose every part begins as a formula does."""
    page = tmp_path / "page.txt"
    page.write_text(f"{words}\n\n{words}，共500余人。王某说：“{words}，好。”\n", encoding="utf-8")
    for args in (["stats", str(page)], ["names", str(page)], ["quotes", str(page)]):
        answer = call(*args, f"--{form}")
        assert answer.code == 0
        for cell in (cell for row in read(answer.out, form) for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t")) or cell == "-3"  # which is a number


@pytest.mark.parametrize("form", ["--csv", "--tsv"])
def test_nothing_found_is_a_head_and_exit_status_1(form: str, call: Any) -> None:
    for command in ("search", "kwic"):
        answer = call(command, "此處無此語也", form)
        assert (answer.code, answer.out.count("\n")) == (1, 1)


def test_a_limit_holds_for_the_table_too(call: Any) -> None:
    assert call("search", "防控", "--csv", "--limit", "3").out.count("\n") == 4
