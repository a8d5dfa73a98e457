"""Files and folders taken into a library: read and made ready by processes beside us, kept in few transactions.

What is told to have been added is on the disk: an outcome comes only after the commit that holds it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import Literal, NamedTuple

from lishu_tui import settings
from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Notice, Read
from lishu_tui.library.making import edition_of
from lishu_tui.library.store import Entry, Library
from lishu_tui.library.store.packing import Prepared, prepare
from lishu_tui.library.walking import Skipped, Source, walk
from lishu_tui.library.workers import Answer, Workers

TRANSACTION_SECONDS = 1.0
TRANSACTION_DOCUMENTS = 200
TRANSACTION_BYTES = 32 * 1024 * 1024
"""A transaction is closed when it is so old, or holds so much."""
FEW_FILES, FEW_BYTES = 3, 512 * 1024
"""So much is done sooner than a process is started."""
PATIENCE = 300.0
"""Seconds without a document of a file, after which the file is given up."""

Status = Literal["added", "known", "failed", "noticed", "skipped"]


class Blob(NamedTuple):
    """A file that is not on the disk: what came by standard input."""

    data: bytes
    name: str


class Outcome(NamedTuple):
    """What became of a document, or of a file out of which none came. `entry` is that of a document which is in the
    library now; `says` is why there is none, or what is amiss with the file."""

    status: Status
    file: str
    entry: Entry | None = None
    says: str = ""


class Progress(NamedTuple):
    """How far an import is: files read of all that there are, and documents out of them."""

    files: int
    of: int
    documents: int


class Known(NamedTuple):
    """A document whose bytes the library has: it need not be made ready again."""

    sha256: str


Made = Prepared | Known | LishuError | Notice
Job = Source | Blob


def import_paths(
    library: Library,
    paths: Iterable[Path | Blob],
    *,
    strict: bool = False,
    workers: int | None = None,
    patience: float = PATIENCE,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Iterator[Outcome]:
    """Take files, and all in folders, into a library that is open for writing; the outcomes as they are committed.

    A bad file is an outcome among others: `failed`; `noticed` is something amiss that cost no document, and with
    `strict` is `failed` as well. Raises LishuError (exit code 74) where nothing can be kept any more: the disk is full,
    another process writes for too long. What was told before that is kept, and nothing else.

    `workers` is how many processes read and make ready (0: this one does it); left out, as many as there are
    processors, if there is enough to do. `progress` is called in this thread; when `stop` is set, what is made ready is
    kept and the rest is left.
    """
    jobs: list[Job] = []
    for found in _walked(paths):
        if isinstance(found, LishuError):
            yield Outcome("failed", found.file, says=str(found))
        elif isinstance(found, Skipped):
            yield Outcome("skipped", str(found.path), says=found.why)
        else:
            jobs.append(found)
        if stop is not None and stop.is_set():
            return
    one = _Import(library, jobs, strict, progress or (lambda _: None))
    size = _size(jobs, workers)
    with closing(_answers(jobs, library, size, patience)) as answers:
        for answer in answers:
            one.take(answer)
            if one.is_time():
                yield from one.keep()
            if stop is not None and stop.is_set():
                break
    yield from one.keep()


class _Import:
    """One import under way: what is made ready and not yet kept."""

    def __init__(
        self, library: Library, jobs: Sequence[Job], strict: bool, progress: Callable[[Progress], None]
    ) -> None:
        self.library, self.strict, self.progress = library, strict, progress
        self.order = {id(job): number for number, job in enumerate(jobs)}
        self.pending: list[tuple[int, str, Made]] = []
        self.bytes = 0
        self.since = 0.0
        self.state = Progress(0, len(jobs), 0)
        progress(self.state)

    def take(self, answer: Answer[Job, Made]) -> None:
        if answer.of is not None and answer.says is not None:
            if not self.pending:
                self.since = time.monotonic()
            self.pending.append((self.order[id(answer.of)], _name(answer.of), answer.says))
            if isinstance(answer.says, Prepared):
                self.bytes += len(answer.says.capture) + len(answer.says.edition)
        if answer.last:
            self.state = self.state._replace(files=self.state.files + 1)
            self.progress(self.state)

    def is_time(self) -> bool:
        return bool(self.pending) and (
            len(self.pending) >= TRANSACTION_DOCUMENTS
            or self.bytes >= TRANSACTION_BYTES
            or time.monotonic() - self.since >= TRANSACTION_SECONDS
        )

    def keep(self) -> Iterator[Outcome]:
        """Keep what is pending, in one transaction, and then tell."""
        # In the order of the files, as far as they came together.
        pending, self.pending, self.bytes = sorted(self.pending, key=lambda one: one[0]), [], 0
        if any(isinstance(made, Prepared) for _, _, made in pending):
            with self.library.importing():
                outcomes = [self.outcome(name, made) for _, name, made in pending]
        else:
            outcomes = [self.outcome(name, made) for _, name, made in pending]
        documents = sum(outcome.entry is not None for outcome in outcomes)
        self.state = self.state._replace(documents=self.state.documents + documents)
        self.progress(self.state)
        yield from outcomes

    def outcome(self, name: str, made: Made) -> Outcome:
        if isinstance(made, Notice):
            return Outcome("failed" if self.strict else "noticed", made.file, says=f"{made.file}: {made.text}")
        if isinstance(made, LishuError):
            return Outcome("failed", made.file, says=str(made))
        if isinstance(made, Known):
            return self.known(name, made)
        try:
            id, status = self.library.add(made)
        except LishuError as error:
            if error.exit_code == 74:  # which the next document would meet as well
                raise
            return Outcome("failed", name, says=f"{name}: {error}")
        return Outcome(status, name, self.library.entry(id))

    def known(self, name: str, made: Known) -> Outcome:
        rows = self.library.execute("SELECT id FROM documents WHERE sha256 = ?", (made.sha256,))
        if not rows:
            return Outcome("failed", name, says=f"{name}: was taken out of the library while it was imported")
        return Outcome("known", name, self.library.entry(rows[0][0]))


# ── what there is to do ─────────────────────────────────────────────────────────────────────────────────────────────


def _walked(paths: Iterable[Path | Blob]) -> Iterator[Source | Blob | Skipped | LishuError]:
    on_disk: list[Path] = []
    for path in paths:
        if isinstance(path, Blob):
            yield path
        else:
            on_disk.append(path)
    yield from walk(on_disk)


def _size(jobs: Sequence[Job], workers: int | None) -> int:
    """How many processes to start."""
    if workers is not None:
        return min(workers, len(jobs))
    on_disk = [job for job in jobs if isinstance(job, Source)]
    if len(on_disk) <= FEW_FILES:
        total = 0
        for job in on_disk:
            with suppress(OSError, ValueError):
                total += job.path.stat().st_size
        if total <= FEW_BYTES:
            return 0
    return min(os.cpu_count() or 1, len(jobs))


def _name(job: Job) -> str:
    return job.name if isinstance(job, Blob) else str(job.path)


# ── how it is done ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Asked:
    """Whether a library has these bytes, asked in a process of its own. Where it cannot be asked it says no: whoever
    adds them will be told the reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library: Library | None = None

    def __reduce__(self) -> tuple[type[_Asked], tuple[Path]]:
        return _Asked, (self.path,)

    def __call__(self, sha256: str) -> bool:
        with suppress(LishuError):
            if self.library is None:
                self.library = Library.open(self.path)
            return _has(self.library, sha256)
        return False


