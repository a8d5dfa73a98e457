"""What a length of time is of: what lasts so long, or what was done so long."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.counted import following, preceding
from lishu_tui.figures.folding import any_of
from lishu_tui.figures.wordlists import word_lists

_HAN = "\u3400-\u9fff"
_WORD_OF_TWO = re.compile("[^已经都也还就只仅才又再我你他她它们虽然但而曾总共约花用过等待了起去来][^花用过等待去来起]")
"""What a verb of two characters may be: 工作, not an adverb with a verb of one (只花, 又等)."""
_DID = re.compile(f"([{_HAN}]{{2}})了(?:整整|近|约|超过|足足|将近|大约|至少)?$")
_GOES_ON = re.compile("(?:持续|历时|延续)(?:约|近|超过)?$")
_LASTING = frozenset("保持 持续 进行 延续 维持 耗费 花费 提前 推迟 延迟 延长 缩短".split())  # noqa: SIM905
_LASTS = re.compile("(?:任期|假(?=[到去，。回])|有期徒刑|徒刑|拘役|管制|历史|工期|寿命|假期|长假|教龄|党龄|工龄|驾龄)")
_FROM_MARK = frozenset("，。；：！？、,;:!?（(\n ") | {""}
_TO_MARK = frozenset("，。；、！？,;)）") | {""}
_SPAN = (
    "期",
    "天数",
    "年限",
    "时间",
    "时长",
    "间隔",
    "全程",
    "程",
    "龄",
    "寿命",
    "历史",
    "学制",
    "误差",
    "用时",
    "耗时",
)
_TERM = re.compile(
    "(?:监禁|判刑|有期徒刑|徒刑|拘役|管制|工期|寿命|时间|时长|刑期|任期|期限|保质期|工龄|学制|教龄|党龄|军龄|驾龄|跨度|航程|车程|行程|缓刑|剥夺政治权利|禁赛|停赛|合同期|有效期|质保期|使用期|生长期|潜伏期|周期|历史)(?:为|达|约|是|有|超过|近)?$"
)


def aged(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """The age or term right before a length of time: 楼龄|58年的唐楼."""
    noun = preceding(text, start, floor)
    return noun if noun and text[noun[1] - 1] in "龄期限程" and noun[1] == start else None


_FASTER = re.compile(f"[比较][{_HAN}0-9]{{1,14}}(?:快|慢|早|晚|长|短|少|多)了?$|(?:只|仅|还)差$")


def _begins_with_what_lasts(text: str, end: int) -> tuple[int, int] | None:
    """What lasts so long, right behind: 三天|赛程首日."""
    found = _lasting().match(text, end)
    if found is None or text[found.end() : found.end() + 1] in _COMPOUND:
        return None
    return found.span()


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    return re.compile(any_of(word_lists().lasting))


_COMPOUND = tuple("者员费期团组站所会队表证")


def done(text: str, start: int, end: int, floor: int) -> tuple[int, int] | None:
    """What is done for a length of time, where a verb with 了 says so (工作了36个年头), or what lasts it."""
    base = max(floor, start - 12)
    if (behind := _LASTS.match(text, end)) is not None:
        return behind.span()
    if (lasts := _begins_with_what_lasts(text, end)) is not None:
        return lasts
    if _FASTER.search(text, max(start - 20, 0), start) and (noun := preceding(text, start, floor)) is not None:
        return noun
    ahead = following(text, end, False)
    if ahead is not None and text[slice(*ahead)].endswith(word_lists().lasting):
        return ahead
    found = _DID.search(text[base:start]) or _TERM.search(text[base:start])
    if found is None:
        noun = preceding(text, start, floor)
        if noun and _GOES_ON.search(text, max(start - 5, 0), start):
            return noun
        if (
            noun
            and noun[1] == start
            and text[noun[0] - 1 : noun[0]] in _FROM_MARK
            and text[noun[1] - 1] != "今"
            and text[end : end + 1] in _TO_MARK
        ):
            return noun  # 手术约20至30分钟, a clause of its own
        return noun if noun and text[noun[0] : noun[1]].endswith(_SPAN) else None
    if found.re is _DID:
        if found[1] in _LASTING:
            return preceding(text, base + found.start(1), floor)
        if text[base + found.start(1)] in "里上中下" or not _WORD_OF_TWO.fullmatch(found[1]):
            return None
        if word_lists().before.fullmatch(found[1][1]):
            return None  # 已经等了12年
        return base + found.start(1), base + found.end(1)
    words = re.sub("(?:为|达|约|是|有|超过|近)$", "", found[0])
    return base + found.start(), base + found.start() + len(words)
