"""What a page says of itself and of its capture, and what is known better from outside."""

from __future__ import annotations

import pytest

from lishu_tui.library.captured import About
from lishu_tui.library.pages import dates, read_page
from lishu_tui.library.pages.titles import bare_title

BODY = "<body><h1>青石镇清河道</h1><p>入冬以来，青石镇的干部和村民一起清理河道，半个月里清出淤泥三千多方。</p></body>"


def about(head: str = "", body: str = BODY, **known: object) -> About:
    return read_page(f"{head}{body}".encode(), "page.html", **known).about  # type: ignore[arg-type]


@pytest.mark.parametrize(("said", "date"), [
    ("2020年2月17日 08:30", "2020-02-17T08:30"), ("2020-02-17 08:30:12", "2020-02-17T08:30:12"),
    ("2020/2/17", "2020-02-17"),
    ("2020-02-17T08:30:00+08:00", "2020-02-17T08:30:00+08:00"), ("2020-02-17T08:30:00.123Z", "2020-02-17T08:30:00Z"),
    ("2020.02.17 08:30", "2020-02-17T08:30"), ("2020年02月17日08:30", "2020-02-17T08:30"),
    ("2020年2月17日 星期一 下午3:05", "2020-02-17T15:05"),
    ("民國109年2月17日", "2020-02-17"), ("Feb. 17, 2020", "2020-02-17"),
    ("17 February 2020 at 08:30", "2020-02-17T08:30"),
    ("9/17/2004 5:54:13 AM", "2004-09-17T05:54:13"), ("2020年2月30日", ""), ("2020-13-01", ""),
    ("电话 2020-02178", ""), ("1.2.3", ""), ("", ""),
    ("2020-02-17 25:00", "2020-02-17"), ("Monday, February 17th, 2020 8:30 pm", "2020-02-17T20:30"),
])  # fmt: skip
def test_dates_are_as_exact_as_they_are_said(said: str, date: str) -> None:
    assert dates.first(said) == date


@pytest.mark.parametrize(("url", "date"), [
    ("http://a.cn/2020-02/17/content_1.htm", "2020-02-17"), ("http://a.cn/n1/2020/0217/c1-2.html", "2020-02-17"),
    ("https://a.com/2020/02/17/title/", "2020-02-17"), ("http://a.cn/20200217/1.html", "2020-02-17"),
    ("http://a.cn/1234567890.html", ""),
    ("http://a.cn/9920200217/1", ""),
])  # fmt: skip
def test_an_address_is_the_last_road_to_a_date(url: str, date: str) -> None:
    assert about(f'<link rel="canonical" href="{url}">').date == date
    assert about(f'<link rel="canonical" href="{url}"><meta name="pubdate" content="2019-01-02">').date == "2019-01-02"


def test_a_year_of_copyright_or_the_date_of_today_is_no_date() -> None:
    body = BODY.replace("<h1>", "<div>今天是2021年5月6日 星期四</div>" + "<p>天气 晴</p>" * 9 + "<h1>")
    assert about(body=body.replace("</body>", "<p>© 2003-2020 青石网</p></body>")).date == ""


@pytest.mark.parametrize(("said", "site", "title"), [
    ("青石镇清河道_新闻中心_青石网", "", "青石镇清河道"), ("青石镇清河道-青石网", "", "青石镇清河道"),
    ("青石镇清河道 - BBC News 中文", "", "青石镇清河道"),
    ("青石镇清河道--时政--人民网", "", "青石镇清河道"), ("青石镇清河道 | 青石网", "", "青石镇清河道"),
    ("贝拉克·奥巴马访问青石镇", "", "贝拉克·奥巴马访问青石镇"),
    ("十年磨一剑——记青石镇的河道——写在冬天", "", "十年磨一剑——记青石镇的河道——写在冬天"),
    ("首页 - 青石镇清理河道十二个村通水", "", "青石镇清理河道十二个村通水"),
    ("青石镇清河道 青石在线", "青石在线", "青石镇清河道"), ("COVID-19在青石镇", "", "COVID-19在青石镇"),
])  # fmt: skip
def test_a_title_is_without_the_name_of_its_site(said: str, site: str, title: str) -> None:
    assert bare_title(said, site) == title


@pytest.mark.parametrize(("line", "publisher", "via", "authors"), [
    ("来源：青石日报 作者：李明", "青石日报", "", ("李明",)),
    ("來源：中央社　記者王小明／台北報導", "中央社", "", ("王小明",)),
    ("2020-02-17 来源: 青石商报(上海) 作者：李明", "青石商报(上海)", "", ("李明",)),
    ("2020-02-17 来源:新华网 转自：青石在线", "新华网", "青石在线", ()),
    ("本报记者 李明 王芳 通讯员 赵一", "", "", ("李明", "王芳", "赵一")),
    ("（文／欧阳修文 图／李四）", "", "", ("欧阳修文",)), ("作者：阿卜杜拉·买买提", "", "", ("阿卜杜拉·买买提",)),
    ("来源： 浏览次数：12", "", "", ()), ("稿源：青石发布 编辑：李明", "青石发布", "", ()),
])  # fmt: skip
def test_by_lines(line: str, publisher: str, via: str, authors: tuple[str, ...]) -> None:
    found = about(body=BODY.replace("</h1>", f"</h1><div>{line}</div>"))
    assert (found.publisher, found.via, found.authors) == (publisher, via, authors)


