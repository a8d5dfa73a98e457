"""What looks like a figure and is none: dates, clock times, ordinals, numbers of documents, fixed words."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.tables import table_text
from lishu_tui.edition.toml import from_toml

Trie = dict[str, "Trie"]


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    reason: str
    list: str
    unless: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    words: list[_Words]


def _pattern(words: set[str]) -> str:
    """The words as one pattern that reads the longest in one pass, branching on one character at a time."""
    branches: dict[str, set[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], set()).add(word[1:])
    made = [re.escape(first) + _pattern(rest) for first, rest in sorted(branches.items())]
    if not made:
        return ""
    inner = made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"
    return f"(?:{inner})?" if "" in words else inner


@lru_cache(maxsize=1)
def reasons() -> dict[str, str]:
    """Every fixed word with the reason why its number is no figure."""
    file = from_toml(table_text("not-figures.toml").encode(), _File, "tables/not-figures.toml")
    found: dict[str, str] = {}
    for group in file.words:
        if not group.reason:
            raise LishuError("tables/not-figures.toml", "words.reason", "is empty", "why these are no figures")
        found |= dict.fromkeys(group.list.split(), group.reason)
    return found


@lru_cache(maxsize=1)
def _fixed() -> tuple[re.Pattern[str], dict[str, str]]:
    file = from_toml(table_text("not-figures.toml").encode(), _File, "tables/not-figures.toml")
    unless = {word: group.unless for group in file.words for word in group.list.split() if group.unless}
    return re.compile(_pattern(set(reasons()))), unless


_CN = "零〇一二两三四五六七八九十百千万亿廿卅"
_N = f"(?:\\d{{1,4}}(?:\\.\\d)?|[{_CN}]{{1,5}})"
_N2 = "(?:[012]?\\d|[一二两三四五六七八九十廿卅]{1,3})"
_MIN = "(?:[0-5]?\\d|[一二两三四五六七八九十零]{1,4})"
_DAY = "(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = "(?:1[5-9]\\d\\d|20\\d\\d|[一二][零〇○一二三四五六七八九]{3}|'\\d\\d)"
_TO = "[ ]?(?:[-—–―~]{1,2}|至|到|、|和|与|或|及|,|/)[ ]?"

_SHAPES = re.compile(
    r"""
      (?:https?://|ftp://|www\.)[\w\-./?%&=\#:+~,;@!$]{1,400}                    # an address on the web
    | (?<![A-Za-z0-9._-])[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,64}
    | [〔（(\[【]\s?(?:19|20)\d\d\s?[〕）)\]】][^，。；\n]{0,16}?(?:\d{1,6}(?:-\d{1,4})?|之)号 # (2019)京01民初
    | (?<![\d.])0\d{2,3}[-—) ]{1,2}\d{7,8}(?:-\d{1,5})?(?!\d)                    # telephones
    | (?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d万亿元])
    | (?<![\d.])[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)
    | (?:电话|热线|拨打|手机|客服|传真|邮编|QQ|微信|短信|致电|咨询|邮政编码|代码
       |车牌|尾号|编号|证号|账号|卡号|学号|房号|工号|航班号
       |门牌)
      (?:[为是了:：号（( ]{0,3})(?:\d[\d\-—、, ]{1,30}\d)
    | \d{3,5}(?:市民|政务|便民|公共|卫生|心理|法律|客户|举报|投诉|服务){0,3}(?:热线|专线|客服)  # 12345市民热线
    | (?:\d|[一二两三四五六])[室房](?:\d|[一二两三四五六])厅(?:(?:\d|[一二两三四五六])[卫厨])*   # 3室1厅
    | (?<!\d)(?:1?\d|[一二三四五六七八九十])局[上下](?!来)                        # 6局下: which, not how many
    | 9[0258][号#]?(?:无铅|汽油) | 7[×xX*]24小时 | (?<![\dA-Za-z.])[248]K(?![A-Za-z])
    | (?<=最[后後])\d{1,2}分\d{1,2}(?:\.\d)?秒 | (?<!\d)[23]分(?:球|弹|线|外线)        # which seconds; names of throws
    | 前(?<=年前)(?:\d{1,2}|[一二三四五六七八九十]{1,2})个?月                         # a period of the calendar
    | (?<!\d)\d{2,4}分局 | (?<!\d)\d{3}(?:医院|条款)                                                  # 301医院, 232条款
    | (?<!\d)\d{2,5}[米公]尺?(?:自由泳|蛙泳|蝶泳|仰泳|混合泳|个人混合|接力|跨?栏|短跑|赛跑)  # names of races
    | \d{1,3}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})*
    | 《[^《》\n]{0,40}》
    """,
    re.VERBOSE,
)


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Stretches in which no figure begins: fixed words, addresses of the web, telephone and document numbers, titles of
    books and laws. In order, none within another."""
    pattern, unless = _fixed()
    found = []
    for match in pattern.finditer(text):
        stop = unless.get(match[0])
        if stop is None or text[match.end() : match.end() + 1] not in stop or match.end() == len(text):
            found.append(match.span())
    found += [match.span() for match in _SHAPES.finditer(text)]
    return sorted(found)


