"""A document as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given

from lishu_tui.edition import Address, LishuError, visible
from lishu_tui.export.documents import FORMATS, Options, export, suggested_name
from tests.export.exported import ANY, EDITION, EVERYTHING, HOSTILE, TEXTS, hostile, of, written


def test_title_paragraphs_and_source() -> None:
    lines = written("txt", Options()).split("\n")
    assert lines[0] == EDITION.source.title
    assert lines[2:5] == ["〔開篇〕", "", EDITION.text(0)]
    text, _, source = written("txt", Options()).partition("―" * 20)
    for paragraph in EDITION.readings["restored"]:
        assert f"\n\n{paragraph}\n" in text
    assert "\naddress: lishu\n" in source
    assert EDITION.source.sha256 in source
    assert all(f"supplied by the editors of this edition: {item}\n" in source for item in EDITION.source.supplied)


def test_the_source_of_a_page_says_where_it_was_captured() -> None:
    text = written("txt", Options(), of("一篇", ["第一段。"]))
    assert "url: https://example.org/a?b=1&c=2\n" in text
    assert "supplied" not in text


@pytest.mark.parametrize("reading", ["restored", "simplified", "capture"])
def test_each_reading(reading: str) -> None:
    text = written("txt", Options(readings=(reading,)))  # type: ignore[arg-type]
    assert all(paragraph in text for paragraph in EDITION.readings[reading])  # type: ignore[index]


def test_english_beneath_and_alone() -> None:
    beneath = written("txt", Options(english="beneath"))
    alone = written("txt", Options(english="only"))
    for chinese, english in zip(EDITION.readings["restored"], EDITION.readings["english"], strict=True):
        assert f"{chinese}\n{english}\n" in beneath
        assert english in alone
        assert f"\n{chinese}\n" not in alone


def test_a_part_is_only_that_part() -> None:
    text = written("txt", Options(address=Address.parse("lishu/party-leadership/1:0-12")))
    assert EDITION.text(21)[:12] + "\n" in text
    assert EDITION.text(21)[:13] not in text
    assert EDITION.text(0) not in text
    assert "address: lishu/party-leadership/1:0-12\n" in text


def test_what_goes_along() -> None:
    text = written("txt", EVERYTHING)
    assert "lishu/strict-readiness/1:72-75  11  working groups  個具體工作組  11個  checked\n" in text
    assert "lishu/party-leadership/0:12-13  擔 ] ?lián)  ? chosen among 13, next 據 4.8 nats behind" in text
    assert "戰 ] 戰(zhàn)  =" in text
    assert "疫情就是命令？ #a #標\n" in text


def test_what_is_not_there_is_said_at_once() -> None:
    page = of("一篇", ["第一段。"])
    with pytest.raises(LishuError, match="has none"):
        export(page, "txt", Options(english="beneath"))
    with pytest.raises(LishuError, match="too many"):
        written("txt", Options(readings=("restored", "capture")))
    with pytest.raises(LishuError, match="no such section"):
        written("txt", Options(address=Address.parse("lishu/nowhere")))


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_control_leaves(payload: str) -> None:
    for line in written("txt", EVERYTHING, hostile(payload)).split("\n"):
        assert visible(line) == line
        line.encode()


@given(ANY, TEXTS)
def test_any_document(title: str, texts: list[str]) -> None:
    for form in FORMATS:
        text = written(form, EVERYTHING, edition := of(title, texts))
        assert text == written(form, EVERYTHING, edition)
        text.encode()
        assert text.endswith("\n")
        assert visible(text.replace("\n", "")) == text.replace("\n", "")


def test_names_of_files() -> None:
    assert [suggested_name(EDITION, form) for form in FORMATS] == [
        "lishu.txt", "lishu.md", "lishu.html", "lishu.xml", "lishu.json",
    ]  # fmt: skip
