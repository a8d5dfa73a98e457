"""A captured document as an edition: one article in every wrapper, its headings, what is known of it, its id."""

from __future__ import annotations

import html
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Address, Edition, LishuError, load_edition, visible
from lishu_tui.edition.colophon import colophon
from lishu_tui.edition.model import Dropped
from lishu_tui.library import edition_of as opened
from lishu_tui.library.captured import About, Block, Captured, Encoding
from lishu_tui.library.ids import LONGEST, document_id, slug
from lishu_tui.library.limits import TITLE_LIMIT
from lishu_tui.library.making import SUPPLIED, edition_of
from lishu_tui.library.opening import open_file
from lishu_tui.library.store.soundness import unsound
from lishu_tui.search.pinyin import spell
from tests.library import wrappers

FIRST = "春天來了，農民們都到地里去干活，學校里的孩子們也在種樹。"
SECOND = "他從鄉下帶來一籃雞蛋，說是給孩子們補身體的。"


def captured(*blocks: Block | str, about: About | None = None, **fields: object) -> Captured:
    made = tuple(b if isinstance(b, Block) else Block(b) for b in blocks)
    one = Captured(name="頁.html", data=b"data", format="html", blocks=made, about=about or About())
    return msgspec.structs.replace(one, **fields)


# ── one article, however it is kept ─────────────────────────────────────────────────────────────────────────────────


def plain(name: str) -> bytes:
    marks = ("# ", "## ") if name.endswith(".md") else ("", "")
    lines = list(wrappers.TEXTS)
    for mark, heading in zip(marks, (wrappers.TITLE, wrappers.HEADING), strict=True):
        lines[lines.index(heading)] = mark + heading
    return "\n\n".join(lines).encode()


@pytest.mark.parametrize("name", ["a.txt", "a.md", *wrappers.WRAPPERS])
def test_one_article_gives_the_same_paragraphs_in_every_wrapper(name: str, tmp_path: Path) -> None:
    data = plain(name) if name in ("a.txt", "a.md") else wrappers.WRAPPERS[name]()
    found = opened(data, name)
    assert found.readings["restored"] == wrappers.TEXTS
    assert found.source.title == wrappers.TITLE
    assert found.provenance is not None
    assert found.id.startswith("lishuxiandayingyiqing-")
    assert not unsound(found)
    (tmp_path / name).write_bytes(data)
    there = open_file(tmp_path / name)
    assert (there.readings, there.id, there.sections) == (found.readings, found.id, found.sections)


@pytest.mark.parametrize("name", ["a.md", *wrappers.WRAPPERS])
def test_headings_that_are_marked_are_headings(name: str) -> None:
    found = opened(plain(name) if name == "a.md" else wrappers.WRAPPERS[name](), name)
    assert wrappers.HEADING in [section.label for section in found.sections]


# ── headings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_are_those_of_the_page_and_no_other() -> None:
    found = edition_of(captured(Block("春天", "heading", 1), FIRST, "第一章", SECOND, Block("夏", "heading", 4), "。"))
    assert [(s.id, s.label, s.first, s.last) for s in found.sections] == [
        ("section-1", "春天", 0, 4), ("section-2", "夏", 4, 6),
    ]  # fmt: skip
    assert (found.source.title, found.source.supplied) == ("春天", ())


def test_headings_of_a_damaged_page_are_restored_with_it() -> None:
    lines = ["這(zhè)座橋(qiáo)建成", "這(zhè)座橋(qiáo)建成以后,兩(liǎng)岸的居民來(lái)往方便多了。"] * 8
    blocks = [Block(line, "heading", 2) if n % 2 == 0 else Block(line) for n, line in enumerate(lines)]
    found = edition_of(captured(*blocks, about=About(title=lines[0])))
    assert found.damage is not None
    assert [s.label for s in found.sections] == ["這座橋建成"] * 8
    assert found.source.title == "這座橋建成"
    assert found.readings["capture"][0] == lines[0]
    assert not unsound(found)


