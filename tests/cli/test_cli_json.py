"""What each command prints as JSON has exactly the form that is promised, and says what the edition says."""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec
import pytest

from lishu_tui.edition import READINGS, Edition, load_edition


class Form(msgspec.Struct, forbid_unknown_fields=True):
    pass


class ShownSection(Form):
    id: str
    heading: str | None
    heading_en: str
    label: str
    paragraphs: list[str]


class Shown(Form):
    document: str
    reading: str
    sections: list[ShownSection]


class ContentsSection(Form):
    id: str
    address: str
    heading: str | None
    label: str
    heading_en: str
    paragraphs: int
    characters: int


class Contents(Form):
    document: str
    title: str
    title_en: str
    sections: list[ContentsSection]


class Place(Form):
    address: str
    section: str
    paragraph: int
    start: int
    end: int


class Named(Place):
    text: str


class Said(Named):
    quote: str


class Name(Form):
    id: str
    kind: Literal["person", "place", "body", "media"]
    name: str
    aliases: list[str]
    english: str
    office: str | None
    office_en: str | None
    places: list[Named]
    said: list[Said]
    origin: Literal["checked", "found"]
    rule: str


class Names(Form):
    document: str
    names: list[Name]


class Rule(Form):
    kind: str
    stood: str
    stands: str
    reason: str
    count: int


class Emendations(Form):
    total: int
    kind: dict[str, int]
    certainty: dict[str, int]


class Source(Form):
    document: str
    title: str
    title_en: str
    place: str
    place_en: str
    date: str
    year: int
    year_inferred_from: str
    supplied: list[str]
    authors: list[str]
    publisher: str
    publisher_en: str
    via: str
    via_en: str
    rights: str
    rights_en: str
    translation: str
    sha256: str
    bytes: int
    encoding: str
    damage: str
    damage_en: str
    rules: list[Rule]
    emendations: Emendations


class Hit(Place):
    document: str
    text: str
    context: str
    reading: Literal["restored", "english"]
    kind: Literal["text", "pinyin", "english"]


class Counted(Form):
    id: str
    title: str
    hits: int


class Year(Form):
    year: int | None
    documents: int


class Medium(Form):
    source: str
    documents: int


class Facets(Form):
    documents: list[Counted] = []
    years: list[Year] = []
    sources: list[Medium] = []


class Found(Form):
    query: str
    total: int
    documents: int
    hits: list[Hit]
    facets: Facets


class Line(Place):
    left: str
    keyword: str
    right: str
    reading: Literal["restored", "english"]
    kind: Literal["text", "pinyin", "english"]


class Lines(Form):
    query: str
    sort: Literal["left", "right", "place"]
    width: int
    total: int
    lines: list[Line]


class Statistic(Place):
    id: str
    quote: str
    value: int | float
    low: int | float | None
    high: int | float | None
    bound: Literal["exact", "more_than", "at_least", "less_than", "at_most", "approaching", "about", "range"]
    bound_word: str | None
    unit: str | None
    counted: str | None
    label: str
    label_en: str
    kind: str
    origin: Literal["checked", "found"]


class Statistics(Form):
    document: str
    statistics: list[Statistic]


Certainty = Literal["certain", "named", "chosen"]


class Emended(Place):
    capture_start: int
    capture_end: int
    stood: str
    stands: str
    class_: str = msgspec.field(name="class")
    certainty: Certainty
    candidates: int
    runner_up: str | None
    margin: float | None
    bytes: str | None
    reason: str
    consistent: bool


class AppliedRule(Form):
    class_: str = msgspec.field(name="class")
    stood: str
    stands: str
    count: int
    reason: str


class Apparatus(Form):
    document: str
    rules: list[AppliedRule]
    emendations: list[Emended]


class Checked(Form):
    check: str
    says: str
    ok: bool


class Finding(Form):
    address: str
    file: str
    place: str
    wrong: str
    expected: str


class Verified(Form):
    document: str
    ok: bool
    characters: int
    unexplained: int
    checks: list[Checked]
    findings: list[Finding]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


@pytest.fixture
def answer(call: Any) -> Any:
    """Run a command that prints JSON and read it as `form`, strictly."""

    def one(form: type, *args: str, code: int = 0) -> Any:
        printed = call(*args)
        assert (printed.code, printed.err) == (code, "")
        assert printed.out.endswith("}\n")
        return msgspec.convert(json.loads(printed.out), form)

    return one


