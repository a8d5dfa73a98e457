"""Notes written out. The same notes on the same documents give the same bytes.

W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/): one AnnotationCollection with its one page.
The words are a TextQuoteSelector. A TextPositionSelector counts characters of the document's restored reading as one
text, its paragraphs parted by one line end each; it is left out where the words are lost. A FragmentSelector has the
address. The source is the page's URL, or, where none is known, `urn:sha256:` and the digest of the capture, which is
named as the cached state in any case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Literal, get_args

from lishu_tui.edition import visible
from lishu_tui.edition.quoting import DIGITS
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.export.notes.placed import Placed
from lishu_tui.export.tables import as_csv
from lishu_tui.library.notes import Note

Form = Literal["md", "jsonl", "csv", "w3c"]
FORMS: tuple[Form, ...] = get_args(Form)
COLUMNS = (
    "id", "document", "title", "url", "address", "status", "quote", "text", "tags", "created", "modified", "stands",
    "prefix", "suffix", "sha256",
)  # fmt: skip
PARAGRAPH = " ¶ "
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:lishu-tui:note:"
"""What stands before a note's id where the world can see it."""
ADDRESS = "urn:lishu-tui:address"
"""What the fragment that has the address conforms to."""


def export(notes: Iterable[Placed], form: Form) -> Iterator[str]:
    """The notes in this form, in pieces."""
    writers: dict[Form, Callable[[Iterable[Placed]], Iterator[str]]] = {
        "md": _markdown, "jsonl": _lines, "csv": _csv, "w3c": _annotations,
    }  # fmt: skip
    return writers[form](notes)


def record(one: Placed) -> dict[str, Any]:
    """A note as JSON says it, by COLUMNS. `address` is where the words stand now and `stands` what stands there, where
    that is something else than was noted."""
    note, found = one.note, one.found
    values = (
        note.id, note.document, note.title, note.url, one.address, one.status, note.exact, note.text, list(note.tags),
        note.created, note.modified, found.stands if found is not None and found.changed else None, note.prefix,
        note.suffix, note.sha256,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _lines(notes: Iterable[Placed]) -> Iterator[str]:
    for one in notes:
        yield _json(record(one)) + "\n"


def _csv(notes: Iterable[Placed]) -> Iterator[str]:
    yield as_csv([COLUMNS])
    for one in notes:
        yield as_csv([[_cell(value) for value in record(one).values()]])


def _cell(value: Any) -> Any:
    """A value that is one line: tags parted by semicolons, paragraphs and lines by a pilcrow."""
    if isinstance(value, list):
        return "; ".join(value)
    return value.replace("\n", PARAGRAPH) if isinstance(value, str) else value


def _json(value: Any, indent: int | None = None) -> str:
    """JSON in which nothing drives a terminal or hides."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1], text)


# ── to read ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&]|(?<=^)(?:[+-]|\d+[.)])(?=\s)|(?<=^)=+$)", re.MULTILINE)


def escaped(text: str) -> str:
    """Text that Markdown takes for text."""
    return _MARKS.sub(lambda match: "".join("\\" + c if not c.isalnum() else c for c in match[0]), visible(text))


def _markdown(notes: Iterable[Placed]) -> Iterator[str]:
    yield "# Notes\n"
    for document, group in groupby(notes, lambda one: one.note.document):
        mine = list(group)
        first = mine[0].note
        yield f"\n## {escaped(first.title or document)}\n\n"
        yield f"{' · '.join(filter(None, (document, _link(first.url), f'sha256 {first.sha256[:DIGITS]}')))}\n"
        for one in mine:
            yield _item(one)


def _link(url: str) -> str:
    """The address of the page, as a link where it is one that may be followed."""
    shown = visible(url)
    plain = re.fullmatch(r"https?://[^\s<>]+", shown) is not None
    return f"<{shown}>" if plain else escaped(shown)


def _quoted(words: str) -> str:
    return f"「{escaped(words.replace(chr(10), PARAGRAPH))}」"


def _item(one: Placed) -> str:
    note, found = one.note, one.found
    lines = [_quoted(note.exact) if note.exact else "(a place)"]
    lines += [escaped(line) for line in note.text.split("\n") if line.strip()]
    if found is not None and found.changed:
        lines.append(f"Now: {_quoted(found.stands)}")
    said = {"same": "", "moved": f"moved from {note.address}", "lost": "its words are lost"}
    tags = " ".join(f"#{escaped('-'.join(tag.split()))}" for tag in note.tags)
    where = [f"`{one.address}@{note.sha256[:DIGITS]}`", said.get(one.status, one.why), tags, note.created[:10]]
    lines.append(" · ".join(part for part in map(visible, where) if part))
    return "\n- " + "  \n  ".join(lines) + "\n"


# ── for other programs ──────────────────────────────────────────────────────────────────────────────────────────────


def _annotations(notes: Iterable[Placed]) -> Iterator[str]:
    items = [annotation(one) for one in notes]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "lishu-tui", "total": len(items)}
    yield _json(whole | {"first": page}, 2) + "\n"


def annotation(one: Placed) -> dict[str, Any]:
    """A note as a Web Annotation."""
    note = one.note
    body = [{"type": "TextualBody", "value": note.text, "format": "text/plain", "purpose": "commenting"}] * bool(
        note.text
    )
    body += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", **_quote(note)}]
    if one.position is not None:
        start, end = one.position
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    selectors.append({"type": "FragmentSelector", "conformsTo": ADDRESS, "value": one.address})
    return {
        "id": f"{URN}{note.id}",
        "type": "Annotation",
        "motivation": "commenting" if note.text else "bookmarking",
        "created": instant(note.created),
        "modified": instant(note.modified),
        **({"body": body} if body else {}),
        "target": {
            "source": note.source,
            "selector": selectors,
            "state": {"type": "TimeState", "cached": f"urn:sha256:{note.sha256}"},
        },
    }


def _quote(note: Note) -> dict[str, str]:
    return {"exact": note.exact, "prefix": note.prefix, "suffix": note.suffix}


def instant(time: str) -> str:
    """A time as the model wants it, in UTC and with a Z; as it is where it is none."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return time
    return found.astimezone(UTC).isoformat().replace("+00:00", "Z") if found.utcoffset() is not None else time
