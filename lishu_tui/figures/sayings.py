"""Who is reported to say anything, in marks or not: the verbs of saying of a text with their subjects.

Whoever was reported last is whom the next words in marks belong to that have no speaker (曾總說，感謝，「相信自己。」),
and whom 他 and 她 mean, before anybody else who is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from lishu_tui.figures import speakers
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.speakers import Subject


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    verbs = [w for w in words("speech_verbs.txt", "quoting") if len(w) > 1]
    return re.compile(
        f"(?:{any_of(verbs)})(?![的人者性力会稿])|"
        + simple(
            "说(?![法明服客辞谎唱到起不得])|称(?![号赞呼为作职谓])|指(?![导挥标数定责纹派南示向引着])|痛批|[笑直]言"
        )
    )


_CLAUSE = re.compile("[^，,；;：:。！？!?…\x00\n]+")


def sayings_in(masked: str, known: Collection[str] = frozenset()) -> list[Subject]:
    """The subjects of the verbs of saying in a paragraph (canonical, its quotations masked), in order."""
    found: list[Subject] = []
    for clause in _CLAUSE.finditer(masked):
        low, high = clause.span()
        verb = _verbs().search(masked, low, min(high, low + 60))
        if verb is None or verb.start() == low:
            continue
        stripped = speakers.strip_ways(masked, low, verb.start(), known)
        subject = speakers.subject_at_end(masked, low, stripped, known)
        if subject is not None and not _TOLD.search(masked, low, subject.start):
            found.append(subject)
    return found


_TOLD = re.compile(simple("[对向跟和与给被把让请的]$"))
"""Before somebody who does not speak himself: to whom it is said, or whose it is."""