@pytest.mark.smoke
@pytest.mark.parametrize("reading", READINGS)
def test_show_is_the_whole_reading(answer: Any, edition: Edition, reading: str) -> None:
    shown = answer(Shown, "show", "--reading", reading, "--json")
    assert (shown.document, shown.reading) == ("lishu", reading)
    assert [s.id for s in shown.sections] == [s.id for s in edition.sections]
    assert [s.heading_en for s in shown.sections] == [s.label_en for s in edition.sections]
    texts = [t for s in shown.sections for t in ([] if s.heading is None else [s.heading]) + s.paragraphs]
    assert texts == list(edition.readings[reading])  # type: ignore[index]
    assert [s.heading is None for s in shown.sections] == [not s.has_heading for s in edition.sections]
    assert shown.sections[0].label == "〔開篇〕"


def test_show_only_what_an_address_covers(answer: Any, edition: Edition) -> None:
    paragraph = edition.text(edition.paragraph_at("party-leadership", 3))
    one = answer(Shown, "show", "lishu/party-leadership/3", "--json").sections
    assert [(s.id, s.paragraphs) for s in one] == [("party-leadership", [paragraph])]
    part = answer(Shown, "show", "lishu/party-leadership/3:12-24", "--json").sections
    assert part[0].paragraphs == [paragraph[12:24]]
    assert part[0].heading == edition.heading(edition.section("party-leadership"))
    english = answer(Shown, "show", "lishu/party-leadership/3:12-24", "--reading", "english", "--json").sections
    assert english[0].paragraphs == [edition.text(edition.paragraph_at("party-leadership", 3), "english")]
    heading = answer(Shown, "show", "lishu/party-leadership/0:0-4", "--json").sections
    assert (heading[0].heading, heading[0].paragraphs) == ("旗幟引領", [])


def test_a_range_is_carried_into_the_capture(answer: Any, edition: Edition) -> None:
    emendation = next(e for e in edition.emendations if e.kind == "gloss" and e.span.start == e.span.end)
    index, start, _ = emendation.span
    p = edition.paragraphs[index]
    address = f"lishu/{p.section}/{p.number}:{start - 1}-{start + 1}"
    (section,) = answer(Shown, "show", address, "--reading", "capture", "--json").sections
    (words,) = section.paragraphs or [section.heading]
    assert emendation.stood in words
    assert words[0] + words[-1] == edition.text(index)[start - 1 : start + 1]


def test_toc(answer: Any, edition: Edition) -> None:
    contents = answer(Contents, "toc", "--json")
    assert contents.title == edition.source.title
    assert [s.address for s in contents.sections] == [f"lishu/{s.id}" for s in edition.sections]
    assert sum(s.paragraphs for s in contents.sections) == len(edition.paragraphs) - 4
    headings = sum(len(edition.heading(s) or "") for s in edition.sections)
    assert sum(s.characters for s in contents.sections) == sum(map(len, edition.readings["restored"])) - headings


def test_names(answer: Any, edition: Edition) -> None:
    names = answer(Names, "names", "--json").names
    assert [n.id for n in names if n.origin == "checked"] == [n.id for n in edition.names]
    assert names
    for name in names:
        assert all(at.text in (name.name, *name.aliases) for at in name.places)
        assert all(said.text == said.quote for said in name.said)


def test_source(answer: Any, edition: Edition) -> None:
    source = answer(Source, "source", "--json")
    assert source.sha256 == edition.source.sha256
    assert source.emendations.total == len(edition.emendations) == sum(source.emendations.kind.values())
    assert sum(source.emendations.certainty.values()) == source.emendations.total
    assert len(source.rules) == len(edition.rules)


@pytest.mark.smoke
@pytest.mark.parametrize("query", ["突击队", "突擊隊", "９９８０", "lishu xian", "volunteers", "疫情"])
def test_search(answer: Any, edition: Edition, query: str) -> None:
    found = answer(Found, "search", query, "--json")
    assert (found.query, found.total, found.documents) == (query, len(found.hits), 1)
    assert found.facets.documents == [Counted(id="lishu", title=edition.source.title, hits=found.total)]
    assert found.facets.years == [Year(year=2020, documents=1)]
    assert found.facets.sources == [Medium(source=edition.source.publisher, documents=1)]
    assert found.total
    for hit in found.hits:
        index = edition.paragraph_at(hit.section, hit.paragraph)
        text = edition.text(index, hit.reading)
        assert hit.text == text[hit.start : hit.end] != ""
        assert hit.text in hit.context
        assert hit.context in text
        place = f"lishu/{hit.section}/{hit.paragraph}"
        assert hit.address == (place if hit.reading == "english" else f"{place}:{hit.start}-{hit.end}")


def test_search_within_an_address(answer: Any) -> None:
    everywhere = answer(Found, "search", "黨員", "--json")
    inside = answer(Found, "search", "黨員", "--in", "lishu/party-leadership/6", "--json")
    expected = [h for h in everywhere.hits if (h.section, h.paragraph) == ("party-leadership", 6)]
    assert inside.hits == expected
    assert 0 < inside.total < everywhere.total


