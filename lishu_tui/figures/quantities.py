"""The scanner: every figure that a text reports, with its exact place. One pass, no segmentation, no model."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import msgspec

from lishu_tui.edition.model import Bound, Frozen
from lishu_tui.figures import bounds, counted, exclusions, numerals
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.script import plain
from lishu_tui.figures.units import Kind, Unit, unit_at, units


class Quantity(Frozen, frozen=True):
    """One figure as the text reports it: characters `start` to `end` of the text, which are `quote`.

    `value` is in `unit` as written, 千 百 萬 億 expanded; a range's is its low end. `low` and `high` are None where the
    text sets no such limit. `counted` are words of the text, None where it names nothing. `base` is the unit that `unit`
    is `factor` times of, where there is one."""

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


class Term(NamedTuple):
    """A number with its unit, before bounds and ranges: `number_end` is where its digits end, `end` where its unit does.
    `high` is set where two digits side by side make a range (三五個); `power` is what 千 百 萬 億 at its end make."""

    start: int
    number_end: int
    end: int
    value: Number
    high: Number | None
    unit: Unit | None
    word: str | None
    inside: str | None
    power: int
    negative: bool = False
    fraction: bool = False
    compound: bool = False


_CN = "零〇一二两俩三四五六七八九十百千万亿廿卅卌"
_START = re.compile(rf"[0-9{_CN}半]")
_POWERS = re.compile(r" ?([百千]?[万亿]+|[百千](?![万亿]))")
_INFIX = re.compile(r" ?([多余几来])(?=(?: ?[百千万亿])| ?[\u3400-\u9fff%℃$a-zA-Z㎡])")
_CURRENCY = re.compile(r"(?:US\$|HK\$|NT\$|[¥$€£￥]|人民币|美元|港币) ?$")
_NEGATIVE = re.compile(r"(?:零下|负|(?<![A-Za-z0-9%℃)）号-])-) ?$")
_TO = re.compile(r" ?(?:[~～–—]{1,2}|-(?!-)|至|到|—) ?(零下|负|-(?=\d))? ?")
_AND = re.compile(r" ?[、,，×*xX] ?|(?:和|与|或|及)")
_GE = re.compile(r"个(半|多|余|来)?")
_PER = re.compile(r" ?(?:/|每) ?")
_HALF = "半"
_SECONDS = re.compile(rf"[零]?(?:\d+(?:\.\d+)?|[{_CN}]{{1,4}})秒")
_JOIN = re.compile(r"[零又加]?")
_MORE = re.compile("多(?![种名次个样元条人处家少年久余])|余(?!人|名|家|额|款|下)|有余")
_NOUNS = frozenset(
    [
        "人",
        "人次",
        "户",
        "户人家",
        "口人",
        "号人",
        "场次",
        "架次",
        "车次",
        "班次",
        "台次",
        "家次",
        "户次",
        "国",
        "省",
        "市",
        "县",
        "区",
        "镇",
        "乡",
        "村",
        "国家",
        "城市",
        "地区",
        "省份",
    ]
)
"""Units that name what they count."""
_LATIN = re.compile(r"[A-Za-z_@#&]")


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of a text, in order; the conventions are in tests/cases/figures/README.md."""
    found = _Scanner(text).scan()
    if len(text) <= _ALONE and not (len(found) == 1 and found[0].quote == text.strip()):
        return _whole(text) or found
    return found


_ALONE = 48
"""Characters of a text that may be a number word and nothing else: a cell of a table, a line of its own."""


