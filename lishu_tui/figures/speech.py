"""Who says what: quoted speech with its speaker, told from words in quotation marks that nobody says.

A quotation is taken for speech by one of these rules, which `Speech.rule` names:

colon     a verb of saying or a person, and a colon, stand before it: 徐曉芳說：“…”
before    a verb of saying stands before it, with a comma or nothing between: 她表示“…”
after     somebody and a verb of saying follow it: “…”志愿者王雪英說
saying    it is called what somebody says or thinks: “…”這是周美希的心聲 · 他常說的一句話是“…”
free      whole sentences in marks stand among sentences: the speaker is who was or will be spoken of
goes_on   it continues the speech of the paragraph before, or stands in a row with other speech

All else in marks is a name, a slogan or a word used with reserve (“一盤棋”).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from lishu_tui.edition import Span
from lishu_tui.figures import people, speakers
from lishu_tui.figures.folding import any_of, simple
from lishu_tui.figures.marks import Quoted, quotations
from lishu_tui.figures.people import Person
from lishu_tui.figures.speakers import Subject

MASK = "\x00"
"""Stands for what is between quotation marks, and the marks, where the text round them is read."""
_SENTENCE_ENDS = "。！？!?…"
_CLAUSE_ENDS = "，,；;：:"
FURTHEST = 160
"""So many characters before and after a quotation are read for its speaker."""


class Speech(NamedTuple):
    """One stretch of quoted speech: the words between the marks, in one paragraph."""

    span: Span
    quote: str
    speaker: str | None
    role: str | None
    said_at: Span | None
    """Where the speaker is named for it."""
    rule: str
    sound: bool
    """Whether both quotation marks stand there."""
    kind: str = ""
    """What the speaker is named by: name, titled, role or body; empty where there is none."""


class Who(NamedTuple):
    """A speaker: as Speech has it."""

    speaker: str | None
    role: str | None
    at: Span | None
    kind: str


NOBODY = Who(None, None, None, "")


class Page:
    """A text while it is read: canonical, masked, with the people whom it names so far."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.text = paragraphs
        self.plain = [simple(p) for p in paragraphs]
        self.quotes = quotations(paragraphs)
        self.masked = self._mask()
        self.people = [people.people_in(p) for p in self.masked]
        self.known: set[str] = {self.plain[n][p.start : p.end] for n, found in enumerate(self.people) for p in found}
        self.rules = dict.fromkeys(people.repeated(self.plain, self.known), "repeated")
        self.known |= self.rules.keys()
        self.short = people.short_forms(self.known)
        """The last part of a name from another language → the whole of it."""
        self.known |= self.short.keys()
        self._find_again()
        self.bare = [people.bare(m) for m in self.masked]
        """Such as may be people, where nobody else is meant."""
        self.written = {
            plain[p.start : p.end]: text[p.start : p.end]
            for text, plain, found in zip(paragraphs, self.plain, self.people, strict=True)
            for p in found
        }
        self.offices: dict[str, str] = {}
        for n, found in enumerate(self.people):
            for p in found:
                if p.office is not None:
                    self.offices.setdefault(self.plain[n][p.start : p.end], paragraphs[n][slice(*p.office)])
        self.said: list[Speech] = []
        self.subjects: list[tuple[int, int, int]] = []
        """(paragraph, start, end) of everybody named, in order, for pronouns."""

    def _find_again(self) -> None:
        """Let people be all places where a known name stands, not only those where something says that it is one."""
        if not self.known:
            return
        pattern = re.compile(any_of(self.known))
        for found, masked in zip(self.people, self.masked, strict=True):
            named = bytearray(len(masked))
            for p in found:
                named[p.start : p.end] = b"\1" * (p.end - p.start)
            again = [
                Person(*m.span(), people.office_before(masked, m.start()), "again")
                for m in pattern.finditer(masked)
                if not any(named[m.start() : m.end()])
            ]
            if again:
                found += again
                found.sort()

    def simple_names(self, speaker: str) -> list[str]:
        """The names of a speaker, canonical: several where several speak at once."""
        return simple(speaker).split("、")

    def _mask(self) -> list[str]:
        masked = [list(p) for p in self.plain]
        for q in self.quotes:
            masked[q.paragraph][q.first : q.last] = MASK * (q.last - q.first)
            if (
                q.sound
                and masked[q.paragraph][q.last - 2 : q.last - 1] == [MASK]
                and self.plain[q.paragraph][q.end - 1] in "。！？"
            ):
                masked[q.paragraph][q.last - 1] = "。"  # where a quotation is a sentence, another one begins behind it
        return ["".join(m) for m in masked]


