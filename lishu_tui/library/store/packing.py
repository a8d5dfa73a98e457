"""An edition as the bytes that are stored of it, and back, without loss."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any, cast

import msgspec

from lishu_tui.edition import READINGS, Edition, LishuError, Reading
from lishu_tui.edition.model import numbering
from lishu_tui.edition.texts import Later, Texts
from lishu_tui.edition.texts import plain as in_full
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.store.entries import Entry, entry_of, now, whole

MOST, LEAST, TIMES = 512 << 20, 16 << 20, 400
"""Bytes of an edition unpacked: at most MOST; as much as LEAST; between them so many times its capture. All of it far
beyond what our own readers make of a capture."""
LEVEL = 6
PIECE, GROWTH = 64 << 10, 4 << 20
"""Bytes unpacked at a time, before and after."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is written, made ready where there is time for it. `entry` has no number yet."""

    entry: Entry
    size: int
    capture: bytes
    edition: bytes
    paragraphs: tuple[str, ...]

    def called(self, id: str) -> Prepared:
        """The same document by another id."""
        edition = msgspec.structs.replace(unpack(self.edition, b"", MOST), id=id)
        entry = self.entry._replace(id=id)
        return msgspec.structs.replace(self, entry=entry, edition=pack(edition, MOST))


def prepare(edition: Edition, imported: str = "") -> Prepared:
    """An edition made ready to be written, as imported now or at that time (ISO 8601, with its offset). Raises
    LishuError where it is too large, or of another capture than it says."""
    if len(edition.capture) > FILE_LIMIT:
        raise LishuError(edition.id, "", "the capture is too large", f"at most {FILE_LIMIT >> 20} MiB")
    sha256 = digest(edition.capture)
    if edition.source.sha256 not in ("", sha256):
        raise LishuError(edition.id, "sha256", "is not that of the capture", sha256)
    return Prepared(
        entry=entry_of(edition, sha256, imported or now()),
        size=len(edition.capture),
        capture=zlib.compress(edition.capture, LEVEL),
        edition=pack(edition, limit(edition.capture)),
        paragraphs=tuple(map(whole, edition.readings["restored"])),
    )


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """An edition without its capture, and which of its readings are, to the letter, the restored one."""

    edition: Edition
    same: tuple[Reading, ...] = ()
    joined: dict[Reading, str] = {}
    """Readings of a large document, the paragraphs joined by line ends: it is read ten times as fast so. Its paragraphs
    are left out too, for the sections say where they are."""
    apart: dict[Reading, bytes] = {}
    """The same, each packed by itself, of readings that are read once somebody looks at them."""


def pack(edition: Edition, most: int) -> bytes:
    """The edition without its capture, packed. Half a surrogate pair, which no encoding has, becomes �. Raises
    LishuError where it is more than so many bytes."""
    restored = edition.readings.get("restored")
    same = tuple(
        r for r in READINGS if r != "restored" and restored is not None and edition.readings.get(r) == restored
    )
    kept = {name: text for name, text in edition.readings.items() if name not in same}
    captureless = msgspec.structs.replace(edition, capture=b"")
    try:
        if isinstance(restored, Texts):
            bare = msgspec.structs.replace(captureless, readings={}, paragraphs=())
            apart = {name: "\n".join(texts).encode() for name, texts in kept.items() if name != "restored"}
            size = sum(map(len, apart.values()))
            packed = Packed(
                edition=bare,
                same=same,
                joined={"restored": "\n".join(restored)},
                apart={name: zlib.compress(text, LEVEL) for name, text in apart.items()},
            )
        else:
            size = 0
            packed = Packed(edition=msgspec.structs.replace(captureless, readings=kept), same=same)
        data = msgspec.msgpack.encode(packed, enc_hook=in_full)
    except UnicodeEncodeError:
        return pack(msgspec.convert(_whole(msgspec.to_builtins(captureless, enc_hook=in_full)), Edition), most)
    except OverflowError:  # a number beyond 64 bits, which only JSON can say; its first byte tells them apart
        data = msgspec.json.encode(packed, enc_hook=in_full)
        if msgspec.json.decode(data, type=Packed) != packed:  # which in turn has no infinity
            raise LishuError(edition.id, "", "holds numbers that cannot be kept", "finite ones") from None
    if len(data) + size > most:
        raise LishuError(edition.id, "", "is too large for its capture", f"at most {most:,} bytes")
    return zlib.compress(data, LEVEL)


def limit(capture: bytes) -> int:
    """Bytes that an edition of this capture may have."""
    return min(MOST, LEAST + TIMES * len(capture))


def unpack(data: bytes, capture: bytes, most: int) -> Edition:
    """The edition of these bytes, unpacked no more than `most`. Raises ValueError where they are none."""
    try:
        plain = _inflated(data, most)
        decode = msgspec.json.decode if plain[:1] == b"{" else msgspec.msgpack.decode
        packed = decode(plain, type=Packed)
    except (msgspec.MsgspecError, RecursionError, TypeError, OverflowError) as error:
        raise ValueError(str(error)) from None
    readings = dict(packed.edition.readings)
    paragraphs = packed.edition.paragraphs
    if packed.joined:
        readings |= {name: cast("tuple[str, ...]", Texts.split(text)) for name, text in packed.joined.items()}
        paragraphs = numbering(packed.edition.sections, max(map(len, readings.values())))
        readings |= {name: cast("tuple[str, ...]", _later(text, most)) for name, text in packed.apart.items()}
    readings.update((name, readings["restored"]) for name in packed.same if "restored" in readings)
    return msgspec.structs.replace(packed.edition, capture=capture, readings=readings, paragraphs=paragraphs)


def _later(data: bytes, most: int) -> Later:
    """A reading packed by itself. Its digest is that of the edition that it is in: what is read is what was stored."""
    return Later(lambda: inflate(data, most).decode())


def inflate(data: bytes, limit: int) -> bytes:
    """What was compressed. Raises ValueError where that cannot be told whole, or is larger than `limit`."""
    return bytes(_inflated(data, limit))


def _inflated(data: bytes, limit: int) -> bytearray:
    """The same in an array that has grown with it: at no time is there a second one of its size."""
    machine, found = zlib.decompressobj(), bytearray()
    at = 0
    try:
        while not machine.eof and len(found) <= limit:
            rest = machine.unconsumed_tail
            if not rest:
                rest, at = data[at : at + PIECE], at + PIECE
            piece = machine.decompress(rest, GROWTH)
            if not piece and not rest:
                break
            found += piece
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not machine.eof or machine.unused_data or at < len(data) or len(found) > limit:
        raise ValueError("the compressed data are cut off, or go on where they should end")
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list | tuple) else value
