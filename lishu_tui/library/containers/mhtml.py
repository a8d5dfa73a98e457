"""MHTML: a page and what it shows in one message, as browsers save it."""

from __future__ import annotations

import email.errors
import email.header
import email.utils
import re
from datetime import UTC
from email.message import Message

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import About, Captured
from lishu_tui.library.containers.known import better, otherwise, remarked

PAGES = ("text/html", "application/xhtml+xml")
EXPECTED = "a page saved as MHTML"
TOOLS = (("blink", "Chromium"), ("internet explorer", "Internet Explorer"), ("unmht", "UnMHT"), ("webkit", "WebKit"))
HEAD = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:)")
RELATED = re.compile(rb"^content-type:\s{0,20}(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
SNIFFED = 1 << 13


def is_mhtml(head: bytes) -> bool:
    """Whether these first bytes of a file are those of a message with a page in it."""
    head = head[:SNIFFED].lstrip()
    if not HEAD.match(head):
        return False
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return VERSION.search(head) is not None and RELATED.search(head) is not None


def read_mhtml(data: bytes, name: str, *, came_from: str = "", about: About | None = None) -> Captured:
    """The page of a message. Raises LishuError where there is none."""
    from lishu_tui.library.pages import read_page

    try:
        message = email.message_from_bytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()]
        root = _root(message, parts)
        if root is None:
            raise LishuError(name, "", "holds no page", EXPECTED)
        html = root.get_payload(decode=True)
        url = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location")
        own = About(url=_web(url), captured=_date(message), tool=_tool(message))
        charset = root.get_param("charset")
        others = [_header(part, "Content-Location") for part in parts if part is not root and _is_page(part)]
    except LishuError:
        raise
    except Exception as error:  # the parser of messages fails in many ways on what is made to break it
        raise LishuError(name, "", f"is a broken message ({type(error).__name__})", EXPECTED) from None
    if not isinstance(html, bytes) or not html.strip():
        raise LishuError(name, "", "its page is empty", EXPECTED)
    captured = read_page(
        html, name, http_charset=charset[:40] if isinstance(charset, str) else None, url=own.url,
        captured=own.captured, format="mhtml", came_from=came_from, about=about,
    )  # fmt: skip
    captured = better(otherwise(captured, own), about)
    captured = otherwise(captured, About(title=_words(_header(message, "Subject"))))
    left = ""
    if others:
        shown = ", ".join(filter(None, others[:3]))
        left = f"Frames in the page that were left out: {len(others)}{f' ({shown[:200]})' if shown else ''}."
    cut = "" if not root.defects and _closed(message) else "The message has no end: it may be cut off."
    # The file holds one document, so that is what is kept.
    return remarked(msgspec.structs.replace(captured, data=data), left, cut)


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The page itself: the part that the message starts with, or whose address is that of the snapshot."""
    pages = [part for part in parts if _is_page(part)]
    start = message.get_param("start")
    if isinstance(start, str):
        named = [part for part in pages if _header(part, "Content-ID").strip("<>") == start.strip("<>")]
        if named:
            return named[0]
    url = _header(message, "Snapshot-Content-Location")
    located = [part for part in pages if url and _header(part, "Content-Location") == url]
    return next(iter(located or pages), None)


def _is_page(part: Message) -> bool:
    return part.get_content_type() in PAGES


def _closed(message: Message) -> bool:
    return not any(type(d).__name__ == "CloseBoundaryNotFoundDefect" for d in message.defects)


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _words(said: str) -> str:
    """A header with its =?utf-8?Q?…?= read."""
    try:
        return str(email.header.make_header(email.header.decode_header(said))).strip()
    except (ValueError, LookupError, UnicodeError, email.errors.MessageError):
        return said


def _web(url: str) -> str:
    """An address, if it is one of the web: `cid:` and files on somebody's disk are none."""
    return url if url.lower().startswith(("http://", "https://", "ftp://")) else ""


def _date(message: Message) -> str:
    try:
        date = email.utils.parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    # -0000 is a time of the world that does not say where it was told.
    return (date if date.tzinfo is not None else date.replace(tzinfo=UTC)).isoformat()


def _tool(message: Message) -> str:
    said = _header(message, "From") + " " + _header(message, "X-MimeOLE") + " " + _header(message, "X-Mailer")
    return next((tool for word, tool in TOOLS if word in said.lower()), "")
