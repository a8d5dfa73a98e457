"""What kind of file this is, told by its bytes, and what documents are in it."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lishu_tui.edition import LishuError, visible
from lishu_tui.library.accepting import MARKUP, PAGE
from lishu_tui.library.captured import About, Captured, Format, Notice, Read
from lishu_tui.library.decoding import decode
from lishu_tui.library.disk import opened
from lishu_tui.library.limits import FILE_LIMIT

EXPECTED = "plain text, Markdown, HTML, MHTML, WARC, WACZ or EPUB"
HEAD = 1 << 16
"""How much of a file tells what it is."""
OFFICE = "is an Office document"
MAGIC = (
    (b"%PDF-", "is a PDF document"), (b"{\\rtf", "is an RTF document"), (b"\xd0\xcf\x11\xe0", OFFICE),
    (b"\x89PNG", "is a picture"), (b"\xff\xd8\xff", "is a picture"), (b"GIF8", "is a picture"),
    (b"II*\0", "is a picture"), (b"MM\0*", "is a picture"), (b"SQLite format 3", "is a database"),
    (b"\x7fELF", "is a program"), (b"BZh", "is a bzip2 archive"), (b"\xfd7zXZ", "is an xz archive"),
    (b"7z\xbc\xaf", "is a 7z archive"), (b"Rar!", "is a RAR archive"), (b"\x28\xb5\x2f\xfd", "is a zstd archive"),
    (b"ITSF", "is a CHM book"), (b"ID3", "is a sound"), (b"OggS", "is a sound"), (b"fLaC", "is a sound"),
    (b"\x1aE\xdf\xa3", "is a film"), (b"wOFF", "is a font"), (b"wOF2", "is a font"),
    (b"bplist00", "is a web archive of Safari"), (b"\0asm", "is a program"), (b"AT&TFORM", "is a DjVu document"),
    (b"filedesc://", "is a web archive of the old kind (ARC)"),
)  # fmt: skip
"""What the first bytes tell, and is not read."""
WITHIN = (
    (4, b"ftyp", "is a film"), (8, b"WEBP", "is a picture"), (8, b"AVI ", "is a film"), (8, b"WAVE", "is a sound"),
    (60, b"BOOKMOBI", "is a Kindle book"), (257, b"ustar", "is a tar archive"),
)  # fmt: skip
"""The same a little further on."""
MESSAGE = re.compile(rb"From |[A-Za-z][A-Za-z0-9-]{0,60}:")
MESSAGE_HEAD = 64
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".xht")
MESSAGES = (".mhtml", ".mht")
OTHER = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:svg|rss|feed|plist|opml|urlset)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def sniff(data: bytes, name: str) -> Format:
    """The format of a file by its bytes (its first 64 KiB are enough but for a zip) and, where these leave it open, by
    its name. Raises LishuError for what is empty or is not read here."""
    if not data:
        raise LishuError(name, "", "is empty", EXPECTED)
    for start, wrong in MAGIC:
        if data.startswith(start):
            raise LishuError(name, "", wrong, EXPECTED)
    for at, word, wrong in WITHIN:
        if data.startswith(word, at):
            raise LishuError(name, "", wrong, EXPECTED)
    if data.startswith(ZIPS):
        return _sniff_zip(io.BytesIO(data), name)
    low = name.lower()
    head = data[:HEAD]
    if _begins_web_archive(head):
        return "warc"
    if data.startswith(b"\x1f\x8b"):
        raise LishuError(name, "", "is a gzip archive of something else than web archives", EXPECTED)
    if _is_mhtml(head) or low.endswith(MESSAGES):
        return "mhtml"
    if low.endswith((".warc", ".warc.gz", ".wacz", ".epub")):
        kind = "a web archive (WARC)" if ".warc" in low else "a zip archive"
        raise LishuError(name, "", "is not what its name says", kind)
    if low.endswith(PAGES):
        return "html"
    text = _beginning(head, name, whole=len(data) <= HEAD)
    markdown = low.endswith(MARKDOWN)
    if OTHER.match(text):
        raise LishuError(name, "", "is XML that is no page", EXPECTED)
    if MARKUP.match(text) and (not markdown or PAGE.search(text)):
        return "html"
    return "md" if markdown else "txt"


def _begins_web_archive(head: bytes) -> bool:
    if not head.startswith((b"WARC/", b"\x1f\x8b")):
        return False
    from lishu_tui.library.containers.warc import is_warc

    return is_warc(head)


def _is_mhtml(head: bytes) -> bool:
    if MESSAGE.match(head.lstrip()[:MESSAGE_HEAD]) is None:  # `email` is imported for what may be a message only
        return False
    from lishu_tui.library.containers.mhtml import is_mhtml

    return is_mhtml(head)


def _beginning(head: bytes, name: str, *, whole: bool) -> str:
    """How a file begins as text. Where its head was cut within a character, that alone does not speak against UTF-8."""
    if not whole and b"\0" not in head and not head.isascii():
        try:
            return codecs.getincrementaldecoder("utf-8-sig")().decode(head)[:1000]
        except UnicodeDecodeError:
            pass
    return decode(head, name).text[:1000]


def read_file(path: Path, *, about: About | None = None) -> Iterator[Read]:
    """The documents in a file, which is read once. What cannot be read is a LishuError among them, never raised.

    `about` is what is known of it better than it says itself.
    """
    name = str(path)
    try:
        with opened(path) as file:
            data = file.read(FILE_LIMIT + 1)
            if len(data) > FILE_LIMIT:
                data = data[:HEAD]  # it is read piece by piece, and need not be in memory as well
                yield from _named(_large(file, data, name), name)
            else:
                yield from _named(_documents(data, path.name, name, about), name)
    except LishuError as error:
        error.file = name
        yield error


def read_bytes(data: bytes, name: str, came_from: str = "", *, about: About | None = None) -> Iterator[Read]:
    """The documents in these bytes of a file called `name`, as `read_file` gives them."""
    try:
        if len(data) > FILE_LIMIT:
            raise LishuError(name, "", "is too large", f"at most {FILE_LIMIT >> 20} MiB")
        yield from _named(_documents(data, name, came_from or name, about), came_from or name)
    except LishuError as error:
        error.file = came_from or name
        yield error


def _named(reads: Iterator[Read], file: str) -> Iterator[Read]:
    """The same, of the file as whoever asked for it calls it."""
    for read in reads:
        if isinstance(read, LishuError):
            read.file = file
        # An address in it may have anything in it; an error sees to that by itself.
        yield Notice(file, visible(read.text)) if isinstance(read, Notice) else read


def _documents(data: bytes, name: str, file: str, about: About | None) -> Iterator[Read]:
    kind = sniff(data, name)
    if kind in ("warc", "wacz"):
        yield from _archive(io.BytesIO(data), kind, file, about)
    elif kind == "epub":
        from lishu_tui.library.containers.epub import read_epub

        yield from read_epub(data, name, came_from=file, about=about)
    else:
        yield _document(data, name, kind, file, about)


def _document(data: bytes, name: str, kind: Format, file: str, about: About | None) -> Captured:
    if kind == "mhtml":
        from lishu_tui.library.containers.mhtml import read_mhtml

        return read_mhtml(data, name, came_from=file, about=about)
    from lishu_tui.library.containers.known import better

    if kind == "html":
        from lishu_tui.library.pages import read_page

        return better(read_page(data, name, came_from=file, about=about), about)
    from lishu_tui.library.texts import read_text

    return better(read_text(data, name, came_from=file), about)


def _archive(file: BinaryIO, kind: Format, name: str, about: About | None) -> Iterator[Read]:
    from lishu_tui.library.containers.frames import pieces
    from lishu_tui.library.containers.known import better
    from lishu_tui.library.containers.wacz import Wacz
    from lishu_tui.library.containers.warc import Warc

    for read in Wacz(file, name) if kind == "wacz" else Warc(lambda: pieces(file), name):
        # Of all that an archive holds, what is known is known of the page with that address.
        known = isinstance(read, Captured) and about is not None and _same(read.about.url, about.url)
        yield better(read, about) if isinstance(read, Captured) and known else read


def _same(one: str, other: str) -> bool:
    return one.partition("#")[0].rstrip("/") == other.partition("#")[0].rstrip("/")


def _large(file: BinaryIO, head: bytes, name: str) -> Iterator[Read]:
    """A file beyond the limit, which only a web archive may be: it is read piece by piece."""
    kind = _sniff_zip(file, name) if head.startswith(ZIPS) else sniff(head, name)
    if kind not in ("warc", "wacz"):
        raise LishuError(name, "", "is too large", f"at most {FILE_LIMIT >> 20} MiB")
    yield from _archive(file, kind, name, None)


def _sniff_zip(file: BinaryIO, name: str) -> Format:
    """Which kind of zip archive this is."""
    from lishu_tui.library.containers.epub import is_epub
    from lishu_tui.library.containers.wacz import PACKAGE
    from lishu_tui.library.containers.zips import Zip

    zip = Zip(file, name)
    low = name.lower()
    if is_epub(zip) or low.endswith(".epub"):
        return "epub"
    names = zip.names()
    if low.endswith(".wacz") or (PACKAGE in zip and any(n.startswith("archive/") for n in names)):
        return "wacz"
    office = "[Content_Types].xml" in zip or ("mimetype" in zip and "content.xml" in zip)
    raise LishuError(name, "", OFFICE if office else "is a zip archive of something else than a book", EXPECTED)
