"""CSL-JSON, which Zotero, pandoc and citeproc read. Chinese names are literal: engines would turn them round."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import bracketed
from lishu_tui.export.citations.notes import remarks
from lishu_tui.export.citations.reference import Kind, Reference

TYPES: dict[Kind, str] = {"news": "article-newspaper", "page": "webpage", "book": "book", "file": "document"}


def entries(references: list[tuple[Reference, date]]) -> str:
    """The list that the format is, as JSON."""
    return json.dumps([item(reference, accessed) for reference, accessed in references], ensure_ascii=False, indent=2)


def item(reference: Reference, accessed: date) -> dict[str, Any]:
    r = reference
    made = {
        "id": r.document,
        "type": TYPES[r.kind],
        "title": bracketed(r.title, r.title_supplied),
        "author": [_author(names.name(author)) for author in r.authors],
        "container-title" if r.kind in ("news", "page") else "publisher": r.container,
        "issued": _issued(r),
        "URL": r.archive or r.url,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]} if r.archive or r.url else {},
        "archive": r.archive_name,
        "archive_location": r.archive,
        "language": r.language,
        "note": "\n".join(remarks(r)),
    }
    return {name: value for name, value in made.items() if value}


def _author(name: names.Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: words for part, words in parts.items() if words}


def _issued(reference: Reference) -> dict[str, Any]:
    issued = reference.issued
    if issued.year is None:
        return {"literal": bracketed(issued.said, issued.inferred) or "n.d."}
    parts = [part for part in (issued.year, issued.month, issued.day) if part is not None]
    return {"date-parts": [parts], **({"circa": True} if issued.inferred else {})}
