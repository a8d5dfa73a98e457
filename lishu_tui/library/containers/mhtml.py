"""MHTML: a page and what it shows in one message, as browsers save it."""

from __future__ import annotations

import binascii
import email.errors
import email.header
import email.parser
import email.utils
import re
from datetime import UTC
from email.message import Message
from typing import NamedTuple

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import About, Captured
from lishu_tui.library.containers.known import better, otherwise, remarked
from lishu_tui.library.limits import ZIP_MEMBERS_LIMIT

PAGES = ("text/html", "application/xhtml+xml")
EXPECTED = "a page saved as MHTML"
TOOLS = (("blink", "Chromium"), ("internet explorer", "Internet Explorer"), ("unmht", "UnMHT"), ("webkit", "WebKit"))
HEAD = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:)")
RELATED = re.compile(rb"^content-type:\s{0,20}(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
SNIFFED = 1 << 13
HEADERS = email.parser.BytesHeaderParser()
HEAD_END = re.compile(rb"\r?\n\r?\n")
HEAD_LIMIT = 1 << 18
LINE_LONGEST = 2000
DEEPEST = 8
"""How deep parts may hold parts."""
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


def is_mhtml(head: bytes) -> bool:
    """Whether these first bytes of a file are those of a message with a page in it."""
    head = head[:SNIFFED].lstrip()
    if not HEAD.match(head):
        return False
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return VERSION.search(head) is not None and RELATED.search(head) is not None


class Part(NamedTuple):
    """A part of a message that has none itself: its headers, and where its body starts and ends."""

    head: Message
    start: int
    end: int

    @property
    def is_page(self) -> bool:
        return self.head.get_content_type() in PAGES


class Parts:
    """The parts of a message. They are found, not copied: most of a saved page are its pictures."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        self.found: list[Part] = []
        self.cut = False
        """Whether a part that holds others has no end."""
        self.head = self._read(0, len(data), 0)

    def _read(self, start: int, end: int, depth: int) -> Message:
        """Adds what is in this stretch of the file; the headers at its beginning."""
        match = HEAD_END.search(self.data, start, min(start + HEAD_LIMIT, end))
        if match is None and end - start > HEAD_LIMIT:
            raise LishuError(self.name, "", "is a broken message (headers without end)", EXPECTED)
        body = end if match is None else match.end()
        head = HEADERS.parsebytes(self.data[start:body])
        boundary = _parameter(head, "boundary")
        if head.get_content_maintype() != "multipart" or not boundary:
            self.found.append(Part(head, body, end))
        elif depth < DEEPEST:
            # A line end belongs to the boundary, also to one right behind the headers.
            self._inside(b"\n--" + boundary.encode("utf-8", "surrogateescape"), max(body - 1, start), end, depth)
        if len(self.found) > ZIP_MEMBERS_LIMIT:
            raise LishuError(self.name, "", "has too many parts", f"at most {ZIP_MEMBERS_LIMIT:,}")
        return head

    def _inside(self, mark: bytes, start: int, end: int, depth: int) -> None:
        part = None
        at = start
        while (at := self.data.find(mark, at, end)) >= 0:
            line = self.data.find(b"\n", at + len(mark), end) + 1 or end
            rest = self.data[at + len(mark) : line].strip()
            if rest in (b"", b"--"):
                if part is not None:
                    self._read(part, at - self.data.startswith(b"\r", max(at - 1, 0)), depth + 1)
                if rest:
                    return
                part = line
            at = line - 1
        self.cut = True
        if part is not None:
            self._read(part, end, depth + 1)

    def body(self, part: Part) -> bytes:
        """What is in a part, as it was before it was put into the message."""
        data = self.data[part.start : part.end]
        coding = _header(part.head, "Content-Transfer-Encoding").lower()
        if coding == "quoted-printable":
            return binascii.a2b_qp(data)
        if coding == "base64":
            bare = NOT_BASE64.sub(b"", data)
            return binascii.a2b_base64(bare[: len(bare) & ~3])
        return data


def read_mhtml(data: bytes, name: str, *, came_from: str = "", about: About | None = None) -> Captured:
    """The page of a message. Raises LishuError where there is none."""
    from lishu_tui.library.pages import read_page

    parts = Parts(data, name)
    head = parts.head
    root = _root(head, parts.found)
    if root is None:
        raise LishuError(name, "", "holds no page", EXPECTED)
    html = parts.body(root)
    if not html.strip():
        raise LishuError(name, "", "its page is empty", EXPECTED)
    url = _header(head, "Snapshot-Content-Location") or _header(root.head, "Content-Location")
    own = About(url=_web(url), captured=_date(head), tool=_tool(head))
    captured = read_page(
        html, name, http_charset=_parameter(root.head, "charset")[:40] or None, url=own.url, captured=own.captured,
        format="mhtml", came_from=came_from, about=about,
    )  # fmt: skip
    captured = better(otherwise(captured, own), about)
    captured = otherwise(captured, About(title=_words(_header(head, "Subject"))))
    others = [_header(part.head, "Content-Location") for part in parts.found if part is not root and part.is_page]
    left = ""
    if others:
        shown = ", ".join(filter(None, others[:3]))
        left = f"Frames in the page that were left out: {len(others)}{f' ({shown[:200]})' if shown else ''}."
    cut = "The message has no end: it may be cut off." if parts.cut else ""
    # The file holds one document, so that is what is kept.
    return remarked(msgspec.structs.replace(captured, data=data), left, cut)


def _root(head: Message, parts: list[Part]) -> Part | None:
    """The page itself: the part that the message starts with, or whose address is that of the snapshot."""
    pages = [part for part in parts if part.is_page]
    start = _parameter(head, "start").strip("<>")
    url = _header(head, "Snapshot-Content-Location")
    named = [part for part in pages if start and _header(part.head, "Content-ID").strip("<>") == start]
    located = [part for part in pages if url and _header(part.head, "Content-Location") == url]
    return next(iter(named or located or pages), None)


def _parameter(head: Message, name: str) -> str:
    """A parameter of the media type; empty where there is none, or it is broken."""
    try:
        value = head.get_param(name, "")
        return email.utils.collapse_rfc2231_value(value).strip() if value else ""
    except (ValueError, LookupError, TypeError, UnicodeError):
        return ""


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, ""))[:LINE_LONGEST].split())


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
