"""Figures in running text: the conventions, each by an example; the labelled articles; laws that hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled_figures import CASES, Score, read, score

from lishu_tui.edition import load_edition
from lishu_tui.figures import exclusions, find_quantities
from lishu_tui.figures.exclusions import reasons
from lishu_tui.figures.script import plain
from lishu_tui.figures.units import units
from tests.timing import least

EDITION = load_edition()


def told(text: str) -> list[str]:
    """What is found, as `quote=value unit bound`; a range's value as `low..high`, an exact bound left out."""
    found = []
    for q in find_quantities(text):
        value = (
            f"{q.low}..{q.high}"
            if q.bound == "range"
            else q.value
            if q.value == round(q.value, 2)
            else f"{q.value:.4g}"
        )
        parts = [f"{q.quote}={value}", q.unit or "", "" if q.bound in ("exact", "range") else q.bound]
        found.append(" ".join(p for p in parts if p))
    return found


CONVENTIONS = """
近30萬畝玉米 | 近30萬畝=300000 畝 approaching
志願者5000多人 | 5000多人=5000 人 more_than
不少於3次會議 | 不少於3次=3 次 at_least
六十歲以上老人 | 六十歲以上=60 歲 at_least
最多再練兩年就退役 | 兩年=2 年 at_most
增長12.5%，佔七成 | 12.5%=12.5 % · 七成=7 成
漲了兩成五 | 兩成五=2.5 成
三分之一的人 | 三分之一=0.3333
五年翻一番 | 五年=5 年 · 一番=1 番
用了4個半小時 | 4個半小時=4.5 小時
判處有期徒刑四年六個月 | 四年六個月=4.5 年
身高兩米零八 | 兩米零八=2.08 米
降到零下269攝氏度 | 零下269攝氏度=-269 攝氏度
从3涨到5 | 3=3 · 5=5
长3米×宽4米 | 3米=3 米 · 4米=4 米
规格3×4米 | 3=3 米 · 4米=4 米
全程分别为3、5、7公里 | 3=3 公里 · 5=5 公里 · 7公里=7 公里
有20~30人 | 20~30人=20..30 人
来了三五个人 | 三五个=3..5 个
約二三十人 | 約二三十人=20..30 人
5至8个 | 5至8个=5..8 个
投资3-5亿元 | 3-5亿元=300000000..500000000 元
每斤卖3.2元 | 3.2元=3.2 元
单价3.2元/斤 | 3.2元/斤=3.2 元/斤
时速120公里每小时 | 120公里每小时=120 公里每小时
有一筆錢，一畝三斤 | 三斤=3 斤
男子60公斤級決賽 |
全縣21個鄉鎮3個街道 | 21個=21 個 · 3個=3 個
約20至30人左右 | 約20至30人左右=20..30 人
大約500人左右 | 大約500人左右=500 人 about
至少500多人 | 至少500多人=500 人 at_least
投入資金1億2000萬元 | 1億2000萬元=120000000 元
人民幣伍萬元整 | 伍萬元=50000 元
一共壹佰貳拾叁元 | 壹佰貳拾叁元=123 元
一小時三十分鐘 | 一小時三十分鐘=1.5 小時
气温零下5至零下10度 | 零下5至零下10度=-10..-5 度
气温为-12至-5℃ | -12至-5℃=-12..-5 ℃
共造成卅八人罹難 | 卅八人=38 人
上百人围观 | 上百人=100 人 at_least
十幾個孩子 | 十幾個=10 個 more_than
为期一年，近三年来 | 一年=1 年 · 三年=3 年
打八五折 | 八五折=8.5 折
一家四口 | 四口=4 口
沪指收于3245.31点 | 3245.31点=3245.31 点
歲出八七八億四一三六萬九千元 | 八七八億四一三六萬九千元=87841369000 元
3兆1324億元 | 3兆1324億元=3132400000000 元
不得超过4小时 | 不得超过4小时=4 小时 at_most
50名学生以上的学校 | 50名=50 名 at_least
风圈半径18转31公里 | 18=18 公里 · 31公里=31 公里
停水戶數16萬719戶 | 16萬719戶=160719 戶
不法所得僅6萬240元 | 6萬240元=60240 元
以1分44秒65成績奪冠 | 1分44秒65=1.744 分
跑出52秒31的成績 | 52秒31=52.31 秒
面積為四萬平方公尺 | 四萬平方公尺=40000 平方公尺
一栋12层高的写字楼 | 12层=12 层
外資賣超5.18億元 | 5.18億元=518000000 元
""".strip().splitlines()


