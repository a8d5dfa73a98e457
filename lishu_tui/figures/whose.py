"""Whose words they are: the subject before or behind them, whom a pronoun means, who spoke last."""

from __future__ import annotations

import re

from lishu_tui.edition import Span
from lishu_tui.figures import genders, repeated, speakers
from lishu_tui.figures.folding import simple
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import NOBODY, SENTENCE_ENDS, Page, Speech, Who, between, people_between, segments_of
from lishu_tui.figures.people import Person, is_name, tables
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.speakers import Subject

_TO = re.compile(simple("[对向][^，,]{0,20}$"))
"""Before somebody who is not named: that the words are said to them."""
_NO_SUBJECT = re.compile(simple("[对向跟把被给让为替]$"))


def subject(page: Page, paragraph: int, low: int, high: int, *, verb: bool = True) -> Subject | None:
    """Whoever speaks in `low` to `high`, the words before the verb: from the last part of the sentence backwards. Who
    is not named is believed where the verb follows at once, or where it is all that stands before a colon; else only
    where nobody is named."""
    masked = page.masked[paragraph]
    low = _skip_source(masked, low, high)
    unnamed: Subject | None = None
    heads: list[Subject | None] = []
    for n, (first, last) in enumerate(reversed(segments_of(masked, low, high)[-5:])):
        a, b = first, last
        if (words := _IN_WORDS.match(masked, a, b)) is not None:
            a, b = words.span(1) if words[1] else words.span(2)
        if verb and n == 0 and (by := _PASSIVE.search(masked, a, b)) is not None:
            return Subject(*by.span(1), "role")  # 被校方告知
        if not verb and (found := mentioned(page, paragraph, a, b)) is not None:
            return found
        stripped = speakers.strip_ways(masked, a, b, page.known)
        found = speakers.subject_at_end(masked, a, stripped, page.known)
        if found is None and stripped == a:  # 對此老將韋德表示: what looks like to whom it is said may hold who says it
            found = speakers.subject_at_end(masked, a, b, page.known)
            found = found if found is not None and found.kind == "name" else None
        if (
            found is not None
            and found.kind == "name"
            and not found.office
            and found.start > a
            and masked[found.start : found.end] not in page.known
        ):
            head = people_between(page, paragraph, a, found.start)
            if head and masked[a : head[0].start].strip() == "":
                return Subject(head[0].start, head[0].end, "name", head[0].office)  # 黃覺則安利電影道
        if found is not None and found.kind == "pronoun" and found.start > a and (n > 0 or not verb):
            found = None  # 她來找我，「…」: not the subject
        begins = found.office[0] if found is not None and found.office else found.start if found is not None else a
        if found is not None and found.kind in ("role", "body") and found.start > a:
            head = people_between(page, paragraph, a, found.start)
            if head and not _NO_SUBJECT.search(masked, a, head[0].start) and masked[head[0].end] not in "的、和与":
                return Subject(head[0].start, head[0].end, "name", head[0].office)  # 范雅琳昨在市议会进行施政报告
        if found is not None and not _NO_SUBJECT.search(masked, a, begins):
            if found.kind not in ("role", "body"):
                return found
            within = people_between(page, paragraph, found.start, stripped if masked[found.end] in _GIVEN_TO else b)
            if not within and _TO.search(masked, a, found.start) is None:
                if n == 0 and verb:
                    return found
                unnamed = unnamed or (found if verb or found.start == a else None)
        for end in (b, stripped) if n == 0 else ():
            if masked[a:end] in page.voices or (verb and end == stripped and repeated.may_be_voice(masked[a:end])):
                return Subject(a, end, "body")
        if verb and n == 0 and (one := speakers.role_at_head(masked, a, b, counted=True)) is not None:
            return one  # 一名男子跑来拉住张春生的手大声喊道
        if (found := mentioned(page, paragraph, a, b)) is not None:
            return found
        if not verb and n == 0 and (loose := repeated.loose(masked, a, b)) is not None:
            return Subject(*loose, "name")
        head = speakers.role_at_head(masked, a, b) if not verb and n == 0 else None
        if head is not None and head.start == a and not is_name(masked[head.end : head.end + 3]):
            return head  # 老人不肯：
        heads.append(speakers.role_at_head(masked, a, b))
    told = reported(page, paragraph, low, high)
    return (unnamed or told if verb else told or unnamed) or next((h for h in heads if h is not None), None)


