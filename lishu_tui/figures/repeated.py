"""People whom a text names without saying what they are: told by names that come again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from lishu_tui.figures.folding import any_of, words
from lishu_tui.figures.people import (
    DOTS,
    END,
    HAN,
    NEVER,
    NO_NAME,
    Person,
    is_name,
    sounds_of,
    tables,
    titled_at_end,
    titled_pattern,
)

_BARE_FOLLOWED = 3
"""So many different characters, or marks, must follow a name that nothing else speaks for."""


def repeated(paragraphs: Sequence[str], known: Collection[str]) -> set[str]:
    """The people whom a text (canonical) names again and again without saying what they are: a surname that is sure and
    characters of names, at the head of clauses, followed now by this and now by that."""
    t = tables()
    counted: dict[str, list[int]] = {}
    after: dict[str, set[str]] = {}
    least = 2 + sum(map(len, paragraphs)) // 20_000
    often = _often(paragraphs, least)
    pattern = re.compile(f"(?={any_of(often)})")
    for text in paragraphs if often else ():
        for place in pattern.finditer(text):
            at = place.start()
            match = _bare_pattern().match(text, at)
            if match is None:
                continue
            at_head = at == 0 or _HEAD.match(text, at - 1) is not None
            for name in ({match[1]} if match[1][:2] in t.compound else {match[1], match[1][:2]}) & often:
                entry = counted.setdefault(name, [0, 0, 0])
                entry[0] += 1
                entry[1] += at_head
                follow = text[at + len(name) : at + len(name) + 1]
                entry[2] += (
                    END.match(text, at + len(name)) is not None or t.after.match(text, at + len(name)) is not None
                )
                after.setdefault(name, set()).add(follow if _HAN_ONE.match(follow) else "")
    found: set[str] = set()
    for name, (times, heads, ends) in counted.items():
        enough = least if len(name) > 2 else least + 1
        if name[0] in t.weak and times < least + 1 + 3 * (len(name) < 3):
            continue
        if name[0] in t.weak and len(name) < 3 and (heads * 5 < times * 2 or len(after[name]) < 5):
            continue  # 于歡 and not 于是
        if (
            times < enough
            or heads < max(2, times // 5)
            or ends < (2 if times < 4 else 1)
            or len(after[name]) < min(times, _BARE_FOLLOWED)
        ):
            continue
        if t.no_name.match(name) or t.office.search(name) or name[-1] in NEVER or name[1] in NEVER or name in known:
            continue
        found.add(name)
    found |= _repeated_foreign(paragraphs, least)
    return {n for n in found if not _part_of_longer(n, counted, found, known)} - _listed_places()


def _often(paragraphs: Sequence[str], least: int) -> set[str]:
    """What may be a name and stands there so many times: few of all that may be, and only they are looked at."""
    t = tables()
    counted: Counter[str] = Counter()
    first, double = _first_pattern()
    for text in paragraphs:
        counted.update(map("".join, first.findall(text)))
        counted.update(map("".join, double.findall(text)))
    for name, times in list(counted.items()):
        if len(name) > 2 and name[:2] not in t.compound:
            counted[name[:2]] += times
    return {name for name, times in counted.items() if times >= least}


@lru_cache(maxsize=1)
def _saying_pattern() -> re.Pattern[str]:
    t = tables()
    surname = f"(?:{any_of(t.compound)}|[{''.join(sorted(t.sure | t.weak - t.rare))}])"
    verbs = any_of(w for w in words("speech_verbs.txt", "quoting") if len(w) > 1)
    return re.compile(
        f"(?<![{HAN}])(?:对此|不过|随后|此外)?({surname}[{HAN}]{{1,2}}?)[则还也又曾]?(?:{verbs}|说)[，,：:]"
    )


def sayers(paragraphs: Sequence[str]) -> set[str]:
    """Who says something without marks, at the head of a clause: 曹限東表示，…"""
    t = tables()
    return {
        name
        for text in paragraphs
        for match in _saying_pattern().finditer(text)
        if is_name(name := match[1]) and name[-1] not in NEVER and t.title.fullmatch(name[1:]) is None
        if name[1:] not in _between()  # 黃|搖頭
    }


@lru_cache(maxsize=1)
def _posted_pattern() -> re.Pattern[str]:
    posts = any_of(w for w in words("offices.txt", "office", "calling") if len(w) > 1)
    verbs = any_of(w for w in words("speech_verbs.txt", "quoting", "say") if len(w) > 1)
    name = f"[^{''.join(sorted(NO_NAME))}\\W\\dA-Za-z]{{2,4}}?"
    return re.compile(
        f"(?:{posts})({name})(?:[则还也又曾]|{any_of(words('subjects.txt', 'adverb'))})?(?:{verbs}|[说称])[，,：:\\x00]"
    )


def posted(paragraphs: Sequence[str]) -> set[str]:
    """Who is named behind an office and before a verb of saying, and stands in the text again: 總統川普表示."""
    t = tables()
    found = {m[1] for text in paragraphs for m in _posted_pattern().finditer(text)}
    found = {
        w for w in found if not (t.no_name.match(w) or t.office.search(w) or t.title.search(w[1:]) or w in _between())
    }
    if not found:
        return set()
    counted: dict[str, int] = {}
    pattern = re.compile(any_of(found))
    for text in paragraphs:
        for match in pattern.finditer(text):
            at = match.start()
            alone = at == 0 or _HEAD.match(text, at - 1) is not None
            if alone or t.office_end.match(text[max(0, at - 8) : at][::-1]) is not None:
                counted[match[0]] = counted.get(match[0], 0) + 1
    return {w for w, n in counted.items() if n > 1}


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    return frozenset(words("subjects.txt", "adverb")) | frozenset(words("speech_verbs.txt"))


def also_called(paragraphs: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """What stands in Latin letters in brackets behind a name → the name: 何甄陶(Ian)."""
    found: dict[str, str] = {}
    for text in paragraphs:
        for match in _LATIN_BEHIND.finditer(text):
            end = match.start()
            name = next((text[end - n : end] for n in range(min(12, end), 1, -1) if text[end - n : end] in known), None)
            if name is not None and match[1] not in known:
                found.setdefault(match[1], name)
    return found


_LATIN_BEHIND = re.compile("[（(]([A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]+(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*){0,3})[）)]")


def voices(paragraphs: Sequence[str]) -> set[str]:
    """What nothing tells of but that it says something, as often as not at the head of a clause: 川普, 楊父."""
    told = [m for text in paragraphs for m in _voice_pattern().finditer(text)]
    counted: dict[str, int] = {}
    for match in told:
        counted[match[1]] = counted.get(match[1], 0) + 1
    if not counted:
        return set()
    everywhere: dict[str, int] = {}
    pattern = re.compile(any_of(counted))
    for text in paragraphs:
        for match in pattern.finditer(text):
            everywhere[match[0]] = everywhere.get(match[0], 0) + 1
    often = {w for w, n in counted.items() if n > 1 or everywhere.get(w, 0) > 2}
    return {w for w in often if titled_at_end(w, 0, len(w)) != 0}


@lru_cache(maxsize=1)
def _voice_pattern() -> re.Pattern[str]:
    verbs = any_of(w for w in words("speech_verbs.txt", "quoting") if len(w) > 1)
    between = any_of(words("subjects.txt", "adverb", "pronoun"))
    voice = f"(?!{between}|[{_GRAMMAR}])[{HAN}]{{2,4}}?(?<![{_GRAMMAR}])"
    verb = f"(?:{verbs}|[回还也则再]?[说称])"
    return re.compile(f"(?<![{HAN}])({voice})(?:{between})?{verb}(?=[，,：:。\\x00])")


def may_be_voice(word: str) -> bool:
    """Whether a word that stands alone before a verb of saying may be who says it, known or not."""
    found = _voice_pattern().match(word + "说：")
    named = word[:2] in tables().compound or word[:1] in tables().sure or word[:1] in ("小", "老", "阿")
    return named and found is not None and found.end() == len(word) + 1


_GRAMMAR = "的了着过是在有和与及对向把被给让到从为以就都不没这那其之所并且而但又很更最会能要可将等"


def surnames(paragraphs: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """Surnames that stand for the whole as in the press of Hong Kong (黃先生…黃說，…) → who is meant: the one person of
    that surname whom the text names, with a title where no more is known."""
    alone = {m[1] for text in paragraphs for m in _surname_speaks().finditer(text)}
    found: dict[str, str] = {}
    for surname in alone:
        named = {n for n in known if n.startswith(surname) and 2 <= len(n) <= 4 and titled_at_end(n, 0, len(n)) != 0}
        named = named or {m[0] for text in paragraphs for m in titled_pattern().finditer(text) if m[0][0] == surname}
        if len(named) == 1:
            found[surname] = named.pop()
    return found


@lru_cache(maxsize=1)
def _surname_speaks() -> re.Pattern[str]:
    verbs = any_of(w for w in words("speech_verbs.txt", "quoting", "say") if len(w) > 1)
    between = any_of(words("subjects.txt", "adverb"))
    no_name = tables().no_name.pattern
    return re.compile(
        f"(?<![{HAN}])(?:{between})?(?!{no_name})([{''.join(sorted(tables().sure))}])(?:{between})?(?:{verbs}|[说称指忆])"
    )


def surname_places(surname: str, text: str) -> list[tuple[int, int]]:
    """Where a surname that stands for the whole name begins a clause."""
    t = tables()
    found = re.finditer(f"(?<![{HAN}])(?:{any_of(words('subjects.txt', 'adverb'))})?({surname})(?![姓某氏])", text)
    return [m.span(1) for m in found if not t.no_name.match(text, m.start(1)) and not t.title.match(text, m.end(1))]


def lengthened(paragraphs: Sequence[str], people: list[list[Person]]) -> list[list[Person]]:
    """The same people, where two characters that always have the same one behind them are a name of three: 魏哲家."""
    short = {paragraphs[n][p.start : p.end] for n, found in enumerate(people) for p in found if p.end - p.start == 2}
    if not short:
        return people
    behind: dict[str, list[str]] = {}
    pattern = re.compile(any_of(short))
    for text in paragraphs:
        for match in pattern.finditer(text):
            behind.setdefault(match[0], []).append(text[match.end() : match.end() + 1])
    t = tables()
    longer = {
        name: name + after[0]
        for name, after in behind.items()
        if len(after) > 1 and len(set(after)) == 1 and _HAN_ONE.match(after[0]) and after[0] not in NEVER
        if after[0] in t.given and not t.title.fullmatch(after[0])
    }
    return [
        [p._replace(end=p.end + 1) if paragraphs[n][p.start : p.end] in longer else p for p in found]
        for n, found in enumerate(people)
    ]


def _repeated_foreign(paragraphs: Sequence[str], least: int) -> set[str]:
    """The same for names in characters that stand for sounds: 雷吉隆, 薩里."""
    t = tables()
    sounds, rare = "".join(sorted(t.sounds)), sounds_of("foreign rare")
    head = re.compile(f"(?<![{HAN}])[{sounds}]{{2,6}}")
    counted: dict[str, int] = {}
    for text in paragraphs:
        for match in head.finditer(text):
            for end in range(match.end(), match.start() + 1, -1):
                if end - match.start() > 1 and (END.match(text, end) or t.after.match(text, end)):
                    name = text[match.start() : end]
                    counted[name] = counted.get(name, 0) + 1
                    break
    return {
        name
        for name, times in counted.items()
        if times > least and sum(c in rare for c in name) * 2 >= len(name)
        if not t.no_name.match(name) and t.office.search(name) is None
    }


def short_forms(names: Collection[str]) -> dict[str, str]:
    """What people from elsewhere are called after the first time: 特朗普 for 唐納德·特朗普."""
    short = {
        last: name
        for name in sorted(names)
        if any(d in name for d in DOTS) and len(last := re.split(f"[{DOTS}]", name)[-1]) > 1
    }
    compound = tables().compound
    for surname in compound:
        whole = {n for n in names if n.startswith(surname) and len(n) > len(surname)}
        if len(whole) == 1 and surname not in words("surnames.txt", "double"):
            short[surname] = whole.pop()  # 伊藤 for 伊藤美诚
    return short


def bare(text: str) -> list[Person]:
    """Two or three characters that may be a name, at the head of a clause or after 的, with something behind them that
    says that a name ends. They are believed only where somebody must be meant."""
    t = tables()
    found = []
    for match in _bare_pattern().finditer(text):
        start = match.start()
        if match[1][0] in t.weak and match[1][:2] not in t.compound:
            continue
        if not (start == 0 or _HEAD.match(text, start - 1) or text[start - 1] == "的") or t.no_name.match(text, start):
            continue
        for name in (match[1], match[1][:2]):
            end = start + len(name)
            if not (END.match(text, end) or t.after.match(text, end)) or (len(name) < 3 and name[1] not in t.common):
                continue
            if t.office.search(name) is None and name[-1] not in NEVER:
                found.append(Person(start, end, None, "bare"))
                break
    return found


def loose(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Three characters that may be a name at the head of a part of a sentence or after 的, whatever follows them: for
    where a colon says that somebody must be named (井灣村的晏守強記憶深刻：)."""
    t = tables()
    for match in _bare_pattern().finditer(text, low, high):
        start, name = match.start(), match[1]
        begins = start == low or text[start - 1] == "的"
        if begins and len(name) == 3 and name[0] not in t.weak and not t.no_name.match(text, start):
            return start, start + 3
    return None


