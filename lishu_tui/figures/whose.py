"""Whose words they are: the subject before or behind them, whom a pronoun means, who spoke last."""

from __future__ import annotations

import re

from lishu_tui.edition import Span
from lishu_tui.figures import genders, repeated, speakers
from lishu_tui.figures.antecedents import NEAR, NO_SUBJECT, antecedent, kin_of, meant, sentence_start
from lishu_tui.figures.folding import simple
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import NOBODY, Page, Speech, Who, between, people_between, segments_of
from lishu_tui.figures.people import Person, is_name
from lishu_tui.figures.persons import same, speech, who_is
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.speakers import Subject, as_subject

_TO = re.compile(simple("[对向][^，,]{0,20}$"))
"""Before somebody who is not named: that the words are said to them."""


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
            first_named = people_between(page, paragraph, a, found.start)[:1]
            if first_named and not masked[a : first_named[0].start].strip():
                return as_subject(first_named[0])  # 黃覺則安利電影道
        if found is not None and found.kind == "pronoun" and found.start > a and (n > 0 or not verb):
            found = None  # 她來找我，「…」: not the subject
        begins = found.office[0] if found is not None and found.office else found.start if found is not None else a
        if found is not None and found.kind in ("role", "body") and found.start > a:
            for p in people_between(page, paragraph, a, found.start)[:1]:
                if not NO_SUBJECT.search(masked, a, p.start) and masked[p.end] not in "的、和与":
                    return as_subject(p)  # 范雅琳昨在市议会进行施政报告
        if found is not None and not NO_SUBJECT.search(masked, a, begins):
            if found.kind not in ("role", "body"):
                return found
            inside = found.end if "的" in masked[found.start : found.end] else found.start  # 程桂芝的丈夫
            within = people_between(page, paragraph, inside, stripped if masked[found.end] in _GIVEN_TO else b)
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
        named = people_between(page, paragraph, head.end, b)[:1] if head is not None else []
        if head is not None and named and named[0].start == head.end:
            return as_subject(named[0])
        if head is not None and head.start == a and not is_name(masked[head.end : head.end + 3]):
            return head  # 老人不肯：
        heads.append(speakers.role_at_head(masked, a, b))
    told = reported(page, paragraph, low, high)
    return (unnamed or told if verb else told or unnamed) or next((h for h in heads if h is not None), None)


def reported(page: Page, paragraph: int, low: int, high: int) -> Subject | None:
    """Who is reported last to say something, in a sentence that goes on into a quotation: 程雪梅告訴記者，…，“…”。"""
    return weightiest(page.sayings(paragraph), low, high)


_GIVEN_TO = frozenset(simple("给致"))
_PASSIVE = re.compile(simple("(?:遭到?|被)(?!告|问|追问|询问|指|控|称|赞|誉)([^，,的]{2,10})$"))
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
        if p.rule == "byline":
            continue
        if masked[p.end : p.end + 1] == "的" and p.end < high and not _HIS_WORDS.match(masked, p.end):
            kin = kin_of(masked, p.end, high)
            if kin is not None and not masked[low : p.office[0] if p.office else p.start].strip():
                return Subject(p.start, kin, "role")  # 王桂芬的老伴摆摆手：
            continue
        behind = here[n + 1] if n + 1 < len(here) else None
        if behind is not None and behind.office and _WHOSE.fullmatch(masked, p.end, behind.office[0]):
            continue  # 魯迅先生小說裡的|男主角孔乙己
        if not NO_SUBJECT.search(masked, low, p.office[0] if p.office and p.office[0] >= low else p.start):
            return as_subject(p)
    for p in between(page.bare(paragraph), low, high):
        if not NO_SUBJECT.search(masked, low, p.start):
            return Subject(p.start, p.end, "name")
    return None


_HIS_WORDS = re.compile(simple("的(?:话|声音|回答|回应|评价|态度|说法|语气)"))
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
    if found.kind in ("role", "body"):
        named = meant(page, q.paragraph, found) if found.kind == "role" else None
        if (named := named or _again(page, q, found)) is not None:
            return speech(page, q, named, rule)
    if found.kind != "pronoun":
        return speech(page, q, who_is(page, q.paragraph, found), rule)
    nobody = Who(None, None, Span(q.paragraph, found.start, found.end), "")
    if page.plain[q.paragraph][found.start : found.end] not in SINGULAR:
        return speech(page, q, nobody, rule)
    he = page.plain[q.paragraph][found.start : found.end]
    who = who_else(page, q, before, found.start, he=True)
    kin = (who.speaker or "").rpartition("的")[2] if who is not None and who.kind == "role" else ""
    if who is not None and not genders.may_be(he, kin or who.speaker or "", kin or who.role or ""):
        who = antecedent(page, q.paragraph, found.start, he=True, pronoun=he) or who
    return speech(page, q, who or nobody, rule)


_THIS = simple("该此")


def _again(page: Page, q: Quoted, found: Subject) -> Who | None:
    """Who has spoken before and is now called by the last words only: 房屋局發言人…發言人又說."""
    word = page.plain[q.paragraph][found.start : found.end].lstrip(_THIS)
    for said in reversed(page.said[-4:]):
        whole = simple(said.speaker or "")
        if (
            said.kind == found.kind
            and len(whole) > len(word)
            and whole.endswith(word)
            and said.span.paragraph > q.paragraph - 3
        ):
            return same(said)
    return None


SINGULAR = ("他", "她", "其", "自己", "本人")
"""The pronouns that mean one person who is named elsewhere."""


def announced(page: Page, paragraph: int) -> Who | None:
    """Who says the words that a paragraph begins with, where the one before ends with a colon: 老師問了三個問題："""
    before = page.masked[paragraph - 1].rstrip() if paragraph else ""
    if not before.endswith(("：", ":")):
        return None
    at = len(before) - 1
    low = sentence_start(before, at, NEAR)
    found = subject(page, paragraph - 1, low, at, verb=False)
    if found is None or found.kind == "pronoun":
        return antecedent(page, paragraph - 1, found.start if found else at, he=found is not None)
    return who_is(page, paragraph - 1, found)


def said_by_all(page: Page, q: Quoted, listed: list[Person], rule: str) -> Speech:
    """Speech of several people at once: 周美希、吳丹."""
    text = page.text[q.paragraph]
    role = next((text[slice(*p.office)] for p in listed if p.office), None)
    names = "、".join(text[p.start : p.end] for p in listed)
    return speech(page, q, Who(names, role, Span(q.paragraph, listed[0].start, listed[-1].end), "name"), rule)
