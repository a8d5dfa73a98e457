"""The scanner: every figure that a text reports, with its exact place. One pass, no segmentation, no model."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

import msgspec

from lishu_tui.figures import bounds, exclusions, judging, numerals
from lishu_tui.figures.counting import Counting, Quantity
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.script import plain
from lishu_tui.figures.terms import CN, Term, times
from lishu_tui.figures.units import Unit

_START = re.compile(rf"[0-9{CN}]|半(?!半)")
_TO = re.compile(r" ?(?:[~～–—]{1,2}|-(?!-)|至|到|—) ?(零下|负|-(?=\d))? ?")
_TOS = frozenset(" ~～–—-至到")
"""What _TO begins with."""
_DASHES = frozenset("-–—")
"""What may stand between the two numbers of a score: 25-18."""
_AND = re.compile(r" ?[、,，×*xX] ?|(?:和|与|或|及|转)|/(?=\d{2,3} ?(?:毫米汞柱|mmHg))")
_HALF = "半"
_CHANGED = re.compile("(?:减少|增加|增长|下降|上升|上涨|下跌|缩减|[上下]调|[上下]修|调[高低升降]|[升降涨跌增减])了?$")


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of a text, in order; the conventions are in tests/cases/figures/README.md."""
    found = _Scanner(text).scan()
    if len(text) <= _ALONE and not (len(found) == 1 and found[0].quote == text.strip()):
        return _whole(text) or found
    return found


_ALONE = 48
"""Characters of a text that may be a number word and nothing else: a cell of a table, a line of its own."""


