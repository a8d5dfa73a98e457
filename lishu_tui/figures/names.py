"""The people, places, bodies and media that any text names, by rules; nobody has checked what is found.

`FoundName.rule` says by which rule a name was found first:

office    a person: a surname and a given name after an office, a calling or a kinship (data/tables/names/offices.txt)
age       a person: behind an age (29歲的梁穎儀)
list      a person: after another one with 、 or 和 between (書記王某、李某)
repeated  a person: three times or more what a name may be, at the head of clauses and with ever other words behind it
dot       a person: a transliterated name with a dot in it (弗拉基米爾·普京)
byline    a person: after 記者 or 攝影, or in brackets at a paragraph's end
speech    a person: the subject of a verb of saying, see speech.py
titled    a person: a surname with a title who speaks (王先生), and a whole name before a title (李育嘉醫師)
brackets  a person: what stands in brackets behind the name says so (小軍（化名）, 麥克恩里（Julie McEnery）)
alone     a person: a surname and two characters of names, alone at the head of a clause or after 的 (丁聖儒貢獻14分)
listed    a place: in data/tables/names/places.txt
suffix    a place, body or medium: by what its name ends in (place_suffixes.txt, body_suffixes.txt, media.txt)
whole     a body or medium: in those tables as it stands
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lishu_tui.edition import Span
from lishu_tui.edition.model import NameKind
from lishu_tui.figures import bodies, toponyms
from lishu_tui.figures.folding import any_of
from lishu_tui.figures.page import Page, Speech
from lishu_tui.figures.speech import read_speech

RULES = {
    "office": "a name after an office or a calling",
    "age": "a name behind an age",
    "list": "a name after another in a list",
    "repeated": "what a name may be, again and again",
    "dot": "a transliterated name with a dot",
    "byline": "a name where authors are named",
    "speech": "the subject of a verb of saying",
    "titled": "a name with a title",
    "brackets": "a name by what is in brackets behind it",
    "alone": "a name at the head of a clause",
    "listed": "in the list of well-known places",
    "suffix": "ends as such names do",
    "whole": "in the list of well-known bodies",
}
"""What each rule says, in a few words for a screen."""


class FoundName(NamedTuple):
    """A name and all the places where it stands, in the order of the text; `said` is what the person is quoted as
    saying."""

    kind: NameKind
    name: str
    office: str | None
    places: tuple[Span, ...]
    said: tuple[Speech, ...]
    rule: str


def find_names(paragraphs: str | Sequence[str]) -> list[FoundName]:
    """The names in a text, given as its paragraphs (or as one): by kind, and within a kind by first mention."""
    page = Page([paragraphs] if isinstance(paragraphs, str) else paragraphs)
    read_speech(page)
    return names_of(page)


def names_of(page: Page) -> list[FoundName]:
    """The names of a page whose speech has been read."""
    found = _people(page)
    taken: list[bytearray] = [bytearray(len(p)) for p in page.plain]
    for name in found:
        for span in name.places:
            taken[span.paragraph][span.start : span.end] = b"\1" * (span.end - span.start)
    where: dict[tuple[NameKind, str], tuple[str, str, list[Span]]] = {}
    for n, plain in enumerate(page.plain):
        places = [p for p in toponyms.places_in(plain) if not any(taken[n][p.start : p.end])]
        kinds: list[tuple[NameKind, int, int, str]] = []
        in_media = bytearray(len(plain))
        for b in bodies.bodies_in(plain, places):
            kinds.append(("media" if b.kind == "media" else "body", b.start, b.end, b.rule))
            if b.kind == "media":
                in_media[b.start : b.end] = b"\1" * (b.end - b.start)
        kinds += [("place", p.start, p.end, p.rule) for p in places if not any(in_media[p.start : p.end])]
        for kind, start, end, rule in sorted(kinds, key=lambda k: k[1:3]):
            key = (kind, plain[start:end])
            entry = where.setdefault(key, (page.text[n][start:end], rule, []))
            entry[2].append(Span(n, start, end))
    _shorten(where)
    _aliases(page, where, taken)
    for (kind, _), (written, rule, spans) in where.items():
        found.append(FoundName(kind, written, None, tuple(spans), (), rule))
    order = {"person": 0, "place": 1, "body": 2, "media": 3}
    return sorted(found, key=lambda f: (order[f.kind], f.places[0]))


def _shorten(where: dict[tuple[NameKind, str], tuple[str, str, list[Span]]]) -> None:
    """What reaches too far left is cut to the body that the text names elsewhere: 妨礙安維薩實驗室, 安維薩實驗室."""
    known = {name for kind, name in where if kind == "body" and len(name) > 3}
    for key in sorted((k for k in where if k[0] == "body"), key=lambda k: len(k[1])):
        _, _, spans = where[key]
        name = key[1]
        other = next(
            (name[n:] for n in range(1, len(name) - 3) if name[n:] in known and ("body", name[n:]) in where), None
        )
        if other is None or toponyms.tables().listed.match(name):
            continue
        del where[key]
        where["body", other][2].extend(s._replace(start=s.end - len(other)) for s in spans)
        where["body", other][2].sort()


_SHORT = re.compile("(.{2,})[县市镇乡区村]$")


def _aliases(
    page: Page, where: dict[tuple[NameKind, str], tuple[str, str, list[Span]]], taken: list[bytearray]
) -> None:
    """A place without its suffix, 梨樹 for 梨樹縣, is the place where it stands so elsewhere."""
    short = {m[1]: name for kind, name in where if kind == "place" and (m := _SHORT.match(name))}
    known = {name for kind, name in where if kind == "place"}
    short = {s: n for s, n in short.items() if s not in known}
    if not short:
        return
    for _, _, spans in where.values():
        for span in spans:
            taken[span.paragraph][span.start : span.end] = b"\1" * (span.end - span.start)
    pattern = re.compile(any_of(short))
    for n, plain in enumerate(page.plain):
        for match in pattern.finditer(plain):
            if not any(taken[n][match.start() : match.end()]):
                where["place", short[match[0]]][2].append(Span(n, *match.span()))
    for name in short.values():
        where["place", name][2].sort()


def _people(page: Page) -> list[FoundName]:
    rules: dict[str, str] = dict(page.rules)
    for n, listed in enumerate(page.people):
        for p in listed:
            name = page.plain[n][p.start : p.end]
            if p.rule != "again":
                rules[name] = p.rule if rules.get(name) in (None, "repeated") else rules[name]
    said: dict[str, list[Speech]] = {}
    for s in page.said:
        if s.speaker is None:
            continue
        for who in page.simple_names(s.speaker):
            said.setdefault(page.short.get(who, who), []).append(s)
        if s.kind in ("name", "titled"):
            for who in page.simple_names(s.speaker):
                if who not in page.short:
                    rules.setdefault(who, "speech" if s.kind == "name" else "titled")
    names = [n for n in (*rules, *page.short) if len(n) > 1]
    if not names:
        return []
    pattern = re.compile(any_of(names))
    where: dict[str, list[Span]] = {}
    written: dict[str, str] = {}
    for n, plain in enumerate(page.plain):
        for match in pattern.finditer(plain):
            name = page.short.get(match[0], match[0])
            where.setdefault(name, []).append(Span(n, *match.span()))
            written.setdefault(match[0], page.text[n][slice(*match.span())])
    return [
        FoundName(
            "person",
            written.get(name, name),
            page.offices.get(name),
            tuple(spans),
            tuple(said.get(name, ())),
            rules.get(name, "dot"),
        )
        for name, spans in where.items()
    ]
