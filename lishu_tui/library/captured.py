"""What a reader of a format hands over: one captured document before it is restored, and what was left out of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.edition.model import Dropped
from lishu_tui.edition.texts import Made

Format = Literal["txt", "md", "html", "mhtml", "warc", "wacz", "epub"]
Kind = Literal["text", "heading", "row"]


class Block(NamedTuple):
    """A paragraph of the page: one line of text with no line end in it, never blank.

    A `heading` has its level, 1 to 6. A `row` is one of a table, its cells parted by tabs."""

    text: str
    kind: Kind = "text"
    level: int = 0


class Lines(Made[Block]):
    """The lines of a large plain text as blocks, made when they are asked for: to read it only the text is needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: array[int] | None = None

    def __len__(self) -> int:
        return self.text.count("\n") + 1

    def make(self, index: int) -> Block:
        if self._starts is None:
            self._starts = array("I", [0])
            for line in self.text.split("\n"):
                self._starts.append(self._starts[-1] + len(line) + 1)
        return Block(self.text[self._starts[index] : self._starts[index + 1] - 1])

    def __iter__(self) -> Iterator[Block]:
        return map(Block, self.text.split("\n"))


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the capture says of itself, in its own words but for dates. What it does not say is empty."""

    title: str = ""
    date: str = ""
    """When it was published: ISO 8601, as exactly as it is said (`2020-02-17`, `2020-02-17T08:30:00+08:00`)."""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    """The medium that published it (來源)."""
    via: str = ""
    """Who passed it on (轉自, the site it was saved from where that is another one)."""
    url: str = ""
    captured: str = ""
    """When it was captured, ISO 8601."""
    tool: str = ""
    """What made the capture."""


class Encoding(NamedTuple):
    """How the bytes became text; see `decoding.Decoded`. `declared`: labels and who said so, the strongest first."""

    found: str = "utf-8"
    found_by: Literal["bom", "declared", "judged"] = "judged"
    replaced: int = 0
    declared: tuple[str, ...] = ()


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """One document as it stands in its file.

    `data` are the bytes of the capture: those of the whole file where that holds one document, the payload of the
    record or member where it holds several. `blocks` are its text in order. Where `plain` is true they are the lines of
    a plain text (blank ones among them), and headings have yet to be told from the rest.
    """

    name: str
    data: bytes
    format: Format
    blocks: Sequence[Block]
    plain: bool = False
    about: About = About()
    encoding: Encoding = Encoding()
    came_from: str = ""
    rule: str = ""
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks, each a line."""
        return self.blocks.text if isinstance(self.blocks, Lines) else "\n".join(block.text for block in self.blocks)


class Notice(NamedTuple):
    """Something amiss with a file that does not keep its documents from being read: a last record that is cut off."""

    file: str
    text: str


Read = Captured | LishuError | Notice
"""What comes out of a file: documents, pieces that could not be read (not raised, so that the next one is), notices."""
