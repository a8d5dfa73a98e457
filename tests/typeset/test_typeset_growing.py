"""A large document laid out block by block: what is seen of it is what the whole has, wherever one begins."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Edition, Reading, load_edition
from lishu_tui.library import edition_of
from lishu_tui.typeset import lay_out
from lishu_tui.typeset.breaking import HANGING, break_lines
from lishu_tui.typeset.growing import Growing, laid_out
from lishu_tui.typeset.kinds import English
from lishu_tui.typeset.width import widths

EDITION = load_edition()
WIDTHS = (20, 40, 84, 92, 161)
SCRAPS = [
    "\n",
    "\n\n",
    "　",
    "。",
    "，",
    "春天來了",
    "農民們都到地里去干活，",
    "word ",
    "\u200b",
    "（",
    "第一章\n",
    "x" * 30,
]
TEXTS = st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=60).map("".join)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(params=[1, 200, 4096], autouse=True)
def blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Blocks of one paragraph, of a few, and as they are."""
    monkeypatch.setattr("lishu_tui.typeset.growing.BLOCK", request.param)
    monkeypatch.setattr("lishu_tui.typeset.growing.KEPT", 3)
    return request.param


def places(edition: Edition, reading: Reading) -> list[tuple[int, int]]:
    return [(n, at) for n, text in enumerate(edition.readings[reading]) for at in range(0, len(text) + 1, 7)]


def same(page: Growing, edition: Edition, reading: Reading, english: English, width: int) -> None:
    """Whether a page that has grown is the whole."""
    whole = lay_out(edition, reading, english, width, 40)
    assert page.done
    assert list(page.lines) == list(whole.lines)
    assert (page.english, page.last_block) == (whole.english, whole.last_block)
    for y in range(-1, len(whole.lines) + 2):
        assert page.place_of(y) == whole.place_of(y)
    for paragraph, at in places(edition, reading):
        assert page.line_of(paragraph, at) == whole.line_of(paragraph, at)
        assert page.line_of(paragraph, at, english=True) == whole.line_of(paragraph, at, english=True)


@pytest.mark.parametrize("english", ["off", "beneath", "beside"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("reading", ["restored", "capture"])
def test_once_grown_it_is_the_whole(reading: Reading, english: English, width: int) -> None:
    page = Growing(EDITION, reading, english, width, 40)
    page.grow(0, float("inf"))
    same(page, EDITION, reading, english, width)


@given(TEXTS, st.sampled_from(WIDTHS), st.lists(st.tuples(st.sampled_from("gsfl"), st.integers(0, 400)), max_size=12))
@QUICK
def test_in_whatever_order_it_grows_a_line_is_followed(text: str, width: int, steps: list[tuple[str, int]]) -> None:
    edition = edition_of(f"春。{text}".encode(), "text.txt")
    whole = lay_out(edition, "restored", "off", width, 40)
    page = Growing(edition, "restored", "off", width, 40)
    y, line = 0, page.lines[0]
    for step, number in steps:
        if step == "g":
            y = page.grow(y, 0)
        elif step == "s":
            y = page.settle(y, number)
        elif step == "f":  # to any line that there may be
            y = min(number, len(page.lines) - 1)
            block, within = page.find(y)
            line = page.block(block).lines[within]
        else:  # to a paragraph
            paragraph = number % len(edition.paragraphs)
            y = page.line_of(paragraph, 0)
            line = page.lines[y]
            assert line == whole.lines[whole.line_of(paragraph, 0)]
        assert page.lines[y] == line
    page.grow(y, float("inf"))
    same(page, edition, "restored", "off", width)


def test_what_is_settled_moves_no_more() -> None:
    page = Growing(EDITION, "restored", "off", 40, 40)
    y = page.settle(page.line_of(20, 0), 30)
    around = [page.lines[at] for at in range(y - 30, y + 60)]
    assert page.settle(y, 30) == y
    assert [page.lines[at] for at in range(y - 30, y + 60)] == around


def test_no_more_is_laid_out_than_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = edition_of(("農民們都到地里去干活，學校里的孩子們也在種樹。\n" * 40_000).encode(), "text.txt")
    broken: list[str] = []

    def counted(text: str, measure: int, found: list[int] | None = None) -> list[tuple[int, int]]:
        broken.append(text)
        return break_lines(text, measure, found)

    monkeypatch.setattr("lishu_tui.typeset.layout.break_lines", counted)
    page = laid_out(edition, "restored", "off", 92, 40)
    assert isinstance(page, Growing)
    assert [page.lines[y] for y in range(60)]
    assert page.line_of(36_000, 0) > 60_000
    page.settle(len(page.lines) - 1, 60)
    assert page.lines[-1][0].text.startswith("Read so:")
    assert len(broken) < 2000


# ── lines are broken only where they are full: the same as asking at every character ────────────────────────────────


def slowly(text: str, measure: int) -> list[tuple[int, int]]:
    """`break_lines`, a character at a time."""
    from lishu_tui.typeset.breaking import _SPACES, _cut, _joins

    if not text:
        return [(0, 0)]
    measure, found = max(measure, 1), widths(text)
    lines, start, i, taken, chance = [], 0, 0, 0, -1
    while i < len(text):
        if i > start and not _joins(text, i, found):
            chance = i
        fits = taken + found[i] <= measure + (text[i] in HANGING)
        held = found[i] == 0 and text[i - 1] not in _SPACES
        if fits or held or i == start or text[i] in _SPACES:
            taken += found[i]
            i += 1
            continue
        end = chance if chance > start else _cut(text, start, i, found)
        lines.append((start, end))
        start, i, taken, chance = end, end, 0, -1
    return [*lines, (start, len(text))]


@given(
    st.text(
        st.sampled_from("的是一a b1.,，。“”（）—…!'\"\u200b\u200d\ufe0f\u3000\t戰(zhàn)👨é\u0301$《》-・")
        | st.characters(),
        max_size=80,
    ),
    st.integers(0, 50),
)
@QUICK
def test_lines_are_broken_as_if_every_character_were_asked(text: str, measure: int) -> None:
    assert break_lines(text, measure) == slowly(text, measure)


def test_a_document_is_laid_out_whole_where_it_is_small() -> None:
    assert not isinstance(laid_out(EDITION, "restored", "off", 92, 40), Growing)
