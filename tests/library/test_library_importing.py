"""Imports: what is told is kept, a bad file or a lost process costs a line, and nothing goes out to the network."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library import importing, workers
from lishu_tui.library.importing import Blob, Outcome, Progress, import_paths
from lishu_tui.library.store import Library
from lishu_tui.library.store.connecting import WAIT
from lishu_tui.library.workers import Answer, Workers
from tests.library.wrappers import WRAPPERS, page, warc, watched

SENTENCES = ("春天來了，農民們都到地里去干活。", "學校里的孩子們也在院子里種樹。", "他從鄉下帶來一籃雞蛋。")


def text(number: int, long: int = 3) -> str:
    return "\n\n".join(f"第{number}篇第{n}段：{SENTENCES[(number + n) % 3]}" for n in range(long)) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty texts and a page."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(40):
        (made / f"{number:02}.txt").write_text(text(number))
    (made / "page.html").write_bytes(page())
    return made


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", write=True) as opened:
        yield opened


def counted(outcomes: list[Outcome]) -> dict[str, int]:
    return dict(Counter(outcome.status for outcome in outcomes))


def sound(path: Path) -> set[str]:
    """The ids of a library that is as it should be; no document lacks anything."""
    with Library.open(path) as library:
        assert [found.line for found in library.check() if not found.ok] == []
        return {entry.id for entry in library.entries()}


# ── what comes in ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("workers", [0, 2])
def test_a_folder_comes_in_and_again_is_known(folder: Path, library: Library, workers: int) -> None:
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n")
    (folder / ".hidden").write_text("x")
    far: list[Progress] = []
    outcomes = list(import_paths(library, [folder], workers=workers, progress=far.append))
    assert counted(outcomes) == {"added": 41, "failed": 2, "skipped": 1}
    assert [o.says for o in outcomes if o.status == "skipped"] == ["hidden"]
    for failed in (o for o in outcomes if o.status == "failed"):
        assert failed.entry is None
        assert failed.says.startswith(f"{failed.file}: is ")
    assert far[0] == Progress(0, 43, 0)
    assert far[-1] == Progress(43, 43, 41)
    assert all(a.files <= b.files and a.documents <= b.documents for a, b in pairwise(far))
    again = list(import_paths(library, [folder], workers=workers))
    assert counted(again) == {"known": 41, "failed": 2, "skipped": 1}
    assert {o.entry for o in again if o.entry} == {o.entry for o in outcomes if o.entry}
    assert len(sound(library.path)) == 41


def test_the_same_bytes_twice_are_one_document(folder: Path, library: Library) -> None:
    (folder / "again.md").write_bytes((folder / "00.txt").read_bytes())
    outcomes = list(import_paths(library, [folder / "00.txt", folder / "again.md", folder / "00.txt"], workers=0))
    assert [o.status for o in outcomes if o.status != "skipped"] == ["added", "known"]
    assert outcomes[-1].entry == outcomes[-2].entry
    assert library.count() == 1


def test_one_article_in_every_wrapper_comes_in(tmp_path: Path, library: Library) -> None:
    for name, make in WRAPPERS.items():
        (tmp_path / name).write_bytes(make())
    outcomes = list(import_paths(library, [tmp_path / name for name in WRAPPERS]))
    assert not [o.says for o in outcomes if o.status == "failed"]
    # A page is the same capture wherever it is kept, a message and a book are captures of their own.
    assert counted([o for o in outcomes if o.entry]) == {"added": 3, "known": 4}
    texts = {library.edition(entry.id).readings["restored"] for entry in library.entries()}
    assert len(texts) == 1


def test_what_comes_by_standard_input_is_a_document(folder: Path, library: Library) -> None:
    blobs = [Blob(text(7).encode(), "-"), Blob(b"", "a\nb\x1b"), folder / "07.txt"]
    outcomes = list(import_paths(library, blobs, workers=1))
    assert [(o.status, o.file) for o in outcomes] == [
        ("added", "-"), ("failed", "a\nb\x1b"), ("known", str(folder / "07.txt")),
    ]  # fmt: skip
    assert "\x1b" not in outcomes[1].says


def test_a_web_archive_that_is_cut_off_is_noticed_and_with_strict_failed(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.warc").write_bytes(warc() + warc(page("又"))[:-300])
    outcomes = list(import_paths(library, [tmp_path / "a.warc"]))
    assert counted(outcomes) in ({"added": 1, "noticed": 1}, {"added": 1, "noticed": 2})
    strict = list(import_paths(library, [tmp_path / "a.warc"], strict=True))
    assert {o.status for o in strict} == {"known", "failed"}
    assert all("a.warc" in o.says for o in strict if o.status == "failed")


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "-rf.txt", "%s.txt", " x .txt", "\x1b]0;PWNED\x07.txt", "\udcff.txt", "-"]
)
def test_a_name_is_data(tmp_path: Path, library: Library, name: str) -> None:
    (tmp_path / name).write_text(text(1))
    outcomes = list(import_paths(library, [tmp_path], workers=2))
    added = [o for o in outcomes if o.status == "added"]
    assert len(added) == 1
    entry = added[0].entry
    assert entry is not None
    assert not set("\x1b\x07\n\udcff") & set(entry.id + entry.title)
    came = library.edition(entry.id).provenance
    assert came is not None
    assert not set("\x1b\x07\n\udcff") & set(came.came_from)


def test_nothing_goes_out_to_the_network_or_is_written_beside(tmp_path: Path, library: Library) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for name, make in WRAPPERS.items():
        (kept / name).write_bytes(make())
    away = (
        '<p>x<img src="http://192.0.2.1/x"><link rel=stylesheet href="http://192.0.2.1/a.css"><iframe src=//192.0.2.1>'
    )
    (kept / "away.html").write_text(away)
    (kept / "entity.html").write_bytes(b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://192.0.2.1/e">]><p>&e; x</p>')
    with watched() as seen:
        outcomes = list(import_paths(library, [kept], workers=0))
    assert counted(outcomes)["added"] >= 4
    assert not [one for one in seen if one[0].startswith(("socket.", "subprocess.", "urllib.", "os."))]
    assert {where for what, where in seen if what == "write"} <= {str(library.path), f"{library.path}-journal"}


def test_a_file_is_read_once_and_its_bytes_are_those_that_are_kept(folder: Path, library: Library) -> None:
    with watched() as seen:
        (one,) = import_paths(library, [folder / "page.html"], workers=0)
    assert [where for _, where in seen].count(str(folder / "page.html")) == 1
    assert one.entry is not None
    assert library.capture(one.entry.id) == page()


# ── processes that fail ─────────────────────────────────────────────────────────────────────────────────────────────


def work(job: str) -> Iterator[str]:
    """What the processes of these tests do."""
    kind, _, number = job.partition(" ")
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "hang":
        time.sleep(600)
    for n in range(int(number or 1)):
        yield f"{job}: {n}" + "x" * (100_000 if kind == "large" else 0)


def ran(jobs: list[str], size: int = 2, patience: float = 30.0) -> dict[str, list[object]]:
    """By job, what it said; the last of a lost one is its error."""
    said: dict[str, list[object]] = {}
    with Workers(work, size, str, patience) as crew:
        for answer in crew.run(jobs):
            if answer.of is not None and answer.says is not None:
                said.setdefault(answer.of, []).append(answer.says)
    assert not [worker for worker in crew.crew if worker.process.is_alive()]
    return said


def test_a_process_that_dies_costs_its_job_and_no_other() -> None:
    jobs = [f"job {n}" for n in range(1, 9)]
    said = ran([*jobs[:3], "die", *jobs[3:6], "die ", *jobs[6:]])
    for job in jobs:
        assert said[job] == [f"{job}: {n}" for n in range(int(job.split()[1]))]
    for job in ("die", "die "):
        (error,) = said[job]
        assert str(error) == f"{job}: the process that read it was ended by signal 9; expected a file that can be read"


def test_a_job_that_takes_too_long_is_given_up() -> None:
    said = ran(["job 2", "hang", "job 3"], size=1, patience=1.5)
    assert [str(error) for error in said["hang"]] == [
        "hang: takes too long (more than 1.5 seconds); expected a file that can be read"
    ]
    assert (len(said["job 2"]), len(said["job 3"])) == (2, 3)


def test_many_large_answers_wait_for_whoever_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    got = 0
    with Workers(work, 2, str) as crew:
        for answer in crew.run(["large 200", "large 201"]):
            got += answer.says is not None
            if got == 1:
                time.sleep(0.3)
    assert got == 401


def test_where_no_process_begins_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_serve", no_such_thing)
    said = ran([f"job {n}" for n in range(1, 9)])
    assert {job: len(answers) for job, answers in said.items()} == {f"job {n}": n for n in range(1, 9)}


def no_such_thing(*_: object) -> None:
    os._exit(1)


def test_jobs_left_in_the_middle_leave_no_process() -> None:
    with Workers(work, 2, str) as crew:
        answers = crew.run([f"job {n}" for n in range(50)])
        next(answers)
    assert not [worker for worker in crew.crew if worker.process.is_alive()]
    assert isinstance(Answer(), Answer)


def test_a_fault_of_ours_costs_the_file(folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importing.edition_of

    def fails(captured: object) -> object:
        if getattr(captured, "name", "") == "03.txt":
            raise ZeroDivisionError("\x1b text of the document")
        return real(captured)  # type: ignore[arg-type]

    monkeypatch.setenv("XDG_STATE_HOME", str(folder.parent / "state"))
    monkeypatch.setattr(importing, "edition_of", fails)
    outcomes = list(import_paths(library, [folder], workers=0))
    assert counted(outcomes) == {"added": 40, "failed": 1}
    (failed,) = (o for o in outcomes if o.status == "failed")
    assert "03.txt: a fault of lishu-tui: ZeroDivisionError" in failed.says
    assert "text of" not in failed.says


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_told_is_on_the_disk(folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TRANSACTION_DOCUMENTS", 7)
    told = 0
    for outcome in import_paths(library, [folder], workers=0):
        with closing(sqlite3.connect(library.path)) as other:
            rows = other.execute("SELECT 1 FROM documents WHERE id = ?", (outcome.entry.id,)).fetchall()  # type: ignore[union-attr]
        assert rows
        told += 1
    assert told == 41


def test_an_import_that_is_stopped_keeps_what_is_ready(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "TRANSACTION_DOCUMENTS", 5)
    stop = threading.Event()
    outcomes = []
    for outcome in import_paths(library, [folder], workers=0, stop=stop):
        outcomes.append(outcome)
        stop.set()
    assert 5 <= len(outcomes) < 41
    assert len(sound(library.path)) == len(outcomes)


def test_a_full_disk_ends_the_import_and_keeps_what_was_told(folder: Path, library: Library) -> None:
    monkeyed = list(import_paths(library, [folder / "00.txt"], workers=0))
    pages = library.execute("PRAGMA page_count")[0][0]
    library.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(LishuError, match="no space left") as caught:
        list(import_paths(library, [folder], workers=0))
    assert caught.value.exit_code == 74
    library.execute("PRAGMA max_page_count = 1000000")
    assert sound(library.path) == {o.entry.id for o in monkeyed if o.entry}


def test_a_library_that_is_written_by_another_for_too_long_is_one_line(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.execute("PRAGMA busy_timeout = 200")
    assert WAIT <= 5
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LishuError, match="another lishu-tui is writing") as caught:
            list(import_paths(library, [folder], workers=0))
    assert caught.value.exit_code == 74
    assert counted(list(import_paths(library, [folder], workers=0))) == {"added": 41}


COMMAND = [sys.executable, "-m", "lishu_tui", "import", "--json"]


def environment(path: Path) -> dict[str, str]:
    state = {f"XDG_{kind}_HOME": str(path.parent / kind.lower()) for kind in ("STATE", "CONFIG", "DATA")}
    return {**os.environ, **state, "LISHU_TUI_LIBRARY": str(path)}


def many(folder: Path, count: int) -> None:
    for number in range(100, 100 + count):
        (folder / f"{number}.txt").write_text(text(number, 12))


def ids(out: bytes) -> set[str]:
    """What was acknowledged: whole lines."""
    import json

    return {json.loads(line)["id"] for line in out.split(b"\n")[:-1]}


def test_two_imports_at_once_both_finish(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.db"
    many(folder, 300)
    settings = {"env": environment(path), "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [subprocess.Popen([*COMMAND, str(folder)], **settings) for _ in range(2)]  # type: ignore[call-overload]
    ends = [one.communicate(timeout=60) for one in both]
    assert [(one.returncode, err) for one, (_, err) in zip(both, ends, strict=True)] == [(0, b"")] * 2
    assert ids(ends[0][0]) == ids(ends[1][0]) == sound(path)
    assert len(sound(path)) == 341


def test_an_import_that_is_killed_at_any_moment_loses_nothing_that_it_told(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    many(folder, 800)
    files = sorted(map(str, folder.iterdir()))
    told: set[str] = set()
    for moment in range(8):
        mine = files[100 * moment : 100 * moment + 100]
        one = subprocess.Popen([*COMMAND, *mine], env=environment(path), stdout=subprocess.PIPE)
        assert one.stdout is not None
        if moment % 4 == 3:  # after a transaction
            told |= ids(one.stdout.readline())
        else:
            time.sleep(0.35 + 0.07 * moment)
        one.kill()
        told |= ids(one.stdout.read())
        one.wait()
        if path.exists():
            assert told <= sound(path)
    assert len(told) >= 100
    one = subprocess.Popen([*COMMAND, str(folder)], env=environment(path), stdout=subprocess.PIPE)
    assert len(ids(one.communicate(timeout=60)[0])) == 841
    assert len(sound(path)) == 841


def test_processes_end_with_the_one_that_started_them(folder: Path, tmp_path: Path) -> None:
    many(folder, 2000)
    path = tmp_path / "killed.db"
    one = subprocess.Popen([*COMMAND, str(folder)], env=environment(path), stdout=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while not (children := _children(one.pid)) and time.monotonic() < end:
        time.sleep(0.02)
    one.kill()
    one.wait()
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < end:
        time.sleep(0.05)
    assert children
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        pytest.skip("the system does not say what processes a process has")


def test_the_processes_know_no_other_room() -> None:
    assert workers.__doc__
    code = (
        "import sys, lishu_tui.library.importing;"
        "assert not {'textual', 'rich', 'click', 'lishu_tui.tui', 'lishu_tui.cli', 'opencc'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
