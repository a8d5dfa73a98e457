"""Pages saved as one message."""

from __future__ import annotations

import time

import pytest

from lishu_tui.library.captured import About, Captured
from lishu_tui.library.containers.mhtml import is_mhtml, read_mhtml
from lishu_tui.library.formats import read_bytes
from tests.library.wrappers import PARAGRAPHS, TEXTS, TITLE, URL, mhtml, page, sorted_out, texts


def read(data: bytes) -> tuple[list[Captured], list[str], list[str]]:
    return sorted_out(read_bytes(data, "a.mhtml"))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
def test_the_page_is_read_however_it_is_coded(encoding: str, charset: str) -> None:
    html = page().decode().replace('<meta charset="utf-8"/>', "")
    data = html.encode({"gb2312": "gb18030"}.get(charset, charset))
    (document,), errors, notices = read(mhtml(data, encoding=encoding, charset=charset))
    assert (errors, notices, texts(document)) == ([], [], TEXTS)
    assert document.encoding.declared[0] == f"HTTP header: {charset}"


def test_what_the_message_says_is_kept_and_so_is_all_of_it() -> None:
    data = mhtml()
    (document,), _, _ = read(data)
    assert (document.data, document.format, document.name) == (data, "mhtml", "a.mhtml")
    about = document.about
    assert (about.url, about.captured, about.tool) == (URL, "2020-02-18T01:02:03+00:00", "Chromium")
    assert document.remarks == ()


def test_the_subject_is_the_title_where_the_page_has_none() -> None:
    html = f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>".encode()
    (document,), _, _ = read(mhtml(html))
    assert document.about.title == TITLE


def test_what_is_known_better_wins() -> None:
    document = read_mhtml(mhtml(), "a", about=About(title="另題", url="http://b.cn/"))
    assert (document.about.title, document.about.url, document.about.tool) == ("另題", "http://b.cn/", "Chromium")


def test_frames_are_left_out_and_said() -> None:
    frame = "Content-Type: text/html\r\nContent-Location: http://ad.cn/frame.html\r\n\r\n<p>廣告</p>"
    (document,), _, _ = read(mhtml(more=frame))
    assert texts(document) == TEXTS
    assert document.remarks == ("Frames in the page that were left out: 1 (http://ad.cn/frame.html).",)


def test_the_part_that_the_message_starts_with_is_the_page() -> None:
    frame = b"Content-Type: text/html\r\nContent-ID: <ad>\r\n\r\n<p>x</p>\r\n------b----\r\n"
    data = mhtml().replace(b"Snapshot-Content-Location: " + URL.encode(), b"X: y")
    data = data.replace(b'type="text/html";', b'type="text/html"; start="<frame-0@mhtml.blink>";')
    data = data.replace(b"------b----\r\n", b"------b----\r\n" + frame, 1)
    (document,), _, _ = read(data)
    assert texts(document) == TEXTS


def test_a_page_alone_in_a_message_is_read() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://a.cn/\r\n\r\n"
    assert is_mhtml(head)
    (document,), _, _ = read(head + page())
    assert (texts(document), document.about.url) == (TEXTS, "http://a.cn/")


def test_a_message_cut_off_is_read_and_said() -> None:
    data = mhtml()
    (document,), _, _ = read(data[: data.index(b"Content-Type: image/png")])
    assert texts(document) == TEXTS
    assert "The message has no end: it may be cut off." in document.remarks


@pytest.mark.parametrize(
    "data",
    [
        b"hello", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
        b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", mhtml(b""), mhtml(b"<p></p>"),
        b"Content-Type: multipart/related; boundary=\xff\r\n\r\n--\xff\r\nContent-Type: text/html\r\n\r\n",
    ],
)  # fmt: skip
def test_a_message_without_a_page_is_one_line(data: bytes) -> None:
    documents, errors, _ = read(data)
    assert (documents, len(errors)) == ([], 1)


def test_messages_in_messages_and_headers_without_end_take_no_time() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5000))
    for data in (
        b"MIME-Version: 1.0\r\n" + nested,
        b"MIME-Version: 1.0\r\nSubject: "
        + b"=?utf-8?q?a?= " * 50_000
        + b"\r\nContent-Type: text/html\r\n\r\n"
        + page(),
        b"MIME-Version: 1.0\r\nContent-Type: text/html; " + b'a*0*="x"; ' * 20_000 + b"\r\n\r\n" + page(),
        mhtml().replace(b"------b----\r\n", b"------b----\r\n\r\nx\r\n" * 1 + b"------b----\r\n" * 20_000, 1),
    ):
        start = time.perf_counter()
        documents, errors, _ = read(data)
        assert documents or errors
        assert time.perf_counter() - start < 10