_MONTHDAY = f"{_N2}月(?:份|底|初|末|中旬|上旬|下旬|中)?(?:{_N2}(?:日|号))?"
DATE = re.compile(
    rf"""
      {_YEAR}\ ?年?{_TO}{_YEAR}\ ?(?:年度?|赛季|学年|财年)(?!多|余|的?历史)     # 2018至2020年
    | {_YEAR}\ ?[-—/]\ ?(?:\d\d|20\d\d)\ ?(?:赛季|学年|财年|年度)                # 2019-20赛季
    | {_YEAR}\ ?年(?!多|余|的?历史|左右|以上)(?:度|代|初|底|末|中|来|前后|{_TO}{_N2}月)?(?:\ ?{_N2}月(?:{_N2}[日号])?)?
    | (?:19|20)\d\d[-/.—]\d{{1,2}}[-/.—]\d{{1,2}}(?:\ ?[T日]?\ ?\d\d?:\d\d(?::\d\d)?)?
    | (?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])(?![\d%万亿])
    | (?:\d{{2,4}}|[一九][零〇一二三四五六七八九十]{{1,2}})(?:[-—~至到]\d{{2,4}})?(?:年度(?![末初])|财年|会计年度)
    | 1[01]\d年(?=\d?\d月)
    | \d\d年(?={_N2}月)
    | {_N2}月?(?:份)?{_TO}{_MONTHDAY}(?:{_TO}(?:{_MONTHDAY}|{_N2}[日号]))?
    | {_MONTHDAY}(?:{_TO}(?:{_MONTHDAY}|{_N2}[日号]))?
    | {_DAY}[日号]?{_TO}{_DAY}[日号](?!内|以内|游|间)
    | (?:[012]?\d|3[01]|十[一二三四五六七八九]|(?:二十|廿)[一二三四五六七八九]?|三十一|卅一?)日
      (?!内|以内|之内|游|间|龄|后|均)
    | (?:[1-9]0|[一二三四五六七八九]十)年代(?:[初末中]期?|后期)?
    | {_N}世纪(?!以上)
    | (?:零|\d)\d后(?!的?\d)
    | [一二两三四]季度
    """,
    re.VERBOSE,
)
CLOCK = re.compile(
    rf"""
      (?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d.])(?:\ ?{_TO}\ ?(?:次日)?(?:[01]?\d|2[0-4]):[0-5]\d)?
    | \d{{1,2}}\ ?[-—–~至]{{1,2}}\ ?\d{{1,2}}时(?!间|长)
    | {_N2}\ ?时(?!间|代|期|速|候|空|装|效|常|报|时|[辰差])(?:{_MIN}\ ?分(?:{_MIN}秒)?|半|许|整|左右)?
      (?:{_TO}(?:次日|翌日|当日)?{_N2}\ ?时(?:{_MIN}\ ?分|半|许)?)?
    | {_N2}\ ?点(?:钟|许|整|半(?!球))(?:{_TO}(?:次日)?{_N2}\ ?点(?:钟|半|许)?)?
    | {_N2}\ ?点(?:{_MIN}\ ?分|过|前|后|左右|开始|到|至|多(?!钟)|，)
    | {_N2}\ ?点(?:\d\d|[二三四五]十[一二三四五六七八九]?|零[一二三四五六七八九]|一刻|三刻)(?!\d|[%万亿元点个米])
    """,
    re.VERBOSE,
)
_DAYTIME = re.compile(
    "(?:上午|下午|早上|早晨|清晨|晚上|晚间|凌晨|中午|傍晚|深夜|午夜|夜里|夜间|每天|每晚|每日|当晚|当天|次日|早|晚|日|今晨|今晚|昨晚|于|从|到|至|午后|在)$"
)
_HOUR = re.compile(rf"{_N2}\ ?[点时](?!\d)(?:[半钟许整])?(?:{_TO}(?:次日|凌晨)?{_N2}\ ?[点时])?")
_MARKET = re.compile("(?:涨|跌|升|降|报|收|至|到|于|指数|点位|站上|突破|失守|重返|逼近|约|近|超|过|逾|了|为)$")
_TALK = (
    "建议",
    "意见",
    "要求",
    "希望",
    "体会",
    "理由",
    "原因",
    "看法",
    "说明",
    "共识",
    "认识",
    "启示",
    "经验",
    "倡议",
    "声明",
    "主张",
    "措施",
    "做法",
    "内容",
    "好处",
    "思考",
    "工作",
)

