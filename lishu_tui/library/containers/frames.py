"""A web archive cut into its records, whatever its lengths and its gzip say.

A record states its own length, and nothing in the file checks it: one that is too large swallows the records behind
it, and a file that is cut off ends as if it were whole. So the ends of records are looked at, and where they are not
where they should be the next record is looked for and what was amiss is said.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from lishu_tui.library.containers import digests
from lishu_tui.library.limits import RECORD_LIMIT

CHUNK = 1 << 16
HEAD_LIMIT = 1 << 16
WARC = b"WARC/"
GZIP = b"\x1f\x8b"
MEMBER = b"\x1f\x8b\x08"
START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
HEAD_END = re.compile(rb"\r?\n\r?\n")
NEXT = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[A-Za-z-]{1,40}:")
ENDS = re.compile(rb"(?:\r?\n){1,2}\Z")
BEHIND = re.compile(rb"\r?\n\r?\n|(?:\r?\n)?(?:\r?\Z|(?=WARC/))")
BLANKS = re.compile(rb"[\r\n]+")
MARKS = 100
"""So many bytes may the end of a record and the beginning of the next have, of those that are looked at."""
LENGTH = re.compile(r"\s*(\d{1,18})\s*")
LIES_HEARD = 10
"""Lengths that turned out wrong, after which no digest is asked about one: each costs as much as it pretends to be."""
BREAKS = 1000
"""Broken places in the gzip of one file, after which what is left of it is given up."""
SEEN = 1 << 14
"""How much of a record that is too large is shown, so that what it is can be told."""
Chunks = Iterable["bytes | None"]
"""Pieces of a stream; None is a hole in it, where something could not be unpacked."""


class Frame(NamedTuple):
    """A record: its number from 1, its headers by their lower-case names, its block. `remark` says what is wrong with
    the length that it states. Of one that is `large` the block is only its beginning."""

    number: int
    headers: dict[str, str]
    block: bytes
    remark: str = ""
    large: bool = False


class Fault(NamedTuple):
    """Something between records that is none, or a record that is broken."""

    number: int
    text: str


class Unpacked:
    """The bytes of a file or, if it is gzip, what they unpack to. Members are counted, and their ends looked at."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.raw = chunks
        self.members = 0
        """0 where the file is not gzip."""
        self.cut = False
        """Whether the last member has no end."""

    def __iter__(self) -> Iterator[bytes | None]:
        chunks = iter(self.raw)
        first = _at_least(len(GZIP), b"", chunks)
        if first.startswith(GZIP):
            yield from self._unpack(first, chunks)
        else:
            yield first
            yield from chunks

    def _unpack(self, data: bytes, chunks: Iterator[bytes]) -> Iterator[bytes | None]:
        member = None
        breaks = 0
        while data or (data := next(chunks, b"")):
            start = 0
            if member is None:
                data = data.lstrip(b"\0")  # padding
                if not data:
                    continue
                data = _at_least(len(MEMBER), data, chunks)
                if not data.startswith(MEMBER[: len(data)]):
                    yield None
                    data = _next_member(data, 0)
                    continue
                member, start = zlib.decompressobj(31), 1
                self.members += 1
            piece = data
            try:
                while data and not member.eof:
                    part = member.decompress(data, CHUNK)
                    if part:
                        yield part
                    data = member.unused_data if member.eof else member.unconsumed_tail
            except zlib.error:
                yield None
                breaks += 1
                if breaks > BREAKS:
                    break
                member, data = None, _next_member(piece, start)
            else:
                member = None if member.eof else member
        self.cut = member is not None


def _at_least(count: int, data: bytes, chunks: Iterator[bytes]) -> bytes:
    """The data with more from the stream, if there is more, where it is shorter than this."""
    while len(data) < count and (more := next(chunks, b"")):
        data += more
    return data


def _next_member(data: bytes, start: int) -> bytes:
    """What is from the next beginning of a member on; empty where there is none in this piece."""
    at = data.find(MEMBER, start)
    return data[at:] if at >= 0 else b""


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


