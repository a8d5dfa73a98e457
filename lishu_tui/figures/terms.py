"""One number with its unit, as it stands: signs, fractions, 多 and 余 within it, 四年六個月 and 兩米零八."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from lishu_tui.figures import numerals
from lishu_tui.figures.numerals import Number
from lishu_tui.figures.units import Unit, unit_at, units

CN = "零〇一二两俩三四五六七八九十百千万亿廿卅卌"
_POWERS = re.compile(r" ?([百千]?[万亿]+|[百千](?![万亿]))")
_INFIX = re.compile(r" ?([多余几来])(?!出)(?=(?: ?[百千万亿])| ?[\u3400-\u9fff%℃$a-zA-Z㎡])")
_CURRENCY = re.compile(r"(?:US\$|HK\$|NT\$|[¥$€£￥]|人民币|美元|港币) ?$")
_NEGATIVE = re.compile(r"(?:零下|负|(?<![A-Za-z0-9%℃)）号-])-) ?$")
_GE = re.compile(r"个(半|多|余|来)?")
_PER = re.compile(r" ?(?:/|每) ?(?:100|百)?(?![0-9])")
_HUNDREDTHS = re.compile(r"\d{1,2}(?![\d.%万亿年月日号时分秒名人个岁米公])")
"""What follows 秒 in a result: 52秒31, 1分44秒65."""
_OFTEN = re.compile(r"[\u3400-\u9fff](?<![以上下左的至到,、内来之多余半角])")
_WARM = re.compile("[温暖冷热升降低高达差到至于零负约近超过]$")
_HALF = "半"
_MONTHS = re.compile(rf"[零又]?(\d{{1,2}}|[{CN}]{{1,2}})个月")
_SECONDS = re.compile(rf"[零]?(?:\d+(?:\.\d+)?|[{CN}]{{1,4}})秒")
_TAIL = re.compile(r"(零?)([一二三四五六七八九]{1,2})|(\d{1,2})")
_AGAINST = frozenset("成:比-—")
_THROWN = re.compile(r"\d{1,3}中")
_THOUSANDS = frozenset("米克瓦卡焦伏帕牛赫")
"""What 千 stands before in the name of a unit."""
# What the patterns above can begin or end with. Most figures stand between quite other characters, and looking at one
# costs a tenth of what trying a pattern does.
_INFIXES = frozenset(" 多余几来")
_PERS = frozenset(" /每")
_SIGNS = frozenset(" \n下负-")
_NUMBERS = frozenset(f"0123456789〇{CN}")
_MORE = re.compile("多(?![种名次个样元条人处家少年久余])|余(?!人|名|家|额|款|下)|有余")


class Term(NamedTuple):
    """A number with its unit, before bounds and ranges: `number_end` is where its digits end, `end` where its unit
    does.
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


