"""Who says what: quoted speech with its speaker, told from words in quotation marks that nobody says.

A quotation is taken for speech by one of these rules, which `Speech.rule` names:

colon     a verb of saying or a person, and a colon, stand before it: 徐曉芳說：“…”
before    a verb of saying stands before it, with a comma or nothing between: 她表示“…”
after     somebody and a verb of saying follow it: “…”志愿者王雪英說
saying    it is called what somebody says or thinks: “…”這是周美希的心聲 · 他常說的一句話是“…”
free      whole sentences in marks stand among sentences: the speaker is who was or will be spoken of
goes_on   it continues the speech of the paragraph before, or stands in a row with other speech

All else in marks is a name, a slogan or a word used with reserve (“一盤棋”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from lishu_tui.figures import speakers
from lishu_tui.figures.folding import any_of, simple
from lishu_tui.figures.folding import words as word_list
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import (
    CLAUSE_ENDS,
    MASK,
    SENTENCE_ENDS,
    Page,
    Speech,
    people_between,
    segments_of,
)
from lishu_tui.figures.patterns import patterns
from lishu_tui.figures.persons import same, speech
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.unattributed import FURTHEST, answerer, free, pausing, stated
from lishu_tui.figures.whose import named_before, reported, said_by, said_by_all, subject


def find_speech(paragraphs: str | Sequence[str]) -> list[Speech]:
    """The quoted speech of a text, given as its paragraphs (or as one), in order. See the rules above."""
    page = Page([paragraphs] if isinstance(paragraphs, str) else paragraphs)
    return read_speech(page)


def read_speech(page: Page) -> list[Speech]:
    """The speech of a page, read again if it names people not known before, for they may speak earlier."""
    known = len(page.known)
    _read(page)
    if len(page.known) > known:
        page.find_again()
        page.said.clear()
        _read(page)
    return page.said


def _read(page: Page) -> None:
    before: tuple[Quoted, Speech] | None = None
    for n, quoted in enumerate(page.quotes):
        following = page.quotes[n + 1] if n + 1 < len(page.quotes) else None
        found = _one(page, quoted, before, following)
        if found is not None:
            page.said.append(found)
            before = (quoted, found)
        elif before is not None and quoted.paragraph > before[0].paragraph:
            before = None if quoted.paragraph > before[0].paragraph + 1 else before


_SENTENTIAL = re.compile(simple("[我你您咱俺他她]|[，。！？!?；]|[吗呢吧啊嘛呀哦啦]"))


_PERSONAL = re.compile(simple("[我你您咱俺佢咁嘅咗哋喺冇啲]|[！？!?]|[吗呢吧啊嘛呀哦啦]"))


_VERBAL = re.compile(simple("[是不很要会没都就也能让有在了太将被把可应]"))


_NOUN_AFTER = re.compile(simple(
    "的|等|活动|工程|口号|精神|机制|理念|做法|模式|行动|计划|战略|称号|主题|原则|目标|字样|标语|名义|方式|之[称名说]|为|一词|二字|[三四五六八]字|四个字|这|战|政策|制度|体系|工作|现象|问题|之"
))  # fmt: skip


_USED = re.compile(
    simple(
        "的|等(?!到|待|我|他)|一[词语]|二字|[三四五六八]字|四个字|之[称名]|字样|为[主题名]|这[一个种样][^，。]{0,4}[词话口]"
    )
)
"""After whole sentences in marks: they are named, not said."""


_SHOWN = re.compile(
    simple(
        "口号|标语|主题|题目|横幅|歌词|谚语|俗话|诗云|诗句|成语|字样|大字|条幅|标题|规定|对联|古语|有云|常言|老话|牌匾|海报|片名|书名|名字|名称|简称"
    )
)


_SAYING_BEFORE = re.compile(
    simple(
        "(?:目标|初衷|梦想|期望|秘诀|一句话|口头禅|回答|说法|感受|印象|想法|话|愿望|座右铭|解释|理由|答案|态度|回应|名言|心里话|信念|心愿|念头|建议|答复|反应|答覆|体会|看法|观点)(?:就|便|却|都|仍|还)?是$|(?<![这那哪每同说另])一句$"
    )
)


_SAYING_AFTER = re.compile(simple("[，,]?(?:这|以上|此|那)?(?:就|正|便|也|都)?(?:是|句话|番话|段话|话|些话)"))


_SAYING_NOUN = re.compile(
    simple(
        "质疑|疑问|呼声|诉求|担忧|心声|感受|体会|话|想法|心愿|愿望|口头禅|信念|座右铭|回答|承诺|感慨|感言|心里话|肺腑之言|感悟|期盼|评价|看法|说法"
    )
)


class _Setting(NamedTuple):
    """A quotation with what stands round it: its sentence begins at `low`, and the words before it end at `end`."""

    words: str
    low: int
    end: int
    colon: bool
    comma: bool
    ended: bool
    """Whether the words end a sentence."""
    fresh: bool
    """Whether nothing stands before them in their sentence."""
    shown: bool
    """Whether they are said to be called or written somewhere."""
    sentential: bool
    follows: str

    @property
    def used(self) -> bool:
        """Whether the words are a name for what follows them."""
        return self.follows != "" and (_USED if self.ended else _NOUN_AFTER).match(self.behind) is not None

    behind: str
    """The words behind the closing mark, as far as a name reaches."""


def _setting(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None) -> _Setting:
    masked = page.masked[q.paragraph]
    words = page.plain[q.paragraph][q.start : q.end]
    low = _clause_start(page, q, masked, before)
    head = masked[low : q.first].rstrip(" \u3000")
    colon, comma = head.endswith(("：", ":")), head.endswith(("，", ","))
    end = low + len(head) - (colon or comma)
    return _Setting(
        words=words,
        low=low,
        end=end,
        colon=colon,
        comma=comma,
        ended=words.rstrip("”’』」\"' ")[-1:] in SENTENCE_ENDS or not q.sound,
        fresh=not head,
        shown=speakers.calls(masked, low, end) or _SHOWN.search(masked, max(low, end - 14), end) is not None,
        sentential=_SENTENTIAL.search(words) is not None or (len(words) >= 6 and _VERBAL.search(words) is not None),
        follows=masked[q.last : q.last + 1],
        behind=masked[q.last : q.last + 8],
    )


def _one(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, following: Quoted | None) -> Speech | None:
    masked = page.masked[q.paragraph]
    if not any(c.isalnum() for c in page.plain[q.paragraph][q.start : q.end]):
        return None
    if q.goes_on and before is not None and before[0].paragraph == q.paragraph - 1:
        return speech(page, q, same(before[1]), "goes_on")
    if before is not None and _listed(masked, before[0], q):
        answers = answerer(page, q, before)
        found = _after(page, q, before, False, following) if answers is not None else None
        return found or speech(page, q, answers or same(before[1]), "goes_on")
    s = _setting(page, q, before)
    if (found := _brought_in(page, q, s, before, following)) is not None:
        return found
    closed = s.ended or (s.fresh and s.follows in tuple("。！？") and len(s.words) >= 10 and s.sentential)
    pauses = s.words[-1:] in ("，", ",")
    if (closed or pauses or (s.follows in ("，", ",") and len(s.words) >= 4 and s.fresh)) and (
        found := _after(page, q, before, s.fresh or s.ended, following)
    ) is not None:
        return found
    if s.fresh and pauses and len(s.words) >= 5 and (found := pausing(page, q, before, following)) is not None:
        return found
    if closed and s.fresh and len(s.words) >= 4 and not s.shown and not s.used:
        return free(page, q, before)
    return _clause(page, q, s, before)


def _brought_in(
    page: Page, q: Quoted, s: _Setting, before: tuple[Quoted, Speech] | None, following: Quoted | None
) -> Speech | None:
    """Words that a colon, a verb of saying or a noun for what is said brings in."""
    masked, words = page.masked[q.paragraph], s.words
    verb = _verb_before(masked, s.low, s.end)
    if s.colon and verb is not None and not (s.shown and not s.ended):
        return named_before(page, q, s.low, verb[0], "colon", before)
    if s.colon and not s.shown and (s.ended or len(words) >= 6):
        who = subject(page, q.paragraph, s.low, s.end, verb=False)
        if who is not None and (s.ended or s.sentential):
            return said_by(page, q, who, "colon", before)
        if s.ended and len(words) >= 8 and _PERSONAL.search(words):
            return named_before(page, q, s.low, s.end, "colon", before)
    face = len(words) <= 4 and _called().fullmatch(words) is not None
    if not s.colon and verb is not None and not s.shown and s.end > s.low and not face:
        whole = s.follows in ("", *"，,。；;！？!?、…）)" + MASK) or s.ended
        if s.comma or verb[1] in _ANSWERS:
            enough = len(words) >= (2 if verb[1] in _ANSWERS else 4)
        else:
            states = _states(words) and masked.endswith(verb[1], s.low, s.end)
            enough = len(words) >= 4 and _introduces(verb[1]) and (s.sentential or len(words) >= 10 or states)
        if enough and (whole or (s.sentential and len(words) >= 8)) and not _NOUN_AFTER.match(s.behind):
            reports = masked[max(s.low, s.end - 2) : s.end] in _REPORTING
            if reports and (found := _after(page, q, before, False, following)) is not None:
                return found  # 據報導，「…」，主任黃明達表示
            return named_before(page, q, s.low, verb[0], "before", before)
    says = _SAYING_BEFORE.search(masked, max(s.low, s.end - 12), s.end)
    if says is not None:
        replies = masked[says.start() : says.start() + 2] in _REPLIES
        if replies or (len(words) >= 4 and (s.sentential or s.colon)):
            whose = says.start() - (masked[says.start() - 1] == "的")  # 該校|的解釋是
            return named_before(page, q, s.low, whose if whose > s.low else s.end, "saying", before)
    return None


def _clause(page: Page, q: Quoted, s: _Setting, before: tuple[Quoted, Speech] | None) -> Speech | None:
    """Words that end a sentence which has told what somebody says, or are one among such."""
    masked, words = page.masked[q.paragraph], s.words
    personal = _PERSONAL.search(words) is not None
    linked = masked[s.end - 1] in _LINKS
    at_once = _HE_BEFORE.search(masked, s.low, s.end) is not None or masked[max(s.low, s.end - 3) : s.end] in page.known
    predicate = not s.colon and s.follows == "。" and not linked and _predicate(words) and not s.ended and s.end > s.low
    goes_on = (s.comma and not s.ended) or at_once or predicate
    stops = s.follows in ("", *"。！？，；", MASK)
    if goes_on and stops and len(words) >= 4 and not s.shown:
        told = reported(page, q.paragraph, s.low, s.end)
        if told is not None:
            return said_by(page, q, told, "before", before)
    told = weightiest(page.sayings(q.paragraph), s.low, s.end, opening=True)
    whole = s.ended or words[-1:] in ("，", ",") or (s.follows in tuple("。！？") and personal)
    if s.comma and whole and s.sentential and len(words) >= (10 if told is None else 4):
        if s.shown or s.used:
            return None
        if told is None and s.ended and subject(page, q.paragraph, s.low, s.end, verb=False) is None:
            return free(page, q, before)
        return named_before(page, q, s.low, s.end, "free", before)
    if s.shown or s.used:
        return free(page, q, before) if s.ended and q.sound and s.colon and before is not None else None
    if s.comma and stops and len(words) >= 6 and s.sentential:
        found = stated(page, q, s.low, s.end, before)
        if found is not None:
            return found
    if s.ended and personal and len(words) >= 20 and not s.colon:
        return free(page, q, before)
    if s.ended and q.sound and not s.colon and len(words) >= 5 and s.sentential:
        spoke = before is not None and before[0].paragraph == q.paragraph and before[1].speaker is not None
        if spoke and s.follows in ("", MASK) and s.end > s.low and not linked:
            return free(page, q, before)  # …，對於票房數字「完全不敢想。」
    return free(page, q, before) if s.ended and q.sound and s.colon and before is not None else None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """What somebody is called to the face: 朝著奶奶喊“媽媽” is no speech."""
    return re.compile(any_of(word_list("offices.txt", "kind", "title")))


def _states(words: str) -> bool:
    """Whether a few characters right behind a verb of saying are a statement: 強調「需求強勁」, 訛稱「收不到轉帳」."""
    return len(words) >= 4 and (
        _STATE.search(words) is not None or _VERBAL.search(words, 0, len(words) - 1) is not None
    )


_STATE = re.compile(
    simple(
        "(?:强劲|强烈|稳定|良好|不错|很好|正常|困难|严重|严峻|充足|不足|不够|有限|巨大|明显|可期|乐观|满意|无罪|冤枉|无辜|清白|顺利|安全|完成|成功|失败|合理|公平|不公|可惜|提高|下降|上升|增加|减少|改善|尊重|遗憾|感谢|支持|反对|同意|接受|拒绝|欢迎|期待|理解|配合|负责|道歉)$"
    )
)
"""What short statements without a word of grammar end in."""


def _introduces(verb: str) -> bool:
    return verb in patterns().introducing or verb[-1] in "说道问喊"


_HE_BEFORE = re.compile(simple("[他她你我们己]$"))
"""The subject of a clause whose rest stands in marks: 他們「先前提出的問題太敏感」。"""
_REPORTING = frozenset(simple("报道 报导 消息").split(" "))
_PREDICATE = re.compile(simple("有|没|不|会|要|将|能|可|应|必|需|让|使|令|很|更|最|太|已|还|都|只|就|仍|正在|并"))
_NAMES_A_THING = re.compile("的.{1,4}$")


def _predicate(words: str) -> bool:
    """Whether words in marks are what is said of the words before them, not a name for something."""
    if len(words) < 8 or "、" in words:  # 更高、更快、更強
        return False
    return _PREDICATE.match(words) is not None and _NAMES_A_THING.search(words) is None


_REPLIES = frozenset(simple("回答 答案 答复 答覆 回应").split(" "))
_LINKS = frozenset(simple("是为的成作了在如像即叫"))
"""After these, words in marks are a name for something, though they are a sentence."""
_ANSWERS = frozenset(simple("回答 答 答道 大喊 喊 喊道 高喊 高呼 大呼 直呼 叫道 反问 追问 问 回应").split(" "))
"""Verbs that bring in even one word."""


def _listed(masked: str, before: Quoted, q: Quoted) -> bool:
    """Whether nothing, or a mark as between things in a row, parts two quotations: “…”、“…”"""
    return before.paragraph == q.paragraph and masked[before.last : q.first].strip(" \u3000") in ("", "、", "；", "。")


def _clause_start(page: Page, q: Quoted, masked: str, before: tuple[Quoted, Speech] | None) -> int:
    """Where the sentence begins that leads up to a quotation; speech before it is not part of it."""
    low = max(0, q.first - FURTHEST)
    if before is not None and before[0].paragraph == q.paragraph:
        low = max(low, before[0].last)
    for at in range(q.first - 1, low - 1, -1):
        if masked[at] in SENTENCE_ENDS or masked[at] in "；;\n":
            return at + 1
    return low


def _verb_before(masked: str, low: int, end: int) -> tuple[int, str] | None:
    """The verb of saying right before a quotation, or before the 自己 with which it begins: 他表示自己「…」"""
    segment = _last_segment(masked, low, end)
    own = masked[end - 2 : end] == "自己" and end - 2 > segment
    return speakers.verb_at_end(masked, segment, end - 2 if own else end)


def _last_segment(masked: str, low: int, high: int) -> int:
    return max([low, *(masked.rfind(c, low, high) + 1 for c in CLAUSE_ENDS)])


def _after(
    page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, sure: bool, following: Quoted | None
) -> Speech | None:
    """Speech whose speaker follows it: “…”，志愿者王雪英說。"""
    masked = page.masked[q.paragraph]
    low = q.last
    while masked[low : low + 1] in tuple("，,。 \u3000") and low < len(masked):
        low += 1
    limit = min(len(masked), low + FURTHEST // 2)
    if following is not None and following.paragraph == q.paragraph:
        few = following.end - following.start <= 8 and masked[following.first - 1] not in "，,：:"  # 冬季「西瓜」產季
        limit = min(limit, following.last if few else following.first)
    high = low
    while high < limit and masked[high] not in SENTENCE_ENDS and masked[high] not in "；;":
        high += 1
    if high <= low:
        return None
    if _SAYING_AFTER.match(masked, low, high) and (noun := _SAYING_NOUN.search(masked, low, high)):
        start = _SAYING_AFTER.match(masked, low, high).end()  # type: ignore[union-attr]
        de = noun.start() - 1 if masked[noun.start() - 1 : noun.start()] == "的" else noun.start()
        listed = people_between(page, q.paragraph, start, de)
        if listed:
            return said_by_all(page, q, listed, "saying")
        if (found := speakers.subject_at_end(masked, start, de, page.known)) is not None:
            return said_by(page, q, found, "saying", before)
    segments = segments_of(masked, low, high)
    for n, (a, b) in enumerate(segments[:4]):
        verb = speakers.verb_at_end(masked, a, b)
        if verb is None and n == 0:
            verb = _verb_early(masked, a, b)
        if verb is None:
            continue
        brings = masked[b : b + 1] in ("：", ":")
        if brings and verb[1] in _ANSWERS and page.plain[q.paragraph][q.end - 1] in "？?":
            break  # “…？”范雅琳答：“…”
        if (
            brings
            and following is not None
            and following.paragraph == q.paragraph
            and following.first - b < 3
            and n > 0
        ):
            break
        if (
            brings
            and before is not None
            and before[0].paragraph == q.paragraph
            and not people_between(page, q.paragraph, a, b)
        ):
            break
        found = subject(page, q.paragraph, low, verb[0])
        if found is not None:
            return said_by(page, q, found, "after", before)
        if not sure:
            return None
        break
    return None


_EARLY = re.compile(
    simple(
        "说(?=起|到|完|着|罢|出|得|的|这|,|，|$)|(?:告诉|表示|介绍|坦言|感慨|回忆|认为|指出|强调|透露|写道|解释|说道|笑道|感叹)"
    )
)


def _verb_early(masked: str, low: int, high: int) -> tuple[int, str] | None:
    """A verb of saying that goes on after itself: “…”王雪英告訴記者她已經…"""
    found = _EARLY.search(masked, low, min(high, low + 36))
    if found is None:
        return None
    stripped = speakers.strip_ways(masked, low, found.start())
    return (found.start(), found[0]) if speakers.subject_at_end(masked, low, stripped) else None
