"""TEI P5: the text with what was emended, what is counted and who is named as elements of it.

Places that overlap are kept well-formed by cutting: an element in several pieces has them linked by @next and @prev
(chapter 20.3 of the Guidelines), and only the first has its own id. An emendation is never cut. @xml:id is `p.` and the
address within the document with dots for what no id may hold (`p.party-leadership.3`); @n has the address itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lishu_tui.edition import Span, Statistic
from lishu_tui.edition.model import Certainty, Emendation
from lishu_tui.export.apparatus import is_plain
from lishu_tui.export.documents.nesting import Range, nested
from lishu_tui.export.documents.wording import certainty, evidence, figure, lemma, rules, sources
from lishu_tui.export.documents.work import Passage, Work, by_paragraph, program, safe
from lishu_tui.figures.who import Named, Quote

CERT: dict[Certainty, str] = {"certain": "high", "named": "medium", "chosen": "low"}
EVIDENCE: dict[Certainty, str] = {"certain": "internal", "named": "internal", "chosen": "internal conjecture"}
NAMES = {"person": "persName", "place": "placeName", "body": "orgName", "media": "orgName"}
MARKED = (
    "What was changed from the capture is marked by choice: sic is what stood, corr what stands. @cert is high where "
    "the bytes leave one character, medium where a gloss names it, low where it was chosen. @evidence is internal, "
    "for it is in the capture; conjecture is added where a word was chosen."
)
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


_XML = {"xml_id": "xml:id", "xml_lang": "xml:lang"}


def text(words: str) -> str:
    return safe(words).translate(_SPECIAL)


def attributes(**values: object) -> str:
    """Attributes in this order, without those that are None or empty; `xml_id` is xml:id."""
    made = ""
    for name, value in values.items():
        if value is not None and value != "":
            made += f' {_XML.get(name, name)}="{text(str(value))}"'
    return made


def element(name: str, content: str, **values: object) -> str:
    return f"<{name}{attributes(**values)}>{content}</{name}>"


def word(words: str | None) -> str | None:
    """What TEI takes for a word: no spaces."""
    return re.sub(r"\s+", "_", safe(words)).strip("_") or None if words else None


def xml_id(address: str, kind: str = "p") -> str:
    """An id for a place, given its address within the document."""
    return f"{kind}.{re.sub('[^A-Za-z0-9_.-]', '.', address)}"


def number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def tei(work: Work) -> Iterator[str]:
    """The file, paragraph by paragraph."""
    return _Tei(work).chunks()


class _Tei:
    def __init__(self, work: Work) -> None:
        self.work, self.edition = work, work.edition
        self.reading = work.readings[0]
        self.ids = {n.id: xml_id(n.id, "n") for n in work.names}
        self.emended = {id(e): f"c{number}" for number, e in enumerate(work.emendations, 1)}
        self.measures = by_paragraph(work.statistics, lambda s: s.span.paragraph)
        self.quotes = by_paragraph(work.quotes, lambda q: q.span.paragraph)
        named = [(n, place) for n in work.names for place in n.places]
        self.named = by_paragraph(named, lambda one: one[1].paragraph)
        self.changes = by_paragraph(work.emendations, lambda e: e.span.paragraph)
        self.counts: dict[str, int] = {}
        self.speakers: dict[Span, list[str]] = {}
        for n in work.names:
            for said in n.said:
                self.speakers.setdefault(said.span, []).append(self.ids[n.id])

    def chunks(self) -> Iterator[str]:
        work = self.work
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        lang = "en" if work.english == "only" else work.tongue(self.reading)
        yield f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{attributes(xml_lang=lang)}>\n'
        yield from self.header()
        yield "<text>\n<body>\n"
        for section, heading, passages in work.sections():
            yield f"<div{attributes(xml_id=xml_id(section.id, 's'), n=section.id)}>\n"
            label = section.label_en if work.english == "only" else section.label
            if heading is not None:
                yield self.paragraph("head", heading)
            elif not section.has_heading and label:
                yield element("head", element("supplied", text(label)), type="supplied") + "\n"
            for passage in passages:
                yield self.paragraph("p", passage)
            if not passages:
                yield "<p/>\n"
            yield "</div>\n"
        yield "</body>\n"
        back = list(self.back())
        if back:
            yield "<back>\n"
            yield from back
            yield "</back>\n"
        yield "</text>\n</TEI>\n"

    # ── the header ──────────────────────────────────────────────────────────────────────────────────────────────────

    def header(self) -> Iterator[str]:
        yield "<teiHeader>\n<fileDesc>\n<titleStmt>\n"
        source = self.edition.source
        yield self.title(self.work.title, self.work.language) + "\n"
        if source.title_en and source.title_en != self.work.title:
            yield self.title(source.title_en, "en") + "\n"
        for author in source.authors:
            yield element("author", text(author)) + "\n"
        yield '<respStmt xml:id="lishu-tui"><resp>restored and marked up by</resp>'
        yield f"<name>{text(program())}</name></respStmt>\n</titleStmt>\n<publicationStmt>\n"
        yield "<p>Made for its reader; not published.</p>\n</publicationStmt>\n<sourceDesc>\n"
        yield from self.bibl()
        yield from _listed("list", self.particulars())
        yield "</sourceDesc>\n</fileDesc>\n"
        yield from self.encoding()
        yield from self.profile()
        yield "</teiHeader>\n"

    def title(self, words: str, lang: str) -> str:
        return element("title", text(words), type="main" if lang != "en" else "translation", xml_lang=lang)

    def bibl(self) -> Iterator[str]:
        source, came = self.edition.source, self.edition.provenance
        yield "<bibl>"
        yield element("title", text(self.work.title))
        yield "".join(element("author", text(author)) for author in source.authors)
        if source.publisher:
            yield element("publisher", text(source.publisher))
        if source.date:
            iso = (
                source.date if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", source.date) else None
            )
            inferred = "low" if source.year_inferred_from else None
            year = f"{source.year:04}" if source.year and inferred else None
            yield element("date", text(source.date), when=iso or year, cert=inferred)
        if came is not None and came.url:
            yield element("ref", text(came.url), target=re.sub(r"\s", "%20", came.url))
        yield element("idno", text(source.sha256), type="sha256")
        yield "</bibl>\n"

    def particulars(self) -> Iterator[str]:
        for what, value in sources(self.work):
            yield f"<label>{text(what)}</label> {text(value)}"

    def encoding(self) -> Iterator[str]:
        yield "<encodingDesc>\n"
        name, _, version = program().partition(" ")
        yield f'<appInfo><application ident="{name}"{attributes(version=version or "0")}>'
        yield f"<label>{text(program())}</label></application></appInfo>\n"
        yield f"<editorialDecl>\n<correction><p>{MARKED}</p></correction>\n"
        for change, kind, reason in rules(self.edition):
            yield f"<normalization><p>{text(f'{change}: {kind}. {reason}')}</p></normalization>\n"
        supplied = [element("p", text(item)) for item in self.edition.source.supplied]
        if supplied:
            yield f"<interpretation>{''.join(supplied)}</interpretation>\n"
        yield "</editorialDecl>\n</encodingDesc>\n"

    def profile(self) -> Iterator[str]:
        yield "<profileDesc>\n<langUsage>"
        tongues = [self.work.tongue(self.reading)] if self.work.english != "only" else []
        if self.work.english not in ("off", "along"):
            tongues.append("en")
        for tongue in dict.fromkeys(tongues):
            yield element("language", text(tongue), ident=tongue)
        yield "</langUsage>\n"
        kinds = {kind: [n for n in self.work.names if n.kind == kind] for kind in NAMES}
        people = [self.entry("person", n) for n in kinds["person"]]
        bodies = [self.entry("org", n) for n in (*kinds["body"], *kinds["media"])]
        if people or bodies:
            lists = _listed("listPerson", people, None), _listed("listOrg", bodies, None)
            yield f"<particDesc>\n{''.join(''.join(part) for part in lists)}</particDesc>\n"
        if kinds["place"]:
            places = (self.entry("place", n) for n in kinds["place"])
            yield f"<settingDesc>\n{''.join(_listed('listPlace', places, None))}</settingDesc>\n"
        yield "</profileDesc>\n"

    def entry(self, name: str, n: Named) -> str:
        """A person, place or body in its list."""
        inner = NAMES[n.kind]
        content = element(inner, text(n.name)) + "".join(element(inner, text(a), type="alias") for a in n.aliases)
        if n.english:
            content += element(inner, text(n.english), xml_lang="en")
        if n.kind == "person":
            content += element("occupation", text(n.office)) if n.office else ""
            content += element("occupation", text(n.office_en), xml_lang="en") if n.office_en else ""
        kind = {"type": "media"} if n.kind == "media" else {}
        return element(name, content, xml_id=self.ids[n.id], **kind, resp=_ours(n.origin))

    # ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, name: str, passage: Passage) -> str:
        where: dict[str, Any] = {"xml_id": xml_id(passage.address), "n": f"{self.edition.id}/{passage.address}"}
        if self.work.english == "only":
            return element(name, text(self.work.words(passage, "english")), **where) + "\n"
        place = self.work.place(passage, self.reading)
        words = self.work.words(passage, self.reading)
        ranges = []
        for r in self.ranges(passage):
            start, end = max(r.start - place.start, 0), min(r.end - place.start, len(words))
            if start < end or (start == end and r.start == r.end):
                ranges.append(r._replace(start=start, end=end))
        return element(name, nested(words, ranges, text), **where) + "\n"

    def ranges(self, passage: Passage) -> Iterator[Range]:
        """What is marked in a paragraph, in characters of the reading."""
        index = passage.span.paragraph
        for q in self.quotes.get(index, ()):
            yield self.range(q.span, "said", self.said(q))
        for n, place in self.named.get(index, ()):
            kind = "media" if n.kind == "media" else None
            yield self.range(place, NAMES[n.kind], {"ref": f"#{self.ids[n.id]}", "type": kind})
        for s in self.measures.get(index, ()):
            yield self.range(s.span, "measure", self.measure(s), self.num(s))
        if self.reading != "capture":
            for e in self.changes.get(index, ()):
                yield self.choice(e)

    def range(self, span: Span, name: str, values: dict[str, Any], within: str = "") -> Range:
        start, end = self.edition.carry(span, self.reading)[1:]
        base = f"{name[0]}{self.counted(name)}"
        close = ("</num>" if within else "") + f"</{name}>"

        def open_(piece: int, of: int) -> str:
            if of == 1:
                return f"<{name}{attributes(**values)}>{within}"
            ids = {"xml_id": base if piece == 0 else f"{base}.{piece}"}
            ids["prev"] = "" if piece == 0 else f"#{base}" + (f".{piece - 1}" if piece > 1 else "")
            ids["next"] = f"#{base}.{piece + 1}" if piece + 1 < of else ""
            return f"<{name}{attributes(**ids, **values)}>{within}"

        return Range(start, end, open_, close)

    def counted(self, name: str) -> int:
        self.counts[name[0]] = self.counts.get(name[0], 0) + 1
        return self.counts[name[0]]

    def said(self, q: Quote) -> dict[str, Any]:
        return {
            "who": " ".join(f"#{speaker}" for speaker in self.speakers.get(q.span, ())),
            "direct": "true",
            "resp": _ours(q.origin),
        }

    def measure(self, s: Statistic) -> dict[str, Any]:
        return {
            "type": word(s.bound), "subtype": word(s.kind), "quantity": number(s.value), "unit": word(s.unit),
            "commodity": word(s.counted), "resp": _ours(s.origin),
        }  # fmt: skip

    def num(self, s: Statistic) -> str:
        """The bounds, which a measure has no attributes for."""
        if s.bound == "exact" or (s.low is None and s.high is None):
            return ""
        low, high = (None if end is None else number(end) for end in (s.low, s.high))
        return f"<num{attributes(value=number(s.value), atLeast=low, atMost=high)}>"

    def choice(self, e: Emendation) -> Range:
        corr = attributes(cert=CERT[e.certainty], evidence=EVIDENCE[e.certainty], resp="#lishu-tui", type=word(e.kind))
        opened = f"<choice{attributes(xml_id=self.emended[id(e)])}>{element('sic', text(e.stood))}<corr{corr}>"
        return Range(e.span.start, e.span.end, lambda *_: opened, "</corr></choice>", whole=True)

    # ── what goes along ─────────────────────────────────────────────────────────────────────────────────────────────

    def back(self) -> Iterator[str]:
        work = self.work
        if work.english in ("beneath", "beside"):
            yield '<div type="translation" xml:lang="en">\n'
            for _, heading, passages in work.sections():
                for passage in (*((heading,) if heading is not None else ()), *passages):
                    words = work.words(passage, "english")
                    yield element("p", text(words), corresp=f"#{xml_id(passage.address)}") + "\n"
            yield "</div>\n"
        if work.options.apparatus and any(not is_plain(e) for e in work.emendations) and self.marked:
            items = (
                f"<ref{attributes(target='#' + self.emended[id(e)])}>{text(lemma(e))}</ref> "
                f"{text(f'{certainty(e)}. {evidence(e)}')}"
                for e in work.cruces
            )
            yield from _div("apparatus", "list", items)
        if work.options.statistics and work.statistics:
            yield '<div type="statistics">\n<table>\n<row role="label">'
            yield (
                "".join(f"<cell>{head}</cell>" for head in ("value", "what", "Chinese", "address", "origin"))
                + "</row>\n"
            )
            for s in work.statistics:
                target = "#" + xml_id(work.local(s.span).split(":")[0])
                where = element("ref", text(str(self.edition.address(s.span))), target=target)
                value, english, chinese = map(text, figure(s))
                cells = (value, element("seg", english, xml_lang="en") if english else "", chinese, where, s.origin)
                yield f"<row>{''.join(f'<cell>{cell}</cell>' for cell in cells)}</row>\n"
            yield "</table>\n</div>\n"
        if work.notes:
            yield '<div type="notes">\n'
            for note in work.notes:
                target = "#" + xml_id(work.local(note.span).split(":")[0])
                quote = element("quote", text(self.edition.quote(note.span)))
                tags = text("".join(f" #{tag}" for tag in note.tags))
                yield f"<p><note{attributes(target=target, n=self.edition.address(note.span))}>"
                yield f"{quote} {text(note.text)}{tags}</note></p>\n"
            yield "</div>\n"

    @property
    def marked(self) -> bool:
        """Whether emendations are in the text, so that something can lead to them."""
        return self.reading != "capture" and self.work.english != "only"


def _ours(origin: str) -> str | None:
    """Who answers for what nobody has checked: the program."""
    return "#lishu-tui" if origin == "found" else None


def _listed(name: str, entries: Iterable[str], item: str | None = "item") -> Iterator[str]:
    found = list(entries)
    if found:
        yield f"<{name}>\n"
        for entry in found:
            yield (f"<{item}>{entry}</{item}>" if item else entry) + "\n"
        yield f"</{name}>\n"


def _div(kind: str, name: str, entries: Iterable[str]) -> Iterator[str]:
    yield f'<div type="{kind}">\n'
    yield from _listed(name, entries)
    yield "</div>\n"
