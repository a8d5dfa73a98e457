"""Marks that pile up on one character: a few of them stand, the rest is a count, and every place stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import visible
from lishu_tui.typeset import break_lines, widths
from lishu_tui.typeset.layout import Setter, lay_out
from lishu_tui.typeset.marks import MOST, UNDRAWN, counted
from tests.shelves import made


def shown(text: str) -> str:
    return counted(text, widths(text)).replace(UNDRAWN, "")


@pytest.mark.parametrize(
    ("marks", "says"),
    [(0, ""), (1, ""), (8, ""), (9, "⁺"), (10, "⁺²"), (17, "⁺⁹"), (18, "⁺¹⁰"), (1_000_008, "⁺¹⁰⁰⁰⁰⁰⁰")],
)
def test_beyond_eight_they_are_counted(marks: int, says: str) -> None:
    assert shown("字" + "\u0301" * marks + "。") == "字" + "\u0301" * min(marks, MOST) + says + "。"


def test_what_is_written_is_not_touched() -> None:
    for text in ("é̂", "กี่", "हिन्दी", "👨\u200d👩\u200d👧\u200d👦", "戰\ufe00", "a\u200bb", "𝔸\u20dd"):
        assert counted(text, widths(text)) == text


@given(st.text("字a\u0301\u200b\u3099 。", max_size=80) | st.text())
def test_it_is_as_long_and_marks_only_are_changed(text: str) -> None:
    found = widths(text)
    made = counted(text, found)
    assert len(made) == len(text)
    assert all(a == b for a, b, width in zip(text, made, found, strict=True) if width)
    assert made == text or "\0" * (MOST + 1) in "".join(map(chr, found))


@given(st.text("字a\u0301\u200b。（ ", max_size=200), st.integers(1, 20))
def test_lines_of_it_hold_it_all(text: str, measure: int) -> None:
    text, found = Setter.shown(text)
    lines = break_lines(text, measure, found)
    assert lines == break_lines(text, measure)
    assert "".join(text[a:b] for a, b in lines) == text


def test_a_document_is_laid_out_with_the_count_and_its_places() -> None:
    edition = made("字", paragraphs=["前字" + "\u0301" * 500 + "後。", "字" * 30 + "\u0301" * 99 + "完。"])
    page = lay_out(edition, "restored", "off", 60, 20)
    drawn = "\n".join(piece.text.replace(UNDRAWN, "") for line in page.lines for piece in line)
    assert "⁺⁴⁹²後。" in drawn
    assert drawn.count("\u0301") == 2 * MOST
    for line in page.lines:
        for piece in line:
            if piece.paragraph >= 0:
                stood = visible(edition.text(piece.paragraph))[piece.start : piece.end]
                assert len(stood.rstrip()) == len(piece.text)