def test_a_line_end_by_a_character_reference_moves_no_heading() -> None:
    words = "他說：&ldquo;好&rdquo;。&#10;走了。"
    found = edition_of(captured(words, Block("第一章", "heading", 1), FIRST))
    assert found.readings["restored"] == ("他說：“好”。", "走了。", "第一章", FIRST)
    assert all(s.label in ("〔正文〕", "〔開篇〕", "第一章") for s in found.sections)


def test_a_heading_that_is_split_is_none() -> None:
    found = edition_of(captured("春。", Block("長" * 300_000, "heading", 1), "夏。"))
    assert [s.label for s in found.sections] == ["〔正文〕"]
    assert len(found.paragraphs) == 4


# ── what is known of it ─────────────────────────────────────────────────────────────────────────────────────────────

KNOWN = About(
    title="春天", date="2020-02-17T08:30:00+08:00", authors=("張三", "李四"), publisher="四平日報", via="新華網",
    url="https://example.cn/a", captured="2020-02-18T00:00:00Z", tool="SingleFile",
)  # fmt: skip


def test_what_the_capture_says_of_itself_is_the_source() -> None:
    dropped = (Dropped(what="navigation", characters=9, rule="<nav>", sample="首頁"),)
    one = captured(
        FIRST, about=KNOWN, came_from="in/頁.html", rule="the <article>", dropped=dropped, remarks=("It is so.",),
        encoding=Encoding("gb18030", "declared", 0, ("HTTP header: gbk", "meta: utf-8")),
    )  # fmt: skip
    found = edition_of(one)
    source, came = found.source, found.provenance
    assert (source.title, source.supplied, source.year) == ("春天", (), 2020)
    assert (source.date, source.authors, source.publisher, source.via) == (
        KNOWN.date, KNOWN.authors, "四平日報", "新華網",
    )  # fmt: skip
    assert source.encoding == "GB 18030 (as the HTTP header says: gbk; the meta says utf-8)"
    assert came is not None
    assert (came.url, came.captured, came.tool, came.rule) == (KNOWN.url, KNOWN.captured, "SingleFile", "the <article>")
    assert (came.dropped, came.came_from, came.remarks) == (dropped, "in/頁.html", ("It is so.",))
    told = "\n".join(colophon(found))
    for words in (
        f"Date: {KNOWN.date}", "By: 張三 · 李四 · 四平日報 · 新華網", "Page: https://example.cn/a", "It is so.",
        "Captured: 2020-02-18T00:00:00Z, by SingleFile", "File: in/頁.html (html)", "Read so: the <article>",
        "Encoding declared: HTTP header: gbk; meta: utf-8; read as gb18030 (declared)",
        "On the page and not in the text: 9 characters", "  navigation, 9 characters (<nav>): 首頁",
    ):  # fmt: skip
        assert words in told
    assert "inferred" not in told


def test_a_title_that_is_not_known_is_supplied_and_says_so() -> None:
    found = edition_of(captured(FIRST))
    assert (found.source.title, found.source.supplied) == ("〔頁.html〕", (SUPPLIED,))
    assert (found.source.date, found.source.year) == ("", None)
    assert SUPPLIED in "\n".join(colophon(found))


@pytest.mark.parametrize(
    ("date", "year"),
    [("2020", 2020), ("2020-02", 2020), ("", None), ("昨天", None), ("20201", None), ("1999-13", 1999)],
)
def test_the_year_is_that_of_the_date(date: str, year: int | None) -> None:
    assert edition_of(captured(FIRST, about=About(date=date))).source.year == year


def test_hostile_words_about_it_are_made_safe() -> None:
    bad = "甲\x1b]0;PWNED\x07\n\u202e\ud800乙" + "長" * 1000
    about = About(title=bad, date=bad, authors=(bad,), publisher=bad, via=bad, url=bad, captured=bad, tool=bad)
    found = edition_of(captured(FIRST, about=about, name=bad, came_from=bad, rule=bad, remarks=(bad,)))
    msgspec.msgpack.encode(found)
    source, came = found.source, found.provenance
    assert came is not None
    for text in (source.title, source.date, *source.authors, source.publisher, came.url, came.came_from, came.tool):
        assert text == visible(text)
        assert "\n" not in text
    assert len(source.title) == TITLE_LIMIT
    assert Address.parse(found.id).document == found.id


