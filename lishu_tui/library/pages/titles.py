"""The title of a page: the line that is it where one is, and its words without those of the site."""

from __future__ import annotations

import re

from lishu_tui.library.pages import furniture
from lishu_tui.library.pages.content import END, PROSE_LEAST, SENTENCE_END, Content, is_link, width
from lishu_tui.library.pages.head import Head
from lishu_tui.library.pages.walking import Line

TITLES = ("og:title", "articletitle", "twitter:title", "weibo:article:title", "headline")
SEPARATORS = re.compile(
    r"\s*[_|｜»«•]\s*|\s+[-–—―:>·]+\s+|\s*--+\s*|"
    r"\s*(?:[-–]|—{1,2})\s*(?=[\u4e00-\u9fff\w.]{2,14}(?:网|網|报|報|台|频道|頻道|官网|在线|线|com|cn|中心|新闻|新聞|社|站)\s*$)"
)
SITE = re.compile(
    r"^\W*$|谢谢|感谢|欢迎|歡迎|首页|首頁|无标题|無標題|untitled|"
    r"论坛$|論壇$|blog|博客|频道$|頻道$|[网網]$|娱乐$|新闻$|新聞$",
    re.IGNORECASE,
)
"""What the head of a page calls it where that is no title of an article."""
NAMED = re.compile(r"(?:^|[ _-])(?:title|headline|tit|biaoti|bt|subject|h1)(?:[ _\d-]|$)|title")
LEVELS = {1: 0.5, 2: 0.35}
LONGEST = 300
"""How wide a title may be."""
UNLIKELY = 0.6
"""How much less a line counts that is a link or stands in furniture."""
SITE_FIT = 0.6
LEAST = 0.28
NEAR = 8
"""So many lines before the text its title may stand where the head of the page does not say it."""


def find_title(head: Head, content: Content) -> tuple[int | None, str]:
    """The line that is the title, if one is, and the title."""
    site = head.meta.get("og:site_name", "")
    whole = head.title
    others = [text for text in (*(head.meta.get(name, "") for name in TITLES), head.json("headline")) if text]
    bare = bare_title(whole, site)
    keys = [key for key in map(_key, (*others, whole)) if key]
    parts = [key for part in SEPARATORS.split(whole) if part and len(key := _key(part)) > 1]
    best, most = None, LEAST
    for i in range(_until(content)):
        weight = _weight(i, content, keys, parts)
        if weight >= most:
            best, most = i, weight
    far = best is None or best in content.dropped or (bool(content.text) and best < content.text[0] - NEAR)
    if far and not others and (SITE.search(bare) or (best is None and width(bare) < 12)):
        best = guess if (guess := _guess(content)) is not None else best
    if best is not None:
        text = content.lines[best].text
        following = content.lines[best + 1].text if best + 1 < len(content.lines) else ""
        # A title in two lines, of which the first is the heading.
        return best, bare if _key(bare) == _key(text + following) and following else text
    return None, bare_title(others[0], site) if others else bare


def bare_title(said: str, site: str = "") -> str:
    """A title without the name of the site and of its parts behind it."""
    if site and _key(site) and said.endswith(site):
        said = said[: -len(site)].rstrip(" -–—_|｜·»:") or said
    parts = [part.strip() for part in SEPARATORS.split(said) if part and part.strip()]
    if len(parts) < 2:
        return said.strip()
    longest = max(parts, key=width)
    return parts[0] if width(parts[0]) >= 12 or width(parts[0]) * 2 >= width(longest) else longest


def _until(content: Content) -> int:
    """A title stands before the first prose of the text, or is what would be that."""
    prose = next((i for i in content.text if content.values[i] >= PROSE_LEAST), None)
    return len(content.lines) if prose is None else prose + 1


def _weight(i: int, content: Content, keys: list[str], parts: list[str]) -> float:
    """How much a line is the title: how much it is what the head of the page says, and whether it is a heading."""
    line = content.lines[i]
    dropped = content.dropped.get(i, ("",))[0]
    key = _key(line.text)
    if not key or width(line.text) > LONGEST or dropped in ("not shown", "hidden"):
        return 0.0
    fit = max((_fit(key, other) for other in keys), default=0.0)
    site, less = _site(parts)
    if key in parts:
        fit = max(fit, less if key == site and line.kind != "heading" else 1.0)
    elif len(key) >= 4:
        fit = max([fit, *(_fit(key, part) for part in parts if key in part)])
    near = bool(content.text) and i >= content.text[0] - NEAR
    if line.kind == "heading":
        alone = line.level == 1 and not is_link(line) and not dropped
        fit = fit + LEVELS.get(line.level, 0.25) if fit else 0.3 * alone
    elif fit < (0.4 if near else 0.7) or (content.values[i] > 60 and fit < UNLIKELY):
        return 0.0
    if dropped:
        fit *= UNLIKELY
    return fit * UNLIKELY if is_link(line) and not (line.kind == "heading" and fit > 0.6 and key != site) else fit


def _site(parts: list[str]) -> tuple[str, float]:
    """The part of what the head says that is most likely the site, and how much a line is the title that is it: the
    last, unless it is the longest."""
    if len(parts) < 2:
        return "", 1.0
    return (parts[-1], SITE_FIT) if width(parts[-1]) < max(map(width, parts)) else (parts[0], 0.9)


def _guess(content: Content) -> int | None:
    """The line that looks like a title where the head of the page says none: a heading, an element of that name, bold,
    or the first short line; in the text, or else before it."""
    until = _until(content)
    first = content.text[0] if content.text else 0
    likely = [i for i in range(max(first - NEAR, 0), until) if i not in content.dropped and _may_be(content.lines[i])]
    inside = [i for i in likely if i >= first]
    above = [i for i in reversed(likely) if i < first]  # the nearest first

    def marked(i: int) -> bool:
        line = content.lines[i]
        return line.bold or NAMED.search(content.boxes[line.box].words) is not None

    headings = [i for i in inside if content.lines[i].kind == "heading"]
    for lines in (inside, above):
        for i in lines:
            if content.lines[i].kind == "heading" and not is_link(content.lines[i]):
                return i
        if (found := next(filter(marked, lines), None)) is not None:
            return found
        if lines is inside and headings:
            return headings[0]
    return inside[0] if inside else None


def _may_be(line: Line) -> bool:
    text = line.text
    patterns = (furniture.BYLINE, furniture.PLACE, furniture.TAIL, furniture.LEGAL, furniture.BUTTON, furniture.CUT,
                furniture.NEUTRAL)  # fmt: skip
    if (
        not 8 <= width(text) <= 110
        or text[0] in "[【版"
        or (SENTENCE_END.search(text[-END:]) and text[-1] in "。.;；…")
    ):
        return False
    return not any(pattern.search(text) for pattern in patterns)


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _fit(key: str, said: str) -> float:
    """How much of a title that is said a line is, up to 1; its beginning is more likely than its end."""
    if len(key) < 2:
        return 0.0
    if key == said:
        return 1.0
    if key in said:
        return len(key) / len(said) + 0.25 * said.startswith(key) if len(key) >= 4 else 0.0
    return len(said) / len(key) if said in key and len(said) >= 6 else 0.0
