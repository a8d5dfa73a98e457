"""What a figure counts: a short stretch of the text behind the number or before it.

By lists of words that no noun reaches across; the text is not cut into words."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.wordlists import word_lists

REACH = 24
"""Characters looked at on either side."""
LONGEST = 14

_HAN = "\u3400-\u9fff"
NOUN = re.compile(rf"[{_HAN}A-Za-z（(](?:[{_HAN}A-Za-z·—\-]|(?<=[A-Za-z-])\d|[（(][{_HAN}、]{{1,12}}[）)])*")
_BACK = re.compile(rf"[{_HAN}A-Za-z0-9·—\-+“”「」‘’《》（()）、]+")
_QUOTED = re.compile(f"[“「《]([{_HAN}A-Za-z0-9+]{{2,12}})[”」》]")
_OF = re.compile(" ?[长宽高深厚重大]?的")
_HEADS2 = re.compile(
    "周期|天数|期限|人数|人口|群众|套数|均价|金额|基地|中心|项目|面积|人员|机构|公司|企业|大户|园区|单位|部门|协会|活动|工程|技术|行业|产业|能力|成本|收入|支出|总额|规模"
    "|数量|价格|比例|平台|系统|团队|小组|专家|教师|学校|学生|患者|病例|病人|样本|客户|面板|网点|渠道|进度|次数|强度"
)
_KIND_OF = re.compile(
    "(?:(?:怀疑|疑似|同款|同类型?|同样|各类|各种|各式|多种|其他|其它|相关|有关|不同|相同|所谓|上述|这些|那些)的?|(?:全|崭)?新的)?"
)
_HEAD = re.compile(f"[{_HAN}]{{2}}")
_HEADS = (
    "数队组者员率量站点所室院校店厂户区线车船机器械证费款额金权法案件物品类型版期会场馆厅券票卡单表书信函网库池井渠坝"
)
"""A verb before one of these is part of a noun: 服务队, 参与者, 检查站."""
_OPENS = frozenset("总自正对用受无要前后中外内上下来因")
_LEADS = frozenset("之其此当今昨至将在会可能于为被把从已均都也就才还并且而但是有没不无仅只共每各以")
"""A word of two that begins with one of these leads on to a verb; other verbs may open a noun (建设项目)."""
_ADJECTIVE = re.compile(
    "(?:时期|年代|时代|期间|地区|各地|风格|材质|规模|级别)$|^[长宽高深厚重]$|[异善优佳齐整丽色型式状性样级装制]$|^(?:不同|普通|优秀|类似|相同|极为|非常|较为|十分|最|较|更|巨大|全新)"
)
_VERSUS = frozenset("落后 领先 超过 超出 高于 低于 多于 少于 不及 相差".split())  # noqa: SIM905
_DIGITS = re.compile(
    "每|一(?![级线类等次代])|[二两三四五六七八九十百千半](?=[一二三四五六七八九十百千万亿元名个月天岁公米]|年(?!级))|[死伤](?![者亡员])"
)
_WITHIN_TIME = re.compile(f"在[{_HAN}]{{1,8}}?[内时中后前间下]$")
_TALLER = re.compile("[身车全体总桥翼臂船线树坝楼水井头尾腰周海塔跨净肩][长高宽深重]$")
_STOPS = frozenset("，。；、！？,;:：）)\n")
_SINGLE = frozenset(
    "金银铜奖税圈球课题塔牛羊猪鸡鸭鹅马狗猫树花书车船人鱼虾蟹枪刀房井桥路药米面油糖茶酒水电煤里浪泥沙土雨雪石麦豆菜果蛋奶肉布纸笔灯旗碗床山岛湖河门窗墙田地草林兵官村镇县市省国家户队班所站厂店馆院校区字词诗歌戏病票钱粮棉"
)
_NUMBERISH = re.compile(
    "[0-9]|[零二两三四五六七八九十百千万亿](?=[零一二两三四五六七八九十百千万亿年月日时点分届次个名位项家条人])"
)
_WITHIN = frozenset("过着了近不没未可能会应要想已现正更最")
"""Alone they open a clause as part of a noun (过火面积, 不法所得); a noun ends before them only in its midst."""
_CLAUSE = re.compile(f"(?:(?![了的])[{_HAN}A-Za-z0-9]){{1,12}}?的")
_SIZES = frozenset("长高宽深重")
_WORD = re.compile(f"[{_HAN}A-Za-z]{{2}}")
_WHEN = re.compile(
    "(?:白天|夜间|晚上|上午|下午|凌晨|当天|当晚|次日|期间|年间|之际|之时|以后|以前|之后|之前|之中|其间|以来|情况下)$"
    "|(?<![高初国])中$|(?<![公邻故])里$|(?<![工课学用耗费历])时$|[后前下内外]$|(?<![镇村])上$"
)
"""What tells when or where and is not counted: 工作日白天约有5000人, 创作中不止一次."""
_WHO = frozenset("我你您他她它咱这那")
_LISTED = re.compile("[、的”」》“「《]|(?<![特中上高初优平头同一二三])等(?![级候待于额价距])")
_WHENCE = frozenset("时后前起中里内外了")
"""Behind a figure these begin no clause about what it counts: 20岁时为这首歌拍的片子."""
_MODALS = frozenset("会能")
"""A noun may end in one of these (3个商会); that says that something will or can be, no clause ends with."""
_PASSED_ON = frozenset("在于了着过到至给向成为")
"""Behind a verb these show that it is the verb of the clause: 110只分布在各处."""
SHARE = re.compile(f"(?:占|佔)(?![用地比据有领])(?:到|了|去)?[{_HAN}]{{0,10}}的?$")
_SURNAMED = re.compile(f"姓[{_HAN}]{{1,2}}$")
"""姓焦，38岁: what he is called is not what is so old."""
_DOES = re.compile(
    "(?:最少|至少|预计|估计|预估|初估|唯一|最高|最多|本来|原本|干脆|全面|全额|直接|另外|额外|再|只|共|已|将|会|要|可|每[人月年天户亩张]|[一每]人)$"
)
"""Behind one of these what may be a noun is the verb: 中央本来|补助1.8亿元."""
_THROWS = re.compile("(?:[三两]分球?|罚球|投篮)$")
_PART = re.compile("[占佔](?![地用])")
_GAINS = re.compile("(?:增收|增产|减产|减收)了?$")
_RATHER = re.compile(f"[较最很更][{_HAN}]{{1,3}}的")
_NAMED = frozenset("记者 目标 数据 条件 结果 成绩 数字 范围 纪录".split())  # noqa: SIM905
"""They say nothing of a figure that they stand before, but behind a measure word they are what is counted."""
_ONE = re.compile("一[个只位名头条家间座棵张件套块支台辆束盆盒顿场次]")
"""Before a noun, "a": 一只羊."""
_LOSES = re.compile("(?:预计|估计|预估|初估|最少|至少|恐|将|可能|大概|店家|本人)损失$")
"""A verb, not what is lost: 估计损失两万元."""
_STATE = re.compile(f"(?:尚未|仍未|未|已)[{_HAN}]{{1,3}}$(?<![数率额量户者人])")
TIMES = re.compile(f"(?:是|为|达|达到|相当于|约为|恢复至|恢复到|不到|不足|不及|仅及|只及|超过)[{_HAN}“”]{{1,10}}的$")
_DAY = re.compile(r"(?:截至|至|到|于|在)?(?:\d{1,2}月(?:份|\d{1,2}日)?|20\d\d年(?:\d{1,2}月)?(?:底|初|末|前)?)$")
_CARRIED_OUT = frozenset("完成 实现 开展 实施 提供 开工 启动 推进 进行 组织 举办 加强 落实 推行 参加 接受 享受".split())  # noqa: SIM905
"""What follows one of these is a noun, though it may be a verb elsewhere: 已完成玉米收获120公顷."""
_NOMINAL = frozenset("救助 花费 开支 支出 消费 损失 补助 补贴 贷款".split())  # noqa: SIM905
_CHANGES = frozenset("增加 减少 下降 上升 增长 提高 降低 提升 缩短 延长 扩大 缩小 上涨 下跌 涌入 流失".split())  # noqa: SIM905
_ASIDE = re.compile("不|含|其中|按|以|单位|截至")
_OPENER = re.compile(
    "其中|其(?![他它余实])|曾(?!文|国|母|祖|孙|姓)|时(?![速间长数段刻薪装代期价差])|(?<=每)(?:台斤|公斤|公升|小时|分钟|平方[米尺]|立方米|千瓦时|[一十百千]?[斤亩吨人年月日天户张件只头个名位次套桶瓶箱度坪尺米间])|(?<=[这那])[座条名位个只头项家间栋部件本场辆台艘]|(?<=各)[项个类种级]|该(?!校)|本(?=[届次场赛周月季])|总(?=停|需)|尚|则|亦|又|再|还"
)
THAN = re.compile(
    f"(?<![同环占])(?:比|较(?![多少高低大小长短快慢早晚]))[{_HAN}0-9]{{1,14}}?(?:多出|多|少|贵|便宜|高出|高|低|增加|减少|增长|下降|上升|提高|增|减|快|慢|重|轻|长|短|大|小|翻|萎缩|回落|扩大|缩小|缩短|下滑|上涨|下跌|降低)了?$"
)
_SINCE = re.compile(
    f"[比较](?:上年|去年|前年|往年|上月|上季度)(?:同期)?(?P<noun>(?!同期)[{_HAN}]{{2,8}}?)(?:增加|减少|增长|下降|上升|提高|降低|上涨|下跌)了?$"
)
FROM = re.compile(f"(?:从|由)[{_HAN}]{{0,10}}的?$(?<![率量额价资值费入])|[比较][{_HAN}]{{1,6}}的$")
_RISES = re.compile(
    "(?:一度|曾|已|又|再|现在|如今|最高|最低)?[升降涨跌冲卖喊飙掉减增加缩提调拉扩追砍压攀滑翻跳扬挫炒排开阔宽长][了]?[到至成]$"
)
"""Verbs that lead to what a figure came to: 由240款减至, 卖到, 一度冲到."""
_PER = re.compile("一(?:台斤|公斤|市斤|立方米|平方[米尺]|[斤吨亩盆件张只头瓶箱桶套份杯碗条支盒包坪升度趟餐粒棵株串])$")
"""What a price is of, before it: 批发价|一斤5元."""
EACH = re.compile(f"每(?:立方|平方)?[一十百千]?[{_HAN}]{{1,2}}$|每[名位个][{_HAN}]{{2,4}}每[{_HAN}]$")


def compounds(text: str, verb: re.Match[str]) -> bool:
    """Whether a verb is the beginning of a noun: 服务队, 种植基地."""
    return (
        len(verb[0]) > 1
        and verb[0][-1] not in _PASSED_ON
        and (text[verb.end() : verb.end() + 1] in tuple(_HEADS) or bool(_HEADS2.match(text, verb.end())))
    )


def following(text: str, end: int, measured: bool, *, event: bool = False) -> tuple[int, int] | None:
    """The noun that begins behind the figure at `end`, 的 between them or not. Where `measured` a measure word stands
    before it, so that a verb at its beginning belongs to it (3个建设项目); else it has none (5000人参与)."""
    if text[end : end + 1] in _STOPS:
        return None
    lists = word_lists()
    of = _OF.match(text, end)
    start = of.end() if of else end
    if (quoted := _QUOTED.match(text, start)) is not None:
        behind = following(text, quoted.end(), False) if _HEAD.match(text, quoted.end()) else None
        return behind or quoted.span(1)
    if text[start : start + 1] in tuple(" “「‘《"):
        start += 1
    start += len(_KIND_OF.match(text, start)[0])  # type: ignore[index]
    found = NOUN.match(text, start, start + REACH)
    if found is None:
        return None
    stop = found.end()
    for match in lists.after.finditer(text, start, stop):
        if match[0] in lists.nouns or compounds(text, match) or (match[0] in _MODALS and match.end() >= stop):
            continue
        if (
            match.start() == start
            and measured
            and match[0] not in _WHENCE
            and (clause := _CLAUSE.match(text, start)) is not None
        ):
            # 3名来自外地的学生: what the relative clause is about
            head = following(text, clause.end() - 1, True)
            if head is not None:
                return head
        whole = len(match[0]) > 1 and (event or (of is not None and match.start() == start))
        if whole and match.end() >= stop and match[0] in lists.verbal - _CHANGES and match[0][0] not in _LEADS:
            continue  # 3次致命失误
        if (
            match.start() == start
            and (measured or of)
            and match.end() < stop
            and len(match[0]) > 1
            and match[0][0] not in _LEADS
            and match[0][-1] not in _PASSED_ON
            and match[0] not in lists.acts
        ):
            continue
        if len(match[0]) == 1 and measured and match.end() < stop and text[match.end()] not in lists.functions:
            if match.start() == start and match[0] in _OPENS and not event:
                continue  # 3个中型水库
            if match.start() == start + 1 and text[start] not in _SINGLE:
                continue  # 2所初中学校
        stop = match.start()
        break
    if (
        text[stop : stop + 1] == "的"
        and _ADJECTIVE.search(text[start:stop])
        and (head := following(text, stop, True)) is not None
    ):
        return head  # 8个黑色的大棚: the last of what 的 joins
    rather = _RATHER.match(text, stop) if stop > start else None
    if rather is not None and (head := following(text, rather.end() - 1, True)) is not None:
        return head  # 6间人流较少的分行
    while stop > start and text[stop - 1] in "（(·—-":
        stop -= 1
    word = text[start:stop]
    if len(word) == 1 and word not in _SINGLE and not (measured and text[stop : stop + 1] in _STOPS):
        return None
    if (
        not word
        or (word in lists.empty and not (measured and of is None and word in _NAMED))
        or _DIGITS.match(word)
        or (word in (_CHANGES if measured or of else lists.verbal))
        or (word in lists.verbal and word[-1] in "到至")
        or (word in lists.verbal and text[stop : stop + 1] in _PASSED_ON)
        or (word in lists.verbal and word[0] in _LEADS)
        or _STATE.match(word)
        or not re.match(f"[{_HAN}A-Za-z]", word)
        or stop - start > LONGEST
    ):
        return None
    return start, stop


_LEADING = (EACH, FROM, THAN, _WITHIN_TIME, _DAY, _RISES, _PER)
_LEADING_SHARE = (*_LEADING, SHARE, TIMES, _GAINS)
_PRICED = re.compile(f"(?:以|按)[{_HAN}]{{1,6}}(?:计价|计算|计)[{_HAN}]{{0,4}}$")
MAYBE_LEADING = re.compile("[每从由比较在年月占佔是为达于恢增减到至成一]")
"""Characters without which none of these leads from a noun to its number."""


def linked_at(text: str, first: int, end: int) -> int:
    """The length of the longest link that ends at `end`; 0 where there is none."""
    lists = word_lists()
    links = lists.links
    last = text[end - 1 : end]
    if last in _SIZES and _TALLER.search(text, first, end) is not None:
        return 0
    reach = end - first
    lengths = lists.link_lengths.get(last, ())
    length = next((n for n in lengths if n <= reach and text[end - n : end] in links), 0)
    # 藏有 and 营收 are one word: the one leads to what it has, the other is what is measured.
    if length and any(text[end - n : end] in lists.whole for n in range(length + 1, min(6, reach) + 1)):
        return 0
    return length


def _unlinked(text: str, first: int, end: int, share: bool) -> int:
    """Where the noun ends that links lead from to the number: 面积|比上年同期增加, 社福支出|占总额."""
    if (priced := _PRICED.search(text, first, end)) is not None:
        end = priced.start()
    patterns = (_LEADING_SHARE if share else _LEADING) if MAYBE_LEADING.search(text, first, end) else ()
    while end > first:
        found = next((m for p in patterns if (m := p.search(text, first, end)) is not None), None)
        if found is not None and found.re is THAN and (since := _SINCE.match(text, found.start(), end)) is not None:
            return since.end("noun")  # 比上年平均亩产增加
        cut = found.start() if found is not None else end - linked_at(text, first, end)
        if found is not None and found.re in (SHARE, TIMES) and cut == first:
            cut = end
        if cut >= end:
            return end
        end = cut
    return end


def preceding(text: str, start: int, floor: int, *, share: bool = False) -> tuple[int, int] | None:
    """The noun that ends before the figure at `start`, behind the verb or the link that leads to it. A verb right
    before the number says nothing of what is counted. Where `share`, 占 and the whole are passed over."""
    base = max(floor, start - REACH)
    # A figure at the head of a clause has nothing before it, and that is soon told.
    if base >= start or _BACK.match(text, start - 1) is None:
        return None
    if text[start - 1] in "球篮" and (throws := _THROWS.search(text, base, start)) is not None:
        return throws.span()
    found = _last_noun(text[base:start], share)
    return found and (base + found[0], base + found[1])


_CAUSES = frozenset("造成 导致 酿成 引发 带来 斥资 补助 补贴 投入 发放 奖励".split())  # noqa: SIM905
_ALREADY = frozenset("已 已经 目前 今年 去年 仅 只 才 共 累计 总共 每天 每年 每月 现在 如今".split())  # noqa: SIM905
_AGENTS = "局院室校司厂店队府县市镇村区省国人者员们方团家户农民生师长工手客会部委处所站馆行"
_TOPIC = re.compile(
    f"(?P<noun>(?!每)[{_HAN}]{{1,7}}[{_HAN}])(?<![{_AGENTS}我你他她它])"
    "(?:已经?|目前|今年|去年|仅|只|才|共|累计|总共|每[天年月日周]|现在|如今|到现在)+$"
)
"""What a clause is about and what has been done with it, before a number: 管网仅|铺设37公里. Nobody who does it."""


@lru_cache(maxsize=4096)
def _last_noun(text: str, share: bool) -> tuple[int, int] | None:
    """Where in the words before a figure the noun stands. Reports say the same few things of their figures over and
    over (，比上年增长, 其中), so the last answers are kept."""
    lists = word_lists()
    start = len(text)
    backwards = _BACK.match(text[::-1])
    first = start - (backwards.end() if backwards else 0)
    end = _unlinked(text, first, start, share)
    if end <= first:
        return None
    if text[end - 1] in "）)":
        opened = max(text.rfind(mark, first, end) for mark in "（(")
        if opened - first > 1 and _ASIDE.match(text, opened + 1):
            end = opened  # 固定资产投资（不含农户）
    whose = _behind_verbs(text, first, end)
    if whose is None or _LOSES.search(text, first, end):
        return None
    begin, end = _trimmed(text, *whose)
    numbers = [m.end() for m in _NUMBERISH.finditer(text, begin, end)]
    if text[begin:end] in lists.empty or text[begin:end].endswith("一家"):
        return None
    if numbers and numbers[-1] < end and text[numbers[-1] - 1] not in "一":
        if re.search("[比较][0-9.]+$", text[begin : numbers[-1]]):
            return None
        begin = numbers[-1]
        while begin < end and text[begin] in "年月日时点分届次个人":
            begin += 1
    word = text[begin:end]
    if (
        (len(word) < 2 and not (word in _SINGLE and text[begin - 1 : begin] == "的"))
        or word in lists.empty
        or _WHEN.search(word)
        or (len(word) > 1 and not _WORD.search(word))
        or _STATE.match(word)
        or _PART.match(word)
        or _SURNAMED.match(word)
        or (len(word) == 2 and word[0] in "将会可要能")
    ):
        return None
    return _headed(text, max(begin, end - LONGEST), end)


def _behind_verbs(text: str, first: int, end: int) -> tuple[int, int] | None:
    """The words behind the last verb before a figure; None where a verb that governs no noun stands right before it."""
    lists = word_lists()
    begin, governed, topical = first, 0, first
    for match in lists.before.finditer(text, first, end):
        if match[0] in lists.nouns or compounds(text, match):
            continue
        if match[0] in _WITHIN and (match.start() == begin or match.end() == end):
            continue
        if match[0] in lists.verbs and match.end() < end:
            continue
        if match[0] in _VERSUS:
            return None
        if match.end() == end:
            topic = _TOPIC.match(text, topical, match.start()) if match[0] not in _CAUSES else None
            if topic is not None:
                return topical, topic.end("noun")  # 社会住宅已|完工1120户
            if match[0] in _NOMINAL and match.start() - begin > 1 and not _DOES.search(text, begin, match.start()):
                return begin, end  # 社福支出
            return (governed, end) if governed and match.start() - governed > 1 else None
        if match[0] in _CARRIED_OUT:
            governed = match.end()
        if match[0] in _WHO and end - match.end() == 1:
            return None  # 他不|要11次
        if end - match.end() > 1 and text[match.end() : end] not in lists.empty:
            begin = match.end()
            topical = topical if match[0] in _ALREADY else begin
    return begin, end


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """Of a list, the last member; of X的Y and of X等Y, Y; without marks, measure words and what opens a clause."""
    for listed in _LISTED.finditer(text, begin, end - 1):
        begin = listed.end()
    while end > begin and text[end - 1] in "”」’》了、—-（(":
        end -= 1
    opened = max(text.rfind("（", begin, end), text.rfind("(", begin, end))
    if opened >= 0 and not re.search("[）)]", text[opened:end]):
        begin = opened + 1
    while begin < end and text[begin] in "类各）)”级个名位的":
        begin += 1
    while (opener := _OPENER.match(text, begin, end)) is not None:
        begin = opener.end()
    if text.startswith("其中", begin):
        begin += 2
    one = _ONE.match(text, begin, end)
    return (one.end() if one else begin), end


def _headed(text: str, begin: int, end: int) -> tuple[int, int]:
    """Without what it is of, where the head says all: 大桥设计时速, 新院区建筑面积."""
    head = word_lists().heads.search(text, begin, end)
    if head is None:
        return begin, end
    denied = head.start() > begin and text[head.start() - 1] in "不非未无"  # 不合格率
    return head.start() - denied, end
