"""Whether a library is what it should be: its file, and each document's bytes, replay and place in the index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lishu_tui.edition import Edition, LishuError
from lishu_tui.library.store import entries

if TYPE_CHECKING:
    from lishu_tui.library.store.library import Library

MOST = 20
"""So many faults of one kind are named."""


class Finding(NamedTuple):
    """What was checked: `id` is a document's or `library`, `what` the check, `line` what it found."""

    id: str
    what: str
    ok: bool
    line: str


def check(library: Library) -> Iterator[Finding]:
    """Every check. None keeps the next from being made."""
    yield from _asked(library, "integrity", f"PRAGMA integrity_check({MOST})", "the file is sound", "ok")
    yield from _asked(library, "references", "PRAGMA foreign_key_check", "all that belongs together is there", None)
    yield from _index(library)
    try:
        ids = [row[0] for row in library.execute("SELECT id FROM documents NOT INDEXED ORDER BY number")]
    except LishuError as error:
        yield Finding("library", "documents", False, str(error))
        return
    for id in ids:
        yield _document(library, id)


def _asked(library: Library, what: str, question: str, good: str, answer: str | None) -> Iterator[Finding]:
    try:
        rows = library.execute(question)
    except LishuError as error:
        yield Finding("library", what, False, str(error))
        return
    bad = [" ".join(map(str, row)) for row in rows if row[0] != answer]
    for line in bad[:MOST]:
        yield Finding("library", what, False, line.replace("\n", " "))
    if not bad:
        yield Finding("library", what, True, good)


def _index(library: Library) -> Iterator[Finding]:
    from lishu_tui.library.store.library import _index as room

    index = room()
    if index is None:
        return
    try:
        lines = list(index.check(library.connection))
    except LishuError as error:
        lines = [str(error)]
    for line in lines[:MOST]:
        yield Finding("library", "index", False, line)
    if not lines:
        yield Finding("library", "index", True, "the index has what the documents have")


def _document(library: Library, id: str) -> Finding:
    try:
        edition = library.edition(id)
        entry = library.entry(id)
    except LishuError as error:
        return Finding(id, "document", False, str(error))
    if entry is None or entries.entry_of(edition, entry.sha256, entry.imported, entry.number) != entry:
        return Finding(id, "entry", False, f"{id}: the list says other things of it than it says itself")
    if fault := replay(edition):
        return Finding(id, "replay", False, f"{id}: {fault}")
    return Finding(id, "document", True, f"{entry.characters:,} characters, {entry.damaged:,} emendations")


def replay(edition: Edition) -> str:
    """Where the emendations do not lead from the capture reading to the restored one and back; empty where they do."""
    pairs: dict[str, set[str]] = {}
    for rule in edition.rules:
        if rule.stood and len(rule.stood) == len(rule.stands):
            for stood, stands in zip(rule.stood, rule.stands, strict=True):
                pairs.setdefault(stood, set()).add(stands)
    changes: list[list[tuple[int, int, int, int, str, str]]] = [[] for _ in edition.paragraphs]
    for e in edition.emendations:
        if not 0 <= e.span.paragraph < len(changes):
            return f"an emendation in paragraph {e.span.paragraph}, which there is not"
        changes[e.span.paragraph].append((e.start, e.end, e.span.start, e.span.end, e.stood, e.stands))
    readings = zip(edition.readings["capture"], edition.readings["restored"], changes, strict=True)
    for number, (capture, restored, mine) in enumerate(readings):
        at = there = 0
        for start, end, restored_start, restored_end, stood, stands in [*sorted(mine), _end(capture, restored)]:
            same, other = capture[at:start], restored[there:restored_start]
            if same != other and not _by_rule(same, other, pairs):
                return f"paragraph {number}: {same[:20]!r} became {other[:20]!r} without an emendation"
            if (capture[start:end], restored[restored_start:restored_end]) != (stood, stands) or start < at:
                return f"paragraph {number}, character {restored_start}: an emendation is out of place"
            at, there = end, restored_end
    return ""


def _end(capture: str, restored: str) -> tuple[int, int, int, int, str, str]:
    return len(capture), len(capture), len(restored), len(restored), "", ""


def _by_rule(stood: str, stands: str, pairs: dict[str, set[str]]) -> bool:
    """Whether one is made of the other by tables of single characters."""
    return len(stood) == len(stands) and all(
        a == b or b in pairs.get(a, ()) for a, b in zip(stood, stands, strict=True)
    )
