"""Words that say how a number is meant: more, less, at least, at most, nearly, about."""

from __future__ import annotations

import re
from typing import NamedTuple

from lishu_tui.edition.model import Bound

_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("more_than", "超过 超出 超 逾 突破 飙破 冲破 高于 多于 大于 过 破 不止 不只 远超"),
    ("at_least", "至少 最少 不少于 不低于 不小于 不短于 不下于 不下 起码 少说 上 不早于"),
    ("at_least", "不得少于 不得低于 不会少于 不会低于 不能少于 不能低于 不应低于 不应少于"),
    ("less_than", "不足 不到 不满 未满 跌破 低于 少于 小于 未到 未达 不及 短于"),
    ("at_most", "不超过 不超 不高于 不大于 不多于 不长于 最多 至多 顶多 不逾 未超过 没超过"),
    ("at_most", "不得超过 不能超过 不会超过 不应超过 不得高于 不得多于 最高不超过 最长不超过"),
    ("approaching", "近 将近 接近 逼近 临近"),
    ("about", "约 大约 约莫 大概 大致 差不多 约摸"),
)
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("at_least", "以上 及以上 (含)以上 （含）以上 含以上 或以上 起"),
    ("at_most", "以下 及以下 （含）以下 以内 之内 或以下 (含)以下 （含）以内"),
    ("more_than", "开外 有余 出头 多 余 有多"),
    ("about", "左右 上下 大小"),
    ("less_than", "不到 不足"),
)
BEFORE = {word: bound for bound, words in _BEFORE for word in words.split()}
AFTER = {word: bound for bound, words in _AFTER for word in words.split()}
_LENGTHS = {
    last: tuple(sorted({len(word) for word in BEFORE if word[-1] == last}, reverse=True))
    for last in {word[-1] for word in BEFORE}
}
"""How long the words before a number are that end in a character, the longest first."""
_FIRST = frozenset(word[0] for word in AFTER) | {" "}
INSIDE: dict[str, Bound] = {"多": "more_than", "余": "more_than", "几": "more_than", "来": "about"}

_SUFFIX = re.compile(" ?(?:" + "|".join(sorted(map(re.escape, AFTER), key=len, reverse=True)) + ")")
_RANK: dict[Bound, int] = {
    "at_least": 6, "at_most": 6, "less_than": 5, "more_than": 4, "approaching": 3, "about": 2, "exact": 0, "range": 0,
}  # fmt: skip

# What makes another word of a bound word that ends at a number: 节约20万元, 附近5个村, 中超3连胜, 网上百人.
_NOT_AFTER = {
    "约": "条签节预违特契纽制公盟爽赴邀婉隐解毁简续履守",
    "近": "附最靠邻亲远临就走贴迫切",
    "超": "赶卖买中英意德西法女反入",
    "过": "通经超不路难透越渡度错撑熬挺见来去看走穿做说打提吃用收受查问掠跨闯熬去",
    "破": "打跌攻击爆侦告撞刺划冲识说捅戳突",
    "上": "以在网线早晚身手路会场市街船车楼山岸台海世加赶追赛湖江河地书纸片面边同基际途度班校桌墙床头天村岛",
    "逾": "",
    "不到": "看听找想等得料达收拿接买见说做",
    "不足": "美中",
    "高于": "",
    "小于": "",
    "大概": "",
    "接近": "",
}
_COMES = frozenset("迎来 引来 带来 换来 招来 涌来 吸引来".split())  # noqa: SIM905
"""Behind one of these 过 is a bound word: 迎来|过百人."""
_ONLY_BEFORE = {
    "过": re.compile("(?:[半百千万亿]|[一二两三四五六七八九十]+[百千]?[万亿]|[五六七八九][旬成])"),
    "破": re.compile(r"[百千万亿]|\d{2}|\d+(?:\.\d+)?[万亿]|[一二三四五六七八九两]+[十百千万亿]"),
    "上": re.compile("[百千万亿](?!分)"),
}
_RECENT = re.compile(
    r"(?:\d|[一二两三四五六七八九])(?:[一二三四五六七八九])? ?个?"
    r"(?:年|月|天|周|季|战|场|期|届|日|赛季|季度|学期|星期)(?!多|半|余|时间)"
    r"|(?:\d{1,3}|[一二三四五六七八九十百]{1,3}) ?个?(?:年|月|天|周)(?:来|间|以来)"
)
"""近三年, 近4戰: the last three years, not nearly three, unless a verb of lasting stands before it."""
_NEARLY = tuple("了已达时有需将长续历隔经用花")
_FAR = re.compile(
    "(至少|最少|最高(?=[可判处罚])|最多|至多|起码|顶多|不超过|不少于|不低于|大约|大概|不得超过|不得少于|不得低于|约|超过|突破|不足|近|超|逾|不到|接近)"
    '([^，。；：！？、,;:!?“”"0-9\\s]{1,9})$'
)
_SHARE = re.compile("分之|[成倍%半]$")
_OF_WHAT = re.compile('(不到|不足|超过|超|近|接近|逾)(?![期日年])[^，。；：！？、,;:!?“”"]{1,12}的$')
"""A bound of a share stands before what it is a share of: 不到去年的三分之一."""
_MAYBE_FAR = re.compile("[至最起顶不大约超突近逾接]")
"""What the words of _FAR begin with: that no sentence near has one is told quickly."""
_FAR_BOUND: dict[str, Bound] = {**BEFORE, "最高": "at_most"}
_LINK = re.compile(
    "(?:了|减少|增加|下降|上升|提高|降低|增长|上涨|下跌|重|长|宽|高|值|有|为|合|占|达|在|需|需要|要|用|出|产|能|可|计|是|等于|相当于|折合|人民币|新台币|港币|美元|每|一年|每年|每天|达到|新增)+"
)
_SHORT = frozenset(["约", "超过", "突破", "不足", "近", "超", "逾", "不到", "接近"])
"""These set a far bound only where nothing but a link stands between: 約有300人, 超過了500."""
_STOP_FAR = re.compile("的|和|与|以及|第")
_AT_MOST = frozenset(["最高", "最长"])
_GRANTED = re.compile("(?:补助|补贴|奖励|罚款?|救助|报销|资助|每[\u4e00-\u9fff]{1,2}|单[户人笔]|可获|可判)[，,]?$")
"""What is granted or set 最高 so much is at most as much; what was measured as 最高 was exactly that."""
_LATER = re.compile("[\u4e00-\u9fff]{1,4}?(?<![及级])(以上|以下|左右|上下|以内|之内)")


