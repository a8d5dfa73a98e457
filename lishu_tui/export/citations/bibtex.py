r"""BibTeX, for biblatex and for the classic styles.

An article of a newspaper is `@article` with `journal` and `entrysubtype`: the classic styles know no newspapers, and
those for Chinese tell [N] from [J] by that field. A page is `@online`, which biblatex knows and classic styles print as
`@misc`, as they do with every type they do not know. `date` is biblatex's, `year` and `month` are the classic one's.

Titles and Chinese names stand in braces of their own: no style changes their letters or takes them apart. A brace of
the text is written as a command, as BibTeX counts even those behind a backslash.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import bracketed
from lishu_tui.export.citations.notes import remarks
from lishu_tui.export.citations.reference import Kind, Reference

TYPES: dict[Kind, str] = {"news": "article", "page": "online", "book": "book", "file": "misc"}
LANGUAGES = {"zh-Hant": "chinese", "zh-Hans": "chinese", "ja": "japanese", "ko": "korean"}
ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{c: f"\\{c}" for c in "%&#$_"},
}  # fmt: skip
SPECIAL = re.compile(r"[\\{}~^%&#$_]|-(?=-)|[`'](?=[`'])|[?!](?=`)|<(?=<)|>(?=>)|,(?=,)")
"""What has a meaning in LaTeX; the last ones are halves of ligatures."""
IN_URLS = "!$&'()*+,-./:;=?@_~%#[]"


def entry(reference: Reference, accessed: date) -> str:
    r = reference
    issued = r.issued
    fields = {
        "author": " and ".join(_author(names.name(author)) for author in r.authors),
        "title": f"{{{escaped(bracketed(r.title, r.title_supplied))}}}" if r.title else "",
        "journal" if r.kind == "news" else "organization" if r.kind == "page" else "publisher": escaped(r.container),
        "entrysubtype": "newspaper" if r.kind == "news" else "",
        "date": f"{issued.year:04}?" if issued.year is not None and issued.inferred else issued.iso,
        "year": _year(r),
        "month": str(issued.month or ""),
        "url": url(r.archive or r.url),
        "urldate": accessed.isoformat() if r.archive or r.url else "",
        "langid": LANGUAGES.get(r.language, ""),
        "note": escaped(" ".join(_ended(remark) for remark in remarks(r))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{TYPES[r.kind]}{{{r.document},\n{lines}}}"


def escaped(text: str) -> str:
    """Text as LaTeX says it."""
    return SPECIAL.sub(lambda match: ESCAPES.get(match[0], match[0] + "{}"), text)


def url(text: str) -> str:
    """An address, which biblatex takes as it stands: braces, backslashes and what is not ASCII by their bytes."""
    return quote(text, safe=IN_URLS)


def _author(name: names.Name) -> str:
    if not name.family:
        return f"{{{escaped(name.whole)}}}"
    return ", ".join(escaped(part) for part in (name.family, name.suffix, name.given) if part)


def _year(reference: Reference) -> str:
    issued = reference.issued
    if not issued.known:
        return "[n.d.]"
    return bracketed(f"{issued.year:04}" if issued.year is not None else escaped(issued.said), issued.inferred)


def _ended(remark: str) -> str:
    return remark if remark.endswith(".") else f"{remark}."
