"""A note: where it is, the words it is about, and what is said of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from lishu_tui.edition import Address, Edition, LishuError, Span
from lishu_tui.edition.anchoring import Anchor, Resolved, anchor, find_again
from lishu_tui.edition.quoting import digest
from lishu_tui.library.store.entries import now, whole
from lishu_tui.search.fold import fold

TEXT, QUOTE, TAG, TAGS = 100_000, 20_000, 100, 100
"""Characters of a note, of the words that it is about and of a tag; and how many tags it has: at most."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Of ids: none that is easily taken for another."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is noted at a place. `exact`, `prefix`, `suffix` and `address` are the place's, see `Anchor`; a note without
    text is a mark. `title` and `url` are of the document as it was then, which may not be there any more, and `sha256`
    is of its capture."""

    id: str
    document: str
    address: str
    exact: str
    prefix: str
    suffix: str
    sha256: str
    title: str
    url: str
    text: str
    tags: tuple[str, ...]
    created: str
    modified: str

    @property
    def anchor(self) -> Anchor:
        try:
            address = Address.parse(self.address)
        except LishuError:
            address = None
        return Anchor(self.exact, self.prefix, self.suffix, address)

    @property
    def source(self) -> str:
        """What the note is about, by a name that others know too."""
        return self.url or f"urn:sha256:{self.sha256}"

    @property
    def filter(self) -> str:
        """What is looked in for the words of a filter."""
        return fold(" ".join((self.exact, self.text, *self.tags, self.title, self.document, self.id)))


def place(note: Note, edition: Edition) -> Resolved:
    """Where the words of a note stand in an edition."""
    return find_again(edition, note.anchor)


def made(
    edition: Edition, span: Span | Sequence[Span], text: str = "", tags: Iterable[str] = (), *, id: str = "",
    created: str = "", modified: str = "",
) -> Note:  # fmt: skip
    """A new note on a place, or on one place each of several paragraphs. Raises LishuError where it is too long."""
    words = anchor(edition, span)
    time = now()
    return checked(
        Note(
            id=id or new_id(),
            document=edition.id,
            address=str(words.address),
            exact=words.exact,
            prefix=words.prefix,
            suffix=words.suffix,
            sha256=digest(edition),
            title=edition.source.title,
            url=edition.provenance.url if edition.provenance is not None else "",
            text=text,
            tags=tuple(tags),
            created=created or time,
            modified=modified or created or time,
        )
    )


def new_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def checked(note: Note) -> Note:
    """The note as it can be kept: half surrogates made whole, tags without spaces around them and none twice. Raises
    LishuError where it is too long."""
    tags = tuple(dict.fromkeys(filter(None, (" ".join(whole(tag).split()) for tag in note.tags))))
    text = whole(note.text).strip()
    limits: list[tuple[str, int, int]] = [("text", len(text), TEXT), ("quote", len(note.exact), QUOTE)]
    limits += [("tags", len(tags), TAGS), *(("tag", len(tag), TAG) for tag in tags)]
    for what, size, most in limits:
        if size > most:
            unit = "of them" if what == "tags" else "characters"
            raise LishuError("note", what, f"is too long ({size:,} {unit})", f"at most {most:,}")
    changes: dict[str, Any] = {
        name: whole(getattr(note, name)) for name in note.__struct_fields__ if name not in ("tags", "text")
    }
    return msgspec.structs.replace(note, **changes, text=text, tags=tags)
