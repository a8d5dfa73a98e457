"""One page in each of the wrappers that pages are kept in, made here; and a watch over what is opened meanwhile."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from quopri import encodestring
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Captured, Notice, Read

URL = "http://news.example.cn/2020/02/a.html"
DATE = "2020-02-18T01:02:03Z"
TITLE = "梨樹縣打贏疫情防控阻擊戰"
PARAGRAPHS = (
    "疫情就是命令，防控就是責任。梨樹縣主要領導親自掛帥，排兵布陣，靠前指揮。",
    "全縣第一時間成立疫情防控工作領導小組，下設疫情防控、醫療救治、應急處理等11個具體工作組。",
    "自此，全縣形成疫情防控的戰略路徑，開調度會議、推進會議和各領導小組會議等20余次。",
    "相繼發布了20余個文件。全縣成立了10個疫情防控督查組，督促各項工作落到實處。",
)
HEADING = "守土盡責"
TABLE = (("項目", "數目"), ("縣級卡點", "5個"), ("鄉村卡點", "500余個"))
TEXTS = (TITLE, *PARAGRAPHS[:2], HEADING, *PARAGRAPHS[2:], *("\t".join(row) for row in TABLE))


def body(first: str = "") -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    texts = [f"<p>{first}{text}</p>" for text in PARAGRAPHS]
    return f"<h1>{TITLE}</h1>{texts[0]}{texts[1]}<h2>{HEADING}</h2>{texts[2]}{texts[3]}<table>{rows}</table>"


def page(first: str = "", charset: str = "utf-8") -> bytes:
    """The article as a page; `first` makes another one of it."""
    head = f'<meta charset="{charset}"/><title>{TITLE}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body(first)}</article></body></html>".encode()


# ── web archives ────────────────────────────────────────────────────────────────────────────────────────────────────


def record(
    data: bytes, url: str = URL, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = (), warc: Mapping[str, str] | None = None, type: str = "response",
    packed: bool = False,
) -> bytes:  # fmt: skip
    """One record as the usual tool writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    made = {"WARC-Date": DATE, "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url)}>", **(warc or {})}
    if type == "resource":
        one = writer.create_warc_record(url, type, io.BytesIO(data), warc_content_type=kind, warc_headers_dict=made)
    else:
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        one = writer.create_warc_record(url, type, io.BytesIO(data), http_headers=http, warc_headers_dict=made)
    writer.write_record(one)
    return out.getvalue()


def raw_record(
    block: bytes, *, length: str | None = "", type: str = "response", url: str = URL, more: str = ""
) -> bytes:
    """A record written by hand, whose length may be a lie: `length` None leaves it out."""
    head = f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{hashlib.md5(block).hexdigest()}>\r\n"
    head += f"WARC-Date: {DATE}\r\nWARC-Target-URI: {url}\r\n{more}"
    if length is not None:
        head += f"Content-Length: {length or len(block)}\r\n"
    return f"{head}\r\n".encode() + block + b"\r\n\r\n"


def http(data: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + data


def chunked(data: bytes, size: int = 1000) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def warc(data: bytes | None = None, *, packed: bool = False) -> bytes:
    info = io.BytesIO()
    writer = WARCWriter(info, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a crawler 1.0"}))
    return info.getvalue() + record(page() if data is None else data, packed=packed)


def wacz(
    archives: Mapping[str, bytes] | None = None, *, pages: Sequence[Mapping[str, str]] = (), wrong: str = ""
) -> bytes:
    """`wrong` is the member whose digest is a lie."""
    members = {f"archive/{name}": data for name, data in (archives or {"data.warc.gz": warc(packed=True)}).items()}
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}, *pages]
    members["pages/pages.jsonl"] = "\n".join(json.dumps(line) for line in lines).encode()
    resources = [
        {"name": name.rpartition("/")[2], "path": name, "bytes": len(data),
         "hash": "sha256:" + hashlib.sha256(data + b"!" * (name == wrong)).hexdigest()}
        for name, data in members.items()
    ]  # fmt: skip
    members["datapackage.json"] = json.dumps({"profile": "data-package", "resources": resources}).encode()
    return zipped(members, stored=True)


# ── messages and books ──────────────────────────────────────────────────────────────────────────────────────────────


