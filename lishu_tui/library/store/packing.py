"""An edition as the bytes that are stored of it, and back, without loss."""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Any

import msgspec

from lishu_tui.edition import READINGS, Edition, Reading

EDITION_LIMIT = 512 * 1024 * 1024
"""Bytes of an edition unpacked: far beyond what the largest capture gives."""
LEVEL = 6
_HALF = re.compile("[\ud800-\udfff]")


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """An edition without its capture, and which of its readings are, to the letter, the restored one."""

    edition: Edition
    same: tuple[Reading, ...] = ()


def pack(edition: Edition) -> bytes:
    """The edition without its capture, packed. Half a surrogate pair, which no encoding has, becomes �."""
    restored = edition.readings.get("restored")
    same = tuple(
        r for r in READINGS if r != "restored" and restored is not None and edition.readings.get(r) == restored
    )
    kept = {name: text for name, text in edition.readings.items() if name not in same}
    packed = Packed(edition=msgspec.structs.replace(edition, capture=b"", readings=kept), same=same)
    try:
        data = msgspec.msgpack.encode(packed)
    except UnicodeEncodeError:
        data = msgspec.msgpack.encode(_whole(msgspec.to_builtins(packed)))
    return zlib.compress(data, LEVEL)


def unpack(data: bytes, capture: bytes) -> Edition:
    """The edition of these bytes. Raises ValueError where they are none."""
    try:
        packed = msgspec.msgpack.decode(inflate(data, EDITION_LIMIT), type=Packed)
    except (msgspec.MsgspecError, RecursionError, TypeError, OverflowError) as error:
        raise ValueError(str(error)) from None
    readings = dict(packed.edition.readings)
    readings.update((name, readings["restored"]) for name in packed.same if "restored" in readings)
    return msgspec.structs.replace(packed.edition, capture=capture, readings=readings)


def deflate(capture: bytes) -> bytes:
    return zlib.compress(capture, LEVEL)


def inflate(data: bytes, limit: int) -> bytes:
    """What was compressed. Raises ValueError where that cannot be told whole, or is larger than `limit`."""
    machine = zlib.decompressobj()
    try:
        found = machine.decompress(data, limit + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not machine.eof or machine.unused_data or len(found) > limit:
        raise ValueError("the compressed data are cut off, or go on where they should end")
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list | tuple) else value
