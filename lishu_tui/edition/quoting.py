"""Words as they are taken away, with where they stand: 「words」title, source, lishu/closing/1:0-12@1a2b3c4d.

The eight characters behind `@` begin the digest (sha256) of the capture, so that another capture is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from lishu_tui.edition.address import Address
from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.model import Edition
from lishu_tui.edition.readable import Span

DIGITS = 8
_PINNED = re.compile(r"([^@\s]+)@([0-9a-f]{8,64})")
_BEHIND = re.compile(r"(?:^|[\s,，])([a-z0-9][a-z0-9-]*(?:/[^\s,，@]+)?)(?:@([0-9a-f]{8,64}))?\s*$")


class Pinned(NamedTuple):
    """An address, and how the digest of the capture begins that it is of; empty where that is not said."""

    address: Address
    digest: str = ""

    def __str__(self) -> str:
        return f"{self.address}@{self.digest}" if self.digest else str(self.address)

    @classmethod
    def parse(cls, text: str) -> Pinned:
        """What `text` spells. Raises LishuError, in one line, where it spells none."""
        if (match := _PINNED.fullmatch(text)) is not None:
            return cls(Address.parse(match[1]), match[2])
        return cls(Address.parse(text))


class Quoted(NamedTuple):
    """Words, and where they are said to stand."""

    exact: str
    at: Pinned | None = None


def digest(edition: Edition) -> str:
    """The sha256 of the capture."""
    return edition.source.sha256 or sha256(edition.capture).hexdigest()


def pinned(edition: Edition, span: Span) -> Pinned:
    """The address of a place, with how the digest of the capture begins."""
    return Pinned(edition.address(span), digest(edition)[:DIGITS])


def quotation(edition: Edition, span: Span | Sequence[Span], words: str | None = None) -> str:
    """The words at a place, or at one place each of several paragraphs, with title, source and address. `words` are
    what is quoted where it is another reading than the restored one."""
    spans = [span] if isinstance(span, Span) else list(span)
    source = edition.source
    host = edition.provenance.url if edition.provenance is not None else ""
    said = [source.title, source.publisher or host, str(pinned(edition, spans[0]))]
    quote = "\n".join(edition.quote(one) for one in spans) if words is None else words
    return f"「{quote}」" + ", ".join(part for part in (" ".join(one.split()) for one in said) if part)


def parse_quotation(text: str) -> Quoted:
    """Words as `quotation` writes them, or words alone. Raises LishuError where there are none."""
    text = text.strip()
    if not text.startswith("「"):
        return Quoted(_some(text))
    at = _closes(text)
    if at < 0:
        return Quoted(_some(text[1:]))
    words, behind = _some(text[1:at]), text[at + 1 :]
    if (match := _BEHIND.search(behind)) is not None:
        try:
            return Quoted(words, Pinned(Address.parse(match[1]), match[2] or ""))
        except LishuError:
            pass
    return Quoted(words)


def _closes(text: str) -> int:
    """Where the bracket closes that the text begins with; -1 where none does."""
    depth = 0
    for at, c in enumerate(text):
        depth += (c == "「") - (c == "」")
        if not depth:
            return at
    return text.rfind("」")


def _some(words: str) -> str:
    if not words.strip():
        raise LishuError("quote", "", "is empty", "an address, or words to look for")
    return words
