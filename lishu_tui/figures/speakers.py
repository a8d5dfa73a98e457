"""Who speaks: the subject of a clause that ends in a verb of saying, read from the end of the clause backwards."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import people
from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.people import HAN


class Subject(NamedTuple):
    """Somebody or something that speaks, at `start` to `end`. `kind` is name, titled, pronoun, role or body."""

    start: int
    end: int
    kind: str
    office: tuple[int, int] | None = None


LONGEST_VERB = 5
LONGEST_SUBJECT = 40

_OBJECT_VERBS = simple(
    "告诉 提醒 告知 叮嘱 嘱咐 劝 劝说 问 反问 追问 询问 鼓励 勉励 回复 答复 警告 骂 呼吁 质疑 批评 感谢 祝福 祝愿 称赞 夸 夸赞 吐槽 喊话 致电 "
    "致信 安慰 邀请 要求 回应 回答 打趣 调侃 教导 教育 评价 形容 指责 斥责 痛批 怒斥 介绍 强调"
).split()
_ADVERBS = (
    "笑着 笑呵呵 又 还 也 则 都 曾 已 便 就 常 总 再 却 进一步 特别 一再 多次 首先 最后 同时 继续 接着 坦率 公开 曾经 直接 这样 如此 如是 "
    "今天 昨天 日前 当天 随后 近日 昨日 今日 此前 之后 事后 会后 赛后 赛前 当时 当晚 当即 立即 立刻 马上 高兴 激动 自豪 感慨 无奈 兴奋 欣慰 "
    "动情 深情 坚定 严肃 坦然 淡定 诚恳 郑重 明确 反复 再三 连连 不断 不禁 忍不住 不由 曾多次 一边 边 哽咽 流泪 流着泪 含泪 开玩笑 半开玩笑 "
    "不好意思 骄傲 开心 欣喜 愤怒 气愤 焦急 着急 平静 认真 真诚 由衷 另 并 并且 而且 此外 另外 其中 甚至 只 只是 仍 仍然 依然 始终 一直 "
    "经常 时常 常常 总是 总 最 想 要 会 亦 皆 均 一致 纷纷 异口同声 大声 小声 轻声 低声 高声 齐声 连声 主动 现场 受访 受访时 受访者 今早 今晨 昨晚 今晚 "
    "给出 作出 做出 发出 更 曾在 这么 那么 是这样 这样对 电话里 电话中 视频中 采访中 采访时 谈话中 讲话中 致辞中 会上 席间 文中 信中 书中 在此 即 随即 "
    "有点 有些 颇为 十分 非常 很 紧接着 接受采访 解说 摇头 摇着头 点头 点着头 叹气 叹着气 握拳 一脸 满脸 满怀 充满 补充 继而 转而 不忘 不讳 不吝 毫不讳言 "
    "自我 最终 起初 一开始 开始 如今 现在 目前 现 年前 曾这样 经 接受 于 对此 为此 因此 所以 但 但是 然而 不过 而 可 于是 后来 终于 果然 "
)
_WAYS = (
    f"(?:[^，,。；;：:]{{1,10}}地|(?:面)?(?:对|对着|向|跟|同|与|和|给|冲着|朝)[^，,。；;：:对向]{{1,12}}|"
    f"在[^，,。；;：:在]{{1,24}}(?:时|中|上|后|里|间|会|前|内|场|采访|访问)|"
    f"(?:接受|面对|谈到|谈及|谈起|说起|提起|提到|回忆起|聊起|说到|讲到|回顾|针对|就|于|出席|参加|看着|望着|指着|拿着|拉着|抱着|听到|得知|看到|走出|抹着|擦着|"
    f"握着|端着|捧着|翻着|摸着|带着|数着|揉着|拍着|竖起|通过|透过|代表|以)[^，,。；;：:]{{0,24}}|"
    f"(?:微博|朋友圈|社交媒体|社交平台|推特|脸书|博客|官网|脸谱|公众号|直播间)[^，,。；;：:]{{0,14}}|"
    f"\\d{{1,2}}[日号](?:晚间|晚|上午|下午|早上|清晨|凌晨|中午|傍晚|早|晨|电)?|(?:今|昨|前|当|次)[天日晚早晨](?:上午|下午|晚间|早上|晚|早|中午|清晨|凌晨)?|"
    f"(?:上午|下午|晚上|晚间|早上|清晨|凌晨|中午|傍晚)|[^，,。；;：:]{{1,6}}着)"
)
_PRONOUNS = "他们 她们 它们 我们 咱们 他 她 我 俺 其 对方 两人 二人 双方 大家 有人 后者 前者 自己 本人"
_ROLE_ENDS = (
    "人士 人员 人 者 员 家 长 师 生 手 民 户 方 们 客 友 迷 主 商 工 官 兵 警 董事 监事 主播 领导 干部 代表 高层 高管 骑士 同事 同行 老人 老汉 大爷 大妈 "
    "大叔 大姐 阿姨 妈妈 爸爸 爷爷 奶奶 父亲 母亲 妻子 丈夫 儿子 女儿 姑娘 小伙 小伙子 孩子 男子 女子 媳妇 妹妹 弟弟 哥哥 姐姐 夫妇 夫妻 男孩 女孩 少年 青年 "
    "教练 主帅 裁判 球星 主持 秘书 书记 主任 教授 博士 总统 总理 首相 大臣 部长 发言人 负责人 组长 老师 学生 同学 老板 经理 总裁 主席 师傅 法官 "
    "律师 专家 学者 村民 市民 网友 用户 读者 观众 顾客 乘客 记者 笔者 小编 先生 女士 小姐 太太 总经理 董事长 掌柜 队友 护士 医生 警官 议员 阿伯 阿嬷 里长 "
    "老伯 店家 旅客 家属 母女 父子 邻居 后人 传人 院士 导演 演员 歌手 编剧 作家 诗人"
)
_BODY_ENDS = (
    "警方 校方 官方 检方 院方 馆方 厂方 店方 辩方 控方 军方 资方 劳方 台方 港方 中方 美方 日方 俄方 韩方 英方 法方 德方 印方 欧方 朝方 台铁 高铁 "
    "声明 公告 报告 通报 媒体 报道 报导 消息 社论 文章 评论 通知 意见 决定 判决书 起诉书 裁定书 判决 白皮书 研究 调查 数据 文件 信 来信 帖子 微博 日记 家书 规定 条例 法 新闻稿 "
    "法院 检察院 公安局 派出所 委员会 管委会 组委会 居委会 村委会 常委会 执委会 县委 省委 市委 党委 区委 镇委 政府 县政府 市政府 省政府 局 署 厅 部 委 办 处 所 院 校 中心 公司 集团 "
    "协会 学会 联盟 联合会 总会 基金会 大学 学院 医院 银行 研究所 研究院 实验室 团队 课题组 专案组 调查组 工作组 机构 组织 平台 俱乐部 球队 队 社 报 日报 晚报 台 电视台 网 网站 "
    "通讯社 新华社 路透社 法新社 美联社 共同社 国会 议会 白宫 克里姆林宫 国务院 外交部 国防部 教育部 商务部 部门 方面 党团 工会 农会 商会 公会 足协 篮协 协 署名文章 法庭 庭 中科院 "
    "厂商 业者 企业 商家 卖家 买家 店铺 车企 厂家 券商 分行 支行 分公司 支队 大队 总队 站 馆 店 剧组 节目组 栏目组 主办方 承办方 出品方 投资方 运营方 售房部 物业 客服"
)


class _Patterns(NamedTuple):
    say: frozenset[str]
    call: frozenset[str]
    adverb: re.Pattern[str]
    ways: re.Pattern[str]
    object: re.Pattern[str]
    pronoun: re.Pattern[str]
    role: re.Pattern[str]
    body: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> _Patterns:
    """What the rules about speakers go by; those that end a clause are read backwards."""

    def back(*lists: str) -> re.Pattern[str]:
        return re.compile(any_of(simple(w)[::-1] for part in lists for w in part.split()))

    return _Patterns(
        say=frozenset(words("speech_verbs.txt", "say")),
        call=frozenset(words("speech_verbs.txt", "call")),
        adverb=back(_ADVERBS),
        ways=re.compile(simple(_WAYS)),
        object=re.compile(f"({any_of(_OBJECT_VERBS)})([^，,。；;：:]{{1,12}})$"),
        pronoun=back(_PRONOUNS),
        role=re.compile(any_of(w[::-1] for w in (*words("offices.txt", "office", "calling", "kind"), *map(simple, _ROLE_ENDS.split())))),
        body=back(_BODY_ENDS),
    )


def verb_at_end(text: str, low: int, high: int) -> tuple[int, str] | None:
    """Where a verb of saying begins that ends at `high` (說, 表示道, 介紹了, 告訴記者), and the verb; else None."""
    p = patterns()
    while high > low and text[high - 1] in " \u3000":
        high -= 1
    for end in (high, high - 1):  # 指出, and 感慨了
        if end < high and (end <= low or text[end] not in "了过着到起出得"):
            break
        for length in range(min(LONGEST_VERB, end - low), 0, -1):
            verb = text[end - length : end]
            if verb in p.call:
                return None
            if verb in p.say:
                start = end - length
                while (more := _verb(text, low, start)) < start:  # 介紹|說
                    start = more
                return start, verb
    if (found := p.object.search(text, max(low, high - 20), high)) is not None and found.start() > low - 1:
        return _verb(text, low, found.start()), found[1]
    return None


def _verb(text: str, low: int, high: int) -> int:
    p = patterns()
    for length in range(min(LONGEST_VERB, high - low), 1, -1):
        if text[high - length : high] in p.say:
            return high - length
    return high


def calls(text: str, low: int, high: int) -> bool:
    """Whether what ends at `high` names or shows something: 稱為, 寫著, 號稱."""
    p = patterns()
    while high > low and text[high - 1] in "了过 \u3000":
        high -= 1
    return any(text[high - n : high] in p.call for n in range(1, min(5, high - low) + 1))


def strip_ways(text: str, low: int, high: int) -> int:
    """The end of the subject: what says how, when, where and to whom somebody speaks is taken off the end."""
    p = patterns()
    for _ in range(8):
        before = high
        while high > low and text[high - 1] in " \u3000":
            high -= 1
        back = text[low:high][::-1]
        if (m := p.adverb.match(back)) is not None:
            high -= m.end()
            continue
        if (start := _way(text, low, high)) is not None:
            high = start
            continue
        high = _verb(text, low, high)
        if high == before:
            break
    return high


def _way(text: str, low: int, high: int) -> int | None:
    """Where an adverbial that fills the end of a clause begins."""
    p = patterns()
    for start in range(max(low, high - 30), high):
        if p.ways.fullmatch(text, start, high):
            rest = text[low:start]
            if not rest or _ends_as_somebody(text, low, start):
                return start
    for start in range(high - 1, max(low, high - 30) - 1, -1):
        if p.ways.fullmatch(text, start, high):
            return start
    return None


def _ends_as_somebody(text: str, low: int, high: int) -> bool:
    p = patterns()
    back = text[low:high][::-1]
    return bool(p.pronoun.match(back) or p.role.match(back) or p.body.match(back) or _name_before(text, low, high))


def subject_at_end(text: str, low: int, high: int, known: frozenset[str] = frozenset()) -> Subject | None:
    """Whoever stands at the end of `text[low:high]`."""
    p = patterns()
    if high <= low:
        return None
    back = text[low:high][::-1]
    for length in range(min(14, high - low), 1, -1):
        if text[high - length : high] in known:
            start = high - length
            return Subject(start, high, "name", people.office_before(text, start, low))
    if (start := people.titled_at_end(text, low, high)) >= 0 and not _inside_role(text, low, start):
        return Subject(start, high, "titled", people.office_before(text, start, low))
    if (pronoun := p.pronoun.match(back)) is not None and not p.role.match(back):
        return Subject(high - pronoun.end(), high, "pronoun")
    if (start := _name_before(text, low, high)) is not None:
        return Subject(start, high, "name", people.office_before(text, start, low))
    if (pronoun := p.pronoun.match(back)) is not None:
        return Subject(high - pronoun.end(), high, "pronoun")
    if p.role.match(back):
        start = people.office_start(text, high, low)
        return Subject(start, high, "role") if high - start >= 2 else None
    if p.body.match(back):
        start = people.office_start(text, high, low)
        return Subject(start, high, "body") if high - start >= 2 else None
    return None


def _inside_role(text: str, low: int, start: int) -> bool:
    """Whether a surname at `start` belongs to an office before it (副主任 is no 主任 of the surname 副)."""
    return text[start - 1 : start] == "副" and start > low


def _name_before(text: str, low: int, high: int) -> int | None:
    """Where a name begins that ends at `high`: after an office, 的 or nothing."""
    t = people.tables()
    if (foreign := _foreign_before(text, low, high)) is not None:
        return foreign
    if (latin := _LATIN.search(text, max(low, high - 40), high)) is not None and not text[latin.start()].isdigit():
        return latin.start()
    good: list[tuple[int, int]] = []
    for length in (3, 2, 4):
        start = high - length
        if start < low:
            continue
        surname = 2 if text[start : start + 2] in t.compound else 1
        if surname == 1 and (length == 4 or text[start] not in t.sure | t.weak):
            continue
        given = text[start + surname : high]
        if not given or not all("\u3400" <= c <= "\u9fff" for c in given):
            continue
        if people._SOMEBODY.fullmatch(given):
            return start
        if t.no_name.match(text, start, high) or (len(given) > 1 and t.no_name.fullmatch(given)):
            continue
        if t.office_end.match(text[start:high][::-1]) and not all(c in t.given for c in given):
            continue  # 馬司機 may be a name, 任主任 hardly
        room = text[max(low, start - 12) : start]
        score = 0
        if not room or room[-1:] in "，,、的 \u3000\x00（）()”」":
            score = 3
        elif t.office_end.match(room[::-1]):
            score = 4
        elif patterns().body.match(room[::-1]) or t.before.match(room[::-1]):
            score = 2
        if all(c in t.given for c in given):
            score += 1
        if text[start] in t.weak and surname == 1:
            score -= 1
        if score >= 3 or (score and length == 3):
            good.append((score * 10 + (length == 3) * 2 + surname, start))
    return max(good)[1] if good else None


_LATIN = re.compile("[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}$")
_FOREIGN_END = re.compile(f"[{HAN}A-Z.]{{1,8}}(?:[·•‧・][{HAN}A-Z.]{{1,10}})+")


def _foreign_before(text: str, low: int, high: int) -> int | None:
    stretch_low = max(low, high - 24)
    dot = max((text.rfind(d, stretch_low, high) for d in "·•‧・"), default=-1)
    if dot > 0 and high - dot <= 10:
        if not all(c in people.FOREIGN_SOUNDS for c in text[dot + 1 : high]):
            return None
        first = min(n for n in range(stretch_low, high) if text[n] in "·•‧・")
        start = first
        while start > stretch_low and text[start - 1] in people.FOREIGN_SOUNDS:
            start -= 1
        return start if start < first else max(stretch_low, first - 3)
    start = high
    while start > low and high - start < 7 and text[start - 1] in people.FOREIGN_SOUNDS:
        start -= 1
    whole = start == low or text[start - 1 : start] in "，,、的 \u3000\x00" or people.tables().office_end.match(text[max(low, start - 12) : start][::-1])
    return start if whole and 2 <= high - start <= 6 and text[high - 1] not in "说" and not _common(text[start:high]) else None


def _common(word: str) -> bool:
    """Whether a word of characters that stand for sounds is a word of the language."""
    p = patterns()
    return bool(people.tables().no_name.match(word) or p.role.match(word[::-1]) or p.body.match(word[::-1]) or p.adverb.fullmatch(word[::-1]))