def reported(page: Page, paragraph: int, low: int, high: int) -> Subject | None:
    """Who is reported last to say something, in a sentence that goes on into a quotation: 程雪梅告訴記者，…，“…”。"""
    return weightiest(page.sayings(paragraph), low, high)


_GIVEN_TO = frozenset(simple("给致"))
_PASSIVE = re.compile(simple("(?:遭到?|被)(?!问|追问|询问|指|控|称|赞|誉)([^，,的]{2,10})$"))
_IN_WORDS = re.compile(simple("(?:[用按借]|按照|套用)([^，,]{1,20})的(?:话|说法)(?:来)?[说讲]?|在([^，,]{1,20})看来"))


_SOURCE = re.compile(simple("(?:据|根据|按照|按|依据|依)"))


def _skip_source(masked: str, low: int, high: int) -> int:
    """據張三介紹: what follows 據 is the subject."""
    at = low
    while at < high and masked[at] in " \u3000，,":
        at += 1
    return m.end() if (m := _SOURCE.match(masked, at, high)) else low


def mentioned(page: Page, paragraph: int, low: int, high: int) -> Subject | None:
    """A pronoun at the head of a part of a sentence, or the first person named in it."""
    masked = page.masked[paragraph]
    at = low
    while at < high and masked[at] in " \u3000":
        at += 1
    if (he := _HE.match(masked, at, high)) is not None:
        return Subject(he.end() - 1, he.end(), "pronoun")
    here = people_between(page, paragraph, low, high)
    for n, p in enumerate(here):
        if p.rule == "byline" or (masked[p.end : p.end + 1] == "的" and p.end < high):
            continue
        behind = here[n + 1] if n + 1 < len(here) else None
        if behind is not None and behind.office and _WHOSE.fullmatch(masked, p.end, behind.office[0]):
            continue  # 魯迅先生小說裡的|男主角孔乙己
        if not _NO_SUBJECT.search(masked, low, p.office[0] if p.office and p.office[0] >= low else p.start):
            return Subject(p.start, p.end, "titled" if p.rule == "titled" else "name", p.office)
    for p in between(page.bare(paragraph), low, high):
        if not _NO_SUBJECT.search(masked, low, p.start):
            return Subject(p.start, p.end, "name")
    return None


_WHOSE = re.compile(simple("[^，,；;：:、了着过在把被将对向给让和与同跟]{1,8}的"))
"""Between somebody and who belongs to him."""
_HE = re.compile(
    simple(
        "(?:(?:不过|而|但|随后|对此|同时|可|当|虽然|尽管)?[他她](?![们的])"
        "|在[他她](?=看来)|[按据照][他她](?=的?(?:说法|介绍|估算|估计|观察|回忆)))"
    )
)


