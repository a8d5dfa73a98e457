"""The toolkit takes over a terminal on which the first screen is already painted, see the room `first`.

A real terminal clears the other screen whenever it is entered, entered already or not; so the sequence that enters it
is left out, once. And how the terminal was set before is what it was before us.
"""

from __future__ import annotations

import select
from threading import Event
from typing import Any

from textual.app import App
from textual.driver import Driver

from lishu_tui.first import terminal

ENTER = "\x1b[?1049h"


def taking_over(driver: type[Driver]) -> type[Driver]:
    """The driver, beginning on the screen that is painted; `driver` itself where none is."""
    if not terminal.is_shown():
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    if not issubclass(driver, LinuxDriver):
        terminal.give_back()
        return driver

    class TakingOver(driver):  # type: ignore[misc, valid-type]
        beginning = False
        attrs_before: list[Any] | None

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.awaited = Event()

        # What is typed before the text is laid out stays where the terminal keeps it.

        def _run_input_thread(self) -> None:
            self.awaited.wait()
            super()._run_input_thread()

        def disable_input(self) -> None:
            self.awaited.set()
            super().disable_input()

        def start_application_mode(self) -> None:
            before = terminal.hand_over()
            self.beginning = before is not None
            try:
                super().start_application_mode()
            finally:
                self.beginning = False
            if before is not None and self.attrs_before is not None:
                self.attrs_before = before

        def write(self, data: str) -> None:
            if self.beginning and data == ENTER:
                return
            super().write(data)

        # A signal to stop or to go on, before the toolkit has begun: it would stop what it has not started.

        def _sigtstp_application(self, *given: Any) -> None:
            if terminal.is_shown():
                terminal.stop()
            else:
                super()._sigtstp_application(*given)

        def _sigcont_application(self, *given: Any) -> None:
            if not terminal.is_shown():
                super()._sigcont_application(*given)

    return TakingOver


def take_keys(app: App[Any]) -> None:
    """Whoever reads them is ready for them now."""
    awaited = getattr(app._driver, "awaited", None)
    if isinstance(awaited, Event):
        awaited.set()


def keys_wait() -> bool:
    """Whether something was typed that nobody has read yet."""
    return bool(select.select([0], [], [], 0)[0])
