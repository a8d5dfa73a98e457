"""The damage run forward, and the bundled capture: what goes in comes out, to the character."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lishu_tui.edition.errors import LishuError
from lishu_tui.restore import Emendation, Model, Restoration, apply, damage, restore, rows, unapply

LISHU = Path(__file__).resolve().parents[2] / "data" / "lishu"


@pytest.fixture(scope="module")
def capture() -> str:
    return (LISHU / "capture.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def restored() -> str:
    return (LISHU / "restored.txt").read_text(encoding="utf-8").removesuffix("\n")


@pytest.fixture(scope="module")
def done(capture: str) -> Restoration:
    return restore(capture)


def test_the_capture_restores_to_the_text_of_record(done: Restoration, restored: str) -> None:
    assert done.text == restored
    assert done.damaged
    assert done.consistent
    assert done.uncured == ()


def test_the_damage_run_forward_gives_all_characters_back(done: Restoration, capture: str, restored: str) -> None:
    assert len(capture) == 4328
    assert damage(restored, done.model) == capture


def test_the_list_is_inferred(done: Restoration) -> None:
    assert len(done.glosses) == 54
    assert {c: r for c, r, _ in done.glosses}["戰"] == "zhàn"
    order = [c for c, _, _ in done.glosses]
    assert len(set(order)) == len(order)


def test_the_emendations_replay_both_ways(done: Restoration, capture: str, restored: str) -> None:
    assert apply(capture, done.emendations, done.rules) == restored
    assert unapply(restored, done.emendations, done.rules) == capture


def test_every_emendation_says_where_it_stands(done: Restoration, capture: str, restored: str) -> None:
    for e in done.emendations:
        assert capture[e.start : e.end] == e.stood
        assert restored[e.restored_start : e.restored_end] == e.stands
        assert (e.certainty == "chosen") == (e.candidates > 1)
        assert e.consistent


def test_what_is_certain_named_and_chosen(done: Restoration) -> None:
    said = {e.stood: (e.stands, e.certainty) for e in done.emendations}
    assert said["?wù)"] == ("務", "named")
    assert said["?lián)"] == ("擔", "chosen")
    assert said["?shù)脑嚱"] == ("的試", "certain")
    chosen = {e.stands for e in done.emendations if e.certainty == "chosen"}
    assert "石" in "".join(chosen)


def test_rows_have_places_of_their_lines(done: Restoration, capture: str, restored: str) -> None:
    lines, made = capture.split("\n"), restored.split("\n")
    for line, start, restored_start, e in rows(capture, done.emendations):
        assert lines[line - 1][start : start + len(e.stood)] == e.stood
        assert made[line - 1][restored_start : restored_start + len(e.stands)] == e.stands


def test_the_glosses_are_those_of_the_bundled_edition(done: Restoration, capture: str) -> None:
    stored = tomllib.loads((LISHU / "emendations.toml").read_text(encoding="utf-8"))
    removed = sum(e.kind == "gloss" and not e.stands for e in done.emendations)
    assert removed > 200
    assert {rule["kind"] for rule in stored["rule"]} == {rule.kind for rule in done.rules}


def test_a_mark_is_cut_in_two() -> None:
    assert damage("他說。“好”", Model((), "！", "")) == "他說?！昂谩?"


def test_a_listed_character_across_two_others() -> None:
    model = Model((("數", "shù"), ("當", "dāng")), "", "")
    assert damage("當的", model) == "當(dāng)?shù)?"
    other_order = Model((("當", "dāng"), ("數", "shù")), "", "")
    assert damage("當的", other_order) == "當(dāng)的"


def test_a_record_that_does_not_fit_is_an_error(done: Restoration, capture: str, restored: str) -> None:
    with pytest.raises(LishuError):
        apply("x" + capture, done.emendations, done.rules)
    with pytest.raises(LishuError):
        unapply("x" + restored, done.emendations, done.rules)
    with pytest.raises(LishuError):
        apply("甲乙", [Emendation(0, 1, 0, 0, "丙", "", "gloss", "certain")])
