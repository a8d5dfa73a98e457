"""The body of an HTTP response as the page that it is: chunks put together, compression undone where we can."""

from __future__ import annotations

import io
import re
import zlib
from typing import NamedTuple

from lishu_tui.library.limits import RECORD_LIMIT

CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
PIECE = 1 << 14
TEXT_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}[<\[{A-Za-z]")


class Body(NamedTuple):
    """`data` is what could be undone, all of it unless `broken`: then it may be empty, and `remarks` say why."""

    data: bytes
    broken: bool = False
    remarks: tuple[str, ...] = ()


class _StopError(Exception):
    """What was undone before it broke, and why it did."""

    def __init__(self, data: bytes, why: str) -> None:
        super().__init__(why)
        self.data, self.why = data, why


class _TooLargeError(_StopError):
    def __init__(self) -> None:
        super().__init__(b"", f"The body is larger than {RECORD_LIMIT >> 20} MiB with its compression undone.")


def undo(body: bytes, transfer: str, content: str) -> Body:
    """The body without its Transfer-Encoding and Content-Encoding (the values of these headers, or empty).

    What a header announces and the body is not, was undone by whoever saved it: it is taken as it stands.
    """
    remarks: list[str] = []
    broken = False
    steps = [step.strip().lower() for step in f"{content},{transfer}".split(",")]
    for step in reversed([s for s in steps if s not in ("", "identity", "none", "utf-8", "aws-chunked")]):
        try:
            if _is_plain(body, step):
                remarks.append(f"The header says {step}; the body is not, and was taken as it stands.")
            elif body:
                body = _undone(body, step)
        except _StopError as stop:
            # What is inside a broken layer is still undone, as far as it goes.
            body, broken = stop.data, True
            remarks.append(stop.why)
            if not body:
                break
    return Body(body, broken, tuple(remarks))


def dechunked(body: bytes) -> bytes | None:
    """The body with its chunks put together, None where they are not whole."""
    try:
        return _dechunk(body)
    except _StopError:
        return None


def _is_plain(body: bytes, step: str) -> bool:
    if step == "chunked":
        return CHUNK.match(body) is None
    if step in ("gzip", "x-gzip"):
        return not body.startswith(b"\x1f\x8b")
    if step == "zstd":
        return not body.startswith(b"\x28\xb5\x2f\xfd")
    if step in ("deflate", "br"):
        head = body[:PIECE]
        return TEXT_START.match(head) is not None and b"\0" not in head and _is_utf8(head)
    return False


def _is_utf8(head: bytes) -> bool:
    return head.decode("utf-8", "replace").count("\ufffd") * 50 <= len(head)


def _undone(body: bytes, step: str) -> bytes:
    if step == "chunked":
        return _dechunk(body)
    if step in ("gzip", "x-gzip"):
        return _inflate(body, "gzip", 31)
    if step == "deflate":
        try:
            return _inflate(body, step, 15)
        except _StopError as stop:
            if stop.data or isinstance(stop, _TooLargeError):
                raise
            return _inflate(body, step, -15)
    if step == "br":
        return _brotli(body)
    if step == "zstd":
        return _zstd(body)
    raise _StopError(b"", f"The body is encoded as {step[:40]}, which is not known here.")


def _dechunk(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        match = CHUNK.match(body, at)
        if match is None:
            raise _StopError(b"".join(parts), "The chunks of the body are broken: what stands before is here.")
        size, start = int(match[1], 16), match.end()
        if size == 0:
            return b"".join(parts)
        part = body[start : start + size]
        parts.append(part)
        at = start + size
        if len(part) < size:
            raise _StopError(b"".join(parts), "The last chunk of the body is incomplete.")
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)


def _inflate(body: bytes, step: str, window: int) -> bytes:
    out: list[bytes] = []
    room = RECORD_LIMIT
    rest = body
    while rest:
        one = zlib.decompressobj(window)
        while rest and not one.eof:
            try:
                part = one.decompress(rest, PIECE)
            except zlib.error:
                raise _StopError(b"".join(out), _why(step, "broken")) from None
            out.append(part)
            room -= len(part)
            if room < 0:
                raise _TooLargeError
            rest = one.unused_data if one.eof else one.unconsumed_tail
        if not one.eof:
            raise _StopError(b"".join([*out, one.flush()]), _why(step, "cut off"))
        if window != 31 or not rest.startswith(b"\x1f\x8b"):
            break  # what is behind the last member is padding
    return b"".join(out)


def _brotli(body: bytes) -> bytes:
    try:
        import brotli
    except ImportError:
        raise _StopError(b"", "The body is compressed with br: install lishu-tui[archives] to read it.") from None
    out: list[bytes] = []
    room = RECORD_LIMIT
    machine = brotli.Decompressor()
    rest = body
    try:
        while not machine.is_finished():
            part = machine.process(rest, output_buffer_limit=PIECE)
            rest = b""
            out.append(part)
            room -= len(part)
            if room < 0:
                raise _TooLargeError
            if not part and machine.can_accept_more_data():
                raise _StopError(b"".join(out), _why("br", "cut off"))
    except (brotli.error, TypeError):
        raise _StopError(b"".join(out), _why("br", "broken")) from None
    return b"".join(out)


def _zstd(body: bytes) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise _StopError(b"", "The body is compressed with zstd: install lishu-tui[archives] to read it.") from None
    out: list[bytes] = []
    room = RECORD_LIMIT
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=RECORD_LIMIT).stream_reader(
            io.BytesIO(body), read_across_frames=True
        )
        while part := reader.read(PIECE):
            out.append(part)
            room -= len(part)
            if room < 0:
                raise _TooLargeError
        # That it is cut off only the other way of reading it says, which knows no bounds, so it comes second.
        whole = zstandard.ZstdDecompressor(max_window_size=RECORD_LIMIT).decompressobj()
        whole.decompress(body)
    except zstandard.ZstdError:
        raise _StopError(b"".join(out), _why("zstd", "broken")) from None
    if not whole.eof:
        raise _StopError(b"".join(out), _why("zstd", "cut off"))
    return b"".join(out)


def _why(step: str, what: str) -> str:
    return f"The {step} of the body is {what}: what stands before is here."
