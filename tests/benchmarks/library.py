"""How a library grows: what it costs to import, to search and to list 1,000, 10,000 and 100,000 documents.

    python -m tests.benchmarks.library [--documents N ...] [--queries N] [--alone N] [--folder DIR] [--check]

The documents are made up (tests/benchmarks/corpus.py). A search is all that a screen of results asks for: how many
documents, the first 50 of them with all their hits, and a snippet of each; it runs in a process that does nothing else,
warm, and in turn with it `rg` over the same text, in a few large files and in a file a document, and tantivy, which is
asked for the same and must find as many documents. Printed is a Markdown table, a column a size. With `--folder` the
libraries are kept there and taken again; with `--check` the exit code is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from lishu_tui.library import index
from lishu_tui.library.importing import import_paths
from lishu_tui.library.searching import search
from lishu_tui.library.store import Library
from lishu_tui.library.store.packing import Prepared, prepare
from lishu_tui.search.compact import compact
from tests.benchmarks import engines
from tests.benchmarks.corpus import documents, edition
from tests.benchmarks.tables import Report, arguments, finish, machine

LENGTHS = (1, 2, 3, 4, 8)
PINYIN = ("zhanzheng", "lishu", "shishi", "zhongguo renmin", "jingji", "wo", "beijingsh", "zhanzh")
PARTS = 40
"""Files that the text of a library is written to for `rg`, so that it has all processors to work with."""
BATCH, TRANSACTION = 250, 1000


class Goal(NamedTuple):
    """What is wanted at the largest size: at most, or at least, so much."""

    at_most: float | None = None
    at_least: float | None = None

    def __str__(self) -> str:
        return f"≤ {self.at_most:g}" if self.at_most is not None else f"≥ {self.at_least:g}" if self.at_least else ""

    def is_met(self, figure: float) -> bool:
        return (self.at_most is None or figure <= self.at_most) and (self.at_least is None or figure >= self.at_least)


class Row(NamedTuple):
    """A line of the table: a figure, or None, for each size."""

    what: str
    unit: str
    figures: list[float | None]
    goal: Goal = Goal()
    digits: int = 1

    def markdown(self) -> str:
        cells = ["–" if figure is None else f"{figure:,.{self.digits}f}" for figure in self.figures]
        return f"| {self.what} | {self.unit} | {' | '.join(cells)} | {self.goal} |"


def p95(figures: list[float]) -> float:
    return sorted(figures)[min(len(figures) - 1, int(0.95 * len(figures)))]


# ── making a library ────────────────────────────────────────────────────────────────────────────────────────────────


def build(path: Path, texts: Path, count: int) -> float:
    """A library and its text for `rg`, made with a process that makes documents beside the one that keeps them.

    Returns the seconds that keeping them took."""
    texts.mkdir(parents=True, exist_ok=True)
    files = [(texts / f"{part:02}.txt").open("w", encoding="utf-8") for part in range(PARTS)]
    spans = [(first, min(BATCH, count - first)) for first in range(0, count, BATCH)]
    with get_context("fork").Pool(1) as pool, Library.open(path, write=True) as library:
        pool.map(_spread, [(0, 1)])  # it takes seconds to know Chinese
        begun = time.perf_counter()
        batches = pool.imap(_spread, spans)
        while True:
            taken = 0
            with library.importing():
                for batch in batches:
                    for document, text in batch:
                        library.add(document)
                        files[taken % PARTS].write(text)
                        taken += 1
                    if taken >= TRANSACTION:
                        break
            if taken < TRANSACTION:
                break
        seconds = time.perf_counter() - begun
    for file in files:
        file.close()
    return seconds


def _spread(span: tuple[int, int]) -> list[tuple[Prepared, str]]:
    first, count = span
    return [(prepare(edition(made)), made.text) for made in documents(count, first)]


def indexed_alone(folder: Path, count: int) -> float:
    """Documents a second into the index and nothing else, in one process."""
    made = [document.paragraphs for document in documents(count)]
    path = folder / "index.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"CREATE TABLE documents (number INTEGER PRIMARY KEY);{index.SCHEMA}")
        begun = time.perf_counter()
        connection.execute("BEGIN")
        for number, paragraphs in enumerate(made, 1):
            connection.execute("INSERT INTO documents VALUES (?)", (number,))
            index.add(connection, number, paragraphs)
        index.catch_up(connection)
        connection.execute("COMMIT")
        seconds = time.perf_counter() - begun
    path.unlink()
    return count / seconds


def imported_whole(folder: Path, count: int) -> float:
    """Documents a second out of text files, as `import` does it: read, restored, made ready, kept, indexed."""
    files = folder / "files"
    files.mkdir()
    for number, document in enumerate(documents(count)):
        (files / f"{number}.txt").write_text(document.text, encoding="utf-8")
    with Library.open(folder / "imported.db", write=True) as library:
        begun = time.perf_counter()
        added = sum(outcome.status == "added" for outcome in import_paths(library, [files]))
        seconds = time.perf_counter() - begun
    assert added == count, f"{added} of {count} were added"
    shutil.rmtree(files)
    (folder / "imported.db").unlink()
    return count / seconds


# ── measuring it ────────────────────────────────────────────────────────────────────────────────────────────────────


def queries(count: int, number: int) -> dict[int, list[str]]:
    """For each length, so many pieces of the documents, wherever they fall."""
    pick = random.Random(7)
    texts = [compact(p).folded for made in documents(min(count, 400)) for p in made.paragraphs]
    found: dict[int, list[str]] = {}
    for length in LENGTHS:
        long = [text for text in texts if len(text) > length]
        starts = [(text, pick.randrange(len(text) - length)) for text in pick.choices(long, k=number)]
        found[length] = [text[start : start + length] for text, start in starts]
    return found


def timed(action: Callable[[], Any]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def screenful(library: Library, query: str) -> int:
    """What a screen of results asks for; how many documents there are."""
    found = search(library, query)
    if found.documents:
        for one in found.page(0, 50):
            one.snippet(*one.first())
    return found.documents


def rg(query: str, texts: Path) -> None:
    subprocess.run(["rg", "--no-ignore", "-c", "-F", "--", query, str(texts)], stdout=subprocess.DEVNULL, check=False)


def measure(path: Path, texts: Path, files: Path, asked: dict[str, list[str]]) -> dict[str, list[float]]:
    """The times of everything that one does with a library, in milliseconds, and the memory that it took, in MiB."""
    times: dict[str, list[float]] = {}
    python, _ = engines.python_with_tantivy() or ("", "")
    with ExitStack() as stack:
        library = stack.enter_context(Library.open(path))
        tantivy = stack.enter_context(engines.Tantivy(python, index_of(path))) if python else None
        for length, some in asked.items():
            ours = times[f"search {length}"] = []
            theirs = times[f"rg {length}"] = []
            others = times[f"tantivy {length}"] = []
            as_files = times[f"rg files {length}"] = []
            for query in some:
                count = screenful(library, query)
                if tantivy and (other := tantivy.ask(query)[0]) != count:
                    raise ValueError(f"{query!r}: {count} documents, and {other} by tantivy; is {path} as it was made?")
            for number, query in enumerate(some):
                ours.append(timed(lambda: screenful(library, query)))  # noqa: B023 - called here
                if tantivy:
                    others.append(tantivy.ask(query)[1])
                if shutil.which("rg") and number < 12:
                    theirs.append(timed(lambda: rg(query, texts)))  # noqa: B023
                    if number < 4:
                        as_files.append(timed(lambda: rg(query, files)))  # noqa: B023
            two = some[:12]
            times[f"facets {length}"] = [timed(lambda: search(library, q).years()) for q in two]  # noqa: B023
        times["memory"] = [_memory()]
        times["pinyin page"] = [timed(lambda: search(library, q).page(0, 50)) for q in PINYIN]  # noqa: B023
        times["pinyin"] = [timed(lambda: search(library, q).documents) for q in PINYIN]  # noqa: B023
        times["hits"] = [timed(lambda: search(library, q).hits()) for q in asked["3"][:12]]  # noqa: B023
        times["list"] = [timed(lambda: library.entries(limit=100)) for _ in range(20)]
        sorts = ("title", "date", "source", "characters", "damage")
        times["sort"] = [timed(lambda: library.entries(sort=s, limit=100)) for s in sorts * 4]  # type: ignore[arg-type]  # noqa: B023
        words = ("新華", "2019", "人", "四平日報 2010", "不在其中")
        times["filter"] = [timed(lambda: (library.entries(filter=w, limit=100), library.count(w))) for w in words * 4]  # noqa: B023
    return times


def _memory() -> float:
    """The most memory that this process has had, in MiB. What `getrusage` says is at least that of its parent."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024
    return float("nan")


