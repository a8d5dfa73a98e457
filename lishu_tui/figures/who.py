"""Who says what and who is named in a document: what people have checked first, then what the rules find besides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from lishu_tui.edition import Edition, Span
from lishu_tui.edition.model import Name, NameKind, Quotation
from lishu_tui.figures.folding import simple
from lishu_tui.figures.names import FoundName, names_of
from lishu_tui.figures.page import Page, Speech
from lishu_tui.figures.speech import read_speech

Origin = Literal["checked", "found"]
"""Whether a person has looked at it (the hand-made lists of an edition) or a rule has found it."""


class Quote(NamedTuple):
    """Words that somebody is quoted as saying; `rule` is empty where a person has checked it."""

    span: Span
    quote: str
    speaker: str | None
    role: str | None
    origin: Origin
    rule: str = ""


class Named(NamedTuple):
    """A name with all places where it stands and what the person is quoted as saying."""

    id: str
    kind: NameKind
    name: str
    aliases: tuple[str, ...]
    english: str
    office: str | None
    office_en: str | None
    places: tuple[Span, ...]
    said: tuple[Quotation, ...]
    origin: Origin
    rule: str = ""


def speech(edition: Edition) -> list[Quote]:
    """The quoted speech of a document, in the order of the text."""
    return _quotes(edition, read_speech(Page(edition.readings["restored"])))


def names(edition: Edition) -> list[Named]:
    """The names in a document: those of its own list as that has them, then those found besides."""
    page = Page(edition.readings["restored"])
    read_speech(page)
    checked = [_checked(name) for name in edition.names]
    return [*checked, *_besides(checked, names_of(page))]


def _quotes(edition: Edition, found: Iterable[Speech]) -> list[Quote]:
    by_span: dict[Span, list[Name]] = {}
    for name in edition.names:
        for said in name.said:
            by_span.setdefault(said.span, []).append(name)
    quotes: list[Quote] = []
    for span, speakers in by_span.items():
        role = next((s.office for s in speakers if s.office), None)
        quotes.append(Quote(span, edition.quote(span), "、".join(s.name for s in speakers), role, "checked"))
    quotes += [
        Quote(s.span, s.quote, s.speaker, s.role, "found", s.rule)
        for s in found
        if not any(_overlap(s.span, span) for span in by_span)
    ]
    return sorted(quotes, key=lambda q: q.span)


def _overlap(a: Span, b: Span) -> bool:
    return a.paragraph == b.paragraph and a.start < b.end and b.start < a.end


def _checked(name: Name) -> Named:
    return Named(
        name.id, name.kind, name.name, name.aliases, name.english, name.office, name.office_en, name.places, name.said,
        "checked",
    )  # fmt: skip


def _besides(checked: list[Named], found: list[FoundName]) -> list[Named]:
    """What is found and not in the list: neither as a name nor, of the same kind, at a place of its own."""
    known = {(n.kind, simple(form)) for n in checked for form in (n.name, *n.aliases)}
    taken: dict[tuple[str, int], list[Span]] = {}
    for n in checked:
        for place in n.places:
            taken.setdefault((n.kind, place.paragraph), []).append(place)
    ids = {n.id for n in checked}
    besides: list[Named] = []
    for f in found:
        if (f.kind, simple(f.name)) in known:
            continue
        free = tuple(p for p in f.places if not any(_overlap(p, t) for t in taken.get((f.kind, p.paragraph), ())))
        if not free:
            continue
        number = len(besides) + 1
        while (id := f"found-{number}") in ids:
            number += 1
        ids.add(id)
        said = tuple(Quotation(span=s.span, quote=s.quote) for s in f.said)
        besides.append(Named(id, f.kind, f.name, (), "", f.office, None, free, said, "found", f.rule))
    return besides
