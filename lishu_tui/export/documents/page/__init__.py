"""One page for the browser: all in it, nothing fetched, to be read without script and on paper as well.

The policy in its head lets only the one style and the one script run that are here, by their digests, and nothing be
loaded from anywhere. Readings are switched by radio buttons that the style looks at, so that needs no script; script
adds the search, the evidence beside the words, and keeps in the page's own address what is shown.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from lishu_tui.edition import Reading
from lishu_tui.edition.model import Section
from lishu_tui.export.documents.page.marking import Marking, element, text
from lishu_tui.export.documents.page.parts import Parts
from lishu_tui.export.documents.work import LABELS, Passage, Work, program, safe
from lishu_tui.search.fold import fold, forms

ENGLISH = {"off": "No English", "beneath": "English beneath", "beside": "English beside"}


@lru_cache(maxsize=1)
def assets() -> tuple[str, str]:
    """The style and the script."""
    here = files(__package__)
    style, script = ((here / name).read_text("utf-8") for name in ("page.css", "page.js"))
    return style, script


def digest(asset: str) -> str:
    return f"'sha256-{b64encode(sha256(asset.encode()).digest()).decode()}'"


def policy() -> str:
    """What the page may do: what is in it, by digest, and nothing else."""
    style, script = map(digest, assets())
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def folding(work: Work) -> list[str]:
    """Groups of characters that are alike to a search, the one they are folded to first: of those in the text."""
    readings: tuple[Reading, ...] = (*work.readings, *(("english",) if work.english != "off" else ()))
    there: set[str] = set()
    for _, heading, passages in work.sections():
        for passage in (*((heading,) if heading is not None else ()), *passages):
            there.update(*(work.words(passage, reading) for reading in readings))
    groups = (forms(c) for c in sorted(set(fold("".join(sorted(there))))))
    return [safe(group) for group in groups if len(group) > 1]


def page(work: Work) -> Iterator[str]:
    """The file, paragraph by paragraph."""
    return _Page(work).chunks()


class _Page:
    def __init__(self, work: Work) -> None:
        self.work = work
        self.marking = Marking(work)
        self.parts = Parts(work, self.marking)
        self.only = work.english == "only"
        self.tongue = "en" if self.only else work.tongue(self.marking.lead)
        self.english = work.english != "off"

    def chunks(self) -> Iterator[str]:
        parts = list(self.parts.wanted())
        yield from self.head()
        yield '<body>\n<a class="skip" href="#_text" lang="en">Skip to the text</a>\n'
        yield from self.header()
        yield from self.tools()
        yield '<nav aria-labelledby="_contents" lang="en">\n<h2 id="_contents">Contents</h2>\n<ol>\n'
        for section, _, _ in self.work.sections():
            yield f"<li>{element('a', self.label(section), href=f'#{section.id}')}</li>\n"
        for name, heading, _ in parts:
            yield f"<li>{element('a', text(heading), href=f'#{name}')}</li>\n"
        yield '</ol>\n</nav>\n<main id="_text" tabindex="-1">\n'
        for section, head, passages in self.work.sections():
            yield from self.section(section, head, passages)
        for name, title, content in parts:
            yield f'<section id="{name}" aria-labelledby="{name}-h" lang="en">\n<h2 id="{name}-h">{text(title)}</h2>\n'
            yield from content
            yield "</section>\n"
        yield '</main>\n<aside lang="en" aria-label="Evidence">'
        yield '<div id="_pop" popover="manual" role="tooltip" class="entry"></div></aside>\n'
        capture = text(self.work.edition.source.sha256)
        yield f'<footer lang="en"><p>Made by {text(program())} from <code>{capture}</code>.</p></footer>\n'
        data = json.dumps(folding(self.work), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        yield f'<script type="application/json" id="_fold">{data}</script>\n'
        yield f"<script>{assets()[1]}</script>\n</body>\n</html>\n"

    def head(self) -> Iterator[str]:
        title = self.work.edition.source.title_en or self.work.title if self.only else self.work.title
        yield f'<!DOCTYPE html>\n<html lang="{text(self.tongue)}">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield '<meta name="referrer" content="no-referrer">\n<meta name="format-detection" content="telephone=no">\n'
        yield f'<meta name="generator" content="{text(program())}">\n'
        yield f"<title>{text(title)}</title>\n<style>{assets()[0]}</style>\n</head>\n"

    def header(self) -> Iterator[str]:
        source = self.work.edition.source
        yield "<header>\n"
        if self.only:
            yield f'<h1 lang="en">{text(source.title_en or self.work.title)}</h1>\n'
        else:
            yield element("h1", text(self.work.title), lang=self.work.language) + "\n"
            if source.title_en and source.title_en != self.work.title:
                yield element("p", text(source.title_en), class_="in-english", lang="en") + "\n"
        by = " · ".join(filter(None, ("、".join(source.authors), source.publisher, source.date)))
        if by:
            yield element("p", text(by), class_="by", lang=self.work.language) + "\n"
        yield "</header>\n"

    def tools(self) -> Iterator[str]:
        yield '<aside class="tools" lang="en" aria-label="Reading and search">\n'
        if not self.only and len(self.work.readings) > 1:
            lead = self.marking.lead
            labels: dict[str, str] = {
                reading: element("span", text(LABELS[reading][0]), lang=self.work.tongue(reading))
                + f" {LABELS[reading][1]}"
                for reading in self.work.readings
            }
            yield from self.choice("reading", "Reading", labels, lead)
        if self.english and not self.only:
            now = self.work.english if self.work.english in ENGLISH else "off"
            yield from self.choice("english", "English", ENGLISH, now)
        if self.work.options.apparatus and self.work.glosses and not self.only:
            yield '<label><input type="checkbox" id="_changes"> Mark every change</label>\n'
        yield '<div role="search" id="_search" hidden><label for="_q">Search</label> '
        yield '<input type="search" id="_q" autocomplete="off" spellcheck="false"> '
        yield '<output id="_count" for="_q"></output> '
        yield '<button type="button" id="_previous" aria-label="Previous hit">↑</button> '
        yield '<button type="button" id="_next" aria-label="Next hit">↓</button></div>\n</aside>\n'

    def choice(self, name: str, legend: str, labels: Mapping[str, str], now: str) -> Iterator[str]:
        yield f"<fieldset><legend>{legend}</legend>\n"
        for value, label in labels.items():
            checked = " checked" if value == now else ""
            radio = f'<input type="radio" name="{name}" id="_{name}-{value}" value="{value}"{checked}>'
            yield f"<label>{radio} {label}</label>\n"
        yield "</fieldset>\n"

    # ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────

    def label(self, section: Section) -> str:
        label = "" if self.only else element("span", text(self.work.label(section)), lang=self.work.language)
        english = text(section.label_en) if section.label_en and section.label_en != section.label else ""
        return " ".join(filter(None, (label, element("small", english) if english else ""))) or text(section.id)

    def section(self, section: Section, heading: Passage | None, passages: list[Passage]) -> Iterator[str]:
        yield f'<section id="{section.id}" aria-labelledby="{section.id}/0">\n'
        if heading is not None:
            yield f'<h2 id="{heading.address}">{self.readings(heading, "span")}</h2>\n'
        else:
            label, english = self.work.label(section), section.label_en
            shown = element("span", text(label), lang=self.work.language, class_="dim") if not self.only else ""
            if self.english and english and english != label:
                shown += element("span", text(english), lang="en", class_="english only" if self.only else "english")
            yield f'<h2 id="{section.id}/0">{shown}</h2>\n'
        for passage in passages:
            yield f'<div class="para" id="{passage.address}">\n{self.readings(passage, "p")}</div>\n'
        yield "</section>\n"

    def readings(self, passage: Passage, name: str) -> str:
        """A paragraph in all the readings, one of which is shown."""
        made = ""
        for reading in () if self.only else self.work.readings:
            lead = " lead" if reading == self.marking.lead else ""
            made += (
                element(
                    name,
                    self.marking.paragraph(passage, reading),
                    class_=f"r {reading}{lead}",
                    lang=self.work.tongue(reading),
                )
                + "\n"
            )
        if self.english:
            english = text(self.work.words(passage, "english"))
            made += element(name, english, class_="english only" if self.only else "english", lang="en") + "\n"
        return made
