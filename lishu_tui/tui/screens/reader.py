"""The reader: the article, the contents at its side, the status line, and search."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from lishu_tui.edition import Edition, Reading, Span
from lishu_tui.settings import Place
from lishu_tui.tui.commands import READER
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.marking import MarkingScreen
from lishu_tui.tui.screens.taking import ALLOWED_SELECTING
from lishu_tui.tui.takeover import keys_wait, take_keys
from lishu_tui.tui.widgets.body import Body
from lishu_tui.tui.widgets.contents import Contents
from lishu_tui.tui.widgets.status import Status
from lishu_tui.typeset.kinds import English
from lishu_tui.typeset.layout import BESIDE_FROM
from lishu_tui.typeset.margins import FOLDED_BELOW, LEAST, place_words, reading_words

if TYPE_CHECKING:
    from lishu_tui.tui.documents import Sought
    from lishu_tui.typeset import Layout
    from lishu_tui.typeset.kinds import Asked

CYCLE: tuple[Reading, ...] = ("restored", "simplified", "capture")
MEASURES = range(10, 81)
ANSWERED = 0.03
"""Seconds within which a key that was typed before there was a reader is answered."""
LONGEST_UNDRAWN = 0.25
"""Seconds after which the screen is drawn in any case: in a window too small for the text there is no place to tell."""
WHILE_TYPING = ("search_accept", "search_clear", "search_switch", "app_suspend")
"""The commands that have their keys while a query is typed."""


class ReaderScreen(MarkingScreen):
    """Opens on the text. What has been found and the way back are its base's; place and selection are the body's."""

    WHERE = READER
    BINDINGS: ClassVar[list[BindingType]] = bindings(READER)

    def __init__(
        self,
        edition: Edition,
        place: Place,
        *,
        measure: int,
        contents: bool,
        searches: Sequence[str] = (),
        sought: Sought | None = None,
    ) -> None:
        """`sought` is what the document is opened for: its hits are lit, and the place is the hit's."""
        super().__init__(edition, searches)
        self.sought = sought
        self.place = place
        self.measure = measure
        self.contents_wanted: bool | None = None if contents else False
        self.known: tuple[Asked, Layout] | None = None
        self.undrawn = ExitStack()
        """The document laid out already, and for what."""
        self.taking = False
        self.held = False
        """Whether what is on the terminal stays there until there is a whole frame to draw."""

    # ── composing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        with Horizontal(id="room"):
            yield Contents(self.edition)
            yield Body(
                self.edition,
                measure=self.measure,
                reading=self.place.reading,
                english=self.place.english,
                moved=self.tell,
                known=self.known,
            )
        yield Status()

    @property
    def contents(self) -> Contents:
        return self.query_one(Contents)

    @property
    def contents_focused(self) -> bool:
        return self.focused is self.contents

    def on_mount(self) -> None:
        # Nothing is drawn before the status line knows the place: what was painted stays until all of it is there.
        if self.app.size.width >= LEAST[0] and self.app.size.height >= LEAST[1]:
            self.undrawn.enter_context(self.app.batch_update())
            self.set_timer(LONGEST_UNDRAWN, self.undrawn.close)
        self.status.hints = self.hints()
        body = self.body
        last = len(self.edition.paragraphs) - 1
        paragraph, character = self.place.paragraph, self.place.character
        if paragraph > last or character > len(self.edition.text(paragraph)):  # kept of another edition
            paragraph, character = min(paragraph, last), 0
        body.kept = (paragraph, character)
        body.at_top = body.kept == (0, 0)
        self.status.title = self.edition.source.title
        self.status.progress = self.host.progress
        self.set_focus(body)
        self.fold_contents()
        if self.sought is not None:
            self.begin_sought(self.sought)
        self.begin_marks()

    def on_unmount(self) -> None:
        self.undrawn.close()  # its timer goes with the screen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which commands have their keys now: few while a query is typed, so that it can be typed."""
        if self.search_open:
            return action in WHILE_TYPING
        if self.noting is not None:
            return action == "app_suspend"
        if action in ("search_accept", "search_switch"):
            return False
        if self.is_mounted and self.selecting:
            return action in ALLOWED_SELECTING
        if self.contents_focused:
            return not action.startswith(("move_line", "move_page", "move_top", "move_bottom"))
        return True

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.fold_contents(event.size.width)

    def fold_contents(self, width: int | None = None) -> None:
        wide = (width if width is not None else self.size.width) >= FOLDED_BELOW
        self.contents.display = wide if self.contents_wanted is None else self.contents_wanted

    def _compositor_refresh(self) -> None:
        # Textual draws while it still sizes its widgets; before one frame is whole, what was painted before is better.
        if not self.held:
            super()._compositor_refresh()

    def take_over(self) -> None:
        """Draw the first whole frame. Where a key is waiting already, it is answered with that frame."""
        if not self.held or self.taking:
            return
        self.taking = True
        wait = keys_wait()
        take_keys(self.app)
        if wait:
            self.set_timer(ANSWERED, self.let_go)  # at the latest; else the application says when
        else:
            self.let_go()

    def let_go(self) -> None:
        """Draw, and without waiting for the next sixtieth of a second."""
        if self.held:
            self.held = False
            self._on_timer_update()

    # ── what the line at the foot says ──────────────────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        body = self.body
        if not body.page.lines:
            return
        self.undrawn.close()
        paragraph = self.edition.paragraphs[body.paragraph]
        section = self.edition.section_of(body.paragraph)
        self.contents.follow(self.edition.section_number(body.paragraph))
        self.status.place = place_words(section, paragraph.number)
        self.status.more = reading_words(body.reading, body.page.english, body.progress)
        self.status.hits = self.said_of_selection() or self.count()
        self.status.hints = self.hints()
        if self.held:
            self.call_later(self.take_over)

    # ── going places ────────────────────────────────────────────────────────────────────────────────────────────────

    def go_to_section(self, number: int) -> None:
        if number < len(self.edition.sections):
            self.leave_mark()
            self.body.show_place(self.edition.sections[number].first, 0)
        else:
            self.host.say(f"This article has no section {number}")

    # ── commands: moving ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> int:
        return max(self.body.scrollable_content_region.height - 2, 1)

    def action_move_line_down(self) -> None:
        self.body.move_lines(1)

    def action_move_line_up(self) -> None:
        self.body.move_lines(-1)

    def action_move_page_down(self) -> None:
        self.body.move_lines(self.page)

    def action_move_page_up(self) -> None:
        self.body.move_lines(-self.page)

    def action_move_half_down(self) -> None:
        self.body.move_lines(max(self.page // 2, 1))

    def action_move_half_up(self) -> None:
        self.body.move_lines(-max(self.page // 2, 1))

    def action_move_top(self) -> None:
        self.leave_mark()
        self.body.show_end(bottom=False)

    def action_move_bottom(self) -> None:
        self.leave_mark()
        self.body.show_end(bottom=True)

    def action_move_next_paragraph(self) -> None:
        self.body.move_paragraphs(1)

    def action_move_previous_paragraph(self) -> None:
        self.body.move_paragraphs(-1)

    def action_section_next(self) -> None:
        here = self.edition.section_number(self.body.paragraph)
        if here + 1 < len(self.edition.sections):
            self.go_to_section(here + 1)

    def action_section_previous(self) -> None:
        section = self.edition.section_of(self.body.paragraph)
        here = self.edition.section_number(section.first)
        paragraph, character, y = self.body.page.place_of(self.body.top)
        at_start = paragraph == section.first and character == 0 and y - self.body.top <= 2
        self.go_to_section(max(here - 1, 0) if at_start else here)

    def action_section_0(self) -> None:
        self.go_to_section(0)

    def action_section_1(self) -> None:
        self.go_to_section(1)

    def action_section_2(self) -> None:
        self.go_to_section(2)

    def action_section_3(self) -> None:
        self.go_to_section(3)

    def action_section_4(self) -> None:
        self.go_to_section(4)

    def action_section_5(self) -> None:
        self.go_to_section(5)

    def action_section_6(self) -> None:
        self.go_to_section(6)

    def on_contents_chosen(self, event: Contents.Chosen) -> None:
        self.set_focus(self.body)
        self.go_to_section(event.section)

    # ── commands: the view ──────────────────────────────────────────────────────────────────────────────────────────

    def action_view_contents(self) -> None:
        self.contents_wanted = not self.contents.display
        if not self.contents_wanted and self.contents_focused:
            self.set_focus(self.body)
        self.body.remember()
        self.fold_contents()

    def action_view_focus_contents(self) -> None:
        if self.contents_focused:
            self.set_focus(self.body)
            self.tell()
            return
        if not self.contents.display:
            self.action_view_contents()
        self.set_focus(self.contents)

    def set_lines(self) -> None:
        """Set the text anew, the same characters staying at the top."""
        self.body.set_lines()
        self.light()

    def action_view_reading(self) -> None:
        body = self.body
        body.remember()
        body.select(None)
        body.reading = CYCLE[(CYCLE.index(body.reading) + 1) % len(CYCLE)]
        self.set_lines()

    def action_view_english(self) -> None:
        body = self.body
        if not self.edition.has("english"):
            self.host.say("This document has no English")
            return
        body.remember()
        roomy = body.scrollable_content_region.width >= BESIDE_FROM
        after: dict[English, English] = {"off": "beneath", "beneath": "beside" if roomy else "off", "beside": "off"}
        body.english = after[body.english]
        if body.english == "off" and body.selection is not None and body.selection[2]:
            body.select(None)
        self.set_lines()

    def change_measure(self, by: int) -> None:
        body = self.body
        body.remember()
        # Where the window is narrower than the measure, begin from what it shows.
        shown = (body.scrollable_content_region.width - 5) // 2
        wanted = min(body.measure, shown) + by if by < 0 else body.measure + by
        if wanted in MEASURES:
            body.measure = wanted
            self.set_lines()
            self.host.say(f"{body.measure} characters a line")

    def action_view_wider(self) -> None:
        self.change_measure(2)

    def action_view_narrower(self) -> None:
        self.change_measure(-2)

    async def action_search_clear(self) -> None:
        if self.contents_focused and not self.search_open:
            self.set_focus(self.body)
            self.tell()
        else:
            await super().action_search_clear()

    # ── commands: other screens ─────────────────────────────────────────────────────────────────────────────────────

    async def action_search_occurrences(self) -> None:
        from lishu_tui.tui.screens.occurrences import OccurrencesScreen

        if not self.found:
            self.host.say("Nothing is found yet: / searches, then o lists the occurrences")
            return

        def chosen(at: int | None) -> None:
            if at is not None:
                self.leave_mark()
                self.go_to_hit(at)

        screen = OccurrencesScreen(self.edition, self.found, self.found_what, self.at, lambda: self.sweep is None)
        await self.app.push_screen(screen, chosen)

    async def action_open_statistics(self) -> None:
        from lishu_tui.tui.screens.statistics import StatisticsScreen

        def chosen(span: Span | None) -> None:
            if span is not None:
                self.go_to_span(span)

        await self.app.push_screen(StatisticsScreen(self.edition, self.body.paragraph), chosen)

    async def action_open_apparatus(self) -> None:
        from lishu_tui.tui.screens.apparatus import ApparatusScreen, Places

        def chosen(places: Places | None) -> None:
            if places is not None:
                self.go_to_places(places.spans, places.what)

        await self.app.push_screen(ApparatusScreen(self.edition, self.body.paragraph), chosen)

    async def action_open_names(self) -> None:
        from lishu_tui.tui.screens.names import Chosen, NamesScreen

        def chosen(name: Chosen | None) -> None:
            if name is not None:
                self.go_to_places(name.places, name.name)

        await self.app.push_screen(NamesScreen(self.edition), chosen)

    async def action_open_library(self) -> None:
        await self.host.show_library()

    # ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_app_quit(self) -> None:
        self.app.exit()

    def present_place(self) -> Place:
        """Where one is, to be kept."""
        body = self.body
        body.remember()
        paragraph, character = (0, 0) if body.at_top else body.kept
        reading = body.reading if body.reading != "english" else "restored"
        return Place(paragraph=paragraph, character=character, reading=reading, english=body.english)
