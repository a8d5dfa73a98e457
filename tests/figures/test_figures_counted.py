"""What is counted: the noun that a careful reader puts beside each figure, by examples; one line a rule."""

from __future__ import annotations

import pytest

from lishu_tui.figures import find_quantities

# text | figure=noun, · between figures; nothing behind = where the text names none
COUNTED = """
全县21个乡镇3个街道 | 21个=乡镇 · 3个=街道
组建队伍440个、党员4085名 | 440个=队伍 · 4085名=党员
营业收入达到3.5亿元，同比增长12.5% | 3.5亿元=营业收入 · 12.5%=营业收入
产量3万吨，比上年减少2万吨，下降5% | 3万吨=产量 · 2万吨=产量 · 5%=产量
小麦亩产可达650公斤，相比上年平均亩产增加100公斤 | 650公斤=小麦亩产 · 100公斤=平均亩产
毛利率53.1%，比前一季高1.2个百分点 | 53.1%=毛利率 · 1.2个百分点=毛利率
社福支出占总额三成六 | 三成六=社福支出
机收率达88%，国产收割机占比超一半 | 88%=机收率 · 超一半=国产收割机
猪肉、牛肉、羊肉产量分别为3万吨、2万吨和1万吨 | 3万吨=产量 · 2万吨=产量 · 1万吨=产量
张村、李庄、王屯分别增收3万元、2万元和1万元 | 3万元=张村 · 2万元=李庄 · 1万元=王屯
能见度在短时间内降至不足5米 | 不足5米=能见度
每名幼儿每月补贴500元，价格每百斤逾1200元 | 500元= · 逾1200元=价格
农作物受灾300公顷，房屋倒塌12间、受损30间 | 300公顷=农作物 · 12间=房屋 · 30间=房屋
新建12所、改扩建8所中学 | 12所=中学 · 8所=中学
课程分三类二十八门课程 | 三类=课程 · 二十八门=课程
警方拘捕1名31岁男子 | 1名=男子 · 31岁=男子
3名来自外地的学生，2名收货的男子 | 3名=学生 · 2名=男子
建成3个中型水库、2所初中学校 | 3个=中型水库 · 2所=初中学校
全场出现3次致命失误 | 3次=致命失误
组建“红马甲”志愿服务队5支，签下2份“安心”协议 | 5支=志愿服务队 · 2份=协议
固定资产投资（不含农户）增长7.3% | 7.3%=固定资产投资
省立医院累计接诊（其中重症12例） | 12例=重症
过火面积约40平方米，学生近视率37.2% | 约40平方米=过火面积 · 37.2%=近视率
身长为2.5米，大桥全长36公里 | 2.5米=身长 · 36公里=大桥全长
落后榜首2分，表决时57票赞成 | 2分= · 57票=
按持股数每10股派发现金红利2.5元 | 10股= · 2.5元=现金红利
實現投資額兩億元，設計使用年限為100年 | 兩億元=投資額 · 100年=設計使用年限
""".strip().splitlines()


@pytest.mark.parametrize("line", COUNTED)
def test_what_is_counted(line: str) -> None:
    text, _, expected = line.partition("|")
    found = [f"{q.quote}={q.counted or ''}" for q in find_quantities("據瞭解，" + text.strip() + "。")]
    wanted = [part.strip() for part in expected.split("·")]
    assert [f.partition("=")[0] for f in found] == [w.partition("=")[0] for w in wanted]
    for a, b in zip(found, wanted, strict=True):
        noun, right = a.partition("=")[2], b.partition("=")[2]
        assert noun == right or (noun and right and (noun in right or right in noun)), (a, b)
