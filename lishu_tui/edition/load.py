"""The one loader: an edition's folder, checked in every part, or one line that says where it is wrong."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from lishu_tui.edition import records as r
from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.model import (
    EVIDENCE,
    Comparison,
    Damage,
    Edition,
    Emendation,
    Name,
    Paragraph,
    Quotation,
    Rule,
    Section,
    Statistic,
)
from lishu_tui.edition.places import BUNDLED, data_root
from lishu_tui.edition.readable import READINGS, Reading, Span
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.edition.toml import from_toml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")
GLOSS = re.compile(r"([0-9]{1,7})(\([^()]+\))")
ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def load_edition(folder: Traversable | None = None) -> Edition:
    """The edition in `folder` (the bundled one where None). Raises LishuError for whatever is damaged or missing."""
    return _Loader(folder or data_root() / BUNDLED).load()


class _Loader:
    """Carries the folder, so that every error can name its file."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    def fail(self, file: str, place: str, wrong: str, expected: str) -> LishuError:
        return LishuError(self.path(file), place, wrong, expected)

    def path(self, file: str) -> str:
        return f"data/{self.folder.name}/{file}"

    def read(self, file: str) -> bytes:
        try:
            return (self.folder / file).read_bytes()
        except OSError as error:
            raise self.fail(file, "", f"cannot be read ({error.strerror})", "a file that can be read") from None

    def text(self, file: str) -> str:
        try:
            return self.read(file).decode()
        except UnicodeDecodeError as error:
            raise self.fail(file, f"byte {error.start}", "is not UTF-8", "UTF-8 text") from None

    def toml(self, file: str, shape: type[T]) -> T:
        return from_toml(self.read(file), shape, self.path(file))

    def load(self) -> Edition:
        record = self.toml("edition.toml", r.EditionFile)
        self.unique("edition.toml", [record.id])
        self.capture = self.read("capture.txt")
        found = hashlib.sha256(self.capture).hexdigest()
        if found != record.source.sha256:
            raise self.fail("capture.txt", "", f"has sha256 {found}", record.source.sha256)
        if len(self.capture) != record.source.bytes:
            raise self.fail("edition.toml", "source.bytes", str(record.source.bytes), str(len(self.capture)))
        self.readings = self.load_readings()
        self.sections, self.paragraphs = self.load_sections(record)
        rules, emendations, damage = self.load_emendations()
        statistics = self.toml("statistics.toml", r.StatisticsFile)
        self.unique("statistics.toml", [s.id for s in statistics.statistic] + [c.id for c in statistics.comparison])
        if statistics.complete and (bare := next((s for s in statistics.statistic if not s.kind), None)):
            raise self.fail("statistics.toml", f"statistic {bare.id!r}", "has no kind", "one, for the list is complete")
        checked = tuple(self.statistic(s) for s in statistics.statistic)
        return Edition(
            id=record.id,
            source=record.source,
            capture=self.capture,
            readings=self.readings,
            paragraphs=self.paragraphs,
            sections=self.sections,
            emendations=emendations,
            rules=rules,
            damage=damage,
            statistics=checked,
            comparisons=tuple(self.comparison(c, {s.id for s in checked}) for c in statistics.comparison),
            names=self.load_names(),
            statistics_complete=statistics.complete,
        )

    def load_readings(self) -> dict[Reading, tuple[str, ...]]:
        """All four, line N of one being line N of all."""
        readings: dict[Reading, tuple[str, ...]] = {"capture": tuple(self.text("capture.txt").split("\n"))}
        count = len(readings["capture"])
        for reading in READINGS:
            if reading == "capture":
                continue
            file = f"{reading}.txt"
            text = self.text(file)
            if not text.endswith("\n"):
                raise self.fail(file, f"line {count}", "has no line end", "every line ended by a newline")
            lines = tuple(text[:-1].split("\n"))
            if len(lines) != count:
                raise self.fail(
                    file, f"line {min(len(lines), count)}", f"{len(lines)} lines", f"{count}, as in capture.txt"
                )
            for number, line in enumerate(lines, 1):
                unsafe = UNSAFE.search(line)
                if unsafe or not line.strip():
                    wrong = f"character U+{ord(unsafe[0]):04X}" if unsafe else "an empty line"
                    raise self.fail(file, f"line {number}", wrong, "a paragraph of text")
            readings[reading] = lines
        for number, (a, b) in enumerate(zip(readings["restored"], readings["simplified"], strict=True), 1):
            if len(a) != len(b):
                wrong = f"{len(b)} characters"
                raise self.fail("simplified.txt", f"line {number}", wrong, f"{len(a)}, one for each of restored.txt")
        return {reading: readings[reading] for reading in READINGS}

    def load_sections(self, record: r.EditionFile) -> tuple[tuple[Section, ...], tuple[Paragraph, ...]]:
        self.unique("edition.toml", [s.id for s in record.section])
        count, at = len(self.readings["restored"]), 0
        sections: list[Section] = []
        paragraphs: list[Paragraph] = []
        for s in record.section:
            first, last = s.lines
            if first != at + 1 or last < first or last > count:
                expected = f"lines from {at + 1} on, at most {count}"
                raise self.fail("edition.toml", f"section {s.id!r}", f"lines {first} to {last}", expected)
            if s.heading == (s.label is not None):
                wrong = "a label of its own beside the heading" if s.heading else "neither heading nor label"
                raise self.fail("edition.toml", f"section {s.id!r}", wrong, "heading = true, or a label in 〔…〕")
            label = s.label if s.label is not None else self.readings["restored"][first - 1]
            section = Section(
                id=s.id, label=label, label_en=s.label_en, has_heading=s.heading, first=first - 1, last=last
            )
            sections.append(section)
            for index in range(first - 1, last):
                number = index - section.first + (0 if s.heading else 1)
                paragraphs.append(Paragraph(index=index, section=s.id, number=number))
            at = last
        if at != count:
            raise self.fail("edition.toml", "section", f"{at} lines in sections", f"all {count} lines of the text")
        return tuple(sections), tuple(paragraphs)

    def unique(self, file: str, ids: list[str]) -> None:
        for name, times in Counter(ids).items():
            if times > 1:
                raise self.fail(file, f"id {name!r}", f"stands {times} times", "each id once")
            if not ID.fullmatch(name):
                raise self.fail(file, f"id {name!r}", "is no id", "small letters, digits and hyphens")

    def span(self, file: str, who: str, at: str, quote: str) -> Span:
        """The place `at` (`SECTION/PARAGRAPH:START-END`), where `quote` must stand in the restored reading."""
        form = re.fullmatch(r"([a-z0-9-]+)/([0-9]{1,6}):([0-9]{1,7})-([0-9]{1,7})", at)
        if form is None:
            raise self.fail(file, who, f"at = {at!r}", "SECTION/PARAGRAPH:START-END")
        paragraph = next((p.index for p in self.paragraphs if p.section == form[1] and p.number == int(form[2])), None)
        if paragraph is None:
            raise self.fail(file, who, f"at = {at!r}", "a section and paragraph of edition.toml")
        span = Span(paragraph, int(form[3]), int(form[4]))
        stands = self.readings["restored"][paragraph][span.start : span.end]
        if stands != quote or not quote:
            raise self.fail(file, who, f"{quote!r} at {at}, where {stands!r} stands", "the words that stand there")
        return span

    def load_emendations(self) -> tuple[tuple[Rule, ...], tuple[Emendation, ...], Damage | None]:
        """The apparatus: run over the capture it must give the restored reading, for it is their alignment."""
        file = "emendations.toml"
        records = self.toml(file, r.EmendationsFile)
        table: dict[int, str] = {}
        for number, rule in enumerate(records.rule, 1):
            if rule.stood and len(rule.stood) != len(rule.stands):
                wrong = f"{len(rule.stands)} characters for {len(rule.stood)}"
                raise self.fail(file, f"rule {number}", wrong, "one for each that stood")
            if rule.stood:
                table |= dict(zip(map(ord, rule.stood), rule.stands, strict=True))
        written = [(f"glosses.{e.line}", e) for e in self.glosses(records)]
        written += [(f"emendation {n}", e) for n, e in enumerate(records.emendation, 1)]
        written.sort(key=lambda w: (w[1].line, w[1].restored, w[1].capture))
        emendations = tuple(self.emendation(who, e) for who, e in written)
        by_line: list[list[Emendation]] = [[] for _ in self.paragraphs]
        for e in emendations:
            by_line[e.span.paragraph].append(e)
        replaced: Counter[str] = Counter()
        for line, changes in enumerate(by_line):
            replaced += self.replay(line, sorted(changes, key=lambda e: (e.start, e.span.start)), table)
        rules = tuple(
            Rule(kind=x.kind, stood=x.stood, stands=x.stands, reason=x.reason, count=sum(replaced[c] for c in x.stood))
            for x in records.rule
        )
        return rules, emendations, self.damage(records.damage)

    def damage(self, record: r.DamageRecord | None) -> Damage | None:
        if record is None:
            return None
        glosses = tuple((g[:1], g[1:]) for g in record.glosses.split())
        for character, reading in glosses:
            if not reading or not "\u3400" <= character <= "\u9fff":
                wrong = repr(character + reading)
                raise self.fail(
                    "emendations.toml", "damage.glosses", wrong, "a character and its reading each: 戰zhàn 發fā"
                )
        return Damage(glosses=glosses, cuts=record.cuts, folds=record.folds)

    def glosses(self, records: r.EmendationsFile) -> Iterator[r.EmendationRecord]:
        """The glosses of `[glosses]` written out: where each stood in the capture follows from those before it."""
        for key, text in records.glosses.items():
            who = f"glosses.{key}"
            if not re.fullmatch("[0-9]{1,6}", key) or GLOSS.sub("", text).strip():
                raise self.fail("emendations.toml", who, repr(text[:40]), 'LINE = "PLACE(gloss) PLACE(gloss) …"')
            line = int(key)
            others = [(e.restored[0], len(e.stood) - len(e.stands)) for e in records.emendation if e.line == line]
            before = 0
            for place, stood in GLOSS.findall(text):
                at = int(place)
                start = at + before + sum(longer for other, longer in others if other < at)
                yield r.EmendationRecord(
                    line=line, restored=(at, at), capture=(start, start + len(stood)), stood=stood, stands="",
                    kind="gloss", certainty="certain",
                )  # fmt: skip
                before += len(stood)

    def replay(self, line: int, changes: list[Emendation], table: dict[int, str]) -> Counter[str]:
        """Between its changes a line of the restored reading must be what the rules make of the capture; how often each
        character was replaced by a rule."""
        replaced: Counter[str] = Counter()
        captured, restored = self.readings["capture"][line], self.readings["restored"][line]
        at, here = 0, 0
        for start, there, end, next_here in [
            *((e.start, e.span.start, e.end, e.span.end) for e in changes),
            (len(captured), len(restored), 0, 0),
        ]:
            if start < at or there < here:
                wrong = f"the change at {start} of the capture overlaps the one before"
                raise self.fail("emendations.toml", f"line {line + 1}", wrong, "changes one after the other")
            made, stands = captured[at:start].translate(table), restored[here:there]
            if made != stands:
                same = next((n for n, (a, b) in enumerate(zip(made, stands, strict=False)) if a != b), 0)
                place = f"line {line + 1}, character {here + same}"
                expected = f"{made[same : same + 12]!r}, as emendations.toml makes it of capture.txt"
                raise self.fail("restored.txt", place, repr(stands[same : same + 12]), expected)
            replaced.update(c for c in captured[at:start] if ord(c) in table)
            at, here = end, next_here
        return replaced

    def emendation(self, who: str, e: r.EmendationRecord) -> Emendation:
        file = "emendations.toml"
        if not 1 <= e.line <= len(self.paragraphs):
            raise self.fail(file, who, f"line = {e.line}", f"1 to {len(self.paragraphs)}")
        sides: tuple[tuple[Reading, tuple[int, int], str], ...]
        sides = (("capture", e.capture, e.stood), ("restored", e.restored, e.stands))
        for reading, (start, end), quote in sides:
            line = self.readings[reading][e.line - 1]
            if not 0 <= start <= end <= len(line) or line[start:end] != quote:
                stands = line[start:end]
                raise self.fail(
                    file, who, f"{quote!r} at {start}-{end} of the {reading}", f"{stands!r}, as stands there"
                )
        fields = {f: getattr(e, f) for f in EVIDENCE}
        return Emendation(
            span=Span(e.line - 1, *e.restored), start=e.capture[0], end=e.capture[1], stood=e.stood, stands=e.stands,
            **fields,
        )  # fmt: skip

    def statistic(self, s: r.StatisticRecord) -> Statistic:
        file, who = "statistics.toml", f"statistic {s.id!r}"
        low, high = s.low, s.high
        if s.bound in ("exact", "more_than", "at_least"):
            low = s.value if low is None else low
        if s.bound in ("exact", "less_than", "at_most", "approaching"):
            high = s.value if high is None else high
        if s.bound == "range" and (low is None or high is None):
            raise self.fail(file, who, "a range without both ends", "low and high")
        if s.bound == "exact" and not low == high == s.value:
            raise self.fail(file, who, f"exact, but {low} to {high}", f"low = high = {s.value}")
        limits = [x for x in (low, s.value, high) if x is not None]
        if not all(map(math.isfinite, limits)) or limits != sorted(limits):
            raise self.fail(file, who, f"low {low}, value {s.value}, high {high}", "numbers in ascending order")
        if (s.bound == "exact") != (s.bound_word is None) and s.bound != "range":
            raise self.fail(file, who, f"bound {s.bound} with bound_word {s.bound_word!r}", "the word that says so")
        span = self.span(file, who, s.at, s.quote)
        for key, words in (("counted", s.counted), ("bound_word", s.bound_word)):
            if words is not None and (not words or words not in self.readings["restored"][span.paragraph]):
                raise self.fail(file, who, f"{key} = {words!r}", f"words of the paragraph at {s.at}")
        return Statistic(
            id=s.id, span=span, quote=s.quote, value=s.value, low=low, high=high,
            bound=s.bound, bound_word=s.bound_word, unit=s.unit, counted=s.counted, label=s.label, label_en=s.label_en,
            kind=s.kind,
        )  # fmt: skip

    def comparison(self, c: r.ComparisonRecord, known: set[str]) -> Comparison:
        file, who = "statistics.toml", f"comparison {c.id!r}"
        rows = []
        for row in c.row:
            if len(row.cells) != len(c.columns):
                raise self.fail(file, f"{who}, row {row.label!r}", f"{len(row.cells)} cells", f"{len(c.columns)}")
            for cell in row.cells:
                if cell and cell not in known:
                    raise self.fail(
                        file, f"{who}, row {row.label!r}", f"statistic {cell!r}", 'an id in this file, or ""'
                    )
            rows.append((row.label, row.label_en, tuple(cell or None for cell in row.cells)))
        return Comparison(id=c.id, label=c.label, label_en=c.label_en, columns=c.columns, rows=tuple(rows))

    def load_names(self) -> tuple[Name, ...]:
        file = "names.toml"
        records = self.toml(file, r.NamesFile).name
        self.unique(file, [n.id for n in records])
        names = []
        for n in records:
            who = f"name {n.id!r}"
            if not n.places:
                raise self.fail(file, who, "no place", "at least one place where the text names it")
            spans = []
            for at in n.places:
                errors = []
                for form in (n.name, *n.aliases):
                    try:
                        spans.append(self.span(file, who, at, form))
                        break
                    except LishuError as error:
                        errors.append(error)
                else:
                    raise errors[0]
            said = tuple(Quotation(span=self.span(file, who, q.at, q.quote), quote=q.quote) for q in n.said)
            names.append(
                Name(
                    id=n.id,
                    kind=n.kind,
                    name=n.name,
                    aliases=n.aliases,
                    english=n.english,
                    office=n.office,
                    office_en=n.office_en,
                    places=tuple(spans),
                    said=said,
                )
            )
        return tuple(names)
