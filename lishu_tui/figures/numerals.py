"""Number words read: Arabic, Chinese in both scripts, mixed, fractions, and two digits side by side that mean a range.

All functions but `read_number` take text in the form that `script.plain` makes. What is no number has no value: None.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from lishu_tui.figures.script import CAPITALS, plain

Number = int | float

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
TENS = {"廿": 20, "卅": 30, "卌": 40}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LONGEST = 48
"""Characters of a number at most: what is longer is no number that anybody reports."""

_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?"
_CHINESE = "零〇一二三四五六七八九十百千万亿廿卅卌"
_TWO = (
    f"(?<![{_CHINESE}])[两俩]|[两俩](?=[百千万亿])"
    "|(?<=一)[两俩](?=[个位名年天次件家只条间种场百千万亿周月里句招成斤公块元米亩吨点分人处项届期岁倍])"
)
"""两 where it is a number and no weight: 两百, 一千两百, 一两个, not 三斤四两."""
_TRILLION = "兆(?=[0-9零一二三四五六七八九十元美日韩欧台新港英])"
RUN = re.compile(rf"(?:{_ARABIC})(?: ?(?:[十百千万亿]|{_TRILLION})"
                 rf"(?:(?:{_ARABIC})(?=[十百千万亿]|(?:(?<=[万亿兆]\d\d\d\d)|(?<=[万亿兆]\d\d\d)|(?<=[万亿兆]\d,\d\d\d))(?!\d)"
                 r"|(?<=万[1-9])(?![\d.,%‰A-Za-z年月日号])))?)*"
                 rf"|(?:[{_CHINESE}]|{_TWO}|(?<=[{_CHINESE}]){_TRILLION})+"
                 rf"(?:点[零〇一二三四五六七八九]+(?:[百千]?[万亿]+)?)?")  # fmt: skip
"""A number word as far as it goes. Each repeat begins with a character of its own, so it is read in one pass."""
_SIMPLE = re.compile(r"\d{1,12}(?:\.\d{1,6})?[万亿]?")
"""What most numbers look like; 17 digits would be more than a float can hold."""
_MIXED = re.compile(rf"({_ARABIC})|([十百千万亿兆])| ")
_LISTED = frozenset("、第零一二三四五六七八九十百千万亿点")
"""Behind one of these a digit belongs to a list, an ordinal or a longer number."""
_NEIGHBOURS = frozenset(["一二", "两三", "二三", "三四", "四五", "五六", "六七", "七八", "八九", "三五", "一两"])


def tidy(number: Fraction | Decimal | int) -> Number:
    """An int where it is whole, else a float."""
    if number == int(number):
        return int(number)
    return float(number)


def arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", "").replace(" ", ""))


def mixed(text: str) -> Number | None:
    """Arabic digits with Chinese powers of ten: 3.5万, 1亿2000万, 3万5000."""
    if _SIMPLE.fullmatch(text):
        power = LARGE.get(text[-1], 1)
        digits = text if power == 1 else text[:-1]
        if "." not in digits:
            return int(digits) * power
        return tidy(Decimal(digits) * power)
    total = section = part = Decimal(0)
    held: Decimal | None = None
    least = Decimal(10) ** 30
    for digits, power in _MIXED.findall(text):
        if digits:
            held = arabic(digits)
        elif power in SMALL:
            if held is None and part == 0:
                return None
            part += (Decimal(1) if held is None else held) * SMALL[power]
            held = None
        elif power:
            scale = LARGE[power]
            section += part + (held or 0)
            part, held = Decimal(0), None
            if section == 0:  # 3万亿: the power is of all before it
                total *= scale
            elif scale < least:
                total, section, least = total + section * scale, Decimal(0), Decimal(scale)
            else:
                total, section = (total + section) * scale, Decimal(0)
    if held is not None and text[-2] == "万":  # 1万5, as one says it
        held *= 1000
    return tidy(total + section + part + (held or 0))


def chinese(text: str) -> Number | None:
    """A number in Chinese characters: 三百零五, 两千六, 一亿三千万, 三点五万, 二〇二〇."""
    head, point, tail = text.partition("点")
    if point:
        digits = tail.rstrip("百千万亿")
        whole = chinese(head)
        if whole is None or not digits or any(c not in DIGITS for c in digits):
            return None
        number = Decimal(f"{whole}." + "".join(str(DIGITS[c]) for c in digits))
        for power in tail[len(digits) :]:
            number *= SMALL.get(power) or LARGE[power]
        return tidy(number)
    if all(c in DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            return None
        return int("".join(str(DIGITS[c]) for c in text)) if text else None
    return _powers(text)


def _powers(text: str) -> int | None:
    total = wan = section = 0
    digit: int | None = None
    last = 10**16
    after_zero = positional = False
    for c in text:
        if c in DIGITS:
            if digit is not None and (digit != 0 or positional):
                if section:
                    return None
                digit, positional = digit * 10 + DIGITS[c], True  # 八七八亿四一三六万
                continue
            digit = DIGITS[c]
            after_zero = after_zero or digit == 0
        elif c in TENS:
            if digit:
                return None
            section, digit, last = section + TENS[c], None, 10
        elif c in SMALL:
            power = SMALL[c]
            if power >= last or positional:
                return None
            section += (1 if digit is None else digit or 1) * power
            digit, last, after_zero = None, power, False
        else:
            power = LARGE[c]
            section += digit or 0
            if c == "万":
                if wan and section == 0:  # 四万万
                    wan *= power
                elif wan or (section == 0 and (total or digit == 0)):
                    return None
                else:
                    wan = (section or 1) * power
            else:
                here = wan + section
                if c == "兆" or total == 0 or total >= 10**12:
                    total += (here or 1) * power
                elif here == 0:  # 万亿
                    total *= power
                else:
                    return None
                wan = 0
            section, digit, last, after_zero, positional = 0, None, power, False, False
    if digit and not after_zero and not positional and last >= 100:  # 一百五 is 150, 三万五 is 35,000
        digit *= last // 10
    return total + wan + section + (digit or 0)


def spread(text: str) -> tuple[Number, Number] | None:
    """The two ends where two digits stand side by side: 三五, 二三十, 十七八, 两三百万; None where they do not."""
    for n in range(len(text) - 1):
        if text[n : n + 2] in _NEIGHBOURS:
            if (n and text[n - 1] in DIGITS) or text[n + 2 : n + 3] in DIGITS:
                return None
            low = chinese(text[: n + 1] + text[n + 2 :])
            high = chinese(text[:n] + text[n + 1 :])
            return (low, high) if low is not None and high is not None and low < high else None
    return None


_APART_DIGITS = re.compile(r"(?<!\d)([1-9]\d?)、([1-9]\d?)([十百千万亿]{0,2})(?![、\d.])")
_APART = re.compile("([一二三四五六七八])、([二三四五六七八九])([十百千万亿]{0,3})(?!、)")


def spread_apart(text: str, at: int) -> tuple[int, Number, Number] | None:
    """The same with a mark between the two digits, 八、九十岁: the end and the two ends of the range."""
    if (digits := _APART_DIGITS.match(text, at)) is not None and text[at - 1 : at] not in _LISTED:
        low, high = int(digits[1]), int(digits[2])
        low *= 10 if high == 10 * (low + 1) else 1  # 3、40万
        scale = chinese("一" + digits[3]) if digits[3] else 1
        near = high - low == 1 or (high - low == 10 and low % 10 == 0)
        return (digits.end(), low * scale, high * scale) if near and scale else None
    found = _APART.match(text, at)
    if found is None or DIGITS[found[1]] + 1 != DIGITS[found[2]] or text[at - 1 : at] in _LISTED:
        return None
    first, last = chinese(found[1] + found[3]), chinese(found[2] + found[3])
    return None if first is None or last is None else (found.end(), first, last)


def integer(text: str) -> Number | None:
    """The value of a number word without sign or fraction."""
    if not text or len(text) > LONGEST:
        return None
    return mixed(text) if text[0].isdecimal() else chinese(text)


class Fractional(NamedTuple):
    """A fraction as it stands: its end, its numerator and its denominator."""

    end: int
    above: Number
    below: Number
    high: Number | None = None


_PARTS = re.compile(r"(?:个)?分之")


def fraction(text: str, end: int, below: Number) -> Fractional | None:
    """The fraction whose denominator ends at `end`: 三分之一, 百分之十二点五, 十分之三."""
    if text[end : end + 1] not in ("个", "分") or (parts := _PARTS.match(text, end)) is None:
        return None
    found = RUN.match(text, parts.end())
    if found is None:
        return None
    ends = spread(found[0])
    above = ends[0] if ends else integer(found[0])
    if above is None or not below:
        return None
    return Fractional(found.end(), above, below, ends[1] if ends else None)


_SLASHED = re.compile(r"/([1-9]\d{0,2})(?![\d/.,%A-Za-z年月日号度]|决赛)")
_OF = re.compile("[占约近超过达仅的至到为有成逾及]$")
"""What stands before a fraction that is written with a stroke, and not before a day of a month."""


def slashed(text: str, at: int, end: int) -> Fractional | None:
    """The fraction written with a stroke whose numerator is `at`–`end`: 约占1/4."""
    if text[end : end + 1] != "/" or not text[at:end].isdecimal() or (parts := _SLASHED.match(text, end)) is None:
        return None
    above, below = int(text[at:end]), int(parts[1])
    if not 0 < above < below or _OF.search(text, max(at - 1, 0), at) is None:
        return None
    return Fractional(parts.end(), above, below)


_WORD = re.compile(r" *(?P<sign>负|-|零下)? *(?P<rest>\S.*?) *", re.DOTALL)


def value(text: str) -> Number | None:
    """The value of a text that is a number word and nothing else; a percentage as so many hundredths."""
    word = _WORD.fullmatch(text) if len(text) <= 4 * LONGEST else None
    if word is None:
        return None
    number = _unsigned(word["rest"])
    if number is None:
        return None
    return -number if word["sign"] else number


def read_number(text: str) -> Number | None:
    """The value of a text that is one number word and nothing else, in either script; None where it is none."""
    return value(plain(text).translate(CAPITALS))


def _unsigned(text: str) -> Number | None:
    if text in ("半", "一半", "半数"):
        return 0.5
    whole, again, part = text.partition("又")
    if again:
        above, below = value(whole), _unsigned(part.strip())
        return tidy(Fraction(above) + Fraction(below).limit_denominator(10**6)) if above and below else None
    if text == "半百":
        return 50
    if text.endswith(("%", "‰")):
        return _unsigned(text[:-1].rstrip())
    if text[-1:] in ("k", "K", "M") and text[:-1].replace(".", "", 1).isdecimal():
        return tidy(arabic(text[:-1]) * (10**6 if text[-1] == "M" else 1000))
    if (found := RUN.match(text)) is None:
        return None
    number = integer(found[0])
    if number is None:
        return None
    if found.end() == len(text):
        return number
    if text[found.end() :] == "半":
        return None
    slash = re.fullmatch(r" ?/ ?(\d{1,9})", text[found.end() :])
    if slash and int(slash[1]):
        return tidy(Fraction(number) / int(slash[1]))
    parts = fraction(text, found.end(), number)
    if parts is None or parts.end != len(text):
        return None
    return parts.above if parts.below == 100 else tidy(Fraction(parts.above) / Fraction(parts.below))