def _has(library: Library, sha256: str) -> bool:
    return bool(library.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,)))


def _answers(
    jobs: Sequence[Job], library: Library, size: int, patience: float
) -> Generator[Answer[Job, Made], None, None]:
    """What becomes of the jobs. What is not on the disk is done here, the rest by `size` processes."""
    here = [job for job in jobs if size == 0 or isinstance(job, Blob)]
    for job in here:
        for made in made_of(partial(_has, library), job):
            yield Answer(job, made)
        yield Answer(job, last=True)
    if len(here) < len(jobs):
        with Workers(partial(made_of, _Asked(library.path)), size, _name, patience) as workers:
            yield from workers.run(job for job in jobs if not isinstance(job, Blob))


def made_of(known: Callable[[str], bool], job: Job) -> Iterator[Made]:
    """The documents of one file made ready, but for those whose bytes are known; a fault costs the file, never the
    import."""
    try:
        for read in _reads(job):
            if isinstance(read, LishuError | Notice):
                yield read
                continue
            sha256 = hashlib.sha256(read.data).hexdigest()
            if known(sha256):
                yield Known(sha256)
                continue
            try:
                yield prepare(edition_of(read))
            except LishuError as error:
                error.file = read.came_from or read.name
                yield error
    except LishuError as error:
        yield error
    except Exception as error:
        yield LishuError(_name(job), "", settings.fault(error), "", exit_code=70)


def _reads(job: Job) -> Iterator[Read]:
    from lishu_tui.library.formats import read_bytes

    return read_bytes(job.data, job.name) if isinstance(job, Blob) else job.read()
