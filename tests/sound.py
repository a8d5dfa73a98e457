"""What must be so of any edition, whatever it was made of."""

from __future__ import annotations

from itertools import pairwise

from lishu_tui.edition import Address, Edition


def check(edition: Edition) -> None:
    """Paragraphs, sections, readings and emendations agree."""
    count = len(edition.paragraphs)
    assert count
    assert {len(lines) for lines in edition.readings.values()} == {count}
    assert [p.index for p in edition.paragraphs] == list(range(count))
    assert edition.sections[0].first == 0
    assert edition.sections[-1].last == count
    assert all(a.last == b.first for a, b in pairwise(edition.sections))
    for section in edition.sections:
        numbers = [p.number for p in edition.paragraphs[section.first : section.last]]
        assert numbers == list(range(not section.has_heading, len(numbers) + (not section.has_heading)))
        assert {p.section for p in edition.paragraphs[section.first : section.last]} == {section.id}
        assert Address.parse(f"{edition.id}/{section.id}").section == section.id
    for simplified, restored in zip(edition.readings["simplified"], edition.readings["restored"], strict=True):
        assert len(simplified) == len(restored)
    for e in edition.emendations:
        assert edition.quote(e.span) == e.stands
        assert edition.text(e.span.paragraph, "capture")[e.start : e.end] == e.stood
