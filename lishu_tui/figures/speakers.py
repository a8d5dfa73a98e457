"""Who speaks: the subject of a clause that ends in a verb of saying, read from the end of the clause backwards."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import people
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.people import HAN


class Subject(NamedTuple):
    """Somebody or something that speaks, at `start` to `end`. `kind` is name, titled, pronoun, role or body."""

    start: int
    end: int
    kind: str
    office: tuple[int, int] | None = None


REMEMBERED = 1 << 14
"""So many places are remembered: a text that names people late is read twice, and its clauses are asked about often."""
LONGEST_VERB = 5
LONGEST_SUBJECT = 40

_WAYS = (
    "(?:[^，,。；;：:]{1,10}地|一[边面][^，,。；;：:一]{1,10}|(?<![如不共一会])(?:面)?(?:对|对着|向|跟|同|与|和|给|冲着|朝)[^，,。；;：:对向]{1,12}|"
    "(?:给|致|写给|发给)[^，,。；;：:]{1,40}(?:信|邮件|电|函)[中里]|"
    "在[^，,。；;：:在]{1,24}(?:时|中|上|后|里|间|会|前|内|场|采访|访问)|"
    "(?:接受|面对|谈到|谈及|谈起|说起|提起|提到|回忆起|聊起|说到|讲到|回顾|针对|出席|参加|看着|望着|指着|拿着|拉着|抱着|走出|抹着|擦着|"
    "握着|端着|捧着|翻着|摸着|带着|数着|揉着|拍着|竖起|通过|透过)[^，,。；;：:]{0,24}|"
    "(?:微博|朋友圈|社交媒体|社交平台|推特|脸书|博客|官网|脸谱|公众号|直播间)[^，,。；;：:]{0,14}|"
    "\\d{1,2}[日号](?:晚间|晚|上午|下午|早上|清晨|凌晨|中午|傍晚|早|晨|电)?|(?:今|昨|前|当|次)[天日晚早晨](?:上午|下午|晚间|早上|晚|早|中午|清晨|凌晨)?|"
    "用[^，,。；;：:]{1,14}(?:语气|口吻|口气|声音|方式|普通话|英语|中文|方言|的话)|"
    "(?:上午|下午|晚上|晚间|早上|清晨|凌晨|中午|傍晚)|[^，,。；;：:]{1,6}着|"
    "(?:发布|发表|发出|刊发|召开|举行|出具|晒出)(?!的)[^，,。；;：:]{0,10}(?:声明|公告|通报|微博|消息|长文|文章|动态|视频|回应|发布会|说明会|记者会|函|推文|帖|新闻稿|新闻公报|报告))"
)


class _Patterns(NamedTuple):
    say: frozenset[str]
    introducing: frozenset[str]
    call: frozenset[str]
    adverb: re.Pattern[str]
    ways: re.Pattern[str]
    object: re.Pattern[str]
    to_whom: re.Pattern[str]
    pronoun: re.Pattern[str]
    role: re.Pattern[str]
    body: re.Pattern[str]
    nobody: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> _Patterns:
    """What the rules about speakers go by; those that end a clause are read backwards."""

    def back(kind: str, *more: str) -> re.Pattern[str]:
        return re.compile(any_of(w[::-1] for w in (*words("subjects.txt", kind), *more)))

    return _Patterns(
        say=frozenset(words("speech_verbs.txt", "say")),
        introducing=frozenset(words("speech_verbs.txt", "quoting", "told")),
        call=frozenset(words("speech_verbs.txt", "call")),
        adverb=back("adverb"),
        ways=re.compile(simple(_WAYS)),
        object=re.compile(
            "(" + any_of(words("speech_verbs.txt", "told")) + simple(")((?!题|答|卷|是|只有)[^，,。；;：:]{1,12})$")
        ),
        to_whom=re.compile(
            "(?:" + any_of(words("speech_verbs.txt", "told")) + simple(")(?:[我你他她]们?|大家|记者|对方)$")
        ),
        pronoun=back("pronoun"),
        role=back("role", *words("offices.txt", "office", "calling", "kind")),
        body=back("body"),
        nobody=back("none"),
    )


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
    return bool(p.pronoun.match(back) or p.role.match(back) or p.body.match(back) or _name_before(text, low, high))


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
    if (named := _name_with_title(text, low, high, known)) is not None:
        return Subject(*named, "name", people.office_before(text, named[0], low))
    if (start := people.titled_at_end(text, low, high)) >= 0 and not _inside_role(text, low, start):
        return Subject(start, high, "titled", people.office_before(text, start, low))
    if (pronoun := p.pronoun.match(back)) is not None and not p.role.match(back):
        return Subject(high - pronoun.end(), high, "pronoun")
    if (name := _name_before(text, low, high)) is not None:
        return Subject(name, high, "name", people.office_before(text, name, low))
    if (pronoun := p.pronoun.match(back)) is not None:
        return Subject(high - pronoun.end(), high, "pronoun")
    if (behind := _behind_office(text, low, high)) is not None:
        return Subject(behind, high, "name", people.office_before(text, behind, low))
    if high - low == 1 and text[low] in people.tables().sure and text[high : high + 1] in _SHORT_BEFORE:
        return Subject(low, high, "titled")  # 傅則說: who is called so for short
    if p.nobody.match(back) is None and p.role.match(back):
        start = _whose_role(text, low, people.office_start(text, high, low), high)
        start += text[start : start + 1] == "连" and high - start > 2  # 連網友
        return Subject(start, high, "role") if high - start >= 2 else None
    if (one := _ONE_OF.search(text, low, high)) is not None:
        return Subject(one.start(1), high, "role")  # 一位菜贩
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
        if (name := _name_before(text, low, end)) is not None:
            return name
        if (titled := people.titled_at_end(text, low, end)) >= 0:
            return titled
        if patterns().body.match(text[low:end][::-1]):
            return people.office_start(text, end, low)
    return start


@lru_cache(maxsize=1)
def _posts() -> re.Pattern[str]:
    return re.compile(any_of(w[::-1] for w in words("offices.txt", "office", "calling") if len(w) > 1))


def _behind_office(text: str, low: int, high: int) -> int | None:
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
    return Subject(start, end, "role")


@lru_cache(maxsize=1)
def _of_whom() -> re.Pattern[str]:
    roles = (*words("subjects.txt", "role"), *words("offices.txt", "office", "calling", "kind"))
    return re.compile(f"[{HAN}]{{0,4}}的[{HAN}]{{0,4}}?(?:{any_of(w for w in roles if len(w) > 1)})")


def _name_with_title(text: str, low: int, high: int, known: Collection[str]) -> tuple[int, int] | None:
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
            start = _name_before(text, low, end)
            if start is not None and text[end - 1].isascii() and text[end:high] not in _COURTESY:
                return None  # Uber|律師
            if start is not None and length > 1:
                return start, end
    return None


_COURTESY = frozenset(simple("先生 女士 小姐 博士 教授 老师 医生 太太 夫人 院士 爵士").split())
"""Titles that stand behind a name in Latin letters; what else does so is of the body of that name."""


def _inside_role(text: str, low: int, start: int) -> bool:
    """Whether a surname at `start` belongs to an office before it (副主任 is no 主任 of the surname 副)."""
    return text[start - 1 : start] == "副" and start > low


@lru_cache(maxsize=1)
def _listed_places() -> frozenset[str]:
    return frozenset(words("places.txt"))


@lru_cache(maxsize=REMEMBERED)
def _name_before(text: str, low: int, high: int) -> int | None:
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
