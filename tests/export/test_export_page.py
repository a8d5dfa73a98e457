"""The page as a file: valid as far as can be told without a network, and with nothing in it that is not ours."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from lishu_tui.edition import Address
from lishu_tui.export.documents import Options
from lishu_tui.export.documents.page import assets
from lishu_tui.export.documents.work import safe
from lishu_tui.search.fold import fold
from tests.export.exported import EDITION, EVERYTHING, HOSTILE, TEXTS, hostile, of, written

VOID = {"meta", "input", "br"}
PHRASES = {
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "a",
    "b",
    "small",
    "dt",
    "caption",
    "label",
    "legend",
    "button",
    "title",
    "code",
}
PHRASING = {"span", "a", "b", "small", "svg", "rect", "br", "input", "code"}
LOADS = {"src", "srcset", "action", "formaction", "background", "data", "poster", "style", "http-equiv"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], within: Element | None) -> None:
        self.tag, self.attributes, self.within = tag, attributes, within
        self.children: list[Element | str] = []

    def all(self, *tags: str) -> list[Element]:
        """Itself and all in it, in order, of these tags."""
        found = [self] if not tags or self.tag in tags else []
        return found + [e for child in self.children if isinstance(child, Element) for e in child.all(*tags)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def nearest(self, attribute: str) -> str | None:
        if attribute in self.attributes:
            return self.attributes[attribute]
        return self.within.nearest(attribute) if self.within is not None else None


class Strict(HTMLParser):
    """A reader that forgives nothing: every element is closed where it must be, no attribute stands twice, in a
    paragraph there are only phrases, and no link is in a link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = self.now = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        element = Element(tag, {name: value or "" for name, value in attrs}, self.now)
        above = self.now
        while above.within is not None:
            assert above.tag not in PHRASES or tag in PHRASING, (above.tag, tag)
            assert not (above.tag == tag == "a")
            above = above.within
        self.now.children.append(element)
        if tag not in VOID:
            self.now = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.now.tag == tag
        assert self.now.within is not None
        self.now = self.now.within

    def handle_data(self, data: str) -> None:
        self.now.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


def page(options: Options = EVERYTHING, edition: Any = EDITION) -> Element:
    made = written("html", options, edition)
    assert made.startswith("<!DOCTYPE html>\n<html lang=")
    reader = Strict()
    reader.feed(made.removeprefix("<!DOCTYPE html>\n"))
    reader.close()
    assert reader.now is reader.top
    (html,) = (e for e in reader.top.children if isinstance(e, Element))
    check(html)
    return html


def check(html: Element) -> None:
    """What must be so of every page."""
    every = html.all()
    ids = [e.attributes["id"] for e in every if "id" in e.attributes]
    assert [id for id, times in Counter(ids).items() if times > 1] == []
    assert all(id and not re.search(r"\s", id) for id in ids)
    for e in every:
        for name, value in e.attributes.items():
            assert not name.startswith("on")
            assert name not in LOADS or (e.tag, name) == ("meta", "http-equiv")
            if name == "href":
                assert value.startswith(("#", "https://example.org/"))
                assert not value.startswith("#") or value[1:] in ids
            if name in ("aria-labelledby", "for"):
                assert value in ids
            if name == "data-e":
                assert set(value.split(" ")) <= set(ids)
            if name == "data-at":
                assert value in ids
        if "r" in e.attributes.get("class", "").split():
            own = html.attributes["lang"]
            simplified = "simplified" in e.attributes["class"] and own.startswith("zh")
            assert e.attributes["lang"] == ("zh-Hans" if simplified else own)
        if "english" in e.attributes.get("class", "").split():
            assert e.attributes["lang"] == "en"
    assert [len(html.all(tag)) for tag in ("header", "main", "footer", "h1", "nav", "style")] == [1] * 6
    levels = [int(e.tag[1]) for e in every if re.fullmatch("h[1-6]", e.tag)]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    scripts = html.all("script")
    assert [s.attributes for s in scripts] == [{"type": "application/json", "id": "_fold"}, {}]
    policy(html)


