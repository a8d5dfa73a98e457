"""Laws of reading web pages: nothing is lost unsaid, nothing takes long, nothing is fetched."""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.library.pages import markup, read_page
from lishu_tui.library.pages.content import Content
from lishu_tui.library.pages.head import Head
from lishu_tui.library.pages.parsing import parse
from lishu_tui.library.pages.titles import find_title
from lishu_tui.library.pages.walking import Walk

HAN = re.compile("[\u4e00-\u9fff]")
TEXT = "村民们把河道里的淤泥清出来，堆在岸边晒干，再运到田里作肥料。"
words = st.text("春夏秋冬山河湖海，。！a1 \n\u3000", min_size=1, max_size=40)
names = st.sampled_from(
    [
        "",
        ' class="nav"',
        ' class="content"',
        ' id="comment"',
        ' class="related"',
        " hidden",
        ' style="display:none"',
        ' href="/a"',
    ]
)
leaves = (
    words
    | words.map(lambda t: f"<br>{t}")
    | words.map(lambda t: f"<!-- {t} -->")
    | words.map(lambda t: f"<script>{t}</script>")
)
tags = st.sampled_from(
    [
        "div",
        "p",
        "span",
        "a",
        "b",
        "h1",
        "h2",
        "td",
        "tr",
        "table",
        "ul",
        "li",
        "article",
        "nav",
        "footer",
        "section",
        "font",
        "center",
        "blockquote",
        "pre",
        "sup",
    ]
)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag}{name}>{''.join(parts)}</{tag}>", tags, names, st.lists(inner, max_size=5)
    ),
    max_leaves=30,
)


def accounted(page: str) -> tuple[Counter[str], Counter[str]]:
    """The Han characters of the lines that a page has, and of those that are in the text or dropped."""
    parsed = parse(page)
    assert parsed.root is not None
    content = Content(Walk(parsed.root))
    title, _ = find_title(Head(parsed.root), content)
    content.finish(title)
    kept = [content.lines[i].text for i in content.text] + ([] if title is None else [content.lines[title].text])
    assert not set(content.text) & set(content.dropped)
    out = [content.lines[i].text for i in content.dropped]
    return han("".join(line.text for line in content.lines)), han("".join(kept + out))


def han(text: str) -> Counter[str]:
    return Counter(HAN.findall(text))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(trees, min_size=1, max_size=4))
def test_what_a_page_shows_is_in_the_text_or_listed_as_dropped(parts: list[str]) -> None:
    page = f"<html><body>{''.join(parts)}<p>{TEXT}</p></body></html>"
    found = list(markup.tokens(page))
    shown = han("".join(markup.lines(page, found)))
    lines, told = accounted(page)
    assert lines == shown == told


@settings(max_examples=100, deadline=None)
@given(st.text("<>/!-ab'\"= p河\0&#;x\ud800", max_size=60))
def test_any_text_is_a_page_or_is_refused_in_one_line(source: str) -> None:
    try:
        blocks = read_page(source.encode("utf-8", "surrogatepass"), "any.html").blocks
    except LishuError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert blocks
    for block in blocks:
        assert block.text.strip()
        assert not re.search("[\n\r\0\ud800-\udfff]", block.text)
        assert "\t" not in block.text or block.kind == "row"


@pytest.mark.parametrize("blank", ["\x85", "\x1c", "\u2028", "\u3000", "&nbsp;"])
@pytest.mark.parametrize("around", ["<p>{}", "<li>{}", "<h1>{}</h1>", "<table><tr><th>{}<th>{}<tr><td>{}<td>{}"])
def test_no_blank_of_unicode_is_a_paragraph(blank: str, around: str) -> None:
    page = f"<p>春天來了。</p>{around.replace('{}', blank)}<p>農民們。</p>"
    blocks = read_page(page.encode(), "a.html").blocks
    assert [block.text for block in blocks if block.kind == "text"] == ["春天來了。", "農民們。"]
    assert all(block.text.strip() for block in blocks)


