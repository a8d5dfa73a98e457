"""The text of a document printed, or told as JSON. Knows no click."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from lishu_tui.cli import output
from lishu_tui.cli.places import covered, load
from lishu_tui.edition import LishuError

if TYPE_CHECKING:
    from lishu_tui.edition import Address, Reading, Span
    from lishu_tui.edition.readable import Readable


def _words(edition: Readable, span: Span, reading: Reading) -> str:
    if (span.start, span.end) == (0, len(edition.text(span.paragraph))):
        return edition.text(span.paragraph, reading)  # with the glosses at its ends, which a narrower span leaves out
    there = edition.carry(span, reading)
    return edition.text(there.paragraph, reading)[there.start : there.end]


def document(edition: Readable, address: Address | None, reading: Reading) -> dict[str, Any]:
    """What `show --json` prints: of each section that `address` reaches, the paragraphs (or characters) it covers."""
    spans = {span.paragraph: span for span in covered(edition, address)}
    sections = []
    for section in edition.sections:
        if not any(section.first <= index < section.last for index in spans):
            continue
        heading = edition.heading(section, reading)
        if heading is not None and section.first in spans:
            heading = _words(edition, spans[section.first], reading)
        sections.append({
            "id": section.id,
            "heading": heading,
            "heading_en": section.label_en,
            "label": section.label,
            "paragraphs": [_words(edition, spans[i], reading) for i in edition.body(section) if i in spans],
        })  # fmt: skip
    return {"document": edition.id, "reading": reading, "sections": sections}


def show_text(address: Address | None, reading: Reading, *, as_json: bool, edition: Readable | None = None) -> None:
    """Print what `address` covers (everything, if None) of `edition` (the address's, if None)."""
    edition = load(address) if edition is None else edition
    if not edition.has(reading):
        raise LishuError("--reading", reading, f"{edition.id} has none", f"one of {', '.join(edition.readings)}")
    if as_json:
        output.write_json(document(edition, address, reading))
        return
    spans = covered(edition, address)
    words = [_words(edition, span, reading) for span in spans]
    if reading != "capture":
        output.write("\n\n".join(map(output.visible, words)) + "\n")
    elif output.is_terminal(sys.stdout):
        output.write_lines(words)
    elif address is None or address.section is None:
        output.write_bytes(edition.capture)
    else:
        output.write_bytes("".join(line + "\n" for line in words).encode())
