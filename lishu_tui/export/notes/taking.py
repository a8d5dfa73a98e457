"""Annotations taken into the library as notes: each bound to its document, its words found in it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import urldefrag

import msgspec

from lishu_tui.edition import Address, Edition, LishuError, Reading, Span, load_edition, visible
from lishu_tui.edition.anchoring import Anchor, Resolved, find_again
from lishu_tui.edition.places import BUNDLED
from lishu_tui.edition.quoting import digest
from lishu_tui.export.notes.foreign import Foreign
from lishu_tui.library.notes import Note, Notes
from lishu_tui.library.notes.note import checked, made, new_id
from lishu_tui.library.store import Library
from lishu_tui.library.store.entries import now
from lishu_tui.search import fold


class Taken(NamedTuple):
    """What became of an annotation. `note` is what was kept of it; `found` where its words stand, None where the
    document is not here."""

    status: Literal["added", "known", "failed"]
    foreign: Foreign | None
    note: Note | None = None
    found: Resolved | None = None
    error: LishuError | None = None


def take_in(library: Library, annotations: Iterable[Foreign | LishuError]) -> Iterator[Taken]:
    """Keep annotations as notes. What is there already, or says the same of the same words, is known; one of ours is
    kept even where its document is not here, or its words are lost; another's is not."""
    taking = _Taking(library)
    for one in annotations:
        if isinstance(one, LishuError):
            yield Taken("failed", None, error=one)
            continue
        try:
            note, found = taking.note(one)
            yield Taken(taking.notes.take(note), one, note, found)
        except LishuError as error:
            if error.exit_code != 2:
                raise
            yield Taken("failed", one, error=error)


class _Taking:
    def __init__(self, library: Library) -> None:
        self.library, self.notes = library, Notes(library)
        self.edition = lru_cache(maxsize=8)(self._edition)
        self.ids = lru_cache(maxsize=1000)(self._ids)  # a page has many annotations, and URLs have no index

    def _edition(self, id: str) -> Edition:
        return load_edition() if id == BUNDLED else self.library.edition(id)

    def note(self, one: Foreign) -> tuple[Note, Resolved | None]:
        """The note that an annotation is. Raises LishuError where it cannot be one."""
        lost: Resolved | None = None
        for id in self._documents(one):
            edition = self.edition(id)
            if one.anchor is None:  # of the page as a whole
                return self._made(one, edition, [Span(0, 0, 0)]), None
            found = search(edition, one.anchor._replace(address=_address(one)))
            if found.spans:
                return self._made(one, edition, found.spans), found
            lost = lost or found
        if one.ours and one.address and one.anchor is not None:
            return self._as_it_was(one), lost
        where = visible(one.sources[0])
        if lost is not None:
            raise LishuError("annotation", where, lost.why, "words of the document")
        raise LishuError("annotation", where, "is about a document that is not in the library", "one that is")

    def _made(self, one: Foreign, edition: Edition, spans: Iterable[Span]) -> Note:
        return made(edition, list(spans), one.text, one.tags, id=one.id, created=one.created, modified=one.modified)

    def _as_it_was(self, one: Foreign) -> Note:
        assert one.anchor is not None
        address = Address.parse(one.address)
        time = one.created or now()
        url = next((source for source in one.sources if not source.startswith("urn:")), "")
        return checked(
            Note(
                id=one.id or new_id(), document=address.document, address=one.address, exact=one.anchor.exact,
                prefix=one.anchor.prefix, suffix=one.anchor.suffix, sha256=one.sha256, title=one.title, url=url,
                text=one.text, tags=one.tags, created=time, modified=one.modified or time,
            )
        )  # fmt: skip

    def _documents(self, one: Foreign) -> list[str]:
        """The documents that an annotation may be about: by its capture, by its address, by its page."""
        found: dict[str, None] = {}
        if one.sha256:
            if one.sha256 == digest(self.edition(BUNDLED)):
                found[BUNDLED] = None
            found |= self.ids("sha256 = ?", one.sha256)
        if one.ours and one.address.split("/")[0] == BUNDLED:
            found[BUNDLED] = None
        elif one.ours:
            found |= self.ids("id = ?", one.address.split("/")[0])
        for source in one.sources:
            for url in dict.fromkeys((source, urldefrag(source).url)):
                found |= self.ids("url = ?", url)
        return list(found)

    def _ids(self, condition: str, value: str) -> dict[str, None]:
        rows = self.library.execute(
            f"SELECT id FROM documents WHERE {condition} ORDER BY number", (value.encode("utf-8", "replace").decode(),)
        )
        return {id: None for (id,) in rows}


def _address(one: Foreign) -> Address | None:
    try:
        return Address.parse(one.address) if one.address else None
    except LishuError:
        return None


def search(edition: Edition, anchor: Anchor) -> Resolved:
    """Where words stand that somebody else noted: in the restored reading, else in whatever script they are in, else in
    the page as it was captured."""
    found = find_again(edition, anchor)
    if found.spans:
        return found
    folded = Anchor(fold(anchor.exact), fold(anchor.prefix), fold(anchor.suffix), anchor.address)
    other = find_again(_folded(edition), folded)
    if not other.spans:
        other = find_again(_read_as(edition, edition.readings["capture"]), anchor)
        other = _carried(edition, other, "capture")
    return other if other.spans else found


def _folded(edition: Edition) -> Edition:
    """Kept with the edition, beside its own derived values."""
    kept = edition.__dict__.get("_folded")
    if not isinstance(kept, Edition):
        kept = edition.__dict__["_folded"] = _read_as(edition, map(fold, edition.readings["restored"]))
    return kept


def _read_as(edition: Edition, paragraphs: Iterable[str]) -> Edition:
    return msgspec.structs.replace(edition, readings=dict(edition.readings) | {"restored": tuple(paragraphs)})


def _carried(edition: Edition, found: Resolved, of: Reading) -> Resolved:
    spans = tuple(edition.carry(span, "restored", of) for span in found.spans)
    return found._replace(spans=spans) if any(span.end > span.start for span in spans) else Resolved("lost", found.why)
