"""Whose words they are: the subject before or behind them, whom a pronoun means, who spoke last."""

from __future__ import annotations

import re

from lishu_tui.edition import Span
from lishu_tui.figures import speakers
from lishu_tui.figures.folding import simple
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import NOBODY, SENTENCE_ENDS, Page, Speech, Who, between, people_between, segments_of
from lishu_tui.figures.people import Person
from lishu_tui.figures.speakers import Subject

_TO = re.compile(simple("[对向][^，,]{0,20}$"))
"""Before somebody who is not named: that the words are said to them."""
_NO_SUBJECT = re.compile(simple("[对向跟把被给让为]$"))


def subject(page: Page, q: Quoted, low: int, high: int) -> Subject | None:
    """Whoever speaks in `low` to `high`, the words before the verb: from the last part of the sentence backwards. Who
    is not named is believed where the verb follows at once, else only where nobody is named."""
    masked = page.masked[q.paragraph]
    low = _skip_source(masked, low, high)
    unnamed: Subject | None = None
    for n, (first, last) in enumerate(reversed(segments_of(masked, low, high)[-5:])):
        a, b = first, last
        if (words := _IN_WORDS.match(masked, a, b)) is not None:
            a, b = words.span(1) if words[1] else words.span(2)
        stripped = speakers.strip_ways(masked, a, b, page.known)
        found = speakers.subject_at_end(masked, a, stripped, page.known)
        if found is None and stripped == a:  # 對此老將韋德表示: what looks like to whom it is said may hold who says it
            found = speakers.subject_at_end(masked, a, b, page.known)
            found = found if found is not None and found.kind == "name" else None
        if found is not None and not _NO_SUBJECT.search(masked, a, found.start):
            if found.kind not in ("role", "body"):
                return found
            within = people_between(page, q.paragraph, found.start, b)
            if not within and _TO.search(masked, a, found.start) is None:
                if n == 0:
                    return found
                unnamed = unnamed or found
        if (found := mentioned(page, q.paragraph, a, b)) is not None:
            return found
    return unnamed


_IN_WORDS = re.compile(simple("(?:[用按借]|按照|套用)([^，,]{1,20})的(?:话|说法)(?:来)?[说讲]?|在([^，,]{1,20})看来"))


_SOURCE = re.compile(simple("(?:据|根据|按照|按|依据|依)"))


def _skip_source(masked: str, low: int, high: int) -> int:
    """據張三介紹: what follows 據 is the subject."""
    at = low
    while at < high and masked[at] in " \u3000，,":
        at += 1
    return m.end() if (m := _SOURCE.match(masked, at, high)) else low


def mentioned(page: Page, paragraph: int, low: int, high: int) -> Subject | None:
    """The first person named in a part of a sentence, or a pronoun at its head."""
    masked = page.masked[paragraph]
    for p in people_between(page, paragraph, low, high):
        if masked[p.end : p.end + 1] == "的" and p.end < high:
            continue
        if not _NO_SUBJECT.search(masked, low, p.office[0] if p.office and p.office[0] >= low else p.start):
            return Subject(p.start, p.end, "name", p.office)
    for p in between(page.bare[paragraph], low, high):
        if not _NO_SUBJECT.search(masked, low, p.start):
            return Subject(p.start, p.end, "name")
    at = low
    while at < high and masked[at] in " \u3000":
        at += 1
    if masked[at : at + 1] in ("他", "她") and masked[at + 1 : at + 2] != "们":
        return Subject(at, at + 1, "pronoun")
    return None


