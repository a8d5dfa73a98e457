"""What the library and a search of it share: rows, a line to type in, moving, and what is pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult

from lishu_tui.tui.screens.base import ImportingScreen, Result
from lishu_tui.tui.widgets.rows import Rows
from lishu_tui.tui.widgets.search_line import SearchLine
from lishu_tui.tui.widgets.status import Status
from lishu_tui.tui.widgets.table_view import MARGIN

Line = TypeVar("Line", bound=SearchLine)
WHILE_TYPING = ("table_choose", "library_step_back", "search_switch", "app_suspend")
"""The commands that have their keys while something is typed."""


class ListScreen(ImportingScreen[Result]):
    """A list of rows with a status line beneath, in whose place a line to type in can stand."""

    def __init__(self) -> None:
        super().__init__()
        self.line: SearchLine | None = None
        """The line that is typed in at present."""

    def foot(self) -> ComposeResult:
        yield Status()

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def status(self) -> Status:
        return self.query_one(Status)

    @property
    def row_width(self) -> int:
        """The cells that a row has."""
        return self.rows.scrollable_content_region.width - MARGIN

    async def opened(self) -> None:
        """The screen is there: show what it is for."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        self.set_focus(self.rows)
        self.status.hints = self.hints()
        self.status.hints_first = True
        self.status.progress = self.host.progress
        await self.opened()

    # ── typing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Few commands have their keys while something is typed, so that it can be."""
        return self.line is None or action in WHILE_TYPING

    async def open_line(self, kind: type[Line], *, begun: str = "", earlier: list[str] | None = None) -> Line:
        """Have a line to type in stand in the place of the status line."""
        lines = self.query(kind)
        if not lines:
            await self.mount(kind(), after=self.status)
        line = self.query_one(kind)
        self.line = line
        self.status.display = False
        line.open(earlier or [], begun)
        return line

    def close_line(self) -> list[str]:
        """Put the line away; what was typed in it, with what was before."""
        earlier = self.line.close() if self.line is not None else []
        self.line = None
        self.status.display = True
        self.set_focus(self.rows)
        return earlier

    def on_search_line_left(self) -> None:
        """Down from the line: to the rows, what is typed staying as it is."""
        if self.line is not None and self.rows.count:
            self.close_line()

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_move_line_down(self) -> None:
        self.rows.move(1)

    def action_move_line_up(self) -> None:
        self.rows.move(-1)

    def action_move_page_down(self) -> None:
        self.rows.move(self.rows.page_step)

    def action_move_page_up(self) -> None:
        self.rows.move(-self.rows.page_step)

    def action_move_top(self) -> None:
        self.rows.move(-(1 << 30))

    def action_move_bottom(self) -> None:
        self.rows.move(1 << 30)


class AskingScreen(ListScreen[Result]):
    """A list that may ask before it does something: the next key answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asking: Callable[[], None] | None = None
        """What is done where the answer is yes."""

    def tell(self) -> None:
        """Say in the status line what the cursor is at, unless something else stands there."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question stands, the next key answers it."""
        if self.asking is not None:
            return action == "app_suspend"
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        if self.asking is None:
            return
        event.stop()
        event.prevent_default()
        answer, self.asking = self.asking, None
        if event.key in ("y", "Y", "fullwidth_latin_small_letter_y"):
            answer()
        self.tell()
