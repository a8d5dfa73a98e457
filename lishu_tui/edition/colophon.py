"""What stands below a text: whence it comes, what was done to it, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lishu_tui.edition.texts import characters

if TYPE_CHECKING:
    from lishu_tui.edition.model import Edition, Provenance


def _came(provenance: Provenance, by: list[str]) -> list[str]:
    """How a document of the library was captured and read, and what of the page is not in its text."""
    names = " · ".join(filter(None, by))
    captured = ", ".join(filter(None, (provenance.captured, provenance.tool and f"by {provenance.tool}")))
    declared = "; ".join(provenance.declared)
    known = (
        ("By: ", names, ""),
        ("Page: ", provenance.url, ""),
        ("Captured: ", captured, ""),
        ("File: ", provenance.came_from, f" ({provenance.format})"),
        ("Encoding declared: ", declared, f"; read as {provenance.found} ({provenance.found_by})"),
        ("Read so: ", provenance.rule, ""),
    )
    found = ["", *(label + value + more for label, value, more in known if value), *provenance.remarks]
    if provenance.dropped:
        total = sum(d.characters for d in provenance.dropped)
        found += ["", f"On the page and not in the text: {total:,} characters"]
        found += [f"  {d.what}, {d.characters:,} characters ({d.rule}): {d.sample}" for d in provenance.dropped]
    return found


def colophon(edition: Edition) -> list[str]:
    """What stands below the text: whence the capture comes, what is supplied by us, whose it is. An empty string is
    an empty line."""
    source = edition.source
    count = characters(edition.readings["capture"]) + len(edition.paragraphs) - 1
    rules = sum(bool(r.stood) for r in edition.rules)
    found = [
        "〔本館附記〕  From the archive",
        f"Capture: {count:,} characters, {source.bytes:,} bytes, {source.encoding}",
        f"sha256 {source.sha256}",
        "",
        source.damage,
        source.damage_en,
        "",
        f"Emended in {len(edition.emendations):,} places, and by {rules} rule{'s' * (rules != 1)}; a shows them."
        if edition.emendations or rules
        else "Nothing was changed: the text stands as it was captured.",
    ]
    if source.supplied:
        found += ["", "Supplied by us, not in the capture:", *(f"  {item}" for item in source.supplied)]
    if source.date:
        inferred = f"Year: {source.date}, inferred. {source.year_inferred_from}"
        found += ["", inferred if source.year_inferred_from else f"Date: {source.date}"]
    if edition.provenance is not None:
        found += _came(edition.provenance, [*source.authors, source.publisher, source.via])
    if source.rights_en:
        found += ["", f"Rights: {source.rights_en}"]
    return [line for line, before in zip(found, ["", *found], strict=False) if line or before]
