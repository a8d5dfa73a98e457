"""A file from disk made into an edition, with nothing stored: read once, decoded, restored if damaged, cut up."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath

from lishu_tui.edition import Edition, LishuError, Section, Span, visible
from lishu_tui.edition.model import EVIDENCE, Damage, Emendation, Paragraph, Source
from lishu_tui.library import remarks
from lishu_tui.library.accepting import accept_bytes, accept_text
from lishu_tui.library.decoding import decode
from lishu_tui.library.headings import headings, title
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.paragraphs import Piece, paragraphs
from lishu_tui.restore import Emendation as Change
from lishu_tui.restore import restore
from lishu_tui.restore.hurts import mend
from lishu_tui.restore.language import scripts

MARKDOWN = (".md", ".markdown")
SLUG_LONGEST = 40


def open_file(path: Path) -> Edition:
    """The edition made of a file. Raises LishuError, in one line, for what cannot be read (exit 74) or is no text."""
    data = read(path)
    try:
        return edition_of(data, path.name)
    except LishuError as error:
        error.file = str(path)
        raise


def read(path: Path) -> bytes:
    """The bytes of a file, read once. Raises LishuError for a folder, a device, a pipe and what is too large."""
    name = str(path)
    try:
        # Without waiting: a pipe that nobody writes to would keep us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                wrong = "is a folder" if stat.S_ISDIR(mode) else "is a device or a pipe"
                raise LishuError(name, "", wrong, "a file of text")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(FILE_LIMIT + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        wrong = f"cannot be read ({error.strerror or error})"
        raise LishuError(name, "", wrong, "a file that can be read", exit_code=74) from None
    except ValueError:  # a NUL in it
        raise LishuError(name, "", "is no name of a file", "a file of text") from None


def edition_of(data: bytes, name: str) -> Edition:
    """The edition made of a file's bytes and name. Raises LishuError, in one line, for what is no text.

    What the mending of other hurts changed is changed in the capture reading too, and the source says so; the bytes
    are kept as they came.
    """
    accept_bytes(data, name)
    decoded = decode(data, name)
    markdown = name.lower().endswith(MARKDOWN)
    accept_text(decoded, name, markdown=markdown)
    capture, steps = mend(decoded.text)
    done = restore(capture)
    pieces = list(paragraphs(done.text, capture, done.emendations))
    if not pieces:
        raise LishuError(name, "", "holds nothing but blanks", "a file of plain text or Markdown")
    restored = tuple(done.text[p.start : p.end] for p in pieces)
    captured = tuple(capture[p.capture_start : p.capture_end] for p in pieces) if done.damaged else restored
    numbered = sections(headings(restored, markdown=markdown), len(restored))
    places = [Paragraph(index=i, section=s.id, number=i - s.first + (not s.has_heading))
              for s in numbered for i in range(s.first, s.last)]  # fmt: skip
    starts = [p.capture_start for p in pieces]
    at = [places[max(bisect_right(starts, u.start) - 1, 0)] for u in done.uncured]
    damage, damage_en = remarks.damage(decoded, steps, done)
    digest = hashlib.sha256(data).hexdigest()
    head = title(restored, markdown=markdown)
    named = "The title: none could be told from the text; ours is the name of the file."
    return Edition(
        id=f"{slug(name)}-{digest[:6]}",
        source=Source(
            title=visible(head or f"〔{name}〕"), supplied=() if head else (named,), sha256=digest, bytes=len(data),
            encoding=remarks.encoding(decoded), damage=damage, damage_en=damage_en,
        ),
        capture=data,
        readings={"restored": restored, "simplified": _simplified(restored), "capture": captured},
        paragraphs=tuple(places),
        sections=numbered,
        emendations=tuple(placed(pieces, done.emendations)),
        rules=remarks.rules(decoded, steps, done, capture, [f"{p.section}/{p.number}" for p in at]),
        damage=Damage(glosses=tuple(done.model.glosses), cuts=done.model.cuts, folds=done.model.folds)
        if done.damaged
        else None,
        statistics=(),
        comparisons=(),
        names=(),
    )  # fmt: skip


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


def slug(name: str) -> str:
    """What a file is called in an address: the small ASCII letters and digits of its name, or `file`."""
    stem = PurePath(name).stem.lower()
    return re.sub("[^a-z0-9]+", "-", stem)[:SLUG_LONGEST].strip("-") or "file"


def _simplified(restored: tuple[str, ...]) -> tuple[str, ...]:
    """The same paragraphs in simplified script, one character for one."""
    # In one go and cut by the lengths: a call for each of 100,000 short paragraphs would take longer.
    whole = "".join(restored)
    made = whole.translate(_to_simplified())
    if made == whole:
        return restored
    out, at = [], 0
    for paragraph in restored:
        out.append(made[at : at + len(paragraph)])
        at += len(paragraph)
    return tuple(out)


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(form): plain for form, plain in scripts().simplified.items() if form != plain and len(plain) == 1}
