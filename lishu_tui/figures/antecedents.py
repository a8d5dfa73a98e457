"""Whom 他 and 她 mean, and 这位 and 老人家: whoever was reported last to say something, else who is named first."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures import genders, speakers
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.page import SENTENCE_ENDS, Page, Who, between, people_between
from lishu_tui.figures.persons import same, who_is
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.speakers import Subject, as_subject

NO_SUBJECT = re.compile(simple("[对向跟把被给让为替]$"))


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
        who_is(page, n, Subject(p.start, p.end, "name", p.office))
        for n, masked in enumerate(page.masked)
        for age in _AGED.finditer(masked)
        for p in people_between(page, n, age.end(), min(len(masked), age.end() + 24))[:1]
        if _PAUSE.search(masked, age.end(), p.start) is None
    ]


_PAUSE = re.compile("[，,。；;：:！？]")


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
            low = sentence_start(masked, high, room)
            if (who := _spoken_of(page, number, low, high, he=he, pronoun=pronoun)) is not None:
                return who
            room -= high - low
            high = low
        room -= 1
    return page.topic if he else None


def sentence_start(masked: str, high: int, room: int) -> int:
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
        if told.kind in ("name", "titled") and fits(who := who_is(page, number, told), pronoun):
            return who
        vague = told.kind == "role" and he and NOT_MEANT.search(page.plain[number][told.start : told.end])
        if he_less_role(page, number, low, told, he=he):
            return who_is(page, number, told)
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
        if he and NOT_MEANT.search(simple(said.speaker or "")):
            continue
        if said.said_at.paragraph == number and said.said_at.end <= high and said.speaker and fits(same(said), pronoun):
            return same(said)
    if (he_is := _HE_AT_HEAD.match(masked, low, high)) is not None:
        for p in people_between(page, number, low, he_is.end())[-1:]:  # 再见到孟庆山，他正蹲在地头
            if p.rule != "byline" and masked[p.end : p.end + 1] in ("，", ","):
                return who_is(page, number, as_subject(p))
        return None
    here = people_between(page, number, low, high)
    for p in (
        *here,
        *([] if (here and not pronoun) or (unnamed and not he) else between(page.bare(number), low, high)),
    ):
        start = p.office[0] if p.office and p.office[0] >= low else p.start
        kin = kin_of(masked, p.end, high)
        if kin is not None and he and not pronoun and p.start <= low + 12:
            return who_is(page, number, Subject(p.start, kin, "role"))  # 王茜的丈夫…他
        whose = kin is not None and not pronoun
        if p.rule != "byline" and not whose and not NO_SUBJECT.search(masked, low, start):
            who = who_is(page, number, as_subject(p))
            if fits(who, pronoun):
                return who
    unnamed = unnamed or speakers.role_at_head(masked, low, high, counted=True)
    if (
        unnamed is not None
        and NOT_MEANT.search(masked, unnamed.start, unnamed.end)
        and (he or _THIS_ONE.match(masked, unnamed.start))
    ):
        return None
    return who_is(page, number, unnamed) if unnamed is not None else None


NOT_MEANT = re.compile(simple("^[这那该][位名]|有人$|有网友$|网友$|们$|大家$|记者"))
"""Whom 他 does not mean, and who is somebody named before: 这位三年级学生."""


def kin_of(masked: str, end: int, high: int) -> int | None:
    """Where the words end for somebody who is somebody's: 王茜|的丈夫; None where it is a thing, or nothing, of his."""
    if masked[end : end + 1] != "的":
        return None
    at = end + 1 + (masked[end + 1 : end + 2] in tuple("小大老"))
    found = _kin().match(masked, at, high)
    return found.end() if found is not None else None


@lru_cache(maxsize=1)
def _kin() -> re.Pattern[str]:
    return re.compile(any_of(words("offices.txt", "kind")))


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