class Reader:
    """Reads terms of a text. `plain` is `text` in the form of the tables; where `forced` the text is one number word,
    so that 一 is a number in it."""

    def __init__(self, text: str, plain: str, *, forced: bool) -> None:
        self.text = text
        self.plain = plain
        self.forced = forced
        self._run = -1, -1

    def number(self, at: int) -> Term | None:
        text = self.plain
        first = text[at]
        if first == "一" and text.startswith("一半", at):
            return Term(at, at + 2, at + 2, 0.5, None, None, None, None, 1, fraction=True)
        if first == _HALF:
            return Term(at, at + 1, at + 1, 0.5, None, None, None, None, 1)
        end = self.run(at)
        if not 0 < end - at <= numerals.LONGEST:
            return None
        word = text[at:end]
        if text[end : end + 1] == "、" and end - at < 3 and (apart := numerals.spread_apart(text, at)) is not None:
            stop, low, above = apart
            if self.unit(stop, "二") is not None:
                return Term(at, stop, stop, low, above, None, None, None, 1)
        if word in ("零", "〇") and not self.forced and "比" not in (text[at - 1 : at], text[end : end + 1]):
            return None
        high: Number | None = None
        ends = None if first.isdecimal() else numerals.spread(word)
        if ends:
            value, high = ends
        else:
            whole = numerals.integer(word)
            if whole is None:
                return None
            value = whole
        part = numerals.fraction(text, end, value) or numerals.slashed(text, at, end)
        if part is not None:
            if part.below == 100:
                return Term(at, part.end, part.end, part.above, part.high, units()["%"], "%", None, 1, fraction=True)
            share = numerals.tidy(Fraction(part.above) / Fraction(part.below))
            return Term(at, part.end, part.end, share, None, None, None, None, 1, fraction=True)
        power = power_of(word)
        inside = None
        infix = _INFIX.match(text, end) if text[end : end + 1] in _INFIXES else None
        if infix and (infix[1] not in "来几" or word[-1] in "十百千万亿0"):
            powers = _POWERS.match(text, infix.end())
            if infix[1] != "来" or powers or self.unit(infix.end(), word) is not None:
                inside, end = infix[1], infix.end()
        if (inside or ends) and (powers := _POWERS.match(text, end)):
            joined = None if ends else numerals.integer(word + powers[1])  # 1亿8000多万: 万 is of 8000 alone
            for c in powers[1]:
                scale = numerals.SMALL.get(c) or numerals.LARGE[c]
                value, power = times(value, scale), power * scale
                high = None if high is None else times(high, scale)
            value = value if joined is None else joined
            end = powers.end()
            if inside is None and (infix := _INFIX.match(text, end)):
                inside, end = infix[1], infix.end()
        return Term(at, end, end, value, high, None, None, inside, power)

    def run(self, at: int) -> int:
        """Where the number word at `at` ends; `at` itself where there is none. The last one is remembered, since every
        step asks for it."""
        if self._run[0] != at:
            run = numerals.RUN.match(self.plain, at)
            self._run = at, self._without_prefix(at, run.end()) if run else at
        return self._run[1]

    def _without_prefix(self, at: int, end: int) -> int:
        """千 of 千克 and 千瓦 is no part of the number: 10千米, 120万千瓦. But 三千米 is 3000 米, as one runs them."""
        text = self.plain
        if text[end - 1] == "百" and text[end : end + 1] == "帕" and end - 1 > at:
            return end - 1
        if text[end - 1] != "千" or end - 1 == at or text[end : end + 1] not in _THOUSANDS:
            return end
        return end if text[end] == "米" and text[end - 2] in CN and text[end - 2] not in "万亿" else end - 1

    def unit(self, at: int, number: str) -> tuple[int, Unit, bool, str | None] | None:
        """The unit at `at`: its end, what it is, whether 半 stands before it (4個半小時), 多 or 余 where it does."""
        text = self.plain
        first = text[at : at + 1]
        if first == " ":
            at += 1
            first = text[at : at + 1]
        if first == "个" and (ge := _GE.match(text, at)) is not None:
            for stop in dict.fromkeys((ge.end(), at + 1)):
                found = unit_at(text, stop)
                if found is not None and found.ge:
                    extra = ge[1] if stop > at + 1 else None
                    return stop + len(found.word), found, extra == "半", extra if extra != "半" else None
        found = unit_at(text, at)
        if found is None or (first in "平胜败" and len(found.word) == 1 and text[at - len(number) - 1] in _AGAINST):
            return None  # 战成88平, 97:106败
        end = at + len(found.word)
        if found.word == "两" and text[end : end + 1] in tuple("分球人个名位局"):
            return None  # 84比82两分险胜
        if found.word == "投" and _THROWN.match(text, end):
            return None  # 9投4中
        if found.word == "成" and number.isdecimal() and len(number) > 1 and number != "10":
            return None  # 65成績
        often = found.word == "度" and number in tuple("两三四五六七") and _OFTEN.match(text, end)
        if often and not _WARM.search(text, max(at - 2, 0), at - 1):
            return end, Unit("度", "count", None, 1), False, None  # 两度变轨
        if (
            len(number) == 1
            and number in "一二两三四五六七八九十半百千万"
            and found.follow is not None
            and not self.forced
        ):
            if (found.word, text[at - 2 : at - 1]) in (("折", "打"), ("口", "家")):
                return end, found, False, None
            if not (text.startswith(found.follow, end) if end < len(text) else "。" in found.follow):
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
                value, compound = plus(value, 0.5), True
            elif (
                text[end : end + 1] == _HALF
                and unit.kind != "count"
                and text[end + 1 : end + 2] not in tuple("个年月天小价数")
            ):
                value, end, compound = plus(value, 0.5), end + 1, True
            elif high is None and inside is None:
                value, end, compound = self.compound(value, unit, end, number)
                if text[end - 1] == "秒" and (parts := _HUNDREDTHS.match(text, end)) is not None:
                    value = plus(value, float(f"0.{parts[0]}") / unit.factor)
                    end, compound = parts.end(), True
            if unit.word == "折" and value > 10 and term.power == 1:
                value = times(value, Decimal("0.1"))
            next_ = text[end : end + 1]
            if next_ in ("多", "余", "有") and not (
                inside or compound or unit.kind in ("count", "temperature", "other")
            ):
                more = _MORE.match(text, end)
                if more is not None and text[at : term.number_end] != "半":
                    inside, end = more[0][-1] if more[0] != "有余" else "有余", more.end()
            if text[end : end + 1] == "·" and (joined := unit_at(text, end + 1)) is not None and unit.kind != "count":
                word, end = self.word(end - len(unit.word), end + 1 + len(joined.word)), end + 1 + len(joined.word)
                unit = Unit(word, "other", None, 1)
            per = _PER.match(text, end) if text[end : end + 1] in _PERS else None
            if per is not None and not compound and inside is None:
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
        if term is None or self.plain[term.start - 1 : term.start] not in _SIGNS:
            return term
        if (sign := _NEGATIVE.search(self.plain, max(term.start - 3, 0), term.start)) is None:
            return term
        if sign[0].strip() == "负" and self.plain[sign.start() - 1 : sign.start()] in tuple("胜平败正担抱肩自欺辜不"):
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
        if unit.kind == "age" and (months := _MONTHS.match(text, end)) is not None:
            part = numerals.integer(months[1])
            return (plus(value, part / 12), months.end(), True) if part else (value, end, False)
        while unit.base is not None and unit.kind in ("duration", "length", "weight", "money", "temperature", "volume"):
            at = end + (text[end : end + 1] in ("零", "又"))
            if text[at : at + 1] not in _NUMBERS:
                break
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
            value = plus(value, plus(part, 0.5 if half else 0) * smaller.factor / whole.factor)
            end, unit, made = stop, smaller, True
        if not made and whole.word in ("米", "块", "元", "丈", "尺", "斤", "成", "度", "公尺", "里", "吨"):
            tail = _TAIL.match(text, end)
            if tail is not None and not (tail[3] and whole.word not in ("米", "公尺", "度", "块", "成")):
                digits = tail[3] or "".join(str(numerals.DIGITS[c]) for c in tail[2])
                zero = "0" if tail[1] else ""
                chinese = number[-1:] in CN or whole.word in ("块", "元")
                clear = numerals.RUN.match(text, end + len(tail[1] or "")) is not None and (
                    tail.end() == len(text) or text[tail.end()] not in CN + "0123456789.%点至到~-"
                )
                clear = (
                    clear
                    and self.unit(tail.end(), "00") is None
                    and (chinese or bool(tail[3]))
                    and text[tail.end() : tail.end() + 1] not in tuple("要号届" if whole.word == "成" else "是要号届")
                )
                if clear:
                    value, end, made = plus(value, float(f"0.{zero}{digits}")), tail.end(), True
        return value, end, made


def power_of(word: str) -> int:
    """What the powers of ten at the end of a number make."""
    power = 1
    if word[-1].isdecimal():
        return power
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


def times(value: Number, scale: int | Decimal) -> Number:
    return numerals.tidy(Decimal(str(value)) * scale)


def plus(value: Number, part: float) -> Number:
    return numerals.tidy(Decimal(str(value)) + Decimal(str(round(part, 9))))
