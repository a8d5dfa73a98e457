"""The library on the command line: import, list, remove, check, moving house; its documents in the other commands."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.cli import library as commands
from lishu_tui.cli import types
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Edition, load_edition
from lishu_tui.library.store import Library
from tests.terminal import Terminal

EDITION = load_edition()
SPRING = "春天來了\n\n農民們都到地里去干活，學校里的孩子們也在院子里種樹。\n"
SUMMER = "# 夏天 #\n\n疫情防控是一件大事，農民們種樹也是。\n"
PAGE = (
    '<html><head><meta charset="utf-8"><title>梨樹縣的秋天</title></head><body><nav>首頁 新聞 下載</nav><article>'
    "<h1>梨樹縣的秋天</h1><p>2021-09-17 來源：四平日報</p><p>農民們都到地里去收玉米，學校里的孩子們也在院子里種樹。</p>"
    "<p>秋天的風吹過黑土地，玉米的葉子沙沙地響，像是在說豐收的話。</p></article></body></html>"
)
FIELDS = {"id", "title", "date", "url", "format", "paragraphs", "characters", "damaged", "dropped", "status", "file"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "spring.txt").write_text(SPRING)
    (made / "summer.md").write_text(SUMMER)
    (made / "autumn.html").write_text(PAGE)
    (made / "capture.txt").write_bytes(EDITION.capture)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the library of these tests is."""
    return tmp_path / "data" / "lishu-tui" / "library.db"


@pytest.fixture
def ids(call: Any, folder: Path) -> dict[str, str]:
    """The documents of the folder in the library, by the names of their files."""
    printed = call("import", "--json", str(folder))
    assert (printed.code, printed.err) == (0, "")
    return {Path(line["file"]).name: line["id"] for line in lines(printed.out)}


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


# ── import ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_document_is_a_line_of_json(call: Any, folder: Path, file: Path) -> None:
    found = {Path(line["file"]).name: line for line in lines(call("import", "--json", str(folder)).out)}
    assert all(line.keys() == FIELDS for line in found.values())
    page = found["autumn.html"]
    assert (page["title"], page["date"], page["format"], page["status"]) == (
        "梨樹縣的秋天", "2021-09-17", "html", "added",
    )  # fmt: skip
    assert page["id"].startswith("lishuxiandeqiutian-")
    assert (page["damaged"], page["paragraphs"]) == (0, 3)
    assert page["dropped"] > 0
    capture = found["capture.txt"]
    assert (capture["paragraphs"], capture["damaged"]) == (len(EDITION.paragraphs), len(EDITION.emendations))
    assert capture["characters"] == sum(map(len, EDITION.readings["restored"]))
    assert file.is_file()
    again = call("import", str(folder))
    assert tuple(again) == (0, "0 added, 4 known, 0 failed\n", "")


def test_a_bad_file_is_one_line_and_the_rest_goes_on(call: Any, is_one_line: Any, folder: Path) -> None:
    (folder / "bad\n\x1b.txt").write_bytes(b"%PDF-1.7")
    (folder / ".hidden").touch()
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    printed = call("import", str(folder))
    assert printed.code == ExitCode.NEGATIVE
    assert printed.out == "4 added, 0 known, 1 failed, 2 skipped (1 a picture, 1 hidden)\n"
    assert is_one_line(printed.err)
    assert "bad␊␛.txt: is a PDF document" in printed.err
    printed = call("import", str(folder), "--json")
    failed = [line for line in lines(printed.out) if line["status"] == "failed"]
    assert [line.keys() for line in failed] == [FIELDS | {"error"}]
    assert (failed[0]["id"], "is a PDF document" in failed[0]["error"]) == (None, True)
    assert is_one_line(printed.err)


@pytest.mark.parametrize("path", ["nowhere", "a\nb", "\x1b]0;x\x07", "--", "\udcff", "", "a\0b"])
def test_a_path_that_leads_nowhere_is_one_line(call: Any, is_one_line: Any, path: str) -> None:
    printed = call("import", "--", path)
    assert printed.code == (ExitCode.NEGATIVE if path else ExitCode.USAGE)
    assert is_one_line(printed.err)
    assert "\x1b" not in printed.out


