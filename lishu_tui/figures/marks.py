"""Quotation marks: which closes which, over one paragraph or several, and what to make of those without a partner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

CLOSERS = {"”": "“", "」": "「", "』": "『", "’": "‘", "〞": "〝", "﹂": "﹁", "﹄": "﹃"}
OPENERS = {o: c for c, o in CLOSERS.items()}
STRAIGHT = {'"', "＂", "'"}
_MARK = re.compile("[“”‘’「」『』〝〞﹁﹂﹃﹄\"＂']")
_BEFORE_OPENING = set("：:，,。！？；、（(—… \u3000") | {""}
LONGEST_UNOPENED = 300
"""So many characters before a closing mark without an opening one a colon is looked for."""
REACH = 12
"""Over how many paragraphs a quotation is followed that is not opened anew in each."""


class Quoted(NamedTuple):
    """What stands between a pair of marks in one paragraph: the words are `start` to `end`, `first` to `last` with the
    marks. `sound` is whether both marks stand there; `goes_on` whether it continues a quotation of the paragraph
    before."""

    paragraph: int
    first: int
    start: int
    end: int
    last: int
    sound: bool
    goes_on: bool


class _Open(NamedTuple):
    mark: str
    at: int
    """The place of the mark, -1 where the quotation was opened in a paragraph before."""
    inner: list[tuple[int, int]]


def quotations(paragraphs: Sequence[str]) -> list[Quoted]:
    """The outermost quotations, in order. A mark without a partner is noticed; it ends with its paragraph
    unless the next ones open or close it: so a quotation over several paragraphs is printed."""
    found: list[Quoted] = []
    carried: str | None = None
    for number in range(len(paragraphs)):
        carried = _paragraph(number, paragraphs, carried, found)
    return found


def _paragraph(number: int, paragraphs: Sequence[str], carried: str | None, found: list[Quoted]) -> str | None:
    """Add what paragraph `number` has; the mark of a quotation that is open at its end, None where none goes on."""
    text = paragraphs[number]
    stack: list[_Open] = []
    went_on = carried is not None
    if carried is not None:
        reopened = text.lstrip()[:1] == carried
        if not reopened:
            stack.append(_Open(carried, -1, []))
    done: list[tuple[int, int, int, int, bool]] = []
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark in ("'", "’", "‘") and _apostrophe(text, at, mark, stack):
            continue
        if mark in STRAIGHT:
            if stack and stack[-1].mark == mark:
                _close(stack, at, done)
            elif not any(o.mark == mark for o in stack) and not (mark == '"' and text[at - 1 : at].isdecimal()):
                stack.append(_Open(mark, at, []))
        elif mark in OPENERS:
            stack.append(_Open(mark, at, []))
        else:
            wanted = CLOSERS[mark]
            if any(o.mark == wanted for o in stack):
                while stack[-1].mark != wanted:
                    stack.pop()
                _close(stack, at, done)
            elif not stack:
                if at == 0 or text[at - 1] in "：:，, ":  # a closing mark typed for an opening one
                    stack.append(_Open(wanted, at, []))
                elif (start := _after_colon(text, at, done)) is not None:
                    done.append((start, start, at, at + 1, False))
                elif text[at - 1] in _BEFORE_OPENING:
                    stack.append(_Open(wanted, at, []))
    carry = None
    if stack:
        outer = stack[0]
        if outer.mark not in STRAIGHT and _continues(number, outer.mark, paragraphs):
            carry = outer.mark
            start = outer.at + 1
            done.append((max(outer.at, 0), start, len(text), len(text), True))
        else:
            inner = [pair for o in stack for pair in o.inner]
            end = min((a for a, _ in inner), default=len(text))
            end = min([end, *(o.at for o in stack[1:])])
            if outer.at >= 0 and outer.mark != "'":
                done.append((outer.at, outer.at + 1, end, end, False))
            done += [(a, a + 1, b, b + 1, True) for a, b in inner if outer.at < a]
    done.sort()
    for n, (first, start, end, last, sound) in enumerate(done):
        if end > start:
            found.append(
                Quoted(number, first, start, end, last, sound, went_on and n == 0 and not text[:first].strip())
            )
    return carry


def _close(stack: list[_Open], at: int, done: list[tuple[int, int, int, int, bool]]) -> None:
    opened = stack.pop()
    if stack:
        stack[-1].inner.append((opened.at, at))
    else:
        done.append((max(opened.at, 0), opened.at + 1, at, at + 1, True))


def _apostrophe(text: str, at: int, mark: str, stack: list[_Open]) -> bool:
    """Whether a single mark stands in or after a word of Latin letters, or is no quotation mark of Chinese at all."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isascii() and before.isalnum() and not any(o.mark in ("‘", "'") for o in stack):
        return True
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return True
    return mark == "'" and not any(o.mark == "'" for o in stack) and not after > "\u2e80"


def _after_colon(text: str, at: int, done: list[tuple[int, int, int, int, bool]]) -> int | None:
    """Where a quotation begins that only a closing mark tells of: after the colon before it."""
    low = max(done[-1][3] if done else 0, at - LONGEST_UNOPENED)
    colon = max(text.rfind("：", low, at), text.rfind(":", low, at))
    return colon + 1 if colon >= 0 else None


def _continues(number: int, mark: str, paragraphs: Sequence[str]) -> bool:
    """Whether the next paragraphs say that the quotation goes on: the next opens it anew at its head, or the first mark
    of its kind in them is one that closes it."""
    closer = OPENERS[mark]
    for n in range(number + 1, min(number + 1 + REACH, len(paragraphs))):
        text = paragraphs[n]
        opens, closes = text.find(mark), text.find(closer)
        if closes >= 0 and (opens < 0 or closes < opens):
            return True
        if opens >= 0:
            return n == number + 1 and not text[:opens].strip()
    return False
