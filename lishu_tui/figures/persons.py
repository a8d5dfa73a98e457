"""Who is meant by a subject that is no pronoun: with the office, and by the whole name where the text gives it."""

from __future__ import annotations

import re

from lishu_tui.edition import Span
from lishu_tui.figures.folding import simple
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import Page, Speech, Who
from lishu_tui.figures.speakers import Subject


def who_is(page: Page, paragraph: int, found: Subject) -> Who:
    """Who is meant by what is no pronoun: with the office, and by the whole name where the text gives it."""
    text = page.text[paragraph]
    name = page.plain[paragraph][found.start : found.end]
    at = Span(paragraph, found.start, found.end)
    role = text[slice(*found.office)] if found.office else None
    if found.kind == "name" and (whole := page.short.get(name)) is not None:
        return Who(page.written.get(whole, whole), page.offices.get(whole) or role, at, "name")
    voice = found.kind == "name" and name in page.voices and name not in page.known
    if found.kind == "name":
        if not voice:
            page.known.add(name)
        if role:
            page.offices.setdefault(name, role)
        role = role or page.offices.get(name)
    if found.kind == "titled" and (full := _full(page, name)) is not None:
        return Who(full[0], full[1] or role, at, "name")
    start = found.start
    many = _HOW_MANY.match(page.plain[paragraph], start) if found.kind == "role" else None
    if many is not None and many.end() < found.end:
        start = many.end()
    at = Span(paragraph, start, found.end)
    return Who(text[start : found.end], role or None, at, "role" if voice else found.kind)


_HOW_MANY = re.compile(
    simple(
        "有?(?:不少|许多|很多|众多|大批|部分|一些|(?:[两几多数三四五六七八九十]|[0-9]{2,3})(?:余|多)?[名位个])(?!人)的?"
        "|有(?![人关限些的])"
    )
)
"""How many unnamed people speak, which is no part of what they are: 有不少|網友."""


_KIN = re.compile(simple("[爸妈父母夫妻女男]|太太|奶奶|爷爷|阿姨|叔叔|婆婆|大[爷妈叔姐哥娘]"))
"""Titles of somebody else of that surname, or of whom a full name would not be hidden."""


def _full(page: Page, titled: str) -> tuple[str, str | None] | None:
    """The full name of whom 曾書記 means, where one person of that surname is named."""
    surname = titled[1:2] if titled[0] in "老小阿" and len(titled) == 2 else titled[:1]
    if _KIN.search(titled):
        return None
    fitting = [n for n in page.known if n.startswith(surname) and 2 <= len(n) <= 4 and n != titled]
    if len(fitting) != 1:
        return None
    return page.written.get(fitting[0], fitting[0]), page.offices.get(fitting[0])


def same(said: Speech) -> Who:
    """Whoever said that."""
    return Who(said.speaker, said.role, said.said_at, said.kind)


def speech(page: Page, q: Quoted, who: Who, rule: str) -> Speech:
    quote = page.text[q.paragraph][q.start : q.end]
    return Speech(Span(q.paragraph, q.start, q.end), quote, who.speaker, who.role, who.at, rule, q.sound, who.kind)
