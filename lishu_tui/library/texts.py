"""Plain text and Markdown: every line as it stands, but for the marks of Markdown's headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lishu_tui.edition.texts import LARGE
from lishu_tui.library.accepting import accept_text
from lishu_tui.library.captured import About, Block, Captured, Encoding, Format, Lines
from lishu_tui.library.decoding import Decoded, decode

MARKDOWN_NAMES = (".md", ".markdown")
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?\S)(?:[ \t]+#+)?[ \t]*\r?")
LONGEST = 400
"""Characters of a line that may be a heading."""


def read_text(data: bytes, name: str, *, markdown: bool | None = None, came_from: str = "") -> Captured:
    """A file of text as it was captured. Whether it is Markdown its name says, where the caller does not.

    Raises LishuError for what is no text. Line ends are the newlines: a carriage return before one is left to the
    mending, which says so.
    """
    if markdown is None:
        markdown = name.lower().endswith(MARKDOWN_NAMES)
    decoded = decode(data, name)
    accept_text(decoded, name, markdown=markdown)
    blocks: Sequence[Block]
    if markdown:
        blocks = tuple(_markdown(decoded.text.split("\n")))
    elif len(decoded.text) < LARGE:
        blocks = tuple(map(Block, decoded.text.split("\n")))
    else:
        blocks = Lines(decoded.text)
    marked = sum(block.kind == "heading" for block in blocks) if markdown else 0
    kind: Format = "md" if markdown else "txt"
    rule = "Every line that is not blank is a paragraph."
    if marked:
        blocks = tuple(block for block in blocks if block.text.strip())
        rule += f" The # marks were taken off {marked} heading{'s' * (marked != 1)}."
    return Captured(
        name=name, data=data, format=kind, blocks=blocks, plain=not marked, about=About(), came_from=came_from,
        encoding=_encoding(decoded), rule=rule,
    )  # fmt: skip


def _encoding(decoded: Decoded) -> Encoding:
    declared = (f"file: {decoded.declared}",) if decoded.declared else ()
    return Encoding(decoded.encoding, decoded.found_by, decoded.replaced, declared)


def _markdown(lines: list[str]) -> Iterator[Block]:
    """The lines, those of headings without their marks. What stands in a fence of code is no heading."""
    fence = False
    for line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            fence = not fence
        elif not fence and line.lstrip().startswith("#") and (match := HEADING.fullmatch(line[:LONGEST])):
            yield Block(match[2], "heading", len(match[1]))
            continue
        yield Block(line)
