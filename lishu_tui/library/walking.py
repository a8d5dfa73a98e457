"""Which files of folders are read, and which are not and why: none is passed over in silence."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import About, Captured, Read

READ = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".warc",
    ".warc.gz", ".wacz", ".epub",
)  # fmt: skip
"""Files with these endings are read, whatever is in them: what is wrong with one is said when it is."""
PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
PARTS = (".css", ".js", ".mjs", ".json", ".map", ".svg", ".xml", ".rss", ".atom")
"""Text that is no article, though it may begin like a page."""
COMPANIONS = re.compile(
    r"(.+)(?:_files|\.files|_fichiers|-Dateien|_archivos|_file|_arquivos|_bestanden|-filer)", re.DOTALL
)
"""Folders with what a page shows, as browsers name them beside the page."""
UNKNOWN = "of a kind that is not read"


class Source(NamedTuple):
    """A file to be read. `about` and `remarks` are what the program that kept it knows of it; where it gives no
    document, `others` are the same page kept in other ways, tried in turn."""

    path: Path
    about: About | None = None
    remarks: tuple[str, ...] = ()
    others: tuple[Path, ...] = ()

    def read(self) -> Iterator[Read]:
        """The documents in it; what cannot be read is a LishuError among them, never raised."""
        from lishu_tui.library.containers.known import remarked
        from lishu_tui.library.formats import read_file

        failed: list[LishuError] = []
        for path in (self.path, *self.others):
            done = False
            for read in read_file(path, about=self.about):
                if isinstance(read, LishuError) and not done and self.others:
                    failed.append(read)
                    continue
                done = done or isinstance(read, Captured)
                if isinstance(read, Captured):
                    instead = (f"Read instead of {error}." for error in failed)
                    yield remarked(read, *self.remarks, *instead)
                else:
                    yield read
            if done:
                return
        yield from failed


class Skipped(NamedTuple):
    """A file that is not read. `why` is one of few words, so that they can be counted."""

    path: Path
    why: str


Found = Source | Skipped | LishuError


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """The files that these paths name and, of folders, those in them, each once. A file that is named is always read;
    one in a folder if it is of a kind that is read."""
    walker = _Walker()
    for path in paths:
        yield from walker.named(path)


class _Walker:
    def __init__(self) -> None:
        from lishu_tui.library.containers.collections import Collections

        self.seen: set[tuple[int, int]] = set()
        """Device and inode of each file and folder met, so that no link is followed twice."""
        self.collections = Collections()

    def named(self, path: Path) -> Iterator[Found]:
        try:
            status = path.stat()
        except OSError as error:
            wrong = f"cannot be read ({error.strerror or error})"
            yield LishuError(str(path), "", wrong, "a file or folder that can be read", exit_code=74)
            return
        except ValueError:
            yield LishuError(str(path), "", "is no name of a file", "a file or a folder")
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.folder(path)
        elif self.again(status):
            yield Skipped(path, "named twice")
        else:
            yield Source(path)

    def folder(self, path: Path) -> Iterator[Found]:
        """What is in a folder and those in it: of each its files first and by name, then its folders."""
        waiting = [path]
        while waiting:
            path = waiting.pop()
            folders: list[Path] = []
            try:
                if not self.again(path.stat()):
                    yield from self.inside(path, folders)
            except OSError as error:
                wrong = f"cannot be read ({error.strerror or error})"
                yield LishuError(str(path), "", wrong, "a folder that can be read", exit_code=74)
            waiting += reversed(folders)

    def inside(self, path: Path, folders: list[Path]) -> Iterator[Found]:
        """The files of one folder; its folders are put into the list."""
        from lishu_tui.library.containers.collections import pages_of

        kept = self.collections.recognised(path)
        while self.collections.faults:
            yield self.collections.faults.pop()
        if kept is not None:
            yield from self.kept(path, kept)
            return
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
        only = pages_of(path)
        pages = {_stem(entry.name) for entry in entries if entry.name.lower().endswith(PAGES)}
        for entry in entries:
            inside = Path(entry.path)
            if entry.name.startswith("."):
                yield from self.passed(inside, "hidden")
            elif only is not None and entry.name != only:
                yield from self.passed(inside, "another program's own")
            elif not _is_folder(entry):
                yield self.file(entry)
            elif entry.is_symlink():
                yield Skipped(inside, "a link to a folder")
            elif (companions := COMPANIONS.fullmatch(entry.name)) is not None and companions[1] in pages:
                yield from self.passed(inside, "companions of a page")
            else:
                folders.append(inside)

    def kept(self, path: Path, kept: Iterable[Found]) -> Iterator[Found]:
        """What another program kept in a folder; all else in it is skipped."""
        taken: set[Path] = set()
        for found in kept:
            if isinstance(found, Source):
                taken.update((found.path, *found.others))
                if not self.again(found.path.stat()):
                    yield found
                continue
            if isinstance(found, Skipped):
                taken.add(found.path)
            yield found
        for skipped in self.passed(path, "beside a page that another program kept"):
            if not isinstance(skipped, Skipped) or skipped.path not in taken:
                yield skipped

    def file(self, entry: os.DirEntry[str]) -> Found:
        path = Path(entry.path)
        try:
            status = entry.stat()
            if not stat.S_ISREG(status.st_mode):
                return Skipped(path, "a device or a pipe")
            if self.again(status):
                return Skipped(path, "a link to a file that is read")
            why = None if entry.name.lower().endswith(READ) else _why_not(path, entry.name)
        except OSError as error:
            wrong = f"cannot be read ({error.strerror or error})"
            return LishuError(str(path), "", wrong, "a file that can be read", exit_code=74)
        except LishuError as error:
            return error
        return Source(path) if why is None else Skipped(path, why)

    def passed(self, path: Path, why: str) -> Iterator[Found]:
        """Every file of a folder that is passed over, or the file."""
        if path.is_symlink() or not path.is_dir():
            yield Skipped(path, why)
            return
        for folder, _, names in os.walk(path):
            for name in sorted(names):
                yield Skipped(Path(folder, name), why)

    def again(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        if key in self.seen and status.st_ino:
            return True
        self.seen.add(key)
        return False


def _why_not(path: Path, name: str) -> str | None:
    """Why a file without an ending that is read is none for us; None if its bytes are those of a page or an archive."""
    from lishu_tui.library import formats
    from lishu_tui.library.disk import opened

    with opened(path) as file:
        head = file.read(formats.HEAD)
    if not head:
        return "empty"
    if name.lower().endswith(PARTS):
        return UNKNOWN
    if head.startswith(formats.ZIPS):
        return "a zip archive"
    try:
        kind = formats.sniff(head, name)
    except LishuError as error:
        return error.wrong.removeprefix("is ")
    if kind in ("txt", "md"):
        return None if "." not in name and _is_text(head) else UNKNOWN
    return None


def _is_text(head: bytes) -> bool:
    return b"\0" not in head


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