def test_half_characters_are_replaced_and_counted() -> None:
    found = edition_of(captured("甲\ud800乙\udfff。"))
    assert found.text(0) == "甲\ufffd乙\ufffd。"
    assert found.provenance is not None
    assert found.provenance.remarks == ("2 half characters (lone surrogates); � stands for each.",)
    msgspec.msgpack.encode(found)


@pytest.mark.parametrize("blocks", [(), ("",), ("　", " \t")])
def test_a_document_without_text_is_one_line(blocks: tuple[str, ...]) -> None:
    with pytest.raises(LishuError, match="holds nothing but blanks"):
        edition_of(captured(*blocks))


BLOCKS = st.lists(
    st.builds(
        Block,
        st.text(st.characters(exclude_characters="\n\r"), min_size=1, max_size=30),
        st.sampled_from(["text", "heading", "row"]),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(BLOCKS, st.text(max_size=40), st.booleans())
def test_any_document_holds_together(blocks: list[Block], title: str, plain: bool) -> None:
    one = captured(*blocks, "文章。", about=About(title=title), plain=plain)
    found = edition_of(one)
    assert not unsound(found)
    assert edition_of(one) == found
    assert found.source.title


# ── ids ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("梨樹縣", "lishuxian"),
        ("梨树县", "lishuxian"),
        ("防控“新冠”阻擊戰", "fangkong-xinguan-zuji"),
        ("2020年第3期", "2020-niandi-3-qi"),
        ("COVID-19 與我們", "covid-19-yuwomen"),
        ("女旅", "nvlv"),
        ("café Zürich", "cafe-zurich"),
        ("Ａ４", "a4"),
        ("〔〕…", ""),
        ("", ""),
        ("a" * 100, "a" * LONGEST),
        ("莊" * 100, "zhuangzhuangzhuangzhuang"),
    ],
)
def test_a_slug_is_read_from_the_title(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text(max_size=300))
def test_every_title_gives_an_address(title: str) -> None:
    made = slug(title)
    assert len(made) <= LONGEST
    id = document_id([title], "0123456789abcdef")
    assert Address.parse(id) == Address(id)
    assert id == document_id([title], "0123456789abcdef")


def test_ids_are_made_of_what_there_is_and_a_piece_of_the_digest() -> None:
    assert document_id(["", "春", "x"], "abcdef0123") == "chun-abcdef"
    assert document_id(["", "！"], "abcdef0123") == "document-abcdef"
    assert spell("chun") is not None


def test_the_same_bytes_give_the_same_edition_under_every_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST)
    (tmp_path / "b.txt").write_text(FIRST)
    one: Edition = open_file(tmp_path / "a.txt")
    other: Edition = open_file(tmp_path / "b.txt")
    assert one.source.sha256 == other.source.sha256
    assert one.readings == other.readings


def test_the_damaged_article_is_restored_alike_in_every_wrapper() -> None:
    """The beginning of it: what stands below the article a reader of pages leaves out."""
    lines = load_edition().capture.decode().split("\n")[:12]
    marked = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><article>{marked}</article></body>".encode()
    kept = {
        "a.md": "\n\n".join(lines).encode(), "a.html": page, "a.mhtml": wrappers.mhtml(page),
        "a.warc": wrappers.warc(page), "a.warc.gz": wrappers.warc(page, packed=True),
        "a.wacz": wrappers.wacz({"a.warc": wrappers.warc(page)}),
        "a.epub": wrappers.book({"1.xhtml": wrappers.chapter(marked)}),
    }  # fmt: skip
    text = opened("\n".join(lines).encode(), "a.txt")
    assert len(text.emendations) > 20
    for name, data in kept.items():
        found = opened(data, name)
        assert found.readings == text.readings, name
        assert found.emendations == text.emendations, name
        assert not unsound(found)