def test_nothing_found_is_an_answer(answer: Any) -> None:
    assert answer(Found, "search", "麒麟", "--json", code=1) == Found(
        query="麒麟", total=0, documents=0, hits=[], facets=Facets()
    )
    assert answer(Lines, "kwic", "麒麟", "--json", code=1).lines == []


def test_kwic(answer: Any) -> None:
    lines = answer(Lines, "kwic", "防控", "--sort", "right", "--width", "6", "--json")
    found = answer(Found, "search", "防控", "--json")
    assert (lines.total, lines.sort, lines.width) == (found.total, "right", 6)
    assert sorted(line.address for line in lines.lines) == sorted(hit.address for hit in found.hits)
    assert all(line.keyword == "防控" for line in lines.lines)
    place = answer(Lines, "kwic", "防控", "--json")
    assert [line.address for line in place.lines] == [hit.address for hit in found.hits]


@pytest.mark.smoke
def test_stats(answer: Any, edition: Edition) -> None:
    statistics = answer(Statistics, "stats", "--json").statistics
    assert {s.id for s in statistics} == {s.id for s in edition.statistics}
    assert len(statistics) >= 26
    for s in statistics:
        text = edition.text(edition.paragraph_at(s.section, s.paragraph))
        assert text[s.start : s.end] == s.quote
        assert s.address == f"lishu/{s.section}/{s.paragraph}:{s.start}-{s.end}"


def test_stats_in_an_address(answer: Any) -> None:
    everything = answer(Statistics, "stats", "--json").statistics
    section = answer(Statistics, "stats", "lishu/party-leadership", "--json").statistics
    assert section == [s for s in everything if s.section == "party-leadership"]
    one = section[0]
    assert answer(Statistics, "stats", one.address, "--json").statistics == [one]
    before = f"lishu/{one.section}/{one.paragraph}:0-{one.start}"
    assert answer(Statistics, "stats", before, "--json").statistics == []


@pytest.mark.smoke
def test_apparatus(answer: Any, edition: Edition) -> None:
    found = answer(Apparatus, "apparatus", "--json")
    assert len(found.emendations) == len(edition.emendations)
    assert [(r.class_, r.count) for r in found.rules] == [(r.kind, r.count) for r in edition.rules]
    for e in found.emendations:
        index = edition.paragraph_at(e.section, e.paragraph)
        assert e.address == f"lishu/{e.section}/{e.paragraph}:{e.start}-{e.end}"
        assert edition.text(index)[e.start : e.end] == e.stands
        assert edition.text(index, "capture")[e.capture_start : e.capture_end] == e.stood
    assert {"certain", "named", "chosen"} == {e.certainty for e in found.emendations}


def test_apparatus_of_an_address_and_of_a_class(answer: Any, edition: Edition) -> None:
    everything = answer(Apparatus, "apparatus", "--json")
    parts = [answer(Apparatus, "apparatus", f"lishu/{s.id}", "--json") for s in edition.sections]
    assert [e for part in parts for e in part.emendations] == everything.emendations
    assert sum(r.count for part in parts for r in part.rules) == sum(r.count for r in everything.rules)
    kinds = {e.class_ for e in everything.emendations} | {r.class_ for r in everything.rules}
    by_kind = [answer(Apparatus, "apparatus", "--class", kind, "--json") for kind in sorted(kinds)]
    assert sum(len(part.emendations) for part in by_kind) == len(everything.emendations)
    assert sum(len(part.rules) for part in by_kind) == len(everything.rules)
    assert answer(Apparatus, "apparatus", "--class", "false-mark", "--json").emendations == []


def test_a_gloss_belongs_to_the_character_before_it(answer: Any, edition: Edition) -> None:
    assert edition.text(1)[:3] == "疫情發"
    inside = answer(Apparatus, "apparatus", "lishu/opening/2:2-3", "--json").emendations
    assert [(e.stood, e.start) for e in inside] == [("(fā)", 3)]
    assert answer(Apparatus, "apparatus", "lishu/opening/2:3-4", "--json").emendations == []


@pytest.mark.smoke
def test_verify(answer: Any, edition: Edition) -> None:
    found = answer(Verified, "verify", "--json")
    assert (found.document, found.ok, found.characters, found.unexplained) == ("lishu", True, 4328, 0)
    assert found.characters == len(edition.capture.decode())
    assert found.findings == []
    assert {c.check for c in found.checks} == {"capture", "loading", "replay", "simplified", "spans", "damage", "files"}
    assert all(c.ok for c in found.checks)