def _whole(text: str) -> list[Quantity]:
    """The one figure that a text is, if it is nothing else: 一百五, 7 萬 5 千, 一打. Spaces in it are passed over."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    words = "".join(text.split())
    if not words or _MARKS.search(words) or _YEAR.fullmatch(words):
        return []
    number = numerals.read_number(words)
    if number is None or words[-1] in "%％‰" or plain(words)[:3] == "百分之":
        found = _Scanner(words, forced=True).scan()
        if len(found) != 1 or found[0].quote != words:
            return []
        whole = found[0]
    else:
        whole = Quantity(
            start=0, end=0, quote="", value=number, low=number, high=number, bound="exact", bound_word=None,
            unit=None, counted=None, kind="other",
        )  # fmt: skip
    return [msgspec.structs.replace(whole, start=start, end=end, quote=text[start:end])]


_MARKS = re.compile("[，。；：、！？,;:!?]")
_YEAR = re.compile("(?:1[89]|20)[0-9]{2}")


class _Scanner(Counting):
    def __init__(self, text: str, *, forced: bool = False) -> None:
        super().__init__(text, plain(text), forced=forced)
        self.skips = [] if forced else exclusions.fixed_spans(self.plain)
        self.starts = [start for start, _ in self.skips]
        self.unlisted = 0  # up to here numbers were read as a list and were none

    # ── the pass ──────────────────────────────────────────────────────────────────────────────────────────────────
    def scan(self) -> list[Quantity]:
        at, text, search = 0, self.plain, _START.search
        while (match := search(text, at)) is not None:
            at = match.start()
            beyond = self.skip(at)
            if beyond > at:
                at = beyond
                continue
            end = max(self.run(at), at + 1)
            beyond = exclusions.skipped(text, at, end) if end - at <= numerals.LONGEST else end
            at = beyond if beyond > at else max(self.read(at, end), at + 1)
        return self.found

    def skip(self, at: int) -> int:
        """Where the fixed word that `at` lies in ends; else 0."""
        before = bisect_right(self.starts, at) - 1
        if before < 0 or self.skips[before][1] <= at:
            return 0
        return 0 if self.run(at) > self.skips[before][1] else self.skips[before][1]

    def reports(self, term: Term) -> bool:
        return self.forced or judging.counts(self.plain, term)

    def read(self, at: int, end: int) -> int:
        """Read the figure at `at`, or the several of a list; where to go on."""
        term = self.term(at)
        if term is None:
            return end
        if (after := self.range_(term)) is not None:
            return after
        if (after := self.list_(term)) is not None:
            return after
        if not self.reports(term):
            return term.number_end
        return self.add(term, term, None)

    # ── ranges, lists, products ───────────────────────────────────────────────────────────────────────────────────
    def range_(self, first: Term) -> int | None:
        """Two numbers with 至, ~ or a dash between them are one figure."""
        text = self.plain
        if text[first.end : first.end + 1] not in _TOS or first.high is not None:
            return None
        if (to := _TO.match(text, first.end)) is None:
            return None
        if to.end() >= len(text) or not _START.match(text, to.end()) or text[to.end()] == _HALF:
            return None
        second = self.term(to.end())
        if second is None or second.high is not None:
            return None
        second = second._replace(start=to.end())
        if to[1] and not second.negative:
            second = second._replace(value=-second.value, negative=True)
        if first.unit is None and second.unit is None and not first.compound:
            if (
                to[0] in _DASHES
                and text[first.start].isdecimal()
                and exclusions.scored(text, first.start, second.end + 12)
            ):
                self.add(first, first, None)
                return self.add(second, second, None)
            if not judging.bare(self.plain, first, second.end):
                return None
        low, high = first.value, second.value
        share = first.unit is None
        if first.unit is not None and second.unit is not None and not _alike(first.unit, second.unit):
            return None
        if (
            first.unit is not None
            and second.unit is None
            and text[second.end : second.end + 1] not in tuple("，。；、 ）)的不")
            and second.end < len(text)
        ):
            return None
        if (
            second.power > 1
            and first.power == 1
            and share
            and first.inside is None
            and abs(low) < abs(high) / second.power * 1.0001
        ):
            low = times(low, second.power)
        if first.negative and not second.negative and share and to[1] is None and abs(low) < abs(high):
            high = -high
        unit = second.unit or first.unit
        word = second.word if second.unit else first.word
        if (
            first.unit is not None
            and second.unit is not None
            and first.unit.factor != second.unit.factor
            and first.unit.base
        ):
            low, unit, word = first.value, first.unit, first.word
            high = numerals.tidy(Decimal(str(high * second.unit.factor / first.unit.factor)))
        if low > high:
            if not first.negative:
                return None
            low, high = high, low
        if low == high:
            return None
        # 外汇储备减少15亿美元至4210亿美元: by so much to so much.
        changed = (
            first.unit is not None
            and to[0] in ("至", "到")
            and _CHANGED.search(text, max(first.start - 4, 0), first.start)
        )
        if changed and low > 0 and high > 4 * low:
            return None
        joined = second._replace(start=first.start, value=low, high=high, unit=unit, word=word, inside=None)
        if not self.reports(joined):
            return second.end
        return self.add(joined, joined, (low, high))

    def list_(self, first: Term) -> int | None:
        """Numbers that share the unit of the last: 3、5、7公里, 3×4米."""
        text = self.plain
        if first.unit is not None or first.inside or first.high is not None or first.fraction:
            return None
        if first.start < self.unlisted or judging.names(text, first.start):
            return None
        terms = [first]
        while (mark := _AND.match(text, terms[-1].end)) is not None and len(terms) < 60:
            if (
                not text[mark.end() : mark.end() + 1]
                or not _START.match(text, mark.end())
                or exclusions.skipped(text, mark.end(), mark.end() + 1)
            ):
                break
            term = self.term(mark.end())
            if term is None or (text[mark.start()] in ",，" and not text[mark.end()].isdecimal()):
                break
            terms.append(term)
            if term.unit is not None or term.high is not None:
                break
        last = terms[-1]
        self.unlisted = last.end
        if len(terms) < 2 or last.unit is None or last.fraction:
            return None
        if any((text[t.start] in CN) != (text[last.start] in CN) for t in terms) or not self.reports(last):
            return None
        if text[first.start] in CN and text[first.end] not in "、或":
            return None
        counted_ = self.counted(last, first.start, last.end)
        for term in terms[:-1]:
            value = (
                times(term.value, last.power)
                if last.power > 1
                and term.power == 1
                and abs(term.value) < abs(last.value) / last.power * 1000
                and text[first.end] == "、"
                and last.unit.kind != "count"
                else term.value
            )
            self.add(term._replace(unit=last.unit, word=last.word, value=value), last, None, counted_)
        return self.add(last, last, None, counted_)

    # ── writing it down ───────────────────────────────────────────────────────────────────────────────────────────
    def add(self, term: Term, last: Term, ends: tuple[Number, Number] | None, noun: str | None = None) -> int:
        text = self.plain
        said = bounds.around(text, term.start, term.end, term.inside, self.floor)
        low: Number | None = term.value
        high: Number | None = term.value
        bound, value = said.bound, term.value
        if ends is not None or term.high is not None:
            low, high = ends or (term.value, term.high)
            if low is not None and high is not None and low > high:
                low, high = high, low
            value, bound = low if low is not None else value, "range"
        elif bound in ("more_than", "at_least"):
            high = None
        elif bound in ("less_than", "at_most", "approaching"):
            low = None
        elif bound == "about":
            low = high = None
        unit = term.unit
        self.found.append(
            Quantity(
                start=said.start,
                end=said.end,
                quote=self.text[said.start : said.end],
                value=value,
                low=low,
                high=high,
                bound=bound,
                bound_word=self._own(said.word, said),
                unit=term.word,
                counted=noun or self.counted(term, said.start, said.end),
                kind=unit.kind if unit else "other",
                base=unit.base if unit else None,
                factor=unit.factor if unit and unit.base else None,
            )
        )
        self.floor = said.end
        return max(said.end, term.end)

    def _own(self, word: str | None, said: bounds.Bounds) -> str | None:
        """The bound word in the script of the text."""
        if word is None:
            return None
        for at in (
            self.plain.find(word, said.start, said.end),
            self.plain.rfind(word, self.floor, said.start),
            self.plain.find(word, said.end, said.end + 8),
        ):
            if at >= 0:
                return self.text[at : at + len(word)]
        return word


def _alike(first: Unit, second: Unit) -> bool:
    return first.word == second.word or (first.base is not None and first.base == second.base)
