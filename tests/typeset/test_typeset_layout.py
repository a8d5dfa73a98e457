"""A document in lines: every place has its line, every line its place, and nothing is lost or too wide."""

from __future__ import annotations

from typing import get_args

import pytest

from lishu_tui.edition import Edition, Reading, load_edition
from lishu_tui.edition.colophon import colophon
from lishu_tui.typeset import Layout, Piece, cells, lay_out
from lishu_tui.typeset.kinds import English
from lishu_tui.typeset.layout import BESIDE_FROM

EDITION = load_edition()
READINGS: tuple[Reading, ...] = ("restored", "simplified", "capture")
MODES: tuple[English, ...] = get_args(English)
WIDTHS = (20, 21, 40, 60, 80, BESIDE_FROM - 1, BESIDE_FROM, 92, 119, 120, 161, 200)
MAIN, SIDE = ("heading", "text"), ("heading_en", "english")
ALL = [(reading, english, width) for reading in READINGS for english in MODES for width in WIDTHS]


def laid(reading: Reading, english: English, width: int, measure: int = 40) -> Layout:
    return lay_out(EDITION, reading, english, width, measure)


def pieces(layout: Layout, kinds: tuple[str, ...]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for line in layout.lines:
        for piece in line:
            if piece.kind in kinds:
                found.setdefault(piece.paragraph, []).append(piece)
    return found


@pytest.mark.parametrize(("reading", "english", "width"), ALL)
def test_every_character_has_its_line_and_every_line_its_place(reading: Reading, english: English, width: int) -> None:
    layout = laid(reading, english, width)
    for paragraph, line in enumerate(EDITION.readings[reading]):
        for character in range(len(line)):
            y = layout.line_of(paragraph, character)
            found, start, at = layout.place_of(y)
            assert (found, at) == (paragraph, y)
            piece = next(p for p in layout.lines[y] if p.kind in MAIN)
            assert piece.start == start <= character < piece.end
            assert layout.line_of(found, start) == y


@pytest.mark.parametrize(("reading", "english", "width"), ALL)
def test_the_pieces_of_a_paragraph_are_the_whole_of_it(reading: Reading, english: English, width: int) -> None:
    layout = laid(reading, english, width)
    shown = [(MAIN, reading)] if english == "off" else [(MAIN, reading), (SIDE, "english")]
    for kinds, of in shown:
        found = pieces(layout, kinds)
        assert sorted(found) == list(range(len(EDITION.paragraphs)))
        for paragraph, parts in found.items():
            text = EDITION.text(paragraph, of)  # type: ignore[arg-type]
            assert "".join(text[p.start : p.end] for p in parts) == text
            assert all(text[p.start : p.end].rstrip() == p.text for p in parts)


@pytest.mark.parametrize(("reading", "english", "width"), ALL)
def test_no_piece_passes_the_width_or_touches_its_neighbour(reading: Reading, english: English, width: int) -> None:
    for measure in (10, 40, 80):
        for line in laid(reading, english, width, measure).lines:
            taken = 0
            for piece in line:
                assert piece.x >= taken
                taken = piece.x + cells(piece.text)
                assert taken <= width
                assert cells(piece.text) <= 2 * measure + 1


@pytest.mark.parametrize("width", range(1, 20))
def test_a_window_too_narrow_to_read_in_still_gives_lines(width: int) -> None:
    layout = laid("restored", "beside", width)
    assert layout.english == "beneath"
    assert "".join(p.text for p in pieces(layout, MAIN)[0]) == EDITION.text(0)


@pytest.mark.parametrize("width", [20, 60, BESIDE_FROM - 1])
def test_beside_falls_back_to_beneath_where_it_is_narrow(width: int) -> None:
    assert laid("restored", "beside", width).lines == laid("restored", "beneath", width).lines
    assert laid("restored", "beside", width).english == "beneath"


@pytest.mark.parametrize("width", [BESIDE_FROM, 120, 200])
def test_beside_sets_both_columns_on_the_same_lines(width: int) -> None:
    layout = laid("restored", "beside", width)
    assert layout.english == "beside"
    for paragraph in range(len(EDITION.paragraphs)):
        if EDITION.paragraphs[paragraph].number > 0:
            first = layout.lines[layout.line_of(paragraph, 0)]
            assert [(p.kind, p.paragraph, p.start) for p in first] == [
                ("text", paragraph, 0),
                ("english", paragraph, 0),
            ]
            assert layout.line_of(paragraph, 0, english=True) == layout.line_of(paragraph, 0)


def test_english_has_its_own_lines_where_it_is_shown() -> None:
    layout = laid("restored", "beneath", 80)
    for paragraph in range(len(EDITION.paragraphs)):
        last = len(EDITION.text(paragraph, "english")) - 1
        piece = next(p for p in layout.lines[layout.line_of(paragraph, last, english=True)] if p.kind in SIDE)
        assert (piece.paragraph, piece.end) == (paragraph, last + 1)


def test_headings_stand_in_both_languages_and_labels_of_ours_have_no_place() -> None:
    lines = [piece for line in laid("restored", "off", 80).lines for piece in line]
    assert [p.text for p in lines if p.kind == "heading"] == [s.label for s in EDITION.sections if s.has_heading]
    supplied = [p for p in lines if p.kind in ("supplied", "title", "title_en", "note")]
    assert {p.paragraph for p in supplied} == {-1}
    assert [p.text for p in supplied if p.kind == "supplied"] == [
        f"{s.label}  {s.label_en}" for s in EDITION.sections if not s.has_heading
    ]


def test_the_end_says_what_was_captured_and_what_is_supplied() -> None:
    text = "\n".join(colophon(EDITION))
    for part in (EDITION.source.sha256, "4,328 characters", "10,113 bytes", *EDITION.source.supplied):
        assert part in text


def test_a_place_above_the_first_line_and_below_the_last_is_the_nearest_there_is() -> None:
    layout = laid("restored", "off", 80)
    assert layout.place_of(-5)[:2] == (0, 0)
    paragraph, _, y = layout.place_of(10**9)
    assert paragraph == len(EDITION.paragraphs) - 1
    assert layout.lines[y][0].end == len(EDITION.text(paragraph))


def test_hostile_text_is_laid_out_safe_and_character_for_character() -> None:
    hostile = "a\x1b]52;c;x\x07b\u202ec\r\n" + "梨\x00" * 30
    readings = {r: (hostile, *EDITION.readings[r][1:]) for r in EDITION.readings}
    edition = Edition(**{f: getattr(EDITION, f) for f in EDITION.__struct_fields__} | {"readings": readings})
    shown = pieces(lay_out(edition, "capture", "beneath", 30, 40), MAIN)[0]
    text = "".join(p.text.ljust(p.end - p.start) for p in shown)
    assert len(text) == len(hostile)
    assert text.isprintable()
    assert text.replace("␀", "").startswith("a␛]52;c;x␇b")
