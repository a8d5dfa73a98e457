"""JSON: everything that is known of a document, for programs. Texts and places come back as they are.

The shape: `format` is "lishu-tui/edition" and `version` the number of this shape, which grows where a key changes its
meaning or goes; new keys may come. Then `document`, `address`, `language`, `source`, `provenance`, `sections`, and

paragraphs   address, section, number, start and end (characters of the restored reading that are exported), and in
             `texts` a string a reading; the English is always that of the whole paragraph
rules, emendations, statistics, comparisons, names, quotes, notes      with addresses, as the commands print them
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import to_builtins

from lishu_tui.edition import Span
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.export.apparatus import emendation_record
from lishu_tui.export.documents.work import Passage, Work, program
from lishu_tui.export.tables import statistic_record

FORMAT, VERSION = "lishu-tui/edition", 1


def encoded(value: Any) -> str:
    """JSON in which what must not reach a terminal, and half a character, is written \\uXXXX."""

    def one(character: str) -> str:
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))

    return UNSAFE.sub(lambda match: one(match[0]), json.dumps(value, ensure_ascii=False, allow_nan=False))


def data(work: Work) -> Iterator[str]:
    """The file, an entry of a list a line."""
    edition = work.edition
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": program(),
        "document": edition.id,
        "address": edition.id if work.options.address is None else str(work.options.address),
        "language": work.language,
        "source": to_builtins(edition.source),
        "provenance": to_builtins(edition.provenance),
        "damage": to_builtins(edition.damage),
    }
    lists: dict[str, Iterable[Any]] = {
        "sections": (
            {
                "id": section.id, "label": section.label, "label_en": section.label_en,
                "has_heading": section.has_heading,
            }
            for section, _, _ in work.sections()
        ),
        "paragraphs": _paragraphs(work),
        "rules": map(to_builtins, edition.rules),
        "emendations": (emendation_record(edition, e) for e in work.emendations),
        "statistics": (statistic_record(edition, s) for s in work.statistics),
        "comparisons": _comparisons(work),
        "names": (_name(work, n) for n in work.names),
        "quotes": (
            {
                **_place(work, q.span), "speaker": q.speaker, "role": q.role, "origin": q.origin, "rule": q.rule,
            }
            for q in work.quotes
        ),
        "notes": ({**_place(work, n.span), "note": n.text, "tags": list(n.tags)} for n in work.notes),
    }  # fmt: skip
    yield "{\n"
    for key, value in head.items():
        yield f"{encoded(key)}: {encoded(value)},\n"
    for number, (key, values) in enumerate(lists.items()):
        yield ("" if number == 0 else ",\n") + f"{encoded(key)}: ["
        first = True
        for value in values:
            yield ("\n  " if first else ",\n  ") + encoded(value)
            first = False
        yield "]" if first else "\n]"
    yield "\n}\n"


def _paragraphs(work: Work) -> Iterator[dict[str, Any]]:
    for section, heading, passages in work.sections():
        for passage in (*((heading,) if heading is not None else ()), *passages):
            yield {
                "address": f"{work.edition.id}/{passage.address}",
                "section": section.id,
                "number": passage.number,
                "start": passage.span.start,
                "end": passage.span.end,
                "texts": _texts(work, passage),
            }


def _texts(work: Work, passage: Passage) -> dict[str, str]:
    return {reading: work.words(passage, reading) for reading in work.edition.readings}


def _place(work: Work, span: Span) -> dict[str, Any]:
    address = work.edition.address(span)
    return {
        "address": str(address), "section": address.section, "paragraph": address.paragraph, "start": span.start,
        "end": span.end, "quote": work.edition.quote(span),
    }  # fmt: skip


def _name(work: Work, name: Any) -> dict[str, Any]:
    return {
        "id": name.id, "kind": name.kind, "name": name.name, "aliases": list(name.aliases), "english": name.english,
        "office": name.office, "office_en": name.office_en, "origin": name.origin, "rule": name.rule,
        "places": [_place(work, span) for span in name.places],
        "said": [_place(work, said.span) for said in name.said if said.span in work],
    }  # fmt: skip


def _comparisons(work: Work) -> Iterator[dict[str, Any]]:
    known = {s.id for s in work.statistics}
    for c in work.edition.comparisons:
        if all(cell is None or cell in known for _, _, cells in c.rows for cell in cells):
            yield {
                "id": c.id,
                "label": c.label,
                "label_en": c.label_en,
                "columns": [{"label": label, "label_en": english} for label, english in c.columns],
                "rows": [{"label": a, "label_en": b, "statistics": list(cells)} for a, b, cells in c.rows],
            }
