"""A captured document made into an edition: mended, restored if damaged, cut up, and what is known of it told."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from lishu_tui.edition import Edition, LishuError, Section, Span, visible
from lishu_tui.edition.model import EVIDENCE, Damage, Emendation, Provenance, Source, numbering
from lishu_tui.edition.texts import LARGE, Changed, Made, Texts
from lishu_tui.library import headings as told
from lishu_tui.library import remarks
from lishu_tui.library.captured import Captured
from lishu_tui.library.ids import document_id, stem
from lishu_tui.library.limits import TITLE_LIMIT
from lishu_tui.library.paragraphs import STRETCH, Piece, paragraphs, texts
from lishu_tui.restore import Emendation as Change
from lishu_tui.restore import restore
from lishu_tui.restore.hurts import mend
from lishu_tui.restore.language import scripts

SURROGATE = re.compile("[\ud800-\udfff]")
YEAR = re.compile(r"([0-9]{4})(?:-|$)")
SUPPLIED = "The title: none could be told from the text; ours is the name of the file."


class _Told(NamedTuple):
    """What the text says of its own parts: the paragraphs that are headings and what they say, and the title."""

    headings: dict[int, str]
    title: str


def edition_of(captured: Captured) -> Edition:
    """The edition made of a captured document. Raises LishuError, in one line, where it holds no text.

    What the mending of other hurts changed is changed in the capture reading too, and the source says so; the bytes
    are kept as they came.
    """
    text, halves = _whole(captured.text)
    capture, steps = mend(text)
    done = restore(capture)
    pieces: Sequence[Piece]
    if len(capture) >= LARGE and not done.damaged:
        held = texts(capture)
        pieces = _Pieces(held)
        # What is asked of readings and of paragraphs, these answer as tuples do, which they are in a smaller document.
        restored = stood = cast("tuple[str, ...]", held)
    else:
        pieces = list(paragraphs(done.text, capture, done.emendations))
        restored = tuple(done.text[p.start : p.end] for p in pieces)
        stood = tuple(capture[p.capture_start : p.capture_end] for p in pieces) if done.damaged else restored
    if not pieces:
        raise LishuError(captured.name, "", "holds nothing but blanks", "a document with text in it")
    parts = _told(captured, done.text, pieces, restored)
    numbered = sections(parts.headings, len(restored))
    places = numbering(numbered, len(restored))
    starts = [p.capture_start for p in pieces] if done.uncured else []
    uncured = [places[max(bisect_right(starts, u.start) - 1, 0)] for u in done.uncured]
    at = [f"{p.section}/{p.number}" for p in uncured]
    digest = hashlib.sha256(captured.data).hexdigest()
    title = _title(captured, parts.title, restored, stood)
    damage = remarks.damage(captured.encoding, steps, done)
    return Edition(
        id=document_id([title, stem(captured.name), captured.format], digest),
        source=_source(captured, title, digest, damage),
        capture=captured.data,
        readings={"restored": restored, "simplified": _simplified(restored), "capture": stood},
        paragraphs=places,
        sections=numbered,
        emendations=tuple(placed(pieces, done.emendations)),
        rules=remarks.rules(captured.encoding, steps, done, capture, at),
        damage=Damage(glosses=tuple(done.model.glosses), cuts=done.model.cuts, folds=done.model.folds)
        if done.damaged
        else None,
        statistics=(),
        comparisons=(),
        names=(),
        provenance=_provenance(captured, halves),
    )  # fmt: skip


class _Pieces(Made[Piece]):
    """The paragraphs of a text in which nothing was restored, as pieces."""

    def __init__(self, held: Texts) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held)

    def make(self, index: int) -> Piece:
        start, end = self.held.starts[index], self.held.ends[index]
        return Piece(start, end, start, end)


def _whole(text: str) -> tuple[str, int]:
    """The text with � for each half of a surrogate pair, and how many there were."""
    try:
        for at in range(0, len(text), STRETCH):
            text[at : at + STRETCH].encode("utf-16-le")  # five times as fast as to look for them
    except UnicodeEncodeError:
        return SURROGATE.subn("\ufffd", text)
    return text, 0


# ── what is known of it ─────────────────────────────────────────────────────────────────────────────────────────────


def _title(captured: Captured, first: str, restored: Sequence[str], stood: Sequence[str]) -> str:
    """The title that the capture gives itself, or the one told from its text; empty where there is neither."""
    title = captured.about.title.strip()
    if title and restored is not stood:  # damaged: the same words may stand in the text, where they were restored
        title = next((restored[n].strip() for n, line in enumerate(stood) if line.strip() == title), title)
    return _short(title or first)


def _short(text: str) -> str:
    """One line that is safe to show."""
    line = " ".join(visible(text).split())
    return line if len(line) <= TITLE_LIMIT else line[: TITLE_LIMIT - 1] + "…"


def _source(captured: Captured, title: str, digest: str, damage: tuple[str, str]) -> Source:
    about = captured.about
    date = _short(about.date)
    year = YEAR.match(date)
    return Source(
        title=title or f"〔{_short(captured.name)}〕",
        supplied=() if title else (SUPPLIED,),
        date=date,
        year=int(year[1]) if year else None,
        authors=tuple(filter(None, map(_short, about.authors))),
        publisher=_short(about.publisher),
        via=_short(about.via),
        sha256=digest,
        bytes=len(captured.data),
        encoding=remarks.encoding(captured.encoding),
        damage=damage[0],
        damage_en=damage[1],
    )


def _provenance(captured: Captured, halves: int) -> Provenance:
    about, encoding = captured.about, captured.encoding
    said = list(captured.remarks)
    if halves:
        said.append(f"{halves:,} half character{'s' * (halves != 1)} (lone surrogates); � stands for each.")
    return Provenance(
        format=captured.format,
        came_from=visible(captured.came_from or captured.name),
        url=visible(about.url),
        captured=_short(about.captured),
        declared=tuple(map(_short, encoding.declared)),
        found=encoding.found,
        found_by=encoding.found_by,
        tool=_short(about.tool),
        rule=visible(captured.rule),
        dropped=captured.dropped,
        remarks=tuple(map(visible, said)),
    )


# ── its parts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _told(captured: Captured, text: str, pieces: Sequence[Piece], restored: tuple[str, ...]) -> _Told:
    """Headings are those that the capture marks as such; in a plain text they are told from the rest."""
    lines = text.count("\n") + 1
    if captured.plain or lines != len(captured.blocks):  # a character reference may have been a line end
        return _Told(told.headings(restored), told.title(restored))
    found: dict[int, str] = {}
    line, at = 0, 0
    for index, piece in enumerate(pieces):
        line += text.count("\n", at, piece.start)
        at = piece.start
        whole = not piece.start or text[piece.start - 1] == "\n"
        if whole and captured.blocks[line].kind == "heading" and piece.end - piece.start <= TITLE_LIMIT:
            found[index] = restored[index].strip()
    return _Told(found, found.get(0, "") or told.title(restored))


def sections(found: Mapping[int, str], count: int) -> tuple[Section, ...]:
    """The sections of `count` paragraphs, given those that are headings and what they say."""
    if not found:
        return (Section(id="text", label="〔正文〕", label_en="Text", has_heading=False, first=0, last=count),)
    starts = sorted(found)
    made = []
    if starts[0] > 0:
        first = Section(id="opening", label="〔開篇〕", label_en="Opening", has_heading=False, first=0, last=starts[0])
        made.append(first)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], count], strict=True), 1):
        one = Section(id=f"section-{number}", label=found[start], label_en="", has_heading=True, first=start, last=end)
        made.append(one)
    return tuple(made)


def placed(pieces: Sequence[Piece], changes: Sequence[Change]) -> Iterator[Emendation]:
    """The emendations with places relative to their paragraphs; none stands in a line that is blank in both texts."""
    index = 0
    for e in changes:
        while e.end > pieces[index].capture_end or e.restored_end > pieces[index].end:
            index += 1
        piece = pieces[index]
        yield Emendation(
            span=Span(index, e.restored_start - piece.start, e.restored_end - piece.start),
            start=e.start - piece.capture_start, end=e.end - piece.capture_start, stood=e.stood, stands=e.stands,
            **{field: getattr(e, field) for field in EVIDENCE},
        )  # fmt: skip


def _simplified(restored: tuple[str, ...]) -> tuple[str, ...]:
    """The same paragraphs in simplified script, one character for one."""
    # In one go and cut by the lengths: a call for each of 100,000 short paragraphs would take longer.
    if isinstance(restored, Texts):
        return cast("tuple[str, ...]", Changed(restored, to_simplified))
    whole = "".join(restored)
    made = whole.translate(_to_simplified())
    if made == whole:
        return restored
    out, at = [], 0
    for paragraph in restored:
        out.append(made[at : at + len(paragraph)])
        at += len(paragraph)
    return tuple(out)


def to_simplified(text: str) -> str:
    """The same text in simplified script, one character for one."""
    return text.translate(_to_simplified())


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(form): plain for form, plain in scripts().simplified.items() if form != plain and len(plain) == 1}
