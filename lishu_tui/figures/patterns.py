"""The words of speech_verbs.txt and subjects.txt as patterns, those that end a clause read backwards."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures.folding import any_of, simple, words

REMEMBERED = 1 << 14
"""So many places are remembered: a text that names people late is read twice, and its clauses are asked about often."""


_WAYS = (
    "(?:[^，,。；;：:]{1,10}地|在[^，,。；;：:在]{1,12}(?:网站|平台|社群|脸书|网页|微博|帖文)|"
    "(?:回[复覆]|答[复覆]|离[庭场]|领取|宣判|判刑|求情|视察|质询|受访|答询|陈词|作供|盘问|开庭|庭审|调研|致辞|发言|总结|演讲|解说)[^，,。；;：:]{0,6}时|"
    "一[边面][^，,。；;：:一]{1,10}|(?<![如不共一会])(?:面)?(?:对|对着|向|跟|同|与|和|给|冲着|朝)[^，,。；;：:对向]{1,12}|"
    "(?:给|致|写给|发给)[^，,。；;：:]{1,40}(?:信|邮件|电|函)[中里]|"
    "(?:昨日|今日|昨天|今天|昨晚|日前|近日)[^，,。；;：:]{1,14}时|"
    "在[^，,。；;：:在]{1,24}(?:时|中|上|后|里|间|会|前|内|场|采访|访问)|"
    "(?:接受|面对|谈到|谈及|谈起|说起|提起|提到|回忆起|聊起|说到|讲到|回顾|针对|出席|参加|看着|望着|指着|拿着|拉着|抱着|走出|抹着|擦着|"
    "握着|端着|捧着|翻着|摸着|带着|数着|揉着|拍着|竖起|通过|透过)[^，,。；;：:]{0,24}|"
    "(?:微博|朋友圈|社交媒体|社交平台|推特|脸书|博客|官网|脸谱|公众号|直播间)[^，,。；;：:]{0,14}|"
    "\\d{1,2}[日号](?:晚间|晚|上午|下午|早上|清晨|凌晨|中午|傍晚|早|晨|电)?|(?:今|昨|前|当|次)[天日晚早晨](?:上午|下午|晚间|早上|晚|早|中午|清晨|凌晨)?|"
    "用[^，,。；;：:]{1,14}(?:语气|口吻|口气|声音|方式|普通话|英语|中文|方言|的话)|"
    "(?:上午|下午|晚上|晚间|早上|清晨|凌晨|中午|傍晚)|[^，,。；;：:]{1,6}着|"
    "(?:发布|发表|发出|刊发|召开|举行|出具|晒出)(?!的)[^，,。；;：:]{0,10}(?:声明|公告|通报|微博|消息|长文|文章|动态|视频|回应|发布会|说明会|记者会|函|推文|帖|新闻稿|新闻公报|报告))"
)


class Patterns(NamedTuple):
    say: frozenset[str]
    introducing: frozenset[str]
    call: frozenset[str]
    adverb: re.Pattern[str]
    ways: re.Pattern[str]
    object: re.Pattern[str]
    to_whom: re.Pattern[str]
    pronoun: re.Pattern[str]
    role: re.Pattern[str]
    body: re.Pattern[str]
    nobody: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """What the rules about speakers go by; those that end a clause are read backwards."""

    def back(kind: str, *more: str) -> re.Pattern[str]:
        return re.compile(any_of(w[::-1] for w in (*words("subjects.txt", kind), *more)))

    return Patterns(
        say=frozenset(words("speech_verbs.txt", "say")),
        introducing=frozenset(words("speech_verbs.txt", "quoting", "told")),
        call=frozenset(words("speech_verbs.txt", "call")),
        adverb=back("adverb"),
        ways=re.compile(simple(_WAYS)),
        object=re.compile(
            "(" + any_of(words("speech_verbs.txt", "told")) + simple(")((?!题|答|卷|是|只有)[^，,。；;：:]{1,12})$")
        ),
        to_whom=re.compile(
            "(?:" + any_of(words("speech_verbs.txt", "told")) + simple(")(?:[我你他她]们?|大家|记者|对方)$")
        ),
        pronoun=back("pronoun"),
        role=back("role", *words("offices.txt", "office", "calling", "kind")),
        body=back("body"),
        nobody=back("none"),
    )