def test_a_page_saved_by_a_browser() -> None:
    found = about("<!DOCTYPE html>\n<!-- saved from url=(0036)http://www.qingshi.cn/2020/0217.html -->\n")
    assert (found.url, found.captured, found.tool) == (
        "http://www.qingshi.cn/2020/0217.html",
        "",
        "a browser (saved from url)",
    )


def test_a_page_saved_with_singlefile() -> None:
    found = about("""<!DOCTYPE html> <html lang=zh><!--
 Page saved with SingleFile
 url: https://www.qingshi.cn/2020/0217.html?a=1&amp;b=2
 saved date: Mon Feb 17 2020 20:12:45 GMT+0800 (中国标准时间)
-->""")
    assert found.url == "https://www.qingshi.cn/2020/0217.html?a=1&b=2"
    assert (found.captured, found.tool) == ("2020-02-17T20:12:45+08:00", "SingleFile")


WAYBACK = """<script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>
<link rel="canonical" href="https://web.archive.org/web/20200220031245/http://www.qingshi.cn/2020/0217.html"></head>"""


def test_a_page_of_the_wayback_machine() -> None:
    toolbar = (
        '<div id="wm-ipp-base"><div id="wm-ipp">There are 12 captures of this page, from 2019 to 2021.</div></div>'
    )
    end = (
        "<!--\n     FILE ARCHIVED ON 03:12:45 Feb 20, 2020 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:00.\n-->"
    )
    page = f"<html><head>{WAYBACK}{BODY.replace('<h1>', toolbar + '<h1>')}</html>{end}"
    found = read_page(page.encode(), "page.html")
    assert (found.about.url, found.about.captured) == ("http://www.qingshi.cn/2020/0217.html", "2020-02-20T03:12:45Z")
    assert found.about.tool == "Wayback Machine"
    assert [block.text[:3] for block in found.blocks] == ["青石镇", "入冬以"]
    assert any(one.what == "Wayback toolbar" and "12 captures" in one.sample for one in found.dropped)


def test_an_address_of_the_archive_is_that_of_the_page() -> None:
    found = about(url="https://web.archive.org/web/20200220031245id_/http://www.qingshi.cn/a.html")
    assert (found.url, found.captured) == ("http://www.qingshi.cn/a.html", "2020-02-20T03:12:45Z")


def test_what_is_known_from_outside_wins_field_by_field() -> None:
    known = About(title="清河", date="2020-02-16", tool="a crawler")
    found = about(
        '<meta name="pubdate" content="2020-02-17"><meta name="author" content="李明">',
        about=known,
        captured="2020-03-01",
    )
    assert (found.title, found.date, found.tool, found.captured) == ("清河", "2020-02-16", "a crawler", "2020-03-01")
    assert found.authors == ("李明",)


@pytest.mark.parametrize(("codec", "meta", "http", "found", "by", "declared"), [
    ("utf-8", "gb2312", "utf-8", "utf-8", "declared", ("HTTP header: utf-8", "meta: gb2312")),
    ("gb18030", "gb2312", "gbk", "gb18030", "declared", ("HTTP header: gbk", "meta: gb2312")),
    ("gb18030", "gb2312", "iso-8859-1", "gb18030", "declared", ("HTTP header: iso-8859-1", "meta: gb2312")),
    ("gb18030", "gb2312", "utf-8", "gb18030", "declared", ("HTTP header: utf-8", "meta: gb2312")),
    ("utf-8-sig", "big5", "gbk", "utf-8", "bom", ("BOM: utf-8", "HTTP header: gbk", "meta: big5")),
    ("big5hkscs", "big5", None, "big5", "declared", ("meta: big5",)),
    ("gb18030", "", None, "gb18030", "judged", ()),
    ("utf-8", "gb2312", None, "utf-8", "judged", ("meta: gb2312",)),
])  # fmt: skip
def test_who_says_which_encoding_and_who_wins(
    codec: str, meta: str, http: str | None, found: str, by: str, declared: tuple[str, ...]
) -> None:
    name = "" if "big5" in codec else "镕喆𠮷"
    text = f"入冬以來，{name}青石鎮的幹部和村民一起清理河道，半個月裡清出淤泥三千多方。"
    head = f'<meta charset="{meta}">' if meta else ""
    read = read_page(
        f"<script charset=utf-7></script>{head}<p>{text}</p>".encode(codec), "page.html", http_charset=http
    )
    assert read.blocks[0].text == text
    assert (read.encoding.found, read.encoding.found_by, read.encoding.declared, read.encoding.replaced) == (
        found,
        by,
        declared,
        0,
    )


def test_the_title_is_told_from_the_name_of_the_site_wherever_that_stands() -> None:
    text = "入冬以来，青石镇的干部和村民一起清理河道，半个月里清出淤泥三千多方，十二个村都通了水。"
    for head in ("Town on Water - 给青石镇居民的建议", "给青石镇居民的建议 - Town on Water"):
        page = f"<title>{head}</title><body><div>Town on Water</div><div>给青石镇居民的建议</div><p>{text}</p></body>"
        found = read_page(page.encode(), "page.html")
        assert found.about.title == "给青石镇居民的建议"
        assert [block.text for block in found.blocks] == ["给青石镇居民的建议", text]
