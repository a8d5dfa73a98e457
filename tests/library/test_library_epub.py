"""Books: the chapters of the spine, in order, and what of a book that is broken or hostile."""

from __future__ import annotations

import time

import pytest

from lishu_tui.library.captured import Captured
from lishu_tui.library.formats import read_bytes
from tests.library.wrappers import (
    CONTAINER,
    HEADING,
    PARAGRAPHS,
    TEXTS,
    TITLE,
    body,
    book,
    chapter,
    opf,
    sorted_out,
    texts,
    watched,
    zipped,
)

CHAPTERS = {
    "1.xhtml": chapter(f"<h1>第一章</h1><p>{PARAGRAPHS[0]}</p>"),
    "2.xhtml": chapter(f"<h1>第二章</h1><p>{PARAGRAPHS[1]}</p>"),
}
ITEMS = [("a", "1.xhtml", ""), ("b", "2.xhtml", "")]
TWO = ("第一章", PARAGRAPHS[0], "第二章", PARAGRAPHS[1])


def read(data: bytes) -> tuple[list[Captured], list[str], list[str]]:
    return sorted_out(read_bytes(data, "a.epub"))


def refused(data: bytes) -> str:
    documents, errors, notices = read(data)
    assert (documents, len(errors), notices) == ([], 1, [])
    return errors[0]


def test_a_book_is_one_document_with_its_chapters_in_the_order_of_the_spine() -> None:
    data = book(CHAPTERS, list=opf(ITEMS, ["b", "a"]))
    (document,), errors, _ = read(data)
    assert errors == []
    assert texts(document) == TWO[2:] + TWO[:2]
    assert [(b.kind, b.level) for b in document.blocks] == [("heading", 1), ("text", 0)] * 2
    assert document.data == data
    about = document.about
    assert (about.title, about.authors, about.date, about.publisher) == (
        TITLE,
        ("張三", "李四"),
        "2020-02-17",
        "四平日報",
    )


def test_all_of_a_chapter_is_kept() -> None:
    (document,), _, _ = read(
        book({"1.xhtml": chapter(f"<nav>目錄</nav><div class='comment'>{body()}</div><footer>完</footer>")})
    )
    assert texts(document) == ("目錄", *TEXTS, "完")
    assert [b.text for b in document.blocks if b.kind == "heading"] == [TITLE, HEADING]
    assert sum(b.kind == "row" for b in document.blocks) == 3


def test_what_xml_closes_at_once_swallows_nothing() -> None:
    inside = (
        f'<script src="x.js"/><p/><a id="x"/><div class="y"/><p>{PARAGRAPHS[0]}<br/>二<span/>三</p><iframe/><p>尾</p>'
    )
    (document,), _, _ = read(book({"1.xhtml": chapter(inside)}))
    assert texts(document) == (PARAGRAPHS[0], "二三", "尾")


def test_text_that_xml_does_not_look_into_is_text() -> None:
    (document,), _, _ = read(book({"1.xhtml": chapter(f"<p><![CDATA[{PARAGRAPHS[0]}<1>]]></p><p>尾</p><![CDATA[")}))
    assert texts(document)[:2] == (f"{PARAGRAPHS[0]}<1>", "尾")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5"])
def test_a_chapter_is_decoded_as_it_declares(encoding: str) -> None:
    text = chapter(body()).replace('encoding="utf-8"', f'encoding="{encoding}"')
    (document,), _, _ = read(
        book({}, list=opf([("a", "1.xhtml", "")], ["a"]), change={"OEBPS/1.xhtml": text.encode(encoding)})
    )
    assert texts(document) == TEXTS


def test_the_contents_of_a_book_are_left_out_and_listed() -> None:
    chapters = {"nav.xhtml": chapter("<nav><ol><li>第一章</li><li>第二章</li></ol></nav>"), **CHAPTERS}
    (document,), errors, _ = read(book(chapters, list=opf([("n", "nav.xhtml", "nav"), *ITEMS], ["n", "a", "b"])))
    assert (errors, texts(document)) == ([], TWO)
    assert [(d.what, d.characters, d.sample) for d in document.dropped] == [("navigation", 6, "第一章 第二章")]


@pytest.mark.parametrize(
    "href",
    ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://a.cn/1.xhtml", "//a.cn/1.xhtml", "", "..",
     "..%2F..%2F..%2Fetc%2Fpasswd", "..\\..\\w.xhtml", "C:/w.xhtml", "a%00.xhtml", "data:text/html,x", "http://[/x"],
)  # fmt: skip
def test_what_leads_out_of_the_book_is_not_in_it(href: str) -> None:
    data = book(CHAPTERS, list=opf([*ITEMS, ("c", href, "")], ["a", "c", "b"]))
    list(read_bytes(data, "a.epub"))
    with watched() as seen:
        documents, errors, _ = read(data)
    assert ([texts(d) for d in documents], len(errors), seen) == ([TWO], 1, [])
    assert "not in this book" in errors[0]
    assert "Chapters that could not be read: 1" in documents[0].remarks[0]


@pytest.mark.parametrize("path", ["../x.opf", "/etc/passwd", "http://a.cn/x.opf", "missing.opf", ""])
def test_a_list_that_is_not_in_the_book_is_one_line(path: str) -> None:
    line = refused(book(change={"META-INF/container.xml": CONTAINER.replace("OEBPS/content.opf", path)}))
    assert "OPF" in line


