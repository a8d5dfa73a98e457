"""What stands behind the text on the page: figures with bars, names, who says what, apparatus, notes, source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lishu_tui.edition import Span, Statistic
from lishu_tui.edition.model import Comparison
from lishu_tui.export.apparatus import gloss_groups
from lishu_tui.export.documents.page.marking import Marking, element, text
from lishu_tui.export.documents.wording import certainty, evidence, figure, lemma, rules, sources
from lishu_tui.export.documents.work import Work, by_paragraph
from lishu_tui.figures.who import Named

BAR = 120
"""Pixels of the longest bar."""


class Parts:
    def __init__(self, work: Work, marking: Marking) -> None:
        self.work, self.marking = work, marking
        self.tongue = work.tongue(marking.lead)

    def wanted(self) -> Iterator[tuple[str, str, Iterator[str]]]:
        """The id, the heading and what is beneath it, of each part that there is."""
        work, options = self.work, self.work.options
        if options.statistics and work.statistics:
            yield "_figures", "Figures, as reported", self.figures()
        if options.names and work.names:
            yield "_names", "Names", self.names()
        if options.names and work.quotes:
            yield "_quotes", "Who says what", self.quotes()
        if options.apparatus and (work.emendations or work.edition.rules):
            yield "_apparatus", "Apparatus", self.apparatus()
        if work.notes:
            yield "_notes", "Notes", self.notes()
        yield "_source", "Source", self.source()

    # ── pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def own(self, words: str) -> str:
        """Words of the source, in its language."""
        return element("span", text(words), lang=self.tongue) if words else ""

    def link(self, span: Span, content: str) -> str:
        """A link to a place, or to its paragraph where the place has no characters that are here to be seen."""
        local = self.work.local(span)
        there = local if span.start < span.end and self.work.english != "only" else local.split(":")[0]
        return element("a", content, href=f"#{there}")

    @staticmethod
    def bar(value: float, largest: float) -> str:
        wide = max(value / largest * BAR, 1) if largest > 0 and value > 0 else 0
        room = f'viewBox="0 0 {BAR} 8" preserveAspectRatio="none"'  # where there is less, all are shorter alike
        return f'<svg width="{BAR}" height="8" {room} aria-hidden="true"><rect width="{wide:.1f}" height="8"/></svg>'

    @staticmethod
    def table(caption: str, heads: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
        yield f'<div class="scroll">\n<table>\n<caption>{caption}</caption>\n<thead><tr>'
        yield "".join(element("th", head, scope="col") for head in heads) + "</tr></thead>\n<tbody>\n"
        for row in rows:
            yield f"<tr>{row}</tr>\n"
        yield "</tbody>\n</table>\n</div>\n"

    @staticmethod
    def origin(origin: str) -> str:
        return "" if origin == "checked" else " <small>found by rule</small>"

    # ── the parts ───────────────────────────────────────────────────────────────────────────────────────────────────

    def figures(self) -> Iterator[str]:
        work = self.work
        yield "<p>What the text says; nothing is vouched for. A bar leads to its sentence; within a table, bars of one "
        yield "unit are to one scale.</p>\n"
        reported = by_paragraph(work.statistics, lambda s: s.span.paragraph)
        for section, _, _ in work.sections():
            here = [s for i in range(section.first, section.last) for s in reported.get(i, ())]
            if not here:
                continue
            scale: dict[str, list[float]] = {}
            for s in here:
                scale.setdefault(s.unit or "", []).append(s.value)
            largest = {unit: max(values) for unit, values in scale.items() if len(values) > 1}
            rows = (self.row(s, largest.get(s.unit or "", 0)) for s in here)
            caption = self.own(work.label(section))
            yield from self.table(caption, ("value", "what", "Chinese", "in the text"), rows)
        known = {s.id: s for s in work.statistics}
        for c in work.edition.comparisons:
            if all(cell is None or cell in known for _, _, cells in c.rows for cell in cells):
                yield from self.comparison(c, known)

    def row(self, s: Statistic, largest: float) -> str:
        amount, english, chinese = figure(s)
        what = (text(english) or '<span class="dim">–</span>') + self.origin(s.origin)
        seen = self.own(s.quote) + (self.bar(s.value, largest) if largest else "")
        cells = (what, self.own(chinese), self.link(s.span, seen))
        return element("td", text(amount), class_="number") + "".join(element("td", cell) for cell in cells)

    def comparison(self, c: Comparison, known: dict[str, Statistic]) -> Iterator[str]:
        largest = max((known[cell].value for _, _, cells in c.rows for cell in cells if cell), default=0)
        heads = ["what", *(f"{self.own(label)} {text(english)}" for label, english in c.columns)]
        rows = []
        for label, english, cells in c.rows:
            made = element("th", f"{self.own(label)} {text(english)}", scope="row")
            for cell in cells:
                s = known[cell] if cell is not None else None
                seen = self.link(s.span, text(figure(s)[0]) + self.bar(s.value, largest)) if s is not None else "–"
                made += element("td", seen)
            rows.append(made)
        yield from self.table(f"{self.own(c.label)} {text(c.label_en)}", heads, rows)

    def names(self) -> Iterator[str]:
        heads = ("name", "English", "kind", "office", "places")
        yield from self.table(
            "People, places, bodies and media that the text names", heads, map(self.name, self.work.names)
        )

    def name(self, name: Named) -> str:
        office = " ".join(filter(None, (self.own(name.office or ""), text(name.office_en or ""))))
        places = " ".join(self.link(place, str(k)) for k, place in enumerate(name.places, 1))
        cells = (self.own(name.name) + self.origin(name.origin), text(name.english), text(name.kind), office, places)
        return "".join(element("td", cell) for cell in cells)

    def quotes(self) -> Iterator[str]:
        yield '<ul class="entries plain">\n'
        for q in self.work.quotes:
            who = self.own(q.speaker or "") or '<span class="dim">not said who</span>'
            role = f" {self.own(q.role)}" if q.role else ""
            said = self.link(q.span, self.own(q.quote))
            yield f"<li>{who}<small>{role}</small>{self.origin(q.origin)}: {said}</li>\n"
        yield "</ul>\n"

    def apparatus(self) -> Iterator[str]:
        work = self.work
        yield "<p>What stands, a bracket, what stood. = is certain, ~ is named by its gloss, ? was chosen. That a "
        yield "line, damaged again, is the captured one shows that a change is consistent with the capture, and proves "
        yield "nothing.</p>\n"
        if work.edition.rules:
            yield '<h3>Rules</h3>\n<ul class="entries plain">\n'
            for change, kind, reason in rules(work.edition):
                yield f'<li class="entry">{self.lemma(change)}<span>{text(f"{kind}. {reason}")}</span></li>\n'
            yield "</ul>\n"
        if work.cruces:
            yield '<h3>Places</h3>\n<ul class="entries plain">\n'
            for e in work.cruces:
                where = self.link(e.seat._replace(start=0, end=0), text(str(work.edition.address(e.span))))
                said = f"<span>{text(certainty(e))}</span><span>{text(evidence(e))}</span>"
                entry = self.marking.entries[id(e)]
                yield f'<li class="entry" id="{entry}">{self.lemma(lemma(e))}{said}<span>{where}</span></li>\n'
            yield "</ul>\n"
        if work.glosses:
            yield '<h3>Glosses taken out</h3>\n<ul class="entries plain">\n'
            for number, g in enumerate(gloss_groups(work.edition, work.glosses), 1):
                paragraphs: dict[str, int] = {}
                for place in g.places:
                    where = work.local(place).split(":")[0]
                    paragraphs[where] = paragraphs.get(where, 0) + 1
                links = " ".join(
                    element("a", text(where), href=f"#{where}") + (f"×{times}" if times > 1 else "")
                    for where, times in paragraphs.items()
                )
                change = self.lemma(f"{g.character} ] {g.character}{g.gloss}")
                count = f"{len(g.places)} place{'' if len(g.places) == 1 else 's'}"
                said = f"<span>= certain: a gloss taken out, at {count}</span>"
                yield f'<li class="entry" id="_g{number}">{change}{said}<small>{links}</small></li>\n'
            yield "</ul>\n"

    def lemma(self, words: str) -> str:
        return element("b", text(words), lang=self.tongue)

    def notes(self) -> Iterator[str]:
        yield '<ul class="entries plain">\n'
        for note in self.work.notes:
            tags = "".join(f" #{tag}" for tag in note.tags)
            quote = self.link(note.span, self.own(self.work.edition.quote(note.span) or self.work.local(note.span)))
            yield f"<li>{quote}<br>{element('span', text(note.text + tags), lang='')}</li>\n"
        yield "</ul>\n"

    def source(self) -> Iterator[str]:
        yield "<dl>\n"
        for what, value in sources(self.work):
            english = what.endswith("in English") or what in (
                "supplied by the editors of this edition",
                "damage",
                "remark",
            )
            tongue = None if english or value.isascii() else self.tongue
            content = text(value)
            if what == "url" and value.lower().startswith(("http://", "https://")):
                content = element("a", content, href=value, rel="noreferrer nofollow")
            yield f"<dt>{text(what)}</dt>{element('dd', content, lang=tongue)}\n"
        yield "</dl>\n"
