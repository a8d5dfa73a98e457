"""Whether a number with what stands behind it reports anything, or is part of another word, an ordinal, "a"."""

from __future__ import annotations

import re

from lishu_tui.figures import bounds, exclusions
from lishu_tui.figures.terms import CN, Term

_HALF = "半"
_ORDINAL = frozenset("次级期楼手线层等代胎审月号届度环本部排道路门张版轮回节站类局盘") | {"期次"}
"""After 二 these say which, not how many: for that there is 两."""
_CLOSING = frozenset("，。；、：的） ")
# A price stands behind: 1餐60元 is so much each.
_PRICE = re.compile(r"[\u4e00-\u9fff]?约?(?:\d[\d.,]*|[一二两三四五六七八九十百千]+)[万亿]?[元块]")
_ENDS = re.compile("[，。；、！？,;!?）)]|大关|的|$")
_OPENING = frozenset("，。；：！？,;:!?\n“「") | {""}
_LATIN = re.compile(r"[A-Za-z_@#&]")


def counts(text: str, term: Term) -> bool:
    number = text[term.start : term.number_end] if not term.negative else "-"
    before, after = text[max(term.start - 6, 0) : term.start], text[term.end : term.end + 6]
    if term.fraction:
        return True
    if number == "一":
        return one(text, term, before, after)
    if number == "二" and term.unit is not None and term.unit.kind == "count" and term.unit.word in _ORDINAL:
        return False
    if number == _HALF:
        if term.unit is None:
            return before.endswith("一") and False
        return (
            term.unit.kind in ("duration", "length", "weight", "area")
            and not before.endswith(("上", "下", "前", "后", "大", "小", "多"))
            and text[term.end : term.end + 1] != "夜"
        )
    if before[-1:] in ("几", "数") and number[0] in "十百千万亿":  # 几十个
        return False
    if number in ("万", "亿") and term.unit is None and before[-1:] in ("破", "过") and _ENDS.match(after):
        return bounds.before(text, term.start) is not None  # 票房破亿
    if number in ("百", "千", "万", "亿"):
        if term.unit is None:
            return False
        said = bounds.before(text, term.start) or bounds.after(text, term.end)
        return said is not None or term.inside is not None
    if number == "1" and (_PRICE.match(text, term.end) or _each(text, term)):
        return False
    if term.unit is None:
        return bare(text, term, term.end)
    unit = term.unit
    if (
        _LATIN.search(before[-1:])
        and text[term.start].isdecimal()
        and not re.search(r"(?:GDP|GNP|CPI|PPI|App|APP)$", before)
    ):
        return bool(re.search("[a-z]{3}$|GDP$", before)) and unit.kind not in ("other",)
    if number[0] in CN:
        if unit.word == "成" and after[:1] and after[:1] in "为立功员长果绩型本群语熟千品套":
            return after[:2] in ("果子", "果树", "果农")
        if unit.word == "番" and before[-1:] not in ("翻", "了"):
            return False
        if (
            number in ("千万", "百万", "万万", "百千")
            and term.unit.kind == "count"
            and before[-1:] not in ("近", "超", "上", "过", "破", "逾", "约", "达")
        ):
            return number == "百万" or unit.word in ("人", "人次", "户")
    if unit.word == "分" and after[:1] == "之":
        return False
    if (
        unit.word == "点"
        and number[0] not in CN
        and not re.search(r"[涨跌升降报收至到于超破过近约逾为]$", before)
        and term.value <= 24
        and not after.startswith(exclusions._TALK)
    ):
        return False
    if unit.word in ("号", "届"):
        return False
    if unit.word == "级" and not re.search("[风震浪雾]", before + after) and number[0] not in CN:
        return after.startswith(tuple(f for f in (unit.follow or ())))
    return True


_ONLY = re.compile(
    "(?:只|仅)(?:有|剩|剩下)(?:他|她|我|你|这|那)?$|(?:只|仅)[卖拿收买找拍种养打抓见来派用吃得进输赢签交][了到]{0,2}$"
)
"""只卖了一只: 一 is as few as that."""
_EACH = re.compile(rf"[^，。；！？,、0-9{CN}]{{1,10}}?[0-9{CN}]")


def _each(text: str, term: Term) -> bool:
    """Whether 1 of a measure says what so much is of: 1平方米可以种30多株."""
    measured = term.unit is not None and term.unit.kind in ("area", "weight", "volume")
    return measured and text[term.start - 1 : term.start] in _OPENING and _EACH.match(text, term.end) is not None