def find_speech(paragraphs: str | Sequence[str]) -> list[Speech]:
    """The quoted speech of a text, given as its paragraphs (or as one), in order. See the rules above."""
    page = Page([paragraphs] if isinstance(paragraphs, str) else paragraphs)
    return read_speech(page)


def read_speech(page: Page) -> list[Speech]:
    before: tuple[Quoted, Speech] | None = None
    for n, quoted in enumerate(page.quotes):
        following = page.quotes[n + 1] if n + 1 < len(page.quotes) else None
        found = _one(page, quoted, before, following)
        if found is not None:
            page.said.append(found)
            before = (quoted, found)
        elif before is not None and quoted.paragraph > before[0].paragraph:
            before = None if quoted.paragraph > before[0].paragraph + 1 else before
    return page.said


_SENTENTIAL = re.compile(simple("[我你您咱俺他她]|[，。！？!?；]|[吗呢吧啊嘛呀哦啦]"))
_PERSONAL = re.compile(simple("[我你您咱俺佢咁嘅咗哋喺冇啲]|[！？!?]|[吗呢吧啊嘛呀哦啦]"))
_VERBAL = re.compile(simple("[是不很要会没都就也能让有在了太将被把可应]"))
_NOUN_AFTER = re.compile(simple(
    "的|等|活动|工程|口号|精神|机制|理念|做法|模式|行动|计划|战略|称号|主题|原则|目标|字样|标语|名义|方式|之[称名说]|为|一词|二字|[三四五六八]字|四个字|这|战|政策|制度|体系|工作|现象|问题|之"
))  # fmt: skip
_USED = re.compile(
    simple(
        "的|等(?!到|待|我|他)|一[词语]|二字|[三四五六八]字|四个字|之[称名]|字样|为[主题名]|这[一个种样][^，。]{0,4}[词话口]"
    )
)
"""After whole sentences in marks: they are named, not said."""
_SHOWN = re.compile(
    simple(
        "口号|标语|主题|题目|横幅|歌词|谚语|俗话|诗云|诗句|成语|字样|大字|条幅|标题|规定|对联|古语|有云|常言|老话|牌匾|海报|片名|书名|名字|名称|简称"
    )
)
_SAYING_BEFORE = re.compile(
    simple(
        "(?:目标|初衷|梦想|期望|秘诀|一句话|口头禅|回答|说法|感受|印象|想法|话|愿望|座右铭|解释|理由|答案|态度|回应|名言|心里话|信念|心愿|念头|建议|答复|反应|答覆|体会|看法|观点)(?:就|便|却|都|仍|还)?是$"
    )
)
_SAYING_AFTER = re.compile(simple("[，,]?(?:这|以上|此|那)?(?:就|正|便|也|都)?(?:是|句话|番话|段话|话|些话)"))
_SAYING_NOUN = re.compile(
    simple(
        "心声|感受|体会|话|想法|心愿|愿望|口头禅|信念|座右铭|回答|承诺|感慨|感言|心里话|肺腑之言|感悟|期盼|评价|看法|说法"
    )
)


