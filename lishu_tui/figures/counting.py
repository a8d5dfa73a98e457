"""What each figure of a text counts: which noun beside it, or the one of the figure before."""

from __future__ import annotations

import re

from lishu_tui.edition.model import Bound, Frozen
from lishu_tui.figures import carried, counted, lasting
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.people import is_name
from lishu_tui.figures.terms import CN, Reader, Term
from lishu_tui.figures.units import Kind, unit_at
from lishu_tui.figures.wordlists import word_lists


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


_MEASURED = "率量额价度值比入积资润温重金租款费距径程速产位绩数本长高宽深润益差幅期"
"""Words that end in one of these name what is measured."""
_MORE = re.compile(rf"([、和及与][\u3400-\u9fff]{{0,4}}?)?(?:[0-9]+|[{CN}]{{1,6}})[多余]?")
"""One more number before the noun: 三类二十八门课程, 新建12所、改扩建8所学校."""
_PEOPLE = re.compile(
    "住家|用户|住户|牧户|民众|村民|居民|农户|群众|家庭|人家|百姓|农民|牧民|商户|企业|贫困户|学生|师生|职工|员工|党员|旅客|观众"
)
_PERSONS = (
    "人员者生师工民长家手客兵友童孩婴妇男女士官警犯嫌护医星将众户属弟妹母父亲东商援练判演辑部记任委席统授宾播机方仔"
)
_AGAINST = re.compile(rf"(?:[0-9{CN}]比|:)$")
_RATIO = re.compile(rf"([\u3400-\u9fff]{{1,8}}比例?)(?:为|是|达到?|高达|只有|约|[0-9{CN}]+[:比])*$")
"""护病比高达1:13"""
_SCORED = "分球篮绩值数差势率度"
"""What 分 measures ends in one of these; else who has made the points stands before them: 汉密尔顿22分."""
_POINTS_OF = re.compile("打点|优势|领先|差距|[农田]?地|田")
_WORTH = re.compile("(?:市值|[率比]在?|身高|体温|体重|水深|体长|规模|深度)(?:仅|只有|达|高达|约|近)?$")
_MAGNITUDE = re.compile("(规模|震级|强度|评分|指数|分数)(?:仅|只有|达到?|为|是|高达|约|近)?$")
_BEINGS = _PERSONS + "司店校院厂企业"
_ONLY = frozenset("仅才刚只满")
_AHEAD = re.compile("(?:未来|今后|接下来|往后)的?$")
"""成立两年的公司, 未来两年的预期: no length of time is of those; but 出生仅40天的女婴."""
_MEAN_AGE = re.compile("((?:平均|中位)?年龄)(?:介乎|介于|在|只有|仅|已|才|为|是|达到?|约)*$")
_RECORD = re.compile("战绩")
_HOUSEHOLDS = "户民农众"
_MEASURES_NEXT = re.compile(rf"(?:超过?|达到?|为|是|在|逾|突破|共)(?:超过?|近|约|逾)?[0-9{CN}]")
_FIGURE = re.compile(rf"(?:超过?|近|约|逾|不到)?[0-9{CN}]")
_PRICE = re.compile("(?:[月年日]?租金?|[售票单总均房]价|价[格钱值位]?|年薪|月薪|时薪|收入|成本|总?面积|[深宽长高]度)$")
_OF_THEM = re.compile(r"(?:当中|之中|中|里|里面)[，,]?(?:其中)?(?:只|仅|就|已|便|也)*有?$")
_PERSONAL = frozenset("人 名 位 个 個".split())  # noqa: SIM905
_FAMILY = frozenset(["户", "人", "口"])
_EVENTS = frozenset("次 场 起 宗 轮 项 回 遍 例 件".split())  # noqa: SIM905
_OF = re.compile("[长宽高深厚重]?的")
_RUNS = frozenset("车 胜 败 负 平 连胜 连败 连冠 连霸".split())  # noqa: SIM905
_CONVERTED = re.compile("[（(](?:约合|折合|相当于|约|合|折)*(?:新台币|人民币|港币|美元|美金)?")
_COMPARED = re.compile(
    "[，,]?(?:但|也|仍|还|却|又|都|而|已|均|略)*(?:相)?[比较](?:[^，。；、比较]{0,12}?的|[0-9年月日季上去前同期度]{2,9})"
)
"""Between a figure and the one it is set against: 达88万元，比8月的|89万元."""
_APART = frozenset("人 人次 次 遍 回".split())  # noqa: SIM905
"""Of these each has its own: 19人被困，其中4人遇难; 劳教4次，判刑5次."""
_AMONG = re.compile("(?:其中|当中)(?:有|仅|只|另)?有?$")
"""其中1人危殆: one of whom was counted before."""
_ANEW = re.compile("[均每]|最(?![近后终])")
_ARRIVES = tuple("至到达报在")
"""A change leads on by one of these: 涨2.7倍至1580元."""
_SOLD = re.compile("[，,]?(?:[一每]?[年月天季斤亩])?(?:要|能|可|可以|总共|共|全)?卖(?:了|出|到|得)?")
_MADE = re.compile("被?(?:列|划|评|定|设|选|认)(?:设|定|选)?[为成]")
"""What follows says what they are: 1729处被划设为警戒区."""
_FRESH = frozenset("，。；、,;") | {""}
_RATE = re.compile("的?(?:速度|时速|车速)")
_DESCRIBED = re.compile("、[^，。；、]{1,14}?(?=的)")
"""One more thing said of somebody of an age: 20多岁、无家族病史的女性."""
_OTHER_AGES = re.compile(rf"(?:[、和及](?:\d+|[{CN}]+)岁)+|[后前](?=的)")
"""分别80岁、72岁公婆; 18岁后的病患."""
_SPENT = frozenset("买办盖租还给治搬")
"""A verb behind money says what it was spent on, and begins no noun: 花40万元买马."""
_STOP = re.compile("[。；！？\n]")
_AWAY = re.compile("处|外|开外|远|之遥|之外|以外")
_FROM_IT = re.compile("(?:水深|海拔|深|高)$|距离?[\u3400-\u9fff]{1,8}$")
"""How far from there something is, 140公里外的市里; but 距地球3光年处 is of what it is away from."""
_VOTE = re.compile("(?:贊成|赞成|反对|反對|弃权|棄權|同意)")
_NOUNS = frozenset(
    "人 人次 户 号人 场次 架次 车次 班次 台次 家次 户次 国 省 市 县 区 镇 乡 村".split()  # noqa: SIM905
)
_PLACES = frozenset("国 省 市 县 区 镇 乡 村 地".split())  # noqa: SIM905
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
        if (members := carried.respectively(self.plain, start, last.end if last else 0)) or self.members:
            if not members and not carried.goes_on(self.plain, start, self.floor):
                self.members = []
            elif member := (members or self.members):
                self.members = member[1:]
                return self.text[slice(*member[0])]
        alike = last is not None and (last.kind == kind or (last.unit is None and kind == "money"))
        if last and last.counted and alike and carried.goes_on(self.plain, start, last.end):
            behind = counted.following(self.plain, end, kind == "count") if kind == "count" else None
            if behind is None:
                return last.counted
        if last and last.counted and self.plain[last.end : start] in ("投", "罚"):
            return last.counted  # 三分球4投3中
        if self.plain[start - 1 : start] == "每":
            return None
        if last and last.counted and term.unit is not None and self.set_against(last, kind, start):
            return last.counted
        if (
            last
            and last.kind == "duration"
            and kind != "duration"
            and not self.plain.startswith("的", end)
            and carried.leads_on(self.plain[last.end : start])
        ):
            before = self.found[-2] if len(self.found) > 1 else None
            if before and before.counted and carried.alone(self.plain, last.start, before.end):
                return before.counted
            if (noun := counted.preceding(self.plain, last.start, before.end if before else 0)) is not None:
                return self.text[slice(*noun)]
        if last and last.counted and kind == "percent" and carried.leads_on(self.plain[last.end : start]):
            return last.counted
        if (
            last
            and last.counted
            and (kind in ("percent", "other") or self.times(term))
            and carried.alone(self.plain, start, last.end)
            and (kind != "other" or counted.following(self.plain, end, False) is None)
        ):
            return last.counted
        span = self.noun(term, kind, start, end)
        if span is None and kind not in ("count", "duration") and term.unit is not None:
            same = last is not None and (kind in (last.kind, "percent") or self.times(term)) and kind != "age"
            if last and last.counted and same and self.inherits(last, kind, start):
                return last.counted
            span = carried.subject(self.plain, start, self.floor) if term.word != "分" else None
        if span is None and last and last.counted and self.of_the_same(term, last, start):
            return last.counted
        beside = last is not None and last.end == start and last.kind == kind and self.claimed[1] <= last.start
        family = last is not None and last.unit == "户" and term.word == "人"
        if span is None and kind == "count" and last and beside and (family or term.word not in _NOUNS):
            return last.counted  # 附房10户21间
        if span is None and kind == "count" and last and carried.alone(self.plain, start, last.end):
            same = last.unit == term.word or (last.counted or "").endswith(("数", "數", "量"))
            if same and "其中" not in self.plain[last.end : start]:
                return last.counted
        if span is None and kind in ("count", "age") and term.unit is not None:
            return self.one_of(term.word, kind, start)
        if span is None:
            return last.counted if last is not None and self.of_it(term, last, start) else None
        # What the figure before counts is not counted again: 17个乡镇6.8万人.
        record = term.word is not None and term.unit is not None and term.unit.word in _RUNS
        taken = not record and self.claimed[0] >= span[0] and span[0] < self.claimed[1] and span[1] <= start
        if taken and last is not None and kind == "percent" and span == self.claimed:
            return last.counted  # 1.2万亩水稻已经收割了七成
        if taken and (kind == "count" or self.plain[span[1] - 1] not in _MEASURED):
            return None
        self.claimed = span
        return self.text[span[0] : span[1]]

    def of_the_same(self, term: Term, last: Quantity, start: int) -> bool:
        """Whether a figure is of what the last one counts: 132只大熊猫当中，有110只; 人口42户，140多人."""
        if (
            last.kind == "count"
            and (last.unit == term.word or term.word in _PERSONAL)
            and self.claimed[0] >= last.end
            and _OF_THEM.fullmatch(self.plain, self.claimed[1], start)
        ):
            return True
        if last.unit in _FAMILY and term.word in _FAMILY and last.unit != term.word:
            return carried.alone(self.plain, start, last.end)
        return False

    def of_it(self, term: Term, last: Quantity, start: int) -> bool:
        """Whether a figure without a noun is a share of what the last one in the sentence counts, or by how much it has
        changed: 批发价70元，如今卖到140元，涨了一倍."""
        between = self.plain[last.end : start]
        if len(between) > 40 or _STOP.search(between) or last.kind in ("duration", "age"):
            return False
        return term.fraction or (term.unit is not None and (term.unit.kind == "percent" or self.times(term)))

    def set_against(self, last: Quantity, kind: Kind, start: int) -> bool:
        """Whether a figure is the same in other money, what the last one is compared with, what it came to, or what
        was got for it: 43亿美元（约1358亿元）, 涨2.7倍至1580元, 5亩梨子卖6万块."""
        between = self.plain[last.end : start]
        if len(between) > 30:
            return False
        same = kind == last.kind and kind not in ("count", "age", "duration")
        if same and (_CONVERTED.fullmatch(between) or _COMPARED.fullmatch(between)):
            return True
        if kind == "money" and self.claimed[0] >= last.end and _SOLD.fullmatch(self.plain, self.claimed[1], start):
            return True
        if last.kind not in ("percent", "rate") or kind in ("count", "age", "duration"):
            return False
        return between[-1:] in _ARRIVES and (carried.leads_on(between) or carried.continues(between))

    def one_of(self, unit: str | None, kind: Kind, start: int) -> str | None:
        """What the figures before in the same sentence count by the same measure word, or whom they count: 案件118件，
        其中26件尚未结案; 男子2名，分别25岁、56岁."""
        among = _AMONG.search(self.plain, max(start - 4, 0), start) is not None and unit == "人"
        if (unit in _APART and not among) or self.plain[start - 1 : start] in word_lists().verbs:
            return None
        for before in self.found[:-4:-1]:
            if _ANEW.search(self.plain, before.end, start) or _STOP.search(self.plain, before.end, start):
                return None
            if before.counted and before.kind == "age" == kind:
                return before.counted
            if before.counted and among and before.unit in _PERSONAL:
                return before.counted
            if (
                before.counted
                and not among
                and (before.unit == unit or (kind == "age" and before.unit in ("名", "位")))
            ):
                return before.counted
        return None

    @staticmethod
    def times(term: Term) -> bool:
        return term.unit is not None and term.unit.word == "倍"

    def inherits(self, last: Quantity, kind: Kind, start: int) -> bool:
        """Whether a figure without a noun of its own is one more of what the last one counts: 产量3万吨，增长5%."""
        text = self.plain
        if carried.alone(text, start, last.end):
            return True
        if self.claimed[0] < last.end or self.claimed[1] > start:
            return False
        between = text[self.claimed[1] : start]
        return carried.continues(between) or (kind == "percent" and "，" not in text[last.end : start])

    def noun(self, term: Term, kind: Kind, start: int, end: int) -> tuple[int, int] | None:
        """Where the noun stands that the figure at `start`–`end` counts or measures."""
        unit, text, floor = term.unit, self.plain, self.floor
        if kind == "duration":
            if text[end : end + 1] == "的" and text[start - 1 : start] not in ("了", "等"):
                if (aged := lasting.aged(text, start, floor)) is not None:
                    return aged
                behind = counted.following(text, end, True)
                if behind is None or text[slice(*behind)].endswith(word_lists().lasting):
                    return behind
                passing = behind[1] - behind[0] > 5 or text[behind[1] - 1] in _BEINGS
                passing = passing or is_name(text[slice(*behind)])
                passing = passing and text[start - 1 : start] not in _ONLY
                return None if passing or _AHEAD.search(text, max(start - 5, 0), start) else behind
            return lasting.done(text, start, end, floor)
        if unit is None and (text[end : end + 1] in tuple("比:") or _AGAINST.search(text, max(start - 2, 0), start)):
            ratio = _RATIO.search(text, max(start - 24, 0), start)
            return ratio.span(1) if ratio else None
        if unit is not None and unit.word in _RUNS and (record := _RECORD.search(text, max(start - 14, 0), start)):
            return record.span()
        if unit is not None and (unit.word in _PLACES or unit.word in _RUNS):
            return None
        if unit is not None and unit.word == "分" and unit.kind == "other":
            if (led := _POINTS_OF.match(text, end)) is not None:
                return led.span()
            span = counted.preceding(text, start, floor)
            return span if span and text[span[1] - 1] in _SCORED else None
        if unit is not None and unit.word in _NOUNS:
            span = counted.preceding(text, start, floor) if text[start - 1 : start] != "、" else None
            if unit.word in ("户", "人"):
                behind = counted.following(text, end, True)
                if behind and (_PEOPLE.match(text, end) or text[behind[1] - 1] in _HOUSEHOLDS):
                    return behind
            return counted.following(text, end, True) if span is None and text[end : end + 1] == "的" else span
        if kind == "age":
            aside = _DESCRIBED.match(text, end) or _OTHER_AGES.match(text, end)
            behind = counted.following(text, aside.end() if aside else end, True)
            if behind and text.startswith("的", behind[1]) and text[behind[1] - 1] not in _PERSONS:
                behind = counted.following(text, behind[1], True) or behind  # 36岁持双程证的男子
            if (before := behind or counted.preceding(text, start, floor)) is not None:
                return before
            mean = _MEAN_AGE.search(text, max(start - 8, 0), start)
            return mean.span(1) if mean else carried.subject(text, start, floor)
        if unit is not None and unit.word in ("票", "席") and _VOTE.match(text, end):
            return None
        if (
            unit is None
            and text[end : end + 1] in ("的", *_FRESH)
            and (of := _MAGNITUDE.search(text, max(start - 6, 0), start)) is not None
        ):
            return of.span(1)
        if kind == "count" or unit is None:
            event = unit is not None and unit.word in _EVENTS
            behind = counted.following(text, end, unit is not None, event=event)
            person = unit is not None and unit.word in ("名", "位")
            if behind and _MEASURES_NEXT.match(text, behind[1]) and text[behind[1] - 1] in _MEASURED:
                at = text.find("平均", *behind)  # 28种蔬菜|平均零售价, and not 其中11家|游客总量
                behind = (behind[0], at) if at - behind[0] > 1 else None
            if behind and person and text.startswith("的", behind[1]) and text[behind[1] - 1] not in _PERSONS:
                behind = counted.following(text, behind[1], True) or behind  # 两名收货的男子
            if unit is not None and (more := _MORE.match(text, end)) is not None:
                next_ = unit_at(text, more.end())
                if next_ is not None and next_.kind in ("count", "age") and (not more[1] or next_.word == unit.word):
                    behind = counted.following(text, more.end() + len(next_.word), False) or behind
            before = behind or counted.preceding(text, start, floor, share=term.fraction)
            if before is None and (made := _MADE.match(text, end)) is not None:
                return counted.following(text, made.end(), True)
            return before
        if (
            kind == "temperature"
            and text[start - 2 : start] in ("最低", "最高")
            and text[start - 3 : start - 2] in _FRESH
        ):
            return start - 2, start  # 最高气温达39度，最低零下12度
        return self.measured(start, end, kind == "percent" or unit.word == "倍")

    def measured(self, start: int, end: int, share: bool) -> tuple[int, int] | None:
        """What money or a measure is of: what leads to the number (产量达30万吨) or follows it (30万亩玉米)."""
        text = self.plain
        if _AWAY.match(text, end) and not _FROM_IT.search(text, max(start - 10, 0), start):
            return None
        behind = counted.following(text, end, False) if text[end : end + 1] not in _SPENT else None
        if (rate := _RATE.match(text, end)) is not None:
            return rate.end() - 2, rate.end()
        if behind and (_MEASURES_NEXT.match(text, behind[1]) or _FIGURE.match(text, behind[1])):
            behind = self.unmeasured(behind)
        before = counted.preceding(text, start, self.floor, share=share)
        worth = _WORTH.search(text, max(start - 4, 0), start)
        if before and worth and _OF.match(text, end):
            return before  # 市值100亿美元的公司
        if behind and _OF.match(text, end):
            paid = before and before[1] - before[0] > 2 and text[before[1] - 1] in "金价额"
            return before if paid else behind
        if before is None or behind is None:
            return before or behind
        named = text[before[1] - 1] in _MEASURED
        return before if named and text[before[1] : start] != "的" else behind

    def unmeasured(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Without what the next figure measures of it: 1000呎小店|月租近5.5万元."""
        start, end = span
        price = _PRICE.search(self.plain, start, end)
        if price is None:
            return span
        return (start, price.start()) if price.start() > start else None
