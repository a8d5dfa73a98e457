"""What all our screens share: bindings made from the command classes, and a hint line made from them too."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from lishu_tui.tui.commands import READER, commands_for
from lishu_tui.tui.keys import shown
from lishu_tui.tui.plain import plain
from lishu_tui.typeset.margins import LEAST

if TYPE_CHECKING:
    from lishu_tui.tui.documents import Sought
    from lishu_tui.tui.screens.library import View

Result = TypeVar("Result")
FRAME = 1 / 60
"""Seconds between two frames at least."""


def bindings(where: str) -> list[BindingType]:
    """The bindings of a screen, from the commands that are offered there.

    They have priority: Textual hands any other key to the widget that has the focus when the key arrives, and with keys
    typed ahead (`/` and at once a query) that is not yet the one they are meant for. Where a widget is to have a key,
    the screen's `check_action` steps aside.
    """
    return [
        Binding(
            ",".join(textual_key(key) for key in (*command.keys, *command.aliases)),
            command.action(),
            command.title,
            id=command.name,
            show=False,
            priority=True,
            tooltip=command.help(),
        )
        for command in commands_for(where)
    ]


def textual_key(key: str) -> str:
    """A key as Textual parts them: a comma in a list of keys would end one."""
    return "comma" if key == "," else key


class Host(Protocol):
    """What a screen asks of the application."""

    keys: dict[str, tuple[str, ...]]

    def keys_of(self, name: str) -> tuple[str, ...]: ...

    def say(self, text: str, *, timeout: float = 3) -> None: ...

    def next_theme(self) -> None: ...

    # Of the library; see documents.py and importing.py.

    progress: str
    library_view: View | None
    library_query: str

    def open_document(self, id: str, sought: Sought | None = None) -> None: ...

    def go_back(self) -> bool: ...

    def import_paths(self, paths: list[Path]) -> None: ...

    def import_pasted(self, text: str) -> None: ...

    async def show_library(self) -> None: ...

    async def show_library_search(self, query: str = "") -> None: ...

    async def search_here(self, query: str) -> None: ...

    async def show_import_report(self) -> None: ...


class LishuScreen(Screen[Result]):
    """A screen that offers the commands of one kind of place."""

    WHERE: ClassVar[str] = READER
    drawn = 0.0
    """When this screen was drawn last without waiting for a frame's time."""

    async def _on_idle(self, event: events.Idle) -> None:
        # Textual draws at the next sixtieth of a second. Where nothing was drawn for so long, that can be now.
        now = monotonic()
        if now - self.drawn < FRAME or self.app._batch_count or not self.is_current:
            return
        if self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets:
            event.prevent_default()
            self.drawn = now
            self._on_timer_update()

    @property
    def host(self) -> Host:
        return cast(Host, self.app)

    def on_resize(self, event: events.Resize) -> None:
        """A window in which nothing can be read says so instead."""
        columns, rows = LEAST
        small = event.size.width < columns or event.size.height < rows
        if small and not self.query("#small"):
            self.mount(Static(plain(f"needs {columns}×{rows}"), id="small"))
        self.set_class(small, "-small")

    def hints(self) -> str:
        """`/ search  s statistics …`: the first key of each command that has a word for the status line."""
        keys = self.host.keys_of
        return "  ".join(
            f"{shown(keys(c.name)[0])} {c.hint}" for c in commands_for(self.WHERE) if c.hint and keys(c.name)
        )

    def imported(self, added: int) -> None:
        """An import goes on; so many documents have come in by now."""

    async def action_app_help(self) -> None:
        from lishu_tui.tui.screens.help import HelpScreen

        if not isinstance(self, HelpScreen):
            await self.app.push_screen(HelpScreen())

    async def action_app_palette(self) -> None:
        await self.run_action("app.command_palette")

    async def action_app_suspend(self) -> None:
        await self.run_action("app.suspend_process")

    def action_view_theme(self) -> None:
        self.host.next_theme()


class ImportingScreen(LishuScreen[Result]):
    """A screen on which files can be dropped, and from which one gets to what was imported."""

    async def action_search_library(self) -> None:
        await self.host.show_library_search()

    async def action_library_report(self) -> None:
        await self.host.show_import_report()

    def on_paste(self, event: events.Paste) -> None:
        """What is dropped on the window arrives as a paste of its path."""
        event.stop()
        self.host.import_pasted(event.text)