@pytest.mark.parametrize("line", CONVENTIONS)
def test_a_convention(line: str) -> None:
    text, _, expected = line.partition("|")
    assert " · ".join(told("據瞭解，" + text.strip() + "。")) == expected.strip()


NONE = """
2020年3月5日上午9點30分 · 18:30至20:00 · 12月15日 · 二〇二〇年十月 · 2018至2020年 · 1—9月 · 三月一日至十五日
廿至廿一日晚間六點 · 90後 · 上世纪80年代 · 二十一世纪 · 一一四年度 · 2019-20賽季 · 前三季度 · 上半年 · 星期三
正月初六 · 周三下午三点 · 第一名 · 第17届 · 三是加强管理 · 一級響應 · 三級甲等 · 五年級 · 地铁5号线二期工程
三楼 · 六年級2班 · (三)建立机制 · 县十七届人大三次会议 · 京ICP備11041399號-2 · (2019)吉01刑初123號
电话：0434-3221045 · 13812345678 · www.example.cn/2020/3.html · 拨打119报警 · 股票代码：300912 · 萬眾一心
一方面 · 十家堡鎮 · 戰役一打響 · 四梨線 · 千方百计 · 三番五次 · 一举两得 · 一名黨員一面旗 · “一盤棋” · 兩岸關係
火灾发生在写字楼的8层 · 从3层坠落 · 他住在8楼 · 再度夺冠
四川九江 · 5G網絡 · A4纸 · 3D打印 · 2.0版 · PM2.5 · 《1984》 · G20 · 两米级望远镜 · 一群人 · 一場會議
""".strip()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("核心舱两度变轨", "count"),
        ("他曾兩度奪冠", "count"),
        ("气温下降两度", "temperature"),
        ("水温升高了三度", "temperature"),
    ],
)
def test_twice_is_no_temperature(text: str, kind: str) -> None:
    assert [q.kind for q in find_quantities(f"據瞭解，{text}。")] == [kind]


@pytest.mark.parametrize("text", [t.strip() for line in NONE.splitlines() for t in line.split("·")])
def test_what_is_no_figure(text: str) -> None:
    assert told(f"據瞭解，{text}，情況良好。") == []


def test_every_figure_of_the_hand_made_list_is_found_and_nothing_else() -> None:
    found = {}
    for index, text in enumerate(EDITION.readings["restored"]):
        for q in find_quantities(text):
            found[index, q.start, q.end] = (q.quote, q.value, q.low, q.high, q.bound, q.bound_word, q.unit)
    listed = {
        tuple(s.span): (s.quote, s.value, s.low, s.high, s.bound, s.bound_word, s.unit) for s in EDITION.statistics
    }
    assert found == listed


def test_what_the_hand_made_list_counts_is_mostly_found() -> None:
    right = 0
    for s in EDITION.statistics:
        (q,) = [q for q in find_quantities(EDITION.text(s.span.paragraph)) if q.start == s.span.start]
        right += bool(q.counted and s.counted and (q.counted in s.counted or s.counted in q.counted))
    assert right >= 0.9 * len(EDITION.statistics)


@pytest.mark.parametrize("script", ["restored", "simplified"])
def test_either_script_gives_the_same_figures(script: str) -> None:
    text = "\n".join(EDITION.readings[script])  # type: ignore[index]
    other = "\n".join(EDITION.readings["restored"])
    fields = [(q.start, q.end, q.value, q.bound) for q in find_quantities(text)]
    assert fields == [(q.start, q.end, q.value, q.bound) for q in find_quantities(other)]