def one(text: str, term: Term, before: str, after: str) -> bool:
    """一 is a figure where it measures; as "a" or "per" it is none."""
    unit = term.unit
    if unit is None:
        return bare(text, term, term.end)
    if term.compound or term.inside in ("多", "余", "有余", "来"):
        return unit.kind != "count"
    if unit.kind == "duration":
        if re.search(
            r"(?:再晚|再早|晚了|早了|(?<![为过除])了|为期|历时|长达|持续|持续了|仅|只|满|徒刑|拘役|管制|缓刑|刑期|工期|延长|缩短|提前|推迟|近|超过|不到|不足|至少|最多|约|逾|用了|花了|耗时|用时|需|达|禁赛|停赛|吊销|拘留|监禁|保质期)$",
            before,
        ):
            return True
        return bool(re.match("(?:以上|以下|以内|之内|左右|[,，、；。]?(?:并处|缓刑))", after))
    if unit.kind == "count" and unit.word not in ("句", "家", "次") and _ONLY.search(before):
        return True
    if unit.word == "票":
        return after[:2] in ("反对", "弃权", "赞成")
    if unit.word == "人":
        return bool(
            re.match(
                "(?:死亡|受伤|失踪|遇难|被困|轻伤|重伤|获救|死|伤|落水|溺水|当场|送医|因|身亡|在逃|确诊|感染|缺席|反对|弃权)",
                after,
            )
        )
    if unit.word == "成":
        return after[:1] not in tuple("为立功员长果绩型本群语熟不千品套") and not before.endswith(
            ("统", "合", "汇", "融", "组", "拧", "连", "打", "凝")
        )
    if unit.word in ("番",):
        return before.endswith(("翻", "翻了"))
    if unit.word == "倍":
        return True
    if unit.kind == "age":
        return True
    if unit.kind in ("length", "weight", "area", "volume", "money", "temperature", "percent"):
        return bounds.before(text, term.start) is not None or bounds.after(text, term.end) is not None
    return bounds.before(text, term.start) is not None


def names(text: str, at: int) -> bool:
    """Whether Latin letters and a space stand before a number, which is then part of a name: iPhone 15, ISO 9001."""
    return at > 1 and text[at - 1] == " " and _LATIN.match(text, at - 2) is not None


def bare(text: str, term: Term, end: int) -> bool:
    """Whether a number without a unit reports something."""
    previous, next_ = text[max(term.start - 1, 0) : term.start], text[end : end + 1]
    number = text[term.start : term.number_end]
    if names(text, term.start):
        return False
    if term.start == 0 and end == len(text.rstrip()):
        return True
    if (previous and (_LATIN.match(previous) or previous in "·+.-—/%(（《〔[~*")) or (
        next_ and (_LATIN.match(next_) or next_ in "·+/%-—_〕》")
    ):
        return previous in ("(", "（") and next_ == "比" and text[term.start].isdecimal()  # 3比1（25比21、…）
    if text[term.start] in CN:
        if len(number) == 1 and "比" in (previous, next_):  # 二比零
            other = text[term.start - 2 : term.start - 1] if previous == "比" else text[end + 1 : end + 2]
            return other in frozenset(CN) and exclusions.scored(text, term.start, end)
        if (
            term.inside
            and term.power >= 10_000
            and previous not in tuple("数几好")
            and (next_ in _CLOSING or not next_)
        ):
            return True  # 十几万，
        if term.inside in ("多", "余"):
            return term.value >= 10 and "\u4e00" <= next_ <= "\u9fff" and next_ not in "年岁少"
        if next_ and next_ in "死伤" and text[end + 1 : end + 2] not in tuple("者亡员口痛害势心病"):
            return previous in tuple("成致，、死伤有") or previous == ""
        if term.high is not None or len(number) < 2 or term.inside:
            return False
        if len(number) > 1 and number[-1] in "百千万亿" and text.startswith("出头", end):
            return True  # 两千出头
        if (
            number[0] in "百千"
            and number[-1] in "万亿"
            and (bounds.after(text, end) or bounds.before(text, term.start))
        ):
            return True
        if re.search("[十百千万亿]", number[1:]) is None or number[0] in "百千万亿":
            return False
        if previous in tuple("数几好"):
            return False
        if number[-1] in "万亿" and next_ not in tuple("里分佛山人家户民众名门年岁"):
            return True
        if next_ in ("多", "余"):  # 涨到七百多。
            next_ = text[end + 1 : end + 2]
        return (number[-1] in "百千万亿" or len(number) > 2) and next_ in tuple("，。；、：的） ”」")
    if next_ in ("”", "’", "」") and previous in ("“", "‘", "「"):
        return False
    if number.isdecimal():
        if number in ("110", "112", "119", "120", "122", "165", "911", "999"):  # whom one calls
            return False
        if len(number) > 7 or (number[0] == "0" and len(number) > 1):
            return False
        if len(number) == 4 and 1800 <= int(number) <= 2099:
            return False
        if next_ and next_ in "、.)）:" and (not previous or previous in "\n。"):
            return False
        if previous == ":" or next_ == ":":
            return exclusions._scored(text, term.start - 3, end + 3, ":")
    return True
