"""Words in marks that no verb of saying brings in: whoever acts behind them, answers or was spoken of has said them."""

from __future__ import annotations

import re

from lishu_tui.figures import speakers
from lishu_tui.figures.antecedents import antecedent, old_one
from lishu_tui.figures.folding import simple
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import MASK, NOBODY, SENTENCE_ENDS, Page, Speech, Who, people_between, segments_of
from lishu_tui.figures.persons import same, speech
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.speakers import Subject
from lishu_tui.figures.whose import announced, mentioned, one_speaks, said_by, who_else

FURTHEST = 160
"""So many characters before and after a quotation are read for its speaker."""


def stated(page: Page, q: Quoted, low: int, end: int, before: tuple[Quoted, Speech] | None) -> Speech | None:
    """Words with a predicate that are a clause of their own behind a comma, in a sentence that is about somebody:
    按他的说法，…，“不能年年看老天爷的脸色吃饭”。"""
    told = weightiest(page.sayings(q.paragraph), low, end) or mentioned(page, q.paragraph, low, end)
    if told is None or told.kind not in ("name", "titled", "pronoun"):
        return None
    return said_by(page, q, told, "before", before)


def answerer(page: Page, q: Quoted, before: tuple[Quoted, Speech]) -> Who | None:
    """Who answers a question right behind it, “哪个月？”“五月以前。”: whoever else spoke last, in this paragraph or the
    one before; None where it is no question or nobody else spoke."""
    asked = page.plain[before[0].paragraph][before[0].start : before[0].end]
    answer = page.plain[q.paragraph][q.start : q.end]
    if not asked.endswith(("？", "?")) or answer.endswith(("？", "?")):
        return None
    for said in reversed(page.said):
        if said.span.paragraph < q.paragraph - 2:
            return None
        if said.speaker and said.speaker != before[1].speaker and said.kind in ("name", "titled"):
            return same(said)
    return None


_LEADS_ON = re.compile(simple("说起|谈起|提起|谈到|说到|谈及|回忆|面对|看着|看到|望着|指着|聊起|想起|讲起|一"))


_COPULA = re.compile(simple("[是为有在原曾]"))


def _told_just_before(page: Page, q: Quoted) -> Subject | None:
    """Who is reported to say something in the sentence right before, where the next one tells of somebody what he is:
    蔣老師說，…。“…”姚志源是…"""
    masked = page.masked[q.paragraph]
    following = people_between(page, q.paragraph, q.last, min(len(masked), q.last + 12))
    if not following or following[0].start > q.last + 1 or not _COPULA.match(masked, following[0].end):
        return None
    at = q.first
    while at > 0 and masked[at - 1] in SENTENCE_ENDS:
        at -= 1
    low = at
    while low > 0 and at - low < FURTHEST and masked[low - 1] not in SENTENCE_ENDS + MASK:
        low -= 1
    told = weightiest(page.sayings(q.paragraph), low, at)
    return told if told is not None and told.kind in ("name", "titled", "pronoun") else None


_DASH = re.compile("[—─-]{1,3}")


def _acting(masked: str, low: int, high: int) -> Subject | None:
    """Somebody unnamed who acts in the sentence behind words that are a sentence: “…”指揮員有條不紊地安排任務。"""
    for a, b in segments_of(masked, low, high)[:4]:
        if masked[b : b + 1] in ("：", ":"):
            return None
        found = speakers.role_at_head(masked, a, b)
        if found is not None and masked[found.end - 2 : found.end] == "有人":
            return None
        if found is not None and (a == low or _MANNER.match(masked, found.end, b)):
            return found
    return None


_MANNER = re.compile(simple("[^，,。的]{1,6}地(?![方区点铁上下里面板])|[一-龥]{1,2}着"))


def pausing(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, following: Quoted | None) -> Speech | None:
    """Words that end in a comma and go on behind what somebody does: “总算有张床，”她呼了一口气，“今晚不用坐了。”"""
    if following is None or following.paragraph != q.paragraph or following.first - q.last > 24:
        return None
    masked = page.masked[q.paragraph]
    if masked[following.first - 1] not in "，,：:" or any(c in SENTENCE_ENDS for c in masked[q.last : following.first]):
        return None
    he = _HE_WITHIN.search(masked, q.last, following.first)
    if he is not None:
        return said_by(page, q, Subject(he.end() - 1, he.end(), "pronoun"), "after", before)
    found = mentioned(page, q.paragraph, q.last, following.first)
    return None if found is None else said_by(page, q, found, "after", before)


_HE_WITHIN = re.compile(simple("(?:^|[，,后时]|[\x00])[他她](?![们的])"))


def _sentence_end(page: Page, q: Quoted) -> int:
    """Where the sentence behind a quotation ends, or the next words are quoted; names in marks are passed over."""
    masked = page.masked[q.paragraph]
    high = q.last
    while high < len(masked) and high < q.last + 60 and masked[high] not in SENTENCE_ENDS:
        if masked[high] == MASK:
            name = page.quoted_at.get((q.paragraph, high))
            if (
                name is None
                or name.end - name.start > 8
                or page.plain[q.paragraph][name.end - 1] in SENTENCE_ENDS + "，,"
            ):
                break
            if masked[high - 1] in "，,：:" or high == q.last:
                break
            high = name.last
        else:
            high += 1
    return high


def free(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None) -> Speech:
    """Whole sentences in marks among sentences: said by whoever the next words or the last ones are about."""
    masked = page.masked[q.paragraph]
    high = _sentence_end(page, q)
    if (told := _told_just_before(page, q)) is not None:
        return said_by(page, q, told, "free", before)
    dash = _DASH.match(masked, q.last)
    for a, b in segments_of(masked, dash.end() if dash else q.last, high)[:4]:
        if masked[b : b + 1] in ("：", ":") and masked[b + 1 : b + 2] == MASK and a > q.last:
            break  # it brings in the next
        if (old := old_one(page, q.paragraph, a, b)) is not None:
            return speech(page, q, old, "free")
        if (found := mentioned(page, q.paragraph, a, b)) is not None:
            return said_by(page, q, found, "free", before)
        verb = speakers.verb_at_end(masked, a, b)
        stripped = speakers.strip_ways(masked, a, verb[0] if verb else b, page.known)
        found = speakers.subject_at_end(masked, a, stripped, page.known)
        kinds = ("name", "titled", "role") if _LEADS_ON.match(masked, q.last) else ("name", "titled")
        if found is not None and found.kind in kinds:
            return said_by(page, q, found, "free", before)
    spoke = before is not None and before[0].paragraph == q.paragraph and before[1].speaker is not None
    told_before = any(s.who.start < q.first for s in page.sayings(q.paragraph))
    if not spoke and not told_before and (acting := _acting(masked, q.last, high)) is not None:
        return said_by(page, q, acting, "free", before)
    if masked[: q.first].strip():
        who = who_else(page, q, before, q.first, he=one_speaks(page, q))
    else:
        who = announced(page, q.paragraph)
        if who is None and before is not None and q.paragraph - before[0].paragraph <= 2:
            who = answerer(page, q, before) or same(before[1])
    who = who or antecedent(page, q.paragraph, q.first, he=one_speaks(page, q))
    return speech(page, q, who or NOBODY, "free")