def _part_of_longer(name: str, counted: dict[str, list[int]], found: set[str], known: Collection[str]) -> bool:
    """Whether a name is mostly the beginning of a longer one, or one and what follows it."""
    if name not in counted:
        return False
    if len(name) == 3:
        short = name[:2]
        return short in known or (short in found and counted[name][0] * 10 < counted[short][0] * 7)
    return any(
        counted[n][0] * 10 >= counted[name][0] * 7
        for n in found
        if n in counted and len(n) > len(name) and n.startswith(name)
    )


@lru_cache(maxsize=1)
def _first_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What `_bare_pattern` finds and a little more, in a shape that is searched faster: it begins with what is rare."""
    t = tables()
    given = "".join(sorted(t.given))
    surname = "".join(sorted(t.sure | t.weak - t.rare))
    return (
        re.compile(f"([{surname}])(?=([{given}]{{1,2}}))"),
        re.compile(f"({any_of(t.compound)})(?=([{given}]{{1,2}}))"),
    )


@lru_cache(maxsize=1)
def _bare_pattern() -> re.Pattern[str]:
    t = tables()
    given = "".join(sorted(t.given))
    surname = "".join(sorted(t.sure | t.weak - t.rare))
    return re.compile(f"(?=((?:{any_of(t.compound)}|[{surname}])[{given}]{{1,2}}))")


@lru_cache(maxsize=1)
def _listed_places() -> frozenset[str]:
    return frozenset(words("places.txt"))


_HEAD = re.compile(f"[^{HAN}]")


_HAN_ONE = re.compile(f"[{HAN}]")
