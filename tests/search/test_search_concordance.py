"""Keyword-in-context lines, their order, and the quotation around a hit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Edition, load_edition
from lishu_tui.search import context, find, fold
from lishu_tui.search.concordance import concordance, snippet


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def test_a_line_is_the_text_around_its_hit(edition: Edition) -> None:
    hits = find(edition, "志愿者")
    lines = concordance(edition, hits, width=8)
    assert [line.hit for line in lines] == hits
    for line in lines:
        text = edition.text(line.hit.span.paragraph)
        assert line.left + line.keyword + line.right in text
        assert len(line.left) <= 8
        assert len(line.right) <= 8
        assert line.section == edition.section_of(line.hit.span.paragraph).id


def test_sorted_by_what_stands_nearest(edition: Edition) -> None:
    hits = find(edition, "防控")
    left = [fold(line.left)[::-1].replace(" ", "") for line in concordance(edition, hits, 30, "left")]
    right = [fold(line.right).replace(" ", "") for line in concordance(edition, hits, 30, "right")]
    assert left == sorted(left)
    assert right == sorted(right)
    assert len(left) == len(right) == len(hits) > 20


def test_the_order_does_not_hang_on_the_width(edition: Edition) -> None:
    hits = find(edition, "防控")
    narrow, wide = (concordance(edition, hits, width, "left") for width in (1, 40))
    assert [line.hit for line in narrow] == [line.hit for line in wide]


def test_english_hits_have_english_lines(edition: Edition) -> None:
    lines = concordance(edition, find(edition, "volunteers"), 10)
    assert lines
    assert all(line.keyword.lower() == "volunteers" for line in lines)


def test_by_place_is_the_order_of_find(edition: Edition) -> None:
    hits = find(edition, "lishu")
    assert [line.hit for line in concordance(edition, reversed(hits))] == hits


def test_context_and_snippet() -> None:
    text = "前一句。他說：“志愿者來了。”後一句很長"
    start = text.index("志愿者")
    assert context(text, start, start + 3, 2) == ("：“", "來了")
    assert snippet(text, start, start + 3) == "他說：“志愿者來了。”"
    assert snippet(text, start, start + 3, 2) == "：“志愿者來了"
    assert snippet("Mr. A. Left early. He ran 3.5 miles. Then", 22, 25) == "He ran 3.5 miles."


@given(st.text("。.“”’ 啊a!…", max_size=60), st.integers(0, 60), st.integers(0, 10), st.integers(0, 30))
def test_a_snippet_holds_its_hit(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = snippet(text, start, end, width)
    assert found in text
    assert text[start:end].strip() in found
    assert len(found) <= end - start + 2 * width
