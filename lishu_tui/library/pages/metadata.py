"""What a page says of itself: in its head, in its by-lines, in its address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lishu_tui.library.captured import About
from lishu_tui.library.pages import dates, furniture
from lishu_tui.library.pages.content import Content, width
from lishu_tui.library.pages.head import Head
from lishu_tui.library.pages.saved import Saved, original

DATES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "article.published", "publishtime",
    "weibo:article:create_at", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.date", "dcterms.issued", "cxenseparse:recs:publishtime", "apub:time", "article_date_original",
    "bt:pubdate", "og:release_date", "release_date", "firstpublishedtime", "date", "og:time", "citation_date",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator",
    "byl", "parsely-author", "sailthru.author", "weibo:article:author",
)  # fmt: skip
SOURCES = ("source", "contentsource", "article:source", "mediaid", "og:article:source", "weibo:article:source")
SOURCE = re.compile(
    r"(?:来\s?源|來\s?源|稿源|出处|出處|发布机构|发布单位|信息来源|资料来源|文章来源|"
    r"新闻来源)\s{0,3}[：:]\s{0,3}([^\s|"
    r"｜：:\u3000]{2,40}(?:\s(?:Daily|News|Times|Post|Agency))?)"
)
OPEN_SOURCE = re.compile(r"(?:来源|來源)\s?[：:]\s*$")
VIA = re.compile(r"(?:转自|轉自|转载自|轉載自|转载于|转载来源)\s{0,2}[：:]?\s{0,2}([^\s|｜：:，。\u3000]{2,30})")
_NAME = r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,8}){0,3}"
AUTHOR = re.compile(
    rf"(?:(?:^|(?<=[|｜\s]))作者(?={_NAME}(?:$|[\s|｜]))|(?<![\u4e00-\u9fff])作\s{{0,2}}者\s{{0,2}}(?:[：:/／|丨]|"
    rf"\s)|(?:撰文|采写|採訪|^[（(【]?文)\s?[：:/／|"
    rf"丨])\s{{0,2}}"
    rf"((?:{_NAME}(?![\w（(])|[A-Z][\w.\-]+(?:\s[A-Z][\w.\-]+){{0,2}}|[^\s，。|｜：:=<>'/／、（(]{{2,20}}(?![=\w]))"
    rf"(?:[、，,/／ \u3000]{{1,2}}{_NAME}){{0,5}})"
)  # fmt: skip
REPORTER = re.compile(
    rf"(?<!答)(?:记者|記者|通讯员|通訊員)\s{{0,2}}[：:]?[ \u3000]{{0,2}}({_NAME}(?:[、，,/ \u3000]{{1,2}}(?!通讯员|"
    rf"通訊員|记者|記者|摄|文|"
    rf"图){_NAME}){{0,5}})"
    r"(?!\s{0,2}[/／]?\s{0,2}(?:摄|攝|供图|供圖))(?=\s{0,2}(?:$|[)）〕】\]／/|｜丨\t、，,。:：]|\s|通讯员|通訊員|摄|攝|文|图|[\u4e00-\u9fff]{2,3}(?:\d|"
    r"[一二三四五六七八九十])+日))"
)  # fmt: skip
NOT_NAMES = re.compile(
    r"^\d+$|@|^name$|^admin$|\.(?:com|net|cn)$|表示|介绍|会上|传|责任|摄影|作者|告诉|最新|文章|其他|简介|更多|整合|"
    r"编译|編譯|原创|匿名|来源|來源|编辑|"
    r"編輯|时间|時間|发布|發布|浏览|点击|阅读|字号|"
    r"责编|报道|報道|報導|了解|从|在|获悉|采访|對|对|问|"
    r"日电|日電|本报|本報|综合|整理|评论|分享|"
    r"佚名|未知|网站|管理员|^http|www|原标题"
)
WECHAT = re.compile(r"\bct\s{0,3}=\s{0,3}[\"'](\d{10})[\"']")
OFFICE = re.compile(r"^.{0,8}(?:记者|記者|作者|专栏作家|编辑|通讯员)$|^.{0,8}(?:记者|記者|专栏作者)(?=.)")
MEDIUM = re.compile("^(?:网易|新浪|腾讯|搜狐|凤凰|百度)|(?:[网網]|新[闻聞][网網社]?|日[报報]|[晚早时時]报|电视台)$")
ELSEWHERE = ("not shown", "related links", "comments")
LABELLED = re.compile(
    r"(?:发布|發布|发表|發表|发帖|發帖|posted|published)[^。]{0,12}(?:19|20)\d{2}|(?:19|20)\d{2}[^。]{6,60}(?:发表|發表)",
    re.IGNORECASE,
)
LABELLED_LONG = 240
"""A line that says of its date that something was published then, and how wide it may be."""
NOTE = 100
"""How wide a line at either end of the text may be to say when and by whom it was published."""
NEAREST = 3
ABOVE = 8
"""How many lines above a title may say who published it and when."""


def told(head: Head, content: Content, title: int | None, name: str, by: Saved, source: str, url: str) -> About:
    """All that the page says of itself; `url` is where it is known to come from."""
    canonical, captured = original(head.canonical or head.meta.get("og:url", ""))
    if "://" not in canonical:
        canonical = ""
    where = original(url)[0] or by.url or canonical
    lines = _bylines(content, title)
    publisher, via = _publisher(head, lines)
    media = {publisher, head.meta.get("og:site_name", ""), head.json("publisher")}
    authors = tuple(one for one in _authors(head, lines, content) if one not in media and not MEDIUM.search(one))
    return About(
        title=name, date=_date(head, lines, content, source, where or canonical), authors=authors,
        publisher=publisher, via=via, url=where, captured=by.captured or captured or original(url)[1], tool=by.tool,
    )  # fmt: skip


def _bylines(content: Content, title: int | None) -> list[str]:
    """The lines between the title and the text, the nearest above the title, then short ones at the end of the text."""
    text = content.text
    start = text[0] if text else len(content.lines)
    shown = [i for i in range(len(content.lines)) if content.dropped.get(i, ("",))[0] not in ELSEWHERE]
    if title is None or title > start:
        title = start
    between = [i for i in shown if title <= i < start]
    above = [i for i in shown if i < title][-ABOVE:][::-1]
    last = text[-1] if text else -1
    after = [i for i in shown if i > last][:ABOVE]
    ends = [i for i in text[:3] + text[-3:] if content.lines[i].kind == "text" and width(content.lines[i].text) <= NOTE]
    inside = [i for i in shown if start <= i <= last and i in content.dropped]
    order = dict.fromkeys((*between, *inside, *above[:NEAREST], *ends, *above, *after))
    return [content.lines[i].text for i in order]


def _date(head: Head, lines: Sequence[str], content: Content, source: str, url: str) -> str:
    said = [dates.of_meta(head.meta[name]) for name in DATES if name in head.meta]
    said.append(dates.of_meta(head.json("datePublished")))
    short = (line for line in lines if width(line) <= 200 and not furniture.LEGAL.search(line))
    seen = [date for line in short for date in dates.dates(line)[:1]]
    stamp = WECHAT.search(source)
    if stamp is not None and "js_content" in source:
        said.append(dates.of_epoch(stamp[1]))
    said = [date for date in said if date]
    if not said and not seen:
        seen = [date for line in content.lines if width(line.text) <= LABELLED_LONG and LABELLED.search(line.text)
                for date in dates.dates(line.text)[:1]][:1]  # fmt: skip
    if not said and not seen:
        seen = [date for time in head.times[:1] if (date := dates.of_meta(time))]
    if not said and not seen:
        return dates.of_url(url)
    best = (said or seen)[0]
    same = [date for date in (*said, *seen) if date[:10] == best[:10]]
    return max(same, key=len) if len(best) == 10 else best


def _publisher(head: Head, lines: Sequence[str]) -> tuple[str, str]:
    publisher = via = ""
    for at, line in enumerate(lines):
        if not publisher and (match := SOURCE.search(line)) is not None:
            publisher = _clean(match[1])
        elif not publisher and OPEN_SOURCE.search(line) and at + 1 < len(lines) and width(lines[at + 1]) <= 40:
            publisher = _clean(lines[at + 1])
        if not via and (match := VIA.search(line)) is not None:
            via = _clean(match[1])
    if not publisher:
        publisher = _clean(head.get(SOURCES)) if width(head.get(SOURCES)) <= 40 else ""
    publisher = head.account or publisher or head.meta.get("og:site_name", "") or head.json("publisher")
    return publisher, via


def _clean(name: str) -> str:
    name = re.split(
        r"(?:作者|责任编辑|责编|编辑|记者|发布(?:时间|日期|[：:])|时间|日期|浏览|点击|字号|打印|\d{4}[-年])", name
    )[0]
    name = re.sub("(?:举报|舉報|关注|我要投稿|原创)$", "", name.strip())
    name = name.strip(" \u3000\t|｜/【】[〔〕《》<>“”\"'，。,.:：;；-—")
    for first, last in ("()", "（）", "[]"):  # those of 第一财经日报(上海) belong to the name
        if name.count(first) != name.count(last) or name.startswith(first):
            name = name.strip(first + last)
    return name


def _authors(head: Head, lines: Sequence[str], content: Content) -> tuple[str, ...]:
    found: list[str] = []
    text = [content.lines[i].text for i in content.text[:2] + content.text[-2:]]
    for line in (*lines, *(piece for one in text for piece in (one[:80], one[-60:]))):
        for pattern in (AUTHOR, REPORTER):
            for match in pattern.finditer(line[:200]):
                found += _people(match[1])
        if found:
            break
    if not found:
        for name in (*head.json_all("author"), *re.split(r"[,，、;；]\s*", head.get(AUTHORS))):
            if 2 <= len(name.strip()) <= 40 and not NOT_NAMES.search(name):
                found.append(name.strip())
    return tuple(dict.fromkeys(found))


def _people(said: str) -> list[str]:
    names = [said.strip()] if said.isascii() else re.split(r"[、，,/／ \u3000]+", said.strip(" \u3000"))
    people = []
    for said_name in names:
        name = OFFICE.sub("", said_name)
        if not name:
            continue
        if len(name) < 2 or NOT_NAMES.search(name):
            break
        people.append(name)
    return people
