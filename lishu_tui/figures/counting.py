"""What each figure of a text counts: which noun beside it, or the one of the figure before."""

from __future__ import annotations

import re

from lishu_tui.edition.model import Bound, Frozen
from lishu_tui.figures import counted
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.terms import CN, Reader, Term
from lishu_tui.figures.units import Kind, unit_at


class Quantity(Frozen, frozen=True, gc=False):
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


_MEASURED = "率量额价度值比入积资润温重金款费距径程速产位绩数本长高宽深润益差幅期"
"""Words that end in one of these name what is measured."""
_MORE = re.compile(rf"([、和及与][\u3400-\u9fff]{{0,4}}?)?(?:[0-9]+|[{CN}]{{1,6}})[多余]?")
"""One more number before the noun: 三类二十八门课程, 新建12所、改扩建8所学校."""
_PEOPLE = re.compile("村民|居民|农户|群众|家庭|人家|百姓|农民|牧民|商户|企业|贫困户|学生|师生|职工|员工|党员|旅客|观众")
_PERSONS = "人员者生师工民长家手客兵友童孩婴妇男女士官警犯嫌护医星将众户属弟妹母父亲东商"
_AGAINST = re.compile(rf"(?:[0-9{CN}]比|:)$")
_HOUSEHOLDS = "户民农众"
_MEASURES_NEXT = re.compile(rf"(?:超过?|达到?|为|是|逾|突破|共)(?:超过?|近|约|逾)?[0-9{CN}]")
_OF_THEM = re.compile(r"(?:当中|之中|中|里|里面)[，,]?(?:其中)?(?:只|仅|就|已)?有?$")
_FAMILY = frozenset(["户", "人", "口"])
_EVENTS = frozenset("次 场 起 宗 轮 项 回 遍 例 件".split())  # noqa: SIM905
_OF = re.compile("[长宽高深厚重]?的")
_VOTE = re.compile("(?:贊成|赞成|反对|反對|弃权|棄權|同意)")
_NOUNS = frozenset(
    "人 人次 户 号人 场次 架次 车次 班次 台次 家次 户次 国 省 市 县 区 镇 乡 村 国家 城市 地区 省份 县市 区县".split()  # noqa: SIM905
)
_PLACES = frozenset("国 省 市 县 区 镇 乡 村 国家 城市 地区 省份 县市 区县 地".split())  # noqa: SIM905
"""Units that name what they count."""


class Counting(Reader):
    """A reader that knows the figures found so far, so that 产量3万吨，增长5% counts one thing twice."""

    def __init__(self, text: str, plain: str, *, forced: bool) -> None:
        super().__init__(text, plain, forced=forced)
        self.found: list[Quantity] = []
        self.floor = 0
        self.claimed = (0, 0)  # the noun that the last figure counts
        self.members: list[tuple[int, int]] = []  # what the figures to come count, one each

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
        if last and last.counted and kind == "percent" and counted.leads_on(self.plain[last.end : start]):
            return last.counted
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
        if span is None and last and last.counted and self.of_the_same(term, last, start):
            return last.counted
        beside = last is not None and last.end == start and last.kind == kind and self.claimed[1] <= last.start
        if span is None and kind == "count" and last and beside and term.unit and term.unit.word not in _NOUNS:
            return last.counted  # 附房10户21间
        if span is None and kind == "count" and last and counted.alone(self.plain, start, last.end):
            same = last.unit == term.word or (last.counted or "").endswith(("数", "數", "量"))
            if same and "其中" not in self.plain[last.end : start]:
                return last.counted
        if span is None:
            return None
        # What the figure before counts is not counted again: 17个乡镇6.8万人.
        taken = self.claimed[0] >= span[0] and span[0] < self.claimed[1] and span[1] <= start
        if taken and (kind == "count" or self.plain[span[1] - 1] not in _MEASURED):
            return None
        self.claimed = span
        return self.text[span[0] : span[1]]

    def of_the_same(self, term: Term, last: Quantity, start: int) -> bool:
        """Whether a figure is of what the last one counts: 132只大熊猫当中，有110只; 人口42户，140多人."""
        if last.unit == term.word and last.kind == "count":
            return self.claimed[0] >= last.end and bool(_OF_THEM.fullmatch(self.plain, self.claimed[1], start))
        if last.unit in _FAMILY and term.word in _FAMILY and last.unit != term.word:
            return counted.alone(self.plain, start, last.end)
        return False

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
            if text[end : end + 1] == "的" and text[start - 1 : start] not in ("了", "等"):
                return counted.following(text, end, True)
            return counted.done(text, start, end, floor)
        if unit is None and (text[end : end + 1] in tuple("比:") or _AGAINST.search(text, max(start - 2, 0), start)):
            return None
        if unit is not None and unit.word in _PLACES:
            return None
        if unit is not None and unit.word in _NOUNS:
            span = counted.preceding(text, start, floor)
            if unit.word in ("户", "人"):
                behind = counted.following(text, end, True)
                if behind and (_PEOPLE.match(text, end) or text[behind[1] - 1] in _HOUSEHOLDS):
                    return behind
            return counted.following(text, end, True) if span is None and text[end : end + 1] == "的" else span
        if kind == "age":
            behind = counted.following(text, end, True)
            if behind and text.startswith("的", behind[1]) and text[behind[1] - 1] not in _PERSONS:
                behind = counted.following(text, behind[1], True) or behind  # 36岁持双程证的男子
            return behind or counted.preceding(text, start, floor) or counted.subject(text, start, floor)
        if unit is not None and unit.word in ("票", "席") and _VOTE.match(text, end):
            return None
        if kind == "count" or unit is None:
            event = unit is not None and unit.word in _EVENTS
            behind = counted.following(text, end, unit is not None, event=event)
            person = unit is not None and unit.word in ("名", "位")
            if behind and _MEASURES_NEXT.match(text, behind[1]) and text[behind[1] - 1] in _MEASURED:
                behind = None  # 其中11家游客总量超10万人次
            if behind and person and text.startswith("的", behind[1]) and text[behind[1] - 1] not in _PERSONS:
                behind = counted.following(text, behind[1], True) or behind  # 两名收货的男子
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
