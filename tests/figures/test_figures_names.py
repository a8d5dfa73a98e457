"""The names in any text: people, places, bodies and media, by rules, and beside those that are checked."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import load_edition
from lishu_tui.figures.names import RULES, find_names
from lishu_tui.figures.who import names, speech
from tests.figures.labelled import Score, articles
from tests.timing import least

EDITION = load_edition()


def found(text: str, kind: str) -> list[str]:
    return [n.name for n in find_names(text) if n.kind == kind]


def test_the_goals_are_met() -> None:
    total = Score(0, 0, 0)
    for article in articles().values():
        labels = {(n.kind, n.name) for n in article.name}
        got = {(n.kind, n.name) for n in find_names(article.paragraphs)}
        total += Score(len(labels), len(got), len(labels & got))
    assert total.recall >= 0.95
    assert total.precision >= 0.95


@pytest.mark.parametrize(
    ("kind", "recall", "precision"), [("person", 1, 1), ("place", 0.9, 0.95), ("body", 1, 1), ("media", 1, 1)]
)
def test_the_names_of_the_bundled_article(kind: str, recall: float, precision: float) -> None:
    """Places where names stand, against the list made by hand: what no rule tells of is 孤家子 and 四梨線."""
    listed = {p for n in EDITION.names if n.kind == kind for p in n.places}
    got = {p for n in find_names(EDITION.readings["restored"]) if n.kind == kind for p in n.places}
    score = Score(len(listed), len(got), len(listed & got))
    assert score.recall >= recall
    assert score.precision >= precision


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("縣委書記曾范濤主持會議。", ["曾范濤"]),
        ("县委书记曾范涛、县长李明出席会议。", ["曾范涛", "李明"]),
        ("厂长司马长风和工程师欧阳雪在车间。", ["司马长风", "欧阳雪"]),
        ("美国总统唐纳德·特朗普昨天抵达东京。", ["唐纳德·特朗普"]),
        ("吉林省委書記巴音朝魯高度肯定。", ["巴音朝魯"]),
        ("犯罪嫌疑人张某某已被控制。", ["张某某"]),
        ("本报记者 陈晓东 刘洋", ["陈晓东", "刘洋"]),
        ("主任高度重视，书记马上部署，村民张贴标语，干部任劳任怨。", []),
        ("党员干部深入一线，志愿者时常巡逻。", []),
        # a title behind the whole name
        ("心臟內科林育誠醫師表示，要多運動。", ["林育誠"]),
        ("安全部长到了。", []),
        # what stands in brackets behind the name
        ("5歲男童小傑（化名）吞下鈕扣。", ["小傑"]),
        ("協會主席柯茲（Helen Kurtz）到場。", ["柯茲"]),
        ("他住在舊金山（San Francisco）和索諾馬郡（Sonoma County）。", []),
        # nothing but where it stands
        ("上半場，許柏文貢獻12分。", ["許柏文"]),
        ("「第一神射」林志翰與隊友到場。", ["林志翰"]),
        ("田裡黃澄澄的，稻子熟了。", []),
        ("通訊社8月4日電 （羅晶 彭彬）梨子熟了。", ["羅晶", "彭彬"]),
        ("球队坐拥王思洁、梅笑雨、杨涵、张小倩等国手。", ["王思洁", "梅笑雨", "杨涵", "张小倩"]),
        # a name ends before what somebody does
        ("村主任杨光结束直播。", ["杨光"]),
        ("设计师伯特·鲁登设计了飞船。", ["伯特·鲁登"]),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert found(text, "person") == people


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("吉林省四平市梨树县喇嘛甸镇龙王庙村", ["吉林省", "四平市", "梨树县", "喇嘛甸镇", "龙王庙村"]),
        ("记者来到浙江省安吉县余村采访。", ["浙江省", "安吉县", "余村"]),
        ("全县各村、各社区、两市一区，城市和农村，超市里、小区外。", []),
        ("在十家堡镇设卡，十家堡的村民都出来了。", ["十家堡镇"]),
        ("他从北京飞往巴黎。", ["北京", "巴黎"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert found(text, "place") == places


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("梨树县教育局局长说。", ["梨树县教育局"]),
        ("县委、县政府始终重视。", ["县委", "县政府"]),
        ("清溪镇人民政府和清溪镇卫生院", ["清溪镇人民政府", "清溪镇卫生院"]),
        ("有关部门、各级党组织和志愿者服务队", []),
        ("他在北京大学第一医院住院。", ["北京大学第一医院"]),
        ("今年1至9月新坪地檢署收案417件。", ["新坪地檢署"]),
    ],
)
def test_bodies(text: str, bodies: list[str]) -> None:
    assert found(text, "body") == bodies


def test_media() -> None:
    assert found("據《吉林日報》和新華社報道，央視新聞客戶端直播。", "media") == [
        "吉林日報",
        "新華社",
        "央視新聞客戶端",
    ]


def test_a_short_form_belongs_to_the_whole_name() -> None:
    (name,) = (n for n in find_names("梨樹縣在吉林。梨樹的米好。") if n.name == "梨樹縣")
    assert [tuple(p) for p in name.places] == [(0, 0, 3), (0, 7, 9)]


def test_every_rule_is_explained() -> None:
    text = [p for a in articles().values() for p in a.paragraphs]
    rules = {n.rule for n in find_names(text)}
    assert rules <= RULES.keys()
    assert {"office", "listed", "suffix", "whole", "byline"} <= rules


# With an edition.


def test_what_is_checked_comes_first_and_is_not_doubled() -> None:
    listed = names(EDITION)
    checked = [n for n in listed if n.origin == "checked"]
    assert [(n.id, n.places, n.said) for n in checked] == [(n.id, n.places, n.said) for n in EDITION.names]
    assert len({n.id for n in listed}) == len(listed)
    quotes = speech(EDITION)
    assert {q.origin for q in quotes} == {"checked"}
    assert [q.span for q in quotes] == sorted({s.span for n in EDITION.names for s in n.said})
    assert next(q for q in quotes if "、" in (q.speaker or "")).speaker == "周美希、吳丹"


def test_without_a_list_all_is_found() -> None:
    bare = msgspec.structs.replace(EDITION, names=())
    assert {q.origin for q in speech(bare)} == {"found"}
    assert [q.span for q in speech(bare)] == [q.span for q in speech(EDITION)]
    listed = names(bare)
    assert all(n.origin == "found" and n.rule for n in listed)
    assert {s.quote for n in listed for s in n.said} == {q.quote for q in speech(EDITION)}


# Laws.


@given(
    st.lists(st.text("李王张强明书记村县镇市局委员会公司在的说“”：，。·北京吉林某一老先生", max_size=50), max_size=4)
)
def test_every_place_holds_the_name(paragraphs: list[str]) -> None:
    for name in find_names(paragraphs):
        assert name.places == tuple(sorted(set(name.places)))
        for number, start, end in name.places:
            stands = paragraphs[number][start:end]
            assert stands == name.name or name.name.startswith(stands) or stands == name.name.rpartition("·")[2]


@pytest.mark.parametrize(
    "unit",
    [
        "梨",
        "村",
        "县",
        "李",
        "书记",
        "书记李强、",
        "局",
        "委员会",
        "·",
        "中国",
        "北京市",
        "老",
        "日报",
        "李强说",
        "（",
        " ",
    ],
)
def test_the_time_grows_as_the_text(unit: str) -> None:
    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        return max(least(lambda: find_names(text)), 0.002)

    assert taken(160_000) < 30 * taken(10_000)


@pytest.mark.parametrize(
    "text",
    [
        "他被送到急救中心。",
        "家长报考民办小学。",
        "并推行公办小学。",
        "他觉得公司不错。",
        "这是动画制作公司。",
        "两家科技公司。",
    ],
)
def test_a_kind_of_body_is_no_name(text: str) -> None:
    assert [n.name for n in find_names(text) if n.kind == "body"] == []


def test_what_stands_behind_a_place_is_not_all_of_its_body() -> None:
    text = "他去过墨尔本大学等所有大学，上海功勋教练和上港集团都在。工商银行和北京天坛医院也来了。"
    found = [n.name for n in find_names(text) if n.kind == "body"]
    assert found == ["墨尔本大学", "上港集团", "工商银行", "北京天坛医院"]


def test_a_person_is_known_by_the_whole_name() -> None:
    found = find_names(
        ["选手何甄陶(Ian)来了。29歲的梁穎儀也來了。", "Ian说：“很开心。”", "總統小馬可仕表示，「不能再拖」。"]
    )
    assert [n.name for n in found if n.kind == "person"] == ["何甄陶", "梁穎儀", "小馬可仕"]
    assert [s.speaker for s in found[0].said] == ["何甄陶"]