_STOREY = re.compile(
    rf"(?<=[在从于自往到]){_N}层(?![楼高以])|(?<=[楼厦栋幢座馆]的){_N}层(?![楼高以])|{_N}楼(?=的|[，。、]|[住着起发坠跳])"
)
"""Which storey, not how many: 写字楼的8层, 从3层坠落."""
ORDINAL = re.compile(
    rf"""
      {_N}(?:\ ?[、—\-~至到和]\ ?(?:第)?{_N})?\ ?(?:
        号(?!人)|次(?:全会|全体会议)|国集团|国联军|届|版(?!面)|楼(?!盘)|室|单元|年级|等(?:奖|功|品|舱|座|[，。、])|线(?:城市|员工|演员|品牌|海景)|季度|审(?!核)|环(?:路|外|内|以)|甲(?!地)|本院校|把手|产业|期(?:工程|项目|建设|改造|试验|临床|肺|叛|学员|培训|矽)
        |类(?:工伤|以上学科|会议|水|地表|疫苗|医疗)|级(?!书记|联动|网络|干部|组织|党|体系|平台|机构|政府|法院|检察|公安|河长|林长|田长|巡|调|阵|综|领|地震|大风|风|强|余震|阵风|暴风|狂风|飓风|偏|东|南|西|北|台|以上|左右|、|至|到|-|~)
        |路(?:公交|公车|车|汽车|电车|军|口|站)|号线|班(?:的?学生|的?同学|班主任)|中(?=学|校|初|高|的)|小(?=学|的)|院(?=的|，)|食堂|分厂|车间|大队|连队|营(?=部|营)|排长|连长|团长|师长|军区|支部|组组长|组村民|社社长|组(?=的?村民)|社(?=的?村民)
        |年期(?!间|限|待|满|末|初|货)|强(?=，|。|、|赛|的|$)
        |代(?:身份证|移动通信|半导体|核|战|导|住|机|杂交|试管|社保|传人)|型(?!号)|式(?!样)|系(?!列)|国道|省道|高速|码头|矿井|机组|楼层|门(?=进|出|口|外|附)|轨|时代|寸照
      )
    """,
    re.VERBOSE,
)
_FORCE = re.compile("(?:风力?|震度|烈度|强度|浪高?|雾)[^，。；、]{0,6}$")
"""Behind one of these a 级 measures: 阵风14级, 震度5级."""
_LASTING = re.compile(
    "(?:拘留|为期|期限|期限为|期为|工期|连续|历时|共|满|达|近|超过|不少于|提前|推迟|延期|逾期|展开|考察|停留|逗留|居家|(?<![取获赢夺])得|休假|假期|放假|停课|停工|隔离|留观|持续|耗时|仅用|不足|不到|至少|最多|约|长达|缩短|延长)$"
)
"""15日 behind one of these is a length of time, not a day of the month."""
_LIST = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\ ?[、.．)）](?!\d)")
_BRACKETED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?[)）]")
_FIRSTLY = re.compile("[一二三四五六七八九十]{1,2}(?:是|要|则|来|曰|看|抓|为)")
_NTH = re.compile(rf"{_N}(?:\ ?(?:[、和与及至到\-—~,/]|届至)\ ?第?{_N})*(?![{_CN}\d个%])")
_AS_NTH = re.compile(
    "(?:第|周|星期|礼拜|农历.{0,3}月|正月|腊月|冬月|大年|初|闰月|国道|省道|县道|省级|航班|排名|排在|位列|名列|位居|列|居|全国|世界|全球|全省|亚洲|国际|序号|门牌|型号|车次|工位|房间|阶段|型|天宫|神舟|嫦娥|玉兔|长征|歼|运|轰|天舟|东风|北斗|风云|祝融|福建|山东|国|欧|京|沪|吉|京公网安备|ICP备)$"
)
_BEFORE_TAIL = frozenset(
    "第周期拜月年初道级班名在列居国界球省洲际号牌次位间段型宫舟娥兔征歼运轰风斗云融建东国欧京沪吉备"
)
_RANKED = frozenset(
    ["排名", "排在", "位列", "名列", "位居", "列", "居", "全国", "世界", "全球", "全省", "亚洲", "国际"]
)
_PLACE = re.compile(
    f"[{_CN}]{{1,2}}(?:家|里|道|台|棵|间房|座|门|盘)(?:子)?[堡屯桥口河渠沟湾岭坪坝营店集庄铺墩甸泡洼镇村庙]"
)
_CLASS = re.compile(rf"(?:\d[\d.]*|[{_CN}]{{1,5}}) ?(?:公斤|千克|kg|KG|吨|米|升)(?:以[上下])?级")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PRODUCT = re.compile("[A-Za-z][-·]?$")


