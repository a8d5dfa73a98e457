"""MLA Handbook, 9th edition: the entry of the works cited, and for a passage the citation in the text before it."""

from __future__ import annotations

import re
from datetime import date

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import day_first, digest, quoted, translated, within
from lishu_tui.export.citations.reference import Locator, Reference


def entry(reference: Reference, accessed: date) -> str:
    r = reference
    date_ = _date(r)
    where = [translated(r.container, r.container_en), date_, "" if r.archive else _bare(r.url)]
    parts = [_authors(r), _title(r), ", ".join(filter(None, where))]
    if r.archive:
        when = day_first(r.captured_on) if r.captured_on is not None else ""
        parts.append(", ".join(filter(None, (r.archive_name, when, _bare(r.archive)))))
    if r.online and not r.archive and not r.issued.known:
        parts.append(f"Accessed {day_first(accessed)}")
    parts.append(_held(r))
    text = " ".join(within(part, ".") for part in parts if part)
    return text if r.locator is None else f"{in_text(r)}\n{text}"


def in_text(reference: Reference) -> str:
    """`(金大慶 and 張競文, 嚴陣以待, [par. 3])`: the number in brackets, as it is counted by us."""
    r = reference
    people = [names.name(author) for author in r.authors]
    words = [person.family or person.whole for person in people]
    who = f"{words[0]} et al." if len(words) > 2 else " and ".join(words)
    who = who or (f"[{r.title}]" if r.title_supplied else quoted(r.title))
    return f"({', '.join(filter(None, (who, _place(r.locator) if r.locator is not None else '')))})"


def _authors(reference: Reference) -> str:
    people = [names.name(author) for author in reference.authors]
    if not people:
        return ""
    if len(people) > 2:
        return f"{people[0].inverted}, et al."
    if len(people) == 2:
        return f"{people[0].inverted}{',' if people[0].family else ''} and {people[1].direct}"
    return people[0].inverted


def _title(reference: Reference) -> str:
    r = reference
    if r.title_supplied:
        return translated(f"[{r.title}]", r.title_en)
    if r.kind == "book":
        return translated(r.title, r.title_en)
    return translated(quoted(r.title), r.title_en)


def _date(reference: Reference) -> str:
    issued = reference.issued
    if issued.inferred:
        return f"[{issued.iso or issued.said}?]"
    return day_first(issued) or issued.said or "[n.d.]"


def _bare(url: str) -> str:
    """Without http:// or https:// (5.84-99)."""
    return re.sub(r"^https?://", "", url, flags=re.IGNORECASE)


def _held(reference: Reference) -> str:
    """Of a copy of our own, in the place of what is optional (5.110-118)."""
    r = reference
    if r.archive or not (r.captured or r.sha256):
        return ""
    when = f"Captured {day_first(r.captured_on)}" if r.captured_on is not None else f"Captured {r.captured}".strip()
    return ", ".join(filter(None, (when if r.captured else "Captured copy", digest(r))))


def _place(locator: Locator) -> str:
    section = f"[{locator.section}]" if locator.supplied else locator.section
    return f"{section}, [par. {locator.paragraph}]" if locator.paragraph else section
