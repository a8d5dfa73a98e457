"""HTML as a run of tags and text, read without building a tree: in one pass whose time grows with the length.

The parser builds the tree; this is what it is checked against, and what is read where it gives up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+>""")
NAME = re.compile("</?[a-zA-Z]")
QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
NUMBER = re.compile("&#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));?")
UNREAD = frozenset(("script", "style", "template"))
"""Elements whose text no browser shows."""
RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"))
"""Elements in which a tag is text."""
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noframes",
    "noscript", "ol", "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul", "xmp",
))  # fmt: skip
"""Elements that begin and end a line."""
TAG_LONG = 4096
ATTRIBUTES = 1000
"""A tag with more attributes than this is reduced to its name: the parser's time grows with their square."""


def tokens(source: str) -> Iterator[tuple[int, int, str, bool]]:
    """Each tag: where it starts and ends, its name in small letters, and whether it closes. The text is what stands
    between them; comments and declarations have the name `!`, and an element in which tags are text has no tags."""
    at, size = 0, len(source)
    lower: str | None = None
    endless: set[str] = set()
    while (start := source.find("<", at)) >= 0:
        match = TAG.match(source, start)
        if match is None:
            following = source[start + 1 : start + 2]
            if (following and following in "!?") or (source.startswith("</", start) and not NAME.match(source, start)):
                end = _declaration(source, start)
            elif NAME.match(source, start):
                end = size  # a tag that the end of the file cuts off
            else:
                at = start + 1
                continue
            yield start, end, "!", False
            at = end
            continue
        name = match[2].lower()
        at = match.end()
        yield start, at, name, bool(match[1])
        if name in RAW and not match[1] and name not in endless:
            lower = source.lower() if lower is None else lower
            # Where small letters are more characters than capitals (İ), places would not agree.
            place = (lower if len(lower) == size else source).find(f"</{name}", at)
            if place < 0:
                endless.add(name)
            at = place if place >= 0 else (size if name in UNREAD else at)


def _declaration(source: str, start: int) -> int:
    """Where a comment or a declaration ends: with the file, if it is left open."""
    if not source.startswith("<!--", start) or source.startswith((">", "->"), start + 4):
        end = source.find(">", start) + 1
    else:
        end = source.find("-->", start + 4) + 3
        end = 0 if end == 2 else end
    return end or len(source)


def characters(source: str, found: list[tuple[int, int, str, bool]]) -> int:
    """How many characters that are not blank the text of a page has, tags, scripts and styles left out."""
    return sum(len("".join(unescape(text).split())) for text, _ in _texts(source, found))


def lines(source: str, found: list[tuple[int, int, str, bool]]) -> list[str]:
    """The text of a page, a string for what stands on one line; where tags stand within each other does not matter."""
    made: list[list[str]] = [[]]
    for text, name in _texts(source, found):
        if text:
            made[-1].append(text)
        if name in BLOCKS:
            made.append([])
    return [line for pieces in made if (line := " ".join(unescape("".join(pieces)).split()))]


def _texts(source: str, found: list[tuple[int, int, str, bool]]) -> Iterator[tuple[str, str]]:
    """Each piece of text with the name of the tag behind it."""
    at, unread = 0, ""
    for start, end, name, closes in found:
        if unread:
            if name == unread and closes:
                unread = ""
            at = end
            continue
        yield source[at:start], name
        at = end
        if name in UNREAD and not closes:
            unread = name
    if not unread:
        yield source[at:], ""


def plain(source: str) -> tuple[str, int]:
    """The source without what the parser stumbles over, and how many characters of it could not be kept: NULs become
    ␀ and numbers of no character U+FFFD, as halves of pairs (`&#xD800;`) do."""
    lost = 0

    def number(match: re.Match[str]) -> str:
        nonlocal lost
        code = int(match[1], 16) if match[1] else int(match[2])
        if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            lost += 1
            return "\ufffd"
        return match[0]

    if "\0" in source:
        lost += source.count("\0")
        source = source.replace("\0", "␀")
    if "&#" in source:
        source = NUMBER.sub(number, source)
    return source, lost


def without_long_tags(source: str, found: list[tuple[int, int, str, bool]]) -> str:
    """The source with each tag of too many attributes reduced to its name."""
    made, at = [], 0
    for start, end, name, closes in found:
        if end - start > TAG_LONG and name != "!" and _many(source[start:end]):
            made += [source[at:start], f"</{name}>" if closes else f"<{name}>"]
            at = end
    return "".join([*made, source[at:]]) if made else source


def _many(tag: str) -> bool:
    bare = QUOTED.sub("", tag)
    return len(bare) > ATTRIBUTES and len(bare.replace("/", " ").replace("=", " ").split()) > ATTRIBUTES
