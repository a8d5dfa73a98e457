"""Documents made up in any number: plausible Chinese, the same ones every time.

Words follow one another as the language table says that they do (data/tables/LANGUAGE.md), in phrases that are put
together at random: so common characters and pairs are as common as they are in Chinese, rare ones are many, and a
phrase of eight characters recurs now and then. A third is in traditional characters; in half of them a space stands
somewhere that nobody reads. Document N does not depend on how many are made.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from lishu_tui.edition import Edition, Section
from lishu_tui.edition.model import Paragraph, Provenance, Source
from lishu_tui.restore.language import STEP, language, scripts

CHARACTERS = 1400
"""Of a document on average; 4.2 KB of UTF-8."""
PHRASES = 400_000
SOURCES = (  # noqa: SIM905 - a list of twenty would be a column of twenty
    "新華社 人民日報 中國新聞網 吉林日報 四平日報 梨樹發布 財新網 南方周末 新京報 澎湃新聞 "
    "健康時報 法制日報 經濟觀察報 北京青年報 中國青年報 環球時報 長江日報 湖北日報 楚天都市報 央視新聞"
).split()
FIRST_YEAR, YEARS = 2003, 22
HAN = re.compile("[\u3400-\u9fff]+")
MARKS = ("", "，", "，", "，", "。", "。", "、", "：", "；", "”，“")


class Made(NamedTuple):
    """One document made up."""

    title: str
    date: str
    source: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """As a plain text file."""
        return "\n".join(self.paragraphs) + "\n"


def documents(count: int, first: int = 0) -> Iterator[Made]:
    """Documents `first` up to `first + count`."""
    pool = phrases()
    shown = str.maketrans({plain: form for plain, form in scripts().shown.items() if len(plain) == len(form) == 1})
    for number in range(first, first + count):
        random = Random(number)
        pick = random.random
        paragraphs = []
        left = random.gauss(CHARACTERS - 110, CHARACTERS / 4)  # a document ends with a whole paragraph
        while left > 0 or not paragraphs:
            pieces = random.choices(pool, k=2 + int(pick() * 40))
            marks = random.choices(MARKS, k=len(pieces) - 1)
            text = "".join([c for pair in zip(pieces, marks, strict=False) for c in pair]) + pieces[-1] + "。"
            paragraphs.append(text)
            left -= len(text)
        if pick() < 0.5:
            at = int(pick() * len(paragraphs[-1]))
            paragraphs[-1] = paragraphs[-1][:at] + " " + paragraphs[-1][at:]
        if number % 3 == 0:
            paragraphs = [text.translate(shown) for text in paragraphs]
        day = f"{FIRST_YEAR + int(pick() * YEARS)}-{1 + int(pick() * 12):02}-{1 + int(pick() * 28):02}"
        source = SOURCES[int(len(SOURCES) * pick() ** 2)]
        yield Made(f"{paragraphs[0][:14].rstrip('，。；：、')}（{number}）", day, source, tuple(paragraphs))


@cache
def phrases() -> list[str]:
    """Runs of two to seven words, each likely after the one before."""
    known, random = language(), Random(0)
    pick = random.random
    chinese = [w for w, word in enumerate(known.words) if HAN.fullmatch(word)]
    allowed = {known.number, *chinese}
    weights = list(accumulate(math.exp(-known.costs[w] * STEP) for w in chinese))
    starts = iter(random.choices(chinese, cum_weights=weights, k=PHRASES * 8))
    after: dict[int, tuple[list[int], list[float]]] = {}
    made = []
    for _ in range(PHRASES):
        word, words = next(starts), []
        for _ in range(2 + int(pick() * 6)):
            words.append(str(2 + int(pick() ** 4 * 3000)) if word == known.number else known.words[word])
            following = after.get(word)
            if following is None:
                low, high = (known.starts[word], known.starts[word + 1]) if word < len(known.backs) else (0, 0)
                pairs = [
                    (w, c) for w, c in zip(known.seconds[low:high], known.pairs[low:high], strict=True) if w in allowed
                ]
                following = ([w for w, _ in pairs], list(accumulate(math.exp(-c * STEP) for _, c in pairs)))
                after[word] = following
            seconds, sums = following
            # What is left over of certainty is for words that were never seen after this one.
            if seconds and pick() < min(sums[-1], 0.95):
                word = random.choices(seconds, cum_weights=sums)[0]
            else:
                word = next(starts)
        made.append("".join(words))
    return made


def edition(made: Made) -> Edition:
    """A document as an import of its text makes it."""
    data = made.text.encode()
    digest = hashlib.sha256(data).hexdigest()
    number = made.title.rpartition("（")[2].rstrip("）")
    last = len(made.paragraphs)
    return Edition(
        id=f"made-{number}-{digest[:6]}",
        source=Source(title=made.title, date=made.date, year=int(made.date[:4]), publisher=made.source, sha256=digest),
        capture=data,
        readings={"restored": made.paragraphs, "simplified": made.paragraphs, "capture": made.paragraphs},
        paragraphs=tuple(Paragraph(index=i, section="text", number=i + 1) for i in range(last)),
        sections=(Section(id="text", label="〔正文〕", label_en="Text", has_heading=False, first=0, last=last),),
        emendations=(),
        rules=(),
        damage=None,
        statistics=(),
        comparisons=(),
        names=(),
        provenance=Provenance(format="txt", came_from=f"{number}.txt", found="utf-8", found_by="judged"),
    )
