"""Web pages: decoded, read as a tree, the text told from the page round it, and what the page says of itself.

HTML is read by lxml nowhere else.
"""

from __future__ import annotations

import re

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.accepting import is_noise
from lishu_tui.library.captured import About, Block, Captured, Encoding, Format
from lishu_tui.library.decoding import BOMS, decode
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.pages.blocks import blocks, dropped
from lishu_tui.library.pages.content import Content
from lishu_tui.library.pages.head import Head
from lishu_tui.library.pages.metadata import told
from lishu_tui.library.pages.parsing import Parsed, parse
from lishu_tui.library.pages.saved import saved
from lishu_tui.library.pages.titles import find_title
from lishu_tui.library.pages.walking import Walk

META = re.compile(rb"""<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
XML = re.compile(rb"""^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.IGNORECASE)
META_WITHIN = 1 << 16
"""How far into a page its encoding is looked for: a browser's 1,024 bytes may end within a first long comment."""
EXPECTED = "a web page with text in it"
SCRIPTED = 400
"""Characters of script from which on a page without text is one that scripts draw."""

__all__ = ["read_page"]


def read_page(
    data: bytes, name: str, *, http_charset: str | None = None, url: str = "", captured: str = "",
    format: Format = "html", came_from: str = "", about: About | None = None,
) -> Captured:  # fmt: skip
    """The text of a web page, with what it says of itself and with all that was left out of it.

    `http_charset`, `url`, `captured` and `about` are what is known from outside the page and win over what it says.
    Raises LishuError, in one line, for a page without text.
    """
    if len(data) > FILE_LIMIT:
        raise LishuError(name, "", "is too large", f"at most {FILE_LIMIT >> 20} MiB")
    said = declarations(data, http_charset)
    decoded = decode(data, name, [label for who, label in said if who != "BOM"])
    declared = tuple(f"{who}: {label}" for who, label in said)
    encoding = Encoding(decoded.encoding, decoded.found_by, decoded.replaced, declared)
    if is_noise(decoded):
        raise LishuError(name, "", "is not text", EXPECTED)
    parsed = parse(decoded.text)
    if parsed.root is None:
        return _flat(parsed, data, name, encoding, url, captured, format, came_from, about)
    head = Head(parsed.root)
    content = Content(Walk(parsed.root))
    title, title_text = find_title(head, content)
    content.finish(title)
    made = blocks(content, title)
    if not content.text:
        _refuse_scripts(parsed, name)
    knows = told(head, content, title, title_text, saved(parsed.source), parsed.source, url)
    lines = ((content.lines[i].text, why) for i, why in sorted(content.dropped.items()))
    return Captured(
        name=name, data=data, format=format, blocks=made, about=_better(about, knows, captured), encoding=encoding,
        came_from=came_from, rule=content.rule, dropped=dropped(lines),
        remarks=(*parsed.remarks, *content.remarks),
    )  # fmt: skip


def declarations(data: bytes, http_charset: str | None) -> list[tuple[str, str]]:
    """Who says which encoding, the strongest first."""
    said = [("BOM", encoding) for mark, encoding in BOMS if data.startswith(mark)][:1]
    if http_charset and (label := http_charset.strip(" \t\"'")):
        said.append(("HTTP header", label))
    head = data[:META_WITHIN]
    for who, pattern in (("XML declaration", XML), ("meta", META)):
        if (match := pattern.search(head)) is not None:
            said.append((who, match[1].decode("ascii", "replace")))
    return said


def _better(known: About | None, read: About, captured: str) -> About:
    """What is known from outside wins, field by field."""
    if captured:
        read = msgspec.structs.replace(read, captured=captured)
    if known is None:
        return read
    fields = {field: value for field in About.__struct_fields__ if (value := getattr(known, field))}
    return msgspec.structs.replace(read, **fields)


def _refuse_scripts(parsed: Parsed, name: str) -> None:
    scripts = sum(len(script.text or "") for script in parsed.root.iter("script")) if parsed.root is not None else 0
    linked = parsed.root is not None and any(script.get("src") for script in parsed.root.iter("script"))
    drawn = "; it is drawn by scripts" if scripts >= SCRIPTED or linked else ""
    raise LishuError(name, "", f"holds no text{drawn}", EXPECTED)


def _flat(
    parsed: Parsed, data: bytes, name: str, encoding: Encoding, url: str, captured: str, format: Format,
    came_from: str, about: About | None,
) -> Captured:  # fmt: skip
    """A page of which there is no tree: all its lines."""
    if not parsed.lines:
        drawn = "; it is drawn by scripts" if "<script" in parsed.source.lower() else ""
        raise LishuError(name, "", f"holds no text{drawn}", EXPECTED)
    by = saved(parsed.source)
    read = About(url=url or by.url, captured=by.captured, tool=by.tool)
    return Captured(
        name=name, data=data, format=format, blocks=tuple(Block(line) for line in parsed.lines),
        about=_better(about, read, captured), encoding=encoding, came_from=came_from, rule="all lines of the page",
        remarks=tuple(parsed.remarks),
    )  # fmt: skip
