"""What a file is, told by its bytes; and that one article is the same whatever it is wrapped in."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.library.formats import read_bytes, read_file, sniff
from lishu_tui.library.limits import FILE_LIMIT
from tests.library.wrappers import (
    TEXTS,
    TITLE,
    URL,
    WRAPPERS,
    book,
    chunked,
    mhtml,
    page,
    record,
    sorted_out,
    texts,
    wacz,
    warc,
    watched,
    zipped,
)

MADE = {name: make() for name, make in WRAPPERS.items()}
PLAIN = "春天來了，農民們都到地里去干活。\n\n學校里的孩子們也在院子里種樹。\n".encode()
REFUSED = {
    "a.pdf": (b"%PDF-1.7\n", "PDF"),
    "a.docx": (zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "Office"),
    "a.odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "Office"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
    "a.rtf": (b"{\\rtf1", "RTF"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "picture"),
    "a.jpg": (b"\xff\xd8\xff\xe0", "picture"),
    "a.gif": (b"GIF89a", "picture"),
    "a.webp": (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
    "a.mp4": (b"\0\0\0\x18ftypmp42", "film"),
    "a.db": (b"SQLite format 3\0", "database"),
    "a.so": (b"\x7fELF", "program"),
    "a.zip": (zipped({"a.txt": PLAIN}), "zip"),
    "a.gz": (b"\x1f\x8b\x08" + bytes(20), "gzip"),
    "a.mobi": (bytes(60) + b"BOOKMOBI", "Kindle"),
    "a.svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "XML"),
    "a.txt": (b"", "empty"),
    "a.warc": (b"", "empty"),
    "b.warc": (PLAIN, "not what its name says"),
    "b.epub": (PLAIN, "not what its name says"),
    "b.wacz": (page(), "not what its name says"),
}


@pytest.mark.parametrize("name", WRAPPERS)
def test_one_article_is_the_same_in_every_wrapper(name: str) -> None:
    documents, errors, _ = sorted_out(read_bytes(MADE[name], name))
    assert (errors, len(documents)) == ([], 1)
    assert texts(documents[0]) == TEXTS
    assert documents[0].about.title == TITLE
    if not name.endswith((".html", ".epub")):
        assert documents[0].about.url == URL
        assert documents[0].about.captured.startswith("2020-02-18T01:02:03")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PLAIN, "a.txt", "txt"), (PLAIN, "a", "txt"), (PLAIN, "a.md", "md"), (b"<b>x</b> y", "a.md", "md"),
        (page(), "a.html", "html"), (page(), "a.txt", "html"), (page(), "view.php?id=1", "html"),
        (page(), "a.md", "html"),
        (PLAIN, "a.html", "html"), (mhtml(), "a.mhtml", "mhtml"), (mhtml(), "a", "mhtml"), (PLAIN, "a.mht", "mhtml"),
        (warc(), "a", "warc"), (warc(packed=True), "a.gz", "warc"),
        (wacz(), "a.zip", "wacz"), (book(), "a.zip", "epub"),
        ("<!doctype html><p>甲".encode("utf-16"), "a", "html"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes hold the time
)  # fmt: skip
def test_a_format_is_told_by_the_bytes_and_then_by_the_name(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_refused_in_one_line_that_says_what_is(name: str) -> None:
    data, word = REFUSED[name]
    documents, errors, notices = sorted_out(read_bytes(data, name))
    assert (documents, len(errors), notices) == ([], 1, [])
    assert word in errors[0]
    assert name in errors[0]
    assert "EPUB" in errors[0] or "archive" in errors[0]


@given(
    st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.mhtml", "a.warc", "a.warc.gz", "a.wacz", "a.epub"])
)
def test_no_bytes_make_more_of_it_than_lines(data: bytes, name: str) -> None:
    sorted_out(read_bytes(data, name))


@given(st.sampled_from(sorted(WRAPPERS)), st.data())
def test_no_flipped_byte_and_no_cut_makes_more_of_it_than_lines(name: str, data: st.DataObject) -> None:
    whole = bytearray(MADE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    documents, errors, notices = sorted_out(read_bytes(bytes(whole[:end]), name))
    assert documents or errors or notices


@pytest.mark.parametrize("wrap", [bytes, lambda data: mhtml(data, encoding="base64"), record])
def test_bytes_that_are_no_text_are_no_page_whatever_says_so(wrap: Callable[[bytes], bytes]) -> None:
    noise = Random(1).randbytes(20_000)
    name = {bytes: "a.html"}.get(wrap, "a")
    documents, errors, _ = sorted_out(read_bytes(wrap(noise), name))
    assert (documents, len(errors)) == ([], 1)
    assert "is not text" in errors[0]


WORDS = st.text("梨樹縣疫情防控，。、：「」()abc 0123&<>\"'\u3000\n\t", max_size=80)
COATS: tuple[Callable[[bytes], bytes], ...] = (
    lambda html: mhtml(html, encoding="quoted-printable"),
    lambda html: mhtml(html, encoding="base64"),
    lambda html: mhtml(html, encoding="binary"),
    record,
    lambda html: record(html, packed=True),
    lambda html: record(html, type="resource"),
    lambda html: record(chunked(html, 37), headers=[("Transfer-Encoding", "chunked")]),
    lambda html: record(gzip.compress(html), headers=[("Content-Encoding", "gzip")]),
    lambda html: wacz({"a.warc.gz": record(html, packed=True)}),
)


@given(
    st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "td", "div", "pre"]), WORDS), max_size=12),
    st.sampled_from(COATS),
)
def test_the_same_page_is_the_same_text_in_any_coat(
    parts: list[tuple[str, str]], coat: Callable[[bytes], bytes]
) -> None:
    inside = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in parts)
    html = f'<!DOCTYPE html><meta charset="utf-8"><title>{TITLE}</title><body>{inside}'.encode()
    bare, _, _ = sorted_out(read_bytes(html, "a.html"))
    coated, errors, _ = sorted_out(read_bytes(coat(html), "a"))
    assert [one.blocks for one in coated] == [one.blocks for one in bare]
    assert len(coated) + len(errors) == 1


def test_what_is_kept_is_what_was_parsed_though_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page())
    reads = read_file(path)
    (document,) = reads
    path.write_bytes(page("改"))
    assert hashlib.sha256(document.data).digest() == hashlib.sha256(page()).digest()


def test_a_file_is_opened_once(tmp_path: Path) -> None:
    for name, data in MADE.items():
        path = tmp_path / name
        path.write_bytes(data)
        list(read_file(path))  # modules are imported
        with watched() as seen:
            list(read_file(path))
        assert seen == [("read", str(path))], name


@pytest.mark.parametrize(
    "name", ["a\nb.html", "-rf.html", "100%s.html", "a b .html", "\x1b]0;x\x07.html", "$(id).html", "甲.html"]
)
def test_a_name_of_a_file_is_data(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(page())
    documents, errors, _ = sorted_out(read_file(path))
    assert (len(documents), errors) == (1, [])
    assert documents[0].name == name
    path.write_bytes(b"%PDF-")
    _, errors, _ = sorted_out(read_file(path))
    assert not {"\x1b", "\n", "\x07"} & set(errors[0])


def test_an_error_names_the_file_as_it_was_asked_for(tmp_path: Path) -> None:
    for name, data in (("a.warc", b"x"), ("a.epub", zipped({"x": "y"})), ("a.html", b"<p></p>"), ("a.mhtml", b"x")):
        path = tmp_path / name
        path.write_bytes(data)
        _, errors, _ = sorted_out(read_file(path))
        assert errors
        assert all(line.startswith(f"{path}: ") for line in errors)


def test_pipes_folders_and_what_is_not_there_do_not_keep_us_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path, word in (
        (pipe, "pipe"),
        (tmp_path, "folder"),
        (tmp_path / "none", "cannot be read"),
        (Path("a\0b"), "no name"),
    ):
        documents, errors, _ = sorted_out(read_file(path))
        assert (documents, len(errors)) == ([], 1)
        assert word in errors[0]


def test_a_file_beyond_the_limit_is_refused_unless_it_is_a_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"a")
        file.truncate(FILE_LIMIT + 2)
    _, errors, _ = sorted_out(read_file(path))
    assert "too large" in errors[0]
    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        for _ in range(3):
            file.write(record(bytes(24 << 20), "http://a.cn/film", kind="video/mp4"))
        file.write(record(page()))
    assert path.stat().st_size > FILE_LIMIT
    documents, errors, notices = sorted_out(read_file(path))
    assert ([texts(d) for d in documents], errors, notices) == ([TEXTS], [], [])


def test_an_error_of_a_piece_is_handed_over_not_raised() -> None:
    reads = list(read_bytes(warc(b"<p></p>"), "a.warc"))
    assert [type(read) for read in reads] == [LishuError]
