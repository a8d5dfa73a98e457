"""A document as JSON: everything comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from lishu_tui.edition import Address, visible
from lishu_tui.export.documents import Noted, Options
from lishu_tui.figures.statistics import statistics
from lishu_tui.figures.who import names
from tests.export.exported import EDITION, EVERYTHING, HOSTILE, TEXTS, hostile, of, written

KEYS = [
    "format", "version", "made_by", "document", "address", "language", "source", "provenance", "damage", "sections",
    "paragraphs", "rules", "emendations", "statistics", "comparisons", "names", "quotes", "notes",
]  # fmt: skip


def read(options: Options = EVERYTHING, edition: Any = EDITION) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("json", options, edition))
    return found


def test_the_shape() -> None:
    found = read()
    assert list(found) == KEYS
    assert (found["format"], found["version"], found["document"]) == ("lishu-tui/edition", 1, "lishu")
    assert list(found["paragraphs"][0]) == ["address", "section", "number", "start", "end", "texts"]
    assert found["language"] == "zh-Hant"


def test_texts_come_back_as_they_are() -> None:
    found = read()
    for reading, texts in EDITION.readings.items():
        assert [p["texts"][reading] for p in found["paragraphs"]] == list(texts)


def test_places_come_back() -> None:
    found = read()
    for kind in ("emendations", "statistics", "quotes", "notes"):
        assert found[kind]
        for one in found[kind]:
            (span,) = EDITION.resolve(Address.parse(one["address"]))
            if kind != "emendations":
                assert EDITION.quote(span) == one["quote"]
            else:
                assert EDITION.quote(span) == one["stands"]
                assert (
                    EDITION.text(span.paragraph, "capture")[one["capture_start"] : one["capture_end"]] == one["stood"]
                )
    for name in found["names"]:
        assert all(
            EDITION.quote(next(iter(EDITION.resolve(Address.parse(p["address"]))))) == p["quote"]
            for p in name["places"]
        )
    assert len(found["emendations"]) == len(EDITION.emendations)
    assert len(found["statistics"]) == len(statistics(EDITION))
    assert [n["id"] for n in found["names"]] == [n.id for n in names(EDITION)]
    assert [(n["note"], n["tags"]) for n in found["notes"]] == [("疫情就是命令？", ["a", "標"]), ("", [])]


def test_a_part_is_only_that_part() -> None:
    found = read(
        Options(
            address=Address.parse("lishu/party-leadership/1:10-20"),
            notes=(Noted(next(EDITION.resolve(Address("lishu"))), "x"),),
        )
    )
    assert [p["address"] for p in found["paragraphs"]] == ["lishu/party-leadership/1"]
    assert found["paragraphs"][0]["texts"]["restored"] == EDITION.text(21)[10:20]
    assert (found["paragraphs"][0]["start"], found["paragraphs"][0]["end"]) == (10, 20)
    assert found["notes"] == []
    assert [s["id"] for s in found["sections"]] == ["party-leadership"]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_comes_back_and_no_control_leaves(payload: str) -> None:
    made = written("json", EVERYTHING, hostile(payload))
    assert visible(made.replace("\n", "")) == made.replace("\n", "")
    found = json.loads(made)
    assert found["paragraphs"][0]["texts"]["restored"] == EDITION.text(0) + payload
    assert found["source"]["title"] == EDITION.source.title + payload


@given(TEXTS)
def test_any_document_comes_back(texts: list[str]) -> None:
    edition = of("一篇", texts)
    found = read(Options(), edition)
    for reading in edition.readings:
        assert [p["texts"][reading] for p in found["paragraphs"]] == list(edition.readings[reading])
