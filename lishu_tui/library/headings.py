"""Headings of a plain text, guessed conservatively: where there is doubt there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lishu_tui.edition.texts import lengths

LONGEST = 30
TITLE_LONGEST = 40
PROSE = 20
"""How long the paragraphs beside a heading are at least; between shorter ones it could be a line of dialogue."""
SENTENCE = re.compile("[。！？]")
ENDED = re.compile(r"[。！？；，：、…,;:.!?]$")
WRAPPED = re.compile(r"[(（\[【〔〖<《〈「『“‘\"'].*[)）\]】〕〗>》〉」』”’\"']", re.DOTALL)
LABELLED = re.compile(r"\S{1,6}\s?[：:]")
"""來源：…, 轉自：…, 責任編輯：…"""
FURNITURE = re.compile(
    "(?:延伸|相關|相关|推薦|推荐|更多|熱門|热门|精彩)(?:閱讀|阅读|新聞|新闻|鏈接|链接|連結|文章|報道|报道|推薦|推荐|內容|内容)"
    "|[上下]一[篇頁页條条]|返回|分享|打印|列印|關閉|关闭|收藏|評論|评论|版權|版权|免責|免责|掃一掃|扫一扫|廣告|广告"
)
"""What a page has about an article, not in it."""
WORD = re.compile(r"[^\W\d_]{2}")


def headings(paragraphs: Sequence[str]) -> dict[int, str]:
    """The paragraphs that are headings, by index, with what the heading says (the paragraph without what is round it).

    A heading is short, is no sentence and no label, and stands between paragraphs of sentences that are at least twice
    as long.
    """
    found: dict[int, str] = {}
    sizes = lengths(paragraphs)
    beside = zip(sizes, sizes[1:], sizes[2:], strict=False)
    # Of a hundred thousand paragraphs few are looked at.
    likely = [n for n, (a, b, c) in enumerate(beside, 1) if b <= 2 * LONGEST and a >= PROSE and c >= PROSE]
    for index in likely:
        line = paragraphs[index].strip()
        before, after = paragraphs[index - 1], paragraphs[index + 1]
        if 2 * len(line) > min(len(before), len(after)):  # most lines of most files end here
            continue
        if like_heading(line, LONGEST) and _prose(before, line) and _prose(after, line):
            found[index] = line
    return found


def title(paragraphs: Sequence[str]) -> str:
    """The first line if it is short and no sentence, and something follows it; else empty."""
    line = paragraphs[0][: 4 * TITLE_LONGEST].strip()
    return line if len(paragraphs) > 1 and like_heading(line, TITLE_LONGEST) else ""


def like_heading(line: str, longest: int) -> bool:
    """Whether a line could be a heading by itself."""
    return (
        len(line) <= longest
        and WORD.search(line) is not None
        and not ENDED.search(line)
        and not WRAPPED.fullmatch(line)
        and not LABELLED.match(line)
        and not FURNITURE.match(line)
    )


def _prose(paragraph: str, heading: str) -> bool:
    text = paragraph.strip()
    return len(text) >= max(PROSE, 2 * len(heading)) and SENTENCE.search(text) is not None
