"""The tree of a page, or its text without a tree where the parser would lose some of it."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from lishu_tui.library.pages import markup

KEPT = 0.98
"""A tree with less of the source's text than this is not used."""
FEW = 40
"""Characters that tree and source may differ by, whatever the length: a comment read in two ways."""


class Parsed(NamedTuple):
    """`root` is None where the tree would not have had all the text; `lines` are then the text, else empty."""

    source: str
    root: HtmlElement | None
    lines: list[str]
    remarks: list[str]


def parse(text: str) -> Parsed:
    """The tree of a page whose text in the source is all in it, or the lines of the page."""
    source, lost = markup.plain(text)
    remarks = []
    if lost:
        remarks.append(f"{lost} character(s) that are none (NUL, half of a pair) stand as ␀ or U+FFFD.")
    found = list(markup.tokens(source))
    source_shorter = markup.without_long_tags(source, found)
    if source_shorter is not source:
        remarks.append("A tag with more attributes than any page has was read without them.")
        source, found = source_shorter, list(markup.tokens(source_shorter))
    if found and found[-1][2] == "!" and found[-1][1] == len(source) and found[-1][1] - found[-1][0] > FEW:
        remarks.append(
            f"The last {found[-1][1] - found[-1][0]} characters stand in a comment or a tag that never ends."
        )
    there = markup.characters(source, found)
    if not there:
        return Parsed(source, None, [], remarks)
    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    fatal = [entry.message for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL]
    kept = _characters(root) if root is not None else 0
    if not fatal and kept + FEW >= there * KEPT:
        return Parsed(source, root, [], remarks)
    why = fatal[0].strip().rstrip(".") if fatal else f"{there - kept} of {there} characters would have been lost"
    remarks.append(f"The page could not be read as a tree ({why}), so it was read as lines; nothing is left out.")
    return Parsed(source, None, markup.lines(source, found), remarks)


def _characters(root: HtmlElement) -> int:
    """How many characters that are not blank the tree has, where the same elements are left out as in the source."""
    total = 0
    unread = etree.XPath("string-length(translate(string(.), ' \t\r\n', ''))")
    total = len("".join(str(root.xpath("string(.)")).split()))
    for element in root.iter(*markup.UNREAD):
        if not any(above.tag in markup.UNREAD for above in element.iterancestors()):
            total -= int(unread(element))
    return total
