"""What is laid out, and as what: types alone, which nobody who draws has to wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from lishu_tui.edition.readable import Reading

Kind = Literal["title", "title_en", "supplied", "heading", "heading_en", "text", "english", "note"]
English = Literal["off", "beneath", "beside"]

Asked = tuple[Reading, English, int, int]
"""What a layout depends on beside the document: reading, English, width of the body, measure."""


class Titles(Protocol):
    """What a document is called."""

    @property
    def title(self) -> str: ...

    @property
    def title_en(self) -> str: ...


class Part(Protocol):
    """A section of a document; see `edition.model.Section`."""

    @property
    def label(self) -> str: ...

    @property
    def label_en(self) -> str: ...

    @property
    def short_label(self) -> str: ...

    @property
    def has_heading(self) -> bool: ...

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


class Document(Protocol):
    """As much of an edition as laying it out takes. The outline of the first screen is one too."""

    @property
    def source(self) -> Titles: ...

    @property
    def sections(self) -> Sequence[Part]: ...

    @property
    def colophon(self) -> Sequence[str]: ...

    def has(self, reading: Reading) -> bool: ...

    def text(self, paragraph: int, reading: Reading = "restored") -> str: ...
