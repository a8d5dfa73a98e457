"""Signals that end programs, for commands that have something to close or to take away first."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Ended(BaseException):
    """A signal that ends programs came: past everything but what tidies up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell calls an end by this signal."""
        return 128 + self.number


@contextmanager
def ending() -> Iterator[None]:
    """SIGTERM and SIGHUP come as Ended, so that what is open is closed and what is half written is taken away."""

    def end(number: int, _: object) -> None:
        raise Ended(number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
