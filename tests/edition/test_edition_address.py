"""Addresses can be written down, read back, and lead to a place or to one line that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Address, LishuError, Span, load_edition

EDITION = load_edition()
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
ORDERED = st.tuples(st.integers(0, 9_999_999), st.integers(0, 9_999_999)).map(sorted)
NUMBERS = st.integers(0, 999_999)
ADDRESSES = st.one_of(
    SLUGS.map(Address),
    st.tuples(SLUGS, SLUGS).map(lambda t: Address(*t)),
    st.tuples(SLUGS, SLUGS, NUMBERS).map(lambda t: Address(*t)),
    st.tuples(SLUGS, SLUGS, NUMBERS, ORDERED).map(lambda t: Address(*t[:3], *t[3])),
)


@given(ADDRESSES)
def test_an_address_reads_back_as_it_was_written(address: Address) -> None:
    assert Address.parse(str(address)) == address


@given(st.text())
def test_whatever_is_typed_is_an_address_or_one_line(text: str) -> None:
    try:
        address = Address.parse(text)
    except LishuError as error:
        line = str(error)
    else:
        line = str(address)
        assert Address.parse(line) == address
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "lishu/",
        "lishu//1",
        "Lishu",
        "lishu/a/b",
        "lishu/a/1:",
        "lishu/a/1:2",
        "lishu/a/1:2-",
        "lishu/a/1:-2",
        "lishu/a:1-2",
        "lishu/a/-1",
        "lishu/a/1:2-3 ",
        "lishu/a/1:2-3\n",
        "lishu/a/１",  # full-width digits would not read back as they were written
        "lishu/a/٣",
        "梨樹",
        "lishu/a/9999999",
        "lishu/a/1:5-4",
    ],
)
def test_what_is_no_address_is_refused_in_one_line_that_shows_it(text: str) -> None:
    with pytest.raises(LishuError) as caught:
        Address.parse(text)
    assert str(caught.value).startswith("address: ")
    assert "; expected " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_paragraph_has_an_address_that_leads_back_to_it() -> None:
    for p in EDITION.paragraphs:
        whole = Span(p.index, 0, len(EDITION.text(p.index)))
        assert list(EDITION.resolve(Address("lishu", p.section, p.number))) == [whole]
        assert list(EDITION.resolve(Address.parse(str(EDITION.address(whole))))) == [whole]


def test_every_statistic_has_an_address_that_leads_back_to_it() -> None:
    for s in EDITION.statistics:
        assert list(EDITION.resolve(EDITION.address(s.span))) == [s.span]


def test_a_document_is_all_its_paragraphs_and_a_section_all_of_its_own() -> None:
    everything = list(EDITION.resolve(Address("lishu")))
    assert [s.paragraph for s in everything] == list(range(len(EDITION.paragraphs)))
    parts = [span for section in EDITION.sections for span in EDITION.resolve(Address("lishu", section.id))]
    assert parts == everything


@pytest.mark.parametrize(
    ("address", "wrong", "expected"),
    [
        ("other", "no document 'other'", "'lishu'"),
        ("lishu/nowhere", "no such section", "one of opening, strict-readiness,"),
        ("lishu/nowhere/1", "no such section", "source"),
        ("lishu/opening/0", "no such paragraph", "1 to 2"),
        ("lishu/opening/3", "no such paragraph", "1 to 2"),
        ("lishu/party-leadership/7", "no such paragraph", "0 to 6"),
        ("lishu/party-leadership/999999", "no such paragraph", "0 to 6"),
        ("lishu/opening/1:0-28", "character 28 is past the end", "at most 27"),
        ("lishu/opening/1:9999999-9999999", "past the end", "at most 27"),
    ],
)
def test_an_address_that_leads_nowhere_says_what_there_is(address: str, wrong: str, expected: str) -> None:
    with pytest.raises(LishuError) as caught:
        list(EDITION.resolve(Address.parse(address)))
    assert address.removesuffix("/1") in str(caught.value)
    assert wrong in caught.value.wrong
    assert expected in caught.value.expected
    assert "\n" not in str(caught.value)
