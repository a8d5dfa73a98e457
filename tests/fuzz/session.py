"""The reader, driven step by step by whoever is not a coroutine, and what must be so of it after every step."""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from lishu_tui.edition import Edition, Span
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.search import find
from lishu_tui.tui.app import LishuApp
from lishu_tui.tui.screens.reader import ReaderScreen
from lishu_tui.tui.widgets.body import Body
from lishu_tui.typeset.layout import Setter
from lishu_tui.typeset.margins import LEAST
from lishu_tui.typeset.marks import UNDRAWN
from tests.screens import until

ENGLISH = ("english", "heading_en")


@contextmanager
def own_folders(folder: Path) -> Iterator[None]:
    """Settings, state, library and working directory of the walk's own."""
    before, here = dict(os.environ), Path.cwd()
    for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
    os.environ |= {"LISHU_TUI_LIBRARY": str(folder / "library.db"), "TERM": "xterm-256color"}
    for name in ("NO_COLOR", "LISHU_TUI_CONFIG", "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "TERM_PROGRAM"):
        os.environ.pop(name, None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


class Session:
    """A reader that is open. Every step is taken in one context, so that it does not matter which task takes it."""

    def __init__(self, edition: Edition, size: tuple[int, int]) -> None:
        self.loop = asyncio.new_event_loop()
        self.context = contextvars.copy_context()
        self.app = LishuApp(edition)
        self._running = self.app.run_test(size=size, notifications=True)
        self.pilot: Pilot[Any] = self.do(self._running.__aenter__())
        self.rest()

    def do(self, step: Coroutine[Any, Any, Any]) -> Any:
        async def watched() -> Any:
            task = asyncio.create_task(step, context=self.context)
            while not task.done() and self.app.fault is None:
                await asyncio.wait([task], timeout=0.5)
            if self.app.fault is not None:
                task.cancel()
                raise self.app.fault  # else one would wait half a minute for widgets that are gone
            return task.result()

        return self.loop.run_until_complete(self.loop.create_task(watched(), context=self.context))

    def close(self) -> None:
        try:
            self.do(self._running.__aexit__(None, None, None))
        finally:
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    def rest(self) -> None:
        self.do(self.pilot.pause())
        self.do(self.pilot.pause())

    def press(self, *keys: str) -> None:
        self.do(self.pilot.press(*keys))
        self.rest()

    def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        self.rest()

    def resize(self, columns: int, rows: int) -> None:
        self.do(self.pilot.resize_terminal(columns, rows))
        self.rest()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Within the body, or out of it where `end` lies outside."""

        async def dragged() -> None:
            corner = self.body.region.offset
            width, height = self.app.size
            places = [(x + corner.x, y + corner.y) for x, y in (start, end)]
            (a, b), (c, d) = [(min(max(x, 0), width - 1), min(max(y, 0), height - 1)) for x, y in places]
            await self.pilot.mouse_down(offset=(a, b))
            await self.pilot.hover(offset=(c, d))
            await self.pilot.mouse_up(offset=(c, d))

        self.do(dragged())
        self.rest()

    def open(self, id: str) -> None:
        async def opened() -> None:
            self.app.open_document(id)

        self.do(opened())
        self.until_open(id)

    def until_open(self, id: str) -> None:
        def there() -> bool:
            found = [body for body in self.reader.query(Body) if body.page.lines or not self.roomy]
            return self.app.edition.id == id and self.reader.is_mounted and bool(found)

        self.until(there)

    def until(self, condition: Any) -> None:
        self.do(until(self.pilot, condition))

    @property
    def reader(self) -> ReaderScreen:
        return self.app.reader

    @property
    def body(self) -> Body:
        return self.app.reader.body

    @property
    def in_text(self) -> bool:
        """Whether one is in the text, and neither types nor selects."""
        reader = self.reader
        typing = isinstance(self.app.focused, Input)  # of a query, of a note
        return self.app.screen is reader and not reader.search_open and not reader.selecting and not typing

    @property
    def roomy(self) -> bool:
        """Whether the window is large enough for anything to be drawn in it."""
        return self.app.size.width >= LEAST[0] and self.app.size.height >= LEAST[1]

    def back_to_the_text(self) -> None:
        """From wherever one is."""
        for _ in range(12):
            if self.in_text and not self.reader.contents_focused:
                return
            self.press("escape")
        raise AssertionError(f"no way back from {self.app.screen!r}")

    # ── what must be so ─────────────────────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        app, reader = self.app, self.reader
        assert app.fault is None, repr(app.fault)
        assert not app._exit
        edition = app.edition
        assert reader.edition is edition
        if self.body.page.lines and app.screen is reader:
            self.check_place(edition)
            self.check_found(edition)
            self.check_selection(edition)
            self.check_drawn()
        for strip in app.screen._compositor.render_strips(app.screen.size):
            assert not UNSAFE.search(strip.text), strip.text

    def check_place(self, edition: Edition) -> None:
        body = self.body
        paragraph, character = body.kept
        assert 0 <= paragraph < len(edition.paragraphs)
        assert 0 <= character <= len(edition.text(paragraph))
        assert 0 <= body.top <= max(body.max_scroll_y, 0)
        number, start, _ = body.page.place_of(body.top)
        assert start <= len(edition.text(number, body.reading))
        if body.at_top:
            assert body.top == 0
            return
        wanted = body.page.line_of(*self.shown(paragraph, character)) - body.lead
        assert min(max(wanted, 0), body.max_scroll_y) == body.top, (wanted, body.lead, body.top, body.max_scroll_y)
        # What would be kept if one left now would bring the same line to the top.
        before = body.kept, body.lead, body.at_top
        body.remember()
        assert body.at_top or body.page.line_of(*self.shown(*body.kept)) - body.lead == body.top
        body.kept, body.lead, body.at_top = before

    def shown(self, paragraph: int, character: int) -> tuple[int, int]:
        """A place of the restored reading as one of the reading shown."""
        place = self.body.shown(Span(paragraph, character, character))
        return place.paragraph, place.start

    def check_found(self, edition: Edition) -> None:
        reader = self.reader
        assert -1 <= reader.at < max(len(reader.found), 1)
        if not reader.found:
            assert reader.at == -1
        if reader.search_open and reader.query_typed and reader.sweep is None:
            assert list(reader.found) == find(edition, reader.query_typed)
        lit = self.body.lit
        chinese = [self.body.shown(hit.span) for hit in reader.found if hit.reading != "english"]
        assert list(lit.hits) == chinese
        assert list(lit.english_hits) == [hit.span for hit in reader.found if hit.reading == "english"]
        for hit in (reader.found[reader.at],) if reader.at >= 0 else ():
            assert 0 <= hit.span.start <= hit.span.end <= len(edition.text(hit.span.paragraph, hit.reading))
            current = lit.english_current if hit.reading == "english" else lit.current
            assert current == (hit.span if hit.reading == "english" else self.body.shown(hit.span))

    def check_selection(self, edition: Edition) -> None:
        body = self.body
        if body.selection is not None:
            start, end, english = body.selection
            reading = "english" if english else body.reading
            assert start < end
            lines = [edition.text(n, reading) for n in range(start.paragraph, end.paragraph + 1)]
            assert 0 <= start.character <= len(lines[0])
            assert 0 <= end.character <= len(lines[-1])
            lines[-1] = lines[-1][: end.character]
            lines[0] = lines[0][start.character :]
            assert body.selected_text() == "\n".join(lines)
        if body.caret is not None:
            anchor, head, english, _ = body.caret
            for point in (anchor, head):
                assert (
                    0 <= point.character <= len(edition.text(point.paragraph, "english" if english else body.reading))
                )
            y = body.page.line_of(*head, english=english)
            if self.roomy:
                assert body.top <= y < body.top + body.scrollable_content_region.height

    def check_drawn(self) -> None:
        """What is on the screen is what is laid out there."""
        app, body = self.app, self.body
        if not self.roomy or app._notifications:
            return
        strips = app.screen._compositor.render_strips(app.screen.size)
        region = body.content_region.crop_size(body.scrollable_content_region.size)
        for y in range(region.height):
            line = body.page.lines[body.top + y] if body.top + y < len(body.page.lines) else ()
            drawn = strips[region.y + y].crop(region.x, region.right).text.rstrip()
            texts = [piece.text.replace(UNDRAWN, "").strip() for piece in line]
            assert all(text in drawn or "\u200d" in text for text in texts), (y, line, drawn)
            if not line:
                assert not drawn, (y, drawn)
        for piece in (piece for line in body.page.lines[body.top : body.top + region.height] for piece in line):
            if piece.paragraph >= 0:
                reading = "english" if piece.kind in ENGLISH else body.reading
                text, _ = Setter.shown(app.edition.text(piece.paragraph, reading))
                assert text[piece.start : piece.end].rstrip() == piece.text