class Bounds(NamedTuple):
    """What the words round a number say. `start` and `end` take in those that touch it."""

    bound: Bound
    word: str | None
    start: int
    end: int


def before(text: str, at: int) -> tuple[int, str] | None:
    """The bound word that ends at `at`, and where it begins."""
    edge = at - 1 if at and text[at - 1] == " " else at
    for length in _LENGTHS.get(text[edge - 1 : edge], ()):
        start = edge - length
        word = text[start:edge] if start >= 0 else ""
        if word not in BEFORE:
            continue
        previous = text[start - 1 : start]
        if previous and previous in _NOT_AFTER.get(word, "") and text[start - 2 : start] not in _COMES:
            continue
        if word in _ONLY_BEFORE and not _ONLY_BEFORE[word].match(text, at):
            continue
        if word == "近" and _RECENT.match(text, at) and previous not in _NEARLY:
            continue
        return start, word
    return None


def after(text: str, at: int) -> tuple[int, str] | None:
    """The bound word that begins at `at` (a space may stand before it), and where it ends."""
    if text[at : at + 1] not in _FIRST or (found := _SUFFIX.match(text, at)) is None:
        return None
    word, following = found[0].strip(), text[found.end() : found.end() + 1]
    if word == "起" and not (text[at - 1] in "元万岁米" and following in "，。；、）) 的"):
        return None
    if (word == "多" and following in tuple("出层种样")) or (word == "余" and following in tuple("震额款下党晖")):
        return None
    if word in ("不到", "不足") and following not in "，。；、的":
        return None
    if (word == "上下" and following in "两上") or (word == "大小" and following != "的"):
        return None
    return found.end(), word


def around(text: str, start: int, end: int, inside: str | None, floor: int) -> Bounds:
    """What is said of the number and unit at `start`–`end`; nothing before `floor` is looked at."""
    said: list[tuple[str, Bound]] = []
    first, last = start, end
    while len(said) < 3 and first > floor and (found := before(text, first)) is not None and found[0] >= floor:
        first = found[0]
        said.append((found[1], BEFORE[found[1]]))
    if inside:
        said.append((inside, INSIDE.get(inside, "more_than")))
    while len(said) < 4 and (next_ := after(text, last)) is not None:
        if inside and next_[1] == "多":  # 60余区县多处
            break
        last = next_[0]
        said.append((next_[1], AFTER[next_[1]]))
    if not said and text[first - 2 : first] in _AT_MOST and _GRANTED.search(text, max(floor, first - 10), first - 2):
        said.append((text[first - 2 : first], "at_most"))
        first -= 2
    if not said:
        clause = text[max(floor, first - 14) : first]
        far = _FAR.search(clause) if _MAYBE_FAR.search(clause) else None
        if far and not _STOP_FAR.search(far[2]) and (far[1] not in _SHORT or _LINK.fullmatch(far[2])):
            word = far[1]
            if not (word in _NOT_AFTER and clause[: far.start()][-1:] in _NOT_AFTER[word] and clause[: far.start()]):
                said.append((word, _FAR_BOUND[word]))
        elif clause.endswith("的") and _SHARE.search(text[first:last]) and (of := _OF_WHAT.search(clause)):
            said.append((of[1], BEFORE[of[1]]))
        elif (later := _LATER.match(text, last)) is not None:
            said.append((later[1], AFTER[later[1]]))
    if not said:
        return Bounds("exact", None, first, last)
    word, bound = max(said, key=lambda s: _RANK[s[1]])
    return Bounds(bound, word, first, last)
