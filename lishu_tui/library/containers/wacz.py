"""WACZ: a zip of web archives with a list of their pages and a list of digests."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Generator, Iterator
from functools import partial
from typing import BinaryIO

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Captured, Notice, Read
from lishu_tui.library.containers import digests
from lishu_tui.library.containers.known import remarked
from lishu_tui.library.containers.warc import Warc
from lishu_tui.library.containers.zips import Zip

PACKAGE = "datapackage.json"
ENDINGS = (".warc", ".warc.gz")
JSON_BROKEN = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class Resource(msgspec.Struct):
    path: str = ""
    hash: str = ""


class Package(msgspec.Struct):
    resources: list[Resource] = []
    software: str = ""
    profile: str = ""


class Signed(msgspec.Struct):
    """`datapackage-digest.json`."""

    hash: str = ""


class Page(msgspec.Struct):
    url: str = ""
    title: str | None = None


class Wacz:
    """Reads one WACZ. What its list of digests says is checked before a member is read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.zip = Zip(file, name)
        self.stated: dict[str, str] = {}

    def __iter__(self) -> Iterator[Read]:
        yield from self._package()
        titles = yield from self._titles()
        archives = sorted(m for m in self.zip.names() if m.startswith("archive/") and m.lower().endswith(ENDINGS))
        if not archives:
            yield LishuError(self.name, "", "holds no web archive", "archive/….warc or archive/….warc.gz in it")
        for member in archives:
            try:
                word = self._word(member)
                if word == "mismatch":
                    yield Notice(self.name, f"{member}: its digest is a mismatch: {PACKAGE} states another one.")
                remark = f"The digest of the archive in {PACKAGE}: {word}."
                for read in Warc(partial(self.zip.chunks, member), self.name, within=member, titles=titles):
                    yield remarked(read, remark) if isinstance(read, Captured) else read
            except LishuError as error:
                yield error

    def _package(self) -> Iterator[Read]:
        """Reads the list of digests; yields what is wrong with it, which keeps no page from being read."""
        if PACKAGE not in self.zip:
            yield Notice(self.name, f"{PACKAGE} is missing: nothing states digests.")
            return
        try:
            data = self.zip.read(PACKAGE)
            package = msgspec.json.decode(data, type=Package)
        except (LishuError, *JSON_BROKEN) as error:
            yield Notice(self.name, f"{PACKAGE} cannot be read: {_line(error)}")
            return
        self.stated = {resource.path: resource.hash for resource in package.resources}
        signed = "datapackage-digest.json"
        if signed in self.zip:
            try:
                stated = msgspec.json.decode(self.zip.read(signed), type=Signed).hash
            except (LishuError, *JSON_BROKEN) as error:
                yield Notice(self.name, f"{signed} cannot be read: {_line(error)}")
                return
            if digests.check(stated, data) == "mismatch":
                yield Notice(self.name, f"{PACKAGE}: its digest is a mismatch: {signed} states another one.")

    def _titles(self) -> Generator[Read, None, dict[str, str]]:
        """Titles of pages by their addresses, which it returns."""
        titles: dict[str, str] = {}
        for member in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
            if member not in self.zip:
                continue
            try:
                data = self.zip.read(member)
            except LishuError as error:
                yield Notice(self.name, f"{member} cannot be read: {error.wrong}")
                continue
            stated = self.stated.get(member, "")
            if digests.check(stated, data) == "mismatch":
                yield Notice(self.name, f"{member}: its digest is a mismatch: {PACKAGE} states another one.")
            bad = 0
            for line in io.BytesIO(data):
                try:
                    page = msgspec.json.decode(line, type=Page) if line.strip() else Page()
                except JSON_BROKEN:
                    bad += 1
                    continue
                if page.url and page.title:
                    titles.setdefault(page.url, page.title.strip())
            if bad:
                yield Notice(self.name, f"{member}: {bad} of its lines cannot be read.")
        return titles

    def _word(self, member: str) -> digests.Word:
        stated = self.stated.get(member) or self.stated.get(member.rpartition("/")[2], "")
        algorithm, _, value = stated.partition(":")
        if not digests.known(stated):
            return "not stated"
        digest = hashlib.new(algorithm.lower().replace("-", ""))
        for chunk in self.zip.passing(member):
            digest.update(chunk)
        return digests.compare(value.strip(), digest.digest())


def _line(error: BaseException) -> str:
    return error.wrong if isinstance(error, LishuError) else f"it is no JSON as it should be ({str(error)[:100]})"
