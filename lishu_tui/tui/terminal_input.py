"""What is pasted is data, whatever it holds.

A terminal puts a paste between two marks (bracketed paste), and most take ESC out of it first. Where one does not,
Textual 8.2 reads on for a sequence and may hand what follows to the screen as keys: a hostile text on the clipboard
could press them. So ESC within a paste is made its picture before Textual sees it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

BEGINS, ENDS = "\x1b[200~", "\x1b[201~"
LONGEST = len(ENDS) - 1
"""Characters of a mark that may have arrived without the rest of it."""


class PasteFilter:
    """Goes over what arrives, in whatever pieces, and makes ESC within a paste ␛. All else stays as it is."""

    def __init__(self) -> None:
        self._inside = False
        self._kept = ""  # outside: what has just passed; inside: what may be the beginning of the mark that ends it

    def __call__(self, data: str) -> str:
        passed: list[str] = []
        while data:
            data = self._within(data, passed) if self._inside else self._without(data, passed)
        return "".join(passed)

    def _without(self, data: str, passed: list[str]) -> str:
        """Up to the mark that begins a paste. What is left."""
        seen = self._kept + data
        at = seen.find(BEGINS)
        if at < 0:
            passed.append(data)
            self._kept = seen[-LONGEST:]
            return ""
        end = at + len(BEGINS) - len(self._kept)
        passed.append(data[:end])
        self._inside, self._kept = True, ""
        return data[end:]

    def _within(self, data: str, passed: list[str]) -> str:
        """Up to the mark that ends it. What is left."""
        seen = self._kept + data
        at = seen.find(ENDS)
        if at >= 0:
            passed += [seen[:at].replace("\x1b", "␛"), ENDS]
            self._inside, self._kept = False, ""
            return seen[at + len(ENDS) :]
        begun = next((n for n in range(min(LONGEST, len(seen)), 0, -1) if ENDS.startswith(seen[-n:])), 0)
        passed.append(seen[: len(seen) - begun].replace("\x1b", "␛"))
        self._kept = seen[len(seen) - begun :]
        return ""


class SafeParser(XTermParser):
    """Textual's parser of what a terminal sends, behind the filter."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Message]:
        passed = self._filter(data)
        # Nothing at all would be taken for the end of the input.
        return super().feed(passed) if passed or not data else ()


def with_safe_input(driver: type[Driver]) -> type[Driver]:
    """The driver, reading by our parser. (Textual has no hook here: the name it calls stands in its module.)"""
    module = sys.modules[driver.__module__]
    if getattr(module, "XTermParser", None) is XTermParser:
        module.XTermParser = SafeParser  # type: ignore[attr-defined]
    return driver
