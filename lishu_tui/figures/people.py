"""People: where a name stands, how long it is, and what the person is called beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures.folding import any_of, rows, simple, words

HAN = "\u3400-\u9fff\uf900-\ufaff"


LONGEST_OFFICE = 30


class Person(NamedTuple):
    """A person named at `start` to `end`; the office beside the name stands at `office` (start, end), if any."""

    start: int
    end: int
    office: tuple[int, int] | None
    rule: str


class Tables(NamedTuple):
    sure: frozenset[str]
    weak: frozenset[str]
    rare: frozenset[str]
    compound: frozenset[str]
    given: frozenset[str]
    common: frozenset[str]
    sounds: frozenset[str]
    inner: frozenset[str]
    no_name: re.Pattern[str]
    office: re.Pattern[str]
    office_end: re.Pattern[str]
    title: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    cut: frozenset[str]


@lru_cache(maxsize=8)
def sounds_of(*kinds: str) -> frozenset[str]:
    """The characters of given.txt whose remark begins with one of these kinds."""
    return frozenset(simple("".join(w for w, kind in rows("names/given.txt") if kind.startswith(kinds))))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that the rules about people go by."""
    office = words("offices.txt", "office", "calling", "kind")
    return Tables(
        sure=frozenset("".join(words("surnames.txt", "sure"))),
        weak=frozenset("".join(words("surnames.txt", "weak", "rare"))),
        rare=frozenset("".join(words("surnames.txt", "rare"))),
        compound=frozenset(words("surnames.txt", "compound")),
        given=frozenset("".join(simple(w) for w, kind in rows("names/given.txt") if kind in ("common", "less common"))),
        common=sounds_of("common"),
        sounds=sounds_of("foreign"),
        inner=sounds_of("foreign", "inner"),
        no_name=re.compile(any_of(words("not_names.txt"))),
        office=re.compile(any_of(office)),
        office_end=re.compile(f"(?:{any_of(w[::-1] for w in office)})"),
        title=re.compile(any_of(words("offices.txt", "title"))),
        after=re.compile(
            any_of((*words("around.txt", "after"), *(w for w in words("speech_verbs.txt", "quoting") if len(w) > 1)))
        ),
        before=re.compile(any_of(w[::-1] for w in words("around.txt", "before"))),
        cut=frozenset(words("around.txt", "cut")),
    )


END = re.compile(f"[^{HAN}·A-Za-z]|$")


_SOMEBODY = re.compile("某{1,2}(?=[^某]|$)|[×xX＊*○〇]{1,2}")


DOTS = "·•‧・．-"
"""What parts the names of a person from another language; a hyphen only between characters that stand for sounds."""


_DOT = re.compile(f"[{DOTS}]")
_FOREIGN = re.compile(f"[{HAN}]{{1,8}}(?:[{DOTS}][{HAN}]{{1,10}}|[{DOTS}][A-Z]\\.?(?=[{DOTS}]))+")


