"""The application: themes, keys in force, signals, what is kept between sessions, and what happens when we fail."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter

from lishu_tui import settings
from lishu_tui.edition import Address, Edition, LishuError, load_edition, visible
from lishu_tui.first import painting, terminal
from lishu_tui.settings import Config, State
from lishu_tui.tui import themes
from lishu_tui.tui.commands import COMMANDS
from lishu_tui.tui.documents import Documents
from lishu_tui.tui.importing import Importing
from lishu_tui.tui.keys import remapped
from lishu_tui.tui.plain import SafeLines
from lishu_tui.tui.screens.base import textual_key
from lishu_tui.tui.screens.reader import ReaderScreen
from lishu_tui.tui.takeover import taking_over
from lishu_tui.tui.terminal_input import with_safe_input

if TYPE_CHECKING:
    from textual.command import Provider

FAULT = 70
"""The exit code for a fault of ours (EX_SOFTWARE of sysexits.h)."""


def _command_provider() -> type[Provider]:
    """The palette's commands, imported when it opens."""
    from lishu_tui.tui.palette import CommandProvider

    return CommandProvider


class LishuApp(Documents, Importing):
    """The reading room with one edition open."""

    CSS_PATH = "styles.tcss"
    TITLE = "lishu-tui"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_command_provider}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Leave", show=False, id="app.leave")]

    def __init__(
        self,
        edition: Edition,
        *,
        config: Config | None = None,
        state: State | None = None,
        address: Address | None = None,
        notices: tuple[str, ...] = (),
        keep: bool = True,
        passing: bool = False,
    ) -> None:
        """`keep` is whether there is a state to write; `passing` says that the edition is only looked at, and its
        place not kept."""
        self._safe = SafeLines()
        self.keys = {command.name: command.keys + command.aliases for command in COMMANDS}
        # Said from the start, for Textual chooses by it which filter takes colours out.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.begin_documents()
        self.begin_importing()
        self.edition = edition
        self.passing = edition.id if passing else ""
        self.config = config or Config()
        self.state = state or State()
        self.notices = list(notices)
        self.parting = ""  # what is said on stderr once the terminal is whole again
        self.fault: Exception | None = None
        self.reader_ready = False
        self.painted = terminal.is_shown()
        self.keep = keep  # whether the state can be kept: not where it is from a newer version or damaged
        self.spans = list(edition.resolve(address)) if address is not None else []
        self.address = address
        try:
            self.keys = remapped(self.config, str(settings.config_file()))
        except LishuError as error:
            self.notices.append(str(error))
        for theme in themes.THEMES:
            self.register_theme(theme)
        wanted = themes.first_theme(self.state.theme or self.config.theme)
        if wanted not in self.available_themes:
            expected = ", ".join(themes.NAMES)
            self.notices.append(f"{settings.config_file()}: theme: no theme {wanted!r}; expected {expected}")
            wanted = "ink"
        # Before the first frame, and without the watcher, which would have all styles read twice.
        self.set_reactive(App.theme, wanted)
        self._refresh_truecolor_filter(self.ansi_theme)  # else a theme of the terminal's own colours is drawn in others
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our two colours, for the themes that are not ours."""
        if self.current_theme.ansi:
            return {"rubric": "ansi_red" if not self.current_theme.dark else "ansi_yellow", "quiet": "ansi_default"}
        return {"rubric": self.current_theme.primary, "quiet": self.current_theme.secondary or "#888888"}

    def keys_of(self, name: str) -> tuple[str, ...]:
        return self.keys[name]

    def get_driver_class(self) -> type[Driver]:
        return taking_over(with_safe_input(super().get_driver_class()))

    async def run_action(self, *given: Any, **named: Any) -> bool:
        """Keys that were typed ahead of leaving find nothing any more that they could be meant for."""
        return False if self._exit else await super().run_action(*given, **named)

    async def on_event(self, event: events.Event) -> None:
        await super().on_event(event)
        if isinstance(event, events.Key) and self.painted and self.reader.held:
            self.reader.call_later(self.reader.let_go)

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), self._safe]

    # ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        changed = {name: self.keys[name] for name in self.config.keys if name in self.keys}
        if changed:
            self.set_keymap({name: ",".join(map(textual_key, keys)) for name, keys in changed.items()})
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            loop.add_signal_handler(number, self.leave_by_signal, number)
        terminal.handed_over()
        self.call_after_refresh(self.welcome)

    def get_default_screen(self) -> ReaderScreen:
        self.reader = self.reader_of(self.edition)
        if self.painted:
            self.reader.held = True
            self.reader.known = painting.known(self.edition)
        if self.spans:
            first = self.spans[0]
            self.reader.place = msgspec.structs.replace(
                self.reader.place, paragraph=first.paragraph, character=first.start
            )
        return self.reader

    def welcome(self) -> None:
        self.reader_ready = True
        self.reader.take_over()  # at the latest: a window that has become too small has no text to wait for
        # Which the command line put off until the text is there. What is there by now stays: to look through it took
        # 11 ms, just when the first key is waiting.
        gc.freeze()
        gc.enable()
        if self.spans and self.address is not None and self.address.start is not None:
            self.reader.go_to_span(self.spans[0])
        for notice in self.notices:
            self.tell(notice, timeout=12)

    def on_resize(self) -> None:
        """Draw everything anew, also where the size is again what it was: the terminal may have cut what it showed."""
        self.screen.refresh()

    # ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, text: str, *, timeout: float = 3) -> None:
        """A passing notice in the place of the one before."""
        self.clear_notifications()
        self.tell(text, timeout=timeout)

    def tell(self, text: str, *, timeout: float) -> None:
        """A notice beside those that are there. The text is data and never markup."""
        self.notify(visible(text), timeout=timeout, markup=False)

    # ── the library's screens, imported when they are opened: the first screen needs none of it ─────────────────────

    async def show_library(self) -> None:
        from lishu_tui.tui.screens.library import LibraryScreen
        from lishu_tui.tui.shelf import Shelf

        shelf = Shelf(self.bundled)
        await self.push_screen(LibraryScreen(shelf, self.library_view, here=self.edition.id))

    async def show_library_search(self, query: str = "") -> None:
        from lishu_tui.tui.screens.library_search import LibrarySearchScreen

        earlier = self.reader.searches
        await self.push_screen(LibrarySearchScreen(self.bundled, query or self.library_query, earlier))

    async def search_here(self, query: str) -> None:
        """From a search of the library to one of the document that is open."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.reader.action_search_open(query)

    async def show_import_report(self) -> None:
        from lishu_tui.tui.screens.report import ReportScreen

        if self.report is None:
            self.say("Nothing was imported yet since the program began")
        else:
            await self.push_screen(ReportScreen(self.report))

    def next_theme(self) -> None:
        names = themes.NAMES
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
        self.state = msgspec.structs.replace(self.state, theme=self.theme)
        self.say(f"Colours: {self.theme}")

    # ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def leave_by_signal(self, number: int) -> None:
        self.exit(return_code=128 + number)

    async def action_quit(self) -> None:
        self.exit()

    def exit(self, result: int | None = None, return_code: int = 0, message: object | None = None) -> None:
        """Leave; the place is kept first, and what could not be kept is said once the terminal is whole again."""
        self.stop_importing()
        if self.keep and self.reader_ready:
            self.keep = False
            try:
                # Where nothing but a file was looked at, nothing is left behind.
                if self.edition.id != self.passing or self.visits:
                    settings.save_state(self.kept())
            except LishuError as error:
                self.parting = f"lishu-tui: the place is not kept: {error}"
        super().exit(result, return_code, message)  # type: ignore[arg-type]

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: one line and a log, never a traceback with text in it. (Textual has no public hook here.)"""
        self.parting = visible(f"lishu-tui: {settings.fault(error)}")
        self.fault = error
        self.keep = False
        self.stop_importing()
        super().exit(FAULT, FAULT)


def open_reader(address: Address | None, edition: Edition | None = None, *, stored: bool = False) -> int:
    """Open an edition (the bundled one where None) at `address`, or where one left off; the exit code. `stored` says
    that the edition given is in the library."""
    # A file that is only looked at leaves nothing behind, its place included.
    passing = edition is not None and not stored
    edition = edition or load_edition()
    notices: list[str] = []
    config, state, keep = Config(), State(), True
    try:
        config = settings.load_config()
    except LishuError as error:
        notices.append(str(error))
    try:
        state = settings.load_state()
    except LishuError as error:
        notices.append(f"{error}. Nothing will be kept")
        keep = False
    app = LishuApp(
        edition, config=config, state=state, address=address, notices=tuple(notices), keep=keep, passing=passing
    )
    app.run()
    app.wait_for_import()
    if app.parting:
        # Not by Textual's exit message, which would break a long line in two.
        print(app.parting, file=sys.stderr)
    return app.return_code or 0
