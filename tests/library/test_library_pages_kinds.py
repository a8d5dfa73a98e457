"""Pages of many kinds, each written here in the manner of its kind, with the same article or one of its own."""

from __future__ import annotations

import pytest

from lishu_tui.library.captured import Block, Captured
from lishu_tui.library.pages import read_page

TITLE = "青石镇清河道 十二个村通了水"
TEXT = [
    "入冬以来，青石镇的干部和村民一起清理河道，半个月里清出淤泥三千多方，沿河的十二个村都通了水。",
    "“往年这时候河里的水早就断了，今年到了腊月还能浇地。”村民王有田说，他家的二十亩麦子已经浇完了第二遍。",
    "镇里还给每段河道定了管护人，每月检查两次，检查的结果贴在村口的公告栏里，谁都可以去看。",
]
LINKS = ["北山修路二十里", "县里召开防汛会议", "小学新楼九月启用", "苹果丰收价格稳定", "新桥通车", "老街改造完工"]


def links(words: list[str] = LINKS, tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{i}.html">{word}</a></{tag}>' for i, word in enumerate(words))


def paragraphs(lines: list[str] = TEXT) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(page: str, encoding: str = "utf-8", **known: str) -> Captured:
    return read_page(page.encode(encoding), "page.html", **known)  # type: ignore[arg-type]


def texts(found: Captured) -> list[str]:
    return [block.text for block in found.blocks]


MENU = f"<ul>{links()}</ul>"
ROWS = "".join(f"<tr><td>·<a href=/{i}>{word}</a></td></tr>" for i, word in enumerate(LINKS))
OLD = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{TITLE}--青石网</title></head>
<body bgcolor=#ffffff><table width=760><tr><td>{links(tag="span")}</td></tr></table>
<table width=760><tr><td width=160 valign=top>
<table>{ROWS}</table></td>
<td width=600><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>
<tr><td align=center>2004年12月7日 16:05　来源：青石日报　记者 李明 王芳</td></tr>
<tr><td><font size=3>　　{TEXT[0]}<br>
　　{TEXT[1]}<br><br>
　　{TEXT[2]}<br></font></td></tr><tr><td align=right>（责任编辑：赵一）</td></tr></table></td></tr></table>
<table width=760><tr><td align=center>青石网版权所有 未经许可不得转载</td></tr></table></body></html>"""
SIBLINGS = f"""<body><nav>{MENU}</nav><div id="page"><h1>{TITLE}</h1><div>{TEXT[0]}</div><div>{TEXT[1]}</div>
<div>{TEXT[2]}</div></div>
<div class="footer">联系我们 青石网</div></body>"""
TAIWAN = f"""<html lang="zh-TW"><head><meta property="og:title" content="{TITLE} - 青石新聞網">
<meta property="og:site_name" content="青石新聞網">
<meta property="article:published_time" content="2020-02-17T08:30:00+08:00"></head><body><header>{MENU}</header>
<article><h1>{TITLE}</h1><p>記者林一／青石報導</p>{paragraphs()}<p>延伸閱讀</p><p>
<a href=/1>北山修路二十里</a></p></article>
<p>© 青石新聞網</p></body></html>"""
SPANS = "".join(f"<section><p><span>{t[:9]}</span><span style='color:red'>{t[9:]}</span></p></section>" for t in TEXT)
WEIXIN = f"""<html><body><div id="js_article"><h1 class="rich_media_title" id="activity-name">
    {TITLE}
</h1><div id="meta_content">
<span>原创</span> <a id="js_name" href="javascript:void(0);"> 青石发布 </a> <em id="publish_time">昨天</em></div>
<div class="rich_media_content " id="js_content" style="visibility: hidden; opacity: 0;">
<section>{SPANS}</section></div></div>
<div class="qr_code_pc">微信扫一扫 关注该公众号</div><script>var ct = "1581899400";</script></body></html>"""
LIVE = f"""<html><head><title>{TITLE}|青石网</title></head><body><div class="channel">{links(LINKS * 60, "div")}</div>
<div class="w1000"><div class="l"><h2>{TITLE}</h2><div class="txt">{paragraphs()}</div></div>
<div class="r">{MENU * 20}</div></div></body></html>"""
REPLY = "写得好，我们村也该清一清了，盼着明年也能通水，到时候再来看看。"
FORUM = f"""<html><head><title>{TITLE} - 青石论坛</title></head><body><h1>{TITLE}</h1>
<div id="post_1"><div class="authi">发表于 2020-2-17 08:30</div><table><tr>
<td class="t_f" id="postmessage_1">{"<br>".join(TEXT)}</td></tr></table></div>
<div id="post_2"><div class="authi">发表于 2020-2-18 09:00</div>
<table><tr><td class="t_f" id="postmessage_2">{REPLY * 3}</td></tr></table></div></body></html>"""
COMMENTED = f"""<html><head><title>{TITLE}</title></head><body><div><h1>{TITLE}
</h1>{paragraphs()}
<h3>网友评论（12）</h3>{paragraphs([REPLY] * 20)}</div></body></html>"""
HIDDEN = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<div style="display:none">登录后可以发表评论，请先登录。</div>
<div class="content">{paragraphs()}<p hidden>这一段看不见，因为它是藏起来的。</p></div></body></html>"""
FOLDED = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<div id="article" style="display: none;">{paragraphs()}</div>
<a href="#">展开全文</a></body></html>"""
NAMED_WRONG = f"""<html><head><title>{TITLE}</title></head><body class="sidebar-right"><div class="comment-wrapper">
<h1>{TITLE}</h1>
<div class="nav-content">{paragraphs()}</div></div></body></html>"""
KEYWORDS = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class="content"><p>{TEXT[0]}</p>
<p>{TEXT[1][:12]}<span class="keyword"><a href="/wang">{TEXT[1][12:16]}</a></span>{TEXT[1][16:]}</p>
<p>{TEXT[2]}</p></div></body></html>"""
BROKEN = ["\n".join(t[i : i + 10] for i in range(0, len(t), 10)) for t in TEXT]
WRAPPED = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>
{paragraphs(BROKEN)}</div></body></html>"""
INDENTED = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>　　{'　　'.join(TEXT)}</div></body></html>"
)
BLANKS = paragraphs([f"&nbsp;&nbsp; &nbsp;　{t}&nbsp;" for t in TEXT])
NBSP = f"<html><body><h1>{TITLE}</h1><div>{BLANKS}</div></body></html>"
PRE = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><pre>\n{chr(10).join(TEXT)}\n</pre></body></html>"
)
PAGES = {
    "an old page of tables": OLD, "divs side by side": SIBLINGS, "a page of Taiwan": TAIWAN, "WeChat": WEIXIN,
    "a page with a huge menu": LIVE, "a forum": FORUM, "more comments than text": COMMENTED, "hidden parts": HIDDEN,
    "a text that a button unfolds": FOLDED,
    "names that say the wrong thing": NAMED_WRONG, "keywords in a line": KEYWORDS,
    "lines broken in the source": WRAPPED, "paragraphs told by indents alone": INDENTED,
    "hard blanks": NBSP, "pre": PRE,
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_one_article_is_the_same_in_every_kind_of_page(kind: str) -> None:
    found = read(PAGES[kind], "gb18030" if kind.startswith("an old") else "utf-8")
    assert texts(found) == [TITLE, *TEXT]
    assert found.blocks[0] == Block(TITLE, "heading", 1)
    assert found.about.title == TITLE


ABOUT = {
    "an old page of tables": ("2004-12-07T16:05", "青石日报", ("李明", "王芳")),
    "a page of Taiwan": ("2020-02-17T08:30:00+08:00", "青石新聞網", ("林一",)),
    "WeChat": ("2020-02-17T08:30:00+08:00", "青石发布", ()),
    "a forum": ("2020-02-17T08:30", "", ()),
    "divs side by side": ("", "", ()),
}


@pytest.mark.parametrize("kind", ABOUT)
def test_what_the_page_says_of_itself(kind: str) -> None:
    about = read(PAGES[kind], "gb18030" if kind.startswith("an old") else "utf-8").about
    assert (about.date, about.publisher, about.authors) == ABOUT[kind]


def test_a_notice_with_a_table_has_its_rows() -> None:
    page = f"""<html><head><title>关于公布河道管护人名单的通知</title></head><body><div class="menu">{MENU}</div>
<div class="TRS_Editor">
<h1>关于公布河道管护人名单的通知</h1><p>各村民委员会：</p>
<p>现将今年的河道管护人名单公布如下，请各村组织村民监督。</p>
<table border=1><tr><td><p>河段</p></td><td><p>管护人</p></td><td>长度（米）</td></tr><tr><td>东段</td>
<td>王有田</td><td>1,200</td></tr>
<tr><td>西段</td><td></td><td>950</td></tr></table><p>青石镇人民政府</p><p>2020年2月17日</p></div></body></html>"""
    found = read(page)
    assert found.blocks[3:] == (
        Block("河段\t管护人\t长度（米）", "row"), Block("东段\t王有田\t1,200", "row"), Block("西段\t\t950", "row"),
        Block("青石镇人民政府"), Block("2020年2月17日"),
    )  # fmt: skip
    assert found.about.date == "2020-02-17"


def test_headings_and_lists_are_kept() -> None:
    page = f"""<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><p>{TEXT[0]}</p><h2>怎样清</h2>
<ol><li>先挖<b>淤泥</b></li>
<li>再修堤岸，种上柳树</li></ol><p><strong>谁来管</strong></p><p>{TEXT[2]}</p></main></body></html>"""
    assert read(page).blocks[2:] == (
        Block("怎样清", "heading", 2), Block("先挖淤泥"), Block("再修堤岸，种上柳树"),
        Block("谁来管", "heading", 3), Block(TEXT[2]),
    )  # fmt: skip


def test_a_notice_of_one_sentence_is_told_from_a_long_footer() -> None:
    page = f"""<html><head><title>停水通知_青石网</title></head><body><div class="menu">{MENU}</div>
<div class="title">停水通知</div>
<div class="article-content"><p>明日上午停水，请做好准备。</p></div>
<div class="bottom">版权所有 © 青石网，未经书面授权，不得转载、摘编或利用其他方式使用上述作品。
地址：青石镇中心街一号，电话：000-0000000，网站管理：青石镇人民政府办公室，
技术支持：青石信息中心。</div></body></html>"""
    assert texts(read(page)) == ["停水通知", "明日上午停水，请做好准备。"]


def test_an_entry_of_an_encyclopedia() -> None:
    page = f"""<html><head><title>青石镇 - 百科</title></head><body><h1 id="firstHeading">青石镇</h1>
<div id="mw-content-text"><div class="mw-parser-output">
<table class="infobox"><tr><th>面积</th><td>120平方公里</td></tr><tr><th>人口</th><td>三万</td></tr></table>
<p><b>青石镇</b>在县城以北，有村十二个<sup class="reference"><a href="#1">[1]</a></sup>，{TEXT[0]}</p>
<h2>历史<span class="mw-editsection">[<a href="/edit">编辑</a>]</span></h2><p>{TEXT[1]}</p><h2>参考资料</h2>
<ol class="references"><li>《县志》。</li></ol></div></div>
<div id="mw-navigation">{MENU}</div></body></html>"""
    found = read(page)
    assert found.blocks == (
        Block("青石镇", "heading", 1), Block("面积\t120平方公里", "row"), Block("人口\t三万", "row"),
        Block(f"青石镇在县城以北，有村十二个，{TEXT[0]}"), Block("历史", "heading", 2), Block(TEXT[1]),
    )  # fmt: skip
    assert {"[1]", "[编辑]"} <= {part for one in found.dropped for part in one.sample.split(" / ")}


def test_links_in_the_middle_of_a_bulletin_are_text_and_those_at_its_end_are_not() -> None:
    inside = "".join(f"<div>　　▶ 典型案例｜<a href='/{i}'>{word}</a></div>" for i, word in enumerate(LINKS))
    page = f"""<html><head><title>青石镇一周要闻</title></head><body><h2>青石镇一周要闻</h2>
<div class="TRS_Editor"><div>　　{TEXT[0]}</div>
{inside}<div>　　{TEXT[1]}<a href="/more">更多内容，点击阅读</a></div>{links(tag="div")}</div></body></html>"""
    cases = [f"▶ 典型案例｜{word}" for word in LINKS]
    assert texts(read(page)) == ["青石镇一周要闻", TEXT[0], *cases, f"{TEXT[1]}更多内容，点击阅读"]


def test_an_english_page() -> None:
    text = [
        "The town cleared twelve miles of river this winter, and for the first time in years every village has water.",
        "“We used to run dry before the new year,” said Wang Youtian, a farmer, who has watered his wheat twice.",
    ]
    page = f"""<html><head><title>Twelve villages get water | Town News</title><meta name="author" content="Li Ming">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2020-02-17T08:30:00Z",
"publisher": {{"name": "Town News"}}}}</script>
</head><body><nav>{MENU}</nav><article><h1>Twelve villages get water</h1><p>By Li Ming</p>
<p>Published 17 February 2020</p>
{paragraphs(text)}<h3>Related articles</h3><ul><li><a href=/1>A new bridge</a></li></ul></article></body></html>"""
    found = read(page)
    assert texts(found) == ["Twelve villages get water", *text]
    assert (found.about.date, found.about.publisher, found.about.authors) == (
        "2020-02-17T08:30:00Z",
        "Town News",
        ("Li Ming",),
    )


def test_a_page_of_nothing_but_links_is_read_and_says_so() -> None:
    found = read(f"<html><head><title>青石网</title></head><body><div>{links()}</div></body></html>")
    assert set(LINKS) <= set(texts(found))
    assert any("No article" in remark for remark in found.remarks)


def test_pages_are_read_the_same_whatever_the_line_ends() -> None:
    assert read(OLD.replace("\n", "\r\n"), "gb18030").blocks == read(OLD, "gb18030").blocks
