"""What a document made ready to read consists of. Places are characters of a paragraph, never cells of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, cast

import msgspec

from lishu_tui.edition.readable import Readable, Reading, Span
from lishu_tui.edition.texts import Numbered

Bound = Literal["exact", "more_than", "at_least", "less_than", "at_most", "approaching", "about", "range"]
NameKind = Literal["person", "place", "body", "media"]
Certainty = Literal["certain", "named", "chosen"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition is made of does not change once it is loaded."""


class Paragraph(Frozen, frozen=True):
    """The unit of address. `index` counts all paragraphs of the document from 0; `number` those of the section,
    from 1, the heading being 0."""

    index: int
    section: str
    number: int


class Section(Frozen, frozen=True):
    """A part of the document. `first` and `last` are paragraph indexes, half-open. Where the source has a heading it
    is paragraph `first` and `label` is that heading; where it has none, `label` is ours and stands in 〔…〕."""

    id: str
    label: str
    label_en: str
    has_heading: bool
    first: int
    last: int

    @property
    def short_label(self) -> str:
        """The label, or the first part of a heading of two: 嚴陣以待 of 嚴陣以待 人民群眾生命高于天."""
        return self.label.split(" ")[0].split("\u3000")[0]


class Emendation(Frozen, frozen=True):
    """One change from capture to restored: `span` in the restored reading, `start`–`end` in the captured paragraph."""

    span: Span
    start: int
    end: int
    stood: str
    stands: str
    kind: str
    certainty: Certainty
    candidates: int = 1
    runner_up: str | None = None
    margin: float | None = None
    bytes: str | None = None
    reason: str = ""
    consistent: bool = True
    """Whether the line, damaged again, is the line captured."""

    @property
    def seat(self) -> Span:
        """The characters of the restored reading that show it: what stands, or where nothing stands the one before."""
        return self.span if self.span.end > self.span.start else self.span._replace(start=max(self.span.start - 1, 0))


EVIDENCE = ("kind", "certainty", "candidates", "runner_up", "margin", "bytes", "reason", "consistent")
"""What is said of an emendation beside its places and words; the same names in files and in the restore room."""


class Rule(Frozen, frozen=True):
    """One decision that covers many places: a table of single characters (`stood` → `stands`), or a remark on what was
    left as it stands (`stood` empty)."""

    kind: str
    stood: str
    stands: str
    reason: str
    count: int = 0
    """At how many places of the text it was applied; 0 for a remark."""


class Damage(Frozen, frozen=True):
    """How the page was damaged, as far as the capture tells: (character, reading) in the order in which readings were
    put in, the marks that it was cut before, and those that became ASCII."""

    glosses: tuple[tuple[str, str], ...]
    cuts: str
    folds: str


Origin = Literal["checked", "found"]
"""Whether a person has looked at it (an edition's hand-made list), or a rule has found it."""


class Statistic(Frozen, frozen=True):
    """One figure as the text reports it. `low` and `high` are None where the text sets no such limit. `kind` is what it
    measures (see figures/units.py); empty in an edition's own list, whose labels say more."""

    id: str
    span: Span
    quote: str
    value: float | int
    low: float | int | None
    high: float | int | None
    bound: Bound
    bound_word: str | None
    unit: str | None
    counted: str | None
    label: str
    label_en: str
    kind: str = ""
    origin: Origin = "checked"


class Comparison(Frozen, frozen=True):
    """Statistics that belong side by side: a row has a label, a column a heading, a cell a statistic's id or None."""

    id: str
    label: str
    label_en: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, tuple[str | None, ...]], ...]


class Quotation(Frozen, frozen=True):
    """What a person is quoted as saying: the words between the marks."""

    span: Span
    quote: str


class Name(Frozen, frozen=True):
    """A person, place, body or medium that the text names, with every place where it does (by its name or an alias)."""

    id: str
    kind: NameKind
    name: str
    aliases: tuple[str, ...]
    english: str
    office: str | None
    office_en: str | None
    places: tuple[Span, ...]
    said: tuple[Quotation, ...]


class Source(Frozen, frozen=True, forbid_unknown_fields=True):
    """Where the capture comes from and who owns it, as the table `source` of edition.toml has it. What is not in the
    capture is supplied by us and says so; what is not known is empty, and nothing is invented for a file from disk."""

    title: str = ""
    title_en: str = ""
    place: str = ""
    place_en: str = ""
    date: str = ""
    year: int | None = None
    year_inferred_from: str = ""
    supplied: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str = ""
    publisher_en: str = ""
    via: str = ""
    via_en: str = ""
    rights: str = ""
    rights_en: str = ""
    translation: str = ""
    sha256: str = ""
    bytes: int = 0
    encoding: str = ""
    damage: str = ""
    damage_en: str = ""


class Dropped(Frozen, frozen=True):
    """What was on the captured page and is not in the text: navigation, related links, a share bar, comments, a footer.

    `what` says what it was, `characters` how much text, `rule` why it was taken for that, `sample` how it begins."""

    what: str
    characters: int
    rule: str
    sample: str


class Provenance(Frozen, frozen=True):
    """How a document came into the reader's hands: what the file says of itself and what was done to read it. What is
    not known is empty."""

    format: str = ""
    """txt, md, html, mhtml, warc, wacz, epub."""
    came_from: str = ""
    """The file, and behind a colon and a space the member or the record in it."""
    url: str = ""
    captured: str = ""
    """When, in ISO 8601, as exactly as the file says it."""
    declared: tuple[str, ...] = ()
    """Encodings declared, each with who said so, the strongest first: `HTTP header: utf-8`, `meta: gb2312`."""
    found: str = ""
    """The encoding that the bytes were decoded as (a name Python knows)."""
    found_by: str = ""
    """bom, declared or judged."""
    tool: str = ""
    """What made the capture, where it says so: SingleFile, Wayback Machine, Chromium."""
    rule: str = ""
    """By which rule the main text was told from the page round it."""
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else a person should know, a sentence each: of digests, of truncation, of what could not be read."""


MANY = 4_000
"""Paragraphs from which on they are not made before they are asked for."""


def numbering(sections: Sequence[Section], count: int) -> tuple[Paragraph, ...]:
    """The paragraphs of sections by index, section and number."""

    def made(index: int, at: int) -> Paragraph:
        section = sections[at]
        return Paragraph(index=index, section=section.id, number=index - section.first + (not section.has_heading))

    found = Numbered(count, [section.first for section in sections], made)
    return cast("tuple[Paragraph, ...]", found) if count >= MANY else tuple(found)


class Edition(Readable, msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A document made ready to read."""

    id: str
    source: Source
    capture: bytes
    readings: dict[Reading, tuple[str, ...]]
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    emendations: tuple[Emendation, ...]
    rules: tuple[Rule, ...]
    damage: Damage | None
    statistics: tuple[Statistic, ...]
    comparisons: tuple[Comparison, ...]
    names: tuple[Name, ...]
    provenance: Provenance | None = None
    """None for the bundled document, whose source says all of it."""
    statistics_complete: bool = False
    """Whether a person says that `statistics` has every figure of the text: then no other is looked for."""

    @cached_property
    def colophon(self) -> list[str]:
        """What stands below the text, see `edition/colophon.py`."""
        from lishu_tui.edition.colophon import colophon

        return colophon(self)