_MEASURES = frozenset("元%‰亿户亩头只辆套家名岁倍个平立美港欧项，。；）\n")
"""None of the patterns above goes on with one of these behind a number in digits: most figures are told by that."""
_ARABIC = frozenset("0123456789")
_CENTURIES = frozenset(["19", "20"])


def skipped(text: str, at: int, end: int) -> int:
    """Where what begins at `at` with a number (to `end`) ends if it is no figure; else 0."""
    previous = text[at - 1 : at]
    if previous and previous in _BEFORE_TAIL and (nth := _AS_NTH.search(text, max(at - 8, 0), at)):
        word = nth[0]
        if word == "第":
            listed = _NTH.match(text, at)
            return _tail(text, listed.end() if listed else end)
        if word in ("周", "星期", "礼拜"):
            if (
                text[at] in "一二三四五六"
                and end == at + 1
                and text[nth.start() - 1 : nth.start()] not in tuple("一二两三四五六七八九十每几0123456789个")
            ):
                more = re.compile("(?:[至到、—-](?:周|星期)?[一二三四五六日])*").match(text, end)
                return more.end() if more else end
        elif word in ("初", "正月", "腊月", "大年", "冬月", "闰月") or word.startswith("农历"):
            if text[at] in _CN:
                return end
        elif word in _RANKED:
            if text[end : end + 1] in "，。；、）)" and len(text[at:end]) <= 3 and text[at] in "一二三四五六七八九十":
                return end
            place = re.compile(r" ?位(?!于)").match(text, end)
            if word in ("列", "居", "位列", "位居", "名列", "排名", "排在") and (
                place or text[end : end + 1] in "，。；、"
            ):
                return place.end() if place else end
        elif (
            word in ("国", "欧", "京", "沪", "吉", "型", "运", "山东", "福建", "东风", "国际", "级", "阶段", "省级")
            and text[at] not in _CN
        ):
            if word in ("国", "欧") and text[at:end] in tuple("123456") and text[end : end + 1] not in tuple("个人"):
                return end
        elif word not in (
            "国",
            "欧",
            "京",
            "沪",
            "吉",
            "型",
            "运",
            "山东",
            "福建",
            "东风",
            "国际",
            "级",
            "阶段",
            "省级",
            "列",
            "居",
        ):
            return end
    if previous in ("", "\n"):
        listed = _LIST.match(text, at)
        if listed and text[at:end] == listed[0].rstrip(" 、.．)）"):
            return listed.end()
    if previous and previous in "(（" and (listed := _BRACKETED.match(text, at)):
        return listed.end()
    if text[at] in "一二三四五六七八九十" and (not previous or previous in "，。；：、,;:！？\n ”“(（其"):
        first = _FIRSTLY.match(text, at)
        if first and not (previous == "" and first[0][-1] == "为"):
            return first.end()
    if (
        text[end : end + 1] in _MEASURES
        and text[at] in _ARABIC
        and text[end - 1] in _ARABIC
        and text[at : at + 2] not in _CENTURIES
    ):
        return 0
    if (place := _PLACE.match(text, at)) and text[at] != "两":
        return place.end()
    if (weight := _CLASS.match(text, at)) is not None:
        return weight.end()
    if (date := DATE.match(text, at)) is not None and date.end() >= end and not _lasts(text, at, end, date.end()):
        return date.end()
    if (clock := CLOCK.match(text, at)) is not None and not _scored(text, at, clock.end(), clock[0]):
        return clock.end()
    if text[end : end + 1] in "点时" or text[end : end + 2] in (" 点", " 时"):
        hour = _HOUR.match(text, at)
        if hour and not text.startswith(_TALK, end + 1):
            lead = text[max(at - 4, 0) : at]
            if (_DAYTIME.search(lead) and not _MARKET.search(lead[:-1] if lead.endswith("到") else lead)) or text[
                hour.end() - 1
            ] == "时":
                return hour.end()
    if text[end : end + 3] == "次会议" and text[at - 1 : at] in tuple("大协届会"):
        return end + 3
    if text[end : end + 1] == "班" and text[max(at - 2, 0) : at] == "年级":
        return end + 1
    if (storey := _STOREY.match(text, at)) is not None and storey.end() > end:
        return storey.end()
    if (ordinal := ORDINAL.match(text, at)) is not None and ordinal.end() > end:
        measured = text[ordinal.end() - 1] == "级" and _FORCE.search(text, max(at - 10, 0), at) is not None
        return 0 if measured else ordinal.end()
    return 0


