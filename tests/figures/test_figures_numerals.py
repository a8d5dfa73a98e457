"""Number words alone, as a cell of a table has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.figures import find_quantities, read_number

WORDS = """
〇=0 零=0 一=1 二=2 兩=2 两=2 九=9 十=10 十一=11 十九=19 二十=20 廿=20 廿五=25 卅=30 卅八=38 卌=40 九十九=99 百=100
一百=100 一百零一=101 一百一十=110 一百一=110 百三=130 一百五=150 一百五十=150 二百五=250 兩百零六=206 三百零五=305
九百九=990 九百九十九=999 一千=1000 一千零一=1001 一千零五=1005 一千零五十=1050 一千五=1500 兩千=2000 两千六=2600
兩千四百五=2450 九千九百九十九=9999 一萬=10000 一万三=13000 一万二百五十=10250 一萬零二百五十=10250 三萬五=35000
三万五千=35000 十万=100000 拾萬零五十六=100056 十万零三百=100300 二十三万四千五百六十七=234567 九十二万四=924000
百萬=1000000 一百万零四=1000004 四百零四万=4040000 千万=10000000 三千八百九十六万四千九百六十五=38964965
四千万零六千=40006000 一億=100000000 一亿零三=100000003 五亿零六=500000006 一亿三千万=130000000
十二亿五千万=1250000000 四亿五千六百四十二万零一十五=456420015 四十五億四千零四萬=4540040000 四萬萬=400000000
一万亿=1000000000000 一百二十万亿=120000000000000 五兆六十二億四万五千二=5006200045200
八七八億四一三六萬九千=87841369000 壹=1 貳拾=20 肆拾肆=44 壹佰伍拾=150 肆佰陸拾=460 叁佰陆拾=360 壹佰貳拾叁=123
柒仟捌佰伍拾肆=7854 十万柒仟捌佰伍拾肆=107854 七十八万五佰零六=780506 倆千兩百貳拾二=2222 伍萬=50000 二〇二〇=2020
一九八四=1984 一六〇〇=1600 一二三=123 八五=85 0=0 7=7 007=7 42=42 1000=1000 1,234=1234 1,234,567=1234567
1,050,000,000=1050000000 12.5=12.5 0.05=0.05 1,234.5=1234.5 ４，５６５=4565 １２３=123 ３．５=3.5 １２．０６=12.06
3.5万=35000 3.5萬=35000 1.2亿=120000000 0.5亿=50000000 2億=200000000 4.78万亿=4780000000000 10万万=1000000000
1亿2000万=120000000 1億2000萬=120000000 12亿3456万7890=1234567890 3万5000=35000 5万4千6百=54600
5亿1万4千6百=500014600 3千=3000 3千5百=3500 2百=200 1.5千=1500 40k=40000 2.5M=2500000
3兆1324億6890萬9千=3132468909000 三點五=3.5 三点一四=3.14 一点五=1.5 零点五=0.5 零点零五=0.05 二十一点五=21.5
一百二十点五=120.5 三点五万=35000 七百二十一點五=721.5 一点二亿=120000000 三点〇五=3.05 负三=-3 負三十二=-32
负零点五=-0.5 -10000=-10000 负10000=-10000 －5=-5 -3.5=-3.5 負四十五億零四百零四萬=-4504040000 半=0.5 一半=0.5
半百=50 二分之一=0.5 三分之一=0.333333333 三分之二=0.666666667 四分之三=0.75 五分之二=0.4 十分之一=0.1 十分之三=0.3
百分之一=1 千分之三=0.003 万分之五=0.0005 一百二十分之七=0.058333333 1/2=0.5 2/3=0.666666667 3/4=0.75
一又二分之一=1.5 五又三分之二=5.666666667 百分之五=5 百分之五十=50 百分之百=100 百分之一百=100
百分之一百二十点五=120.5 百分之十二點五=12.5 百分之22=22 百分之２．４=2.4 百分之1,111=1111 50%=50 ２２％=22 5％=5
-22.2%=-22.2 －1２２％=-122 0.4%=0.4 3‰=3 百分之零点五=0.5
""".split()  # noqa: SIM905
UNITS = """
一隻=1隻 十斤=10斤 一打=1打 五十打=50打 三雙=3雙 一百對=100對 199個=199個 百三十人=130人 七成=7成 ９成=9成
半成=0.5成 兩成五=2.5成 三成半=3.5成 7.２成=7.2成 十成=10成 七折=7折 75折=7.5折 八五折=8.5折 9.9折=9.9折
陆点五折=6.5折 六个百分点=6百分点 ２．４個百分點=2.4百分點 一百五十个百分点=150百分点 2,123个百分点=2123百分点
拾万零五十六点叁叁个百分点=100056.33百分点 三倍=3倍 1.5倍=1.5倍 一番=1番 三年=3年 半年=0.5年 一年半=1.5年
三個月=3月 一个半月=1.5月 九岁=9岁 兩米零八=2.08米 一米七五=1.75米 3米5=3.5米 三斤四两=3.4斤 兩塊五=2.5塊
三元五角=3.5元 5元2角=5.2元 ￥300=300￥ 零下5℃=-5℃ -3.5℃=-3.5℃ 38度5=38.5度 1小时30分=1.5小时 2分30秒=2.5分
四年六個月=4.5年
""".split()  # noqa: SIM905
SPACED = [
    ("7 萬5 千4 百", 75400), ("一百 五 十 二", 152), ("两千 四 百 五", 2450),
    ("三千 八百 九十六 万 四千 九百 六十五", 38964965),
    ("二十 億", 2_000_000_000), ("十 余 万", 100_000), ("五百 余万", 5_000_000), ("一百 二 十 几亿", 12_000_000_000),
    ("一千多万", 10_000_000), ("十多万", 100_000), ("二十几万", 200_000), (" 1502222 ", 1_502_222),
    ("百 分之 一百二十点五", 120.5),
    ("六   个 百分 点", 6), ("7 2 折", 7.2), ("330 000", 330_000),
]  # fmt: skip
NO_NUMBERS = ["", " ", "一切", "元", "兩百點兩", "abc", "百分之", "分之一", "一二三四五六七八九十一", "萬分", "12a"]


@pytest.mark.parametrize("case", WORDS)
def test_a_number_word(case: str) -> None:
    word, _, value = case.rpartition("=")
    assert read_number(word) == pytest.approx(float(value))
    (found,) = find_quantities(word)
    assert (found.quote, found.value) == (word, pytest.approx(float(value)))
    assert found.unit == ("%" if word[-1] in "%％" or word.startswith("百分之") else None) or word.endswith("‰")


@pytest.mark.parametrize("case", UNITS)
def test_a_number_with_a_unit_and_nothing_else(case: str) -> None:
    word, _, expected = case.rpartition("=")
    (found,) = find_quantities(word)
    assert (found.quote, f"{found.value}{found.unit}") == (word, expected)


@pytest.mark.parametrize(("text", "value"), SPACED)
def test_spaces_within_a_number_word_are_passed_over(text: str, value: float) -> None:
    (found,) = find_quantities(text)
    assert (found.quote, found.value) == (text.strip(), value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert read_number(text) is None


DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 10**12 in Chinese characters, as one reads it."""
    if number == 0:
        return "零"
    said = ""
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // power % 10**4
        if not section:
            continue
        words, gap = "", False
        for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = section // scale % 10
            if digit:
                words += ("零" if gap or (said and not words and section < 1000) else "") + DIGITS[digit] + sign
                gap = False
            elif words:
                gap = True
        said += words + name
    return said


@given(st.integers(0, 10**12 - 1))
def test_a_number_spelled_is_read_back(number: int) -> None:
    assert read_number(spelled(number)) == number


@given(st.integers(0, 10**12 - 1))
def test_a_number_in_groups_of_three_is_read_back(number: int) -> None:
    assert read_number(f"{number:,}") == number


@given(st.text("0123456789一二三两百千万亿点半负又分之%.,， kM", max_size=20))
def test_reading_a_number_never_fails(text: str) -> None:
    read_number(text)
