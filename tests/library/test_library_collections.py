"""Folders that Zotero and ArchiveBox keep."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Captured
from lishu_tui.library.walking import Found, Skipped, Source, walk
from tests.library.wrappers import PARAGRAPHS, TEXTS, TITLE, page, sorted_out, texts, warc, watched

BARE = f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>".encode()
SCHEMA = """
CREATE TABLE items (itemID INTEGER PRIMARY KEY, key TEXT);
CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, contentType TEXT, path TEXT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE itemTags (itemID INT, tagID INT);
INSERT INTO creatorTypes VALUES (1, 'author'), (2, 'editor');
INSERT INTO creators VALUES (1, '三', '張', 0), (2, 'Ann', 'Lee', 0), (3, '', '四平日報社', 1), (4, '五', '王', 0);
INSERT INTO tags VALUES (1, '防疫'), (2, '四平');
"""
FIELDS = {
    "title": "文庫之題", "date": "2020-02-17 2020-02-17", "url": "http://news.example.cn/zotero",
    "publicationTitle": "四平日報", "accessDate": "2020-03-01 08:09:10",
}  # fmt: skip


def zotero(home: Path, attachments: dict[str, str], fields: dict[str, str] | None = None) -> Path:
    """A Zotero folder: the file of each key, and an item above all of them."""
    home.mkdir(exist_ok=True)
    with sqlite3.connect(home / "zotero.sqlite") as base:
        base.executescript(SCHEMA)
        base.execute("INSERT INTO items VALUES (1, 'PARENT22')")
        for number, (name, value) in enumerate((FIELDS if fields is None else fields).items(), 1):
            base.execute("INSERT INTO fields VALUES (?, ?)", (number, name))
            base.execute("INSERT INTO itemDataValues VALUES (?, ?)", (number, value))
            base.execute("INSERT INTO itemData VALUES (1, ?, ?)", (number, number))
        base.executemany("INSERT INTO itemCreators VALUES (1, ?, ?, ?)", [(4, 2, 0), (1, 1, 1), (2, 1, 2), (3, 1, 3)])
        base.executemany("INSERT INTO itemTags VALUES (1, ?)", [(1,), (2,)])
        for number, (key, name) in enumerate(attachments.items(), 2):
            base.execute("INSERT INTO items VALUES (?, ?)", (number, key))
            base.execute("INSERT INTO itemAttachments VALUES (?, 1, 'text/html', ?)", (number, f"storage:{name}"))
            path = home / "storage" / key / name
            path.parent.mkdir(parents=True)
            path.write_bytes(page())
            (path.parent / ".zotero-ft-cache").write_text("x")
            (path.parent / "ad.html").write_bytes(page("廣告"))
    base.close()
    return home


def read(found: list[Found]) -> tuple[list[Captured], list[str], list[str]]:
    return sorted_out(read for one in found if isinstance(one, Source) for read in one.read())


def test_what_zotero_knows_of_a_page_is_kept(tmp_path: Path) -> None:
    home = zotero(tmp_path / "100% #1? data", {"ABCD2345": "頁 1.html"})
    for start in (home, home / "storage", home / "storage" / "ABCD2345"):
        found = list(walk([start]))
        (document,), errors, _ = read(found)
        assert errors == []
        about = document.about
        assert (about.title, about.date, about.publisher) == ("文庫之題", "2020-02-17", "四平日報")
        assert about.authors == ("張三", "Ann Lee", "四平日報社")
        assert (about.url, about.captured) == ("http://news.example.cn/zotero", "2020-03-01T08:09:10+00:00")
        assert texts(document) == TEXTS
        assert document.remarks == ("Tags in Zotero: 四平, 防疫.",)
        beside = [one.path.name for one in found if isinstance(one, Skipped) and one.why.startswith("beside")]
        assert sorted(beside) == [".zotero-ft-cache", "ad.html"]


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2020-02-00 February 2020", "2020-02"),
        ("2020-00-00 2020", "2020"),
        ("0000-00-00 spring", ""),
        ("昨天", ""),
        ("", ""),
    ],
)
def test_a_date_of_zotero_is_as_exact_as_it_says(said: str, date: str, tmp_path: Path) -> None:
    home = zotero(tmp_path, {"ABCD2345": "a.html"}, {"date": said})
    (document,), _, _ = read(list(walk([home])))
    assert (document.about.date, document.about.title) == (date, TITLE)


def test_the_database_is_neither_written_nor_locked(tmp_path: Path) -> None:
    home = zotero(tmp_path, {"ABCD2345": "a.html"})
    base = sqlite3.connect(home / "zotero.sqlite")
    base.execute("BEGIN EXCLUSIVE")
    before = (home / "zotero.sqlite").read_bytes()
    with watched() as seen:
        (document,), errors, _ = read(list(walk([home])))
    assert (document.about.title, errors) == ("文庫之題", [])
    assert (home / "zotero.sqlite").read_bytes() == before
    assert not [one for one in seen if one[0] != "read"]
    base.close()


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0" + bytes(100), b"rubbish"])
def test_a_broken_database_costs_a_line_and_no_page(data: bytes, tmp_path: Path) -> None:
    home = zotero(tmp_path, {"ABCD2345": "a.html", "BCDE3456": "b.html"})
    (home / "zotero.sqlite").write_bytes(data)
    found = list(walk([home]))
    errors = [one for one in found if isinstance(one, LishuError)]
    assert len(errors) == 1
    documents, _, _ = read(found)
    assert {document.name for document in documents} >= {"a.html", "b.html"}


def test_a_database_that_makes_work_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.library.containers.collections.PATIENCE", 0.05)
    home = zotero(tmp_path, {"ABCD2345": "a.html"})
    with sqlite3.connect(home / "zotero.sqlite") as base:
        base.execute("DROP TABLE itemAttachments")
        base.execute(
            "CREATE VIEW itemAttachments AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS itemID, 1 AS parentItemID, 'x' AS path FROM n WHERE i < 0"
        )
    base.close()
    found = list(walk([home]))
    assert any(isinstance(one, LishuError) for one in found)
    documents, _, _ = read(found)
    assert documents


def test_a_name_in_the_database_leads_out_of_no_folder(tmp_path: Path) -> None:
    home = zotero(tmp_path, {"ABCD2345": "a.html"})
    (tmp_path / "secret.html").write_bytes(page("密"))
    with sqlite3.connect(home / "zotero.sqlite") as base:
        base.execute("UPDATE itemAttachments SET path = 'storage:../../secret.html'")
    base.close()
    sources = [one.path for one in walk([home / "storage"]) if isinstance(one, Source)]
    assert sources
    assert all("storage" in path.parts for path in sources)


# ── ArchiveBox ──────────────────────────────────────────────────────────────────────────────────────────────────────

STAMP = "1582000000.123"
INDEX = {
    "url": "http://news.example.cn/archivebox", "title": "箱中之題", "timestamp": STAMP, "tags": "防疫,四平",
    "canonical": {"wget_path": "news.example.cn/a.html"},
    "history": {"dom": [{"start_ts": "2020-02-18T05:00:00+00:00", "output": "output.html", "status": "succeeded"}]},
}  # fmt: skip


def archivebox(home: Path, files: dict[str, bytes], index: object = INDEX) -> Path:
    folder = home / "archive" / STAMP
    folder.mkdir(parents=True)
    (folder / "index.json").write_text(index if isinstance(index, str) else json.dumps(index))
    (folder / "index.html").write_text("<html><body>ArchiveBox</body></html>")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


FILES = {
    "singlefile.html": page("單"), "output.html": page("倒"), "news.example.cn/a.html": page("取"),
    "warc/1.warc.gz": warc(page("檔"), packed=True), "screenshot.png": b"\x89PNG",
}  # fmt: skip


def test_the_best_way_that_archivebox_kept_a_page_is_read_and_what_it_knows_is_kept(tmp_path: Path) -> None:
    files = dict(FILES)
    for first in "單倒取檔":
        home = tmp_path / first
        archivebox(home, files)
        found = list(walk([home]))
        (document,), errors, _ = read(found)
        assert errors == []
        assert texts(document)[1].startswith(first)
        if first != "檔":
            about = document.about
            assert (about.title, about.url) == ("箱中之題", "http://news.example.cn/archivebox")
            assert about.captured == ("2020-02-18T05:00:00+00:00" if first == "倒" else "2020-02-18T04:26:40+00:00")
        assert "Tags in ArchiveBox: 防疫, 四平." in document.remarks
        beside = [one for one in found if isinstance(one, Skipped)]
        assert "index.html" in [one.path.name for one in beside]
        assert len(found) == 1 + len(beside)
        del files[next(iter(files))]


def test_where_one_way_failed_another_is_read(tmp_path: Path) -> None:
    folder = archivebox(
        tmp_path, {"singlefile.html": b"", "output.html": b"<p></p>", "news.example.cn/a.html": page("取")}
    )
    (document,), errors, _ = read(list(walk([folder])))
    assert (errors, texts(document)[1][0]) == ([], "取")
    assert sum("Read instead of" in remark for remark in document.remarks) == 2
    for path in folder.rglob("*.html"):
        path.write_bytes(b"")
    documents, errors, _ = read(list(walk([folder])))
    assert (documents, len(errors)) == ([], 3)


def test_what_the_programs_have_for_themselves_is_skipped(tmp_path: Path) -> None:
    box, library = tmp_path / "box", zotero(tmp_path / "zotero", {"ABCD2345": "a.html"})
    archivebox(box, FILES)
    (box / "ArchiveBox.conf").touch()
    for own in (box / "sources" / "list.txt", box / "index.html", library / "translators" / "a.html"):
        own.parent.mkdir(exist_ok=True)
        own.write_bytes(page("自用"))
    found = list(walk([tmp_path]))
    documents, errors, _ = read(found)
    assert ([texts(document)[1][0] for document in documents], errors) == (["單", "疫"], [])
    kept = [one.path.name for one in found if isinstance(one, Skipped) and one.why == "another program's own"]
    assert sorted(kept) == ["ArchiveBox.conf", "a.html", "index.html", "list.txt", "zotero.sqlite"]


def test_a_snapshot_without_a_page_is_skipped(tmp_path: Path) -> None:
    found = list(walk([archivebox(tmp_path, {"screenshot.png": b"x"})]))
    assert "archived without a page" in {one.why for one in found if isinstance(one, Skipped)}
    assert not [one for one in found if isinstance(one, Source)]


@pytest.mark.parametrize(
    "index",
    ["", "{", "[]", "null", "[" * 100_000,
     json.dumps({"url": 5, "title": [], "timestamp": {}, "tags": 7, "history": []}),
     json.dumps({"timestamp": "1e400", "history": {"wget": [{"output": "../../../../etc/passwd"}], "dom": {}}}),
     json.dumps({"canonical": {"wget_path": "/etc/passwd"}}), json.dumps({"canonical": {"wget_path": "a\0b"}})],
)  # fmt: skip
def test_an_index_that_is_broken_or_leads_out_costs_no_page(index: str, tmp_path: Path) -> None:
    folder = archivebox(tmp_path, {"singlefile.html": BARE}, index)
    found = list(walk([folder]))
    sources = [one for one in found if isinstance(one, Source)]
    assert [path for one in sources for path in (one.path, *one.others)] == [folder / "singlefile.html"]
    (document,), _, _ = read(found)
    assert texts(document) == PARAGRAPHS[:2]
