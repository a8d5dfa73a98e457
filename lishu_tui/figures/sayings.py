"""Who is reported to say anything, in marks or not: the verbs of saying of a text with their subjects.

Whoever was reported last is whom the next words in marks belong to that have no speaker (曾總說，感謝，「相信自己。」),
and whom 他 and 她 mean, before anybody else who is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import speakers
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.speakers import Subject


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    verbs = [w for w in words("speech_verbs.txt", "say", "quoting") if len(w) > 1]
    return re.compile(
        f"(?:{any_of(verbs)})(?![的人者性力会稿])|"
        + simple(
            "(?<![小学传听据解游话虽按胡])说(?![法明服客辞谎唱到起不得])|(?<![名简职昵号俗统通堪])称(?![号赞呼为作职谓])|"
            "(?<![手食戒中拇五股])指(?![导挥标数定责纹派南示向引着])|痛批|[笑直]言"
        )
    )


_CLAUSE = re.compile("[^，,；;：:。！？!?…\x00\n]+")


class Saying(NamedTuple):
    """Somebody who is reported to say something; `opens` where the verb has a comma behind it, so that all the rest of
    the sentence is what is said (楊父透露，法官多次強調…，「…」: it is 楊父 who says it)."""

    who: Subject
    opens: bool


def sayings_in(masked: str, known: Collection[str] = frozenset()) -> list[Saying]:
    """What is said in a paragraph (canonical, its quotations masked), in order."""
    found: list[Saying] = []
    last = (0, 0)
    for clause in _CLAUSE.finditer(masked):
        low, high = clause.span()
        before, last = last, (low, high)
        verb = _verbs().search(masked, low, min(high, low + 60))
        if verb is None:
            continue
        subject = _before(masked, low, verb.start(), known)
        if (
            subject is None
            and speakers.strip_ways(masked, low, verb.start()) == low
            and masked[low - 1 : low] in ("，", ",")
        ):
            subject = _at_head(masked, *before, known) or _before(masked, *before, known)  # 詹京霖在受訪時，坦承…
            subject = subject if subject is not None and subject.kind in ("name", "titled") else None
        if subject is not None and subject.kind in ("role", "body") and _ELSE.search(masked, low, subject.start):
            continue  # who is not named must begin the clause
        asks = subject is not None and _asks(masked, subject, verb)
        if subject is not None and not asks and not _TOLD.search(masked, low, subject.start):
            found.append(Saying(subject, masked[verb.end() : verb.end() + 1] in ("，", ",", "：", ":")))
    return found


def weightiest(sayings: list[Saying], low: int, high: int, *, opening: bool = False) -> Subject | None:
    """Whose words the end of a sentence from `low` to `high` is likeliest; with `opening` only if a comma says so."""
    inside = [s for s in sayings if low <= s.who.start and s.who.end <= high and (s.opens or not opening)]
    return next((s.who for s in reversed(inside) if s.opens), inside[-1].who if inside else None)


def _before(masked: str, low: int, high: int, known: Collection[str]) -> Subject | None:
    stripped = speakers.strip_ways(masked, low, high, known)
    found = speakers.subject_at_end(masked, low, stripped, known)
    if found is None and stripped <= low + 1:  # 曾總: not 曾 and 總 as adverbs
        found = speakers.subject_at_end(masked, low, high, known)
        found = found if found is not None and found.kind in ("name", "titled") else None
    return found


def _at_head(masked: str, low: int, high: int, known: Collection[str]) -> Subject | None:
    for length in range(min(8, high - low), 1, -1):
        if masked[low : low + length] in known:
            return Subject(low, low + length, "name")
    return None


def _asks(masked: str, subject: Subject, verb: re.Match[str]) -> bool:
    """Whether somebody asks what is told without marks, so that whoever is asked speaks next: 馆员问他为什么写."""
    if _ASKS.match(masked, subject.start) is not None:
        return True
    if not verb[0].endswith("问"):
        return False
    stop = _SENTENCE.search(masked, verb.end())
    return "\x00" not in masked[verb.end() : stop.start() if stop else len(masked)] or masked[verb.end()] in "他她"


_SENTENCE = re.compile("[。！？!?\n]")
_ASKS = re.compile(simple("(?:本报|本刊|本台)?记者(?:再|又|还|继续)?(?:追|询|提)?问(?!题)"))
"""Whoever is asked speaks next: 记者问他会不会申请，“会啊。”"""
_ELSE = re.compile(simple("[在对向给被把到了着过让]"))
_TOLD = re.compile(simple("[对向跟和与给被把让请]$"))
"""Before somebody who does not speak himself, but to whom it is said."""
