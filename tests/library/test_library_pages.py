"""Web pages: the text, and everything else listed as dropped. The pages are made here, in the manner of real ones."""

from __future__ import annotations

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Captured
from lishu_tui.library.pages import read_page

FIRST = "入冬以来，青石镇的干部和村民一起清理河道，半个月里清出淤泥三千多方，沿河的十二个村都通了水。"
SECOND = "“往年这时候河里的水早就断了，今年到了腊月还能浇地。”村民王有田说，他家的二十亩麦子已经浇完了第二遍。"
THIRD = "镇里还给每段河道定了管护人，每月检查两次，检查的结果贴在村口的公告栏里，谁都可以去看。"
TEXT = [FIRST, SECOND, THIRD]
TITLE = "青石镇清河道 十二个村通了水"
PARTS = ["首页", "要闻", "国内", "国际", "财经", "体育", "文化", "视频"]
NAV = "".join(f'<a href="/{i}">{word}</a> ' for i, word in enumerate(PARTS))
RELATED = "".join(f'<li><a href="/{i}.html">{word}</a></li>' for i, word in enumerate(
    ["北山修路二十里", "县里召开防汛会议", "小学新楼九月启用", "苹果丰收价格稳定"]))  # fmt: skip
PLAIN_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青石新闻网</title>
<script>var ad = "广告";</script><style>p {{ color: red }}</style></head>
<body><div class="top">{NAV}</div><div class="crumb">当前位置：首页 &gt; 要闻 &gt; 正文</div>
<div class="main"><h1>{TITLE}</h1>
<div class="info"><span>2020年2月17日 08:30</span>
<span>来源：青石日报</span> <span>作者：李明</span> 字号：大 中 小</div>
<div class="content">{"".join(f"<p>　　{text}</p>" for text in TEXT)}<p>（责任编辑：赵一）</p></div>
<div class="rel"><h3>相关阅读</h3><ul>{RELATED}</ul></div></div>
<div class="bottom">版权所有 © 2003-2020 青石新闻网 青ICP备00000001号</div></body></html>"""


def read(page: str | bytes, name: str = "page.html") -> Captured:
    return read_page(page.encode() if isinstance(page, str) else page, name)


def texts(captured: Captured) -> list[str]:
    return [block.text for block in captured.blocks]


def test_a_page_of_news_is_its_title_and_its_paragraphs() -> None:
    found = read(PLAIN_PAGE)
    assert texts(found) == [TITLE, *TEXT]
    assert [(block.kind, block.level) for block in found.blocks] == [("heading", 1), *[("text", 0)] * 3]
    assert (found.about.title, found.about.date) == (TITLE, "2020-02-17T08:30")
    assert (found.about.publisher, found.about.authors) == ("青石日报", ("李明",))


def test_what_is_not_the_text_is_listed() -> None:
    found = read(PLAIN_PAGE)
    listed = " ".join(f"{one.what}: {one.sample}" for one in found.dropped)
    for words in ("首页 要闻 国内", "当前位置", "来源：青石日报", "责任编辑", "北山修路二十里", "版权所有"):
        assert words in listed
    assert not any("广告" in one.sample for one in found.dropped)  # a script is no text


@pytest.mark.parametrize("page", ["<html><body><div></div></body></html>", "<html></html>", "<!-- x -->", "   "])
def test_a_page_without_text_is_refused_in_one_line(page: str) -> None:
    with pytest.raises(LishuError, match="holds no text; expected a web page with text in it"):
        read(page)


def test_a_page_that_scripts_draw_is_refused_and_says_so() -> None:
    with pytest.raises(LishuError, match="holds no text; it is drawn by scripts"):
        read('<html><body><div id="app"></div><script src="/app.js"></script></body></html>')
