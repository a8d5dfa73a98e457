"""Plain text: a title, paragraphs with an empty line between them, and at the end where it comes from. English that is
wanted beside goes beneath: a text has no columns."""

from __future__ import annotations

from collections.abc import Iterator

from lishu_tui.export.apparatus import compact, gloss_groups
from lishu_tui.export.documents.wording import certainty, evidence, figure, lemma, rules, sources
from lishu_tui.export.documents.work import Passage, Work, safe

RULE = "―" * 20


def plain(work: Work) -> Iterator[str]:
    """The file, paragraph by paragraph."""
    source = work.edition.source
    if work.english == "only":
        yield _line(source.title_en or work.title)
    else:
        yield _line(work.title)
        if work.english != "off" and source.title_en:
            yield _line(source.title_en)
    for section, heading, passages in work.sections():
        if section.has_heading and heading is not None:
            yield "\n" + "".join(_paragraph(work, heading))
        elif len(work.edition.sections) > 1 and not section.has_heading and passages:
            yield f"\n{_line(section.label_en if work.english == 'only' else work.label(section))}"
        for passage in passages:
            yield "\n" + "".join(_paragraph(work, passage))
    if work.options.statistics and work.statistics:
        yield from _part("FIGURES, as reported")
        for s in work.statistics:
            cells = filter(None, (*figure(s), s.quote, s.origin))
            yield _line(f"{work.edition.address(s.span)}  {'  '.join(cells)}")
    if work.options.names:
        yield from _names(work)
    if work.options.apparatus:
        yield from _apparatus(work)
    if work.notes:
        yield from _part("NOTES")
        for note in work.notes:
            tags = "".join(f" #{tag}" for tag in note.tags)
            yield _line(f"{work.edition.address(note.span)}  「{work.edition.quote(note.span)}」  {note.text}{tags}")
    yield from _part("SOURCE")
    for what, value in sources(work):
        yield _line(f"{what}: {value}")


def _line(text: str) -> str:
    return safe(text) + "\n"


def _part(title: str) -> Iterator[str]:
    yield f"\n{RULE}\n{title}\n\n"


def _paragraph(work: Work, passage: Passage) -> Iterator[str]:
    if work.english != "only":
        yield _line(work.words(passage, work.readings[0]))
    if work.english not in ("off", "along"):
        yield _line(work.words(passage, "english"))


def _names(work: Work) -> Iterator[str]:
    if work.names:
        yield from _part("NAMES")
        for n in work.names:
            places = " ".join(str(work.edition.address(p)) for p in n.places)
            said = "  ".join(part for part in (n.name, n.english, n.kind, n.office or "", n.office_en or "") if part)
            yield _line(f"{said}  {n.origin}  {places}")
    if work.quotes:
        yield from _part("WHO SAYS WHAT")
        for q in work.quotes:
            yield _line(f"{work.edition.address(q.span)}  {q.speaker or '?'}  「{q.quote}」  {q.origin}")


def _apparatus(work: Work) -> Iterator[str]:
    if not work.emendations and not work.edition.rules:
        return
    yield from _part("APPARATUS: what stands ] what stood")
    for change, kind, reason in rules(work.edition):
        yield _line(f"{change}  {kind}. {reason}")
    for e in work.cruces:
        yield _line(f"{work.edition.address(e.span)}  {lemma(e)}  {certainty(e)}  {evidence(e)}")
    for group in gloss_groups(work.edition, work.glosses):
        change = f"{group.character} ] {group.character}{group.gloss}"
        yield _line(f"{change}  ={len(group.places)}  {compact(work.edition, group.places)}")
