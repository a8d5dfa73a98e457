"""The apparatus of an edition as a scholar prints it: rules, the places that need a word each, glosses by character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lishu_tui.edition import Edition, Span
from lishu_tui.edition.model import Certainty, Emendation, Rule

CERTAINTY_SIGNS: dict[Certainty, str] = {"certain": "=", "named": "~", "chosen": "?"}
"""How sure an emendation is, by a sign: the bytes on show leave one character, a gloss names it, or it was chosen."""
EMENDATION_COLUMNS = (
    "address", "class", "certainty", "stood", "stands", "capture_start", "capture_end", "candidates", "runner_up",
    "margin", "bytes", "reason", "consistent",
)  # fmt: skip


class Glosses(NamedTuple):
    """The glosses of one character that were taken out, and nothing more to say of them. `gloss` is what stood behind
    it, brackets included; `places` are the character's own."""

    character: str
    gloss: str
    places: tuple[Span, ...]


def emendation_record(edition: Edition, emendation: Emendation) -> dict[str, str | int | float | None]:
    """One emendation with its address, by EMENDATION_COLUMNS. Places in the capture are characters of the paragraph."""
    e = emendation
    return {
        "address": str(edition.address(e.span)),
        "class": e.kind,
        "certainty": e.certainty,
        "stood": e.stood,
        "stands": e.stands,
        "capture_start": e.start,
        "capture_end": e.end,
        "candidates": e.candidates,
        "runner_up": e.runner_up,
        "margin": e.margin,
        "bytes": e.bytes,
        "reason": e.reason,
        "consistent": e.consistent,
    }


def is_plain(emendation: Emendation) -> bool:
    """Whether an emendation is a gloss taken out, and there is no more to say of it."""
    e = emendation
    return e.kind == "gloss" and e.certainty == "certain" and not e.stands and not e.reason and e.consistent


def within(emendations: Iterable[Emendation], spans: Sequence[Span]) -> list[Emendation]:
    """The emendations of which `spans`, at most one a paragraph, cover at least a character of what stands; where
    nothing stands, those behind a character that is covered."""
    by_paragraph = {span.paragraph: span for span in spans}
    found = []
    for e in emendations:
        span = by_paragraph.get(e.span.paragraph)
        if span is None:
            continue
        start, end = e.span.start, e.span.end
        touches = span.start < end and start < span.end if start < end else span.start < start <= span.end
        if touches or (start == end == span.start == 0):
            found.append(e)
    return found


def gloss_groups(edition: Edition, emendations: Iterable[Emendation]) -> list[Glosses]:
    """The plain glosses by character, those of most places first."""
    places: dict[tuple[str, str], list[Span]] = {}
    for e in emendations:
        if is_plain(e):
            places.setdefault((edition.quote(e.seat), e.stood), []).append(e.seat)
    found = [Glosses(character, gloss, tuple(spans)) for (character, gloss), spans in places.items()]
    return sorted(found, key=lambda g: -len(g.places))


def compact(edition: Edition, places: Iterable[Span]) -> str:
    """Places of one character each, those of a paragraph together: `opening/2:2 43 65, closing/1:25`."""
    by_paragraph: dict[int, list[str]] = {}
    for span in places:
        by_paragraph.setdefault(span.paragraph, []).append(str(span.start))
    paragraphs = edition.paragraphs
    return ", ".join(f"{paragraphs[i].section}/{paragraphs[i].number}:{' '.join(at)}" for i, at in by_paragraph.items())


def rule_places(edition: Edition, rule: Rule) -> Iterator[tuple[Span, int]]:
    """Where a rule was applied: the character of the restored reading, and its place in the captured paragraph."""
    by_paragraph: list[list[Emendation]] = [[] for _ in edition.paragraphs]
    for e in edition.emendations:
        by_paragraph[e.span.paragraph].append(e)
    for index, changes in enumerate(by_paragraph):
        captured = edition.text(index, "capture")
        at = shift = 0
        ends = ((e.start, e.end, e.span.end) for e in sorted(changes, key=lambda e: (e.start, e.span.start)))
        for start, end, restored_end in (*ends, (len(captured), len(captured), 0)):
            for n in range(at, start):
                if captured[n] in rule.stood:
                    yield Span(index, n + shift, n + shift + 1), n
            at, shift = end, restored_end - end


def rule_count(edition: Edition, rule: Rule, spans: Sequence[Span]) -> int:
    """At how many places within `spans`, at most one a paragraph, a rule was applied."""
    reach = {span.paragraph: span for span in spans}
    found = (place for place, _ in rule_places(edition, rule)) if rule.stood else ()
    return sum(p.paragraph in reach and reach[p.paragraph].start <= p.start < reach[p.paragraph].end for p in found)
