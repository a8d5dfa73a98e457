"""The forms in which everyday writing puts figures: what each is read as, and what looks like one and is none."""

from __future__ import annotations

import pytest

from lishu_tui.figures import find_quantities

FORMS = [
    ("震源深度10千米。", "10千米 10 千米"),
    ("缴获毒品2.5千克", "2.5千克 2.5 千克"),
    ("装机容量120万千瓦，发电量5亿千瓦时", "120万千瓦 1200000 千瓦, 5亿千瓦时 500000000 千瓦时"),
    ("有五千克重，跑三千米", "五千克 5 千克, 三千米 3000 米"),
    ("電壓為10千伏", "10千伏 10 千伏"),
    ("门票炒到了1万5，房价2万3一平", "1万5 15000 None, 2万3 23000 None"),
    ("一共1万5千元、3萬5000元", "1万5千元 15000 元, 3萬5000元 35000 元"),
    ("销量达1万5G手机", "1万 10000 None"),
    ("约占全国的1/4，近1/3的人", "1/4 0.25 None, 近1/3 0.3333333333333333 None"),
    ("他打进1/4决赛，5/8出生", ""),
    ("来了十来个学生", "十来个 10 个"),
    ("来了几十个人，好几百人，数千名", ""),
    ("打了八折。全场打七五折", "八折 8 折, 七五折 7.5 折"),
    ("第十四个五年规划，“十四五”", ""),
    ("在301医院，拨打12345市民热线、12320热线", ""),
    ("以25-18、25-20、22-25先下两城", "25 25 None, 18 18 None, 25 25 None, 20 20 None, 22 22 None, 25 25 None"),
    ("以97：106敗北，以102:98取胜", "97 97 None, 106 106 None, 102 102 None, 98 98 None"),
    ("以15-20人为一组", "15-20人 15 人"),
    ("三分球9投4中，罰球8投8中", "9 9 None, 4 4 None, 8 8 None, 8 8 None"),
    ("80余位居民，30位居民，位居第三", "80余位 80 位, 30位 30 位"),
    ("2.88億畫素，1200万像素", "2.88億畫素 288000000 畫素, 1200万像素 12000000 像素"),
    ("人口跌破1萬人", "跌破1萬人 10000 人"),
    ("血糖7.8mmol/L，血压140/90毫米汞柱", "7.8mmol/L 7.8 mmol/L, 140 140 毫米汞柱, 90毫米汞柱 90 毫米汞柱"),
    ("降至0.65元/度，每千米3元", "0.65元/度 0.65 元/度, 3元 3 元"),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_a_form_is_read(text: str, expected: str) -> None:
    assert ", ".join(f"{q.quote} {q.value} {q.unit}" for q in find_quantities(text)) == expected
