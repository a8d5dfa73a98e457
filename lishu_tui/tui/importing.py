"""Importing while one reads: a thread writes to the library and posts how far it is. A part of the application."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message

from lishu_tui.edition import LishuError
from lishu_tui.tui.screens.base import LishuScreen
from lishu_tui.tui.widgets.status import Status

if TYPE_CHECKING:
    from lishu_tui.library.importing import Outcome, Progress

EVERY = 0.1
"""Seconds between two words on how far it is."""
LISTED = 10_000
"""Outcomes of an import that are kept to be read, those first that failed."""
WAIT = 5.0
"""Seconds that leaving the program waits for what is under way to be written."""
KINDS = ("added", "known", "noticed", "skipped", "failed")


class Report:
    """What became of an import: how many of each kind, and which they were."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.outcomes: list[Outcome] = []
        self.error = ""
        """Why nothing more could be kept; empty where all went its way."""

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.status] += 1
        if len(self.outcomes) < LISTED:
            self.outcomes.append(outcome)

    def line(self, key: str) -> str:
        """It in one line; `key` shows more."""
        said = ", ".join(f"{self.counts[kind]:,} {kind}" for kind in KINDS if self.counts[kind]) or "Nothing imported"
        failed = [o.says.replace(o.file, Path(o.file).name) for o in self.outcomes if o.status == "failed"]
        if self.error:
            said = f"{said}: {self.error}"
        elif failed:
            said = f"{said}: {failed[0]}" + (f" ({key} shows them all)" if len(failed) > 1 else "")
        return said


class Importing(App[int]):
    """The application as far as it imports. One import at a time; what comes meanwhile waits for it."""

    class Going(Message):
        """How far it is; `added` is how many documents have come in by now."""

        def __init__(self, text: str, added: int) -> None:
            super().__init__()
            self.text, self.added = text, added

    class Ended(Message):
        def __init__(self, report: Report) -> None:
            super().__init__()
            self.report = report

    keys: dict[str, tuple[str, ...]]

    def begin_importing(self) -> None:
        self.progress = ""
        self.report: Report | None = None
        self._waiting: list[Path] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, text: str, *, timeout: float = 3) -> None:
        raise NotImplementedError

    # ── asked for ───────────────────────────────────────────────────────────────────────────────────────────────────

    def import_pasted(self, text: str) -> None:
        """Import what a paste consists of, where that is paths."""
        from lishu_tui.tui.pasted import pasted_paths

        paths = pasted_paths(text)
        if paths:
            self.import_paths(paths)
        else:
            self.say("Nothing to import in what was pasted")

    def import_paths(self, paths: list[Path]) -> None:
        self._waiting += paths
        if self._thread is None:
            self._begin()

    def _begin(self) -> None:
        paths, self._waiting = self._waiting, []
        self._show_progress("importing …")
        # It must not keep a program from ending that is ended otherwise: what it has not committed is undone then.
        self._thread = threading.Thread(target=self._import, args=(paths,), name="import", daemon=True)
        self._thread.start()

    def stop_importing(self) -> None:
        self._stop.set()

    def wait_for_import(self) -> None:
        """Once the program is left: until what was made ready is kept."""
        if self._thread is not None:
            self._thread.join(WAIT)

    # ── in the thread: it touches no widget ─────────────────────────────────────────────────────────────────────────

    def _import(self, paths: list[Path]) -> None:
        report = Report()
        try:
            from lishu_tui.library.importing import import_paths
            from lishu_tui.library.store import Library

            _prepare_processes()
            teller = _Teller(self, report)
            with Library.open(write=True) as library:
                for outcome in import_paths(library, paths, progress=teller.progress, stop=self._stop):
                    report.add(outcome)
                    teller.tell(outcome.file)
        except LishuError as error:
            report.error = str(error)
        except Exception as error:  # a fault of ours costs a line, and not the session
            from lishu_tui import settings

            report.error = settings.fault(error)
        self.post_message(self.Ended(report))

    # ── what it posts ───────────────────────────────────────────────────────────────────────────────────────────────

    def on_importing_going(self, message: Going) -> None:
        self._show_progress(message.text)
        for screen in self.screen_stack:
            if isinstance(screen, LishuScreen):
                screen.imported(message.added)

    def on_importing_ended(self, message: Ended) -> None:
        self._thread = None
        self._show_progress("")
        report = self.report = message.report
        keys = self.keys["library.report"]
        self.say(report.line(keys[0] if keys else "the palette"), timeout=12 if report.counts["failed"] else 6)
        for screen in self.screen_stack:
            if isinstance(screen, LishuScreen):
                screen.imported(report.counts["added"])
        if self._waiting and not self._stop.is_set():
            self._begin()

    def _show_progress(self, text: str) -> None:
        self.progress = text
        for screen in self.screen_stack:
            for status in screen.query(Status):
                status.progress = text


def _prepare_processes() -> None:
    """Start what watches over processes while stderr is the terminal's own: Textual puts in its place something that
    has no number, with which nothing can be started."""
    from contextlib import redirect_stderr
    from multiprocessing.resource_tracker import ensure_running

    with redirect_stderr(sys.__stderr__):
        ensure_running()


class _Teller:
    """Posts how far an import is, now and then."""

    def __init__(self, app: Importing, report: Report) -> None:
        self.app, self.report = app, report
        self.far: Progress | None = None
        self.file = ""
        self.last = 0.0

    def progress(self, far: Progress) -> None:
        self.far = far
        self.tell(self.file)

    def tell(self, file: str) -> None:
        self.file = file
        now = time.monotonic()
        if now - self.last < EVERY:
            return
        self.last = now
        far = f"{self.far.files:,} of {self.far.of:,}" if self.far is not None else "…"
        name = Path(file).name
        self.app.post_message(Importing.Going(f"importing {far}  {name}".rstrip(), self.report.counts["added"]))
