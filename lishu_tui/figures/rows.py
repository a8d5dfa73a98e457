"""People whom nothing beside them names but how they stand there: in a row, behind an age, where authors are named."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.folding import any_of, simple
from lishu_tui.figures.people import HAN, Person, is_name, name_at, people_in, tables


def all_people_in(text: str) -> list[Person]:
    """The people whom a paragraph (canonical, see `folding.simple`) names, in order."""
    found = people_in(text)
    taken = bytearray(len(text))
    for p in found:
        taken[p.start : p.end] = b"\1" * (p.end - p.start)
    found += _listed(text, taken)
    found += _of_age(text, taken)
    found += _byline(text, taken)
    return sorted(found)


_BYLINE = re.compile(
    f"(?:记者|通讯员|作者|编辑|撰文|文/|文／|摄影|摄|图/|图／|责编|责任编辑)[:：/／ \u3000]{{0,3}}"
    f"([{HAN}]{{2,4}}(?:[ \u3000、，,]{{1,3}}[{HAN}]{{2,4}}){{0,5}})"
)


_TAGGED = re.compile(f"([{HAN}]{{2,3}})(?=[\\[（(]微博[\\]）)])")
"""What a news site links to somebody's own page."""


_PARENTHESIS = re.compile(f"[（(]([{HAN}]{{2,4}}(?:[ \u3000、]{{1,3}}[{HAN}]{{2,4}}){{0,4}})[）)]")


_PIECE = re.compile(f"[{HAN}]+")


@lru_cache(maxsize=1)
def _list_pattern() -> re.Pattern[str]:
    t = tables()
    name = f"(?:{any_of(t.compound)}|[{''.join(sorted(t.sure | t.weak))}])[{HAN}]{{1,2}}"
    return re.compile(
        f"(?:(?<![{HAN}])|(?<=[与和及]))(?:{name}、){{2,}}{name}(?=等|[{HAN}]?[人位名]|[，,。；：:、（）()]|$)"
    )


def _listed(text: str, taken: bytearray) -> list[Person]:
    """Three and more people in a row, without a word of what they are: 丁磊、張朝陽、周鴻禕等人."""
    found = []
    for match in _list_pattern().finditer(text) if text.count("、") > 1 else ():
        for piece in _PIECE.finditer(text, *match.span()):
            a, b = piece.span()
            if not any(taken[a:b]) and is_name(text[a:b]):
                found.append(Person(a, b, None, "list"))
                taken[a:b] = b"\1" * (b - a)
    return found


_AGE = re.compile(simple("岁(?:高龄)?的?"))


def _of_age(text: str, taken: bytearray) -> list[Person]:
    """Who is named behind an age: 29歲的梁穎儀."""
    found = []
    for match in _AGE.finditer(text):
        at = match.end()
        length = name_at(text, at) if text[at : at + 1] in tables().sure and not taken[at] else 0
        if length:
            found.append(Person(at, at + length, None, "age"))
            taken[at : at + length] = b"\1" * length
    return found


def _byline(text: str, taken: bytearray) -> list[Person]:
    """Who wrote it: names after 記者 or alone in brackets at the end of the text."""
    found = []
    places = [(m.start(1), m.end(1)) for m in _BYLINE.finditer(text)]
    tail = len(text) - 60
    places += [
        (m.start(1), m.end(1)) for m in _PARENTHESIS.finditer(text, max(tail, 0)) if m.end() == len(text.rstrip())
    ]
    for match in _TAGGED.finditer(text) if "微博" in text else ():
        start = next((n for n in (match.start(1), match.end(1) - 2) if is_name(text[n : match.end(1)])), None)
        if start is not None and not any(taken[start : match.end(1)]):
            found.append(Person(start, match.end(1), None, "list"))
            taken[start : match.end(1)] = b"\1" * (match.end(1) - start)
    for start, end in places:
        for piece in _PIECE.finditer(text, start, end):
            a, b = piece.span()
            if any(taken[a:b]):
                continue
            if is_name(text[a:b]):
                found.append(Person(a, b, None, "byline"))
                taken[a:b] = b"\1" * (b - a)
    return found
