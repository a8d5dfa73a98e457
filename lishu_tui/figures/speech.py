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

from lishu_tui.figures import speakers
from lishu_tui.figures.folding import any_of, simple
from lishu_tui.figures.folding import words as word_list
from lishu_tui.figures.marks import Quoted
from lishu_tui.figures.page import (
    CLAUSE_ENDS,
    MASK,
    NOBODY,
    SENTENCE_ENDS,
    Page,
    Speech,
    Who,
    people_between,
    segments_of,
)
from lishu_tui.figures.sayings import weightiest
from lishu_tui.figures.speakers import Subject
from lishu_tui.figures.whose import (
    announced,
    antecedent,
    mentioned,
    named_before,
    old_one,
    one_speaks,
    reported,
    said_by,
    said_by_all,
    same,
    speech,
    subject,
    who_else,
)

FURTHEST = 160
"""So many characters before and after a quotation are read for its speaker."""


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


def _one(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, following: Quoted | None) -> Speech | None:
    masked = page.masked[q.paragraph]
    words = page.plain[q.paragraph][q.start : q.end]
    if not any(c.isalnum() for c in words):
        return None
    if q.goes_on and before is not None and before[0].paragraph == q.paragraph - 1:
        last = before[1]
        return speech(page, q, same(last), "goes_on")
    if before is not None and _listed(masked, before[0], q):
        answerer = _answerer(page, q, before)
        found = _after(page, q, before, False, following) if answerer is not None else None
        return found or speech(page, q, answerer or same(before[1]), "goes_on")
    low = _clause_start(page, q, masked, before)
    high = q.first
    head = masked[low:high].rstrip(" \u3000")
    colon = head.endswith(("：", ":"))
    comma = head.endswith(("，", ","))
    end = low + len(head) - (colon or comma)
    ended = words.rstrip("”’』」\"' ")[-1:] in SENTENCE_ENDS or not q.sound
    verb = _verb_before(masked, low, end)
    shown = speakers.calls(masked, low, end) or _SHOWN.search(masked, max(low, end - 14), end) is not None
    follows = masked[q.last : q.last + 1]
    fresh = not masked[low:high].strip()
    sentential = _SENTENTIAL.search(words) is not None or (len(words) >= 6 and _VERBAL.search(words) is not None)
    if colon and verb is not None and not (shown and not ended):
        return named_before(page, q, low, verb[0], "colon", before)
    if colon and not shown and (ended or len(words) >= 6):
        if (who := subject(page, q.paragraph, low, end, verb=False)) is not None and (ended or sentential):
            return said_by(page, q, who, "colon", before)
        if ended and len(words) >= 8 and _PERSONAL.search(words):
            return named_before(page, q, low, end, "colon", before)
    if (
        not colon
        and verb is not None
        and not shown
        and end > low
        and not (len(words) <= 4 and _called().fullmatch(words))
    ):
        whole = follows in ("", *"，,。；;！？!?、…）)" + MASK) or ended
        enough = (
            len(words) >= (2 if verb[1] in _ANSWERS else 4)
            if comma or verb[1] in _ANSWERS
            else (
                len(words) >= 4
                and _introduces(verb[1])
                and (sentential or len(words) >= 10 or (_states(words) and masked.endswith(verb[1], low, end)))
            )
        )
        if enough and (whole or (sentential and len(words) >= 8)) and not _NOUN_AFTER.match(masked, q.last):
            if (
                masked[max(low, end - 2) : end] in _REPORTING
                and (found := _after(page, q, before, False, following)) is not None
            ):
                return found  # 據報導，「…」，主任黃明達表示
            return named_before(page, q, low, verb[0], "before", before)
    says = _SAYING_BEFORE.search(masked, max(low, end - 12), end)
    answers = says is not None and masked[says.start() : says.start() + 2] in _REPLIES
    if says is not None and (answers or (len(words) >= 4 and (sentential or colon))):
        whose = says.start() - (masked[says.start() - 1] == "的")  # 該校|的解釋是
        return named_before(page, q, low, whose if whose > low else end, "saying", before)
    closed = ended or (fresh and follows in tuple("。！？") and len(words) >= 10 and sentential)
    pausing = words[-1:] in ("，", ",") or (follows in ("，", ",") and len(words) >= 4 and fresh)
    if (closed or pausing) and (found := _after(page, q, before, fresh or ended, following)) is not None:
        return found
    if (
        fresh
        and words[-1:] in ("，", ",")
        and len(words) >= 5
        and (found := _pausing(page, q, before, following)) is not None
    ):
        return found
    used = follows != "" and (_USED if ended else _NOUN_AFTER).match(masked, q.last) is not None
    if closed and fresh and len(words) >= 4 and not shown and not used:
        return _free(page, q, before)
    personal = _PERSONAL.search(words) is not None
    at_once = _HE_BEFORE.search(masked, low, end) is not None or masked[max(low, end - 3) : end] in page.known
    predicate = not colon and follows == "。" and masked[end - 1] not in _LINKS and _predicate(words)
    goes_on = (comma and not ended) or at_once or (predicate and not ended and end > low)
    goes_on = goes_on and follows in ("", *"。！？，；", MASK) and len(words) >= 4 and not shown
    if goes_on and (told := reported(page, q.paragraph, low, end)) is not None:
        return said_by(page, q, told, "before", before)
    told = weightiest(page.sayings(q.paragraph), low, end, opening=True)
    enough = len(words) >= (10 if told is None else 4)
    broken_off = words[-1:] in ("，", ",")
    if comma and (ended or broken_off or (follows in tuple("。！？") and personal)) and sentential and enough:
        if shown or used:
            return None
        if told is None and ended and subject(page, q.paragraph, low, end, verb=False) is None:
            return _free(page, q, before)
        return named_before(page, q, low, end, "free", before)
    alone = comma and not shown and not used and follows in ("", *"。！？；，", MASK) and len(words) >= 6
    if alone and sentential and (found := _stated(page, q, low, end, before)) is not None:
        return found
    if ended and personal and len(words) >= 20 and not shown and not used and head[-1:] not in ("：", ":"):
        return _free(page, q, before)
    if ended and q.sound and not colon and len(words) >= 5 and sentential and not shown and not used:
        spoke = before is not None and before[0].paragraph == q.paragraph and before[1].speaker is not None
        if spoke and follows in ("", MASK) and end > low and masked[end - 1] not in _LINKS:
            return _free(page, q, before)  # …，對於票房數字「完全不敢想。」
    if ended and q.sound and colon and before is not None:
        return _free(page, q, before)
    return None