def test_standard_input_is_imported_under_a_name(run: Any, tmp_path: Path) -> None:
    def imported(data: bytes, *args: str) -> dict[str, Any]:
        done = run("import", "--json", *args, stdin=None, input=data)
        assert done.stderr == b""
        (line,) = lines(done.stdout.decode())
        return line

    one = imported(SPRING.encode(), "-", "--name", "-春\n.md")
    assert (one["status"], one["title"], one["format"]) == ("added", "春天來了", "md")
    assert imported(SPRING.encode(), "-")["status"] == "known"
    assert imported(PAGE.encode(), "-")["format"] == "html"


def test_what_is_read_but_not_whole_is_said_and_with_strict_fails(call: Any, is_one_line: Any, tmp_path: Path) -> None:
    from tests.library.wrappers import page, warc

    (tmp_path / "a.warc").write_bytes(warc() + warc(page("又"))[:-300])
    printed = call("import", str(tmp_path / "a.warc"))
    assert (printed.code, printed.out) == (0, "1 added, 0 known, 0 failed\n")
    assert is_one_line(printed.err)
    printed = call("import", "--strict", str(tmp_path / "a.warc"))
    assert (printed.code, printed.out) == (ExitCode.NEGATIVE, "0 added, 1 known, 1 failed\n")


def test_a_full_output_is_one_line_and_what_was_told_is_kept(
    run: Any, is_one_line: Any, folder: Path, file: Path
) -> None:
    with open("/dev/full", "wb") as full:
        for args in (["import", "--json", str(folder)], ["import", str(folder)], ["list"], ["check"]):
            done = run(*args, stdout=full)
            assert done.returncode == ExitCode.IO, args
            assert is_one_line(done.stderr)
    with Library.open(file) as library:
        assert library.count() == 4