def named_before(page: Page, q: Quoted, low: int, high: int, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    """Speech whose speaker is sought in the words before it."""
    if rule == "free" and (told := weightiest(page.sayings(q.paragraph), low, high, opening=True)) is not None:
        return said_by(page, q, told, rule, before)
    found = subject(page, q.paragraph, low, high, verb=rule != "free")
    if found is not None and (rule != "free" or found.kind in ("name", "titled", "pronoun")):
        return said_by(page, q, found, rule, before)
    free = rule == "free"
    return speech(
        page, q, who_else(page, q, before, q.first if free else low, he=free and one_speaks(page, q)) or NOBODY, rule
    )


def one_speaks(page: Page, q: Quoted) -> bool:
    """Whether the words are those of one person, by their 我."""
    return _ONE.search(page.plain[q.paragraph], q.start, q.end) is not None


_ONE = re.compile(simple("我(?!们|国|市|省|县|区|镇|校|院|军|方|司|公司)"))


def who_else(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, at: int, *, he: bool = False) -> Who | None:
    """Who speaks where no word says so: whoever was named since the last speech of the paragraph, else its speaker,
    else whom a pronoun would mean; with `he` no body is meant."""
    if before is not None and before[0].paragraph == q.paragraph and before[1].speaker is not None:
        low = before[0].last
        named = people_between(page, q.paragraph, low, at) or between(page.bare(q.paragraph), low, at)
        told = any(low <= s.who.start < at and s.who.kind != "pronoun" for s in page.sayings(q.paragraph))
        if not named and not told and not (he and before[1].kind == "body"):
            return same(before[1])
    return antecedent(page, q.paragraph, at, he=he)


def said_by(page: Page, q: Quoted, found: Subject, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    """Speech of whoever was found, of whom a pronoun means where it is one."""
    if found.kind == "role" and (named := meant(page, q.paragraph, found) or _again(page, q, found)) is not None:
        return speech(page, q, named, rule)
    if found.kind != "pronoun":
        return speech(page, q, _who(page, q.paragraph, found), rule)
    nobody = Who(None, None, Span(q.paragraph, found.start, found.end), "")
    if page.plain[q.paragraph][found.start : found.end] not in SINGULAR:
        return speech(page, q, nobody, rule)
    he = page.plain[q.paragraph][found.start : found.end]
    who = who_else(page, q, before, found.start, he=True)
    kin = (who.speaker or "").rpartition("的")[2] if who is not None and who.kind == "role" else ""
    if who is not None and not genders.may_be(he, kin or who.speaker or "", kin or who.role or ""):
        who = antecedent(page, q.paragraph, found.start, he=True, pronoun=he) or who
    return speech(page, q, who or nobody, rule)


def _again(page: Page, q: Quoted, found: Subject) -> Who | None:
    """Who has spoken before and is now called by the last words only: 房屋局發言人…發言人又說."""
    word = page.plain[q.paragraph][found.start : found.end]
    for said in reversed(page.said[-4:]):
        whole = simple(said.speaker or "")
        if (
            said.kind == "role"
            and len(whole) > len(word)
            and whole.endswith(word)
            and said.span.paragraph > q.paragraph - 3
        ):
            return same(said)
    return None


SINGULAR = ("他", "她", "其", "自己", "本人")
"""The pronouns that mean one person who is named elsewhere."""


def _who(page: Page, paragraph: int, found: Subject) -> Who:
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


_OLD = re.compile(simple("(?:这位|那位)?老(?:人家?|太太|奶奶|先生|大[爷妈娘]|爷爷|伯)"))
_AGED = re.compile(
    simple(
        "(?:[6-9][0-9]|1[01][0-9]|[六七八九]十[一二三四五六七八九]?|(?:年过|年逾|年近)[六七八九]旬)(?:多|余)?岁?(?:高龄)?的"
    )
)
_THIS_ONE = re.compile(simple("[这那该][位名]"))


def meant(page: Page, paragraph: int, found: Subject) -> Who | None:
    """Who is meant by words for somebody who is named elsewhere: the one old person of the text (老人家), and who was
    spoken of last (這位大滿貫得主), unless those words have stood there without a name (一名男子…這名男子)."""
    plain = page.plain[paragraph]
    word = plain[found.start : found.end]
    if (old := old_one(page, paragraph, found.start, found.end)) is not None:
        return old
    if _THIS_ONE.match(word) is None:
        return None
    last = word[-2:]
    for number in (paragraph, paragraph - 1):
        text = page.plain[number][: found.start] if number == paragraph else page.plain[number] if number >= 0 else ""
        at = text.rfind(last)
        if at >= 0 and not any(p.start == at + len(last) for p in page.people[number]):
            return None
    who = antecedent(page, paragraph, found.start, he=True)
    return who if who is not None and who.kind in ("name", "titled") else None


def old_one(page: Page, paragraph: int, low: int, high: int) -> Who | None:
    """The one old person of the text, where a part of a sentence begins with words for such."""
    if _OLD.match(page.masked[paragraph], low, high) is None:
        return None
    if page.aged is None:
        page.aged = _aged(page)
    return page.aged[0] if len({w.speaker for w in page.aged}) == 1 else None


def _aged(page: Page) -> list[Who]:
    """The people whose age is said to be that of the old: 八十七歲的布袋戲大師江鳳鳴."""
    return [
        _who(page, n, Subject(p.start, p.end, "name", p.office))
        for n, masked in enumerate(page.masked)
        for age in _AGED.finditer(masked)
        for p in people_between(page, n, age.end(), min(len(masked), age.end() + 24))[:1]
        if _PAUSE.search(masked, age.end(), p.start) is None
    ]


_PAUSE = re.compile("[，,。；;：:！？]")


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


NEAR, REACH = 1500, 12
"""So many characters and paragraphs back a pronoun reaches."""


def antecedent(page: Page, paragraph: int, at: int, *, he: bool = False, pronoun: str = "") -> Who | None:
    """The person whom 他 or 她 at a place means, and who speaks there where nobody is named: sentence by sentence
    back, whoever is reported to say something, else whom the sentence names first; with `pronoun` nobody who is said
    to be of the other sex."""
    room = NEAR
    for number in range(paragraph, max(-1, paragraph - REACH), -1):
        masked = page.masked[number]
        high = at if number == paragraph else len(masked)
        while high > 0 and room > 0:
            low = _sentence_start(masked, high, room)
            if (who := _spoken_of(page, number, low, high, he=he, pronoun=pronoun)) is not None:
                return who
            room -= high - low
            high = low
        room -= 1
    return page.topic if he else None


def announced(page: Page, paragraph: int) -> Who | None:
    """Who says the words that a paragraph begins with, where the one before ends with a colon: 老師問了三個問題："""
    before = page.masked[paragraph - 1].rstrip() if paragraph else ""
    if not before.endswith(("：", ":")):
        return None
    at = len(before) - 1
    low = _sentence_start(before, at, NEAR)
    found = subject(page, paragraph - 1, low, at, verb=False)
    if found is None or found.kind == "pronoun":
        return antecedent(page, paragraph - 1, found.start if found else at, he=found is not None)
    return _who(page, paragraph - 1, found)


def _sentence_start(masked: str, high: int, room: int) -> int:
    low, least = high, max(0, high - room)
    while low > least and masked[low - 1] in SENTENCE_ENDS:
        low -= 1
    while low > least and masked[low - 1] not in SENTENCE_ENDS:
        low -= 1
    return low if low < high else high - 1


_HE_AT_HEAD = re.compile(simple("(?:[^，,]{0,8}[，,])?(?:不过|而|但|随后|对此|同时)?[他她](?![们的])"))


def _spoken_of(page: Page, number: int, low: int, high: int, *, he: bool, pronoun: str = "") -> Who | None:
    """Whom a sentence is about: none where a pronoun is its subject, for that is somebody named before."""
    masked = page.masked[number]
    unnamed: Subject | None = None
    if (told := weightiest(page.sayings(number), low, high)) is not None:
        if told.kind == "pronoun" and page.plain[number][told.start] not in _OTHER.get(pronoun, ""):
            return None
        if told.kind in ("name", "titled") and fits(who := _who(page, number, told), pronoun):
            return who
        vague = told.kind == "role" and he and _NOT_MEANT.search(page.plain[number][told.start : told.end])
        if he_less_role(page, number, low, told, he=he):
            return _who(page, number, told)
        if (
            told.kind in ("role", "body")
            and not vague
            and not (he and told.kind == "body")
            and _REPORTER.search(masked, told.start, told.end) is None
        ):
            unnamed = told
    for said in reversed(page.said):
        if said.said_at is None or said.said_at < (number, low):
            break
        if he and _NOT_MEANT.search(simple(said.speaker or "")):
            continue
        if said.said_at.paragraph == number and said.said_at.end <= high and said.speaker and fits(same(said), pronoun):
            return same(said)
    if (he_is := _HE_AT_HEAD.match(masked, low, high)) is not None:
        for p in people_between(page, number, low, he_is.end())[-1:]:  # 再见到孟庆山，他正蹲在地头
            if p.rule != "byline" and masked[p.end : p.end + 1] in ("，", ","):
                return _who(page, number, Subject(p.start, p.end, "titled" if p.rule == "titled" else "name", p.office))
        return None
    here = people_between(page, number, low, high)
    for p in (
        *here,
        *([] if (here and not pronoun) or (unnamed and not he) else between(page.bare(number), low, high)),
    ):
        start = p.office[0] if p.office and p.office[0] >= low else p.start
        kin = _kin_of(masked, p.end, high)
        if kin is not None and he and not pronoun and p.start <= low + 12:
            return _who(page, number, Subject(p.start, kin, "role"))  # 王茜的丈夫…他
        whose = kin is not None and not pronoun
        if p.rule != "byline" and not whose and not _NO_SUBJECT.search(masked, low, start):
            who = _who(page, number, Subject(p.start, p.end, "titled" if p.rule == "titled" else "name", p.office))
            if fits(who, pronoun):
                return who
    unnamed = unnamed or speakers.role_at_head(masked, low, high, counted=True)
    if (
        unnamed is not None
        and _NOT_MEANT.search(masked, unnamed.start, unnamed.end)
        and (he or _THIS_ONE.match(masked, unnamed.start))
    ):
        return None
    return _who(page, number, unnamed) if unnamed is not None else None


_NOT_MEANT = re.compile(simple("^[这那该][位名]|有人$|有网友$|网友$|们$|大家$|记者"))
"""Whom 他 does not mean, and who is somebody named before: 这位三年级学生."""


def _kin_of(masked: str, end: int, high: int) -> int | None:
    """Where the words end for somebody who is somebody's: 王茜|的丈夫; None where it is a thing, or nothing, of his."""
    if masked[end : end + 1] != "的":
        return None
    at = end + 1 + (masked[end + 1 : end + 2] in tuple("小大老"))
    found = tables().office.match(masked, at, high)
    return found.end() if found is not None else None


def he_less_role(page: Page, number: int, low: int, told: Subject, *, he: bool) -> bool:
    """Whether somebody unnamed is the subject of a sentence that reports what is said: nobody is named before him."""
    if told.kind != "role" or he or _REPORTER.search(page.masked[number], told.start, told.end):
        return False
    return not page.masked[number][low : told.start].strip() and not people_between(page, number, low, told.end)


def fits(who: Who, pronoun: str) -> bool:
    return genders.may_be(pronoun, who.speaker or "", who.role or "")


_OTHER = {"他": "她", "她": "他"}
"""The pronoun that is somebody else."""
_REPORTER = re.compile(simple("记者|笔者|小编|报导|报道"))


def said_by_all(page: Page, q: Quoted, listed: list[Person], rule: str) -> Speech:
    """Speech of several people at once: 周美希、吳丹."""
    text = page.text[q.paragraph]
    role = next((text[slice(*p.office)] for p in listed if p.office), None)
    names = "、".join(text[p.start : p.end] for p in listed)
    return speech(page, q, Who(names, role, Span(q.paragraph, listed[0].start, listed[-1].end), "name"), rule)


def same(said: Speech) -> Who:
    """Whoever said that."""
    return Who(said.speaker, said.role, said.said_at, said.kind)


def speech(page: Page, q: Quoted, who: Who, rule: str) -> Speech:
    quote = page.text[q.paragraph][q.start : q.end]
    return Speech(Span(q.paragraph, q.start, q.end), quote, who.speaker, who.role, who.at, rule, q.sound, who.kind)
