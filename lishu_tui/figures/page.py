"""A text while it is read for who says what: canonical, masked, with the people whom it names so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from lishu_tui.edition import Span
from lishu_tui.figures import people, repeated, rows
from lishu_tui.figures.folding import any_of, simple
from lishu_tui.figures.marks import quotations
from lishu_tui.figures.people import Person
from lishu_tui.figures.sayings import Saying, sayings_in

MASK = "\x00"
"""Stands for what is between quotation marks, and the marks, where the text round them is read."""


SENTENCE_ENDS = "。！？!?…"


_COLONS = str.maketrans("︰﹕∶", "：：：")
"""Colons of other shapes, as the press of Taiwan has them."""


class Speech(NamedTuple):
    """One stretch of quoted speech: the words between the marks, in one paragraph."""

    span: Span
    quote: str
    speaker: str | None
    role: str | None
    said_at: Span | None
    """Where the speaker is named for it."""
    rule: str
    sound: bool
    """Whether both quotation marks stand there."""
    kind: str = ""
    """What the speaker is named by: name, titled, role or body; empty where there is none."""


class Who(NamedTuple):
    """A speaker: as Speech has it."""

    speaker: str | None
    role: str | None
    at: Span | None
    kind: str


NOBODY = Who(None, None, None, "")


_LATELY = "昨日|昨天|昨晚|近日|日前|今日|今天|今晚|当天"
_TOPIC = re.compile(simple(f"(?:[^，,。 \u3000]{{0,6}}(?:讯|电)[ \u3000]*)?([\u3400-\u9fff·]{{2,6}}?)(?:{_LATELY})"))


class Page:
    """A text while it is read: canonical, masked, with the people whom it names so far."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.text = paragraphs
        self.plain = [simple(p).translate(_COLONS) for p in paragraphs]
        self.quotes = quotations(paragraphs)
        self.quoted_at = {(q.paragraph, q.first): q for q in self.quotes}
        self.masked = self._mask()
        self.people = repeated.lengthened(self.plain, [rows.all_people_in(p) for p in self.masked])
        self.known: set[str] = {self.plain[n][p.start : p.end] for n, found in enumerate(self.people) for p in found}
        self._shorten()
        self.rules = dict.fromkeys(repeated.repeated(self.plain, self.known), "repeated")
        self.rules |= dict.fromkeys(repeated.sayers(self.masked), "speech")
        self.rules |= dict.fromkeys(repeated.posted(self.masked) - self.known, "office")
        self.known |= self.rules.keys()
        self.short = repeated.short_forms(self.known) | repeated.also_called(self.plain, self.known)
        """The last part of a name from another language, and what stands in brackets behind a name → the whole."""
        self._add_titled()
        self.surnames = repeated.surnames(self.masked, self.known)
        self.short |= self.surnames
        self.known |= self.short.keys()
        self.voices = repeated.voices(self.masked)
        """What is said to say something more than once, though nothing tells what it is."""
        self._sayings: dict[int, list[Saying]] = {}
        self._bare: dict[int, list[Person]] = {}
        self._read_for: set[str] = set()
        self.find_again()
        self.written = {
            plain[p.start : p.end]: text[p.start : p.end]
            for text, plain, found in zip(paragraphs, self.plain, self.people, strict=True)
            for p in found
        }
        self.offices: dict[str, str] = {}
        for n, found in enumerate(self.people):
            for p in found:
                if p.office is not None:
                    self.offices.setdefault(self.plain[n][p.start : p.end], paragraphs[n][slice(*p.office)])
        self.said: list[Speech] = []
        self.aged: list[Who] | None = None
        """The old people whom the text names, once somebody has asked."""
        self.topic: Who | None = None
        """Whom the first sentence speaks of, though nothing tells that it is a person, for a 他 alone."""
        if self.text and (m := _TOPIC.match(self.plain[0])) is not None:
            self.topic = Who(paragraphs[0][slice(*m.span(1))], None, Span(0, *m.span(1)), "name")

    def find_again(self) -> None:
        """Let people be all places where a known name stands, not only those where something says that it is one."""
        subjects = self.known | self.voices
        if self._sayings and (fresh := subjects - self._read_for):
            new = re.compile(any_of(fresh))
            for n in [n for n in self._sayings if new.search(self.masked[n])]:
                del self._sayings[n]
        self._read_for = subjects
        if not self.known:
            return
        pattern = re.compile(any_of(n for n in self.known if len(n) > 1) or "(?!)")
        for number, masked in enumerate(self.masked):
            found = self.people[number]
            named = bytearray(len(masked))
            for p in found:
                named[p.start : p.end] = b"\1" * (p.end - p.start)
            spans = [m.span() for m in pattern.finditer(masked)]
            spans += [span for surname in self.surnames for span in repeated.surname_places(surname, masked)]
            again = [
                Person(start, end, people.office_before(masked, start), "again")
                for start, end in spans
                if not any(named[start:end])
            ]
            if again:
                self.people[number] = sorted([*found, *again])

    def _shorten(self) -> None:
        """Let a name of three be one of two where the two stand far oftener with other characters behind: 于欢|出事."""
        longer = {n for n in self.known if len(n) == 3 and n[:2] in self.known}
        if not longer:
            return
        times: Counter[str] = Counter()
        pattern = re.compile(any_of(n[:2] for n in longer))
        for plain in self.plain:
            for match in pattern.finditer(plain):
                times[match[0]] += 1
                times[plain[match.start() : match.end() + 1]] += 1
        longer = {n for n in longer if times[n[:2]] >= 3 * times[n]}
        self.known -= longer
        for n, found in enumerate(self.people) if longer else ():
            self.people[n] = [
                p._replace(end=p.end - 1) if self.plain[n][p.start : p.end] in longer else p for p in found
            ]

    def _add_titled(self) -> None:
        """Let those be people too who are called by surname and title."""
        for n, masked in enumerate(self.masked):
            titled = [
                p
                for p in people.titled_in(masked)
                if not any(o.start < p.end and p.start < o.end for o in self.people[n])
            ]
            if titled:
                self.people[n] = sorted([*self.people[n], *titled])

    def sayings(self, paragraph: int) -> list[Saying]:
        """Who is reported to say something in a paragraph, in order; read when it is asked for, as few are."""
        if (found := self._sayings.get(paragraph)) is None:
            found = self._sayings[paragraph] = sayings_in(self.masked[paragraph], self._read_for)
        return found

    def bare(self, paragraph: int) -> list[Person]:
        """What may be people in a paragraph where nobody else is meant; read when it is asked for."""
        if (found := self._bare.get(paragraph)) is None:
            found = self._bare[paragraph] = repeated.bare(self.masked[paragraph])
        return found

    def simple_names(self, speaker: str) -> list[str]:
        """The names of a speaker, canonical: several where several speak at once."""
        return simple(speaker).split("、")

    def _mask(self) -> list[str]:
        masked = [list(p) for p in self.plain]
        for q in self.quotes:
            masked[q.paragraph][q.first : q.last] = MASK * (q.last - q.first)
            if (
                q.sound
                and masked[q.paragraph][q.last - 2 : q.last - 1] == [MASK]
                and self.plain[q.paragraph][q.end - 1] in "。！？"
            ):
                masked[q.paragraph][q.last - 1] = "。"  # where a quotation is a sentence, another one begins behind it
        return ["".join(m) for m in masked]


def people_between(page: Page, paragraph: int, low: int, high: int) -> list[Person]:
    return between(page.people[paragraph], low, high)


def between(found: list[Person], low: int, high: int) -> list[Person]:
    n = bisect_left(found, (low,))
    chosen = []
    while n < len(found) and found[n].end <= high:
        chosen.append(found[n])
        n += 1
    return chosen


CLAUSE_ENDS = "，,；;：:"


def segments_of(masked: str, low: int, high: int) -> list[tuple[int, int]]:
    cuts = [low, *(n + 1 for n in range(low, high) if masked[n] in CLAUSE_ENDS), high + 1]
    return [(a, b - 1) for a, b in pairwise(cuts) if b - 1 > a]
