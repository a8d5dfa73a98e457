"""What the formats for programs have no field for, said in their field for notes."""

from __future__ import annotations

from lishu_tui.export.citations.reference import Reference


def remarks(reference: Reference) -> list[str]:
    """A sentence each."""
    r = reference
    found = []
    if r.title_supplied:
        found.append("Title supplied; the source has none.")
    if r.title_en:
        found.append(f"Title in English{' (supplied)' if r.title_en_supplied else ''}: {r.title_en}")
    if r.container_en:
        found.append(f"Published by, in English: {r.container_en}")
    if r.issued.inferred:
        found.append("Date inferred; the source does not say it.")
    elif not r.issued.known:
        found.append("No date (n.d.).")
    if r.via:
        found.append(f"Via: {r.via}")
    if r.archive:
        found.append(f"Archived copy: {r.archive}")
    if r.captured:
        found.append(f"Captured: {r.captured}")
    if r.sha256:
        found.append(f"SHA-256 of the capture: {r.sha256}")
    if r.address:
        found.append(f"Passage: {r.address}")
    return found
