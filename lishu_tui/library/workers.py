"""Work given to processes of its own, so that neither a death nor an endless one among them costs more than one job.

Each process has its jobs by a pipe of its own and answers by it, so it is always known whose job was in hand. An answer
waits in the process that gave it until there is someone to take it, and few do at once: memory stays small.
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
    whole of us is stopped (Ctrl+Z) no time passes.
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
        left, again = iter(jobs), deque[J]()
        before = time.monotonic()
        while True:
            for worker in self.crew:
                while len(worker.jobs) < AHEAD and (job := again.popleft() if again else next(left, None)) is not None:
                    worker.give(job)
            busy = {worker.pipe: worker for worker in self.crew if worker.jobs}
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
                    yield self._lost(worker, again, "the process that read it was ended" + worker.why())
                    continue
                yield answer
            if not ready:
                yield Answer()
            for worker in [w for p, w in busy.items() if p not in ready]:
                worker.waited += passed
                if worker.waited > self.patience:
                    yield self._lost(worker, again, f"takes too long (more than {self.patience:g} seconds)")

    def _lost(self, worker: _Worker[J], again: deque[J], wrong: str) -> Answer[J, A]:
        """Another process in the place of one that is lost; the job in hand is given up, those behind it are not."""
        worker.end()
        job, *rest = worker.jobs
        again.extendleft(reversed(rest))
        self.crew[self.crew.index(worker)] = _Worker(self.context, self.work)
        return Answer(job, LishuError(self.name(job), "", wrong, "a file that can be read"), last=True)


class _Worker(Generic[J]):
    """One process, seen from here."""

    def __init__(self, context: multiprocessing.context.SpawnContext, work: Callable[[J], Iterable[Any]]) -> None:
        self.jobs: deque[J] = deque()
        self.waited = 0.0
        self.pipe, there = context.Pipe()
        self.process = context.Process(target=_serve, args=(there, work), daemon=True)
        with _deaf():
            self.process.start()
        there.close()

    def give(self, job: J) -> None:
        self.jobs.append(job)
        with suppress(OSError):  # it is dead: seen when its answer is waited for
            self.pipe.send(job)

    def take(self) -> Answer[J, Any]:
        says = self.pipe.recv()
        self.waited = 0.0
        return Answer(self.jobs[0], says) if says is not None else Answer(self.jobs.popleft(), last=True)

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