def name_at(text: str, at: int, *, strict: bool = False) -> int:
    """How many characters of `text` (canonical) from `at` are a person's name; 0 where none stands there.

    A surname and one or two characters, or 某. Which of the two it is tells what follows; where that tells nothing, the
    characters must be such as stand in names, and `strict` wants both to agree.
    """
    t = tables()
    first = text[at : at + 1]
    pair = text[at : at + 2]
    if pair in t.compound and not t.no_name.match(text, at):
        surname = 2
    elif first in t.sure or first in t.weak:
        surname = 1
    else:
        return 0
    begin = at + surname
    if text[at - 1 : at + 1] in t.cut and at:
        return 0
    if some := _SOMEBODY.match(text, begin):
        return surname + len(some[0])
    if t.no_name.match(text, at) or t.office.match(text, at):
        return 0
    weak = surname == 1 and first in t.weak
    long, short = _fits(t, text, begin, 2), _fits(t, text, begin, 1)
    if long and short:
        # 李强|说，but 郑文正／: a word of grammar that is a character of names too, with the end behind it
        chosen = 1 if t.after.match(text, begin + 1) else 2
        alone = t.after.match(text, begin + 1)
        behind = END.match(text, begin + 2) or (
            alone is not None and alone.end() == begin + 2 and t.after.match(text, begin + 2)
        )
        if text[begin + 1] in t.given and behind:  # 余大发|把
            chosen = 2
    elif long or short:
        chosen = 2 if long else 1
    elif surname == 1 and pair[1:] in t.sure and _fits(t, text, begin, 3):
        chosen = 3  # 林陈阿蕊
    else:
        chosen = 2 if len(text) >= begin + 2 else 1
        if strict or not all(c in t.given for c in text[begin : begin + chosen]):
            return 0
    given = text[begin : begin + chosen]
    if not given or (END.search(given + "一") and not all(_han(c) for c in given)):
        return 0
    if given[-1] in "说称道" and len(given) > 1:
        given = given[:-1]
        chosen -= 1
    if strict and not all(c in t.given for c in given):
        return 0
    if weak and not (long or short):
        return 0
    if surname == 1 and first in t.rare and not all(c in t.given for c in given):
        return 0
    return surname + chosen


NEVER = frozenset("为不则昨姓的了着在是说把被就都也还很却们称过给让局部厅院校队处委署县市镇乡区省站馆店司厂组室科")
"""No given name begins or ends with these."""


NO_NAME = NEVER | frozenset(
    simple("这那其之所并且而但又更最会能要可将等与和及对向从到来去没无有以于因后前时中上下里内外")
)
"""No name of any kind holds one of these."""


def is_name(word: str) -> bool:
    """Whether a word that stands by itself may be a person's name."""
    t = tables()
    surname = 2 if word[:2] in t.compound else 1
    if (surname == 1 and word[:1] not in t.sure | t.weak) or not 1 <= len(word) - surname <= 2:
        return False
    return not t.no_name.match(word) and t.office.search(word) is None


def _han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff"


def _fits(t: Tables, text: str, begin: int, length: int) -> bool:
    """Whether a given name of `length` characters would end where the text says that something ends."""
    given = text[begin : begin + length]
    if len(given) < length or not all(_han(c) for c in given) or given[0] in NEVER or given[-1] in NEVER:
        return False
    end = begin + length
    does = length > 1 and text[end + 1 : end + 2] == "着" and _han(text[end])  # 赵满仓|踩着
    if (length > 1 and t.office.match(text, begin)) or t.office.match(text, begin + 1, end):
        return False
    return does or any(p.match(text, end) for p in (END, t.after, t.no_name, t.office))


def office_before(text: str, at: int, low: int = 0) -> tuple[int, int] | None:
    """The office that ends where a name begins at `at`: from the last word that cannot be part of it."""
    t = tables()
    end = at
    if text[end - 1 : end] in "、 \u3000：:":
        return None
    back = text[max(low, at - LONGEST_OFFICE - 10) : at][::-1]
    if not t.office_end.match(back):
        return None
    return office_start(text, end, low), end


_BREAK = re.compile(f"[^{HAN}A-Za-z0-9·“”「」\x00、]")


def office_start(text: str, end: int, low: int = 0) -> int:
    """Where the words for an office that end at `end` begin."""
    t = tables()
    start = max(low, end - LONGEST_OFFICE)
    stretch = text[start:end]
    for match in _BREAK.finditer(stretch):
        start = max(start, max(low, end - LONGEST_OFFICE) + match.end())
    while (comma := text.find("、", start, end)) >= 0:
        back = text[start:comma][::-1]
        if t.office_end.match(back) and start < comma:
            break
        start = comma + 1
    best = start
    for n in range(start, end):
        back = text[best : n + 1][::-1]
        if (m := _cut(t, back, text, n + 1, end)) is not None:
            best = m
    return best


