"""Other hurts that captures have and that have one safe cure; each a small step, off unless its own gate opens.

A step works on what the step before it left, and keeps its own emendations, so that each can be taken back by itself:
`unapply(step.text, step.emendations)` is the text before the step. A library for mojibake is not needed for what is
done here: only whole texts are decoded again, and only if every byte of them fits.
"""

from __future__ import annotations

import html
import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from lishu_tui.edition.texts import LARGE, Made
from lishu_tui.restore import gbk
from lishu_tui.restore.records import Change, Emendation

KINDS = ("mojibake", "line-end", "zero-width", "entity", "full-width")
CJK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
KANA = re.compile("[\u3041-\u30ff]")
HANZI = re.compile("[\u3400-\u9fff]")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|[`{}]|&&|html|HTML|代碼|代码|實體|实体")
HIDDEN = "\u200b\u2060\ufeff\u00ad"
ZERO_WIDTH = re.compile(f"[{HIDDEN}]+")
WIDE_RUN = re.compile("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．％]+")
NARROW = re.compile("[0-9A-Za-z]{2}")
UNASSIGNED = frozenset(range(0x80, 0xA0))
COMMON = frozenset(
    "的一是不了在人有我他這这中大來来上國国個个到說说們们為为子和你地出道也時时年得就那要下以生會会自着著去之過过家學学"
)
REASONS = {
    "mojibake": "The whole text is {was} that was read as {read}; every byte of it fits.",
    "line-end": "Line ends were mixed.",
    "zero-width": "A character without width between Chinese ones; it would break searches.",
    "entity": "A character reference of HTML was left in.",
    "full-width": "Digits and letters stood in their full-width forms throughout.",
}


class Step(NamedTuple):
    """One cure: its kind, the text after it, and its emendations in the text before it."""

    kind: str
    text: str
    emendations: tuple[Emendation, ...]


class LineEnds(Made[Emendation]):
    """The emendations of a large file's line ends, made when they are asked for: there is one in each line."""

    def __init__(self, text: str) -> None:
        self.text, self.size = text, text.count("\r")
        self._all: tuple[Emendation, ...] = ()

    def __len__(self) -> int:
        return self.size

    def make(self, index: int) -> Emendation:
        if not self._all:
            reason, found = _line_ends(self.text)
            self._all = _step("line-end", self.text, found, reason).emendations
        return self._all[index]


def mend(text: str) -> tuple[str, tuple[Step, ...]]:
    """The text with those of these hurts cured whose gates open, and the steps, in order. No step, no change."""
    steps: list[Step] = []
    for kind, find in FINDERS:
        if kind == "line-end" and len(text) >= LARGE and "\r" in text:
            ends = cast("tuple[Emendation, ...]", LineEnds(text))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            steps.append(Step(kind, text, ends))
            continue
        reason, found = find(text)
        if found:
            step = _step(kind, text, found, reason)
            steps.append(step)
            text = step.text
    return text, tuple(steps)


def _step(kind: str, text: str, found: list[Change], reason: str) -> Step:
    out: list[str] = []
    emendations: list[Emendation] = []
    at = length = 0
    for change in found:
        kept = text[at : change.start]
        out += (kept, change.stands)
        length += len(kept)
        emendations.append(
            Emendation(
                change.start,
                change.end,
                length,
                length + len(change.stands),
                change.stood,
                change.stands,
                kind,
                "certain",
                reason=reason,
            )
        )
        length += len(change.stands)
        at = change.end
    return Step(kind, "".join(out) + text[at:], tuple(emendations))


def _changes(pattern: re.Pattern[str], text: str, stands: Callable[[re.Match[str]], str]) -> Iterator[Change]:
    for match in pattern.finditer(text):
        new = stands(match)
        if new != match[0]:
            yield Change(match.start(), match.end(), match[0], new)


def _common(text: str) -> float:
    """The share of very common characters among the Chinese ones."""
    hanzi = HANZI.findall(text)
    return sum(c in COMMON for c in hanzi) / len(hanzi) if hanzi else 0.0


def _mojibake(text: str) -> tuple[str, list[Change]]:
    sample = text[:4000]
    if sum(not c.isascii() for c in sample) < 8 or KANA.search(sample[:200]):
        return "", []
    before = _common(sample)
    ways = (("GBK", "utf-8", _gbk_bytes), ("Windows-1252", "utf-8", _western_bytes))
    for read, was, data in (*ways, ("Windows-1252", "gb18030", _western_bytes)):
        if not _may_be(was, data(sample)):
            continue  # told by the beginning: all that a sound page of any length costs
        raw = data(text)
        if raw is None:
            continue
        try:
            fixed = raw.decode(was)
        except UnicodeDecodeError:
            continue
        after = _common(fixed[:4000])
        if len(HANZI.findall(fixed[:4000])) >= 4 and after > 0.06 and after > 4 * before and fixed != text:
            reason = REASONS["mojibake"].format(was={"utf-8": "UTF-8"}.get(was, "GB 18030"), read=read)
            return reason, [Change(0, len(text), text, fixed)]
    return "", []


def _may_be(encoding: str, begins: bytes | None) -> bool:
    """Whether bytes may be the beginning of a text in `encoding`."""
    try:
        return begins is not None and bool(getincrementaldecoder(encoding)().decode(begins))
    except UnicodeDecodeError:
        return False


def _gbk_bytes(text: str) -> bytes | None:
    if sum(map(gbk.is_hanzi, text[:200])) < 4:
        return None
    return gbk.encode_whole(text)


def _western_bytes(text: str) -> bytes | None:
    if HANZI.search(text[:4000]):
        return None
    out = bytearray()
    for character in text:
        if (ord(character) < 0x100 and not 0x80 <= ord(character) < 0xA0) or ord(character) in UNASSIGNED:
            out.append(ord(character))
        else:
            try:
                out += character.encode("cp1252")
            except UnicodeEncodeError:
                return None
    return bytes(out)


def _line_ends(text: str) -> tuple[str, list[Change]]:
    return REASONS["line-end"], list(_changes(re.compile("\r\n?"), text, lambda _: "\n")) if "\r" in text else []


def _zero_width(text: str) -> tuple[str, list[Change]]:
    if not any(c in text for c in HIDDEN):  # ten times as fast as the pattern, and hardly ever true
        return "", []
    beside = re.compile(f"[{CJK}]")

    def stands(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        near = [bool(beside.match(c)) for c in (before, after) if c and c != "\n"]
        return "" if near and all(near) else match[0]

    return REASONS["zero-width"], list(_changes(ZERO_WIDTH, text, stands))


def _entities(text: str) -> tuple[str, list[Change]]:
    found = ENTITY.findall(text) if "&" in text else []
    if len(found) < 3 or HANZI.search(text) is None or MARKUP.search(text):
        return "", []
    return REASONS["entity"], list(_changes(ENTITY, text, lambda m: html.unescape(m[0]).replace("\xa0", " ")))


def _full_width(text: str) -> tuple[str, list[Change]]:
    runs = WIDE_RUN.findall(text)
    if len(runs) < 3 or NARROW.search(text) or KANA.search(text):
        return "", []
    narrow = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return REASONS["full-width"], list(_changes(WIDE_RUN, text, lambda m: m[0].translate(narrow)))


FINDERS: tuple[tuple[str, Callable[[str], tuple[str, list[Change]]]], ...] = (
    ("mojibake", _mojibake),
    ("line-end", _line_ends),
    ("zero-width", _zero_width),
    ("entity", _entities),
    ("full-width", _full_width),
)