def _stated(page: Page, q: Quoted, low: int, end: int, before: tuple[Quoted, Speech] | None) -> Speech | None:
    """Words with a predicate that are a clause of their own behind a comma, in a sentence that is about somebody: 楼向阳
    说…，按他的说法，…，“不能年年看老天爷的脸色吃饭”。"""
    told = weightiest(page.sayings(q.paragraph), low, end) or mentioned(page, q.paragraph, low, end)
    if told is None or told.kind not in ("name", "titled", "pronoun"):
        return None
    return said_by(page, q, told, "before", before)


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
    return verb in speakers.patterns().introducing or verb[-1] in "说道问喊"


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


def _answerer(page: Page, q: Quoted, before: tuple[Quoted, Speech]) -> Who | None:
    """Who answers a question right behind it, “哪个月？”“五月以前。”: whoever else spoke last, in the same paragraph or the
    one before; None where it is no question or nobody else spoke."""
    asked = page.plain[before[0].paragraph][before[0].start : before[0].end]
    answer = page.plain[q.paragraph][q.start : q.end]
    if not asked.endswith(("？", "?")) or answer.endswith(("？", "?")):
        return None
    for said in reversed(page.said):
        if said.span.paragraph < q.paragraph - 2:
            return None
        if said.speaker and said.speaker != before[1].speaker and said.kind in ("name", "titled"):
            return same(said)
    return None


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


_LEADS_ON = re.compile(simple("说起|谈起|提起|谈到|说到|谈及|回忆|面对|看着|看到|望着|指着|聊起|想起|讲起|一"))


_COPULA = re.compile(simple("[是为有在原曾]"))


def _told_just_before(page: Page, q: Quoted) -> Subject | None:
    """Who is reported to say something in the sentence right before, where the next one tells of somebody what he is:
    蔣老師說，…。“…”姚志源是…"""
    masked = page.masked[q.paragraph]
    following = people_between(page, q.paragraph, q.last, min(len(masked), q.last + 12))
    if not following or following[0].start > q.last + 1 or not _COPULA.match(masked, following[0].end):
        return None
    at = q.first
    while at > 0 and masked[at - 1] in SENTENCE_ENDS:
        at -= 1
    low = at
    while low > 0 and at - low < FURTHEST and masked[low - 1] not in SENTENCE_ENDS + MASK:
        low -= 1
    told = weightiest(page.sayings(q.paragraph), low, at)
    return told if told is not None and told.kind in ("name", "titled", "pronoun") else None


