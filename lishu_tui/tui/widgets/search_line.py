"""The search line: what is typed, how many hits there are, and the queries before it with the arrows."""

from __future__ import annotations

import asyncio
import os

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from lishu_tui.tui.plain import plain


class SearchLine(Horizontal):
    """Stands in the place of the status line while a query is typed."""

    SIGN = "/"
    PLACEHOLDER = "漢字 · 汉字 · pinyin · English"

    class Typed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query_text = query

    class Left(Message):
        """The arrow that leads down, past the latest query: into what stands above the line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.earlier: list[str] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Static(plain(self.SIGN), id="slash")
        yield Input(placeholder=self.PLACEHOLDER, compact=True, select_on_focus=False, id="query")
        yield Static(plain(""), id="count")

    @property
    def input(self) -> Input:
        return self.query_one("#query", Input)

    def open(self, earlier: list[str], begun: str = "") -> None:
        """Show the line with what is begun; `earlier` are the queries before, the latest last."""
        self.earlier = earlier
        self._at = len(self.earlier)
        with self.prevent(Input.Changed):
            self.input.value = begun
        self.input.cursor_position = len(begun)
        self.say("")
        self.display = True
        self.screen.set_focus(self.input)  # now, and not after the next message: a query may have been typed ahead

    def close(self) -> list[str]:
        """Hide the line; the queries with this one among them."""
        self.display = False
        query = self.input.value.strip()
        if query:
            self.earlier = [*(q for q in self.earlier if q != query), query][-50:]
        return self.earlier

    def say(self, text: str) -> None:
        self.query_one("#count", Static).update(plain(text))

    def _on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    async def all_typed(self) -> str:
        """What is typed once every key that has arrived is in it."""
        taken = asyncio.Event()
        self.input.call_later(taken.set)
        await taken.wait()
        return self.input.value

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "down" and self._at >= len(self.earlier):
            self.post_message(self.Left())
        elif event.key in ("up", "down") and self.earlier:
            self._at = min(max(self._at + (1 if event.key == "down" else -1), 0), len(self.earlier))
            self.input.value = self.earlier[self._at] if self._at < len(self.earlier) else ""
            self.input.cursor_position = len(self.input.value)
        else:
            return
        event.stop()
        event.prevent_default()


class FilterLine(SearchLine):
    """What a list is to be narrowed to."""

    PLACEHOLDER = "title · source · date"


class LibraryLine(SearchLine):
    """What the whole library is searched for."""

    PLACEHOLDER = "漢字 · 汉字: the whole library"


class PathLine(SearchLine):
    """A path to import from; Tab completes it."""

    SIGN = "import"
    PLACEHOLDER = "a file or a folder; Tab completes"

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            self.complete()
            event.stop()
            event.prevent_default()

    def complete(self) -> None:
        """As much of the name as all that begin so share; a folder's with the stroke after it."""
        typed = self.input.value
        whole = os.path.expanduser(typed)
        folder, begun = os.path.split(whole)
        try:
            with os.scandir(folder or ".") as found:
                names = [e.name + "/" * e.is_dir() for e in found if e.name.startswith(begun)]
        except (OSError, ValueError):
            names = []
        names = [name for name in names if begun or not name.startswith(".")]
        shared = os.path.commonprefix(names)  # noqa: RUF071
        self.say(f"{len(names)} begin so" if len(names) != 1 else "")
        if len(shared) > len(begun):
            self.input.value = typed[: len(typed) - len(begun)] + shared
            self.input.cursor_position = len(self.input.value)


class NameLine(PathLine):
    """The name of a file to write; Tab completes it."""

    SIGN = "file"
    PLACEHOLDER = "a name; Tab completes"


class NoteLine(SearchLine):
    """What is noted at a place; where no key of the screen takes them, Enter keeps it and Esc leaves without."""

    SIGN = "mark"
    PLACEHOLDER = "a note · #tag · Enter marks"

    class Kept(Message):
        """What was typed is to be kept."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Given(Message):
        """It is not."""

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Kept(event.value))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Given())
