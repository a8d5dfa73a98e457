"""EPUB: a book's chapters in the order of its spine, as one document. Everything is read in memory."""

from __future__ import annotations

import html
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from lishu_tui.edition import LishuError
from lishu_tui.edition.model import Dropped
from lishu_tui.library.captured import About, Block, Captured, Encoding, Read
from lishu_tui.library.containers.known import better
from lishu_tui.library.containers.zips import Zip
from lishu_tui.library.decoding import Decoded, decode

MIME = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
EXPECTED = "an EPUB"
CHAPTERS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of hiding fonts, which keep nobody from reading."""
VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
EMPTY = re.compile(rf"<(?!(?:{VOID})\b)([A-Za-z][\w:.-]{{0,60}})((?:\s[^<>]{{0,4000}})?)/>", re.IGNORECASE)
"""What XML lets be closed at once, where HTML would leave it open: `<title/>` would swallow the chapter."""
CDATA = "<![CDATA["
MOST_SPINE = 20_000


class Item(NamedTuple):
    """Something in the book, as its list has it."""

    href: str
    kind: str
    properties: str


class Member(NamedTuple):
    """A chapter of the spine: its name in the zip, or why there is none."""

    name: str
    nav: bool
    wrong: str = ""


class Book:
    """The list of a book (OPF): what it is, and its chapters in order."""

    def __init__(self, zip: Zip) -> None:
        self.zip = zip
        self.name = zip.name
        self.path = self._path()
        self.root = self._xml(self.path)
        self.items = {
            item.get("id", ""): Item(item.get("href", ""), item.get("media-type", ""), item.get("properties") or "")
            for item in self._all(self.root, "item")
        }
        self.encrypted = self._encrypted()

    def spine(self) -> list[Member]:
        members: list[Member] = []
        seen = set()
        for ref in self._all(self.root, "itemref")[:MOST_SPINE]:
            id = ref.get("idref", "")
            if id in seen:
                continue
            seen.add(id)
            item = self.items.get(id)
            members.append(
                Member(id, False, "is in the spine but not in the list") if item is None else self._member(item)
            )
        return members

    def about(self) -> About:
        said = {name: self._said(name) for name in ("title", "creator", "date", "publisher", "source", "identifier")}
        dates = [e for e in self._all(self.root, "date") if _text(e)]
        published = [_text(e) for e in dates if "publication" in "".join(e.attrib.values())]
        urls = [s for s in said["source"] + said["identifier"] if s.startswith(("http://", "https://"))]
        made = [
            e.get("content", "")
            for e in self._all(self.root, "meta")
            if e.get("name") in ("generator", "Sigil version")
        ]
        return About(
            title=next(iter(said["title"]), ""), authors=tuple(dict.fromkeys(said["creator"])),
            date=next(iter(published or said["date"]), ""), publisher=next(iter(said["publisher"]), ""),
            url=next(iter(urls), ""), tool=next(iter(made), ""),
        )  # fmt: skip

    def _path(self) -> str:
        """Where the list is, by `container.xml`."""
        if CONTAINER not in self.zip:
            raise LishuError(self.name, "", f"has no {CONTAINER}", EXPECTED)
        roots = self._all(self._xml(CONTAINER), "rootfile")
        path = next((root.get("full-path", "") for root in roots if root.get("full-path")), "")
        if not path:
            raise LishuError(self.name, CONTAINER, "names no list of the book (OPF)", EXPECTED)
        inside = _inside("", path)
        if inside is None:
            raise LishuError(self.name, CONTAINER, f"{path[:200]} is not in this book", "a list (OPF) in the book")
        if inside not in self.zip:
            raise LishuError(self.name, CONTAINER, f"the list of the book (OPF) {inside[:200]} is missing", EXPECTED)
        return inside

    def _member(self, item: Item) -> Member:
        path = _inside(posixpath.dirname(self.path), item.href)
        if path is None:
            return Member(item.href, False, "is not in this book")
        if item.kind not in CHAPTERS and not item.href.lower().endswith((".xhtml", ".html", ".htm")):
            return Member(path, False, "is no chapter of text")
        if path not in self.zip:
            return Member(path, False, "is in the spine but missing from the book")
        if path in self.encrypted:
            return Member(path, False, "is encrypted")
        return Member(path, "nav" in item.properties.split())

    def _encrypted(self) -> set[str]:
        """Members that are encrypted, fonts that are only hidden left out."""
        if ENCRYPTION not in self.zip:
            return set()
        found = set()
        for data in self._all(self._xml(ENCRYPTION), "EncryptedData"):
            method = next((e.get("Algorithm", "") for e in self._all(data, "EncryptionMethod")), "")
            if method not in FONTS:
                found |= {_inside("", e.get("URI", "")) or "" for e in self._all(data, "CipherReference")}
        return found

    def _said(self, name: str) -> list[str]:
        return [text for element in self._all(self.root, name) if (text := _text(element))]

    def _xml(self, member: str) -> etree._Element:
        # Nothing that the file refers to is read: no entity, no DTD, and nothing from the network.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self.zip.read(member), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            said = str(error).splitlines()[0][:120] if str(error) else "empty"
            raise LishuError(self.name, member, f"is no XML ({said})", "well-formed XML") from None
        if root is None:
            raise LishuError(self.name, member, "is empty", "well-formed XML")
        return root

    def _all(self, root: etree._Element, name: str) -> list[etree._Element]:
        """The elements with this local name, whatever their namespace."""
        return list(root.iter(f"{{*}}{name}"))


def is_epub(zip: Zip) -> bool:
    if CONTAINER in zip:
        return True
    try:
        return "mimetype" in zip and zip.read("mimetype", 200).strip() == MIME
    except LishuError:
        return False


def read_epub(data: bytes, name: str, *, came_from: str = "", about: About | None = None) -> Iterator[Read]:
    """The book, and before it a LishuError for each chapter that could not be read. Raises LishuError for no book."""
    zip = Zip(io.BytesIO(data), name)
    book = Book(zip)
    spine = book.spine()
    if not spine:
        raise LishuError(name, book.path, "has no spine", "the chapters of the book in order")
    if (locked := [m for m in spine if m.wrong == "is encrypted"]) and len(locked) * 2 >= len(spine):
        raise LishuError(name, "", "is encrypted (DRM)", "a book that can be read by anybody")
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    missing: list[str] = []
    found: list[Decoded] = []
    for member in spine:
        try:
            chapter = _chapter(zip, member, found)
        except LishuError as error:
            error.file = name
            missing.append(error.place)
            yield error
            continue
        if member.nav:
            dropped.append(_nav(member.name, chapter))
        else:
            blocks += chapter
    if not blocks:
        raise LishuError(name, "", "holds no text", "chapters with text in them")
    captured = Captured(
        name=name, data=data, format="epub", blocks=tuple(blocks), about=book.about(), encoding=_encoding(found),
        came_from=came_from, rule="The chapters of the spine in order, all of the text of each.",
        dropped=tuple(dropped), remarks=_remarks(found, missing),
    )  # fmt: skip
    yield better(captured, about)


def _chapter(zip: Zip, member: Member, found: list[Decoded]) -> list[Block]:
    from lishu_tui.library.pages.fragment import read_fragment

    if member.wrong:
        raise LishuError(zip.name, member.name[:200], member.wrong, "a chapter that is in the book")
    decoded = decode(zip.read(member.name), member.name)
    found.append(decoded)
    return read_fragment(_html(decoded.text))


def _html(source: str) -> str:
    """XML written so that a reader of HTML understands it."""
    pieces, at = [], 0
    while (start := source.find(CDATA, at)) >= 0 and (end := source.find("]]>", start)) >= 0:
        pieces += [source[at:start], html.escape(source[start + len(CDATA) : end])]
        at = end + 3
    return EMPTY.sub(r"<\1\2></\1>", "".join([*pieces, source[at:]]))


def _inside(folder: str, href: str) -> str | None:
    """The name of the member that a reference leads to, None where it leads out of the book."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or path.startswith("/") or "\\" in path or "\0" in path:
        return None
    joined = posixpath.normpath(posixpath.join(folder, path))
    return None if joined.startswith(("../", "/")) or joined in ("..", ".") else joined


def _nav(name: str, blocks: Sequence[Block]) -> Dropped:
    text = " ".join(block.text for block in blocks)
    return Dropped(
        what="navigation", characters=sum(len(block.text) for block in blocks),
        rule=f"the book's own contents ({name})", sample=text[:80],
    )  # fmt: skip


def _encoding(found: Sequence[Decoded]) -> Encoding:
    """How the chapters became text: that of the first, for they are seldom different."""
    first = found[0]
    declared = tuple(dict.fromkeys(f"file: {d.declared}" for d in found if d.declared))
    return Encoding(first.encoding, first.found_by, sum(d.replaced for d in found), declared)


def _remarks(found: Sequence[Decoded], missing: Sequence[str]) -> tuple[str, ...]:
    said = []
    encodings = list(dict.fromkeys(d.encoding for d in found))
    if len(encodings) > 1:
        said.append(f"Its chapters are in several encodings: {', '.join(encodings)}.")
    if missing:
        said.append(f"Chapters that could not be read: {len(missing)} ({', '.join(missing)[:200]}).")
    return tuple(said)


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(t) for t in element.itertext(with_tail=False)).split())
