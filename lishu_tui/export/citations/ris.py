"""RIS, which reference managers read: a tag and a value a line; in UR a semicolon would begin another address."""

from __future__ import annotations

from datetime import date

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import bracketed
from lishu_tui.export.citations.notes import remarks
from lishu_tui.export.citations.reference import Kind, Reference

TYPES: dict[Kind, str] = {"news": "NEWS", "page": "ELEC", "book": "EBOOK", "file": "GEN"}


def entry(reference: Reference, accessed: date) -> str:
    r = reference
    issued = r.issued
    looked = f"{accessed:%Y/%m/%d}/" if r.archive or r.url else ""
    tags = [
        ("TY", TYPES[r.kind]),
        ("ID", r.document),
        *(("AU", names.name(author).inverted) for author in r.authors),
        ("TI", bracketed(r.title, r.title_supplied)),
        ("TT", r.title_en),
        ("T2" if r.kind in ("news", "page") else "PB", r.container),
        ("PY", f"{issued.year:04}" if issued.year is not None else ""),
        ("DA", _date(r)),
        ("UR", (r.archive or r.url).replace(";", "%3B")),
        ("Y2", looked),
        ("DP", r.archive_name),
        ("LA", r.language),
        *(("N1", remark) for remark in remarks(r)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in tags if value) + "ER  - "


def _date(reference: Reference) -> str:
    """`2020/02/17/`; what is less exact leaves a place empty, and behind the last stroke stands what is to be said."""
    issued = reference.issued
    if issued.year is None:
        return f"///{bracketed(issued.said, issued.inferred) or 'n.d.'}"
    parts = [f"{issued.year:04}", *(f"{part:02}" if part else "" for part in (issued.month, issued.day))]
    return "/".join([*parts, "inferred" if issued.inferred else ""])
