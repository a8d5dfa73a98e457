"""Web archives (WARC, gzip or not): each page or text that was served with success is a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import About, Captured, Notice, Read
from lishu_tui.library.containers import bodies, digests
from lishu_tui.library.containers.frames import GZIP, Fault, Frame, Frames, Unpacked, headers
from lishu_tui.library.containers.known import better, otherwise, remarked

EXPECTED = "a web archive (WARC)"
PAGES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
TEXT = "text/plain"
UNSAID = ("", "application/octet-stream", "application/unknown", "unknown/unknown", "binary/octet-stream")
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?")
DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
NOTE = re.compile(r"(?!https?:|ftp:|file:)[a-z][a-z0-9+.-]{0,40}:|https?://[^/]{1,300}/robots\.txt\Z", re.IGNORECASE)
"""Addresses of what a crawler notes for itself: its arguments and log, the text that it took from a page."""
HTTP_END = re.compile(rb"\r?\n\r?\n")
HTTP_LIMIT = 1 << 18
FAULTS_SHOWN = 20
EMPTY: Mapping[str, str] = {}


class Response(NamedTuple):
    """What a record holds: the page with its transfer undone, and what its headers say."""

    kind: str
    """The media type; empty where the headers state none."""
    charset: str | None
    body: bodies.Body
    raw: bytes
    stored: bytes
    """What is kept as the capture: the body, or as it came where it is broken."""


class Revisit(NamedTuple):
    """A record that says: as before. `keys` are those under which the original may be known, the surest first."""

    number: int
    url: str
    date: str
    keys: tuple[tuple[str, ...], ...]


class Warc:
    """Reads one web archive. `chunks` gives its bytes from the beginning, each time it is called; `file` is what it is
    called in messages, `within` the member that it is of another archive, and `titles` what is known of its pages."""

    def __init__(
        self, chunks: Callable[[], Iterable[bytes]], file: str, *, within: str = "", titles: Mapping[str, str] = EMPTY
    ) -> None:
        self.chunks, self.file, self.within, self.titles = chunks, file, within, titles
        self.tool = ""
        self.found = 0
        """Documents, or what should have been one."""
        self.faults = 0
        self.originals: dict[tuple[str, ...], int] = {}
        """Under which keys a revisit can name a record; 0 for one that is no document."""
        self.revisits: list[Revisit] = []

    def __iter__(self) -> Iterator[Read]:
        unpacked = Unpacked(self.chunks())
        frames = Frames(unpacked)
        first = True
        for frame in frames:
            if first and isinstance(frame, Fault):
                yield self._error("", "is no web archive", EXPECTED)
                return
            first = False
            yield from self._read(frame)
        if first and not frames.incomplete:
            yield self._error("", "is no web archive" if unpacked.members else "is empty", EXPECTED)
            return
        yield from self._resolve()
        yield from self._end(frames, unpacked)

    def _end(self, frames: Frames, unpacked: Unpacked) -> Iterator[Read]:
        """What can be said only when all of it has been read."""
        if self.faults > FAULTS_SHOWN:
            yield self._notice(f"{self.faults - FAULTS_SHOWN:,} more places like these.")
        count = f"{frames.count:,} record{'s' * (frames.count != 1)}"
        if frames.incomplete or unpacked.cut:
            missing = frames.incomplete or "the end of its gzip"
            yield self._notice(f"{count}, the last is incomplete: {missing} is missing.")
        if unpacked.members == 1 and frames.count > 1:
            yield self._notice(f"{count} in a single gzip, not one each: read by unpacking all of it.")
        if not self.found:
            wrong = f"holds no page ({count}, none of them a page or a text that was served)"
            yield self._error("", wrong, "at least one response of HTML or plain text with status 200")

    def _read(self, frame: Frame | Fault) -> Iterator[Read]:
        if isinstance(frame, Fault):
            self.faults += 1
            if self.faults <= FAULTS_SHOWN:
                yield self._notice(f"record {frame.number}: {frame.text}")
            return
        kind = frame.headers.get("warc-type", "").lower()
        if kind == "warcinfo":
            self.tool = self.tool or _software(frame.block)
        elif kind == "revisit":
            self._note(frame)
        elif kind in ("response", "resource"):
            try:
                yield from self._document(frame)
            except LishuError as error:
                self.found += 1
                yield error

    def _document(self, frame: Frame, revisit: Revisit | None = None) -> Iterator[Read]:
        """The document that a record is, with what is to be said of it; nothing if it is none."""
        url, date = (revisit.url, revisit.date) if revisit else (_url(frame), _date(frame))
        response = self._response(frame)
        page = response is not None
        if revisit is None:
            self._remember(frame, frame.number if page else 0)
        if response is None:
            return
        self.found += 1
        where = f"record {frame.number}" if revisit is None else f"record {revisit.number} (as record {frame.number})"
        place = f"{where}, {url}" if url else where
        if frame.large or frame.headers.get("warc-segment-number", "1").strip() != "1":
            wrong = frame.remark.rstrip(".") if frame.large else "is a part of a record in several pieces"
            raise self._error(place, wrong, "a whole record")
        if response.body.broken and not response.body.data:
            raise self._error(place, response.body.remarks[-1].rstrip("."), "a body that can be unpacked")
        word, remark = _digests(frame, response.raw)
        if word == "mismatch":
            yield self._notice(f"{place}: its digest is a mismatch: the bytes are not those that were captured.")
        if frame.remark:
            yield self._notice(f"{place}: {frame.remark}")
        try:
            yield self._captured(response, url, date, where, (frame.remark, remark, _partial(frame)))
        except LishuError as error:
            error.file, error.place = self.file, self._place(place)
            raise

    def _captured(self, response: Response, url: str, date: str, where: str, remarks: tuple[str, ...]) -> Captured:
        name = _name(url) or self.file
        came_from = f"{self.file}: {self._place(where)}"
        data = response.body.data
        about = About(url=url, captured=date, tool=self.tool)
        if response.kind == TEXT:
            from lishu_tui.library.texts import read_text

            text = read_text(data, name, markdown=False, came_from=came_from)
            captured = better(msgspec.structs.replace(text, format="warc"), about)
        else:
            from lishu_tui.library.pages import read_page

            captured = read_page(
                data, name, http_charset=response.charset, url=url, captured=date, format="warc", came_from=came_from,
            )  # fmt: skip
            captured = otherwise(captured, About(url=url, captured=date, tool=self.tool))
        captured = otherwise(captured, About(title=self.titles.get(url, "")))
        if response.stored is not data:
            captured = msgspec.structs.replace(captured, data=response.stored)
        return remarked(captured, *remarks, *response.body.remarks)

    def _response(self, frame: Frame) -> Response | None:
        """What was served, None for what is no page and no text, or was not served with success."""
        block = frame.block
        if frame.headers.get("warc-type", "").lower() == "resource":
            kind, charset = _media(frame.headers.get("content-type", ""))
            body = bodies.Body(block)
            payload = block
        else:
            end = HTTP_END.search(block, 0, HTTP_LIMIT)
            if not block.startswith(b"HTTP/") or end is None:
                return None  # a response of some other protocol
            status, http = headers(block[: end.end()])
            if not status.startswith("2"):
                return None
            kind, charset = _media(http.get("content-type", ""))
            payload = block[end.end() :]
            if kind not in (*PAGES, TEXT, *UNSAID):
                return None
            body = bodies.Body(b"")
            if not frame.large:
                body = bodies.undo(payload, http.get("transfer-encoding", ""), http.get("content-encoding", ""))
                body = _announced(body, payload, http)
        if NOTE.match(_url(frame)):
            return None
        if kind in (*UNSAID, TEXT) and MARKUP.match(body.data[:2000]):
            kind = PAGES[0]
        if kind not in (*PAGES, TEXT) or not (payload or frame.large):
            return None
        return Response(kind, charset, body, payload, payload if body.broken else body.data)

    def _note(self, frame: Frame) -> None:
        """Remembers a revisit, if it may be one of a page: what it was is often in its headers."""
        end = HTTP_END.search(frame.block, 0, HTTP_LIMIT)
        if end is not None and frame.block.startswith(b"HTTP/"):
            kind, _ = _media(headers(frame.block[: end.end()])[1].get("content-type", ""))
            if kind not in (*PAGES, TEXT, *UNSAID):
                return
        h, url = frame.headers, _url(frame)
        refers = h.get("warc-refers-to-target-uri", "").strip("<>")
        keys = [
            ("id", h.get("warc-refers-to", "")),
            ("uri", refers, h.get("warc-refers-to-date", "")),
            ("digest", h.get("warc-payload-digest", "").lower()),
            ("uri", refers),
        ]
        if "server-not-modified" in h.get("warc-profile", ""):
            keys.append(("uri", url))
        known = tuple(key for key in keys if all(key))
        self.revisits.append(Revisit(frame.number, url, _date(frame), known))

    def _remember(self, frame: Frame, number: int) -> None:
        h, url = frame.headers, _url(frame)
        for key in (
            ("id", h.get("warc-record-id", "")),
            ("uri", url, h.get("warc-date", "")),
            ("digest", h.get("warc-payload-digest", "").lower()),
            ("uri", url),
        ):
            if all(key):
                self.originals.setdefault(key, number)

    def _resolve(self) -> Iterator[Read]:
        """The documents of revisits: the archive is gone over again, for the originals that they name."""
        wanted: dict[int, list[Revisit]] = {}
        for revisit in self.revisits:
            found = [self.originals[key] for key in revisit.keys if key in self.originals]
            if not found:
                self.found += 1
                place = f"record {revisit.number}, {revisit.url}"
                yield self._error(place, "repeats a page that is not in this file", "the record that it refers to")
            elif found[0]:
                wanted.setdefault(found[0], []).append(revisit)
        if not wanted:
            return
        for frame in Frames(Unpacked(self.chunks())):
            if isinstance(frame, Fault):
                continue
            for revisit in wanted.pop(frame.number, ()):
                try:
                    yield from self._document(frame, revisit)
                except LishuError as error:
                    yield error
            if not wanted:
                return

    def _place(self, place: str) -> str:
        return ", ".join(part for part in (self.within, place) if part)

    def _error(self, place: str, wrong: str, expected: str) -> LishuError:
        return LishuError(self.file, self._place(place), wrong, expected)

    def _notice(self, text: str) -> Notice:
        return Notice(self.file, f"{self.within}: {text}" if self.within else text)


def is_warc(head: bytes) -> bool:
    """Whether these first bytes of a file are those of a web archive."""
    if not head.startswith(GZIP):
        return head.startswith(b"WARC/")
    start = next(iter(Unpacked([head])), None)
    return start is not None and start.startswith(b"WARC/")


def _digests(frame: Frame, payload: bytes) -> tuple[digests.Word, str]:
    """One word for the digests of a record, and a sentence with it."""
    block, stated = frame.headers.get("warc-block-digest"), frame.headers.get("warc-payload-digest")
    words = [digests.check(block, frame.block), digests.check(stated, payload)]
    if words[1] == "mismatch" and (whole := bodies.dechunked(payload)) is not None:
        words[1] = digests.check(stated, whole)  # some count the chunks as part of what was sent, some do not
    word = digests.together(*words)
    unknown = [d.partition(":")[0][:20] for d in (block, stated) if d and not digests.known(d)]
    if word == "not stated" and unknown:
        return word, f"The digest of the record: not stated in an algorithm that is known here ({unknown[0]})."
    return word, f"The digest of the record: {word}."


def _announced(body: bodies.Body, payload: bytes, http: dict[str, str]) -> bodies.Body:
    """Says so where fewer bytes came than the server announced."""
    said = http.get("content-length", "")
    if http.get("content-encoding") or http.get("transfer-encoding") or not said.isdecimal() or len(said) > 18:
        return body
    if int(said) <= len(payload):
        return body
    remark = f"The server announced {int(said):,} bytes, and {len(payload):,} were captured."
    return body._replace(remarks=(*body.remarks, remark))


def _partial(frame: Frame) -> str:
    """Says so where the page is less than there was."""
    if frame.block[:16].partition(b" ")[2].startswith(b"206"):
        return "The server sent a part of it only (206)."
    why = frame.headers.get("warc-truncated", "")
    return f"The record says that it is truncated ({why[:40]})." if why else ""


def _url(frame: Frame) -> str:
    url = frame.headers.get("warc-target-uri", "").strip()
    return url[1:-1] if url.startswith("<") and url.endswith(">") else url


def _date(frame: Frame) -> str:
    said = frame.headers.get("warc-date", "").strip()
    if DATE.fullmatch(said):
        return said
    if (match := DIGITS.fullmatch(said)) is not None:
        return "{}-{}-{}T{}:{}:{}Z".format(*match.groups())
    return ""


def _media(said: str) -> tuple[str, str | None]:
    """The media type, and the charset that is stated with it."""
    match = CHARSET.search(said)
    return said.partition(";")[0].strip().lower(), match[1] if match else None


def _software(block: bytes) -> str:
    match = re.search(rb"(?im)^software:[ \t]*([^\r\n]{1,200})", block[: 1 << 14])
    return match[1].decode("utf-8", "replace").strip() if match else ""


def _name(url: str) -> str:
    """What a page is called: the last part of its path, or its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return last or parts.netloc
