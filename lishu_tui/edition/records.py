"""The form of the files in an edition's folder, as a person writes them. `load.py` turns these into the model."""

from __future__ import annotations

import msgspec

from lishu_tui.edition.model import Bound, Certainty, NameKind, Source


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a TOML file: an unknown key is an error, so that a slip of the pen is not lost."""


class SectionRecord(Record, frozen=True):
    """`lines` counts from 1, both ends included."""

    id: str
    lines: tuple[int, int]
    label_en: str
    heading: bool = False
    label: str | None = None


class SourceRecord(Source, frozen=True, forbid_unknown_fields=True):
    """The table `source`: in a file that a person writes nothing is left out."""

    title: str
    title_en: str
    place: str
    place_en: str
    date: str
    year: int
    year_inferred_from: str
    supplied: tuple[str, ...]
    authors: tuple[str, ...]
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


class EditionFile(Record, frozen=True):
    id: str
    source: SourceRecord
    section: tuple[SectionRecord, ...]


class EmendationRecord(Record, frozen=True):
    """`restored` and `capture` are characters of line `line` (from 1), half-open."""

    line: int
    restored: tuple[int, int]
    capture: tuple[int, int]
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


class RuleRecord(Record, frozen=True):
    kind: str
    stood: str
    stands: str
    reason: str


class DamageRecord(Record, frozen=True):
    """`glosses` is a character and its reading each, parted by spaces, in the order of the page: `"戰zhàn 發fā"`."""

    glosses: str
    cuts: str
    folds: str


class EmendationsFile(Record, frozen=True):
    """`glosses` is the common case written short, a line of the text a key: `"3(fā) 68(dāng)"` says that before
    character 3 and before character 68 of the restored line a gloss stood, and that taking it out is certain."""

    damage: DamageRecord | None = None
    rule: tuple[RuleRecord, ...] = ()
    glosses: dict[str, str] = {}
    emendation: tuple[EmendationRecord, ...] = ()


class StatisticRecord(Record, frozen=True):
    """`at` is `SECTION/PARAGRAPH:START-END`. Where `low` or `high` is left out, it follows from value and bound."""

    id: str
    at: str
    quote: str
    value: int | float
    bound: Bound
    label: str
    label_en: str
    low: int | float | None = None
    high: int | float | None = None
    bound_word: str | None = None
    unit: str | None = None
    counted: str | None = None
    kind: str = ""


class RowRecord(Record, frozen=True):
    label: str
    label_en: str
    cells: tuple[str, ...]


class ComparisonRecord(Record, frozen=True):
    id: str
    label: str
    label_en: str
    columns: tuple[tuple[str, str], ...]
    row: tuple[RowRecord, ...]


class StatisticsFile(Record, frozen=True):
    """`complete` says that every figure of the text is listed, each with its kind."""

    complete: bool = False
    statistic: tuple[StatisticRecord, ...] = ()
    comparison: tuple[ComparisonRecord, ...] = ()


class QuotationRecord(Record, frozen=True):
    at: str
    quote: str


class NameRecord(Record, frozen=True):
    id: str
    kind: NameKind
    name: str
    english: str
    places: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    office: str | None = None
    office_en: str | None = None
    said: tuple[QuotationRecord, ...] = ()


class NamesFile(Record, frozen=True):
    name: tuple[NameRecord, ...] = ()