_KEEP = re.compile(
    "后勤|后卫|后备|前锋|前任|前总|前主|前队|有限|当地|当代|时任|时事|的士|目的|对外|对口|以太|为民|和平|同济|同仁|随队|经|因特"
)


_CUT_ONE = frozenset("据由对向让请给被和与及跟同叫了着是为时后随当但在从将把因而其")


def _cut(t: Tables, back: str, text: str, at: int, end: int) -> int | None:
    """Whether a word that no office holds ends at `at`."""
    character = text[at - 1 : at]
    if character in _CUT_ONE or character == "的":
        if _KEEP.match(text, at - 1) or at >= end or _KEEP.match(text, max(at - 2, 0)):
            return None
        if character == "的" and end - at < 2:
            return None
        return at
    found = t.before.match(back)
    return at if found is not None and len(found[0]) > 1 and at < end else None


def people_in(text: str) -> list[Person]:
    """The people whom a paragraph (canonical, see `folding.simple`) names beside what they are, in order."""
    t = tables()
    found: list[Person] = []
    last = 0
    for match in t.office.finditer(text):
        at = match.end()
        if at < last:
            continue
        at += text[at : at + 1] in ("、", "：", " ") and 0
        length = name_at(text, at)
        foreign = _FOREIGN.match(text, at)
        if foreign and all(c in t.inner for c in re.split(f"[{DOTS}]", foreign[0])[0]):
            length = _foreign_end(text, at, foreign.end()) - at
        if foreign and length and text[at + length : at + length + 1] in tuple(DOTS):
            length = _foreign_end(text, at, foreign.end()) - at
        length = max(length, _sounds_at(text, at))
        if text[at : at + 1] == "小" and (sounds := _sounds_at(text, at + 1)) > 1:
            length = max(length, sounds + 1)  # 小馬可仕
        familiar = text[at : at + 1] in tuple("小老阿")
        if not length and familiar and text[at + 1 : at + 2] in t.sure:
            length = 2  # 校友小郭
        if not length and familiar and text[at + 1 : at + 2] in t.weak and t.after.match(text, at + 2):
            length = 2
        if not length and text[at + 1 : at + 2] == "仔" and _han(text[at]) and text[at] not in NO_NAME:
            length = 2  # 街坊榮仔
        if not length:
            continue
        office = (office_start(text, at, last), at)
        writes = text[office[0] : at] in _WRITERS or (
            text[office[0] : at].endswith(("记者", "通讯员", "编译")) and _REPORTS.match(text, at + length) is not None
        )
        rule = "byline" if writes else "office"
        found.append(Person(at, at + length, office, rule))
        last = at + length
        while text[last : last + 1] in ("、", "和", "与", "及") and last < len(text):
            more = name_at(text, last + 1)
            if not more or not _fits_list(text, last + 1 + more):
                break
            found.append(Person(last + 1, last + 1 + more, office, "list"))
            last += 1 + more
    taken = bytearray(len(text))
    for p in found:
        taken[p.start : p.end] = b"\1" * (p.end - p.start)
    for match in _FOREIGN.finditer(text) if _DOT.search(text) else ():
        start = _foreign_start(text, match.start(), match.end())
        end = _foreign_end(text, start, match.end())
        hyphen = "-" in text[start:end]
        if hyphen and not all(c in t.sounds or c == "-" for c in text[start:end]):
            continue
        if text[end : end + 1] in tuple("省市县州区镇岛郡街路湖河奖杯"):  # 塞納-聖德尼省
            continue
        if not any(taken[start:end]):
            found.append(Person(start, end, office_before(text, start), "dot"))
            taken[start:end] = b"\1" * (end - start)
    return sorted(found)


