"""A document, or the part of it that was asked for, as all formats need it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from lishu_tui.edition import Edition, LishuError, Reading, Span, Statistic, visible
from lishu_tui.edition.model import Emendation, Section
from lishu_tui.export.apparatus import is_plain, within
from lishu_tui.export.citations import reference
from lishu_tui.export.documents.options import Form, Noted, Options
from lishu_tui.figures.statistics import statistics
from lishu_tui.figures.who import Named, Quote, names, speech

T = TypeVar("T")
LABELS: dict[Reading, tuple[str, str]] = {
    "restored": ("校訂本", "Restored"),
    "simplified": ("简体", "Simplified"),
    "capture": ("抓取原樣", "As captured"),
    "english": ("英譯", "English"),
}
"""What a reading is called in both languages."""
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef]|[" + "".join(chr(p * 0x10000 + 0xFFFE + n) for p in range(17) for n in (0, 1)) + "]"
)


def safe(text: str) -> str:
    """Text that any format can hold: what would drive a terminal, reorder a line or is no character has a stand-in."""
    return _NO_CHARACTER.sub("\ufffd", visible(text))


def program() -> str:
    """The program and its version, for what must say by what it was made."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"lishu-tui {version('lishu-tui')}"
    except PackageNotFoundError:
        return "lishu-tui"


class Passage(NamedTuple):
    """What of a paragraph is exported: a place of the restored reading."""

    span: Span
    address: str
    """Within the document: `party-leadership/3`."""
    number: int
    whole: bool


class Work:
    """Raises LishuError for an address that leads nowhere and a reading that is not there."""

    def __init__(self, edition: Edition, form: Form, options: Options) -> None:
        self.edition, self.form, self.options = edition, form, options
        if options.address is not None:
            self.spans = list(edition.resolve(options.address))
        else:
            self.spans = [Span(index, 0, len(text)) for index, text in enumerate(edition.readings["restored"])]
        self._by_paragraph = {span.paragraph: span for span in self.spans}
        self.readings = self._readings()
        self.english = self._english()
        self.reference = reference(edition, options.address)
        self.language = self.reference.language or "und"

    def _readings(self) -> tuple[Reading, ...]:
        asked = tuple(dict.fromkeys(self.options.readings))
        if not asked:
            asked = ("restored", "simplified", "capture") if self.form == "html" else ("restored",)
        for reading in asked:
            if reading == "english":
                raise LishuError(
                    "readings", reading, "goes along with another", "English that is beneath, beside or alone"
                )
            if not self.edition.has(reading):
                there = ", ".join(r for r in self.edition.readings if r != "english")
                raise LishuError("readings", reading, f"{self.edition.id} has none", f"one of {there}")
        if len(asked) > 1 and self.form not in ("html", "json"):
            raise LishuError(
                "readings", ", ".join(asked), f"are too many for {self.form}", "one, or html, which has several"
            )
        return asked

    def _english(self) -> str:
        """off, beneath, beside or only; `along` where a page has it, to be switched on."""
        asked = self.options.english
        there = self.edition.has("english")
        if asked is None:
            return "along" if self.form == "html" and there else "off"
        if asked != "off" and not there:
            raise LishuError("english", asked, f"{self.edition.id} has none", "off")
        return asked

    # ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────

    def sections(self) -> Iterator[tuple[Section, Passage | None, list[Passage]]]:
        """The sections that are reached, each with its heading (as far as that is) and its paragraphs."""
        for section in self.edition.sections:
            reached = [self.passage(i) for i in range(section.first, section.last) if i in self._by_paragraph]
            if not reached:
                continue
            heading = reached.pop(0) if section.has_heading and reached[0].number == 0 else None
            yield section, heading, reached

    def passage(self, index: int) -> Passage:
        span, paragraph = self._by_paragraph[index], self.edition.paragraphs[index]
        whole = (span.start, span.end) == (0, len(self.edition.text(index)))
        return Passage(span, f"{paragraph.section}/{paragraph.number}", paragraph.number, whole)

    def place(self, passage: Passage, reading: Reading) -> Span:
        """The passage in a reading: the whole paragraph with what stands at its ends, or what a part corresponds to."""
        if passage.whole or reading == "english":
            return Span(passage.span.paragraph, 0, len(self.edition.text(passage.span.paragraph, reading)))
        return self.edition.carry(passage.span, reading)

    def words(self, passage: Passage, reading: Reading) -> str:
        """Not yet made safe."""
        span = self.place(passage, reading)
        return self.edition.text(span.paragraph, reading)[span.start : span.end]

    def tongue(self, reading: Reading) -> str:
        """The language of a reading, as BCP 47 has it."""
        if reading == "english":
            return "en"
        if reading == "simplified" and self.language.startswith("zh"):
            return "zh-Hans"
        return self.language

    def label(self, section: Section) -> str:
        return section.label or section.label_en or section.id

    @property
    def title(self) -> str:
        source = self.edition.source
        return source.title or source.title_en or self.edition.id

    def __contains__(self, span: Span) -> bool:
        """Whether a place is at least in part within what is exported."""
        mine = self._by_paragraph.get(span.paragraph)
        if mine is None:
            return False
        if span.start == span.end:
            return mine.start <= span.start <= mine.end
        return max(span.start, mine.start) < min(span.end, mine.end)

    def local(self, span: Span) -> str:
        """The address of a place within the document: `party-leadership/3:4-10`."""
        paragraph = self.edition.paragraphs[span.paragraph]
        return f"{paragraph.section}/{paragraph.number}:{span.start}-{span.end}"

    # ── what is known of it ─────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def emendations(self) -> list[Emendation]:
        if self.options.address is None:
            return list(self.edition.emendations)
        return within(self.edition.emendations, self.spans)

    @cached_property
    def cruces(self) -> list[Emendation]:
        """Those that need a word of their own."""
        return [e for e in self.emendations if not is_plain(e)]

    @cached_property
    def glosses(self) -> list[Emendation]:
        return [e for e in self.emendations if is_plain(e)]

    @cached_property
    def statistics(self) -> list[Statistic]:
        return [s for s in statistics(self.edition) if s.span in self]

    @cached_property
    def names(self) -> list[Named]:
        found = [n._replace(places=tuple(p for p in n.places if p in self)) for n in names(self.edition)]
        return [n for n in found if n.places]

    @cached_property
    def quotes(self) -> list[Quote]:
        return [q for q in speech(self.edition) if q.span in self]

    @cached_property
    def notes(self) -> list[Noted]:
        return sorted((n for n in self.options.notes if n.span in self), key=lambda n: (n.span, n.text, n.tags))


def by_paragraph(found: Iterable[T], paragraph: Callable[[T], int]) -> dict[int, list[T]]:
    """Things by the paragraph in which they are."""
    made: dict[int, list[T]] = {}
    for one in found:
        made.setdefault(paragraph(one), []).append(one)
    return made