def _one(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, following: Quoted | None) -> Speech | None:
    text, masked = page.text[q.paragraph], page.masked[q.paragraph]
    words = page.plain[q.paragraph][q.start : q.end]
    if not any(c.isalnum() for c in words):
        return None
    if q.goes_on and before is not None and before[0].paragraph == q.paragraph - 1:
        last = before[1]
        return _speech(page, q, _same(last), "goes_on")
    if before is not None and _listed(masked, before[0], q):
        return _speech(page, q, _same(before[1]), "goes_on")
    low = _clause_start(page, q, masked, before)
    high = q.first
    head = masked[low:high].rstrip(" \u3000")
    colon = head.endswith(("：", ":"))
    comma = head.endswith(("，", ","))
    end = low + len(head) - (colon or comma)
    ended = words.rstrip("”’』」\"' ")[-1:] in _SENTENCE_ENDS or not q.sound
    verb = speakers.verb_at_end(masked, _last_segment(masked, low, end), end)
    shown = speakers.calls(masked, low, end) or _SHOWN.search(masked, max(low, end - 14), end) is not None
    follows = masked[q.last : q.last + 1]
    fresh = not masked[low:high].strip()
    sentential = _SENTENTIAL.search(words) is not None or (len(words) >= 6 and _VERBAL.search(words) is not None)
    if colon and verb is not None and not (shown and not ended):
        return _named(page, q, low, verb[0], "colon", before)
    if colon and not shown and (ended or len(words) >= 6):
        if (who := _subject(page, q, low, end)) is not None and (ended or sentential):
            return _by(page, q, who, "colon", before)
        if ended and len(words) >= 8 and _PERSONAL.search(words):
            return _named(page, q, low, end, "colon", before)
    if not colon and verb is not None and not shown and end > low:
        whole = follows in ("", *"，,。；;！？!?、…）)" + MASK) or ended
        enough = (
            len(words) >= 4
            if comma
            else (len(words) >= 4 and verb[1] in speakers.patterns().introducing and (sentential or len(words) >= 10))
        )
        if enough and (whole or (sentential and len(words) >= 8)) and not _NOUN_AFTER.match(masked, q.last):
            return _named(page, q, low, verb[0], "before", before)
    if _SAYING_BEFORE.search(masked, max(low, end - 12), end) and len(words) >= 4 and (sentential or colon):
        return _named(page, q, low, end, "saying", before)
    closed = ended or (fresh and follows in tuple("。！？") and len(words) >= 10 and sentential)
    pausing = words[-1:] in ("，", ",") or (follows in ("，", ",") and len(words) >= 4 and fresh)
    if (closed or pausing) and (found := _after(page, q, before, fresh or ended, following)) is not None:
        return found
    used = follows != "" and (_USED if ended else _NOUN_AFTER).match(masked, q.last) is not None
    if closed and fresh and len(words) >= 4 and not shown and not used:
        return _free(page, q, before)
    personal = _PERSONAL.search(words) is not None
    if comma and follows in tuple("。！？，；") and len(words) >= 4 and not shown and not ended:
        if (said := _said_before(masked, low, end)) is not None:
            return _named(page, q, low, said, "before", before)
    if comma and (ended or (follows in tuple("。！？") and personal)) and sentential and len(words) >= 10:
        return None if shown or used else _named(page, q, low, end, "free", before)
    if ended and personal and len(words) >= 20 and not shown and not used and head[-1:] not in ("：", ":"):
        return _free(page, q, before)
    if ended and q.sound and colon and before is not None:
        return _free(page, q, before)
    return None


def _said_before(masked: str, low: int, high: int) -> int | None:
    """Where a verb of saying stands that a sentence goes on from: 程雪梅告訴記者，…，“…”。"""
    for a, b in reversed(_segments(masked, low, high)[-6:]):
        verb = speakers.verb_at_end(masked, a, b)
        if verb is not None and (len(verb[1]) > 1 or verb[1] == "说"):
            return verb[0]
        if (early := _TELLS.search(masked, a, b)) is not None:
            return early.start()
    return None


_TELLS = re.compile(simple("(?:讲到|谈到|说到|提到|坦言|透露|表示|告诉|感慨|回忆|介绍|形容|笑称|直言)"))


def _listed(masked: str, before: Quoted, q: Quoted) -> bool:
    """Whether nothing, or a mark as between things in a row, parts two quotations: “…”、“…”"""
    return before.paragraph == q.paragraph and masked[before.last : q.first].strip(" \u3000") in ("", "、", "；", "。")


def _clause_start(page: Page, q: Quoted, masked: str, before: tuple[Quoted, Speech] | None) -> int:
    """Where the sentence begins that leads up to a quotation; speech before it is not part of it."""
    low = max(0, q.first - FURTHEST)
    if before is not None and before[0].paragraph == q.paragraph:
        low = max(low, before[0].last)
    for at in range(q.first - 1, low - 1, -1):
        if masked[at] in _SENTENCE_ENDS or masked[at] in "；;\n":
            return at + 1
    return low