def _whole(text: str) -> list[Quantity]:
    """The one figure that a text is, if it is nothing else: 一百五, 7 萬 5 千, 一打. Spaces within it are passed over."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    words = "".join(text.split())
    if not words or _MARKS.search(words) or _YEAR.fullmatch(words):
        return []
    number = numerals.value(plain(words))
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


class _Scanner:
    def __init__(self, text: str, *, forced: bool = False) -> None:
        self.text = text
        self.forced = forced  # the text is one number word, so that 一 is a number in it
        self.plain = plain(text)
        self.skips = [] if forced else exclusions.fixed_spans(self.plain)
        self.starts = [start for start, _ in self.skips]
        self.found: list[Quantity] = []
        self.floor = 0
        self.claimed = (0, 0)

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
        return self.skips[before][1] if before >= 0 and self.skips[before][1] > at else 0

    def read(self, at: int, end: int) -> int:
        """Read the figure at `at`, or the several of a list; where to go on."""
        term = self.term(at)
        if term is None:
            return end
        if (after := self.range_(term)) is not None:
            return after
        if (after := self.list_(term)) is not None:
            return after
        if not self.counts(term):
            return term.number_end
        return self.add(term, term, None)

    # ── one number with its unit ──────────────────────────────────────────────────────────────────────────────────
    def number(self, at: int) -> Term | None:
        text = self.plain
        if text.startswith("一半", at):
            return Term(at, at + 2, at + 2, 0.5, None, None, None, None, 1, fraction=True)
        if text[at] == _HALF:
            return Term(at, at + 1, at + 1, 0.5, None, None, None, None, 1)
        run = numerals.RUN.match(text, at)
        if run is None or run.end() - at > numerals.LONGEST:
            return None
        word, end = run[0], run.end()
        if word in ("零", "〇") and not self.forced:
            return None
        high: Number | None = None
        ends = None if word[0].isdecimal() else numerals.spread(word)
        if ends:
            value, high = ends
        else:
            whole = numerals.integer(word)
            if whole is None:
                return None
            value = whole
        part = numerals.fraction(text, end, value)
        if part is not None:
            if part.below == 100:
                return Term(at, part.end, part.end, part.above, part.high, units()["%"], "%", None, 1, fraction=True)
            share = numerals.tidy(Fraction(part.above) / Fraction(part.below))
            return Term(at, part.end, part.end, share, None, None, None, None, 1, fraction=True)
        power = _power(word)
        inside = None
        if (infix := _INFIX.match(text, end)) and (infix[1] not in "来几" or word[-1] in "十百千万亿0"):
            powers = _POWERS.match(text, infix.end())
            if infix[1] != "来" or powers or self.unit(infix.end(), word) is not None:
                inside, end = infix[1], infix.end()
        if (inside or ends) and (powers := _POWERS.match(text, end)):
            for c in powers[1]:
                scale = numerals.SMALL.get(c) or numerals.LARGE[c]
                value, power = _times(value, scale), power * scale
                high = None if high is None else _times(high, scale)
            end = powers.end()
            if inside is None and (infix := _INFIX.match(text, end)):
                inside, end = infix[1], infix.end()
        return Term(at, end, end, value, high, None, None, inside, power)

    def unit(self, at: int, number: str) -> tuple[int, Unit, bool, str | None] | None:
        """The unit at `at`: its end, what it is, whether 半 stands before it (4個半小時), 多 or 余 where it does."""
        text = self.plain
        at += text[at : at + 1] == " "
        if (ge := _GE.match(text, at)) is not None:
            for stop in dict.fromkeys((ge.end(), at + 1)):
                found = unit_at(text, stop)
                if found is not None and found.ge:
                    extra = ge[1] if stop > at + 1 else None
                    return stop + len(found.word), found, extra == "半", extra if extra != "半" else None
        found = unit_at(text, at)
        if found is None:
            return None
        end = at + len(found.word)
        if (
            len(number) == 1
            and number in "一二两三四五六七八九十半百千万"
            and found.follow is not None
            and not self.forced
        ):
            if found.word == "折" and text[at - 2 : at - 1] == "打":
                return end, found, False, None
            if not found.follow or not text.startswith(found.follow, end):
                return None
        return end, found, False, None

    def term(self, at: int) -> Term | None:
        term = self.number(at)
        if term is None or term.fraction:
            return self.signed(term)
        text, start = self.plain, at
        number = text[at : term.number_end]
        found = self.unit(term.end, number)
        value, high, inside, end = term.value, term.high, term.inside, term.end
        unit: Unit | None = None
        word: str | None = None
        compound = False
        if found is not None:
            end, unit, half, extra = found
            inside = inside or extra
            word = self.word(end - len(unit.word), end)
            if unit.word == "分" and _SECONDS.match(text, end):
                unit = units()["分钟"]
            if half:
                value, compound = _plus(value, 0.5), True
            elif (
                text[end : end + 1] == _HALF
                and unit.kind != "count"
                and text[end + 1 : end + 2] not in tuple("个年月天小价数")
            ):
                value, end, compound = _plus(value, 0.5), end + 1, True
            elif high is None and inside is None:
                value, end, compound = self.compound(value, unit, end, number)
            if unit.word == "折" and value > 10 and term.power == 1:
                value = _times(value, Decimal("0.1"))
            if inside is None and not compound and unit.kind not in ("count", "temperature", "other"):
                if (more := _MORE.match(text, end)) is not None and text[at : term.number_end] != "半":
                    inside, end = more[0][-1] if more[0] != "有余" else "有余", more.end()
            if text[end : end + 1] == "·" and (joined := unit_at(text, end + 1)) is not None and unit.kind != "count":
                word, end = self.word(end - len(unit.word), end + 1 + len(joined.word)), end + 1 + len(joined.word)
                unit = Unit(word, "other", None, 1)
            if (per := _PER.match(text, end)) is not None and not compound and inside is None:
                below = unit_at(text, per.end())
                if below is not None and (
                    "/" in per[0] or unit.kind not in ("count", "duration", "percent", "age", "rate")
                ):
                    finish = per.end() + len(below.word)
                    word = self.word(end - len(unit.word), finish)
                    unit, end = Unit(word, "rate", None, 1), finish
        elif (sign := _CURRENCY.search(text, max(at - 4, 0), at)) is not None and text[at].isdecimal():
            start = sign.start()
            word = self.word(sign.start(), sign.start() + len(sign[0].strip()))
            unit = units().get(sign[0].strip())
        return self.signed(
            Term(start, term.number_end, end, value, high, unit, word, inside, term.power, compound=compound)
        )

    def signed(self, term: Term | None) -> Term | None:
        if term is None or (sign := _NEGATIVE.search(self.plain, max(term.start - 3, 0), term.start)) is None:
            return term
        if sign[0].strip() == "负" and self.plain[sign.start() - 1 : sign.start()] in tuple("胜平败担抱肩自欺辜不"):
            return term
        return term._replace(
            start=sign.start(), value=-term.value, high=None if term.high is None else -term.high, negative=True
        )

    def word(self, start: int, end: int) -> str:
        """A unit as the text writes it, in its own script; letters and signs in their common width."""
        written = self.text[start:end].replace(" ", "")
        return self.plain[start:end].replace(" ", "") if self.plain[start:end].isascii() else written

    def compound(self, value: Number, unit: Unit, end: int, number: str) -> tuple[Number, int, bool]:
        """What follows in a smaller unit: 四年六個月, 1小時30分鐘, 三元五角, 兩米零八, 兩成五."""
        text, made, whole = self.plain, False, unit
        while unit.base is not None and unit.kind in ("duration", "length", "weight", "money", "temperature", "volume"):
            at = end + (text[end : end + 1] in tuple("零又"))
            run = numerals.RUN.match(text, at)
            part = numerals.integer(run[0]) if run and run.end() - at < 9 else None
            if run is None or part is None:
                break
            next_ = self.unit(run.end(), "00")
            if next_ is None:
                break
            stop, smaller, half, extra = next_
            if smaller.word == "分" and unit.word in ("小时", "时", "钟头", "个小时"):
                smaller = units()["分钟"]
            elif smaller.word == "分" and unit.word in ("角", "毛"):
                smaller = units()["分钱"]
            if smaller.base != unit.base or smaller.factor >= unit.factor or extra:
                break
            value = _plus(value, _plus(part, 0.5 if half else 0) * smaller.factor / whole.factor)
            end, unit, made = stop, smaller, True
        if not made and whole.word in ("米", "块", "元", "丈", "尺", "斤", "成", "度", "公尺", "里", "吨"):
            tail = re.compile(r"(零?)([一二三四五六七八九]{1,2})|(\d{1,2})").match(text, end)
            if tail is not None and not (tail[3] and whole.word not in ("米", "度", "块")):
                digits = tail[3] or "".join(str(numerals.DIGITS[c]) for c in tail[2])
                zero = "0" if tail[1] else ""
                chinese = number[-1:] in _CN or whole.word in ("块", "元")
                clear = numerals.RUN.match(text, end + len(tail[1] or "")) is not None and (
                    tail.end() == len(text) or text[tail.end()] not in _CN + "0123456789.%点至到~-"
                )
                clear = (
                    clear
                    and self.unit(tail.end(), "00") is None
                    and (chinese or bool(tail[3]))
                    and text[tail.end() : tail.end() + 1] not in tuple("是要号届")
                )
                if clear:
                    value, end, made = _plus(value, float(f"0.{zero}{digits}")), tail.end(), True
        return value, end, made

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
        if not first.compound and first.unit is None and second.unit is None and not self.bare(first, second.end):
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
            low = _times(low, second.power)
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
        if not self.counts(joined):
            return second.end
        return self.add(joined, joined, (low, high))

    def list_(self, first: Term) -> int | None:
        """Numbers that share the unit of the last: 3、5、7公里, 3×4米."""
        text = self.plain
        if first.unit is not None or first.inside or first.high is not None or first.fraction:
            return None
        terms = [first]
        while (mark := _AND.match(text, terms[-1].end)) is not None and len(terms) < 60:
            if (
                not text[mark.end() : mark.end() + 1]
                or not _START.match(text, mark.end())
                or exclusions.skipped(text, mark.end(), mark.end() + 1)
            ):
                return None
            term = self.term(mark.end())
            if term is None or (text[mark.start()] in ",，" and not text[mark.end()].isdecimal()):
                return None
            terms.append(term)
            if term.unit is not None or term.high is not None:
                break
        last = terms[-1]
        if len(terms) < 2 or last.unit is None or last.fraction:
            return None
        if any((text[t.start] in _CN) != (text[last.start] in _CN) for t in terms) or not self.counts(last):
            return None
        if text[first.start] in _CN and text[first.end] not in "、或":
            return None
        counted_ = self.counted(last, first.start, last.end)
        for term in terms[:-1]:
            value = (
                _times(term.value, last.power)
                if last.power > 1
                and term.power == 1
                and abs(term.value) < abs(last.value) / last.power * 1000
                and text[first.end] == "、"
                and last.unit.kind != "count"
                else term.value
            )
            self.add(term._replace(unit=last.unit, word=last.word, value=value), last, None, counted_)
        return self.add(last, last, None, counted_)

    # ── is it one ─────────────────────────────────────────────────────────────────────────────────────────────────
    def counts(self, term: Term) -> bool:
        text = self.plain
        if self.forced:
            return True
        number = text[term.start : term.number_end] if not term.negative else "-"
        before, after = text[max(term.start - 6, 0) : term.start], text[term.end : term.end + 6]
        if term.fraction:
            return True
        if number == "一":
            return self.one(term, before, after)
        if (
            number == "二"
            and term.unit is not None
            and term.unit.kind == "count"
            and term.unit.word not in ("人", "名", "个", "位", "起", "件", "项", "家", "户")
        ):
            return False
        if number == _HALF:
            if term.unit is None:
                return before.endswith("一") and False
            return (
                term.unit.kind in ("duration", "length", "weight", "area")
                and not before.endswith(("上", "下", "前", "后", "大", "小", "多"))
                and text[term.end : term.end + 1] != "夜"
            )
        if number in ("百", "千", "万", "亿"):
            return term.unit is not None and (bounds.before(text, term.start) is not None or term.inside is not None)
        if term.unit is None:
            return self.bare(term, term.end)
        unit = term.unit
        if (
            _LATIN.search(before[-1:])
            and text[term.start].isdecimal()
            and not re.search(r"(?:GDP|GNP|CPI|PPI|App|APP)$", before)
        ):
            return bool(re.search("[a-z]{3}$|GDP$", before)) and unit.kind not in ("other",)
        if number[0] in _CN:
            if unit.word == "成" and after[:1] and after[:1] in "为立功员长果绩型本群语熟千品套":
                return False
            if unit.word == "番" and before[-1:] not in ("翻", "了"):
                return False
            if (
                number in ("千万", "百万", "万万", "百千")
                and term.unit.kind == "count"
                and before[-1:] not in ("近", "超", "上", "过", "破", "逾", "约", "达")
            ):
                return number == "百万" or unit.word in ("人", "人次", "户")
        if unit.word == "分" and after[:1] == "之":
            return False
        if (
            unit.word == "点"
            and number[0] not in _CN
            and not re.search(r"[涨跌升降报收至到于超破过近约逾为]$", before)
            and term.value <= 24
            and not after.startswith(exclusions._TALK)
        ):
            return False
        if unit.word in ("号", "届"):
            return False
        if unit.word == "级" and not re.search("[风震浪雾]", before + after) and number[0] not in _CN:
            return after.startswith(tuple(f for f in (unit.follow or ())))
        return True

    def one(self, term: Term, before: str, after: str) -> bool:
        """一 is a figure where it measures; as "a" or "per" it is none."""
        unit = term.unit
        if unit is None:
            return self.bare(term, term.end)
        if term.compound or term.inside in ("多", "余", "有余", "来"):
            return unit.kind != "count"
        if unit.kind == "duration":
            if re.search(
                r"(?:为期|历时|长达|持续|持续了|仅|只|满|徒刑|拘役|管制|缓刑|刑期|工期|延长|缩短|提前|推迟|近|超过|不到|不足|至少|最多|约|逾|用了|花了|耗时|用时|需|达|禁赛|停赛|吊销|拘留|监禁|保质期)$",
                before,
            ):
                return True
            return bool(re.match("(?:以上|以下|以内|之内|左右|[,，、；。]?(?:并处|缓刑))", after))
        if unit.word == "票":
            return after[:2] in ("反对", "弃权", "赞成")
        if unit.word == "人":
            return bool(
                re.match(
                    "(?:死亡|受伤|失踪|遇难|被困|轻伤|重伤|获救|死|伤|落水|溺水|当场|送医|因|身亡|在逃|确诊|感染|缺席|反对|弃权)",
                    after,
                )
            )
        if unit.word == "成":
            return after[:1] not in tuple("为立功员长果绩型本群语熟不千品套") and not before.endswith(
                ("统", "合", "汇", "融", "组", "拧", "连", "打", "凝")
            )
        if unit.word in ("番",):
            return before.endswith(("翻", "翻了"))
        if unit.word == "倍":
            return True
        if unit.kind == "age":
            return True
        if unit.kind in ("length", "weight", "area", "volume", "money", "temperature", "percent"):
            return bounds.before(self.plain, term.start) is not None or bounds.after(self.plain, term.end) is not None
        return bounds.before(self.plain, term.start) is not None

    def bare(self, term: Term, end: int) -> bool:
        """Whether a number without a unit reports something."""
        text = self.plain
        previous, next_ = text[max(term.start - 1, 0) : term.start], text[end : end + 1]
        number = text[term.start : term.number_end]
        if term.start == 0 and end == len(text.rstrip()):
            return True
        if (previous and (_LATIN.match(previous) or previous in "·+.-—/%(（《〔[~*")) or (
            next_ and (_LATIN.match(next_) or next_ in "·+/%-—_〕》")
        ):
            return False
        if text[term.start] in _CN:
            if term.inside in ("多", "余"):
                return term.value >= 10 and "\u4e00" <= next_ <= "\u9fff" and next_ not in "年岁少"
            if next_ and next_ in "死伤" and text[end + 1 : end + 2] not in tuple("者亡员口痛害势心病"):
                return previous in tuple("成致，、死伤有") or previous == ""
            if term.high is not None or len(number) < 2 or term.inside:
                return False
            if re.search("[十百千万亿]", number[1:]) is None or number[0] in "百千万亿":
                return False
            if previous in tuple("数几好"):
                return False
            if number[-1] in "万亿" and next_ not in tuple("里分佛山人家户民众名门年岁"):
                return True
            return (number[-1] in "百千万亿" or len(number) > 2) and next_ in tuple("，。；、：的） ")
        if next_ in ("”", "’", "」") and previous in ("“", "‘", "「"):
            return False
        if number.isdecimal():
            if len(number) > 7 or (number[0] == "0" and len(number) > 1):
                return False
            if len(number) == 4 and 1800 <= int(number) <= 2099:
                return False
            if next_ and next_ in "、.)）:" and (not previous or previous in "\n。"):
                return False
            if previous == ":" or next_ == ":":
                return exclusions._scored(text, term.start - 3, end + 3, ":")
        return True

    # ── writing it down ───────────────────────────────────────────────────────────────────────────────────────────
    def counted(self, term: Term, start: int, end: int) -> str | None:
        """What is counted, in words of the text."""
        last = self.found[-1] if self.found else None
        kind = term.unit.kind if term.unit else "other"
        if last and last.counted and last.kind == kind and counted.goes_on(self.plain, start, last.end):
            behind = counted.following(self.plain, end, kind == "count") if kind == "count" else None
            if behind is None:
                return last.counted
        span = self.noun(term, kind, start, end)
        if span is None:
            if last and last.kind != "duration" and kind not in ("age", "count", "duration") and term.unit is not None:
                if counted.alone(self.plain, start, last.end):
                    return last.counted
                if kind == "percent" and self.claimed[0] >= last.end and "，" not in self.plain[last.end : start]:
                    return last.counted
            return None
        # What the figure before counts is not counted again: 17个乡镇6.8万人.
        if span[0] < self.claimed[1] and self.claimed[0] < span[1] and span[1] <= start:
            return None
        self.claimed = span
        return self.text[span[0] : span[1]]

    def noun(self, term: Term, kind: Kind, start: int, end: int) -> tuple[int, int] | None:
        """Where the noun stands that the figure at `start`–`end` counts or measures."""
        unit, text, floor = term.unit, self.plain, self.floor
        if kind == "duration":
            if text[end : end + 1] == "的":
                return counted.following(text, end, True)
            return counted.done(text, start, end, floor)
        if unit is None and (text[end : end + 1] in tuple("比:") or text[start - 1 : start] in tuple("比:")):
            return None
        if unit is not None and unit.word in _NOUNS:
            span = counted.preceding(text, start, floor)
            return counted.following(text, end, True) if span is None and text[end : end + 1] == "的" else span
        if kind == "age":
            return counted.following(text, end, True) or counted.preceding(text, start, floor, measured=True)
        if kind == "count" or unit is None:
            return counted.following(text, end, unit is not None) or counted.preceding(text, start, floor)
        return self.measured(start, end) or counted.subject(text, start, floor)

    def measured(self, start: int, end: int) -> tuple[int, int] | None:
        """What money, a share or a measure is of: what leads to the number (产量达30万吨) or follows it (30万亩玉米)."""
        text = self.plain
        behind = counted.following(text, end, False)
        if behind and text[end : end + 1] == "的" and text[behind[1] - 1] in "率量额价度值比入积":
            return behind
        before = counted.preceding(text, start, self.floor, measured=True)
        if before is None or behind is None:
            return before or behind
        named = text[before[1] - 1] in "率量额价度值比入积资润温重金款费距径程速产位绩数本长高宽深润益差幅"
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


def _power(word: str) -> int:
    """What the powers of ten at the end of a number make."""
    power = 1
    if not word[0].isdecimal():
        tail = word.rstrip("万亿")
        for c in word[len(tail) :]:
            power *= numerals.LARGE[c]
        return power
    for c in reversed(word):
        scale = numerals.SMALL.get(c) or numerals.LARGE.get(c)
        if scale is None:
            break
        power *= scale
    return power


def _times(value: Number, scale: int | Decimal) -> Number:
    return numerals.tidy(Decimal(str(value)) * scale)


def _plus(value: Number, part: float) -> Number:
    return numerals.tidy(Decimal(str(value)) + Decimal(str(round(part, 9))))


def _alike(first: Unit, second: Unit) -> bool:
    return first.word == second.word or (first.base is not None and first.base == second.base)
