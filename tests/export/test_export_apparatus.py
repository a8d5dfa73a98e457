"""The apparatus as rows: every emendation in one group, every place of a rule, and places by address."""

from __future__ import annotations

import msgspec
import pytest

from lishu_tui.edition import Address, Span, load_edition
from lishu_tui.edition.model import Certainty
from lishu_tui.export.apparatus import (
    CERTAINTY_SIGNS,
    EMENDATION_COLUMNS,
    compact,
    emendation_record,
    gloss_groups,
    is_plain,
    rule_count,
    rule_places,
    within,
)
from lishu_tui.export.tables import as_csv

EDITION = load_edition()
WHOLE = list(EDITION.resolve(Address(EDITION.id)))


def test_every_certainty_has_its_own_sign() -> None:
    assert set(CERTAINTY_SIGNS) == set(Certainty.__args__)
    assert sorted(CERTAINTY_SIGNS.values()) == ["=", "?", "~"]


def test_a_record_is_in_the_order_of_the_columns() -> None:
    for e in EDITION.emendations:
        record = emendation_record(EDITION, e)
        assert tuple(record) == EMENDATION_COLUMNS
        (span,) = EDITION.resolve(Address.parse(str(record["address"])))
        assert EDITION.quote(span) == e.stands == record["stands"]


def test_a_formula_is_guarded() -> None:
    e = msgspec.structs.replace(EDITION.emendations[0], stood="=1+1", reason="@x")
    assert ",'=1+1," in as_csv([[*emendation_record(EDITION, e).values()]])


def test_every_emendation_is_a_place_of_its_own_or_in_one_group() -> None:
    groups = gloss_groups(EDITION, EDITION.emendations)
    plain = [e for e in EDITION.emendations if is_plain(e)]
    assert sum(len(group.places) for group in groups) == len(plain)
    assert sum(len(group.places) for group in gloss_groups(EDITION, [])) == 0
    assert [len(g.places) for g in groups] == sorted((len(g.places) for g in groups), reverse=True)
    for group in groups:
        assert {EDITION.quote(place) for place in group.places} == {group.character}
        for place in group.places:
            capture = EDITION.text(place.paragraph, "capture")
            start = EDITION.alignments[place.paragraph].to_capture(place.start)
            assert capture[start:].startswith(group.character + group.gloss)


@pytest.mark.parametrize(
    "changes", [{"certainty": "named"}, {"consistent": False}, {"reason": "x"}, {"stands": "x"}, {"kind": "swallowed"}]
)
def test_what_has_something_to_say_is_no_plain_gloss(changes: dict[str, object]) -> None:
    plain = next(e for e in EDITION.emendations if is_plain(e))
    assert not is_plain(msgspec.structs.replace(plain, **changes))


def test_places_are_written_compactly() -> None:
    places = [Span(0, 24, 25), Span(1, 81, 82), Span(1, 88, 89)]
    assert compact(EDITION, places) == "opening/1:24, opening/2:81 88"
    assert compact(EDITION, []) == ""


def test_a_rule_and_the_emendations_account_for_every_change() -> None:
    for rule in EDITION.rules:
        found = list(rule_places(EDITION, rule)) if rule.stood else []
        assert len(found) == rule.count == rule_count(EDITION, rule, WHOLE)
        for place, captured in found:
            stood = EDITION.text(place.paragraph, "capture")[captured]
            assert EDITION.quote(place) == rule.stands[rule.stood.index(stood)]


def test_sections_share_out_the_emendations_and_the_places() -> None:
    sections = [list(EDITION.resolve(Address(EDITION.id, section.id))) for section in EDITION.sections]
    assert [e for spans in sections for e in within(EDITION.emendations, spans)] == list(EDITION.emendations)
    for rule in EDITION.rules:
        assert sum(rule_count(EDITION, rule, spans) for spans in sections) == rule.count


def test_characters_share_out_the_emendations_of_a_paragraph() -> None:
    for index in range(len(EDITION.paragraphs)):
        wanted = [e for e in EDITION.emendations if e.span.paragraph == index]
        length = len(EDITION.text(index))
        found = [e for n in range(length) for e in within(EDITION.emendations, [Span(index, n, n + 1)])]
        assert [e for e in wanted if e not in found] == []
        assert len(found) == sum(max(len(e.stands), 1) for e in wanted)