def _last_segment(masked: str, low: int, high: int) -> int:
    return max([low, *(masked.rfind(c, low, high) + 1 for c in _CLAUSE_ENDS)])


_NO_SUBJECT = re.compile(simple("[对向跟把被给让为]$"))


def _segments(masked: str, low: int, high: int) -> list[tuple[int, int]]:
    cuts = [low, *(n + 1 for n in range(low, high) if masked[n] in _CLAUSE_ENDS), high + 1]
    return [(a, b - 1) for a, b in zip(cuts, cuts[1:], strict=False) if b - 1 > a]


def _subject(page: Page, q: Quoted, low: int, high: int) -> Subject | None:
    """Whoever speaks in `low` to `high`, the words before the verb: from the last part of the sentence backwards. Who is
    not named is believed where the verb follows at once, else only where nobody is named."""
    masked = page.masked[q.paragraph]
    low = _skip_source(masked, low, high)
    unnamed: Subject | None = None
    for n, (first, last) in enumerate(reversed(_segments(masked, low, high)[-5:])):
        a, b = first, last
        if (words := _IN_WORDS.match(masked, a, b)) is not None:
            a, b = words.span(1) if words[1] else words.span(2)
        stripped = speakers.strip_ways(masked, a, b, page.known)
        found = speakers.subject_at_end(masked, a, stripped, page.known)
        if found is None and stripped == a:  # 對此老將韋德表示: what looks like to whom it is said may hold who says it
            found = speakers.subject_at_end(masked, a, b, page.known)
            found = found if found is not None and found.kind == "name" else None
        if found is not None and not _NO_SUBJECT.search(masked, a, found.start):
            if found.kind not in ("role", "body") or n == 0:
                return found
            unnamed = unnamed or found
        if (found := _mentioned(page, q.paragraph, a, b)) is not None:
            return found
    return unnamed


_IN_WORDS = re.compile(simple("(?:[用按借]|按照|套用)([^，,]{1,20})的(?:话|说法)(?:来)?[说讲]?|在([^，,]{1,20})看来"))
_SOURCE = re.compile(simple("(?:据|根据|按照|按|依据|依)"))


def _skip_source(masked: str, low: int, high: int) -> int:
    """據張三介紹: what follows 據 is the subject."""
    at = low
    while at < high and masked[at] in " \u3000，,":
        at += 1
    return m.end() if (m := _SOURCE.match(masked, at, high)) else low


def _mentioned(page: Page, paragraph: int, low: int, high: int) -> Subject | None:
    """The first person named in a part of a sentence, or a pronoun at its head."""
    masked = page.masked[paragraph]
    for p in _people_between(page, paragraph, low, high):
        if masked[p.end : p.end + 1] == "的" and p.end < high:
            continue
        if not _NO_SUBJECT.search(masked, low, p.office[0] if p.office and p.office[0] >= low else p.start):
            return Subject(p.start, p.end, "name", p.office)
    at = low
    while at < high and masked[at] in " \u3000":
        at += 1
    if masked[at : at + 1] in ("他", "她") and masked[at + 1 : at + 2] != "们":
        return Subject(at, at + 1, "pronoun")
    return None


def _people_between(page: Page, paragraph: int, low: int, high: int) -> list[Person]:
    return _between(page.people[paragraph], low, high)


def _between(found: list[Person], low: int, high: int) -> list[Person]:
    n = bisect_left(found, (low,))
    chosen = []
    while n < len(found) and found[n].end <= high:
        chosen.append(found[n])
        n += 1
    return chosen