def _sounds_at(text: str, at: int) -> int:
    """The length of a name in characters that stand for sounds (巴音朝魯, 買買提), 0 where none ends as a name does."""
    t = tables()
    last = at
    while last < min(len(text), at + 6) and (text[last] in t.inner or (text[last] == "得" and last > at)):
        last += 1
    if last - at < 2 or t.no_name.match(text, at) or t.office.match(text, at):
        return 0
    if last - at == 2:  # 戈尔
        return 2 * all(c in sounds_of("foreign rare") for c in text[at:last])
    for end in range(last, at + 2, -1):
        rare = any(c in sounds_of("foreign rare") for c in text[at:end])
        if end == at + 3 and not rare and text[at - 1] != "小":
            break
        if END.match(text, end) or t.after.match(text, end) or t.no_name.match(text, end):
            return end - at
    return 0


def _fits_list(text: str, at: int) -> bool:
    return END.match(text, at) is not None or tables().after.match(text, at) is not None


def _foreign_start(text: str, start: int, end: int) -> int:
    """The part of a name before its first dot is as long as its characters are such as stand for sounds."""
    dot = min(n for n in range(start, end) if text[n] in DOTS)
    at = dot
    while at > start and (text[at - 1] in tables().sounds or text[at - 1] in "得爱" or text[at - 1 : at + 1] == "大卫"):
        at -= 1
    return at if at < dot else max(start, dot - 3)


def _foreign_end(text: str, start: int, end: int) -> int:
    dot = max(n for n in range(start, end) if text[n] in DOTS)
    at = dot + 1
    while at < end and text[at] in tables().sounds:
        at += 1
    if at == dot + 1:  # 約翰．傳奇
        while at < min(end, dot + 4) and not END.match(text, at) and not tables().after.match(text, at):
            at += 1
        return at
    ends = END.match(text, at) or tables().after.match(text, at)
    if at < min(end, dot + 4) and not ends and (at < dot + 3 or END.match(text, at + 1)):
        at += 1  # 普|京, and not 魯坦|設計
    return at if at > dot + 1 else min(end, dot + 3)


_WRITERS = frozenset(
    ("记者", "通讯员", "编辑", "摄影", "作者", "本报记者", "本台记者", "本刊记者", "见习记者", "特约记者")
)


_REPORTS = re.compile(simple("[/／ \u3000、]?[^，,。；：:]{0,12}(?:报道|报导|电[）)〕】]|讯|摄)"))


@lru_cache(maxsize=1)
def titled_pattern() -> re.Pattern[str]:
    """A surname with its title."""
    t = tables()
    surname = f"(?:{any_of(t.compound)}|[{''.join(sorted(t.sure | t.weak))}])"
    return re.compile(f"(?:[老小阿][{''.join(sorted(t.sure))}]|{surname}(?:{t.title.pattern}))")


_KIN_TITLES = frozenset(simple("伯婆嫂姨叔姐哥太父母妻"))


def titled_in(text: str) -> list[Person]:
    """Those of whom a paragraph (canonical) has the surname with a title of two characters or more: 邱小姐."""
    t = tables()
    found = []
    for match in titled_pattern().finditer(text):
        start, end = match.span()
        single = end - start == 2 and text[end - 1] in _KIN_TITLES and text[start] in t.sure
        if (end - start < 3 and not single) or text[start - 1 : start + 1] in t.cut or t.no_name.match(text, start):
            continue
        before = text[start - 1 : start] if start else ""
        if (
            not before
            or not _han(before)
            or before == "的"
            or t.office_end.match(text[max(0, start - 8) : start][::-1])
        ):
            found.append(Person(start, end, office_before(text, start), "titled"))
    return found


def titled_at_end(text: str, low: int, high: int) -> int:
    """Where a surname with its title (王先生, 李教授, 老張) begins that ends at `high`; -1 where none does."""
    for length in range(2, 7):
        start = high - length
        if start < low:
            break
        if text[start - 1 : start + 1] not in tables().cut and titled_pattern().fullmatch(text, start, high):
            return start
    return -1
