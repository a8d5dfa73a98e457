"""Files that are large or odd, opened in a real terminal; another clock, another country."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lishu_tui.library.store import Library
from tests.library.wrappers import book, opf, page, record
from tests.shelves import articles, filled
from tests.terminal import PROGRAM, Terminal, environment

OSC = "\x1b]0;PWNED\x07\u202e\x9b31m\u2066"


def run(*words: str | os.PathLike[str], home: Path, env: dict[str, str | None] | None = None, **more: object):
    return subprocess.run(
        [*PROGRAM, *words], env=environment(home, env), capture_output=True, check=False, timeout=60, **more
    )


# ── rows 23 and 24 ──────────────────────────────────────────────────────────────────────────────────────────────────


PEAK = """\
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""Says how many KiB a program took at most. A process begun by a large one counts as large: hence one between."""


def test_a_line_of_a_hundred_megabytes_is_refused_at_once(tmp_path):
    file = tmp_path / "line.txt"
    with file.open("wb") as out:
        for _ in range(100):
            out.write("春天來了，".encode() * (1_000_000 // 15))
    for words in (["import", file], ["export", file, "--format", "txt"], [file]):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *PROGRAM, *words], env=environment(tmp_path), stdin=subprocess.DEVNULL,
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        assert time.perf_counter() - start < 5  # 0.3 s where nothing else is at work
        assert done.returncode in (1, 2)
        assert b"is too large" in done.stderr
        assert done.stderr.count(b"\n") == 1
        assert int(done.stdout.split()[-1]) < 600 * 1024


def test_a_line_as_long_as_may_be_is_never_empty(tmp_path):
    file = tmp_path / "line.txt"
    file.write_bytes("春天來了，".encode() * 1_300_000)
    with Terminal([*PROGRAM, str(file)], 80, 24, home=tmp_path) as t:
        t.wait_for("春天來了", 30)
        t.press("q")
        assert t.wait_exit(20) == 0


def test_a_million_marks_on_one_character_are_painted_at_once_and_counted(tmp_path):
    file = tmp_path / "marks.txt"
    file.write_text("前\n字" + "\u0301" * 1_000_000 + "後\n", encoding="utf-8")
    with Terminal([*PROGRAM, str(file)], 80, 24, home=tmp_path) as t:
        assert t.wait_for("⁺¹⁹⁹⁹⁹¹", 10) < 5  # 0.7 s from the start where nothing else is at work
        t.settle(0.3)
        t.press("G", "g", "v", "l", "l", "y", "escape")
        t.settle(0.3)
        assert bytes(t.raw).count("\u0301".encode()) < 2000
        t.press("q")
        assert t.wait_exit() == 0


# ── row 28 ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def hostile_files(folder: Path) -> list[Path]:
    """A name, a book's title, the address of a record, and a page's title that would drive a terminal."""
    folder.mkdir()
    named = folder / "x\x1b]0;PWNED\x07\u202e.txt"
    named.write_text("春天來了。\n", encoding="utf-8")
    titled = folder / "a.epub"
    said = "&#x9;&#xfeff;&#x202e;PWN&#x2066;"
    titled.write_bytes(book(list=opf([("c0", "1.xhtml", "")], ["c0"]).replace("<dc:title>", f"<dc:title>{said}")))
    archive = folder / "a.warc"
    archive.write_bytes(record(page(), f"http://x/{OSC}"))
    titled_page = folder / "a.html"
    titled_page.write_bytes(page().replace(b"<title>", f"<title>{OSC}&#x1b;]0;PWNED&#7;".encode()))
    (folder / "bad\x1b]52;c;UFdORUQ=\x07.pdf").write_bytes(b"%PDF-1.4")
    return [named, titled, archive, titled_page]


def test_no_payload_leaves_by_what_files_say_of_themselves(tmp_path):
    files = hostile_files(tmp_path / "files")
    said = b""
    for words in (["import", tmp_path / "files"], ["list"], ["check"], ["search", "春天"]):
        done = run(*words, home=tmp_path)
        said += done.stdout + done.stderr
    with Terminal([*PROGRAM, "import", str(tmp_path / "files")], 200, 24, home=tmp_path) as t:
        t.wait_exit(20)
        said += bytes(t.raw)
    for file in files:
        with Terminal([*PROGRAM, str(file)], 120, 36, home=tmp_path) as t:
            t.wait_for("restored 復原", 20)
            for key in ("p", "escape", "c", "escape", "L", "escape", "escape", "q"):
                t.press(key)
                t.settle(0.2)
            t.wait_exit(10)
            said += bytes(t.raw)
    for payload in (b"\x1b]0;", b"\x1b]52;c;UFdORUQ", "\u202e".encode(), "\u2066".encode(), "\x9b".encode()):
        assert payload not in said


# ── rows 52 and 53 ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_storm_of_sizes_in_a_file_ends_where_it_began(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text("\n".join(f"第{n}段，春天來了，農民們都到地里去干活。" for n in range(300)), encoding="utf-8")
    with Terminal([*PROGRAM, str(file)], 100, 30, home=tmp_path) as t:
        t.wait_for("第0段", 20)
        t.press(*["space"] * 3)
        t.settle(0.3)
        top = re.search("第([0-9]+)段", t.text())
        assert top
        start = time.perf_counter()
        for n in range(200):
            t.resize(1 + (n * 37) % 160, 1 + (n * 17) % 50)
            time.sleep(max(start + n * 0.005 - time.perf_counter(), 0))
        t.resize(1, 1)
        t.resize(100, 30)
        began = time.perf_counter()
        t.wait_for(lambda text: (m := re.search("第([0-9]+)段", text)) is not None and m[1] == top[1], 10)
        assert time.perf_counter() - began < 3  # 0.1 s where nothing else is at work
        t.settle(0.3)
        assert re.search("第([0-9]+)段", t.text())[1] == top[1]
        assert b"Traceback" not in bytes(t.raw)
        t.press("q")
        assert t.wait_exit() == 0


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (39, 9), (500, 200)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_file_opens_at_any_size_and_takes_keys(tmp_path, size):
    file = tmp_path / "text.txt"
    file.write_text("春天來了。\n" * 50, encoding="utf-8")
    with Terminal([*PROGRAM, str(file)], *size, home=tmp_path) as t:
        t.settle(0.8)
        if size == (20, 5):
            assert "needs 40×10" in t.text()
        for keys in ("j}G/x\r", "nvl", "\x1b", "te+z", "\x1b", "q"):
            t.send(keys)
            t.settle(0.3)
        assert t.wait_exit() == 0
        assert not t.modes_left_on()
        assert b"Traceback" not in bytes(t.raw)


# ── row 63 ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("locale", ["tr_TR.UTF-8", "C", "zh_CN.GB18030"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "CST-8", "America/St_Johns", "", "no/such/place"])
def test_another_country_and_its_clock(tmp_path, zone, locale):
    env: dict[str, str | None] = {"TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "1"}
    files = tmp_path / "files"
    files.mkdir()
    (files / "INDIGO Iı.TXT").write_text("Title İI ıi\n\n春天來了。\n", encoding="utf-8")
    assert run("import", files, home=tmp_path, env=env).returncode == 0
    assert run("check", home=tmp_path, env=env).returncode == 0
    listed = json.loads(run("list", "--json", home=tmp_path, env=env).stdout)
    (mine,) = [one for one in listed["documents"] if one["id"] != "lishu"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", mine["imported"])
    if zone in ("Asia/Shanghai", "CST-8"):
        assert mine["imported"].endswith("+08:00")
    assert mine["id"].isascii()
    assert run("search", "TITLE", "--in", mine["id"], home=tmp_path, env=env).returncode in (0, 1)
    found = run("search", "春天", "--in", mine["id"], home=tmp_path, env=env)
    assert found.returncode == 0, found.stderr


def test_a_library_of_the_year_2038_and_after(tmp_path, monkeypatch):
    from lishu_tui.library.store import entries, packing

    for name in ("2038-01-19T03:14:08+00:00", "2106-02-07T06:28:16+00:00", "9999-12-31T23:59:59+14:00"):
        monkeypatch.setattr(packing, "now", lambda name=name: name)
        path = tmp_path / f"{name[:4]}.db"
        (id,) = filled(path, articles()[:1])
        with Library.open(path) as library:
            assert library.entry(id).imported == name
            assert all(finding.ok for finding in library.check())
    assert re.fullmatch(r".*[+-]\d\d:\d\d", entries.now())
