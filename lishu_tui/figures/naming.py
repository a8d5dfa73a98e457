"""Names that end where a name must end, before a verb of saying: behind an office, a title or 的, or made of sounds."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from lishu_tui.figures import people
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.patterns import REMEMBERED, patterns
from lishu_tui.figures.people import HAN


@lru_cache(maxsize=1)
def _posts() -> re.Pattern[str]:
    return re.compile(any_of(w[::-1] for w in words("offices.txt", "office", "calling") if len(w) > 1))


def behind_office(text: str, low: int, high: int) -> int | None:
    """Where three or four characters begin that stand behind an office, up to `high`, with nothing but one of them
    that is not of names: a name, though its surname is in no table (製作人|金城綾香)."""
    p, t = patterns(), people.tables()
    back = text[max(low, high - 20) : high][::-1]
    for length in (4, 3, 2):
        stem, at = back[:length], high - length
        if length == 2 and not all(c in t.given or c in t.inner for c in stem):
            continue
        if len(back) <= length or sum(c not in t.given and c not in t.sure for c in stem) > 1:
            continue
        office = _posts().match(back, length)
        if office is None or any(c in people.NO_NAME or not "\u3400" <= c <= "\u9fff" for c in stem):
            continue
        begins = high - office.end()
        whole = t.office.match(text, begins)
        if whole is None or whole.end() != at or t.office_end.match(back) or p.role.match(back) or p.body.match(back):
            return None
        return None if t.no_name.match(text, at) or p.adverb.search(stem) else at
    return None


def name_with_title(text: str, low: int, high: int, known: Collection[str]) -> tuple[int, int] | None:
    """A whole name with a title behind it: 陳貴林教授."""
    for length in (2, 3, 4, 1):
        end = high - length
        t = people.tables()
        if end - low >= 2 and (
            t.title.fullmatch(text, end, high) or (length > 1 and t.office.fullmatch(text, end, high))
        ):
            for n in range(min(12, end - low), 1, -1):
                if text[end - n : end] in known:
                    return end - n, end
            start = name_before(text, low, end)
            if start is not None and text[end - 1].isascii() and text[end:high] not in _COURTESY:
                return None  # Uber|律師
            if start is not None and length > 1:
                return start, end
    return None


_COURTESY = frozenset(simple("先生 女士 小姐 博士 教授 老师 医生 太太 夫人 院士 爵士").split())
"""Titles that stand behind a name in Latin letters; what else does so is of the body of that name."""


@lru_cache(maxsize=1)
def _listed_places() -> frozenset[str]:
    return frozenset(words("places.txt"))


@lru_cache(maxsize=REMEMBERED)
def name_before(text: str, low: int, high: int) -> int | None:
    """Where a name begins that ends at `high`: after an office, 的 or nothing."""
    t = people.tables()
    if (foreign := _foreign_before(text, low, high)) is not None:
        return foreign
    if (latin := _LATIN.search(text, max(low, high - 40), high)) is not None and not text[latin.start()].isdigit():
        return latin.start()
    good: list[tuple[int, int]] = []
    for length in (3, 2, 4):
        start = high - length
        if start < low:
            continue
        double = length == 4 and text[start] in t.sure and text[start + 1] in t.sure  # 林鄭月娥
        surname = 2 if double or text[start : start + 2] in t.compound else 1
        if surname == 1 and (length == 4 or text[start] not in t.sure | t.weak):
            continue
        if double and not (
            all(c in t.given for c in text[start + 2 : high]) and (start == low or text[start - 1] in "，,、")
        ):
            continue
        given = text[start + surname : high]
        if not given or not all("\u3400" <= c <= "\u9fff" for c in given) or t.office.fullmatch(given):
            continue
        if people._SOMEBODY.fullmatch(given):
            return start
        if text[start - 1 : start + 1] in t.cut and start > low:
            continue
        if t.no_name.match(text, start, high) or given[0] in people.NEVER or given[-1] in people.NEVER:
            continue
        if t.office_end.match(text[start:high][::-1]) and not all(c in t.given for c in given):
            continue  # 馬司機 may be a name, 任主任 hardly
        if any(
            (m := t.office.match(text, start - n)) is not None and m.end() > start for n in (1, 2) if start - n >= low
        ):
            continue  # 外資主|管私下 is cut through 主管
        if surname == 1 and text[start] in t.rare and given[0] in t.sure and len(given) == 2:
            continue  # 緬懷|金庸
        if text[start:high] in _listed_places():
            continue
        room = text[max(low, start - 12) : start]
        score = 0
        if not room or room[-1:] in "，,、的 \u3000\x00（）()”」":
            score = 3
        elif t.office_end.match(room[::-1]):
            score = 4
        elif patterns().role.match(room[::-1]):
            score = 3
        elif patterns().body.match(room[::-1]) or t.before.match(room[::-1]):
            score = 2
        if all(c in t.given for c in given):
            score += 1
        if text[start] in t.weak and surname == 1:
            score -= 1
        if score >= 3 or (score and length == 3):
            good.append((score * 10 + (length == 3) * 2 + surname, start))
    return max(good)[1] if good else None


_LATIN = re.compile("(?:[大小老阿])?[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*){0,3}$")


_FOREIGN_END = re.compile(f"[{HAN}A-Z.]{{1,8}}(?:[·•‧・][{HAN}A-Z.]{{1,10}})+")


def _foreign_before(text: str, low: int, high: int) -> int | None:
    sounds = people.tables().sounds
    start = high
    dot = max(text.rfind(d, max(low, high - 4), high) for d in people.DOTS if d != "-")
    if 0 <= dot < high - 1 and all("\u3400" <= c <= "\u9fff" for c in text[dot + 1 : high]):
        start = dot  # what stands behind the dot is of the name, whatever it is: 普京
    while start > low and high - start < 24 and (text[start - 1] in sounds or text[start - 1] in people.DOTS):
        start -= 1
    while start < high and text[start] in people.DOTS:
        start += 1
    if any(c in people.DOTS for c in text[start:high]) and text[high - 1] not in people.DOTS:
        return start
    start = high
    while start > low and high - start < 10 and text[start - 1] in sounds:
        start -= 1
    whole = (
        start == low
        or text[start - 1 : start] in "，,、的 \u3000\x00"
        or people.tables().office_end.match(text[max(low, start - 12) : start][::-1])
    )
    return (
        start
        if whole and 2 <= high - start <= 9 and text[high - 1] not in "说" and not _common(text[start:high])
        else None
    )


def _common(word: str) -> bool:
    """Whether a word of characters that stand for sounds is a word of the language."""
    p = patterns()
    return bool(
        people.tables().no_name.match(word)
        or p.role.match(word[::-1])
        or p.body.match(word[::-1])
        or p.adverb.fullmatch(word[::-1])
    )
