"""Digests as archives state them, `sha1:BASE32` or `sha256:hex`, checked against the bytes.

The reader of WARC records that we use folds a wrong digest and an unknown algorithm into one answer, and fails on a
value that is malformed. Here they are three words.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from typing import Literal

Word = Literal["verified", "mismatch", "not stated"]
KNOWN = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


def check(stated: str | None, data: bytes) -> Word:
    """Whether the bytes have the digest that is stated; one in an algorithm that we do not know tells us nothing."""
    algorithm, value = _parts(stated)
    return "not stated" if algorithm is None else compare(value, hashlib.new(algorithm, data).digest())


def compare(value: str, digest: bytes) -> Word:
    """Whether this is the digest, in hexadecimal, base 32 or base 64 (of both alphabets)."""
    return "verified" if digest in _spelt(value, len(digest)) else "mismatch"


def known(stated: str | None) -> bool:
    return _parts(stated)[0] is not None


def together(*words: Word) -> Word:
    """One word for several digests of the same thing."""
    if "mismatch" in words:
        return "mismatch"
    return "verified" if "verified" in words else "not stated"


def _parts(stated: str | None) -> tuple[str | None, str]:
    algorithm, colon, value = (stated or "").strip().partition(":")
    algorithm = algorithm.lower().replace("-", "")
    return (algorithm if colon and algorithm in KNOWN else None), value.strip()


def _spelt(value: str, size: int) -> list[bytes]:
    """The digests of this size that the value can mean."""
    found = []
    if len(value) == 2 * size:
        found.append(_or_nothing(bytes.fromhex, value))
    bare = value.rstrip("=")
    if len(bare) == -(-size * 8 // 5):
        found.append(_or_nothing(base64.b32decode, bare.upper() + "=" * (-len(bare) % 8)))
    if len(bare) == -(-size * 4 // 3):
        found.append(_or_nothing(base64.urlsafe_b64decode, bare.translate(STANDARD) + "=" * (-len(bare) % 4)))
    return found


STANDARD = str.maketrans("+/", "-_")


def _or_nothing(decode: Callable[[str], bytes], value: str) -> bytes:
    try:
        return decode(value)
    except (ValueError, binascii.Error):
        return b""