def policy(html: Element) -> None:
    (meta,) = (m for m in html.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy")
    style, script = html.all("style")[0].text, html.all("script")[1].text
    assert [style, script] == [*assets()]

    def digest(words: str) -> str:
        return f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'"

    allowed = f"style-src {digest(style)}; script-src {digest(script)}"
    assert meta.attributes["content"] == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def test_it_is_valid_with_everything() -> None:
    html = page()
    assert html.attributes["lang"] == "zh-Hant"
    assert html.all("title")[0].text == EDITION.source.title
    by_class = {
        reading: [e.text for e in html.all("p", "span") if f"r {reading}" in e.attributes.get("class", "")]
        for reading in ("restored", "simplified", "capture")
    }
    for reading, texts in by_class.items():
        assert texts == list(EDITION.readings[reading])  # type: ignore[index]
    english = [e.text for e in html.all("p") if e.attributes.get("class") == "english"]
    assert english == [EDITION.text(i, "english") for s in EDITION.sections for i in EDITION.body(s)]


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options(readings=("simplified",), english="off"),
        Options(readings=("capture", "restored"), english="beside", statistics=True),
        Options(english="only"),
        Options(english="only", apparatus=True, statistics=True, names=True),
        Options(names=True, address=Address.parse("lishu/party-leadership")),
        Options(address=Address.parse("lishu/closing/1:3-30"), apparatus=True),
        Options(address=Address.parse("lishu/strict-readiness/1:73-74"), statistics=True, names=True),
        Options(address=Address.parse("lishu/strict-readiness/1:73-73"), statistics=True, names=True),
        Options(readings=("capture",), apparatus=True, statistics=True, names=True),
    ],
)
def test_it_is_valid_with_less(options: Options) -> None:
    html = page(options)
    if options.english == "only":
        assert not [e for e in html.all() if "r" in e.attributes.get("class", "").split()]
    if options.readings == ("simplified",):
        assert "校訂" not in html.text.replace(assets()[1], "")


def test_what_the_capture_has_no_character_for_is_still_found() -> None:
    index = next(e.span.paragraph for e in EDITION.emendations if e.kind == "vanished")
    vanished = next(e for e in EDITION.emendations if e.kind == "vanished")
    inserted = replace(vanished, stood="", start=vanished.start, end=vanished.start)
    statistic = replace(EDITION.statistics[0], span=vanished.span, quote=vanished.stands)
    captured = list(EDITION.readings["capture"])
    captured[index] = captured[index][: vanished.start] + captured[index][vanished.end :]
    edition = replace(
        EDITION,
        emendations=(inserted,),
        statistics=(statistic,),
        readings={**EDITION.readings, "capture": tuple(captured)},
        comparisons=(),
    )
    page(Options(readings=("capture", "restored"), apparatus=True, statistics=True), edition)


def test_every_figure_and_name_leads_to_its_place() -> None:
    html = page()
    ids = {e.attributes["id"]: e for e in html.all() if "id" in e.attributes}
    for s in EDITION.statistics:
        address = str(EDITION.address(s.span)).removeprefix("lishu/")
        assert s.quote.startswith(ids[address].text)
        assert any(a.attributes["href"] == f"#{address}" for a in html.all("a"))
    for name in EDITION.names:
        for place in name.places:
            assert str(EDITION.address(place)).removeprefix("lishu/") in ids


def test_every_emendation_has_its_mark_and_its_evidence() -> None:
    html = page()
    entries = {e.attributes["id"]: e.text for e in html.all("li") if "id" in e.attributes}
    marked: Counter[str] = Counter()
    for reading in ("restored", "simplified", "capture"):
        for p in html.all("p", "span"):
            if f"r {reading}" in p.attributes.get("class", ""):
                marks = [a for a in p.all("a") if "data-e" in a.attributes]
                assert all(a.text for a in marks)
                marked.update(entry for a in marks for entry in a.attributes["data-e"].split(" "))
    cruces = [e for e in EDITION.emendations if e.stands]
    assert [entries[f"_e{n}"].startswith(f"{e.stands} ] {e.stood}") for n, e in enumerate(cruces, 1)] == [True] * 8
    assert all(marked[f"_e{n}"] == 3 for n in range(1, 9))
    assert sum(times for entry, times in marked.items() if entry.startswith("_g")) == 3 * 235


@pytest.mark.parametrize("payload", HOSTILE)
def test_whatever_stands_in_a_document_is_text(payload: str) -> None:
    html = page(EVERYTHING, hostile(payload))
    assert html.all("h1")[0].text == safe(EDITION.source.title + payload)
    assert len(html.all("img", "iframe", "object", "embed", "link", "base", "form")) == 0
    assert safe(EDITION.text(0) + payload) in [e.text for e in html.all("p")]


@settings(max_examples=60)
@given(TEXTS)
def test_any_document_is_valid(texts: list[str]) -> None:
    edition = of("一篇", texts)
    html = page(EVERYTHING, edition)
    restored = [e.text for e in html.all("p", "span") if "r restored" in e.attributes.get("class", "")]
    assert restored == [safe(text) for text in edition.readings["restored"]]


def test_the_folding_table_has_what_is_in_the_text_and_no_more() -> None:
    html = page()
    groups = json.loads(html.all("script")[0].text)
    table = {variant: group[0] for group in groups for variant in group[1:]}
    for reading, texts in EDITION.readings.items():
        for text in texts:
            assert "".join(table.get(c, c) for c in text) == fold(text), reading
    there = set(fold("".join(text for texts in EDITION.readings.values() for text in texts)))
    assert {group[0] for group in groups} <= there
    assert len(html.all("script")[0].text.encode()) < 40_000


def test_script_and_style_are_small() -> None:
    style, script = assets()
    assert len(script.encode()) < 10_000
    assert len(style.encode()) < 10_000
    for asset in (style, script):
        assert not re.search(r"https?:|url\(|@import|innerHTML|eval|fetch|</", asset)
