"""APA Style, 7th edition: the entry of the reference list, and for a passage the citation in the text before it.

Names in Chinese script stay whole: initials of them would be neither Chinese nor romanised. The English of a title
stands in brackets behind it, a description of what is held in brackets too (9.21, 9.22).
"""

from __future__ import annotations

from datetime import date

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import MONTHS, american, bracketed, digest, ended, quoted, translated
from lishu_tui.export.citations.reference import Locator, Reference

MOST = 20
"""Authors that are all named; of more the first nineteen and the last."""


def entry(reference: Reference, accessed: date) -> str:
    r = reference
    title = translated(bracketed(r.title, r.title_supplied), r.title_en)
    if not r.url and not r.archive and r.sha256:
        title += f" [{'Captured web page' if r.online else 'File'}, {digest(r)}]"
    people, when = _authors(r), f"({_date(r)})."
    first = [ended(people), when, ended(title)] if people else [ended(title), when]
    text = " ".join([*first, *filter(None, (ended(translated(r.container, r.container_en)), _path(r, accessed)))])
    return text if r.locator is None else f"{in_text(r)}\n{text}"


def in_text(reference: Reference) -> str:
    """`(Smith & 張競文, 2020, Strict readiness section, para. 3)`."""
    r = reference
    people = [names.name(author) for author in r.authors]
    words = [person.family or person.whole for person in people]
    who = f"{words[0]} et al." if len(words) > 2 else " & ".join(words)
    who = who or (f"[{r.title}]" if r.title_supplied else quoted(r.title))
    when = _date(r).split(",")[0]
    return f"({', '.join(filter(None, (who, when, _place(r.locator) if r.locator is not None else '')))})"


def _authors(reference: Reference) -> str:
    shown = [_author(names.name(author)) for author in reference.authors]
    if len(shown) > MOST:
        return f"{', '.join(shown[: MOST - 1])}, . . . {shown[-1]}"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, & {shown[-1]}" if shown else ""


def _author(name: names.Name) -> str:
    return ", ".join(filter(None, (name.family, name.initials(".", "-"), name.suffix))) or name.whole


def _date(reference: Reference) -> str:
    issued = reference.issued
    if issued.inferred:
        return f"[ca. {issued.iso or issued.said}]"
    if issued.year is None or issued.month is None:
        return issued.said or issued.iso or "n.d."
    return f"{issued.year}, {MONTHS[issued.month - 1]}" + (f" {issued.day}" if issued.day is not None else "")


def _path(reference: Reference, accessed: date) -> str:
    """The address; the day it was looked at where nothing else fixes what was seen there (9.16)."""
    r = reference
    if r.archive:
        on = r.captured_on
        return f"Archived {american(on)}, at {r.archive}" if on else f"Archived at {r.archive}"
    return f"Retrieved {american(accessed)}, from {r.url}" if r.url and not r.issued.known else r.url


def _place(locator: Locator) -> str:
    section = f"{bracketed(locator.section, locator.supplied)} section"
    return f"{section}, para. {locator.paragraph}" if locator.paragraph else section