def _named(page: Page, q: Quoted, low: int, high: int, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    """Speech whose speaker is sought in the words before it."""
    found = _subject(page, q, low, high)
    if found is not None and (rule != "free" or found.kind in ("name", "titled", "pronoun")):
        return _by(page, q, found, rule, before)
    return _speech(page, q, _who_else(page, q, before, low) or NOBODY, rule)


def _who_else(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, at: int) -> Who | None:
    """Who speaks where no word says so: whoever was named since the last speech of the paragraph, else its speaker,
    else whom a pronoun would mean."""
    if before is not None and before[0].paragraph == q.paragraph:
        low = before[0].last
        named = _people_between(page, q.paragraph, low, at) or _between(page.bare[q.paragraph], low, at)
        return _antecedent(page, q.paragraph, at) if named else _same(before[1])
    return _antecedent(page, q.paragraph, at)


def _after(
    page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, sure: bool, following: Quoted | None
) -> Speech | None:
    """Speech whose speaker follows it: “…”，志愿者王雪英說。"""
    masked = page.masked[q.paragraph]
    low = q.last
    while masked[low : low + 1] in tuple("，,。 \u3000") and low < len(masked):
        low += 1
    limit = min(len(masked), low + FURTHEST // 2)
    if following is not None and following.paragraph == q.paragraph:
        limit = min(limit, following.first)
    high = low
    while high < limit and masked[high] not in _SENTENCE_ENDS and masked[high] not in "；;" + MASK:
        high += 1
    if high <= low:
        return None
    if _SAYING_AFTER.match(masked, low, high) and (noun := _SAYING_NOUN.search(masked, low, high)):
        start = _SAYING_AFTER.match(masked, low, high).end()  # type: ignore[union-attr]
        de = noun.start() - 1 if masked[noun.start() - 1 : noun.start()] == "的" else noun.start()
        listed = _people_between(page, q.paragraph, start, de)
        if listed:
            return _speech_of(page, q, listed, "saying")
        if (found := speakers.subject_at_end(masked, start, de, page.known)) is not None:
            return _by(page, q, found, "saying", before)
    segments = _segments(masked, low, high)
    for n, (a, b) in enumerate(segments[:4]):
        verb = speakers.verb_at_end(masked, a, b)
        if verb is None and n == 0:
            verb = _verb_early(masked, a, b)
        if verb is None:
            continue
        brings = masked[b : b + 1] in ("：", ":")
        if (
            brings
            and following is not None
            and following.paragraph == q.paragraph
            and following.first - b < 3
            and n > 0
        ):
            break
        if (
            brings
            and before is not None
            and before[0].paragraph == q.paragraph
            and not _people_between(page, q.paragraph, a, b)
        ):
            break
        found = _subject(page, q, low, verb[0])
        if found is not None:
            return _by(page, q, found, "after", before)
        if not sure:
            return None
        break
    return None


_EARLY = re.compile(
    simple(
        "说(?=起|到|完|着|罢|出|得|的|这|,|，|$)|(?:告诉|表示|介绍|坦言|感慨|回忆|认为|指出|强调|透露|写道|解释|说道|笑道|感叹)"
    )
)


def _verb_early(masked: str, low: int, high: int) -> tuple[int, str] | None:
    """A verb of saying that goes on after itself: “…”王雪英告訴記者她已經…"""
    found = _EARLY.search(masked, low, min(high, low + 36))
    if found is None:
        return None
    stripped = speakers.strip_ways(masked, low, found.start())
    return (found.start(), found[0]) if speakers.subject_at_end(masked, low, stripped) else None


_LEADS_ON = re.compile(simple("说起|谈起|提起|谈到|说到|谈及|回忆|面对|看着|看到|望着|指着|聊起|想起|讲起|一"))


def _free(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None) -> Speech:
    """Whole sentences in marks among sentences: said by whoever the next words or the last ones are about."""
    masked = page.masked[q.paragraph]
    high = q.last
    while high < len(masked) and high < q.last + 60 and masked[high] not in _SENTENCE_ENDS + MASK:
        high += 1
    for a, b in _segments(masked, q.last, high)[:4]:
        if (found := _mentioned(page, q.paragraph, a, b)) is not None:
            return _by(page, q, found, "free", before)
        verb = speakers.verb_at_end(masked, a, b)
        stripped = speakers.strip_ways(masked, a, verb[0] if verb else b, page.known)
        if (found := speakers.subject_at_end(masked, a, stripped, page.known)) is not None:
            if found.kind in ("name", "titled") or (found.kind == "role" and _LEADS_ON.match(masked, q.last)):
                return _by(page, q, found, "free", before)
    who = _who_else(page, q, before, q.first) if masked[: q.first].strip() else None
    if who is None and before is not None and q.paragraph - before[0].paragraph <= 2:
        who = _same(before[1])
    return _speech(page, q, who or _antecedent(page, q.paragraph, q.first) or NOBODY, "free")


def _by(page: Page, q: Quoted, found: Subject, rule: str, before: tuple[Quoted, Speech] | None) -> Speech:
    text, plain = page.text[q.paragraph], page.plain[q.paragraph]
    name = plain[found.start : found.end]
    at = Span(q.paragraph, found.start, found.end)
    if found.kind == "pronoun":
        if name not in ("他", "她", "其", "自己", "本人"):
            return _speech(page, q, Who(None, None, at, ""), rule)
        return _speech(page, q, _who_else(page, q, before, found.start) or Who(None, None, at, ""), rule)
    role = text[slice(*found.office)] if found.office else None
    if found.kind == "name":
        page.known.add(name)
        if role:
            page.offices.setdefault(name, role)
        role = role or page.offices.get(name)
    if found.kind == "titled" and (full := _full(page, name)) is not None:
        return _speech(page, q, Who(full[0], full[1] or role, at, "name"), rule)
    return _speech(page, q, Who(text[found.start : found.end], role or None, at, found.kind), rule)


def _full(page: Page, titled: str) -> tuple[str, str | None] | None:
    """The full name of whom 曾書記 means, where one person of that surname is named."""
    surname = titled[1:2] if titled[0] in "老小阿" and len(titled) == 2 else titled[:1]
    fitting = [n for n in page.known if n.startswith(surname) and 2 <= len(n) <= 4 and n != titled]
    if len(fitting) != 1:
        return None
    return page.written.get(fitting[0], fitting[0]), page.offices.get(fitting[0])


NEAR = 1500
"""So many characters back a pronoun reaches."""


def _antecedent(page: Page, paragraph: int, at: int) -> Who | None:
    """The person whom 他 or 她 at a place means: whom the nearest sentence before names first."""
    for number in range(paragraph, max(-1, paragraph - 4), -1):
        masked = page.masked[number]
        high = at if number == paragraph else len(masked)
        low = max(0, high - NEAR)
        best: tuple[int, int] | None = None
        people_here = [
            p
            for p in _people_between(page, number, low, high)
            if p.rule != "byline" and masked[p.end : p.end + 1] != "的"
        ]
        sentence = max(masked.rfind(c, low, high) for c in _SENTENCE_ENDS)
        maybe = _between(page.bare[number], max(low, sentence), high) if number == paragraph or not people_here else []
        for p in (*people_here, *maybe):
            best = _better(masked, best, (p.start, p.end))
        for said in reversed(page.said):
            if said.said_at is None or said.said_at < (number, low):
                break
            if said.said_at.paragraph == number and said.said_at.end <= high and said.speaker is not None:
                best = _better(masked, best, (said.said_at.start, said.said_at.end))
        if best is not None:
            name = page.plain[number][slice(*best)]
            return Who(page.text[number][slice(*best)], page.offices.get(name), Span(number, *best), "name")
    return None


def _better(masked: str, best: tuple[int, int] | None, other: tuple[int, int]) -> tuple[int, int]:
    """The one in the later sentence; of two in the same, the first."""
    if best is None:
        return other
    first, second = sorted((best, other))
    apart = any(c in masked[first[1] : second[0]] for c in _SENTENCE_ENDS)
    return second if apart else first


def _speech_of(page: Page, q: Quoted, listed: list[Person], rule: str) -> Speech:
    """Speech of several people at once: 周美希、吳丹."""
    text = page.text[q.paragraph]
    role = next((text[slice(*p.office)] for p in listed if p.office), None)
    names = "、".join(text[p.start : p.end] for p in listed)
    return _speech(page, q, Who(names, role, Span(q.paragraph, listed[0].start, listed[-1].end), "name"), rule)


def _same(said: Speech) -> Who:
    """Whoever said that."""
    return Who(said.speaker, said.role, said.said_at, said.kind)


def _speech(page: Page, q: Quoted, who: Who, rule: str) -> Speech:
    quote = page.text[q.paragraph][q.start : q.end]
    return Speech(Span(q.paragraph, q.start, q.end), quote, who.speaker, who.role, who.at, rule, q.sound, who.kind)
