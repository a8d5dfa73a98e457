"""Writing to a file: what it is to be, what goes along, where it goes. For a document, and for any table."""

from __future__ import annotations

import os
import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from lishu_tui.edition import LishuError, visible
from lishu_tui.settings import library_file
from lishu_tui.tui.commands import EXPORTING
from lishu_tui.tui.plain import plain
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.listing import AskingScreen
from lishu_tui.tui.widgets.rows import Rows, Run, cell
from lishu_tui.tui.widgets.search_line import NameLine, SearchLine
from lishu_tui.typeset import cells, clip

LABEL = 13
"""Cells in which what a row is about stands."""
OFTEN = 0.1
"""Seconds after which it is said how much is written."""
FILE = "file"


class Field(NamedTuple):
    """A row: what it is about, and the values of which one is chosen, each with its name."""

    key: str
    label: str
    values: tuple[tuple[Any, str], ...] = ()


class Stopped(Exception):
    """One has left meanwhile."""


class WritingScreen(AskingScreen[None]):
    """Rows of which each has one of its values chosen, and the name of the file. Enter writes it."""

    WHERE = EXPORTING
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXPORTING)
    HEADING: ClassVar[str] = "To a file 匯出"

    class Going(Message):
        def __init__(self, size: int) -> None:
            super().__init__()
            self.size = size

    class Written(Message):
        def __init__(self, path: Path, size: int, remark: str) -> None:
            super().__init__()
            self.path, self.size, self.remark = path, size, remark

    class Failed(Message):
        def __init__(self, trouble: str) -> None:
            super().__init__()
            self.trouble = trouble

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, Any] = {}
        """What was chosen of a row, where something was."""
        self.named = ""
        """The name of the file as it was typed; empty where it is the one suggested."""
        self.writing = False
        self.stopped = False

    # ── what each says for itself ───────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def fields(self) -> list[Field]:
        """The rows but for the last, with the values that they have at present."""

    @abstractmethod
    def usual(self, key: str) -> Any:
        """What is chosen of a row until something is."""

    @abstractmethod
    def suggested(self) -> str:
        """A name for the file."""

    @abstractmethod
    def endings(self) -> dict[str, str]:
        """How the names of files of each format end."""

    @abstractmethod
    def what(self) -> str:
        """What is written."""

    @abstractmethod
    def about(self, key: str) -> str:
        """A word on what is chosen of a row."""

    @abstractmethod
    def work(self) -> Callable[[], tuple[Iterable[str | bytes], str]]:
        """What makes the pieces, to be called in a thread; and a remark on what is left out."""

    # ── composing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        with Horizontal(classes="list-head"):
            yield Static(plain(self.HEADING), id="list-name")
            yield Static(plain(self.what()), classes="list-title quiet", id="order")
        yield Rows(self.draw)
        yield Static(plain(""), id="detail")
        yield from self.foot()

    async def opened(self) -> None:
        self.show()

    def on_unmount(self) -> None:
        self.stopped = True

    @property
    def all_fields(self) -> list[Field]:
        return [*self.fields(), Field(FILE, "file")]

    def value(self, key: str) -> Any:
        """What is chosen of a row, as far as it is one of its values."""
        for field in self.fields():
            if field.key == key:
                there = [value for value, _ in field.values]
                wanted = self.chosen.get(key, self.usual(key))
                return wanted if wanted in there or not there else there[0]
        return None

    @property
    def file_name(self) -> str:
        return self.named or self.suggested()

    @property
    def path(self) -> Path:
        return Path.cwd() / os.path.expanduser(self.file_name)

    def show(self) -> None:
        self.rows.styles.height = len(self.all_fields)
        self.rows.show(len(self.all_fields))
        self.tell()

    def draw(self, row: int, width: int) -> list[Run]:
        field = self.all_fields[row]
        runs = [Run(cell(field.label, LABEL), "quiet")]
        room = width - LABEL
        if field.key == FILE:
            return [*runs, Run(clip(visible(self.file_name), room, keep="end"), "strong")]
        here = self.value(field.key)
        whole = sum(cells(text) + 2 for _, text in field.values)
        for value, text in field.values:
            if value == here:
                runs += [Run(clip(text, room), "hit"), Run("  ")]
                if whole > room:
                    at = [one for one, _ in field.values].index(here)
                    runs.append(Run(clip(f"{at + 1} of {len(field.values)}", max(room - cells(text) - 2, 0)), "quiet"))
            elif whole <= room:
                runs += [Run(text, "quiet"), Run("  ")]
        return runs

    def field_at(self) -> Field:
        return self.all_fields[min(self.rows.cursor, len(self.all_fields) - 1)]

    def tell(self) -> None:
        if self.asking is not None or self.writing:
            return
        key = self.field_at().key
        about = self.about(key)
        where = f"→ {self.path}"
        self.query_one("#detail", Static).update(Content("\n").join([plain(about).stylize("dim"), plain(where)]))
        self.status.place = "匯出"
        self.status.more = ""
        self.status.hits = ""

    def on_rows_highlighted(self) -> None:
        self.tell()

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def step(self, by: int) -> None:
        field = self.field_at()
        there = [value for value, _ in field.values]
        if there:
            at = there.index(self.value(field.key))
            self.choose(field.key, there[(at + by) % len(there)])

    def choose(self, key: str, value: Any) -> None:
        self.chosen[key] = value
        if key == "format" and self.named:
            # A name that was typed stays, in the format that its end says.
            root, ending = os.path.splitext(self.named)
            if ending.lower() in self.endings().values():
                self.named = root + self.endings()[value]
        self.show()

    async def action_export_next(self) -> None:
        if self.field_at().key == FILE:
            await self.action_export_name()
        else:
            self.step(1)

    def action_export_previous(self) -> None:
        self.step(-1)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click on the row that one is at: its next value."""
        await self.action_export_next()

    # ── the file's name ─────────────────────────────────────────────────────────────────────────────────────────────

    async def action_export_name(self) -> None:
        await self.open_line(NameLine, begun=self.file_name)

    def take_name(self, typed: str) -> None:
        typed = typed.strip()
        self.named = "" if typed == self.suggested() else typed
        ending = os.path.splitext(typed)[1].lower()
        for form, end in self.endings().items():
            if end == ending:
                self.chosen["format"] = form
        self.show()

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """The name counts once it is typed."""

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_export_write(self) -> None:
        if self.line is not None:
            typed = await self.line.all_typed()
            self.close_line()
            self.take_name(typed)
            return
        if self.writing:
            return
        path = self.path
        try:
            there, ours = os.path.lexists(path), self.is_library(path)
        except (OSError, ValueError):
            there = ours = False  # what is wrong with the name, writing it tells
        if ours:
            self.host.say("That is the library: another name, please", timeout=5)
        elif there:
            self.asking = self.write
            self.status.place = f"{path.name} is there already"
            self.status.more = ""
            self.status.hits = "y replaces it, any other key does not"
        else:
            self.write()

    @staticmethod
    def is_library(path: Path) -> bool:
        library = library_file()
        return path.exists() and library.exists() and path.samefile(library)

    def write(self) -> None:
        path, make = self.path, self.work()
        self.writing = True
        self.status.place = f"writing {path.name} …"

        def work() -> None:
            from lishu_tui.export.writing import write_beside

            try:
                pieces, remark = make()
                size = write_beside(path, self.told(pieces))
            except Stopped:
                return
            except LishuError as error:
                self.post_message(self.Failed(str(error)))
            except Exception as error:  # a fault of ours costs a line
                from lishu_tui import settings

                self.post_message(self.Failed(settings.fault(error)))
            else:
                self.post_message(self.Written(path, size, remark))

        self.run_worker(work, thread=True, exit_on_error=False, group="writing")

    def told(self, pieces: Iterable[str | bytes]) -> Iterator[str | bytes]:
        """The pieces, in the thread; it is told how much there is, and given up where one has left."""
        size, said = 0, time.monotonic()
        for piece in pieces:
            if self.stopped:
                raise Stopped
            yield piece
            size += len(piece)
            if time.monotonic() - said > OFTEN:
                said = time.monotonic()
                self.post_message(self.Going(size))

    def on_writing_screen_going(self, message: Going) -> None:
        self.status.hits = f"{message.size:,} characters"

    def on_writing_screen_written(self, message: Written) -> None:
        self.writing = False
        remark = f". {message.remark}" if message.remark else ""
        self.host.say(f"Written to {message.path} ({message.size:,} bytes){remark}", timeout=8)
        self.tell()

    def on_writing_screen_failed(self, message: Failed) -> None:
        self.writing = False
        self.host.say(f"Not written: {message.trouble}", timeout=12)
        self.tell()

    # ── asking, leaving ─────────────────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a name is typed, it can be."""
        if self.asking is None and self.line is not None:
            return action in ("export_write", "export_close", "app_suspend")
        return super().check_action(action, parameters)

    async def action_export_close(self) -> None:
        if self.line is not None:
            await self.line.all_typed()
            self.close_line()
            return
        self.dismiss(None)
