"""Bytes to text: by the byte order mark, by what the file declares of itself, or by how common the characters are.

Labels are those of the WHATWG encoding standard, so that gb2312 and gbk mean gb18030 and big5 has the Hong Kong
characters. That a decoder finds no error says little (Big5 decodes as gb18030), so candidates are weighed by the
characters that they give.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from lishu_tui.library import common

FoundBy = Literal["bom", "declared", "judged"]
HEAD = 1024
"""How far a declaration is looked for, in bytes."""
SAMPLE = 1 << 16
"""How much of a file is weighed, in bytes, from the first that is not ASCII."""
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})"""
    rb"""|\bcharset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE
)  # fmt: skip
LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "gb18030": "gb18030 gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk cp936 ms936",
    "big5": "big5 big5-hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950 ms950",
    "utf-16-le": "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff",
    "utf-16-be": "utf-16be unicodefffe",
    "hz": "hz-gb-2312 hz",
    "shift_jis": "shift_jis shift-jis sjis ms_kanji windows-31j x-sjis csshiftjis ms932",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "euc_kr": "euc-kr korean ks_c_5601-1987 windows-949 cseuckr ksc5601",
    "cp1252": "windows-1252 iso-8859-1 iso8859-1 latin1 ascii us-ascii cp1252 x-cp1252",
}
REPLACEMENT = "\ufffd"
BY_LABEL = {label: encoding for encoding, labels in LABELS.items() for label in labels.split()}
NOT_TEXT = re.compile(b"[\x00\x80-\xff]")
SURROGATE = re.compile("[\ud800-\udfff]")
HANZI = re.compile("[\u4e00-\u9fff]")
PAIR = re.compile("[\x80-\u07ff]{2}")
LONGER = re.compile("[^\x00-\u07ff]")
CHANCE = 8
"""In so many bytes of longer characters no other encoding is well-formed UTF-8 by accident; 统一 in GBK is: ͳһ."""
GOOD = 1.0
"""What Chinese text weighs at least. UTF-16 without a mark must weigh that, for any bytes decode as it."""
WELL_FORMED = 2.0
"""What UTF-8 weighs at least if it is beyond ASCII and without error, in whatever language."""
BAD = -5.0


class Decoded(NamedTuple):
    """`encoding` is what decoded the bytes, `found_by` how it was found, `declared` the label that the file gives
    itself: used if `found_by` is "declared"; else it lost. `replaced` is how many U+FFFD stand for what could not be
    decoded, one for each byte (in UTF-16 one for half of a pair). A byte order mark is not part of the text."""

    text: str
    encoding: str
    found_by: FoundBy
    replaced: int
    declared: str | None = None


def decode(data: bytes, name: str = "", labels: Sequence[str] | None = None) -> Decoded:
    """The text that these bytes are. Raises nothing, and no byte is left out.

    A declaration counts unless the bytes speak against it: they are UTF-8 beyond chance, or they do not decode as it
    says and do as something else, or it says Latin-1, as servers do of everything, and they are Chinese. `name`, the
    name of the file, is not used. `labels` are the declarations where the caller knows them, the strongest first: of
    several, a weaker one counts where the bytes are as it says and not as a stronger one does.
    """
    if labels is None:
        labels = [label] if (label := declared(data)) else []
    elif len(labels) > 1:
        return _first_that_fits(data, labels)
    label = labels[0] if labels else None
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text, replaced = _decode(data[len(mark) :], encoding)
            return Decoded(text, encoding, "bom", replaced, label)
    said = BY_LABEL.get((label or "").lower())
    if said in ("utf-16-le", "utf-16-be"):
        said = "utf-8"  # it could be read in single bytes, so it is not UTF-16
    unicode = _utf8(data)
    if unicode is not None and (unicode.isascii() or said == "utf-8" or _beyond_chance(unicode, data, said)):
        return Decoded(unicode, "utf-8", "declared" if said == "utf-8" else "judged", 0, label)
    judged, weight = _judge(data)
    if said is not None:
        text, replaced = _decode(data, said)
        better = judged.replaced < replaced or (said == "cp1252" and weight >= GOOD)
        if judged.replaced or not better:
            return Decoded(text, said, "declared", replaced, label)
    return judged._replace(declared=label)


def _first_that_fits(data: bytes, labels: Sequence[str]) -> Decoded:
    """Decoded by the strongest of several declarations that the bytes do not speak against."""
    first = None
    for label in labels:
        found = decode(data, labels=(label,))
        first = first or found
        if found.found_by != "judged":
            return found
    assert first is not None
    return first


def declared(data: bytes) -> str | None:
    """The label that a file gives itself near its beginning, None where it gives none."""
    match = DECLARED.search(data[:HEAD])
    return (match[1] or match[2]).decode("ascii") if match else None


def _utf8(data: bytes) -> str | None:
    """The text if the bytes are UTF-8 and nothing speaks for an encoding that is ASCII in its bytes, else None."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text or (text.isascii() and _like_hz(data)) else text


