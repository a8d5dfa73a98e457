"""The bundled article is what the design says it is, to the byte."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from lishu_tui.edition import READINGS, Edition, load_edition
from lishu_tui.edition.places import data_root

SECTIONS = [
    ("opening", None, "Opening"),
    ("strict-readiness", "嚴陣以待 人民群眾生命高于天", "Strict readiness"),
    ("holding-the-line", "守土盡責 用辛苦指數換健康指數", "Holding the line"),
    ("whole-population-participation", "全民參戰 一呼百應抗“疫”無死角", "Whole-population participation"),
    ("party-leadership", "旗幟引領 黨員沖鋒在前勇擔當", "Party leadership"),
    ("closing", None, "Closing"),
    ("source", None, "Source and rights"),
]

STATISTICS = {  # id: (section, value, bound, quote)
    "working-groups": ("strict-readiness", 11, "exact", "11個"),
    "levels-of-secretaries": ("strict-readiness", 3, "exact", "三級"),
    "meetings": ("strict-readiness", 20, "more_than", "20余次"),
    "documents": ("strict-readiness", 20, "more_than", "20余個"),
    "inspection-teams": ("strict-readiness", 10, "exact", "10個"),
    "publicity-routes": ("strict-readiness", 5, "exact", "五路"),
    "lines-of-defence": ("holding-the-line", 3, "exact", "三道"),
    "county-checkpoints": ("holding-the-line", 5, "exact", "5個"),
    "township-and-village-checkpoints": ("holding-the-line", 500, "more_than", "500余個"),
    "markets": ("holding-the-line", 117, "exact", "117個"),
    "slaughter-points": ("holding-the-line", 23, "exact", "23個"),
    "people-on-duty": ("holding-the-line", 9980, "exact", "9980人"),
    "sanitation-workers": ("holding-the-line", 350, "exact", "350名"),
    "townships": ("whole-population-participation", 21, "exact", "21個"),
    "streets": ("whole-population-participation", 3, "exact", "3個"),
    "villages": ("whole-population-participation", 304, "exact", "304個"),
    "volunteers": ("whole-population-participation", 5000, "more_than", "5000多人"),
    "works-of-art": ("whole-population-participation", 150, "more_than", "150余個"),
    "years-of-service": ("party-leadership", 36, "exact", "36個年頭"),
    "commando-teams": ("party-leadership", 440, "exact", "440個"),
    "commando-members": ("party-leadership", 4085, "exact", "4085名"),
    "volunteer-teams": ("party-leadership", 576, "exact", "576個"),
    "volunteer-team-members": ("party-leadership", 6571, "exact", "6571名"),
    "responsibility-areas": ("party-leadership", 1879, "exact", "1879個"),
    "responsible-persons": ("party-leadership", 1926, "exact", "1926名"),
    "pioneer-posts": ("party-leadership", 992, "exact", "992個"),
}

LIKE = {"more_than": (True, False), "at_least": (True, False), "less_than": (False, True), "at_most": (False, True)}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def test_the_capture_is_kept_to_the_byte(edition: Edition) -> None:
    assert edition.capture == (data_root() / "lishu" / "capture.txt").read_bytes()
    assert hashlib.sha256(edition.capture).hexdigest() == edition.source.sha256
    assert edition.source.sha256 == "b4265f78a5d74bdd3e26788bf14f63771cb6c4083102dc8c123c5543ecbbba97"
    assert len(edition.capture) == edition.source.bytes == 10_113
    assert len(edition.capture.decode()) == 4_328
    assert "\n".join(edition.readings["capture"]).encode() == edition.capture


def test_all_readings_have_the_same_paragraphs(edition: Edition) -> None:
    assert tuple(edition.readings) == READINGS
    assert {len(edition.readings[reading]) for reading in READINGS} == {len(edition.paragraphs)} == {33}
    assert all(line.strip() for reading in READINGS for line in edition.readings[reading])


def test_sections_are_those_of_the_design_and_cover_the_text_without_a_gap(edition: Edition) -> None:
    assert [(s.id, edition.heading(s), s.label_en) for s in edition.sections] == SECTIONS
    assert all(a.last == b.first for a, b in pairwise(edition.sections))
    assert (edition.sections[0].first, edition.sections[-1].last) == (0, len(edition.paragraphs))


def test_a_label_that_is_ours_stands_in_supplied_brackets(edition: Edition) -> None:
    ours = [s.label for s in edition.sections if not s.has_heading]
    source = edition.source
    for text in (*ours, source.title, source.title_en, source.place, source.date):
        assert text.startswith("〔"), text
        assert text.endswith("〕"), text


def test_paragraphs_are_numbered_within_their_section_a_heading_being_zero(edition: Edition) -> None:
    for section in edition.sections:
        numbers = [p.number for p in edition.paragraphs if p.section == section.id]
        assert numbers == list(range(0 if section.has_heading else 1, len(edition.body(section)) + 1))
        assert [edition.section_of(i) for i in edition.body(section)] == [section] * len(edition.body(section))


def test_simplified_has_one_character_for_each_of_restored(edition: Edition) -> None:
    for a, b in zip(edition.readings["restored"], edition.readings["simplified"], strict=True):
        assert len(a) == len(b)
    assert edition.text(0, "simplified") == "这是一次与“病毒”的赛跑，这是一场疫情防控的人民战争。"


def test_restored_has_chinese_marks_and_no_gloss_or_damage_left(edition: Edition) -> None:
    text = "".join(edition.readings["restored"])
    assert not set(text) & set(",:;()?")
    assert not set(text) & set("āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ")


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("party-leadership/0", "勇擔當"),
        ("party-leadership/1", "體現責任擔當的試金石和磨刀石，哪里任務險重哪里就有黨組織堅強堡壘"),
        ("closing/2", "（金大慶 張競文）"),
        ("source/1", "轉自：人民網"),
    ],
)
def test_the_hard_places_are_restored(edition: Edition, address: str, text: str) -> None:
    section, number = address.split("/")
    assert text in edition.text(edition.paragraph_at(section, int(number)))


def test_english_is_a_whole_translation(edition: Edition) -> None:
    for index in range(len(edition.paragraphs)):
        chinese, english = edition.text(index), edition.text(index, "english")
        assert len(english) >= 1.2 * len(chinese), (index, english)
        quoted = [c for c in english if "\u3400" <= c <= "\u9fff"]  # a pun is explained
        assert len(quoted) <= 0.02 * len(english), (index, quoted)


def test_every_span_stands_where_its_quote_stands(edition: Edition) -> None:
    for s in edition.statistics:
        assert edition.quote(s.span) == s.quote
    for name in edition.names:
        assert {edition.quote(span) for span in name.places} <= {name.name, *name.aliases}
        assert all(edition.quote(said.span) == said.quote for said in name.said)
    for e in edition.emendations:
        assert edition.quote(e.span) == e.stands
        assert edition.text(e.span.paragraph, "capture")[e.start : e.end] == e.stood


def test_every_figure_of_the_article_is_there_with_its_value(edition: Edition) -> None:
    found = {s.id: (edition.address(s.span).section, s.value, s.bound, s.quote) for s in edition.statistics}
    assert found == STATISTICS


def test_figures_stand_in_the_order_of_the_text(edition: Edition) -> None:
    spans = [s.span for s in edition.statistics]
    assert spans == sorted(spans)


def test_limits_follow_from_the_bound_and_its_word(edition: Edition) -> None:
    for s in edition.statistics:
        if s.bound == "exact":
            assert (s.low, s.value, s.high, s.bound_word) == (s.value, s.value, s.value, None)
        else:
            low, high = LIKE[s.bound]
            assert ((s.low == s.value), (s.high == s.value)) == (low, high), s.id
            assert (s.low is None, s.high is None) == (not low, not high), s.id
            assert s.bound_word in {"余", "多"}
            assert s.bound_word in s.quote


def test_a_figure_says_what_it_counts_in_words_of_its_paragraph(edition: Edition) -> None:
    for s in edition.statistics:
        assert s.unit
        assert s.unit in s.quote
        assert s.counted
        assert s.counted in edition.text(s.span.paragraph)
        assert s.label
        assert s.label_en


def test_no_digit_of_the_article_is_left_out_but_telephone_and_licence_numbers(edition: Edition) -> None:
    counted = {(s.span.paragraph, n) for s in edition.statistics for n in range(s.span.start, s.span.end)}
    for paragraph in edition.paragraphs:
        left = [n for n, c in enumerate(edition.text(paragraph.index)) if c.isdigit() and c.isascii()]
        assert paragraph.section == "source" or all((paragraph.index, n) in counted for n in left)


def test_the_partys_four_measures_stand_side_by_side(edition: Edition) -> None:
    (measures,) = [c for c in edition.comparisons if c.id == "party-measures"]
    by_id = {s.id: s.value for s in edition.statistics}
    values = [tuple(None if cell is None else by_id[cell] for cell in cells) for _, _, cells in measures.rows]
    assert values == [(440, 4085), (576, 6571), (1879, 1926), (992, None)]


def test_people_are_named_with_their_office_and_what_they_are_quoted_saying(edition: Edition) -> None:
    people = {n.name: n for n in edition.names if n.kind == "person"}
    assert set(people) >= {"巴音朝魯", "徐曉芳", "王雪英", "紀海", "周美希", "吳丹", "金大慶", "張競文"}
    assert people["紀海"].office == "梨樹縣疾控中心主任助理"
    assert people["紀海"].said[0].quote.endswith("而且要到防控一線去。")
    assert {n.kind for n in edition.names} == {"person", "place", "body", "media"}


def test_no_place_where_a_name_stands_is_left_out(edition: Edition) -> None:
    named = [span for name in edition.names for span in name.places]
    for form in {form for name in edition.names for form in (name.name, *name.aliases)}:
        for index, text in enumerate(edition.readings["restored"]):
            at = text.find(form)
            while at >= 0:
                inside = [s for s in named if s.paragraph == index and s.start <= at and s.end >= at + len(form)]
                assert inside, (form, index, at)
                at = text.find(form, at + 1)


def test_every_emendation_says_how_sure_it_is_and_why_where_it_is_a_choice(edition: Edition) -> None:
    for e in edition.emendations:
        assert e.kind
        assert e.certainty == "certain" or (e.reason and e.bytes), e
