"""The search line: what is typed, how many hits there are, and the queries before it with the arrows."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from lishu_tui.tui.plain import plain


class SearchLine(Horizontal):
    """Stands in the place of the status line while a query is typed."""

    class Typed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query_text = query

    def __init__(self) -> None:
        super().__init__()
        self.earlier: list[str] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Static(plain("/"), id="slash")
        yield Input(placeholder="漢字 · 汉字 · pinyin · English", compact=True, select_on_focus=False, id="query")
        yield Static(plain(""), id="count")

    @property
    def input(self) -> Input:
        return self.query_one("#query", Input)

    def open(self, earlier: list[str]) -> None:
        """Show an empty line; `earlier` are the queries before, the latest last."""
        self.earlier = earlier
        self._at = len(self.earlier)
        with self.prevent(Input.Changed):
            self.input.value = ""
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
        if event.key in ("up", "down") and self.earlier:
            self._at = min(max(self._at + (1 if event.key == "down" else -1), 0), len(self.earlier))
            self.input.value = self.earlier[self._at] if self._at < len(self.earlier) else ""
            self.input.cursor_position = len(self.input.value)
        else:
            return
        event.stop()
        event.prevent_default()