def _like_hz(data: bytes) -> bool:
    return 0 <= data.find(b"~{") < data.rfind(b"~}")


def _beyond_chance(text: str, data: bytes, said: str | None) -> bool:
    """Whether well-formed UTF-8 cannot be something else: there is much of it or, where nothing else is declared, it is
    not only pairs of bytes of which two stand together."""
    if len(data) - len(text) >= CHANCE:
        return True
    return said is None and (PAIR.search(text) is None or LONGER.search(text) is not None)


def _judge(data: bytes) -> tuple[Decoded, float]:
    """The likeliest decoding, and what its sample weighs."""
    if data.isascii() and _like_hz(data):
        try:
            text = data.decode("hz")
        except UnicodeDecodeError:
            pass
        else:
            if (weight := weigh(text[:SAMPLE])) >= GOOD and HANZI.search(text):
                return Decoded(text, "hz", "judged", 0), weight
    first = NOT_TEXT.search(data)
    start = first.start() & ~1 if first else 0
    sample = data[start : start + SAMPLE]
    unicode, missed = _decode(sample, "utf-8")
    best, weight = "utf-8", weigh(unicode)
    if not missed and not unicode.isascii():
        weight = max(weight, WELL_FORMED)
    single = data.isascii() and data.count(0) * 3 < len(data)  # a NUL here and there does not make it UTF-16
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be")[: 0 if single else 4]:
        found = weigh(_decode(sample, encoding)[0])
        if found > weight and (found >= GOOD or not encoding.startswith("utf-16")):
            best, weight = encoding, found
    text, replaced = _decode(data, best)
    return Decoded(text, best, "judged", replaced), weight


def _decode(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, and how many U+FFFD stand for what could not be decoded."""
    if encoding.startswith("utf-16"):
        text, replaced = SURROGATE.subn(REPLACEMENT, data[: len(data) & ~1].decode(encoding, "surrogatepass"))
        odd = len(data) & 1
        return text + REPLACEMENT * odd, replaced + odd
    if encoding == "hz":
        text = data.decode("hz", "replace")
        return text, text.count(REPLACEMENT)
    if encoding == "big5":
        hong_kong, missed = _decode(data, "big5hkscs")
        if not missed:
            return hong_kong, 0
        taiwan, missed_too = _decode(data, "cp950")
        return (taiwan, missed_too) if missed_too < missed else (hong_kong, missed)
    # Escaping leaves a mark for each byte and goes on with the next one; what is ASCII stays.
    text = data.decode(encoding, "surrogateescape")
    if encoding == "gb18030":
        text = text.replace("\udc80", "€")
    elif encoding == "cp1252":
        text = SURROGATE.sub(lambda m: chr(ord(m[0]) - 0xDC00), text)
    return SURROGATE.subn(REPLACEMENT, text)


def weigh(text: str) -> float:
    """How much this looks like Chinese text: the average of its characters, those of ASCII that are text left out."""
    weights = _weights()
    total, count = 0.0, 0
    for character, times in Counter(text).items():
        weight = weights.get(character)
        if weight is None:
            weight = _weight(ord(character))
        if weight is not ASCII_TEXT:
            total += weight * times
            count += times
    return total / count if count else 3.0 * bool(text)


ASCII_TEXT = float("nan")


@cache
def _weights() -> dict[str, float]:
    weights = {chr(code): ASCII_TEXT for code in (9, 10, 12, 13, *range(32, 127))}
    for characters, weight in ((common.THIRD, 1.0), (common.SECOND, 2.0), (common.MARKS, 2.0), (common.FIRST, 3.0)):
        weights |= dict.fromkeys(characters, weight)
    return weights


def _weight(code: int) -> float:
    if code < 0xA0:
        return -3.0
    if code == 0xFFFD:
        return BAD
    if 0x4E00 <= code <= 0x9FFF or code < 0x0250 or 0x2000 <= code <= 0x206F:
        return 0.0
    if 0x3041 <= code <= 0x30FF or 0xFF01 <= code <= 0xFF5E:
        return 1.0
    return -1.0 if 0x3400 <= code <= 0x4DBF or code >= 0x20000 else -2.0