def test_names_of_members_are_read_as_addresses() -> None:
    data = book(
        list=opf([("a", "text/../%E7%AB%A0%201.xhtml#x", "")], ["a"]), change={"OEBPS/章 1.xhtml": chapter(body())}
    )
    (document,), errors, _ = read(data)
    assert (errors, texts(document)) == ([], TEXTS)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"META-INF/container.xml": None}, "has no META-INF/container.xml"),
        ({"META-INF/container.xml": ""}, "no XML"),
        ({"META-INF/container.xml": "<container/>"}, "names no list"),
        ({"OEBPS/content.opf": None}, "missing"),
        ({"OEBPS/content.opf": "<package"}, "no XML"),
        ({"OEBPS/content.opf": "<package/>"}, "has no spine"),
        ({"OEBPS/1.xhtml": chapter("")}, "holds no text"),
    ],
)
def test_a_book_without_what_makes_one_is_one_line(change: dict[str, str | None], word: str) -> None:
    assert word in refused(book(change=change))


def test_a_chapter_that_is_missing_costs_only_itself() -> None:
    for spine, items, word in (
        (["a", "c", "b"], [*ITEMS, ("c", "3.xhtml", "")], "missing from the book"),
        (["a", "x", "b"], ITEMS, "not in the list"),
    ):
        documents, errors, _ = read(book(CHAPTERS, list=opf(items, spine)))
        assert ([texts(d) for d in documents], len(errors)) == ([TWO], 1)
        assert word in errors[0]
    documents, errors, _ = read(book({}, list=opf(ITEMS, ["a", "b"])))
    assert (documents, len(errors)) == ([], 3)


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{method}"/><enc:CipherData><enc:CipherReference URI="{uri}"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


def test_a_book_under_lock_is_one_line_and_hidden_fonts_are_none() -> None:
    locked = ENCRYPTION.format(method="http://www.w3.org/2001/04/xmlenc#aes128-cbc", uri="OEBPS/1.xhtml")
    assert "DRM" in refused(book(change={"META-INF/encryption.xml": locked, "META-INF/rights.xml": "<rights/>"}))
    font = ENCRYPTION.format(method="http://www.idpf.org/2008/embedding", uri="OEBPS/font.otf")
    documents, errors, _ = read(book(change={"META-INF/encryption.xml": font, "OEBPS/font.otf": b"x"}))
    assert (len(documents), errors) == (1, [])


LAUGHS = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)]
HOSTILE = {
    "external entity": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
    "laughs": f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{"".join(LAUGHS)}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY j "{"a" * 100_000}">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY j "x">]>',
    "XInclude": '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("member", ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/1.xhtml"])
def test_xml_refers_to_nothing_outside_it_and_does_not_grow(kind: str, member: str) -> None:
    declared = HOSTILE[kind]
    inner = "" if kind == "XInclude" else "&j;" * (1000 if kind == "quadratic" else 1)
    whole = {
        "META-INF/container.xml": CONTAINER.replace("<rootfiles>", f"<rootfiles>{inner}"),
        "OEBPS/content.opf": opf([("c0", "1.xhtml", "")], ["c0"], f"<dc:subject>{inner}</dc:subject>"),
        "OEBPS/1.xhtml": chapter(f"{body()}<p>{inner}</p>").replace("<!DOCTYPE html>\n", ""),
    }[member]
    before, after = ("</", f"{declared}</") if kind == "XInclude" else ("?>", f"?>{declared}")
    whole = whole.replace(before, after, 1)
    data = book(change={member: whole})
    list(read_bytes(data, "a.epub"))
    start = time.perf_counter()
    with watched() as seen:
        documents, errors, _ = read(data)
    assert time.perf_counter() - start < 1
    assert seen == []
    assert documents or errors
    assert not any("root:" in text for document in documents for text in texts(document))


def test_a_huge_attribute_and_deep_nesting_in_the_list_are_one_line_or_read() -> None:
    for inside in (f'<x y="{"z" * 11_000_000}"/>', "<x>" * 100_000 + "</x>" * 100_000):
        start = time.perf_counter()
        documents, errors, _ = read(book(list=opf([("c0", "1.xhtml", "")], ["c0"], inside)))
        assert time.perf_counter() - start < 2
        assert documents or errors


def test_a_chapter_of_deep_nesting_loses_no_text() -> None:
    (document,), _, _ = read(book({"1.xhtml": chapter("<div>" * 20_000 + PARAGRAPHS[0] + "</div>" * 20_000)}))
    assert texts(document) == (PARAGRAPHS[0],)


def test_escapes_in_what_the_book_says_reach_no_message() -> None:
    data = book(list=opf([("c0", "&#x1b;]0;x&#x7;.xhtml", "")], ["c0"]))
    _, errors, _ = read(data)
    assert errors
    assert not {"\x1b", "\x07", "\n"} & set("".join(errors))
    _, errors, _ = read(book(list=opf([("c0", "\u202e\u009b.xhtml", "")], ["c0"])))
    assert not {"\u202e", "\u009b"} & set("".join(errors))


def test_a_zip_cut_off_is_one_line() -> None:
    assert "zip archive" in refused(book()[:-30])
    assert "zip archive" in refused(zipped({})[:10] + b"PK\x03\x04")
