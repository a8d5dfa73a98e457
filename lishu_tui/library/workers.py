"""Work given to processes of its own, so that neither a death nor an endless one among them costs more than one job.

Each process has its jobs by a pipe of its own and answers by it. An answer waits in the process that gave it until
there is someone to take it, and few do at once: memory stays small. When a process dies, what waited in it is lost, and
with it the knowledge of which job it was at: those that had not ended are done again one by one, each by a process that
has no other, so that the blame falls on the one that deserves it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple, TypeVar

from lishu_tui.edition import LishuError

J = TypeVar("J")
A = TypeVar("A")
AHEAD = 3
"""Jobs that a process has before it at most, so that it need not wait for the next."""
WAITING = 8 * 1024 * 1024
"""Bytes of answers that wait in one process, and one answer more."""
TICK = 0.25
"""Seconds without an answer, after which whoever asks may do something else."""


class Answer(NamedTuple, Generic[J, A]):
    """What became of a job. `says` is None where nothing is said but that it is the last; `of` is None where nothing
    was heard at all."""

    of: J | None = None
    says: A | LishuError | None = None
    last: bool = False


class Workers(Generic[J, A]):
    """`size` processes that call `work` for each job; to be closed, or used in a `with`.

    `name` says what a job is called in an error. A job without an answer for `patience` seconds is given up; while the
    whole of us is stopped (Ctrl+Z) no time passes. Where a process cannot begin at all, all is done here.
    """

    def __init__(
        self, work: Callable[[J], Iterable[A]], size: int, name: Callable[[J], str], patience: float = 300.0
    ) -> None:
        self.work, self.name, self.patience = work, name, patience
        self.context = multiprocessing.get_context("spawn")
        self.crew = [_Worker[J](self.context, work) for _ in range(size)]

    def __enter__(self) -> Workers[J, A]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self.crew:
            worker.end()

    def run(self, jobs: Iterable[J]) -> Iterator[Answer[J, A]]:
        """The answers as they come, those of one job in order. Where none comes for a moment an empty one does."""
        left = map(_Task, jobs)
        again: deque[_Task[J]] = deque()
        before = time.monotonic()
        while True:
            for worker in self.crew:
                if again and not worker.tasks:
                    worker.give(again.popleft())
                while worker.has_room() and (task := next(left, None)) is not None:
                    worker.give(task)
            busy = {worker.pipe: worker for worker in self.crew if worker.tasks}
            if not busy:
                return
            ready = wait(list(busy), TICK)
            now = time.monotonic()
            passed, before = min(now - before, 2 * TICK), now
            for pipe in ready:
                worker = busy[pipe]  # type: ignore[index]
                try:
                    answer = worker.take()
                except (EOFError, OSError, pickle.UnpicklingError):
                    if not worker.ready:
                        self.close()
                        yield from self._here([task for one in self.crew for task in one.tasks], again, left)
                        return
                    if len(worker.tasks) == 1:
                        yield self._lost(worker, again, "the process that read it was ended" + worker.why())
                    else:
                        again.extend(task.by_itself() for task in worker.tasks)
                        self._replace(worker)
                    continue
                if answer is not None:
                    yield answer
            if not ready:
                yield Answer()
            for worker in [w for p, w in busy.items() if p not in ready]:
                worker.waited += passed
                if worker.waited > self.patience:
                    yield self._lost(worker, again, f"takes too long (more than {self.patience:g} seconds)")

    def _lost(self, worker: _Worker[J], again: deque[_Task[J]], wrong: str) -> Answer[J, A]:
        """The job in hand is given up, those behind it are not."""
        job, *rest = worker.tasks
        again.extend(task.by_itself() for task in rest)
        self._replace(worker)
        return Answer(job.job, LishuError(self.name(job.job), "", wrong, "a file that can be read"), last=True)

    def _here(self, *tasks: Iterable[_Task[J]]) -> Iterator[Answer[J, A]]:
        for task in chain(*tasks):
            for number, says in enumerate(self.work(task.job)):
                if number >= max(task.got, task.skip):
                    yield Answer(task.job, says)
            yield Answer(task.job, last=True)

    def _replace(self, worker: _Worker[J]) -> None:
        worker.end()
        self.crew[self.crew.index(worker)] = _Worker(self.context, self.work)


class _Task(Generic[J]):
    """A job, how many answers came, and whether it is done again: then it is alone, and these come once more."""

    def __init__(self, job: J) -> None:
        self.job = job
        self.got = self.skip = 0
        self.alone = False

    def by_itself(self) -> _Task[J]:
        self.got, self.skip, self.alone = 0, max(self.got, self.skip), True
        return self


class _Worker(Generic[J]):
    """One process, seen from here."""

    def __init__(self, context: multiprocessing.context.SpawnContext, work: Callable[[J], Iterable[Any]]) -> None:
        self.tasks: deque[_Task[J]] = deque()
        self.waited = 0.0
        self.ready = False
        self.pipe, there = context.Pipe()
        self.process = context.Process(target=_serve, args=(there, work), daemon=True)
        with _deaf():
            self.process.start()
        there.close()

    def has_room(self) -> bool:
        return len(self.tasks) < AHEAD and not (self.tasks and self.tasks[-1].alone)

    def give(self, task: _Task[J]) -> None:
        self.tasks.append(task)
        with suppress(OSError):  # it is dead: seen when its answer is waited for
            self.pipe.send(task.job)

    def take(self) -> Answer[J, Any] | None:
        """The next answer, None where it came before, or where it is but the word that the process is there."""
        says = self.pipe.recv()
        self.waited = 0.0
        if not self.ready:
            self.ready = True
            return None
        task = self.tasks[0]
        if says is None:
            self.tasks.popleft()
            return Answer(task.job, last=True)
        task.got += 1
        return Answer(task.job, says) if task.got > task.skip else None

    def why(self) -> str:
        self.process.join(1)
        code = self.process.exitcode
        return f" by signal {-code}" if code is not None and code < 0 else ""

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started in here hears no Ctrl+C, from its first moment on: whoever was interrupted ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Callable[[Any], Iterable[Any]]) -> None:
    """What a process does: job by job, until nobody is there to give one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_WRONLY)  # a library's warnings are no output, and drawn on the reader's screen
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        pipe.send("ready")  # before any job can end us
    except OSError:
        os._exit(0)
    outbox = _Outbox(pipe)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        for says in work(job):
            outbox.put(says)
        outbox.put(None)


class _Outbox:
    """Sends in a thread of its own, so that the work goes on while nobody listens, up to so many bytes."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.letters: deque[bytes] = deque()
        self.size = 0
        self.changed = threading.Condition()
        threading.Thread(target=self._send, daemon=True).start()

    def put(self, says: Any) -> None:
        letter = pickle.dumps(says, pickle.HIGHEST_PROTOCOL)
        with self.changed:
            while self.size > WAITING:
                self.changed.wait()
            self.letters.append(letter)
            self.size += len(letter)
            self.changed.notify_all()

    def _send(self) -> None:
        while True:
            with self.changed:
                while not self.letters:
                    self.changed.wait()
                letter = self.letters.popleft()
            try:
                self.pipe.send_bytes(letter)
            except OSError:
                os._exit(0)
            with self.changed:
                self.size -= len(letter)
                self.changed.notify_all()