DEEP = 100_000
HOSTILE = {
    "elements": "<div>" * DEEP + TEXT + "</div>" * DEEP + f"<p>{TEXT}",
    "elements never closed": "<b>河" * 50_000 + TEXT,
    "tables": "<table><tr><td>" * 20_000 + TEXT,
    "tables of data within each other": f"<p>{TEXT}</p>" + "<table class=infobox><tr><th>甲</th><td>" * 600,
    "posts within each other": f"<p>{TEXT}</p>" + "<div class=t_f hidden><p>帖</p>" * 1500,
    "comments never closed": TEXT + "<!--" * DEEP,
    "declarations": TEXT + "<![" * DEEP,
    "ends of tags": TEXT + "</a " * DEEP,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(DEEP)) + f">{TEXT}",
    "an attribute of a million characters": f'<p title="{"河" * 1_000_000}">{TEXT}',
    "tags never closed": TEXT + "<a " * DEEP,
    "quotation marks never closed": f"<p>{TEXT}" + "<a href='>" * DEEP,
    "less-than signs": TEXT + "<" * DEEP,
    "raw elements never closed": TEXT + "<textarea>" * 50_000,
    "numbers of characters": TEXT + "&#x" + "1" * 100_000 + ";",
    "entities": '<!DOCTYPE a [<!ENTITY b "' + "河" * 1000 + '">' + "".join(
        f'<!ENTITY b{i} "{f"&b{i - 1};" * 100 if i else "&b;"}">' for i in range(9)) + f"]><p>&b8;{TEXT}",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_keeps_its_text_and_takes_no_time(kind: str) -> None:
    start = time.perf_counter()
    found = read_page(HOSTILE[kind].encode(), "hostile.html")
    assert time.perf_counter() - start < 2
    assert TEXT in "".join(block.text for block in found.blocks)


@pytest.mark.parametrize(
    "unit",
    [
        "，",
        "来源：",
        "作者 ",
        "2020-02-17 ",
        "（（（（",
        "a",
        "0",
        " ",
        "&nbsp;",
        "记者",
        "　　。",
        "网",
        "［",
        "\t",
        "->",
    ],
)
def test_a_long_line_of_anything_takes_no_time(unit: str) -> None:
    page = f"<title>{unit * 10_000}</title><h1>{unit * 100}</h1><p>{unit * 100_000}</p><p>{TEXT}</p>"
    start = time.perf_counter()
    read_page(page.encode(), "long.html")
    assert time.perf_counter() - start < 2


def test_the_time_grows_with_the_length_and_no_faster() -> None:
    def seconds(times: int) -> float:
        page = ("<div class='a'><p>" + TEXT + "</p><a href='/b'>链接</a></div>") * times
        start = time.perf_counter()
        read_page(page.encode(), "page.html")
        return time.perf_counter() - start

    seconds(100)
    assert min(seconds(2000) for _ in range(3)) < 12 * min(seconds(400) for _ in range(3))


def test_a_text_of_more_than_ten_million_characters_is_whole() -> None:
    text = TEXT * 345_000
    found = read_page(f"<body><div>{text}</div><p>完</p>".encode(), "long.html")
    assert text in [block.text for block in found.blocks]


def test_no_file_is_read_and_no_socket_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密的内容", encoding="utf-8")

    def deny(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", deny)
    page = f"""<!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]><html xmlns:xi="http://www.w3.org/2001/XInclude">
<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><body><p>&s;{TEXT}</p><xi:include href="{secret.as_uri()}"/>
<iframe src="{secret.as_uri()}"></iframe><img src="http://127.0.0.1:9/a.png"></body></html>"""
    found = read_page(page.encode(), "page.html")
    assert TEXT in "".join(block.text for block in found.blocks)
    assert "机密" not in "".join(block.text for block in found.blocks)


@pytest.mark.parametrize(("source", "text"), [
    ("甲&#xD800;乙", "甲\ufffd乙"), ("甲&#55357;乙", "甲\ufffd乙"), ("甲\0乙", "甲␀乙"), ("甲&#0;乙", "甲\ufffd乙"),
    ("甲&#x110000;乙", "甲\ufffd乙"), ("甲&#20057;丙", "甲乙丙"), ("甲&amp;乙&lt;丙", "甲&乙<丙"),
])  # fmt: skip
def test_what_is_no_character_stands_as_a_sign_and_loses_nothing_behind_it(source: str, text: str) -> None:
    found = read_page(f"<body><p>{source}，{TEXT}</p><p>{TEXT}末</p>".encode(), "page.html")
    assert [block.text for block in found.blocks] == [f"{text}，{TEXT}", f"{TEXT}末"]
