"""GBK as the damaged pages were written in it: bytes, pairs, what no decoder shows, and decoding with its losses.

The tables come from Python's own `gbk` codec, which agrees with code page 936 except for 80 (the euro sign there) and
the user-defined areas; both are added here. A lone byte never stands for itself: one `?` swallows what it read.
"""

from __future__ import annotations

from functools import cache

PRIVATE_FIRST = 0xE000
LEADS = range(0x81, 0xFF)
EURO = 0x80
LOST = "?"


def _private_index(lead: int, trail: int) -> int | None:
    """Where a pair of the two large user-defined areas stands among the private-use characters, else None."""
    if not 0xA1 <= trail <= 0xFE:
        return None
    if 0xAA <= lead <= 0xAF:
        return (lead - 0xAA) * 94 + trail - 0xA1
    if 0xF8 <= lead <= 0xFE:
        return (lead - 0xF8 + 6) * 94 + trail - 0xA1
    return None


@cache
def _tables() -> tuple[dict[int, str], dict[str, bytes]]:
    """Every pair as (lead << 8 | trail) -> character, and every character -> its bytes."""
    pairs: dict[int, str] = {}
    characters: dict[str, bytes] = {chr(code): bytes([code]) for code in range(0x80)}
    characters["€"] = bytes([EURO])
    for lead in LEADS:
        for trail in range(0x40, 0xFF):
            index = _private_index(lead, trail)
            if index is None:
                try:
                    character = bytes([lead, trail]).decode("gbk")
                except UnicodeDecodeError:
                    continue
            else:
                character = chr(PRIVATE_FIRST + index)
            pairs[lead << 8 | trail] = character
            characters.setdefault(character, bytes([lead, trail]))
    return pairs, characters


def pair(lead: int, trail: int) -> str | None:
    """The character that two bytes make, None where they make none."""
    return _tables()[0].get(lead << 8 | trail)


def code(character: str) -> bytes | None:
    """The one or two bytes of a character, None where GBK has none."""
    return _tables()[1].get(character)


def is_private(character: str) -> bool:
    """Whether a character is one of those that vanish from the capture without a sign."""
    return "\ue000" <= character <= "\uf8ff"


def is_hanzi(character: str) -> bool:
    """Whether a character is a Chinese character of the basic block, which is all that GBK has (but for a few)."""
    return "\u3400" <= character <= "\u9fff"


def encode(text: str) -> tuple[bytes, list[str]]:
    """The bytes of a text, and the characters that GBK does not have, each of which became the byte FF.

    FF is in no GBK text, so `decode(*encode(text)) == text` for every text without characters that cannot pair.
    """
    table = _tables()[1]
    foreign: list[str] = []
    out = bytearray()
    for character in text:
        known = table.get(character)
        if known is None:
            foreign.append(character)
            out.append(0xFF)
        else:
            out += known
    return bytes(out), foreign


def encode_whole(text: str) -> bytes | None:
    """The bytes of a text, None where GBK does not have all of it. Python's codec says the same as our tables, but for
    the euro sign and what is private; they take time to make."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError as error:
        if not is_private(text[error.start]) and text[error.start] != "€":
            return None
    raw, foreign = encode(text)
    return None if foreign else raw


def decode(data: bytes, foreign: list[str]) -> str:
    """The text that a decoder with losses makes of bytes: an impossible pair is one `?` and both bytes are gone.

    `foreign` holds what each byte FF in the data stands for, in order; FF is never taken for a trail byte.
    """
    pairs = _tables()[0]
    out: list[str] = []
    strangers = iter(foreign)
    at, length = 0, len(data)
    while at < length:
        byte = data[at]
        if byte < 0x80:
            out.append(chr(byte))
            at += 1
        elif byte == EURO:
            out.append("€")
            at += 1
        elif byte == 0xFF:
            out.append(next(strangers, LOST))
            at += 1
        elif at + 1 == length or data[at + 1] == 0xFF:
            out.append(LOST)
            at += 1
        else:
            out.append(pairs.get(byte << 8 | data[at + 1], LOST))
            at += 2
    return "".join(out)


@cache
def by_lead(lead: int) -> tuple[str, ...]:
    """Every character of GBK whose first byte is `lead`, private ones left out."""
    found = (pair(lead, trail) for trail in range(0x40, 0xFF))
    return tuple(character for character in found if character and not is_private(character))


@cache
def by_trail(trail: int) -> tuple[str, ...]:
    """Every character of GBK whose second byte is `trail`, private ones left out."""
    found = (pair(lead, trail) for lead in LEADS)
    return tuple(character for character in found if character and not is_private(character))
