"""Folders that Zotero and ArchiveBox keep: which file is the page, and what they know of it."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import About
from lishu_tui.library.walking import READ, Found, Skipped, Source

KEY = re.compile("[23456789ABCDEFGHIJKLMNPQRSTUVWXYZ]{8}")
SNAPSHOT = re.compile(r"\d{9,11}(?:\.\d{1,9})?")
INDEX_LIMIT = 8 << 20
TAGS_SHOWN = 50
PATIENCE = 10.0
"""Seconds that a database of somebody else may take for all its answers."""
STEPS = 10_000
HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
ZOTERO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)\b")
TITLES = ("title", "caseName", "subject", "nameOfAct")
MEDIA = ("publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "publisher")


def pages_of(folder: Path) -> str | None:
    """The folder in which another program, whose own folder this is, keeps its pages: all else there is for itself."""
    if (folder / "archive").is_dir() and (
        (folder / "ArchiveBox.conf").is_file() or (folder / "index.sqlite3").is_file()
    ):
        return "archive"
    if (folder / "storage").is_dir() and (folder / "zotero.sqlite").is_file():
        return "storage"
    return None


class Collections:
    """Knows the folders of other programs. Each database is opened once."""

    def __init__(self) -> None:
        self.zoteros: dict[Path, Zotero | None] = {}
        self.faults: list[LishuError] = []
        """What was wrong with a database, to be told by whoever walks."""

    def recognised(self, folder: Path) -> list[Found] | None:
        """What is to be read of a folder that another program keeps a page in; None if it is none of those."""
        if SNAPSHOT.fullmatch(folder.name) and (folder / "index.json").is_file():
            return list(_archivebox(folder))
        if KEY.fullmatch(folder.name) and folder.absolute().parent.name == "storage":
            return self._zotero(folder)
        return None

    def _zotero(self, folder: Path) -> list[Found] | None:
        path = folder.absolute().parent.parent / "zotero.sqlite"
        try:
            if path not in self.zoteros:
                self.zoteros[path] = Zotero(path) if path.is_file() else None
            zotero = self.zoteros[path]
            source = zotero.source(folder) if zotero is not None else None
        except (sqlite3.Error, OSError, OverflowError) as error:
            self.zoteros[path] = None
            said = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
            expected = "the database of Zotero; the pages are read without it"
            self.faults.append(LishuError(str(path), "", f"cannot be read ({said})", expected))
            return None
        return None if source is None else [source]


# ── Zotero ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Zotero:
    """The database of a Zotero library, read without being changed or locked, though Zotero may have it open."""

    def __init__(self, path: Path) -> None:
        # A name may have what addresses give a meaning to: ? # %.
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        self.connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self.connection.text_factory = lambda data: data.decode("utf-8", "replace")
        self.connection.execute("PRAGMA trusted_schema=OFF")
        self.spent = 0.0
        self.since = 0.0
        self.connection.set_progress_handler(lambda: self.spent + time.monotonic() - self.since > PATIENCE, STEPS)

    def source(self, folder: Path) -> Source | None:
        """The page in a folder of the storage, with what is known of the item that it belongs to. None where the
        database knows no such folder, or what is in it is no page."""
        self.since = time.monotonic()
        try:
            rows = self._rows(
                "SELECT a.itemID, a.parentItemID, a.path FROM items i"
                " JOIN itemAttachments a USING (itemID) WHERE i.key = ?",
                folder.name,
            )
            for item, parent, path in rows:
                name = str(path or "").removeprefix("storage:")
                if not name.lower().endswith(READ) or "/" in name or "\\" in name or not (folder / name).is_file():
                    continue
                own, above = self._fields(item), self._fields(parent) if parent is not None else {}
                about = self._about({**own, **above, "url": own.get("url") or above.get("url", "")}, parent or item)
                return Source(folder / name, about, self._remarks(parent or item))
            return None
        finally:
            self.spent += time.monotonic() - self.since

    def _about(self, said: dict[str, str], item: int) -> About:
        return About(
            title=next((said[f] for f in TITLES if said.get(f)), ""), date=_date(said.get("date", "")),
            authors=self._authors(item), publisher=next((said[f] for f in MEDIA if said.get(f)), ""),
            url=said.get("url", ""), captured=_accessed(said.get("accessDate", "")),
        )  # fmt: skip

    def _fields(self, item: int) -> dict[str, str]:
        rows = self._rows(
            "SELECT f.fieldName, v.value FROM itemData d JOIN fields f USING (fieldID)"
            " JOIN itemDataValues v USING (valueID) WHERE d.itemID = ?",
            item,
        )
        return {str(name): str(value).strip() for name, value in rows}

    def _authors(self, item: int) -> tuple[str, ...]:
        """Those who wrote it; where none is said to have, all who had a part in it."""
        rows = self._rows(
            "SELECT t.creatorType, c.firstName, c.lastName FROM itemCreators i JOIN creators c USING (creatorID)"
            " JOIN creatorTypes t USING (creatorTypeID) WHERE i.itemID = ? ORDER BY i.orderIndex",
            item,
        )
        people = [(str(kind), _person(str(first or ""), str(last or ""))) for kind, first, last in rows]
        return tuple(name for kind, name in people if kind == "author") or tuple(name for _, name in people)

    def _remarks(self, item: int) -> tuple[str, ...]:
        rows = self._rows(
            "SELECT t.name FROM itemTags i JOIN tags t USING (tagID) WHERE i.itemID = ? ORDER BY t.name", item
        )
        return _tags("Zotero", [str(name) for (name,) in rows])

    def _rows(self, query: str, value: str | int) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, (value,)).fetchmany(1000)


def _person(first: str, last: str) -> str:
    if HAN.search(first + last):
        return f"{last}{first}".strip()
    return f"{first} {last}".strip()


def _date(said: str) -> str:
    """Zotero writes a date in figures and then as it was typed: `2020-02-00 February 2020`; 00 is not known."""
    match = ZOTERO_DATE.match(said)
    if match is None or match[1] == "0000":
        return ""
    year, month, day = match.groups()
    return year if month == "00" else f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"


def _accessed(said: str) -> str:
    try:
        return datetime.strptime(said, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return _date(said)


# ── ArchiveBox ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Index(msgspec.Struct):
    """`index.json` of a snapshot; types are looked at when a field is used, for versions differ."""

    url: object = None
    title: object = None
    timestamp: object = None
    tags: object = None
    canonical: object = None
    history: object = None


def _archivebox(folder: Path) -> Iterator[Found]:
    """The page of a snapshot, kept in the best way that there is."""
    from lishu_tui.library.disk import opened

    path = folder / "index.json"
    try:
        with opened(path) as file:
            index = msgspec.json.decode(file.read(INDEX_LIMIT), type=Index)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        yield LishuError(
            str(path), "", f"is no index of a snapshot ({str(error)[:100]})", "JSON as ArchiveBox writes it"
        )
        index = Index()
    except LishuError as error:
        yield error
        index = Index()
    ways = _ways(folder, index)
    if not ways:
        yield Skipped(path, "archived without a page")
        return
    about = About(
        title=_words(index.title), url=_words(index.url), captured=_started(index, ways[0][0]) or _time(index.timestamp)
    )
    tags = index.tags if isinstance(index.tags, list) else _words(index.tags).split(",")
    first, *others = [path for _, path in ways]
    yield Source(first, about, _tags("ArchiveBox", [_words(tag) for tag in tags]), tuple(others))


def _ways(folder: Path, index: Index) -> list[tuple[str, Path]]:
    """What is there of the page, the best first: SingleFile, the page as its scripts left it, the page as wget had it,
    the web archive."""
    canonical = index.canonical if isinstance(index.canonical, dict) else {}
    wget = _words(canonical.get("wget_path")) or next((_words(run.get("output")) for run in _runs(index, "wget")), "")
    named = [("singlefile", "singlefile.html"), ("dom", "output.html"), ("wget", wget)]
    found = [(way, folder / name) for way, name in named if name and _is_within(folder, name)]
    archives = sorted((folder / "warc").glob("*.warc*")) if (folder / "warc").is_dir() else []
    return found + [("wget", path) for path in archives if path.name.lower().endswith(READ)]


def _is_within(folder: Path, name: str) -> bool:
    try:
        path = (folder / name).resolve()
        return path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):
        return False


def _runs(index: Index, way: str) -> list[dict[str, object]]:
    history = index.history if isinstance(index.history, dict) else {}
    runs = history.get(way)
    return [run for run in reversed(runs) if isinstance(run, dict)] if isinstance(runs, list) else []


def _started(index: Index, way: str) -> str:
    return next((said for run in _runs(index, way) if (said := _iso(run.get("start_ts")))), "")


def _iso(said: object) -> str:
    try:
        return datetime.fromisoformat(_words(said)).isoformat(timespec="seconds")
    except ValueError:
        return ""


def _time(said: object) -> str:
    """Seconds since 1970, as a snapshot is called."""
    try:
        return datetime.fromtimestamp(int(float(_words(said))), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


# ── both ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tags(program: str, tags: list[str]) -> tuple[str, ...]:
    named = [tag.strip() for tag in tags if tag.strip()]
    return (f"Tags in {program}: {', '.join(named[:TAGS_SHOWN])}.",) if named else ()


def _words(said: object) -> str:
    return " ".join(str(said).split()) if isinstance(said, str | int | float) else ""
