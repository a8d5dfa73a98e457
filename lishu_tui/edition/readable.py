"""What of a document its text, sections and paragraphs tell: enough to print it, search it and give its places.

An `Edition` is one, checked in every part; `Ready` is the bundled one as it was when it was last found to be sound.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple, get_args

from lishu_tui.edition.address import Address
from lishu_tui.edition.align import Alignment
from lishu_tui.edition.errors import LishuError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lishu_tui.edition.model import Emendation, Paragraph, Section, Source, Statistic

Reading = Literal["restored", "simplified", "capture", "english"]
"""One version of the text; all have the same paragraphs. `restored` is the text of record."""
READINGS: tuple[Reading, ...] = get_args(Reading)


class Span(NamedTuple):
    """Characters `start` to `end` (half-open) of the paragraph with index `paragraph` (from 0, headings counted)."""

    paragraph: int
    start: int
    end: int


class Readable:
    """A document to read, whatever it was made of."""

    if TYPE_CHECKING:  # what the classes below have, each in its own way

        @property
        def id(self) -> str: ...
        @property
        def source(self) -> Source: ...
        @property
        def capture(self) -> bytes: ...
        @property
        def readings(self) -> Mapping[Reading, Sequence[str]]: ...
        @property
        def paragraphs(self) -> Sequence[Paragraph]: ...
        @property
        def sections(self) -> Sequence[Section]: ...
        @property
        def emendations(self) -> Sequence[Emendation]: ...
        @property
        def statistics(self) -> Sequence[Statistic]: ...
        @property
        def statistics_complete(self) -> bool: ...

    def has(self, reading: Reading) -> bool:
        """Whether the edition has this reading; only English may be missing."""
        return reading in self.readings

    def text(self, paragraph: int, reading: Reading = "restored") -> str:
        return self.readings[reading][paragraph]

    def quote(self, span: Span) -> str:
        return self.readings["restored"][span.paragraph][span.start : span.end]

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises LishuError where there is none."""
        if (found := self._by_id.get(section_id)) is not None:
            return found
        ids = ", ".join(section.id for section in self.sections)
        raise LishuError("address", f"{self.id}/{section_id}", "no such section", f"one of {ids}")

    @cached_property
    def _by_id(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    def section_of(self, paragraph: int) -> Section:
        return self.section(self.paragraphs[paragraph].section)

    def section_number(self, paragraph: int) -> int:
        """Which of the sections a paragraph stands in, from 0."""
        return self._numbers[self.paragraphs[paragraph].section]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {section.id: number for number, section in enumerate(self.sections)}

    def heading(self, section: Section, reading: Reading = "restored") -> str | None:
        """The heading as this reading has it, None where the source has none."""
        return self.text(section.first, reading) if section.has_heading else None

    def body(self, section: Section) -> range:
        """Indexes of the section's paragraphs without its heading."""
        return range(section.first + section.has_heading, section.last)

    def address(self, span: Span) -> Address:
        paragraph = self.paragraphs[span.paragraph]
        return Address(self.id, paragraph.section, paragraph.number, span.start, span.end)

    def paragraph_at(self, section_id: str, number: int) -> int:
        """Index of paragraph `number` of a section. Raises LishuError where there is none."""
        section = self.section(section_id)
        index = section.first + number - (0 if section.has_heading else 1)
        if section.first <= index < section.last:
            return index
        low, high = (0 if section.has_heading else 1), len(self.body(section))
        raise LishuError("address", f"{self.id}/{section_id}/{number}", "no such paragraph", f"{low} to {high}")

    def resolve(self, address: Address) -> Iterator[Span]:
        """The places that an address covers, one span a paragraph. Raises LishuError where it leads nowhere."""
        if address.document != self.id:
            raise LishuError("address", str(address), f"no document {address.document!r}", f"{self.id!r}")
        if address.section is None:
            indexes: range = range(len(self.paragraphs))
        elif address.paragraph is None:
            section = self.section(address.section)
            indexes = range(section.first, section.last)
        else:
            index = self.paragraph_at(address.section, address.paragraph)
            indexes = range(index, index + 1)
        for index in indexes:
            length = len(self.text(index))
            start = 0 if address.start is None else address.start
            end = length if address.end is None else address.end
            if end > length:
                raise LishuError("address", str(address), f"character {end} is past the end", f"at most {length}")
            yield Span(index, start, end)

    @cached_property
    def alignments(self) -> tuple[Alignment, ...]:
        """How each paragraph of the capture and of the restored reading correspond."""
        pairs: list[list[tuple[int, int, int, int]]] = [[] for _ in self.paragraphs]
        for e in self.emendations:
            pairs[e.span.paragraph].append((e.span.start, e.span.end, e.start, e.end))
        return tuple(Alignment(tuple(sorted(p))) for p in pairs)

    def carry(self, span: Span, to: Reading, of: Reading = "restored") -> Span:
        """The same place in another reading. English has no places within a paragraph: there it is the whole of it.
        A reading that the edition does not have is taken to be the restored one."""
        to, of = (reading if self.has(reading) else "restored" for reading in (to, of))
        if of == to or {of, to} <= {"restored", "simplified"}:
            return span
        if not self.emendations and self.readings[to] is self.readings[of]:
            return span
        if "english" in (of, to):
            return Span(span.paragraph, 0, len(self.text(span.paragraph, to)))
        alignment = self.alignments[span.paragraph]
        move = alignment.to_capture if to == "capture" else alignment.to_restored
        start, end = move(span.start, "start"), move(span.end, "end")
        return Span(span.paragraph, start, max(start, end))
