"""A document as TEI P5: valid, and with nothing lost of text, places and evidence."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace

from lishu_tui.edition import Address, Edition, Span
from lishu_tui.edition.model import Quotation
from lishu_tui.export.documents import Options
from lishu_tui.export.documents.work import safe
from lishu_tui.figures.statistics import statistics
from lishu_tui.figures.who import names, speech
from tests.export.exported import EDITION, EVERYTHING, HOSTILE, TEXTS, hostile, of, written

NS = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = Path(__file__).parents[1] / "cases" / "tei" / "lishu-tui.rng"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@lru_cache
def schema() -> Any:
    return etree.RelaxNG(etree.parse(SCHEMA))


def tree(options: Options = EVERYTHING, edition: Edition = EDITION) -> Any:
    root = etree.fromstring(written("tei", options, edition).encode())
    assert schema().validate(root), [(e.line, e.message) for e in schema().error_log][:4]
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointers = root.xpath("//@target | //@ref | //@who | //@corresp | //@next | //@prev | //@resp")
    for pointer in (
        one for several in pointers for one in several.split() if not one.startswith("https://example.org")
    ):
        assert pointer.removeprefix("#") in ids
    return root


def words(element: Any, side: str = "corr") -> str:
    """The text of an element, of a choice only one side."""
    other = {"corr": "sic", "sic": "corr"}[side]
    return "".join(element.xpath(f".//text()[not(ancestor::t:{other})]", namespaces=NS))


def places(root: Any) -> list[Any]:
    return list(root.xpath("//t:body//*[self::t:p or self::t:head][@n]", namespaces=NS))


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        EVERYTHING,
        Options(readings=("simplified",), apparatus=True),
        Options(readings=("capture",), apparatus=True, names=True),
        Options(english="only", statistics=True, apparatus=True),
        Options(english="beside"),
        Options(address=Address.parse("lishu/party-leadership"), apparatus=True),
        Options(address=Address.parse("lishu/party-leadership/1:59-65")),
        Options(address=Address.parse("lishu/closing/1:4-4")),
    ],
)
def test_it_is_valid(options: Options) -> None:
    tree(options)


def test_the_texts_come_back_and_the_capture_with_them() -> None:
    root = tree()
    found = places(root)
    assert [words(p) for p in found] == list(EDITION.readings["restored"])
    marks = str.maketrans("，：；（）", ",:;()")
    captured = [words(p, "sic").translate(marks) for p in found]
    assert captured == [text.translate(marks) for text in EDITION.readings["capture"]]
    assert [p.get("n") for p in found] == [
        f"lishu/{p.section}/{p.number}" for p in EDITION.paragraphs
    ]  # fmt: skip
    simplified = places(tree(Options(readings=("simplified",))))
    assert [words(p) for p in simplified] == list(EDITION.readings["simplified"])
    captures = places(tree(Options(readings=("capture",))))
    assert [words(p) for p in captures] == list(EDITION.readings["capture"])


def test_the_english_stands_beside_its_paragraphs() -> None:
    found = tree().xpath("//t:back/t:div[@type='translation']/t:p", namespaces=NS)
    assert [p.text for p in found] == list(EDITION.readings["english"])
    only = tree(Options(english="only"))
    assert [words(p) for p in places(only)] == list(EDITION.readings["english"])
    assert only.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_an_emendation_has_what_stood_how_sure_it_is_and_by_what() -> None:
    root = tree()
    choices = root.xpath("//t:choice", namespaces=NS)
    assert len(choices) == len(EDITION.emendations)
    pairs = [(c.find("t:sic", NS).text, words(c) or "") for c in choices]
    assert pairs == [(e.stood, e.stands) for e in EDITION.emendations]
    certs = [c.find("t:corr", NS).get("cert") for c in choices]
    levels = {"certain": "high", "named": "medium", "chosen": "low"}
    assert certs == [levels[e.certainty] for e in EDITION.emendations]
    chosen = root.xpath("//t:corr[@cert='low']/@evidence", namespaces=NS)
    assert set(chosen) == {"internal conjecture"}
    said = root.xpath("//t:div[@type='apparatus']//t:item", namespaces=NS)
    assert len(said) == 8
    assert "chosen among 13, next 據" in "".join(said[0].itertext())


def measured(root: Any) -> list[tuple[str, ...]]:
    return [
        (m.get("quantity"), m.get("unit"), m.get("commodity"), words(m))
        for m in root.xpath("//t:measure[not(@prev)]", namespaces=NS)
    ]


def test_what_is_counted() -> None:
    root = tree()
    found = measured(root)
    assert len(found) == len(statistics(EDITION))
    assert ("11", "個", "具體工作組", "11個") in found
    bounds = root.xpath("//t:measure[@type='more_than'][.='20余次']/t:num", namespaces=NS)
    assert [dict(b.attrib) for b in bounds] == [{"value": "20", "atLeast": "20"}]
    found_ones = root.xpath("//t:measure[@resp='#lishu-tui']", namespaces=NS)
    assert len(found_ones) == sum(s.origin == "found" for s in statistics(EDITION))


def test_who_is_named_and_who_says_what() -> None:
    root = tree()
    people = root.xpath("//t:listPerson/t:person", namespaces=NS)
    assert [p.find("t:persName", NS).text for p in people] == [n.name for n in names(EDITION) if n.kind == "person"]
    (said,) = root.xpath("//t:said[contains(@who, '#n.xu-xiaofang')]", namespaces=NS)
    assert words(said) == "社區全體人員投入到疫情防控第一線，加強宣傳和摸排工作。"
    both = root.xpath("//t:said[contains(@who, ' ')]/@who", namespaces=NS)
    assert len(both) == 1
    named = root.xpath(
        "//t:body//*[self::t:persName or self::t:placeName or self::t:orgName][not(@prev)]", namespaces=NS
    )
    assert len(named) == sum(len(n.places) for n in names(EDITION))
    assert len(root.xpath("//t:said[not(@prev)]", namespaces=NS)) == len(speech(EDITION))


def test_the_header_says_where_it_comes_from() -> None:
    root = tree()
    assert root.xpath("string(//t:idno[@type='sha256'])", namespaces=NS) == EDITION.source.sha256
    assert root.xpath("//t:bibl/t:date/@when", namespaces=NS) == ["2020"]
    assert root.xpath("//t:bibl/t:date/@cert", namespaces=NS) == ["low"]
    supplied = root.xpath("//t:interpretation/t:p/text()", namespaces=NS)
    assert supplied == list(EDITION.source.supplied)
    page = tree(Options(), of("一篇", ["一段。"]))
    assert page.xpath("//t:bibl/t:ref/@target", namespaces=NS) == ["https://example.org/a?b=1&c=2"]
    assert page.xpath("//t:bibl/t:date/@when", namespaces=NS) == ["2020-02-03"]


def test_what_crosses_is_cut_and_linked() -> None:
    """A name that begins within another place and ends behind it; one that ends within an emendation."""
    name = EDITION.names[0]
    index = next(p.index for p in EDITION.paragraphs if p.section == "party-leadership" and p.number == 1)
    spans = (Span(index, 57, 61), Span(index, 59, 64), Span(index, 2, 8))
    said = Quotation(span=spans[2], quote=EDITION.quote(spans[2]))
    crossing = replace(
        EDITION,
        names=(
            replace(name, id="one", places=spans[:1], said=()),
            replace(name, id="two", kind="body", places=spans[1:2], said=(said,)),
        ),
        statistics=(replace(EDITION.statistics[0], span=Span(index, 5, 12), quote=EDITION.quote(Span(index, 5, 12))),),
    )  # fmt: skip
    root = tree(Options(), crossing)
    assert [words(p) for p in places(root)] == list(EDITION.readings["restored"])
    for kind, ref, span in (("persName", "one", spans[0]), ("orgName", "two", spans[1])):
        pieces = root.xpath(f"//t:body//t:{kind}[@ref='#n.{ref}']", namespaces=NS)
        assert "".join(words(p) for p in pieces) == EDITION.quote(span)
        assert len(pieces) > 1
        assert [p.get("next") for p in pieces[:-1]] == [f"#{p.get(ID)}" for p in pieces[1:]]
        assert [p.get("prev") for p in pieces[1:]] == [f"#{p.get(ID)}" for p in pieces[:-1]]
    assert all(len(c) == 2 for c in root.xpath("//t:choice", namespaces=NS))


@pytest.mark.parametrize("payload", HOSTILE)
def test_whatever_stands_in_a_document_is_text(payload: str) -> None:
    root = tree(EVERYTHING, hostile(payload))
    assert words(places(root)[0]) == safe(EDITION.text(0) + payload)
    assert not root.xpath("//comment() | //processing-instruction()")
    assert root.xpath("string(//t:titleStmt/t:title)", namespaces=NS) == safe(EDITION.source.title + payload)


@settings(max_examples=60)
@given(TEXTS)
def test_any_document_is_valid_and_comes_back(texts: list[str]) -> None:
    edition = of("一篇", texts)
    root = tree(EVERYTHING, edition)
    assert [words(p) for p in places(root)] == [safe(text) for text in edition.readings["restored"]]
    assert re.fullmatch(r"[\w-]+", root.get("{http://www.w3.org/XML/1998/namespace}lang"))
