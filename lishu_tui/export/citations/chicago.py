"""The Chicago Manual of Style, 18th edition, notes and bibliography: the entry, and for a passage the note before it.

Chinese names are not turned round and have no comma; Chinese titles stay, with the English in brackets.
"""

from __future__ import annotations

from datetime import date

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import american, bracketed, copy_held, quoted, translated, within
from lishu_tui.export.citations.reference import Locator, Reference

MOST, FIRST = 6, 3
"""More authors than six are the first three in a bibliography; in a note more than two are the first one."""


def entry(reference: Reference, accessed: date) -> str:
    r = reference
    where, when = translated(r.container, r.container_en), _date(r)
    if not r.authors:  # the newspaper or the owner of the site stands for them (14.89, 14.104)
        parts = [where, _title(r), when]
    else:
        parts = [
            _authors(r),
            _title(r),
            *([", ".join(filter(None, (where, when)))] if r.kind == "news" else [where, when]),
        ]
    parts += [_upper(_accessed(r, accessed)), _upper(_path(r)), copy_held(r)]
    text = " ".join(within(part, ".") for part in parts if part)
    return text if r.locator is None else f"{note(r, accessed)}\n{text}"


def note(reference: Reference, accessed: date) -> str:
    """The note: commas for full stops, names as they are spoken, and the passage."""
    r = reference
    people = [names.name(author).direct for author in r.authors]
    who = f"{people[0]} et al." if len(people) > 2 else names.listed(people, "and")
    place = _place(r.locator) if r.locator is not None else ""
    where = translated(r.container, r.container_en)
    parts = [who, _title(r), where, _date(r), place, _accessed(r, accessed), _path(r), _lower(copy_held(r))]
    *first, last = filter(None, parts)
    return " ".join([*(within(part, ",") for part in first), within(last, ".")])


def _authors(reference: Reference) -> str:
    people = [names.name(author) for author in reference.authors]
    shown = [people[0].inverted, *(person.direct for person in people[1:])]
    if len(people) > MOST:
        return ", ".join([*shown[:FIRST], "et al."])
    if len(people) == 2 and people[0].family:
        return f"{shown[0]}, and {shown[1]}"
    return names.listed(shown, "and")


def _title(reference: Reference) -> str:
    """In quotation marks; one of ours in brackets; the English behind it in brackets."""
    r = reference
    whole = r.title_supplied or r.kind == "book"
    return translated(bracketed(r.title, r.title_supplied) if whole else quoted(r.title), r.title_en)


def _date(reference: Reference) -> str:
    """What is inferred with a question mark in brackets (14.44)."""
    issued = reference.issued
    if issued.inferred:
        return f"[{issued.iso or issued.said}?]"
    return american(issued) or issued.said or "n.d."


def _accessed(reference: Reference, accessed: date) -> str:
    """The day of access where there is no date (14.104)."""
    r = reference
    return f"accessed {american(accessed)}" if r.online and not r.archive and not r.issued.known else ""


def _path(reference: Reference) -> str:
    r, on = reference, reference.captured_on
    if not r.archive:
        return r.url
    return f"archived {american(on)}, at {r.archive}" if on else f"archived at {r.archive}"


def _place(locator: Locator) -> str:
    section = f"[{locator.section}]" if locator.supplied else quoted(locator.section)
    return f"{within(f'under {section}', ',')} para. {locator.paragraph}" if locator.paragraph else f"under {section}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    """With a capital, but for an address."""
    return text if "://" in text.partition(" ")[0] else text[:1].upper() + text[1:]