def measured(path: Path, texts: Path, files: Path, asked: dict[int, list[str]]) -> dict[str, list[float]]:
    """`measure`, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.library", "--measure", str(path), str(texts), str(files)]
    done = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def apart(folder: Path, count: int) -> Path:
    """The same documents as a reader without a library has them, a file each, a thousand to a folder."""
    if not folder.exists():
        beside = folder.with_name(f"{folder.name}.part")
        for number, made in enumerate(documents(count)):
            if number % 1000 == 0:
                (beside / f"{number // 1000:03}").mkdir(parents=True, exist_ok=True)
            (beside / f"{number // 1000:03}" / f"{number:06}.txt").write_text(made.text, encoding="utf-8")
        beside.rename(folder)
    return folder


def index_of(library: Path) -> Path:
    """Where tantivy's index of the same documents is."""
    return library.with_suffix(".tantivy")


def figures(count: int, folder: Path, number: int) -> Iterator[tuple[str, str, float | None, Goal, int]]:
    """The rows of one size."""
    path, texts = folder / f"{count}.db", folder / f"{count}"
    rate = None if path.exists() else count / build(path, texts, count)
    if (found := engines.python_with_tantivy()) and not index_of(path).exists():
        engines.build(found[0], index_of(path), (made.paragraphs for made in documents(count)))
    text = sum(file.stat().st_size for file in texts.iterdir())
    yield "text", "MB", text / 1e6, Goal(), 0
    yield "library, with captures and editions", "× text", path.stat().st_size / text, Goal(), 2
    with closing(sqlite3.connect(path)) as connection:
        size = _index_size(connection)
    yield "of it the index", "× text", size / text, Goal(), 2
    yield "kept and indexed", "documents/s", rate, Goal(at_least=400), 0
    times = measured(path, texts, apart(folder / f"{count}.files", count), queries(count, number))
    for length in LENGTHS:
        ours, theirs, others = (times[f"{name} {length}"] for name in ("search", "rg", "tantivy"))
        what = "1 character" if length == 1 else f"{length} characters"
        yield f"search, {what}: median", "ms", median(ours), Goal(), 1
        yield f"search, {what}: p95", "ms", p95(ours), Goal(at_most=15), 1
        yield f"`rg -c -F`, {what}", "ms", median(theirs) if theirs else None, Goal(), 0
        yield f"tantivy, {what}: median", "ms", median(others) if others else None, Goal(), 2
        ratio = median(theirs) / median(ours) if theirs else None
        yield f"`rg` ÷ search, {what}", "×", ratio, Goal(at_least=10), 0
        as_files = times[f"rg files {length}"]
        yield f"`rg -c -F`, {what}, a file a document", "ms", median(as_files) if as_files else None, Goal(), 0
    facets = [one for length in LENGTHS for one in times[f"facets {length}"]]
    yield "documents by year: p95", "ms", p95(facets), Goal(), 0
    yield "all hits counted, 3 characters: median", "ms", median(times["hits"]), Goal(), 1
    yield "pinyin, first 50: median", "ms", median(times["pinyin page"]), Goal(), 0
    yield "pinyin, all documents counted: median", "ms", median(times["pinyin"]), Goal(), 0
    yield "list, first 100: p95", "ms", p95(times["list"]), Goal(), 1
    yield "list sorted, first 100: p95", "ms", p95(times["sort"]), Goal(), 1
    yield "list filtered and counted: p95", "ms", p95(times["filter"]), Goal(at_most=100), 0
    yield "memory of a process that searches", "MiB", times["memory"][0], Goal(at_most=150), 0


