"""Tables to take away: a reader of the format gets the values back, and no spreadsheet runs a cell."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Statistic, load_edition, visible
from lishu_tui.export.figures import amount, around, bar
from lishu_tui.export.tables import STATISTIC_COLUMNS, as_csv, cell, statistic_record, tsv

EDITION = load_edition()
ANY = st.text(st.characters(exclude_categories=()), max_size=20)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.one_of(ANY, NUMBERS, st.none(), st.sampled_from(['a"b', "a,b", "a;b", "'", '"', " x ", "梨樹，縣"]))
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=5), max_size=5)
STARTS = "=+-@\t\r\n＝＋－＠"


def expected(value: object) -> str:
    """A cell as text, written anew here."""
    if value is None:
        return ""
    if isinstance(value, str):
        return ("'" if value[:1] and value[0] in STARTS else "") + visible(value)
    return str(value)


@given(ROWS)
def test_csv_reads_back(rows: list[list[object]]) -> None:
    assert list(csv.reader(io.StringIO(as_csv(rows)))) == [[expected(v) for v in row] for row in rows]


@given(ROWS)
def test_tsv_reads_back(rows: list[list[object]]) -> None:
    found = list(csv.reader(io.StringIO(tsv(rows)), delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = [[expected(v) for v in row] for row in rows]
    assert [row or [""] for row in found] == wanted
    assert tsv(rows).count("\n") == len(rows)


@given(ANY)
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    assert not str(cell(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert str(cell(text)).removeprefix("'") == visible(text).removeprefix("'") or text.startswith("'")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+86", "-3", "@x", "\t=1", "\r=1", "\n=1", "＝1", "－1"])
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert cell(text) == "'" + visible(text)
    assert as_csv([[text]]).lstrip('"').startswith("'")


@given(NUMBERS)
def test_numbers_stay_numbers_negative_ones_too(number: float) -> None:
    assert cell(number) is number
    assert float(as_csv([[number]])) == float(tsv([[number]])) == number


def test_hostile_text_leaves_no_control_in_a_table() -> None:
    for text in (as_csv([["\x1b]52;c;x\x07", "\u202e", "\ud83d"]]), tsv([["\x1b]52;c;x\x07", "\u202e", "\ud83d"]])):
        assert text.removesuffix("\n").replace("\t", "").isprintable()
        text.encode()


def test_every_statistic_goes_out_with_its_address_and_its_numbers() -> None:
    records = [statistic_record(EDITION, s) for s in EDITION.statistics]
    rows = list(csv.DictReader(io.StringIO(as_csv([STATISTIC_COLUMNS, *(r.values() for r in records)]))))
    assert [tuple(record) for record in records] == [STATISTIC_COLUMNS] * len(records)
    for row, s in zip(rows, EDITION.statistics, strict=True):
        assert (row["id"], row["quote"], float(row["value"]), row["bound"]) == (s.id, s.quote, s.value, s.bound)
        assert row["address"] == str(EDITION.address(s.span))
        assert row["address"].endswith(f"{row['section']}/{row['paragraph']}:{row['start']}-{row['end']}")
        assert row["low"] == ("" if s.low is None else str(s.low))


def figure(bound: str, value: float, low: float | None = None, high: float | None = None) -> Statistic:
    like = next(iter(EDITION.statistics))
    fields = {name: getattr(like, name) for name in like.__struct_fields__}
    return Statistic(**fields | {"bound": bound, "value": value, "low": low, "high": high})


@pytest.mark.parametrize(
    ("statistic", "text"),
    [
        (figure("exact", 9980), "9,980"),
        (figure("more_than", 500), "> 500"),
        (figure("at_least", 20), "≥ 20"),
        (figure("less_than", 20), "< 20"),
        (figure("at_most", 20), "≤ 20"),
        (figure("about", 20), "≈ 20"),
        (figure("approaching", 20), "≲ 20"),
        (figure("range", 25, 20, 30), "20–30"),
        (figure("exact", 12.5), "12.5"),
    ],
    ids=lambda x: x if isinstance(x, str) else x.bound,
)
def test_an_amount_carries_the_sign_of_its_bound(statistic: Statistic, text: str) -> None:
    assert amount(statistic) == text
    assert amount(statistic, grouped=False) == text.replace(",", "")


def test_the_words_around_a_figure_are_of_its_own_clause() -> None:
    for s in EDITION.statistics:
        before, quote, after = around(EDITION, s)
        assert quote == s.quote
        assert before.lstrip("…") + quote + after.rstrip("…") in EDITION.text(s.span.paragraph)
        assert not set(before + after) & set("，。；：！？")
        assert max(len(before), len(after)) <= 9


@given(st.floats(0, 1e6), st.floats(0.001, 1e6), st.integers(1, 60))
def test_a_bar_is_to_scale_and_never_longer_than_its_room(value: float, largest: float, width: int) -> None:
    drawn = bar(value, largest, width)
    assert len(drawn) <= width
    assert bool(drawn) == (value > 0)
    eighths = sum(" ▏▎▍▌▋▊▉█".index(c) for c in drawn)
    wanted = min(max(value / largest * width * 8, 1 if value > 0 else 0), width * 8)
    assert abs(eighths - wanted) <= 0.5


def test_bars_grow_with_their_values() -> None:
    lengths = [sum(" ▏▎▍▌▋▊▉█".index(c) for c in bar(v, 6571, 30)) for v in (0, 1, 440, 576, 1879, 4085, 6571)]
    assert all(a < b for a, b in pairwise(lengths))
    assert bar(6571, 6571, 30) == "█" * 30