_SENTENCE = re.compile("(?:徒刑|拘役|管制|监禁|刑期|判刑|判监|入狱|囚|判处|量刑)(?:为|达|约|共)?$")
_TERM = re.compile(r"\d{1,2}年\d{1,2}月(?![\d日初中下上底末份])")


def _lasts(text: str, at: int, end: int, date_end: int) -> bool:
    """Whether what looks like a date is a length of time: 拘留15日, 有期徒刑11年6月."""
    if _SENTENCE.search(text, max(at - 6, 0), at) and _TERM.match(text, at):
        return True
    return date_end == end + 1 and text[end] == "日" and _LASTING.search(text, max(at - 8, 0), at) is not None


def _tail(text: str, end: int) -> int:
    """The end of an ordinal with its measure word: 第5届, 第三个."""
    if text.startswith("个五年", end):  # 第十四个五年规划
        return end + 3
    return end + 1 if text[end : end + 1] in tuple("个届次条章名位号期批轮场项年天站版集季代步") else end


_SCORE = re.compile(
    "比[例由从为是达]|比分|大比分|[病师生男女债]比|完场|逼和|和局|打和|胜|负于|击败|不敌|战平|战胜|打平|领先|落后|赢|输给|逆转|扳平|局|首盘|次盘|决胜|横扫|淘汰|拿下|比例|配比|平局|握手言和|轻取|力克|完胜|险胜|败北|败下|落败|告负|失利|直落|过关|惨败|大败|小负|大胜|小胜|先下|再下|连下|扳回|打成|战成"
)


def _scored(text: str, start: int, end: int, words: str) -> bool:
    """Whether digits round a colon are the score of a match or a proportion, not a time of the day."""
    return ":" in words and scored(text, start, end)


def scored(text: str, start: int, end: int) -> bool:
    """Whether what stands round two numbers tells of a match or of a proportion."""
    return _SCORE.search(text, max(start - 16, 0), end + 12) is not None
