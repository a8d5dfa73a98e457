"""WACZ: the web archives in it, its titles and its digests."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile

import pytest

from lishu_tui.library.captured import Captured
from lishu_tui.library.containers import zips
from lishu_tui.library.formats import read_bytes
from tests.library.wrappers import (
    PARAGRAPHS,
    TEXTS,
    TITLE,
    URL,
    page,
    record,
    sorted_out,
    texts,
    wacz,
    warc,
    watched,
    zipped,
)

BARE = f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>".encode()


def read(data: bytes) -> tuple[list[Captured], list[str], list[str]]:
    return sorted_out(read_bytes(data, "a.wacz"))


def changed(data: bytes, change: dict[str, bytes | None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    members |= change
    return zipped({name: data for name, data in members.items() if data is not None}, stored=True)


def test_all_archives_in_it_are_read_in_order() -> None:
    archives = {"b.warc": warc(page("二")), "a.warc.gz": warc(page("一"), packed=True), "c.cdx": b"x"}
    documents, errors, notices = read(wacz(archives))
    assert (errors, notices) == ([], [])
    assert [texts(document)[1][0] for document in documents] == ["一", "二"]
    assert documents[0].came_from == "a.wacz: archive/a.warc.gz, record 2"
    assert documents[0].format == "warc"
    assert "The digest of the archive in datapackage.json: verified." in documents[0].remarks


def test_its_list_of_pages_gives_titles_to_those_that_have_none() -> None:
    archives = {"a.warc": record(BARE, "http://a.cn/1") + record(page(), "http://a.cn/2")}
    pages = [{"url": "http://a.cn/1", "title": "列表之題"}, {"url": "http://a.cn/2", "title": "別題"}]
    documents, _, _ = read(wacz(archives, pages=pages))
    assert [document.about.title for document in documents] == ["列表之題", TITLE]


def test_a_digest_that_is_wrong_is_said_and_the_pages_are_read() -> None:
    (document,), errors, notices = read(wacz(wrong="archive/data.warc.gz"))
    assert (errors, texts(document)) == ([], TEXTS)
    assert notices == ["archive/data.warc.gz: its digest is a mismatch: datapackage.json states another one."]
    assert "The digest of the archive in datapackage.json: mismatch." in document.remarks
    _, _, notices = read(wacz(wrong="pages/pages.jsonl"))
    assert notices[0].startswith("pages/pages.jsonl: its digest is a mismatch")


def test_the_digest_of_the_list_of_digests_is_checked() -> None:
    data = wacz()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = archive.read("datapackage.json")
    for value, count in ((hashlib.sha256(package).hexdigest(), 0), ("0" * 64, 1)):
        signed = json.dumps({"path": "datapackage.json", "hash": f"sha256:{value}"}).encode()
        documents, errors, notices = read(changed(data, {"datapackage-digest.json": signed}))
        assert (len(documents), errors, len(notices)) == (1, [], count)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"datapackage.json": None}, "nothing states digests"),
        ({"datapackage.json": b"{"}, "cannot be read"),
        ({"datapackage.json": b"[" * 100_000}, "cannot be read"),
        ({"datapackage.json": b'{"resources": 5}'}, "cannot be read"),
        ({"datapackage.json": b"\xff"}, "cannot be read"),
        ({"pages/pages.jsonl": b'{"url": 5}\n' + b"[" * 10_000 + b"\n\xff\n"}, "3 of its lines"),
        ({"datapackage-digest.json": b"null"}, "cannot be read"),
    ],
)
def test_lists_that_are_broken_keep_no_page_from_being_read(change: dict[str, bytes | None], says: str) -> None:
    (document,), errors, notices = read(changed(wacz(), change))
    assert (errors, texts(document)) == ([], TEXTS)
    assert any(says in line for line in notices)


def test_an_archive_that_is_broken_costs_only_itself() -> None:
    whole = warc(page(), packed=True)
    documents, errors, notices = read(wacz({"a.warc.gz": whole[:-60], "b.warc.gz": b"x", "c.warc.gz": whole}))
    assert [document.about.url for document in documents] == [URL]
    assert len(errors) == 2
    assert any("archive/b.warc.gz" in line for line in errors)
    assert any(line.startswith("archive/a.warc.gz: ") and "incomplete" in line for line in notices)


def test_without_archives_it_is_one_line() -> None:
    documents, errors, notices = read(changed(wacz(), {"archive/data.warc.gz": None}))
    assert (documents, notices) == ([], [])
    assert "holds no web archive" in errors[0]


def test_what_is_read_of_it_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "ZIP_TOTAL_LIMIT", 8000)
    film = record(bytes(6000), "http://a.cn/film", kind="video/mp4")
    documents, errors, _ = read(wacz({"a.warc": warc(), "b.warc": film, "c.warc": warc(page("三"))}))
    assert len(documents) == 1
    assert any("too large unpacked" in line for line in errors)


def test_a_bomb_in_it_is_refused() -> None:
    _, errors, _ = read(zipped({"datapackage.json": b"{}", "archive/a.warc": bytes(32 << 20)}))
    assert "more than 200 times" in errors[0]
    inner = gzip.compress(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n" + bytes(64 << 20))
    documents, errors, notices = read(wacz({"a.warc.gz": inner}))
    assert documents == []
    assert errors + notices


def test_revisits_are_resolved_and_nothing_is_written() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    revisit = (
        b"WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: http://a.cn/2\r\nWARC-Refers-To-Target-URI: "
        + URL.encode() + b"\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(head), head)
    )  # fmt: skip
    data = wacz({"a.warc": warc() + revisit})
    read(data)
    with watched() as seen:
        documents, errors, notices = read(data)
    assert ([d.about.url for d in documents], errors, notices, seen) == ([URL, "http://a.cn/2"], [], [], [])