def _index_size(connection: sqlite3.Connection) -> float:
    try:
        names = "name GLOB 'bigrams_*' OR name GLOB 'characters_*' OR name = 'texts'"
        found = connection.execute(f"SELECT sum(pgsize) FROM dbstat WHERE {names}").fetchone()
        return float(found[0])
    except sqlite3.Error:  # a SQLite without dbstat
        return float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000, 100_000], help="sizes of libraries")
    parser.add_argument("--queries", type=int, default=100, help="queries of each length (100)")
    parser.add_argument("--folder", type=Path, help="where the libraries are kept (else they are not)")
    parser.add_argument("--alone", type=int, default=3000, help="documents to import from files and to index (3000)")
    arguments(parser)
    parser.add_argument("--measure", type=Path, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure, json.load(sys.stdin))))
        return 0
    if not shutil.which("rg"):
        print("rg is not here: what it takes is left out", file=sys.stderr)
    if not (tantivy := engines.python_with_tantivy()):
        print("no Python on the PATH has tantivy: what it takes is left out", file=sys.stderr)
    rows: dict[str, Row] = {}
    with TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for count in options.documents:
            for what, unit, figure, goal, digits in figures(count, folder, options.queries):
                rows.setdefault(what, Row(what, unit, [], goal, digits)).figures.append(figure)
            print(f"{count:,} documents measured", file=sys.stderr)
        alone, whole = indexed_alone(Path(temporary), options.alone), imported_whole(Path(temporary), options.alone)
    sizes = " | ".join(f"{count:,}" for count in options.documents)
    lines = [f"| what | unit | {sizes} | goal |", f"|---|---|{'---:|' * len(options.documents)}---|"]
    lines += [row.markdown() for row in rows.values()]
    other = f"tantivy {tantivy[1]}" if tantivy else "no tantivy"
    versions = f"SQLite {sqlite3.sqlite_version}, {_rg_version()}, {other}"
    note = (
        f"Documents of about 1,400 characters, {options.queries} queries of each length, warm. The index alone, in one "
        f"process: {alone:,.0f} documents/s; `import` of {options.alone:,} text files, restoration included: "
        f"{whole:,.0f} documents/s. On {machine()}, {versions}."
    )
    missed = [
        f"{row.what}: {row.figures[-1]:.1f} {row.unit}, wanted {row.goal}"
        for row in rows.values()
        if row.figures[-1] is not None and not row.goal.is_met(row.figures[-1])
    ]
    return finish(Report("\n".join([*lines, "", note]), searched(options.documents, rows), missed), options)


def searched(sizes: list[int], rows: dict[str, Row]) -> dict[str, dict[str, float]]:
    """By size, what a word of two characters takes: most words of Chinese have so many."""
    names = {
        "lishu-tui": "search, 2 characters: median",
        "tantivy": "tantivy, 2 characters: median",
        "ripgrep": "`rg -c -F`, 2 characters",
    }
    columns = {name: rows[what].figures for name, what in names.items()}
    return {
        str(size): {name: round(found, 3) for name, column in columns.items() if (found := column[number]) is not None}
        for number, size in enumerate(sizes)
    }


def _rg_version() -> str:
    if not shutil.which("rg"):
        return "no rg"
    return subprocess.run(["rg", "--version"], capture_output=True, text=True, check=True).stdout.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
