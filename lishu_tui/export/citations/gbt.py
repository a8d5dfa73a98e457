"""GB/T 7714 《信息与文献 参考文献著录规则》 in the editions of 2025 (in force since 2026-07-01) and 2015, as an entry
of a numbered list (顺序编码制).

Neither edition says whether its marks are full-width or half-width; they are half-width here, with a blank behind, as
the Chinese styles of most programs have them. Where both editions differ, `edition` decides:

- 2025 has names in small letters behind the initial and keeps the hyphen of Jean-Luc (J-L); 2015 has the family name in
  capitals (7.1.1; 8.1.1).
- 2025 asks for the day of access only for what is a web page (8.11; 7.6); 2015 for whatever is on line (8.4.4.2).
- A page of the web has no place for the page cited in 2025 (8.11.3): there it stands behind the number in the text
  (9.2.1.3). In 2015 it stands in the entry (4.6.2).
- 2025 has a place for persistent identifiers of every kind (7.9), where the digest of a copy of our own stands; that of
  2015 is for DOIs alone (8.7).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from lishu_tui.export.citations import names
from lishu_tui.export.citations.marks import bracketed
from lishu_tui.export.citations.reference import Kind, Locator, Reference

Edition = Literal[2025, 2015]

MARKS: dict[Kind, str] = {"news": "N", "page": "EB", "book": "M", "file": "Z"}
"""文献类型标识 (2025: A.1; 2015: B.1); Z is what is none of the others."""
MOST = 3
"""Authors that are named (2025: 7.1.2; 2015: 8.1.2)."""


def entry(reference: Reference, edition: Edition, accessed: date) -> str:
    r = reference
    carrier = "OL" if r.online else "DK"
    title = f"{bracketed(r.title, r.title_supplied)}[{MARKS[r.kind]}/{carrier}]"
    parts = [_authors(r, edition), title, _published(r, edition, accessed), _path(r, edition)]
    parts.append(f"SHA-256:{r.sha256}" if edition == 2025 and r.sha256 and not r.archive else "")
    text = ". ".join(part.rstrip(".") if part.endswith("..") else part for part in parts if part)
    text = text if text.endswith(".") else text + "."
    if edition == 2025 and r.kind == "page" and r.locator is not None:
        return f"[1]{passage(r.locator, r.chinese)}\n{text}"
    return text


def passage(locator: Locator, chinese: bool) -> str:
    """The passage in place of a page: 嚴陣以待第3段."""
    section = bracketed(locator.section, locator.supplied)
    if not locator.paragraph:
        return section
    if chinese:
        return f"{section}第{locator.paragraph}段"
    return f"{section}, para. {locator.paragraph}"


def _authors(reference: Reference, edition: Edition) -> str:
    """Family name first, no dots behind initials; none named is none written, as a numbered list may have it (2025:
    7.1.3; 2015: 8.1.3)."""
    shown = [_author(names.name(author), edition) for author in reference.authors[:MOST]]
    if len(reference.authors) > MOST:
        shown.append("等" if reference.chinese else "et al")
    return ", ".join(shown)


def _author(name: names.Name, edition: Edition) -> str:
    if not name.family:
        return name.whole
    family = name.family.upper() if edition == 2015 else name.family[0].upper() + name.family[1:]
    initials = name.initials("", "-" if edition == 2025 else " ")
    return " ".join(filter(None, (family, initials, name.suffix.rstrip("."))))


def _date(reference: Reference) -> str:
    """As YYYY-MM-DD (7.6; 8.4.4.2); a year that is inferred in brackets (7.5.4.3; 8.4.3.3), and in them too, as for
    place and publisher that are not known (7.5.2.3, 7.5.3.3; 8.4.1.3, 8.4.2.3), that there is none."""
    issued, chinese = reference.issued, reference.chinese
    if not issued.known:
        return "[出版日期不详]" if chinese else "[n.d.]"
    return bracketed(issued.iso or issued.said, issued.inferred)


def _published(reference: Reference, edition: Edition, accessed: date) -> str:
    r = reference
    looked = f"[{accessed.isoformat()}]" if r.online and (edition == 2015 or r.kind == "page") else ""
    at = passage(r.locator, r.chinese) if r.locator is not None else ""
    if r.kind == "page":
        exact = r.issued.known and _date(r) != _year(r)
        if edition == 2015 and at:
            published = ", ".join(filter(None, (r.container, _year(r))))
            return f"{published}: {at}" + (f"({_date(r)})" if exact else "") + looked
        return f"({_date(r)}){looked}"
    where = r.container or ("" if r.kind == "file" else "[出版者不详]" if r.chinese else "[s.n.]")
    when = _date(r) if r.kind == "news" else _year(r)
    return ", ".join(filter(None, (where, when))) + (f": {at}" if at else "") + looked


def _year(reference: Reference) -> str:
    issued = reference.issued
    return bracketed(str(issued.year), issued.inferred) if issued.year is not None else _date(reference)


def _path(reference: Reference, edition: Edition) -> str:
    """Where it is to be had: in the archive of the web if it stands there (2025: 8.11.3.2, example 4)."""
    r = reference
    if r.archive or r.url:
        return r.archive or r.url
    if not r.online:
        return ""
    unknown = "[网址不详]" if r.chinese else "[URL unknown]"
    held = f"[存档件SHA-256:{r.sha256}]" if r.chinese else f"[archived copy, SHA-256:{r.sha256}]"
    return f"{r.container if r.kind == 'page' else ''}{unknown}" + (held if edition == 2015 and r.sha256 else "")
