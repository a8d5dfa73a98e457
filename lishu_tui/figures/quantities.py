"""The scanner: every figure that a text reports, with its exact place. One pass, no segmentation, no model."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

import msgspec

from lishu_tui.edition.model import Bound, Frozen
from lishu_tui.figures import bounds, counted, exclusions, judging, numerals
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.script import plain
from lishu_tui.figures.terms import CN, Reader, Term, times
from lishu_tui.figures.units import Kind, Unit, unit_at


class Quantity(Frozen, frozen=True):
    """One figure as the text reports it: characters `start` to `end` of the text, which are `quote`.

    `value` is in `unit` as written, 千 百 萬 億 expanded; a range's is its low end. `low` and `high` are None where the
    text sets no such limit. `counted` are words of the text, None where it names nothing. `base` is the unit that
    `unit` is `factor` times of, where there is one."""

    start: int
    end: int
    quote: str
    value: Number
    low: Number | None
    high: Number | None
    bound: Bound
    bound_word: str | None
    unit: str | None
    counted: str | None
    kind: Kind
    base: str | None = None
    factor: float | None = None


_START = re.compile(rf"[0-9{CN}]|半(?!半)")
_TO = re.compile(r" ?(?:[~～–—]{1,2}|-(?!-)|至|到|—) ?(零下|负|-(?=\d))? ?")
_AND = re.compile(r" ?[、,，×*xX] ?|(?:和|与|或|及|转)")
_HALF = "半"
_MEASURED = "率量额价度值比入积资润温重金款费距径程速产位绩数本长高宽深润益差幅"
"""Words that end in one of these name what is measured."""
_MORE = re.compile(rf"([、和及与][\u3400-\u9fff]{{0,4}}?)?(?:[0-9]+|[{CN}]{{1,6}})[多余]?")
"""One more number before the noun: 三类二十八门课程, 新建12所、改扩建8所学校."""
_PEOPLE = re.compile("村民|居民|农户|群众|家庭|人家|百姓|农民|牧民|商户|企业|贫困户|学生|师生|职工|员工|党员|旅客|观众")
_PERSONS = "人员者生师工民长家手客兵友童孩婴妇男女士官警犯嫌护医星将众户属弟妹母父亲东商"
_AGAINST = re.compile(rf"(?:[0-9{CN}]比|:)$")
_OF = re.compile("[长宽高深厚重]?的")
_VOTE = re.compile("(?:贊成|赞成|反对|反對|弃权|棄權|同意)")
_NOUNS = frozenset(
    "人 人次 户 号人 场次 架次 车次 班次 台次 家次 户次 国 省 市 县 区 镇 乡 村 国家 城市 地区 省份 县市 区县".split()  # noqa: SIM905
)
_PLACES = frozenset("国 省 市 县 区 镇 乡 村 国家 城市 地区 省份 县市 区县 地".split())  # noqa: SIM905
"""Units that name what they count."""


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


class _Scanner(Reader):
    def __init__(self, text: str, *, forced: bool = False) -> None:
        super().__init__(text, plain(text), forced=forced)
        self.skips = [] if forced else exclusions.fixed_spans(self.plain)
        self.starts = [start for start, _ in self.skips]
        self.found: list[Quantity] = []
        self.floor = 0
        self.claimed = (0, 0)  # the noun that the last figure counts
        self.members: list[tuple[int, int]] = []  # what the figures to come count, one each
        self.unlisted = 0  # up to here numbers were read as a list and were none

    # ── the pass ──────────────────────────────────────────────────────────────────────────────────────────────────
    def scan(self) -> list[Quantity]:
        at, text = 0, self.plain
        while (match := _START.search(text, at)) is not None:
            at = match.start()
            beyond = self.skip(at)
            if beyond > at:
                at = beyond
                continue
            run = numerals.RUN.match(text, at)
            end = run.end() if run else at + 1
            beyond = exclusions.skipped(text, at, end) if end - at <= numerals.LONGEST else end
            at = beyond if beyond > at else max(self.read(at, end), at + 1)
        return self.found

    def skip(self, at: int) -> int:
        """Where the fixed word that `at` lies in ends; else 0."""
        before = bisect_right(self.starts, at) - 1
        if before < 0 or self.skips[before][1] <= at:
            return 0
        run = numerals.RUN.match(self.plain, at)
        return 0 if run is not None and run.end() > self.skips[before][1] else self.skips[before][1]

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
        to = _TO.match(text, first.end)
        if to is None or first.high is not None:
            return None
        if to.end() >= len(text) or not _START.match(text, to.end()) or text[to.end()] == _HALF:
            return None
        second = self.term(to.end())
        if second is None or second.high is not None:
            return None
        second = second._replace(start=to.end())
        if to[1] and not second.negative:
            second = second._replace(value=-second.value, negative=True)
        if (
            not first.compound
            and first.unit is None
            and second.unit is None
            and not judging.bare(self.plain, first, second.end)
        ):
            return None
        low, high = first.value, second.value
        share = first.unit is None
        if first.unit is not None and second.unit is not None and not _alike(first.unit, second.unit):
            return None
        if (
            first.unit is not None
            and second.unit is None
            and text[second.end : second.end + 1] not in tuple("，。；、 ）)的")
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
        joined = second._replace(start=first.start, value=low, high=high, unit=unit, word=word, inside=None)
        if not self.reports(joined):
            return second.end
        return self.add(joined, joined, (low, high))

    def list_(self, first: Term) -> int | None:
        """Numbers that share the unit of the last: 3、5、7公里, 3×4米."""
        text = self.plain
        if first.unit is not None or first.inside or first.high is not None or first.fraction:
            return None
        if first.start < self.unlisted:
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
    def counted(self, term: Term, start: int, end: int) -> str | None:
        """What is counted, in words of the text."""
        last = self.found[-1] if self.found else None
        kind = term.unit.kind if term.unit else "other"
        if (members := counted.respectively(self.plain, start, last.end if last else 0)) or self.members:
            if not members and not counted.goes_on(self.plain, start, self.floor):
                self.members = []
            elif member := (members or self.members):
                self.members = member[1:]
                return self.text[slice(*member[0])]
        if last and last.counted and last.kind == kind and counted.goes_on(self.plain, start, last.end):
            behind = counted.following(self.plain, end, kind == "count") if kind == "count" else None
            if behind is None:
                return last.counted
        if self.plain[start - 1 : start] == "每":
            return None
        if last and last.kind == "duration" and kind != "duration" and counted.leads_on(self.plain[last.end : start]):
            before = self.found[-2] if len(self.found) > 1 else None
            if before and before.counted and counted.alone(self.plain, last.start, before.end):
                return before.counted
            if (noun := counted.preceding(self.plain, last.start, before.end if before else 0)) is not None:
                return self.text[slice(*noun)]
        if (
            last
            and last.counted
            and (kind in ("percent", "other") or self.times(term))
            and counted.alone(self.plain, start, last.end)
        ):
            return last.counted
        span = self.noun(term, kind, start, end)
        if span is None and kind not in ("count", "duration") and term.unit is not None:
            same = last is not None and (kind in (last.kind, "percent") or self.times(term)) and kind != "age"
            if last and last.counted and same and self.inherits(last, kind, start):
                return last.counted
            span = counted.subject(self.plain, start, self.floor)
        if span is None and kind == "count" and last and last.counted and last.end == start and last.kind == kind:
            if self.claimed[1] <= last.start and term.unit and term.unit.word not in _NOUNS:
                return last.counted  # 附房10户21间
        if span is None and kind == "count" and last and counted.alone(self.plain, start, last.end):
            same = last.unit == term.word or (last.counted or "").endswith(("数", "數", "量"))
            if same and "其中" not in self.plain[last.end : start]:
                return last.counted
        if span is None:
            return None
        # What the figure before counts is not counted again: 17个乡镇6.8万人.
        if self.claimed[0] >= span[0] and span[0] < self.claimed[1] and span[1] <= start:
            if kind == "count" or self.plain[span[1] - 1] not in _MEASURED:
                return None
        self.claimed = span
        return self.text[span[0] : span[1]]

    @staticmethod
    def times(term: Term) -> bool:
        return term.unit is not None and term.unit.word == "倍"

    def inherits(self, last: Quantity, kind: Kind, start: int) -> bool:
        """Whether a figure without a noun of its own is one more of what the last one counts: 产量3万吨，增长5%."""
        text = self.plain
        if counted.alone(text, start, last.end):
            return True
        if self.claimed[0] < last.end or self.claimed[1] > start:
            return False
        between = text[self.claimed[1] : start]
        return counted.continues(between) or (kind == "percent" and "，" not in text[last.end : start])

    def noun(self, term: Term, kind: Kind, start: int, end: int) -> tuple[int, int] | None:
        """Where the noun stands that the figure at `start`–`end` counts or measures."""
        unit, text, floor = term.unit, self.plain, self.floor
        if kind == "duration":
            if text[end : end + 1] == "的" and text[start - 1 : start] != "了":
                return counted.following(text, end, True)
            return counted.done(text, start, end, floor)
        if unit is None and (text[end : end + 1] in tuple("比:") or _AGAINST.search(text, max(start - 2, 0), start)):
            return None
        if unit is not None and unit.word in _PLACES:
            return None
        if unit is not None and unit.word in _NOUNS:
            span = counted.preceding(text, start, floor)
            if unit.word in ("户", "人") and _PEOPLE.match(text, end):
                return counted.following(text, end, True)
            return counted.following(text, end, True) if span is None and text[end : end + 1] == "的" else span
        if kind == "age":
            return (
                counted.following(text, end, True)
                or counted.preceding(text, start, floor)
                or counted.subject(text, start, floor)
            )
        if unit is not None and unit.word in ("票", "席") and _VOTE.match(text, end):
            return None
        if kind == "count" or unit is None:
            behind = counted.following(text, end, unit is not None)
            if behind and unit is not None and unit.word in ("名", "位") and text[behind[1] : behind[1] + 1] == "的":
                if text[behind[1] - 1] not in _PERSONS:  # 两名收货的男子
                    behind = counted.following(text, behind[1], True) or behind
            if unit is not None and (more := _MORE.match(text, end)) is not None:
                next_ = unit_at(text, more.end())
                if next_ is not None and next_.kind in ("count", "age") and (not more[1] or next_.word == unit.word):
                    behind = counted.following(text, more.end() + len(next_.word), False) or behind
            return behind or counted.preceding(text, start, floor, share=term.fraction)
        return self.measured(start, end, kind == "percent" or unit.word == "倍")

    def measured(self, start: int, end: int, share: bool) -> tuple[int, int] | None:
        """What money or a measure is of: what leads to the number (产量达30万吨) or follows it (30万亩玉米)."""
        text = self.plain
        behind = counted.following(text, end, False)
        if behind and _OF.match(text, end):
            return behind
        before = counted.preceding(text, start, self.floor, share=share)
        if before is None or behind is None:
            return before or behind
        named = text[before[1] - 1] in _MEASURED
        return before if named and text[before[1] : start] != "的" else behind

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