def named_before(page: Page, q: Quoted, low: int, high: int, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    """Speech whose speaker is sought in the words before it."""
    found = subject(page, q, low, high)
    if found is not None and (rule != "free" or found.kind in ("name", "titled", "pronoun")):
        return said_by(page, q, found, rule, before)
    return speech(page, q, who_else(page, q, before, low) or NOBODY, rule)


def who_else(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, at: int) -> Who | None:
    """Who speaks where no word says so: whoever was named since the last speech of the paragraph, else its speaker,
    else whom a pronoun would mean."""
    if before is not None and before[0].paragraph == q.paragraph:
        low = before[0].last
        named = people_between(page, q.paragraph, low, at) or between(page.bare[q.paragraph], low, at)
        return antecedent(page, q.paragraph, at) if named else same(before[1])
    return antecedent(page, q.paragraph, at)


def said_by(page: Page, q: Quoted, found: Subject, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    text, plain = page.text[q.paragraph], page.plain[q.paragraph]
    name = plain[found.start : found.end]
    at = Span(q.paragraph, found.start, found.end)
    if found.kind == "pronoun":
        if name not in ("他", "她", "其", "自己", "本人"):
            return speech(page, q, Who(None, None, at, ""), rule)
        return speech(page, q, who_else(page, q, before, found.start) or Who(None, None, at, ""), rule)
    role = text[slice(*found.office)] if found.office else None
    if found.kind == "name":
        page.known.add(name)
        if role:
            page.offices.setdefault(name, role)
        role = role or page.offices.get(name)
    if found.kind == "titled" and (full := _full(page, name)) is not None:
        return speech(page, q, Who(full[0], full[1] or role, at, "name"), rule)
    return speech(page, q, Who(text[found.start : found.end], role or None, at, found.kind), rule)


def _full(page: Page, titled: str) -> tuple[str, str | None] | None:
    """The full name of whom 曾書記 means, where one person of that surname is named."""
    surname = titled[1:2] if titled[0] in "老小阿" and len(titled) == 2 else titled[:1]
    fitting = [n for n in page.known if n.startswith(surname) and 2 <= len(n) <= 4 and n != titled]
    if len(fitting) != 1:
        return None
    return page.written.get(fitting[0], fitting[0]), page.offices.get(fitting[0])


NEAR = 1500
"""So many characters back a pronoun reaches."""


def antecedent(page: Page, paragraph: int, at: int) -> Who | None:
    """The person whom 他 or 她 at a place means: whom the nearest sentence before names first."""
    for number in range(paragraph, max(-1, paragraph - 4), -1):
        masked = page.masked[number]
        high = at if number == paragraph else len(masked)
        low = max(0, high - NEAR)
        best: tuple[int, int] | None = None
        people_here = [
            p
            for p in people_between(page, number, low, high)
            if p.rule != "byline" and masked[p.end : p.end + 1] != "的"
        ]
        sentence = max(masked.rfind(c, low, high) for c in SENTENCE_ENDS)
        maybe = between(page.bare[number], max(low, sentence), high) if number == paragraph or not people_here else []
        for p in (*people_here, *maybe):
            best = _better(masked, best, (p.start, p.end))
        for said in reversed(page.said):
            if said.said_at is None or said.said_at < (number, low):
                break
            if said.said_at.paragraph == number and said.said_at.end <= high and said.speaker is not None:
                best = _better(masked, best, (said.said_at.start, said.said_at.end))
        if best is not None:
            name = page.plain[number][slice(*best)]
            return Who(page.text[number][slice(*best)], page.offices.get(name), Span(number, *best), "name")
    return None


def _better(masked: str, best: tuple[int, int] | None, other: tuple[int, int]) -> tuple[int, int]:
    """The one in the later sentence; of two in the same, the first."""
    if best is None:
        return other
    first, second = sorted((best, other))
    apart = any(c in masked[first[1] : second[0]] for c in SENTENCE_ENDS)
    return second if apart else first


def said_by_all(page: Page, q: Quoted, listed: list[Person], rule: str) -> Speech:
    """Speech of several people at once: 周美希、吳丹."""
    text = page.text[q.paragraph]
    role = next((text[slice(*p.office)] for p in listed if p.office), None)
    names = "、".join(text[p.start : p.end] for p in listed)
    return speech(page, q, Who(names, role, Span(q.paragraph, listed[0].start, listed[-1].end), "name"), rule)


def same(said: Speech) -> Who:
    """Whoever said that."""
    return Who(said.speaker, said.role, said.said_at, said.kind)


def speech(page: Page, q: Quoted, who: Who, rule: str) -> Speech:
    quote = page.text[q.paragraph][q.start : q.end]
    return Speech(Span(q.paragraph, q.start, q.end), quote, who.speaker, who.role, who.at, rule, q.sound, who.kind)
