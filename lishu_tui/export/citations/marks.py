"""What several styles share: dates in words, brackets, ends of sentences."""

from __future__ import annotations

from datetime import date

from lishu_tui.export.citations.reference import Issued, Reference

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
STOPS = ".?!。？！…．"


def ended(text: str, stop: str = ".") -> str:
    """A sentence with a stop at its end, not two."""
    return text if not text or text.rstrip("”’\"')）」』").endswith(tuple(STOPS)) else text + stop


def american(on: date | Issued) -> str:
    """`February 17, 2020`, as exactly as it is known."""
    if on.year is None or on.month is None:
        return "" if on.year is None else str(on.year)
    return f"{MONTHS[on.month - 1]} {on.day}, {on.year}" if on.day is not None else f"{MONTHS[on.month - 1]} {on.year}"


def day_first(on: date | Issued) -> str:
    """`17 Feb. 2020`."""
    if on.year is None or on.month is None:
        return "" if on.year is None else str(on.year)
    return f"{on.day} {SHORT[on.month - 1]} {on.year}" if on.day is not None else f"{SHORT[on.month - 1]} {on.year}"


def bracketed(text: str, ours: bool) -> str:
    """`[text]` where it is supplied by us."""
    return f"[{text}]" if ours and text else text


def quoted(text: str) -> str:
    """In double quotation marks, those within made single."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def within(text: str, stop: str) -> str:
    """The stop behind it, or within the quotation marks at its end; a full stop is not put behind another mark."""
    bare = text.rstrip("’”")
    if not bare or len(bare) == len(text):
        return ended(text) if stop == "." else text + stop
    return (ended(bare) if stop == "." else bare + stop) + text[len(bare) :]


def translated(text: str, english: str) -> str:
    """The English behind it in brackets, where there is one."""
    return f"{text} [{english}]" if english and english != text else text


def digest(reference: Reference) -> str:
    return f"SHA-256 {reference.sha256}" if reference.sha256 else ""


def copy_held(reference: Reference) -> str:
    """Of a copy that is our own, when it was made and its digest: `Captured 18 …`, without the day where it is not
    known; empty where a public archive has it."""
    if reference.archive or not (reference.captured or reference.sha256):
        return ""
    on = reference.captured_on
    when = f"Captured {american(on)}" if on is not None else f"Captured {reference.captured}".strip()
    return ", ".join(filter(None, (when if reference.captured else "Captured copy", digest(reference))))
