"""Who speaks: the subject of a clause that ends in a verb of saying, read from the end of the clause backwards."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import naming, people
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.patterns import REMEMBERED, patterns
from lishu_tui.figures.people import HAN, Person


class Subject(NamedTuple):
    """Somebody or something that speaks, at `start` to `end`. `kind` is name, titled, pronoun, role or body."""

    start: int
    end: int
    kind: str
    office: tuple[int, int] | None = None


def as_subject(person: Person) -> Subject:
    """A person whom a text names, as who speaks."""
    return Subject(person.start, person.end, "titled" if person.rule == "titled" else "name", person.office)


LONGEST_VERB = 5
LONGEST_SUBJECT = 40


@lru_cache(maxsize=REMEMBERED)
def verb_at_end(text: str, low: int, high: int) -> tuple[int, str] | None:
    """Where a verb of saying begins that ends at `high` (說, 表示道, 介紹了, 告訴記者), and the verb; else None."""
    p = patterns()
    while high > low and text[high - 1] in " \u3000":
        high -= 1
    if text[high - 1 : high] == "想" and high - 1 > low and _ends_as_somebody(text, low, high - 1):
        return high - 1, "想"
    for end in (high, high - 1):  # 指出, and 感慨了
        if end < high and (end <= low or text[end] not in "了过着到起出得道"):
            break
        if end == high and text[high - 1] == "道" and text[high - 3 : high - 1] in p.say:
            continue  # 感叹|道 and not 感|叹道
        for length in range(min(LONGEST_VERB, end - low), 0, -1):
            verb = text[end - length : end]
            if verb in p.call:
                return None
            if verb in p.say:
                start = end - length
                if (told := p.to_whom.search(text, max(low, start - 8), start)) is not None:  # 警告我|說
                    start = told.start()
                while (more := _verb(text, low, start)) < start:  # 介紹|說
                    if more == low and p.body.match(text[low:start][::-1]):  # 聲明|稱
                        break
                    start = more
                return start, verb
    if (found := p.object.search(text, max(low, high - 20), high)) is not None and found.start() > low - 1:
        if found[1].endswith("问") and len(found[2]) > 2 and found[2][0] in "他她":
            return None  # 记者问他会不会申请
        back = found[2][::-1]
        if found[1] in _WANTS and not (p.role.match(back) or p.body.match(back) or p.pronoun.match(back)):
            return None  # 居民要求加设航标
        return _verb(text, low, found.start()), found[1]
    return None


_WANTS = frozenset(simple("要求 建议 邀请").split())


def _verb(text: str, low: int, high: int) -> int:
    p = patterns()
    for length in range(min(LONGEST_VERB, high - low), 1, -1):
        if text[high - length : high] in p.say:
            return high - length
    return high


def calls(text: str, low: int, high: int) -> bool:
    """Whether what ends at `high` names or shows something: 稱為, 寫著, 號稱."""
    p = patterns()
    while high > low and text[high - 1] in "了过 \u3000":
        high -= 1
    return any(text[high - n : high] in p.call for n in range(1, min(5, high - low) + 1))


def strip_ways(text: str, low: int, high: int, known: Collection[str] = frozenset()) -> int:
    """The end of the subject: what says how, when, where and to whom somebody speaks is taken off the end."""
    p = patterns()
    for _ in range(8):
        before = high
        while high > low and text[high - 1] in " \u3000":
            high -= 1
        back = text[low:high][::-1]
        opening = max(text.rfind("（", low, high), text.rfind("(", low, high)) if back[:1] in ("）", ")") else -1
        if opening >= max(low, high - 50):  # 阿布拉罕（ABRAHAM）表示
            high = max(opening, low)
        elif (m := p.adverb.match(back)) and m.end() > 1 and _ends_as_somebody(text, low, high - m.end()):
            high -= m.end()
        elif (start := _way(text, low, high, known)) is not None:
            high = start
        elif (m := p.adverb.match(back)) is not None:
            if (body := p.body.match(back)) is not None and body.end() > m.end():
                break  # 工会: not 会
            high -= m.end()
        elif (verb := _verb(text, low, high)) > low or not p.body.match(back):
            high = verb
        if high == before:
            break
    return high


def _way(text: str, low: int, high: int, known: Collection[str]) -> int | None:
    """Where an adverbial begins that fills the end of a clause: behind somebody if it can, else it is a short one."""
    starts = _ways_to(text, low, high)
    for start in reversed(starts):
        if any(text[max(low, start - n) : start] in known for n in range(2, 7)):
            return start
    for start in starts:
        if start > low and _ends_as_somebody(text, low, start):
            return start
    return starts[-1] if starts else None


@lru_cache(maxsize=REMEMBERED)
def _ways_to(text: str, low: int, high: int) -> tuple[int, ...]:
    """Where adverbials may begin that end at `high`."""
    ways = patterns().ways
    return tuple(start for start in range(max(low, high - 48), high) if ways.fullmatch(text, start, high))


def _ends_as_somebody(text: str, low: int, high: int) -> bool:
    p = patterns()
    back = text[low:high][::-1]
    return bool(
        p.pronoun.match(back) or p.role.match(back) or p.body.match(back) or naming.name_before(text, low, high)
    )


def subject_at_end(text: str, low: int, high: int, known: Collection[str] = frozenset()) -> Subject | None:
    """Whoever stands at the end of `text[low:high]`."""
    p = patterns()
    if high <= low:
        return None
    back = text[low:high][::-1]
    for length in range(min(14, high - low), 0, -1):
        start = high - length
        if text[start:high] in known and (length > 1 or start == low):
            return Subject(start, high, "name", people.office_before(text, start, low))
    if (named := naming.name_with_title(text, low, high, known)) is not None:
        return Subject(*named, "name", people.office_before(text, named[0], low))
    if (start := people.titled_at_end(text, low, high)) >= 0 and not _inside_role(text, low, start):
        return Subject(start, high, "titled", people.office_before(text, start, low))
    if (pronoun := p.pronoun.match(back)) is not None and not p.role.match(back):
        return Subject(high - pronoun.end(), high, "pronoun")
    if (name := naming.name_before(text, low, high)) is not None:
        return Subject(name, high, "name", people.office_before(text, name, low))
    if (pronoun := p.pronoun.match(back)) is not None:
        return Subject(high - pronoun.end(), high, "pronoun")
    if (behind := naming.behind_office(text, low, high)) is not None:
        return Subject(behind, high, "name", people.office_before(text, behind, low))
    if high - low == 1 and text[low] in people.tables().sure and text[high : high + 1] in _SHORT_BEFORE:
        return Subject(low, high, "titled")  # 傅則說: who is called so for short
    if p.nobody.match(back) is None and p.role.match(back):
        start = _whose_role(text, low, people.office_start(text, high, low), high)
        start += text[start : start + 1] == "连" and high - start > 2  # 連網友
        return Subject(start, high, "role") if high - start >= 2 else None
    if text[high : high + 1] not in ("：", ":") and (one := _ONE_OF.search(text, low, high)) is not None:
        head = role_at_head(text, one.start(1), high, counted=True)
        return head or Subject(one.start(1), high, "role")  # 一位菜贩
    if (this := _THIS.fullmatch(text, low, high)) is not None:
        return Subject(*this.span(), "body")  # 該廠
    if (
        p.nobody.match(back) is None
        and p.body.match(back)
        and not (text[high - 1] == "站" and text[high : high + 1] in _STANDS)
    ):
        start = people.office_start(text, high, low)
        return Subject(start, high, "body") if high - start >= 2 else None
    return None


_ONE_OF = re.compile(simple("(?:^|[^第])((?:另?一|[这那该])[位名][^，,、；;：:]{1,24})$"))
_WHO_IS = re.compile(simple("([一这那该][位名个](?![月小])|[他她我]的$)"))
_AT_FIRST = re.compile(
    simple("(?:[也另又还更而但都]|至于|对于|日前|近日|昨日|今日|昨天|今天|此时|这时|随后)*(?:(?<=[也另又还])有)?")
)
_SOME = re.compile(simple("有人$"))


def _whose_role(text: str, low: int, start: int, high: int) -> int:
    """Where the words begin for somebody unnamed of whom `start` to `high` are the last: from 一名 on (一名推着婴儿车的
    妈妈), or from whose he is (她的丈夫, 程桂芝的丈夫)."""
    if (some := _SOME.search(text, max(low, start - 1), high)) is not None:
        return some.start()
    firsts = [m.start() for m in _WHO_IS.finditer(text, max(low, start - 24), high - 1)]
    if firsts:
        start = firsts[-1]
    start = max(start, _AT_FIRST.match(text, start, high).end())  # type: ignore[union-attr]
    owned = text[start - 1 : start] == "的" and start - 1 > low
    if owned and (_ends_as_somebody(text, low, start - 1) or people.titled_at_end(text, low, start - 1) >= 0):
        end = start - 1
        if (name := naming.name_before(text, low, end)) is not None:
            return name
        if (titled := people.titled_at_end(text, low, end)) >= 0:
            return titled
        if patterns().body.match(text[low:end][::-1]):
            return people.office_start(text, end, low)
    return start


@lru_cache(maxsize=2)
def _role_head(counted: bool) -> re.Pattern[str]:
    roles = (*words("subjects.txt", "role"), *words("offices.txt", "office", "calling", "kind"))
    long = any_of(w for w in roles if len(w) > 1)
    whose = simple("(?:[我他她其]的?)?")
    one = simple("(?:[一另这那该某]|有的?|还有)?[一两几]?[位名个些]")
    who = f"{one}[^，,；;：:]{{0,24}}?(?:{long}|(?:{any_of(roles)})(?=[，,]))"
    if not counted:
        who += f"|{whose}[^，,；;：:{_ACTS}]{{0,12}}?(?:{long})"
    return re.compile(f"(?:{simple('随后|这时|此时|现场|据')})?({who})(?![{simple('的们和与及、夫民友长员')}])")


_THIS = re.compile(simple("[该本]") + f"[{HAN}]{{1,5}}")
_STANDS = frozenset(simple("在着起到"))
_SHORT_BEFORE = frozenset(simple("则也又还却再说称指批认表强坦透回反"))
"""What stands behind a surname alone that speaks."""
_ACTS = simple("听看等到了着过在把被对向给将让请找问见的跟从说称是有为")


def role_at_head(text: str, low: int, high: int, *, counted: bool = False) -> Subject | None:
    """Somebody unnamed of whom a clause speaks, but the reporter: 一位女工友, and 派出所副所長 where not `counted`."""
    found = _role_head(counted).match(text, low, high)
    if found is None or found[1].endswith(("记者", "笔者", "小编")):
        return None
    start, end = found.span(1)
    if (more := _of_whom().match(text, end, high)) is not None:
        end = more.end()  # 一位推着婴儿|车的年轻妈妈
    if (titled := people.titled_at_end(text, start, end)) > start:
        return Subject(titled, end, "titled")  # 买主周师傅
    return Subject(start, end, "role")


@lru_cache(maxsize=1)
def _of_whom() -> re.Pattern[str]:
    roles = (*words("subjects.txt", "role"), *words("offices.txt", "office", "calling", "kind"))
    return re.compile(f"[{HAN}]{{0,4}}的[{HAN}]{{0,4}}?(?:{any_of(w for w in roles if len(w) > 1)})")


def _inside_role(text: str, low: int, start: int) -> bool:
    """Whether a surname at `start` belongs to an office before it (副主任 is no 主任 of the surname 副)."""
    return text[start - 1 : start] == "副" and start > low
