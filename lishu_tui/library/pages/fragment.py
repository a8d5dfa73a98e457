"""A piece of HTML all of which is text, such as a chapter of a book: nothing in it is told from anything else."""

from __future__ import annotations

from lishu_tui.library.captured import Block
from lishu_tui.library.pages.parsing import parse
from lishu_tui.library.pages.walking import Walk


def read_fragment(source: str) -> list[Block]:
    """All the text of the body, with headings and tables as they are marked; empty where there is none."""
    parsed = parse(source)
    if parsed.root is None:
        return [Block(line) for line in parsed.lines]
    body = parsed.root.find("body")
    return [Block(line.text, line.kind, line.level) for line in Walk(parsed.root if body is None else body).lines]