def mhtml(
    data: bytes | None = None, *, encoding: str = "quoted-printable", charset: str = "utf-8", more: str = ""
) -> bytes:
    data = page() if data is None else data
    coded = {"quoted-printable": encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(data)
    text = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL + "\r\n"
        "Subject: =?utf-8?B?" + base64.b64encode(TITLE.encode()).decode() + "?=\r\n"
        "Date: Tue, 18 Feb 2020 01:02:03 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b----"\r\n\r\n\r\n'
    )
    parts = [
        f"Content-Type: text/html; charset={charset}\r\nContent-ID: <frame-0@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: {URL}\r\n\r\n".encode()
        + coded,
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://x/a.png\r\n\r\niVBORw0K",
        *([more.encode()] if more else []),
    ]
    return text.encode() + b"".join(b"------b----\r\n" + part + b"\r\n" for part in parts) + b"------b------\r\n"


CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def chapter(inside: str, title: str = "") -> str:
    head = f"<title>{title}</title>" if title else "<title/>"
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head>{head}</head><body>{inside}</body></html>"
    )


def opf(items: Iterable[tuple[str, str, str]], spine: Sequence[str], more: str = "") -> str:
    listed = "".join(
        f'<item id="{id}" href="{href}" media-type="application/xhtml+xml" properties="{properties}"/>'
        for id, href, properties in items
    )
    refs = "".join(f'<itemref idref="{id}"/>' for id in spine)
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title><dc:creator>張三</dc:creator>'
        f"<dc:creator>李四</dc:creator><dc:date>2020-02-17</dc:date><dc:publisher>四平日報</dc:publisher>{more}</metadata>"
        f"<manifest>{listed}</manifest><spine>{refs}</spine></package>"
    )


def book(
    chapters: Mapping[str, str] | None = None,
    *,
    change: Mapping[str, bytes | str | None] | None = None,
    list: str | None = None,
) -> bytes:
    """An EPUB; `change` puts members in, or takes them out with None; `list` is another OPF."""
    found = {"1.xhtml": chapter(body())} if chapters is None else chapters
    items = [(f"c{n}", name, "") for n, name in enumerate(found)]
    members: dict[str, bytes | str | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": opf(items, [id for id, _, _ in items]) if list is None else list,
        **{f"OEBPS/{name}": text for name, text in found.items()},
        **(change or {}),
    }
    return zipped({name: data for name, data in members.items() if data is not None})


def zipped(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


WRAPPERS: Mapping[str, Callable[[], bytes]] = {
    "a.html": page,
    "a.mhtml": mhtml,
    "a.warc": warc,
    "a.warc.gz": lambda: warc(packed=True),
    "one.warc.gz": lambda: gzip.compress(warc()),
    "a.wacz": wacz,
    "a.epub": book,
}


# ── what comes out ──────────────────────────────────────────────────────────────────────────────────────────────────


def sorted_out(reads: Iterable[Read]) -> tuple[list[Captured], list[str], list[str]]:
    """Documents, errors and notices; each of the latter is one line."""
    documents, errors, notices = [], [], []
    for read in reads:
        if isinstance(read, Captured):
            documents.append(read)
        elif isinstance(read, LishuError):
            errors.append(str(read))
        else:
            assert isinstance(read, Notice)
            notices.append(read.text)
    assert all(len(line.splitlines()) == 1 for line in errors + notices)
    return documents, errors, notices


def texts(captured: Captured) -> tuple[str, ...]:
    return tuple(block.text for block in captured.blocks)


_watches: list[list[tuple[str, str]]] = []
_hooked = False


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _watches:
        return
    if event == "open":
        path, mode, flags = args
        if isinstance(path, int):
            return  # what is open already
        writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
            isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        _watches[-1].append(("write" if writes else "read", str(path)))
    elif event.startswith(("socket.", "subprocess.", "os.mkdir", "os.rename", "os.remove", "os.exec", "urllib.")):
        _watches[-1].append((event, str(args)))


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """What is opened, written and called out to while it lasts, this program's own modules left out."""
    global _hooked  # noqa: PLW0603
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    seen: list[tuple[str, str]] = []
    _watches.append(seen)
    try:
        yield seen
    finally:
        _watches.remove(seen)
        seen[:] = [(what, where) for what, where in seen if not where.endswith((".py", ".pyc", ".so"))]
