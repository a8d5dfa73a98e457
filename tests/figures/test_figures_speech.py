"""Who says what: quotation marks paired, speech told from words in marks, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import load_edition
from lishu_tui.figures.marks import quotations
from lishu_tui.figures.page import Speech
from lishu_tui.figures.speech import find_speech
from tests.figures.labelled import Article, Score, articles
from tests.timing import least

ARTICLES = articles()


def said(text: str | Sequence[str]) -> list[tuple[str, str | None]]:
    return [(s.quote, s.speaker) for s in find_speech(text)]


def one(text: str | Sequence[str]) -> Speech:
    (found,) = find_speech(text)
    return found


# Against the labels.


def scored(article: Article) -> tuple[Score, Score, Score]:
    """How many quotations, speakers of those found, and roles of those found are as labelled."""
    found = {(s.span.paragraph, s.quote): s for s in find_speech(article.paragraphs)}
    labels = {(q.paragraph, q.quote): q for q in article.quote}
    both = found.keys() & labels.keys()
    speakers = sum((found[b].speaker or "") == labels[b].speaker for b in both)
    roles = sum(_alike(found[b].role or "", labels[b].role) for b in both)
    return (
        Score(len(labels), len(found), len(both)),
        Score(len(both), len(both), speakers),
        Score(len(both), len(both), roles),
    )


def _alike(found: str, label: str) -> bool:
    return bool(found) == bool(label) and (found in label or label in found)


def test_the_goals_are_met() -> None:
    quotes, speakers, roles = Score(0, 0, 0), Score(0, 0, 0), Score(0, 0, 0)
    for article in ARTICLES.values():
        one, two, three = scored(article)
        quotes, speakers, roles = quotes + one, speakers + two, roles + three
    assert quotes.labelled >= 40
    assert quotes.recall >= 0.95
    assert quotes.precision >= 0.95
    assert speakers.recall >= 0.9
    assert roles.recall >= 0.85


def test_the_labels_are_words_of_the_articles_in_both_scripts() -> None:
    assert len(ARTICLES) >= 6
    assert {a.script for a in ARTICLES.values()} == {"simplified", "traditional"}
    for article in ARTICLES.values():
        for quote in article.quote:
            assert quote.quote in article.paragraphs[quote.paragraph]
            assert all(part in "".join(article.paragraphs) for part in quote.role.split("、"))


def test_the_bundled_article_says_what_its_own_list_says() -> None:
    edition = load_edition()
    found = {s.span: (s.quote, set((s.speaker or "").split("、"))) for s in find_speech(edition.readings["restored"])}
    listed: dict[object, tuple[str, set[str]]] = {}
    for name in edition.names:
        for quotation in name.said:
            listed.setdefault(quotation.span, (quotation.quote, set()))[1].add(name.name)
    assert found == listed
    roles = {s.speaker: s.role for s in find_speech(edition.readings["restored"])}
    assert {"徐曉芳": "朝陽社區黨支部書記、主任", "紀海": "梨樹縣疾控中心主任助理"}.items() <= roles.items()


def test_the_same_is_found_in_the_other_script() -> None:
    edition = load_edition()
    for reading in ("restored", "simplified"):
        assert [s.span for s in find_speech(edition.readings[reading])] == sorted(
            {q.span for n in edition.names for q in n.said}
        )


# Rules, one by one.


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("村支書李強說，“今年的收成好。”", "李強", "村支書"),
        ("“今年的收成好。”村支書李強說。", "李強", "村支書"),
        ("「今年的收成好。」村支書李強告訴記者。", "李強", "村支書"),
        ("『今年的收成好。』村支書李強笑著說。", "李強", "村支書"),
        ('"今年的收成好。"村支书李强感慨道。', "李强", "村支书"),
        ("据村支书李强介绍，“今年的收成很好，大家都不愁卖”。", "李强", "村支书"),
        ("“今年的收成好，”李强说，“明年会更好。”", "李强", None),
        ("外交部发言人华春莹表示：“中方对此表示关切。”", "华春莹", "外交部发言人"),
        ("县卫健局负责人说：“目前没有新增病例。”", "县卫健局负责人", None),
        ("声明称：“公司将依法维权。”", "声明", None),
        ("俄罗斯总统弗拉基米尔·普京表示，“我们准备好谈判了”。", "弗拉基米尔·普京", "俄罗斯总统"),
        ("张某某（化名）回忆：“我当时就愣住了。”", "张某某", None),
        ("厂长欧阳志远坦言：“我们没有退路。”", "欧阳志远", "厂长"),
        ("王先生说：“排了三个小时队。”", "王先生", None),
        ("“要是早点修路就好了。”这是村民赵有福的心声。", "赵有福", "村民"),
        ("村民赵有福常说的一句话是：“人勤地不懒。”", "赵有福", "村民"),
        ("用村民赵有福的话说，“日子越过越甜了”。", "赵有福", "村民"),
    ],
)
def test_a_speaker_before_or_after(text: str, speaker: str, role: str | None) -> None:
    found = find_speech(text)
    assert found
    assert {s.speaker for s in found} == {speaker}
    assert found[0].role == role


@pytest.mark.parametrize(
    "text",
    [
        "全县形成“一盘棋”的防疫战线。",
        "制定縣鄉村「三級書記抓防控」機制。",
        "开展“我是党员我先行”活动。",
        "形成“大喇叭响起来、宣传车动起来，公告、标语张贴起来”的社会宣传氛围。",
        "村口的石头上刻着四个字：“水到渠成”。",
        "横幅上写着：“欢迎回家！”",
        "他被称为“活地图”。",
        "李强表示，要落实“五个一”工程。",
        "市长强调“六稳”工作要抓实。",
        "李强说，今年的收成好。",
        "《“十四五”规划》已经印发。",
        "所谓“黑科技”，不过是噱头。",
    ],
)
def test_words_in_marks_that_nobody_says(text: str) -> None:
    assert said(text) == []


def test_a_pronoun_means_whom_the_sentence_before_names_first() -> None:
    text = [
        "老師王芳帶著村民張強看了新校舍。她說：“孩子們明年就能搬進來。”",
        "她還說：“還差一座橋。”",
        "他說：“橋明年修。”",
    ]
    assert [s.speaker for s in find_speech(text)] == ["王芳", "王芳", "張強"]


@pytest.mark.parametrize(
    ("paragraphs", "speakers"),
    [
        # who is reported to say something goes on to speak
        (["湖東隊總教練高志遠表示，打得很好。", "高總指出，大家都盡力了，「我們一步一步來。」"], ["高志遠"]),
        (["茶廠董事長沈立德受訪時說，今年不易。", "天氣熱得早。", "他認為，「雨水夠，就有希望。」"], ["沈立德"]),
        (["導演許孟庭在首映會後，坦承拍得很苦，「常常三天沒睡」，還好完成了。"], ["許孟庭"]),
        # what stands behind 說 and a comma is all the first speaker's
        (["农妇孙桂香透露，村里多次强调要分类，“可是垃圾桶还是只有一个”。"], ["孙桂香"]),
        # a paragraph that ends with a colon announces who speaks in the next
        (["老师连着问了两个问题：", "“你们都去过吗？”", "“是谁带的路？”"], ["老师", "老师"]),
        (["歌手白若彤分享这些年的心得：", "“慢慢走，总会到的。”"], ["白若彤"]),
        # somebody unnamed, of whom the sentence speaks
        (["一位穿蓝衣服的女工，站到了台上，开始讲话：", "“我们要的是一个说法。”"], ["一位穿蓝衣服的女工"]),
        (["「把水放掉就好啦！」一名老農夫站在田邊遠遠地說。"], ["一名老農夫"]),
        (["记者打过电话去，却被校方告知“我们从来没有这样做过”。"], ["校方"]),
        (["对此，该厂的解释是，“我们已经在改了，请大家放心。”"], ["该厂"]),
        # whatever stands alone before the verb
        (["川普昨天到了。川普進了門。", "有人問川普。川普回說：「再看看吧。」"], ["川普"]),
        # a surname alone, and names of four characters
        (["立委邱若瑜今天受訪。邱若瑜支持修法。", "邱則說，「這件事不能再拖了」。"], ["邱若瑜"]),
        (["林鄭月華稱，「這個問題不是我可以定的」。"], ["林鄭月華"]),
        # a name that the text itself makes longer
        (["董事长魏哲家来了。", "魏哲家说：“我们不怕竞争。”"], ["魏哲家"]),
        # how many of them there are is not what they are called
        (["对于高价票，有不少网友呼吁理性。“加价三成的千万别买。”"], ["网友"]),
        # who is told of by where the name stands only, and 他 in the same sentence
        (["教練許皓文要球隊專注。", "丁聖傑貢獻14分，他提到賽前的提點，「先幫隊友，再想自己得分。」"], ["丁聖傑"]),
        # 自己 begins what is said
        (["新秀魏子禾傳出4次助攻，他表示自己「越來越融入球隊。」黃聰文則拿下9分。"], ["魏子禾"]),
        # the whole name for a title with a surname
        (["乳房外科李育誠醫師說明病例。李醫師強調：「自己摸不能代替檢查。」"], ["李育誠"]),
        # whose story it is, is not who speaks in it
        (["鲁平先生小说里的男主角孔乙文曾为自己辩解，说“抄书不能算偷”。"], ["孔乙文"]),
        # a short statement right behind the verb, and one that ends the sentence
        (["林育誠醫師強調「病床不足」，盼各界協助。"], ["林育誠"]),
        (["協會主席林文彬指出，這樣的趨勢「有助於維持市場穩定」。"], ["林文彬"]),
        (["協會主席林文彬指出，奧運的精神「更高、更快、更強更團結」。"], []),
        # a colon of another shape
        (["林育誠醫師指出︰「多運動就好。」"], ["林育誠"]),
        # a quotation that breaks off with a comma
        (["總幹事張素文苦笑，人口已跌破1萬，「我一個月參加了十場告別式，」沒有人回來。"], ["張素文"]),
        # people in a row, without a word of what they are
        (["方建国、丁文涛、陆小曼等人到了。", "丁文涛还很惋惜，称“这件事没有办好，怪我一个人”。"], ["丁文涛"]),
        # the medium that reports is not who speaks
        (["据《晚报》报道，“没有听说过有这样的奖。”研究院主任黄明远表示。"], ["黄明远"]),
        # a name that only an office tells of
        (["制作人金城绫香说：“这是一次新的尝试。”"], ["金城绫香"]),
        (["“没有什么可说的。”主帅戈尔气得走出门去。"], ["戈尔"]),
        (["大S坦言：“那几年什么都不敢吃。”"], ["大S"]),
        (["南湖区商务局发布公告，称“已经派人查看，三日内答复”。"], ["南湖区商务局"]),
        # who wrote it says nothing
        (["董事长龚玉明称，还有不少路要走。“所以我们需要更多的时间。”（记者 何畅）"], ["龚玉明"]),
        # a sentence that ends what somebody has been saying
        (["导演沈立德说：「一个月前我很悲观。」不过对于票房数字「完全不敢想。」"], ["沈立德", "沈立德"]),
        # he and she
        (["王丽娟和丈夫赵大勇都来了。赵大勇在门口站着。她说：“我们等了三年。”"], ["王丽娟"]),
        (["农户孙秀娟和邻居李志强一起种菜。他说：“今年雨水多。”"], ["李志强"]),
        # the old person of the text, and whoever was spoken of
        (["87岁的教师秦守业住在村里。", "校长丁美玲常来。", "“写了一辈子字。”老人家说。"], ["秦守业"]),
        (["选手安娜·温图尔来了。", "这位大满贯得主说：“我很满意。”"], ["安娜·温图尔"]),
        (["教师秦守业来了。一名男子也到了。", "这名男子说：“我在找人。”"], ["这名男子"]),
        # 小說 says nothing
        (["陈秋实写了一部小说，很受欢迎。", "他说：“写了十年。”"], ["陈秋实"]),
        (["辅导员第三次来电时，用很严厉的语气警告我说，“你马上停下来。”"], ["辅导员"]),
        # a surname alone, as in the press of Hong Kong
        (["老闆黃先生說，「八月要加租。」黃指，生意難做。「一加就加四成。」黃搖頭稱，「租不起。」"], ["黃先生"] * 3),
        # who is named by surname and title is somebody too
        (["邱小姐在這裡長大，她覺得可惜，「老闆真是好人，會記得我們。」"], ["邱小姐"]),
        # who is not named but acts behind the words
        (["“你们几个到这边去，千万小心……”指挥员有条不紊地安排任务。"], ["指挥员"]),
        (["一名推着婴儿车的妈妈拍门问：“明天几点派号？”"], ["一名推着婴儿车的妈妈"]),
        (["法庭外，程桂芝的丈夫低声说：“早听我的就好了。”"], ["程桂芝的丈夫"]),
        (["“昨天下大雨，没有人去收菜。”一位菜贩告诉记者。"], ["一位菜贩"]),
        # a calling that is in no list, and a name of four
        (["来自邻县的客商陶建设在镇上收蒜。“往年坐着等货。”他吐了口烟，“今年抢不到。”"], ["陶建设"] * 2),
        (["81歲阿嬤林陳阿蕊已經報了名。「比在家好。」她說。"], ["林陳阿蕊"]),
        # question and answer
        (
            ["罗银花问：“哪个月动工？”局长沈克勤说：“五月。”罗银花追问：“哪一天？”“五月初八。”"],
            ["罗银花", "沈克勤", "罗银花", "沈克勤"],
        ),
        (["农民曾文雄望着落果。记者问他会不会申请补助，“会啊，可是每亩才补九百多元，根本不够。”"], ["曾文雄"]),
        (["馆员高维伦翻开日记。老人吴添丁来了，馆员问他为什么天天写，他答：“不写就忘了。”"], ["吴添丁"]),
        # words that go on behind what somebody does
        (["梁女士等了十三个小时。“总算有张床，”她长长呼了一口气，“今晚不用坐了。”"], ["梁女士"] * 2),
        # a clause in marks behind what somebody is reported to say
        (["督学廖文欽說，學校有17所，佔23%，「要不要併校，不能只看數字」。"], ["廖文欽"]),
        (["副书记娄向阳介绍，棚要搭到5000亩。按他的说法，“不能年年看老天爷的脸色吃饭”。"], ["娄向阳"]),
        # a thing of somebody's, and whom nobody means
        (["收购商老谭的货车装满了。他冲着园子里喊：“明早五点还来！”"], ["老谭"]),
        (["贺春莲的豆腐卖完了。有人问明天几点来，她头也不抬：“还是老时间。”"], ["贺春莲"]),
        # what looks like a subject and is none
        (["审判长范佳慧宣判时指出，“说自己只是听命行事，谁会相信？”"], ["范佳慧"]),
        (["桐山市长范雅琳昨在市议会进行施政报告，直言“财政有改善，但不能挥霍”。"], ["范雅琳"]),
        (["议员岑美玲关心此事。她在社交网站写道：“银行一次都没有示警。”"], ["岑美玲"]),
        (["居民多次要求加设航标，“研究到今天就出事。”渔民石有福说。"], ["石有福"]),
        (["选手伊藤美诚不敌对手。伊藤说：“我没有打好。”"], ["伊藤美诚"]),
        (["房屋局发言人表示：“会加快兴建。”", "发言人又说：“不会让人无家可归。”"], ["房屋局发言人"] * 2),
    ],
)
def test_whose_words_they_are(paragraphs: list[str], speakers: list[str]) -> None:
    assert [s.speaker for s in find_speech(paragraphs)] == speakers


def test_calling_somebody_is_no_speech() -> None:
    assert said("孩子对着邻居喊“爸爸”，又对着爷爷喊“叔叔”。") == []


def test_one_word_is_an_answer() -> None:
    assert said("董事长沈立峰斩钉截铁地回答，“不会”。") == [("不会", "沈立峰")]


def test_a_pronoun_without_anybody_before_it_means_nobody() -> None:
    assert one("他說：“今年的收成好。”").speaker is None
    assert one("他们说：“今年的收成好。”").speaker is None


def test_a_title_means_the_one_person_of_that_name() -> None:
    text = "县委书记曾范涛来到村里。曾书记说：“路一定要修好。”"
    assert (one(text).speaker, one(text).role) == ("曾范涛", "县委书记")


def test_words_within_words_are_part_of_them() -> None:
    assert said("李强说：“他对我说‘快跑’，我就跑了。”") == [("他对我说‘快跑’，我就跑了。", "李强")]
    assert said("李強說：「他對我說『快跑』，我就跑了。」") == [("他對我說『快跑』，我就跑了。", "李強")]


def test_a_quotation_over_several_paragraphs_is_all_of_one_speaker() -> None:
    text = ["李强说：“先说第一件事。", "“再说第二件事。", "“这是最后一件。”", "天黑了。"]
    assert [(s.span.paragraph, s.speaker) for s in find_speech(text)] == [(0, "李强"), (1, "李强"), (2, "李强")]


def test_a_quotation_that_is_only_closed_three_paragraphs_on() -> None:
    text = ["李强说：“先说第一件事。", "再说第二件事。", "这是最后一件。”", "天黑了。"]
    assert [s.quote for s in find_speech(text)] == ["先说第一件事。", "再说第二件事。", "这是最后一件。"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("李强说：“今年的收成好。村里都高兴。", ["今年的收成好。村里都高兴。"]),
        ("李强说：今年的收成好。”村里都高兴。", ["今年的收成好。"]),
        ("李强说：”今年的收成好。”村里都高兴。", ["今年的收成好。"]),
    ],
)
def test_a_mark_without_a_partner_is_noticed(text: str, quotes: list[str]) -> None:
    found = find_speech([text, "第二天，“一盘棋”的局面形成了。"])
    assert [s.quote for s in found] == quotes


def test_an_unclosed_mark_does_not_swallow_the_next_quotation() -> None:
    found = quotations(["李强说：“今年好。张伟说：“明年更好。”"])
    assert [(q.sound, "李强说：“今年好。张伟说：“明年更好。”"[q.start : q.end]) for q in found] == [
        (False, "今年好。张伟说："),
        (True, "明年更好。"),
    ]


def test_apostrophes_and_inches_are_no_marks() -> None:
    assert quotations(["It's the team's 55\" screen, don't ask."]) == []


# Laws.

TEXT = st.text("“”‘’「」『』\"'，。：！\n說说李強强村民王他我們a1 ·", max_size=60)


@given(st.lists(TEXT, max_size=5))
def test_what_is_found_stands_there(paragraphs: list[str]) -> None:
    last = None
    for s in find_speech(paragraphs):
        number, start, end = s.span
        assert paragraphs[number][start:end] == s.quote != ""
        assert last is None or last < s.span
        last = s.span
        if s.said_at is not None:
            assert 0 <= s.said_at.start < s.said_at.end <= len(paragraphs[s.said_at.paragraph])


@given(st.lists(TEXT, max_size=5))
def test_quotations_do_not_overlap(paragraphs: list[str]) -> None:
    last = (0, 0)
    for q in quotations(paragraphs):
        assert (q.paragraph, q.first) >= last
        assert q.first <= q.start < q.end <= q.last <= len(paragraphs[q.paragraph])
        last = (q.paragraph, q.last)


UNITS = [
    "“",
    "”",
    "「",
    '"',
    "‘",
    "李",
    "说：“",
    "“好。”",
    "李强说“",
    "的",
    "·",
    "在",
    "地",
    "着",
    "。",
    "他",
    "（",
    "某",
    "a",
    "李强说，",
    "李强、",
    "小说，称",
    "“好。”他",
    "则说，",
    "一位",
]


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_as_the_text(unit: str) -> None:
    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        return max(least(lambda: find_speech(text)), 0.002)

    assert taken(160_000) < 30 * taken(10_000)
