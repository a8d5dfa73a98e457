"""Markdown (CommonMark, with the tables and footnotes of GitHub): whatever stands in the text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lishu_tui.edition.model import Emendation
from lishu_tui.export.apparatus import compact, gloss_groups
from lishu_tui.export.documents.nesting import Range, nested
from lishu_tui.export.documents.wording import certainty, evidence, figure, lemma, rules, sources
from lishu_tui.export.documents.work import Passage, Work, by_paragraph, safe

_INLINE = re.compile(r"[\\`*_\[\]<>&~|$^]|:(?=//)|(?<=[Ww]{3})\.|@")
_START = re.compile(r"(?=[-#+=:])|^(\d{1,9})(?=[.)])")


def inline(text: str) -> str:
    """Text within a line, none of it markup or a link."""
    return _INLINE.sub(lambda match: "\\" + match[0], safe(text))


def block(line: str) -> str:
    """A line of our making that is to be a paragraph, whatever it begins with."""
    found = _START.match(line)
    if found is not None:
        line = f"{found[1] or ''}\\{line[len(found[1] or '') :]}"
    for pattern in (r"^\s+", r"\s+$"):  # which readers of Markdown cut off
        line = re.sub(pattern, lambda match: "".join(f"&#{ord(c)};" for c in match[0]), line)
    return line


def markdown(work: Work) -> Iterator[str]:
    """The file, paragraph by paragraph."""
    return _Markdown(work).chunks()


class _Markdown:
    def __init__(self, work: Work) -> None:
        self.work = work
        self.cruces: dict[int, list[tuple[int, Emendation]]] = {}
        if work.options.apparatus:
            numbered = list(enumerate(work.cruces, 1))
            self.cruces = by_paragraph(numbered, lambda one: one[1].span.paragraph)

    def chunks(self) -> Iterator[str]:
        work, source = self.work, self.work.edition.source
        both = work.english not in ("off", "along")
        if work.english == "only":
            yield f"# {inline(source.title_en or work.title)}\n"
        else:
            yield f"# {inline(work.title)}\n"
            if both and source.title_en:
                yield f"\n*{inline(source.title_en)}*\n"
        for section, heading, passages in work.sections():
            if section.has_heading and heading is not None:
                yield from self.heading(heading)
            elif not section.has_heading and len(work.edition.sections) > 1:
                yield f"\n## {inline(section.label_en if work.english == 'only' else work.label(section))}\n"
            if work.english == "beside" and passages:
                yield f"\n| {inline(self.named())} | English |\n|---|---|\n"
            for passage in passages:
                yield self.paragraph(passage)
        yield from self.after()

    def named(self) -> str:
        return {"restored": "校訂本", "simplified": "简体", "capture": "抓取原樣"}.get(self.work.readings[0], "")

    def heading(self, passage: Passage) -> Iterator[str]:
        english = self.work.words(passage, "english") if self.work.english not in ("off", "along") else ""
        if self.work.english == "only":
            yield f"\n## {inline(english)}\n"
            return
        yield f"\n## {self.words(passage)}\n"
        if english:
            yield f"\n*{inline(english)}*\n"

    def paragraph(self, passage: Passage) -> str:
        english = ""
        if self.work.english not in ("off", "along"):
            english = block(inline(self.work.words(passage, "english")))
        if self.work.english == "only":
            return f"\n{english}\n"
        words = self.words(passage)
        if self.work.english == "beside":
            return f"| {block(words)} | {english} |\n"
        return f"\n{block(words)}\n" + (f"\n> {english}\n" if english else "")

    def words(self, passage: Passage) -> str:
        """The passage, with a footnote behind each place that has one."""
        reading = self.work.readings[0]
        text, at = self.work.words(passage, reading), self.work.place(passage, reading).start
        notes = []
        for number, e in self.cruces.get(passage.span.paragraph, ()):
            end = (e.end if reading == "capture" else e.span.end) - at
            if 0 <= end <= len(text):
                notes.append(Range(end, end, lambda *_, number=number: f"[^{number}]", ""))
        return nested(text, notes, inline)

    def after(self) -> Iterator[str]:
        work, address = self.work, self.work.edition.address
        if work.options.statistics and work.statistics:
            yield "\n## Figures, as reported\n\n"
            yield "| value | what | Chinese | as it stands | address | |\n|---:|---|---|---|---|---|\n"
            for s in work.statistics:
                cells = (*figure(s), s.quote, str(address(s.span)), s.origin)
                yield f"| {' | '.join(map(inline, cells))} |\n"
        if work.options.names and work.names:
            yield "\n## Names\n\n| name | English | kind | office | places | |\n|---|---|---|---|---|---|\n"
            for n in work.names:
                places = " ".join(work.local(p) for p in n.places)
                office = " ".join(part for part in (n.office, n.office_en) if part)
                yield f"| {' | '.join(map(inline, (n.name, n.english, n.kind, office, places, n.origin)))} |\n"
        if work.options.names and work.quotes:
            yield "\n## Who says what\n\n| quotation | speaker | address | |\n|---|---|---|---|\n"
            for q in work.quotes:
                quoted = (q.quote, q.speaker or "", str(address(q.span)), q.origin)
                yield f"| {' | '.join(map(inline, quoted))} |\n"
        if work.options.apparatus and (work.emendations or work.edition.rules):
            yield from self.apparatus()
        if work.notes:
            yield "\n## Notes\n\n"
            for note in work.notes:
                tags = "".join(f" #{tag}" for tag in note.tags)
                quote = inline(f"「{work.edition.quote(note.span)}」")
                yield f"- {quote} {inline(note.text + tags)} ({inline(str(address(note.span)))})\n"
        yield "\n## Source\n\n"
        for what, value in sources(work):
            yield f"- {what}: {inline(value)}\n"
        for number, e in sorted(one for ones in self.cruces.values() for one in ones):
            said = f"{lemma(e)}. {certainty(e)}. {evidence(e)} {address(e.span)}"
            yield f"\n[^{number}]: {block(inline(said))}\n"

    def apparatus(self) -> Iterator[str]:
        work = self.work
        yield "\n## Apparatus\n\n"
        yield "What stands, a bracket, what stood; the places that need a word of their own are footnotes.\n\n"
        for change, kind, reason in rules(work.edition):
            yield f"- {inline(f'{change}: {kind}. {reason}')}\n"
        for group in gloss_groups(work.edition, work.glosses):
            places = compact(work.edition, group.places)
            said = f"{group.character} ] {group.character}{group.gloss}: {len(group.places)}×, {places}"
            yield f"- {inline(said)}\n"