def test_a_library_that_another_writes_is_one_line(
    call: Any, is_one_line: Any, ids: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("lishu_tui.library.store.connecting.WAIT", 0.2)
    (tmp_path / "new.txt").write_text("新的。")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for args in (["import", str(tmp_path / "new.txt")], ["remove", "--yes", ids["spring.txt"]]):
            printed = call(*args)
            assert printed.code == ExitCode.IO
            assert is_one_line(printed.err)
            assert "another lishu-tui is writing" in printed.err
        assert call("list").out.count("\n") == 6


def test_a_place_that_cannot_be_written_is_one_line(call: Any, is_one_line: Any, folder: Path) -> None:
    printed = call("--library", "/proc/nowhere/library.db", "import", str(folder))
    assert printed.code == ExitCode.IO
    assert is_one_line(printed.err)


def many(folder: Path) -> None:
    for number in range(1500):
        (folder / f"{number}.txt").write_text(f"第{number}篇\n{SPRING * 6}")


def environment(tmp_path: Path) -> dict[str, str]:
    names = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "STATE", "CONFIG")}
    return {**os.environ, **names}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_an_import_and_what_was_told_stays(
    is_one_line: Any, folder: Path, file: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    many(folder)
    command = [sys.executable, "-m", "lishu_tui", "import", "--json", str(folder)]
    with subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as one:  # fmt: skip
        assert one.stdout is not None
        assert one.stderr is not None
        first = one.stdout.readline()
        os.killpg(one.pid, number)  # as a terminal does: to all of them
        told = lines(first + one.stdout.read())
        assert one.wait(20) == code
        said = one.stderr.read()
    assert is_one_line(said)
    assert said.startswith("lishu-tui: interrupted: ")
    with Library.open(file) as library:
        there = {entry.id for entry in library.entries()}
    assert {line["id"] for line in told} <= there
    assert 0 < len(there) < 1504


def test_an_import_stops_with_ctrl_z_and_goes_on(folder: Path, tmp_path: Path) -> None:
    many(folder)
    command = f"{shlex.quote(sys.executable)} -m lishu_tui import {shlex.quote(str(folder))}"
    with Terminal(["bash", "--norc", "-i"], 100, 20, home=tmp_path) as t:
        t.settle()
        t.send(f"{command}\r")
        t.wait_for(lambda text: "/1504 files" in text and " 0/1504" not in text, timeout=30)
        t.press("ctrl+z")
        t.wait_for("Stopped")
        assert not t.modes_left_on() - {"bracketed paste"}  # bash's own
        t.settle(0.3)
        mark = t.mark()
        time.sleep(0.5)
        t.settle(0.1)
        assert t.raw_since(mark) == b""
        t.send("fg\r")
        t.wait_for("1,504 added, 0 known, 0 failed", timeout=60)
        assert not t.modes_left_on() - {"bracketed paste"}


def test_on_a_terminal_a_bar_moves_and_goes_and_a_failure_stands_above_it(folder: Path, tmp_path: Path) -> None:
    many(folder)
    (folder / "a.txt").write_bytes(b"%PDF-1.7")
    command = [sys.executable, "-m", "lishu_tui", "import", str(folder)]
    with Terminal(command, 100, 20, home=tmp_path) as t:
        t.wait_for("/1505 files", timeout=30)
        t.wait_for("1,504 added, 0 known, 1 failed", timeout=60)
        assert t.wait_exit() == ExitCode.NEGATIVE
        text = t.text()
        assert "files" not in text
        assert "lishu-tui: " in text
        assert "a.txt: is a PDF document" in text.replace("\n", "")
        assert not t.modes_left_on()


# ── list, remove, check ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_the_bundled_article_first(call: Any, ids: dict[str, str]) -> None:
    found = json.loads(call("list", "--json").out)
    assert found["total"] == 5
    assert found["documents"][0]["id"] == "lishu"
    assert {d["id"] for d in found["documents"]} == {"lishu", *ids.values()}
    rows = list(csv.DictReader(io.StringIO(call("list", "--csv").out)))
    assert [row["id"] for row in rows] == [d["id"] for d in found["documents"]]
    assert rows[0]["characters"] == str(sum(map(len, EDITION.readings["restored"])))
    plain = call("list").out.splitlines()
    assert plain[0].split("\t")[:2] == ["id", "title"]
    assert len(plain) == 6


def test_the_list_is_sorted_and_filtered(call: Any, ids: dict[str, str]) -> None:
    def listed(*args: str) -> list[str]:
        return [d["id"] for d in json.loads(call("list", "--json", *args).out)["documents"]]

    assert listed("--filter", "梨树")[0] == "lishu"
    assert listed("--filter", "四平日報 2021") == [ids["autumn.html"]]
    assert listed("--filter", "nothing like it") == []
    assert listed("--sort", "characters")[-1] == ids["capture.txt"]
    assert listed("--sort", "date")[-1] == ids["autumn.html"]
    assert call("list", "--filter", "nothing like it") == (0, "", "")


def test_no_library_is_no_error_and_none_is_made(call: Any, file: Path) -> None:
    for args in (["list"], ["search", "疫情"], ["kwic", "疫情"], ["check"], ["show", "lishu"], ["toc"]):
        printed = call(*args)
        assert (printed.code, printed.err) == (0, "")
    assert not file.parent.exists()
    for args in (["show", "spring-123456"], ["spring-123456/text"], ["source", "x-1"], ["remove", "x-1"]):
        assert call(*args).code == ExitCode.USAGE
    assert call("export-library", str(file.parent)).code == ExitCode.USAGE
    assert not file.parent.exists()


def test_remove_takes_documents_out_and_says_which(call: Any, ids: dict[str, str]) -> None:
    spring, page = ids["spring.txt"], ids["autumn.html"]
    printed = call("remove", spring, page)
    assert printed == (0, f"removed\t{spring}\t春天來了\nremoved\t{page}\t梨樹縣的秋天\n", "")
    assert call("remove", spring).code == ExitCode.USAGE
    removed = json.loads(call("remove", "--json", "--yes", ids["summer.md"]).out)
    assert removed == {"removed": [{"id": ids["summer.md"], "title": "夏天"}]}
    assert call("check").code == 0


def test_remove_takes_all_or_none(call: Any, is_one_line: Any, ids: dict[str, str]) -> None:
    for other in ("nothing-123456", "lishu", "lishu/opening", "a\nb"):
        printed = call("remove", ids["spring.txt"], other)
        assert (printed.code, printed.out) == (ExitCode.USAGE, "")
        assert is_one_line(printed.err)
    assert json.loads(call("list", "--json").out)["total"] == 5


@pytest.mark.parametrize(("answer", "gone"), [("y\n", True), ("\n", False), ("no\n", False), ("", False)])
def test_on_a_terminal_remove_asks(
    call: Any, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    monkeypatch.setattr(commands.output, "is_terminal", lambda stream: stream is not sys.stdout)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    printed = call("remove", ids["spring.txt"])
    assert f"{ids['spring.txt']}  春天來了\nRemove 1 document and its captures? [y/N] " in printed.err
    assert printed.code == (ExitCode.OK if gone else ExitCode.NEGATIVE)
    assert json.loads(call("list", "--json").out)["total"] == (4 if gone else 5)


def test_check_names_what_is_wrong_and_goes_on(call: Any, is_one_line: Any, ids: dict[str, str], file: Path) -> None:
    printed = call("check")
    assert (printed.code, printed.err) == (0, "")
    assert all(line.startswith("ok ") for line in printed.out.splitlines())
    assert all(id in printed.out for id in ids.values())
    with closing(sqlite3.connect(file)) as other:
        number = other.execute("SELECT number FROM documents WHERE id = ?", (ids["spring.txt"],)).fetchone()[0]
        other.execute("UPDATE captures SET data = zeroblob(9) WHERE document = ?", (number,))
        other.commit()
    printed = call("check")
    assert printed.code == ExitCode.NEGATIVE
    assert is_one_line(printed.err)
    assert ids["spring.txt"] in printed.err
    bad = [line for line in printed.out.splitlines() if not line.startswith("ok ")]
    assert len(bad) == 1
    assert ids["spring.txt"] in bad[0]
    found = json.loads(call("check", "--json").out)
    assert not found["ok"]
    assert [f["id"] for f in found["findings"] if not f["ok"]] == [ids["spring.txt"]]
    assert call("show", ids["spring.txt"]).code == ExitCode.USAGE
    assert call("show", ids["summer.md"]).code == 0


def test_a_broken_library_costs_a_line_and_the_bundled_article_opens(
    call: Any, is_one_line: Any, file: Path, tmp_path: Path
) -> None:
    file.parent.mkdir(parents=True)
    for data in (b"no database at all\n" * 100, b"", b"SQLite format 3\0" + b"\0" * 500):
        file.write_bytes(data)
        for args in (["list"], ["import", str(tmp_path)], ["spring-123456"]):
            printed = call(*args)
            assert printed.code in (ExitCode.USAGE, ExitCode.IO), args
            assert is_one_line(printed.err)
            assert str(file) in printed.err
        for args in (["show", "lishu"], ["stats"], ["lishu/opening"], []):
            assert call(*args).code == 0
        for args in (["search", "疫情", "--count"], ["kwic", "疫情"]):
            printed = call(*args)
            assert printed.code == 0
            assert is_one_line(printed.err)
            assert "only lishu is searched" in printed.err
        printed = call("check")
        assert (printed.code, is_one_line(printed.err)) == (ExitCode.NEGATIVE, True)
        assert file.read_bytes() == data


# ── moving house ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_library_moves_house(call: Any, is_one_line: Any, ids: dict[str, str], tmp_path: Path) -> None:
    away = str(tmp_path / "away.db")
    assert call("export-library", away) == (0, f"4 documents in {away}\n", "")
    new = str(tmp_path / "new.db")
    assert call("--library", new, "import-library", away) == (0, "4 added, 0 known, 0 failed\n", "")
    found = lines(call("--library", new, "import-library", "--json", away).out)
    assert all(line.keys() == FIELDS for line in found)
    assert {(line["id"], line["status"]) for line in found} == {(id, "known") for id in ids.values()}
    here, there = (json.loads(call(*at, "list", "--json").out) for at in ((), ("--library", new)))
    assert here == there
    assert "LISHU_TUI_LIBRARY" not in os.environ
    printed = call("--library", str(tmp_path / "none.db"), "import-library", str(tmp_path / "slip.db"))
    assert (printed.code, is_one_line(printed.err)) == (ExitCode.USAGE, True)
    assert not (tmp_path / "none.db").exists()
    assert call("export-library", "-").code == ExitCode.USAGE


# ── its documents in the other commands ─────────────────────────────────────────────────────────────────────────────


def test_the_commands_know_every_document(call: Any, ids: dict[str, str]) -> None:
    page, capture = ids["autumn.html"], ids["capture.txt"]
    assert call("show", page).out.startswith("梨樹縣的秋天\n\n農民們")
    assert call("show", f"{page}/section-1/1:0-2").out == "農民\n"
    assert "\n".join(EDITION.readings["restored"]) in call("show", capture).out.replace("\n\n", "\n")
    assert json.loads(call("toc", page, "--json").out)["sections"][0]["heading"] == "梨樹縣的秋天"
    assert json.loads(call("names", page, "--json").out)["document"] == page
    assert json.loads(call("stats", page, "--json").out)["document"] == page
    assert len(json.loads(call("apparatus", capture, "--json").out)["emendations"]) == len(EDITION.emendations)
    source = json.loads(call("source", page, "--json").out)
    assert source["publisher"] == "四平日報"
    assert source["provenance"]["format"] == "html"
    assert source["provenance"]["dropped"][0].keys() == {"what", "characters", "rule", "sample"}
    told = call("source", page).out
    assert "date: 2021-09-17\n" in told
    assert "\ndropped: " in told
    assert "provenance" not in json.loads(call("source", "--json").out)
    printed = call("show", page, "--reading", "english")
    assert (printed.code, "has none" in printed.err) == (ExitCode.USAGE, True)


def test_the_capture_is_printed_as_it_was(run: Any, ids: dict[str, str]) -> None:
    assert run("show", ids["autumn.html"], "--reading", "capture").stdout == PAGE.encode()


def test_documents_are_verified(call: Any, ids: dict[str, str]) -> None:
    for id in ids.values():
        found = json.loads(call("verify", id, "--json").out)
        assert (found["document"], found["ok"], found["unexplained"]) == (id, True, 0)
    assert "0 unexplained" in call("verify", ids["capture.txt"]).out


def test_a_search_goes_over_all_documents(call: Any, ids: dict[str, str]) -> None:
    found = json.loads(call("search", "种树", "--json").out)
    assert (found["total"], found["documents"]) == (3, 3)
    assert {hit["document"] for hit in found["hits"]} == {ids[n] for n in ("spring.txt", "summer.md", "autumn.html")}
    for hit in found["hits"]:
        assert call("show", hit["address"]).out == f"{hit['text']}\n" == "種樹\n"
    assert found["facets"]["years"] == [{"year": 2021, "documents": 1}, {"year": None, "documents": 2}]
    assert found["facets"]["sources"] == [{"source": "", "documents": 2}, {"source": "四平日報", "documents": 1}]
    assert {d["id"]: d["hits"] for d in found["facets"]["documents"]} == {hit["document"]: 1 for hit in found["hits"]}


def test_the_bundled_article_is_searched_first_and_totals_are_of_all(call: Any, ids: dict[str, str]) -> None:
    here = json.loads(call("search", "防控", "--in", "lishu", "--json").out)["total"]
    found = json.loads(call("search", "防控", "--json").out)
    assert found["hits"][0]["document"] == "lishu"
    assert found["total"] == len(found["hits"]) == 2 * here + 1
    assert int(call("search", "防控", "--count").out) == found["total"]
    few = json.loads(call("search", "防控", "--json", "--limit", "3").out)
    assert (few["total"], few["documents"]) == (found["total"], 3)
    assert few["hits"] == found["hits"][:3]
    assert call("search", "防控").out.count("\n") == found["total"]
    assert call("search", "防控", "--limit", "5").out.count("\n") == 5
    alone = json.loads(call("search", "防控", "--in", ids["summer.md"], "--json").out)
    assert (alone["total"], alone["hits"][0]["document"]) == (1, ids["summer.md"])


def test_a_terminal_shows_the_first_hits_by_document(call: Any, ids: dict[str, str], terminal: None) -> None:
    total = int(call("search", "防控", "--count").out)
    out = call("search", "防控", "--limit", "40").out
    assert f"{total} hits for 防控 in 3 documents; the first 40 are shown (--limit N for more)" in out
    assert out.index("lishu/opening") < min(out.find(id) for id in ids.values() if id in out)
    assert "\n夏天  1 hit\n" in plain(call("search", "防控", "--limit", "1000").out)
    printed = call("kwic", "防控")
    assert printed.err == f"lishu-tui: the first 50 of {total} hits are shown (--limit N for more)\n"


def plain(out: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", out)


def test_a_concordance_goes_over_all_documents(call: Any, ids: dict[str, str]) -> None:
    found = json.loads(call("kwic", "防控", "--json").out)
    assert found["total"] == len(found["lines"]) == int(call("search", "防控", "--count").out)
    right = json.loads(call("kwic", "防控", "--sort", "right", "--json").out)["lines"]
    assert sorted(line["address"] for line in right) == sorted(line["address"] for line in found["lines"])
    assert [line["right"][:1] for line in right] == sorted((line["right"][:1] for line in right), key=_folded)
    few = json.loads(call("kwic", "防控", "--sort", "right", "--limit", "4", "--json").out)
    assert (few["total"], few["lines"]) == (found["total"], right[:4])


def _folded(text: str) -> str:
    from lishu_tui.search import fold

    return fold(text)


def test_a_damaged_document_is_named_and_the_others_are_shown(
    call: Any, is_one_line: Any, ids: dict[str, str], file: Path
) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE editions SET data = zeroblob(9) WHERE document = 1")
        other.commit()
    printed = call("search", "種樹", "--json")
    assert is_one_line(printed.err)
    found = json.loads(printed.out)
    assert (found["total"], len(found["hits"])) in ((3, 2), (3, 3))


def test_the_reader_opens_on_a_document_and_keeps_its_place(
    call: Any, ids: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, Edition, bool]] = []

    def run(address: object, edition: Edition, *, stored: bool) -> int:
        asked.append((address, edition, stored))
        return 0

    monkeypatch.setattr("lishu_tui.cli.reader.can_draw", lambda: True)
    monkeypatch.setattr("lishu_tui.tui.run", run)
    page = ids["autumn.html"]
    assert call(f"{page}/section-1/2").code == 0
    assert (str(asked[0][0]), asked[0][1].id, asked[0][2]) == (f"{page}/section-1/2", page, True)
    assert call(page).code == 0
    assert (asked[1][0], asked[1][1].text(0), asked[1][2]) == (None, "梨樹縣的秋天", True)
    assert call(str(folder / "autumn.html")).code == 0
    assert (asked[2][0], asked[2][1].id, asked[2][2]) == (None, page, False)
    monkeypatch.chdir(folder)
    Path(page).write_text("a file by the name of a document")
    assert call(page).code == 0
    assert asked[3][2]
    assert call(f"./{page}").code == 0
    assert not asked[4][2]


def test_the_reader_prints_a_document_where_there_is_no_terminal(run: Any, ids: dict[str, str]) -> None:
    done = run(f"{ids['spring.txt']}/text/1")
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", "春天來了\n".encode())


def test_ids_are_completed(ids: dict[str, str]) -> None:
    import click

    context, argument = click.Context(commands.check), click.Argument(["x"])
    page = ids["autumn.html"]
    found = [item.value for item in types.ADDRESS.shell_complete(context, argument, f"{page}/")]
    assert found == [f"{page}/section-1"]
    found = [item.value for item in types.DOCUMENT.shell_complete(context, argument, "")]
    assert set(found) == {"lishu", *ids.values()}


def test_the_reader_keeps_the_place_of_a_document_of_the_library(tmp_path: Path) -> None:
    """In a terminal: left at its end, opened there again; and a file that is only looked at leaves nothing behind."""
    text = (
        "開頭的一段。\n\n" + "\n\n".join(f"第{n}段：農民們都到地里去干活。" for n in range(60)) + "\n\n最後的一段。\n"
    )
    (tmp_path / "long.txt").write_text(text)
    program = [sys.executable, "-m", "lishu_tui"]
    with Terminal([*program, "import", "--json", "long.txt"], 200, 20, home=tmp_path, cwd=tmp_path) as t:
        assert t.wait_exit() == 0
        id = json.loads(t.text().strip().replace("\n", ""))["id"]
    states = tmp_path / ".local" / "state" / "lishu-tui" / "state.json"
    with Terminal([*program, "long.txt"], 80, 20, home=tmp_path, cwd=tmp_path) as t:
        t.wait_for("開頭的一段")
        t.press("q")
        assert t.wait_exit() == 0
    assert not states.exists()
    for seen in ("開頭的一段", "最後的一段"):
        with Terminal([*program, id], 80, 20, home=tmp_path) as t:
            t.wait_for(seen)
            t.press("G")
            t.wait_for("最後的一段")
            t.press("q")
            assert t.wait_exit() == 0
            assert not t.modes_left_on()
    assert id in json.loads(states.read_text())["places"]
    with Terminal([*program, f"{id}/text/1"], 80, 20, home=tmp_path) as t:
        t.wait_for("開頭的一段")
        t.press("q")
        assert t.wait_exit() == 0
