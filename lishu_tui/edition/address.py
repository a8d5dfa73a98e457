"""Addresses: `DOC`, `DOC/SECTION`, `DOC/SECTION/PARAGRAPH`, `DOC/SECTION/PARAGRAPH:START-END`."""

from __future__ import annotations

import re
from typing import NamedTuple

from lishu_tui.edition.errors import LishuError

_SLUG = r"[a-z0-9][a-z0-9-]*"
_FORM = rf"({_SLUG})(?:/({_SLUG})(?:/([0-9]{{1,6}})(?::([0-9]{{1,7}})-([0-9]{{1,7}}))?)?)?"


class Address(NamedTuple):
    """A place that can be written down. `start` and `end` are characters of the restored reading, half-open."""

    document: str
    section: str | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        text = self.document
        if self.section is not None:
            text += f"/{self.section}"
        if self.paragraph is not None:
            text += f"/{self.paragraph}"
        if self.start is not None:
            text += f":{self.start}-{self.end}"
        return text

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that `text` spells. Raises LishuError, in one line, where it spells none."""
        # Python makes the pattern ready when the first is read, for which it takes a millisecond, and keeps it.
        match = re.fullmatch(_FORM, text)
        if match is None:
            raise LishuError("address", text, "is not an address", "DOC[/SECTION[/PARAGRAPH[:START-END]]]")
        document, section, paragraph, start, end = match.groups()
        number = [None if part is None else int(part) for part in (paragraph, start, end)]
        if number[1] is not None and number[2] is not None and number[2] < number[1]:
            raise LishuError("address", text, "ends before it starts", "START-END with START at most END")
        return cls(document, section, *number)
