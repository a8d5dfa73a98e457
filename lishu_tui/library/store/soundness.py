"""Whether an edition holds together, whoever made it: its readings, paragraphs and sections, the places it names, and
the way from the capture reading to the restored one and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from lishu_tui.edition import READINGS, Edition, Span
from lishu_tui.edition.model import Emendation

Pairs = Mapping[str, set[str]]


def unsound(edition: Edition) -> str:
    """What does not hold together, in one line; empty where all does."""
    return _shape(edition) or _places(edition) or replay(edition)


def _shape(edition: Edition) -> str:
    count = len(edition.paragraphs)
    if not count:
        return "it has no paragraphs"
    for reading in READINGS:
        if edition.has(reading) and len(edition.readings[reading]) != count:
            return f"the {reading} reading has other paragraphs than the edition"
        if reading != "english" and not edition.has(reading):
            return f"there is no {reading} reading"
    if any("\n" in text for reading in edition.readings.values() for text in reading):
        return "a paragraph has a line end in it"
    if any(len(a) != len(b) for a, b in zip(edition.readings["restored"], edition.readings["simplified"], strict=True)):
        return "the simplified reading is not, character for character, the restored one"
    at, seen = 0, set()
    for section in edition.sections:
        if section.first != at or not section.first < section.last <= count or section.id in seen:
            return f"section {section.id} does not follow the one before it"
        seen.add(section.id)
        for index in range(section.first, section.last):
            paragraph, number = edition.paragraphs[index], index - at + (not section.has_heading)
            if (paragraph.index, paragraph.section, paragraph.number) != (index, section.id, number):
                return f"paragraph {index} says that it is another"
        at = section.last
    return "" if at == count else "the last paragraphs are in no section"


def _places(edition: Edition) -> str:
    restored = edition.readings["restored"]
    for span in _spans(edition):
        if not 0 <= span.paragraph < len(restored) or not 0 <= span.start <= span.end <= len(restored[span.paragraph]):
            return f"a place that is not in the text: {span.paragraph}:{span.start}-{span.end}"
    return ""


def _spans(edition: Edition) -> Iterable[Span]:
    yield from (e.span for e in edition.emendations)
    yield from (s.span for s in edition.statistics)
    for name in edition.names:
        yield from chain(name.places, (q.span for q in name.said))


def replay(edition: Edition) -> str:
    """Where the emendations do not lead from the capture reading to the restored one and back; empty where they do."""
    pairs: dict[str, set[str]] = {}
    for rule in edition.rules:
        if rule.stood and len(rule.stood) == len(rule.stands):
            for stood, stands in zip(rule.stood, rule.stands, strict=True):
                pairs.setdefault(stood, set()).add(stands)
    changes: list[list[Emendation]] = [[] for _ in edition.paragraphs]
    for e in edition.emendations:
        changes[e.span.paragraph].append(e)
    readings = zip(edition.readings["capture"], edition.readings["restored"], changes, strict=True)
    for number, (capture, restored, mine) in enumerate(readings):
        if (mine or capture != restored) and (fault := _replay(capture, restored, mine, pairs)):
            return f"paragraph {number}: {fault}"
    return ""


def _replay(capture: str, restored: str, changes: list[Emendation], pairs: Pairs) -> str:
    at = there = 0
    for e in sorted(changes, key=lambda e: (e.start, e.span.start)):
        if not (at <= e.start <= e.end <= len(capture) and there <= e.span.start):
            return "emendations overlap"
        if capture[e.start : e.end] != e.stood or restored[e.span.start : e.span.end] != e.stands:
            return f"an emendation of {e.stood[:20]!r} to {e.stands[:20]!r} is not where it says"
        if not _same(capture[at : e.start], restored[there : e.span.start], pairs):
            return f"it was changed before character {e.span.start} without an emendation"
        at, there = e.end, e.span.end
    return "" if _same(capture[at:], restored[there:], pairs) else "it was changed at its end without an emendation"


def _same(stood: str, stands: str, pairs: Pairs) -> bool:
    """Whether one is the other, but for what tables of single characters change."""
    return stood == stands or (
        len(stood) == len(stands) and all(a == b or b in pairs.get(a, ()) for a, b in zip(stood, stands, strict=True))
    )
