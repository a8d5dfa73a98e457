"""Replay is the alignment: the apparatus run over the capture gives the restored reading, and back."""

from __future__ import annotations

import pytest

from lishu_tui.edition import Edition, Span, load_edition
from lishu_tui.edition.model import Emendation

EDITION = load_edition()
PARAGRAPHS = range(len(EDITION.paragraphs))
INTO = {a: b for rule in EDITION.rules for a, b in zip(rule.stood, rule.stands, strict=False)}
BACK = {b: a for a, b in INTO.items()}


def changes_of(edition: Edition, paragraph: int) -> list[Emendation]:
    return sorted((e for e in edition.emendations if e.span.paragraph == paragraph), key=lambda e: e.start)


def replay(captured: str, changes: list[Emendation], base: int = 0) -> str:
    """A stretch of the capture that begins at `base`, its changes made, the punctuation rule over the rest."""
    made, at = "", 0
    for e in changes:
        made += "".join(INTO.get(c, c) for c in captured[at : e.start - base]) + e.stands
        at = e.end - base
    return made + "".join(INTO.get(c, c) for c in captured[at:])


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_the_capture_replayed_is_the_restored_reading(paragraph: int) -> None:
    made = replay(EDITION.text(paragraph, "capture"), changes_of(EDITION, paragraph))
    assert made == EDITION.text(paragraph)


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_the_restored_reading_run_back_is_the_capture(paragraph: int) -> None:
    restored, made, at = EDITION.text(paragraph), "", 0
    for e in changes_of(EDITION, paragraph):
        assert restored[e.span.start : e.span.end] == e.stands
        made += "".join(BACK.get(c, c) for c in restored[at : e.span.start]) + e.stood
        at = e.span.end
    made += "".join(BACK.get(c, c) for c in restored[at:])
    assert made == EDITION.text(paragraph, "capture")


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("side", ["start", "end"])
def test_places_are_carried_in_order_and_stay_within_the_text(paragraph: int, side: str) -> None:
    alignment = EDITION.alignments[paragraph]
    for move, here, there in (
        (alignment.to_capture, "restored", "capture"),
        (alignment.to_restored, "capture", "restored"),
    ):
        moved = [move(n, side) for n in range(len(EDITION.text(paragraph, here)) + 1)]  # type: ignore[arg-type]
        assert moved == sorted(moved)
        assert moved[0] >= 0
        assert moved[-1] <= len(EDITION.text(paragraph, there))


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_character_carried_to_the_capture_and_back_is_itself(paragraph: int) -> None:
    inside = {n for e in changes_of(EDITION, paragraph) if len(e.stands) > 1 for n in range(e.span.start, e.span.end)}
    for n in range(len(EDITION.text(paragraph))):
        here = Span(paragraph, n, n + 1)
        back = EDITION.carry(EDITION.carry(here, "capture"), "restored", "capture")
        assert (back.start <= n < back.end) if n in inside else back == here


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_span_carried_to_the_capture_reads_the_same_without_what_was_put_in(paragraph: int) -> None:
    restored, captured = EDITION.text(paragraph), EDITION.text(paragraph, "capture")
    changes = changes_of(EDITION, paragraph)
    cuts = [n for n in range(len(restored) + 1) if not any(e.span.start < n < e.span.end for e in changes)]
    for start in cuts[::3]:
        for end in (n for n in cuts if start < n <= start + 40):
            _, a, b = EDITION.carry(Span(paragraph, start, end), "capture")
            inside = [e for e in changes if a <= e.start and e.end <= b]
            assert replay(captured[a:b], inside, a) == restored[start:end]


def test_a_carried_span_takes_no_gloss_along_at_either_end() -> None:
    for paragraph in PARAGRAPHS:
        captured = EDITION.text(paragraph, "capture")
        for e in changes_of(EDITION, paragraph):
            if e.kind == "gloss" and not e.stands:
                _, _, end = EDITION.carry(Span(paragraph, e.span.start - 1, e.span.start), "capture")
                _, start, _ = EDITION.carry(Span(paragraph, e.span.start, e.span.start + 1), "capture")
                assert end <= e.start
                assert start >= e.end
                assert captured[e.start : e.end] == e.stood


def test_a_place_within_a_gloss_goes_to_where_the_gloss_stood() -> None:
    gloss = next(e for e in EDITION.emendations if e.stood == "(zhàn)")
    middle = Span(gloss.span.paragraph, gloss.start + 2, gloss.start + 4)
    carried = EDITION.carry(middle, "restored", "capture")
    assert carried == Span(gloss.span.paragraph, gloss.span.start, gloss.span.start)


def test_restored_and_simplified_share_their_places() -> None:
    span = Span(3, 5, 9)
    assert EDITION.carry(span, "simplified") == span
    assert EDITION.carry(span, "restored", "simplified") == span
    assert EDITION.carry(span, "capture", "simplified") == EDITION.carry(span, "capture")


def test_english_has_no_places_within_a_paragraph() -> None:
    span = Span(3, 5, 9)
    assert EDITION.carry(span, "english") == Span(3, 0, len(EDITION.text(3, "english")))
    assert EDITION.carry(Span(3, 0, 4), "restored", "english") == Span(3, 0, len(EDITION.text(3)))