def test_the_labelled_articles() -> None:
    files = sorted(CASES.glob("*.tsv"))
    assert len(files) >= 8
    faults: list[str] = []
    total = Score(0, 0, 0, 0, 0, 0)
    for path in files:
        for case in read(path):
            total += score(case, faults)
    problem = "\n".join([total.told(), *faults])
    assert total.right >= 0.97 * total.labelled, problem
    assert total.right >= 0.97 * total.found, problem
    assert total.bound >= 0.97 * total.right, problem
    assert total.unit >= 0.97 * total.right, problem
    assert total.counted >= 0.88 * total.right, problem


TEXT = st.lists(
    st.sampled_from(
        [
            *"0123456789一二兩两三四五六七八九十百千萬万億亿半多余近約超至~-、，。",
            *"年月日時点分個人元畝%度米第之成倍號級 (（“a./",
            *("百分之", "以上", "不少於", "公里"),
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(TEXT)
def test_any_text_gives_figures_in_order_that_stand_where_they_say(text: str) -> None:
    at = 0
    for q in find_quantities(text):
        assert at <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.quote
        assert q.low is None or q.high is None or q.low <= q.high
        assert (q.bound == "exact") == (q.low == q.high == q.value)
        if q.bound == "range":
            assert q.low is not None
            assert q.high is not None
            assert q.value == q.low < q.high
        assert q.bound in ("exact", "range") or q.bound_word
        assert q.counted is None or q.counted in text
        at = q.end


@given(TEXT)
def test_the_form_of_the_tables_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


def test_every_fixed_word_has_a_reason_and_units_are_in_the_form_of_the_tables() -> None:
    assert all(reasons().values())
    assert len(reasons()) > 500
    assert [word for word in reasons() if plain(word) != word] == []
    assert [word for word in units() if plain(word) != word and word not in ("￥", "℃", "㎡")] == []


def seconds(text: str) -> float:
    return least(lambda: find_quantities(text), 3)


def test_a_bulletin_of_nothing_but_figures_is_read_in_good_time() -> None:
    line = "{0}产量{1}.3万吨，比上年增长{2}.{0}%。其中，夏粮{0}{1}万吨，减产{2}%；{1}户占{2}.1%，人均{0}{2}元，"
    text = "\n".join(line.format(n % 9 + 1, n % 97 + 3, n % 89) for n in range(2000))
    assert seconds(text) < 2.5 * len(text.encode()) / 1_000_000  # alone on a machine of today, a third of that


def test_twice_the_text_takes_about_twice_as_long() -> None:
    article = "\n".join(EDITION.readings["restored"]) * 10
    numbers = "3、5、7，1年1月20多" * 800
    for text in (article, numbers):
        assert seconds(text * 2) < 3.5 * seconds(text)


def test_what_is_told_by_the_character_behind_a_number_is_no_date_ordinal_or_class() -> None:
    for number in ("3", "12", "119", "1949.5", "20", "2000", "36000", "7.5", "1,234"):
        for sign in exclusions._MEASURES:
            for behind in ("", "日", "级", "年", "号", "时", "5月", "楼的", "日游"):
                text = f"据了解{number}{sign}{behind}"
                end = 3 + len(number)
                quick = exclusions.skipped(text, 3, end)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(exclusions, "_MEASURES", frozenset())
                    assert quick == exclusions.skipped(text, 3, end), text


@pytest.mark.parametrize("character", sorted(set("01一十万半壹叁廿.,:-~、《(“近超不约至第年月时元个的%a@《每从")))
def test_a_million_of_any_one_character_is_read_in_a_moment(character: str) -> None:
    begun = time.perf_counter()
    find_quantities(character * 1_000_000)
    assert time.perf_counter() - begun < 4