_DASH = re.compile("[—─-]{1,3}")


def _acting(masked: str, low: int, high: int) -> Subject | None:
    """Somebody unnamed who acts in the sentence behind words that are a sentence: “…”指揮員有條不紊地安排任務。"""
    for a, b in segments_of(masked, low, high)[:4]:
        if masked[b : b + 1] in ("：", ":"):
            return None
        found = speakers.role_at_head(masked, a, b)
        if found is not None and masked[found.end - 2 : found.end] == "有人":
            return None
        if found is not None and (a == low or _MANNER.match(masked, found.end, b)):
            return found
    return None


_MANNER = re.compile(simple("[^，,。的]{1,6}地(?![方区点铁上下里面板])|[一-龥]{1,2}着"))


def _pausing(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None, following: Quoted | None) -> Speech | None:
    """Words that end in a comma and go on behind what somebody does: “总算有张床，”她长长呼了一口气，“今晚不用坐了。”"""
    if following is None or following.paragraph != q.paragraph or following.first - q.last > 24:
        return None
    masked = page.masked[q.paragraph]
    if masked[following.first - 1] not in "，,：:" or any(c in SENTENCE_ENDS for c in masked[q.last : following.first]):
        return None
    he = _HE_WITHIN.search(masked, q.last, following.first)
    if he is not None:
        return said_by(page, q, Subject(he.end() - 1, he.end(), "pronoun"), "after", before)
    found = mentioned(page, q.paragraph, q.last, following.first)
    return None if found is None else said_by(page, q, found, "after", before)


_HE_WITHIN = re.compile(simple("(?:^|[，,后时]|[\x00])[他她](?![们的])"))


def _sentence_end(page: Page, q: Quoted) -> int:
    """Where the sentence behind a quotation ends, or the next words are quoted; names in marks are passed over."""
    masked = page.masked[q.paragraph]
    high = q.last
    while high < len(masked) and high < q.last + 60 and masked[high] not in SENTENCE_ENDS:
        if masked[high] == MASK:
            name = page.quoted_at.get((q.paragraph, high))
            if name is None or name.end - name.start > 8 or page.plain[q.paragraph][name.end - 1] in SENTENCE_ENDS + "，,":
                break
            if masked[high - 1] in "，,：:" or high == q.last:
                break
            high = name.last
        else:
            high += 1
    return high


def _free(page: Page, q: Quoted, before: tuple[Quoted, Speech] | None) -> Speech:
    """Whole sentences in marks among sentences: said by whoever the next words or the last ones are about."""
    masked = page.masked[q.paragraph]
    high = _sentence_end(page, q)
    if (told := _told_just_before(page, q)) is not None:
        return said_by(page, q, told, "free", before)
    dash = _DASH.match(masked, q.last)
    for a, b in segments_of(masked, dash.end() if dash else q.last, high)[:4]:
        if masked[b : b + 1] in ("：", ":") and masked[b + 1 : b + 2] == MASK and a > q.last:
            break  # it brings in the next
        if (old := old_one(page, q.paragraph, a, b)) is not None:
            return speech(page, q, old, "free")
        if (found := mentioned(page, q.paragraph, a, b)) is not None:
            return said_by(page, q, found, "free", before)
        verb = speakers.verb_at_end(masked, a, b)
        stripped = speakers.strip_ways(masked, a, verb[0] if verb else b, page.known)
        found = speakers.subject_at_end(masked, a, stripped, page.known)
        kinds = ("name", "titled", "role") if _LEADS_ON.match(masked, q.last) else ("name", "titled")
        if found is not None and found.kind in kinds:
            return said_by(page, q, found, "free", before)
    spoke = before is not None and before[0].paragraph == q.paragraph and before[1].speaker is not None
    if not spoke and (acting := _acting(masked, q.last, high)) is not None:
        return said_by(page, q, acting, "free", before)
    if masked[: q.first].strip():
        who = who_else(page, q, before, q.first, he=one_speaks(page, q))
    else:
        who = announced(page, q.paragraph)
        if who is None and before is not None and q.paragraph - before[0].paragraph <= 2:
            who = _answerer(page, q, before) or same(before[1])
    who = who or antecedent(page, q.paragraph, q.first, he=one_speaks(page, q))
    return speech(page, q, who or NOBODY, "free")