class Frames:
    """Goes over the records of a stream once. Afterwards `count` says how many there were, an incomplete last one
    counted, and `incomplete` what is missing of that."""

    def __init__(self, chunks: Chunks) -> None:
        self.chunks = iter(chunks)
        self.buffer = bytearray()
        self.ended = False
        """Whether nothing can be added to the buffer: the stream is over, or there is a hole in it."""
        self.over = False
        self.lies = 0
        self.count = 0
        self.incomplete = ""

    def __iter__(self) -> Iterator[Frame | Fault]:
        while True:
            if not self._blanks():
                if self.over:
                    return
                self.ended = False
                yield Fault(self.count, "Behind it something is broken, and was passed over.")
                continue
            if not self._at_start():
                if self.over and WARC.startswith(bytes(self.buffer[: len(WARC)])) and len(self.buffer) < 12:
                    self.count += 1
                    self.incomplete = "its header"
                    return
                skipped = self._skip()
                yield Fault(self.count, f"Behind it {skipped:,} bytes belong to no record.")
                continue
            self.count += 1
            found = self._record()
            if found is not None:
                yield found

    def _record(self) -> Frame | Fault | None:
        """The record at the beginning of the buffer, which is taken out of it; None for the last, incomplete one."""
        end = self._head_end()
        if end is None:
            if self.ended:
                return self._broken("its header")
            del self.buffer[:4]
            return Fault(self.count, "Its header has no end.")
        _, found = headers(bytes(self.buffer[:end]))
        match = LENGTH.fullmatch(found.get("content-length", ""))
        del self.buffer[:end]
        if match is None:
            said = found.get("content-length")
            stated = "no length" if said is None else f"{said[:40]!r} for a length"
            return self._unmeasured(found, f"The record states {stated}")
        length = int(match[1])
        if length > RECORD_LIMIT:
            return self._large(found, length)
        return self._measured(found, length)

    def _measured(self, head: dict[str, str], length: int) -> Frame | Fault | None:
        self._need(length + 16)
        stated = f"The record states a length of {length:,} bytes"
        inner = _boundary(self.buffer, 0, min(length, len(self.buffer)))
        if len(self.buffer) < length:
            return self._broken("a part of it") if inner is None else self._cut(head, inner, stated)
        ends = BEHIND.match(self.buffer, length) is not None
        if inner is not None and (not ends or not self._is_whole(head, length)):
            # Where it ends as a record does, that may be the end of another one.
            return self._cut(head, inner, stated)
        if not ends and not self._is_whole(head, length):
            return self._unmeasured(head, stated)
        block = bytes(self.buffer[:length])
        if self.over and len(self.buffer) < length + 4 and bytes(self.buffer[length:]) != b"\n\n":
            self.incomplete = "the mark of its end"
        del self.buffer[:length]
        return Frame(self.count, head, block)

    def _is_whole(self, head: dict[str, str], length: int) -> bool:
        """Whether the digest of the block says that its length is right. Who lies often is not asked again."""
        if self.lies > LIES_HEARD:
            return False
        word = digests.check(head.get("warc-block-digest"), bytes(self.buffer[:length]))
        self.lies += word != "verified"
        return word == "verified"

    def _unmeasured(self, head: dict[str, str], stated: str) -> Frame | Fault | None:
        """A record that goes to where the next one begins."""
        if (found := self._next()) is not None:
            return self._cut(head, found, stated)
        if len(self.buffer) > RECORD_LIMIT:
            self._skip()
            return Fault(self.count, f"{stated}, and where it ends cannot be told.")
        block = bytes(self.buffer)
        self.buffer.clear()
        if not self.over:
            return self._broken("")
        return self._stating(head, _unended(block), stated)

    def _cut(self, head: dict[str, str], end: int, stated: str) -> Frame:
        block = bytes(self.buffer[:end])
        del self.buffer[:end]
        return self._stating(head, block, stated)

    def _stating(self, head: dict[str, str], block: bytes, stated: str) -> Frame:
        return Frame(self.count, head, block, f"{stated}, and {len(block):,} stand there.")

    def _large(self, head: dict[str, str], length: int) -> Frame | Fault | None:
        """One that states more than a record may have, which need not be so."""
        found = self._next()
        if found is not None and found < RECORD_LIMIT:
            return self._cut(head, found, f"The record states a length of {length:,} bytes")
        if self.ended:
            return self._broken("a part of it")
        block = bytes(self.buffer[:SEEN])
        went = self._skip()
        if self.over and went < length:
            self.incomplete = "a part of it"
        return Frame(self.count, head, block, f"The record is larger than {RECORD_LIMIT >> 20} MiB.", large=True)

    def _next(self) -> int | None:
        """Where this record ends because the next begins, if that is within what a record may have."""
        at = 0
        while (found := _boundary(self.buffer, at)) is None and not self.ended and len(self.buffer) <= RECORD_LIMIT:
            at = max(len(self.buffer) - MARKS, 0)
            self._fill()
        return found

    def _broken(self, what: str) -> Fault | None:
        """What is at the end of the stream, or before a hole, is not whole."""
        self.buffer.clear()
        if self.over:
            self.incomplete = what
            return None
        self.ended = False
        return Fault(self.count, "It is broken.")

    def _skip(self) -> int:
        """Throws away what is before the next record; how many bytes that was."""
        count = 0
        while True:
            end = _boundary(self.buffer)
            if end is not None:
                del self.buffer[:end]
                return count + end
            keep = 0 if self.ended else MARKS
            count += max(len(self.buffer) - keep, 0)
            del self.buffer[: max(len(self.buffer) - keep, 0)]
            if self.ended:
                return count
            self._fill()

    def _blanks(self) -> bool:
        """Whether there is something but line ends, which are taken away."""
        while True:
            self._need(1)
            blank = BLANKS.match(self.buffer)
            if blank is not None:
                del self.buffer[: blank.end()]
            if self.buffer:
                return True
            if self.ended:
                return False

    def _at_start(self) -> bool:
        self._need(16)
        return START.match(self.buffer) is not None

    def _head_end(self) -> int | None:
        at = 0
        while True:
            found = HEAD_END.search(self.buffer, at, HEAD_LIMIT)
            if found is not None:
                return found.end()
            if self.ended or len(self.buffer) > HEAD_LIMIT:
                return None
            at = max(len(self.buffer) - 4, 0)
            self._fill()

    def _need(self, count: int) -> None:
        while len(self.buffer) < count and not self.ended:
            self._fill()

    def _fill(self) -> None:
        try:
            chunk = next(self.chunks)
        except StopIteration:
            self.ended = self.over = True
            return
        if chunk is None:
            self.ended = True
        else:
            self.buffer += chunk


def _boundary(buffer: bytearray, start: int = 0, end: int | None = None) -> int | None:
    """Where one record ends and the next begins: before the line ends that stand between them."""
    at = start
    while (at := buffer.find(b"\nWARC/", at, end)) >= 0:
        at += 1
        if NEXT.match(buffer, at) is not None:
            before = ENDS.search(bytes(buffer[max(at - 4, start) : at]))
            return at if before is None else max(at - 4, start) + before.start()
    return None


def _unended(block: bytes) -> bytes:
    """Without the two line ends that are behind every record."""
    for end in (b"\r\n\r\n", b"\n\n"):
        if block.endswith(end):
            return block[: -len(end)]
    return block


def headers(head: bytes) -> tuple[str, dict[str, str]]:
    """The first line without its protocol, and the headers by their lower-case names. Of one that is there twice, the
    first."""
    from warcio.statusandheaders import StatusAndHeadersParser

    parsed = StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head))
    found: dict[str, str] = {}
    for name, value in parsed.headers:
        found.setdefault(name.lower(), value.strip())
    return parsed.statusline, found
