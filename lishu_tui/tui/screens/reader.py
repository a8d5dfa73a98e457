"""The reader: the article, the contents at its side, the status line, and search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from lishu_tui.edition import Edition, Reading, Span
from lishu_tui.edition.model import Name
from lishu_tui.settings import Place
from lishu_tui.tui.commands import READER
from lishu_tui.tui.screens.base import LishuScreen, bindings
from lishu_tui.tui.widgets.body import Body, Lit
from lishu_tui.tui.widgets.contents import Contents
from lishu_tui.tui.widgets.status import Status
from lishu_tui.typeset.layout import BESIDE_FROM, English

if TYPE_CHECKING:
    from lishu_tui.search import Hit
    from lishu_tui.tui.widgets.search_line import SearchLine

READING_NAMES: dict[Reading, str] = {
    "restored": "restored 復原",
    "simplified": "simplified 简体",
    "capture": "as captured 原件",
    "english": "English",
}
CYCLE: tuple[Reading, ...] = ("restored", "simplified", "capture")
FOLDED_BELOW = 80
"""Columns of the window below which the contents are folded away unless asked for."""
MEASURES = range(10, 81)
WHILE_TYPING = ("search_accept", "search_clear", "app_suspend")
"""The commands that have their keys while a query is typed."""


class Origin(NamedTuple):
    """Where a search began, to go back to."""

    place: tuple[int, int]
    at_top: bool
    english: English


class ReaderScreen(LishuScreen[None]):
    """Opens on the text. Owns what has been found and the way back; the body owns place and selection."""

    WHERE = READER
    BINDINGS: ClassVar[list[BindingType]] = bindings(READER)

    def __init__(
        self, edition: Edition, place: Place, *, measure: int, contents: bool, searches: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.edition = edition
        self.place = place
        self.measure = measure
        self.contents_wanted: bool | None = None if contents else False
        self.query_typed = ""
        self.found: list[Hit] = []
        self.found_what = ""
        self.at = -1
        self.origin: Origin | None = None
        self.jumps: list[tuple[int, int]] = []
        self.search_open = False
        self.emendations_lit = False
        self.searches = list(searches)

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
            )
        yield Status()

    @property
    def body(self) -> Body:
        return self.query_one(Body)

    @property
    def contents(self) -> Contents:
        return self.query_one(Contents)

    @property
    def contents_focused(self) -> bool:
        return self.focused is self.contents

    @property
    def status(self) -> Status:
        return self.query_one(Status)

    @property
    def search_line(self) -> SearchLine:
        """Only there once a search has been opened."""
        return self.query_one("SearchLine")  # type: ignore[return-value]

    def on_mount(self) -> None:
        self.status.hints = self.hints()
        body = self.body
        last = len(self.edition.paragraphs) - 1
        paragraph, character = self.place.paragraph, self.place.character
        if paragraph > last or character > len(self.edition.text(paragraph)):  # kept of another edition
            paragraph, character = min(paragraph, last), 0
        body.kept = (paragraph, character)
        body.at_top = body.kept == (0, 0)
        self.set_focus(body)
        self.fold_contents()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which commands have their keys now: few while a query is typed, so that it can be typed."""
        if self.search_open:
            return action in WHILE_TYPING
        if action == "search_accept":
            return False
        if self.contents_focused:
            return not action.startswith(("move_line", "move_page", "move_top", "move_bottom"))
        return True

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.fold_contents(event.size.width)

    def fold_contents(self, width: int | None = None) -> None:
        wide = (width if width is not None else self.size.width) >= FOLDED_BELOW
        self.contents.display = wide if self.contents_wanted is None else self.contents_wanted

    # ── what the line at the foot says ──────────────────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        body = self.body
        if not body.page.lines:
            return
        paragraph = self.edition.paragraphs[body.paragraph]
        section = self.edition.section_of(body.paragraph)
        self.contents.follow(self.edition.sections.index(section))
        label = section.label.split(" ")[0]
        place = f"{label} {paragraph.number}/{len(self.edition.body(section))}" if paragraph.number else label
        english = "" if body.page.english == "off" else f" + English {body.page.english}"
        self.status.place = place
        self.status.more = f"{READING_NAMES[body.reading]}{english}  {body.progress}%"
        self.status.hits = self.count()

    def count(self) -> str:
        if not self.found_what:
            return ""
        if not self.found:
            return f"{self.found_what}: nothing found"
        at = f"{self.at + 1}/" if self.at >= 0 else ""
        return f"{self.found_what} {at}{len(self.found)}"

    def light(self) -> None:
        """Give the body what is to be lit, in the readings that are shown."""
        body = self.body
        shown = [h for h in self.found if h.reading != "english"]
        english = tuple(h.span for h in self.found if h.reading == "english")
        current = self.found[self.at] if 0 <= self.at < len(self.found) else None
        in_english = current is not None and current.reading == "english"
        body.lit = Lit(
            tuple(body.shown(h.span) for h in shown),
            body.shown(current.span) if current is not None and not in_english else None,
            english,
            current.span if current is not None and in_english else None,
            self.emended() if self.emendations_lit else (),
        )
        self.tell()

    def emended(self) -> tuple[tuple[Span, str], ...]:
        """The emended places of the reading shown, with their certainty, in order. Where something was taken out, the
        character before it stands for it."""
        found = []
        for e in self.edition.emendations:
            if self.body.reading == "capture":
                span = Span(e.span.paragraph, e.start, e.end)
            else:
                span = e.span if e.span.end > e.span.start else e.span._replace(start=max(e.span.start - 1, 0))
            found.append((span, e.certainty))
        return tuple(sorted(found))

    # ── going places ────────────────────────────────────────────────────────────────────────────────────────────────

    def leave_mark(self) -> None:
        """Keep the present place for the way back."""
        self.body.remember()
        if not self.jumps or self.jumps[-1] != self.body.kept:
            self.jumps = [*self.jumps[-99:], self.body.kept]

    def action_move_back(self) -> None:
        if not self.jumps:
            self.host.say("No earlier place to go back to")
            return
        self.body.show_place(*self.jumps.pop())

    def go_to_section(self, number: int) -> None:
        if number < len(self.edition.sections):
            self.leave_mark()
            self.body.show_place(self.edition.sections[number].first, 0)
        else:
            self.host.say(f"This article has no section {number}")

    def go_to_span(self, span: Span) -> None:
        self.leave_mark()
        from lishu_tui.search import Hit

        self.show_hit_list([Hit(span, "restored", "text")], self.edition.quote(span) if span.end > span.start else "")
        self.go_to_hit(0)

    def show_hit_list(self, hits: list[Hit], what: str) -> None:
        self.found, self.found_what, self.at = hits, what, -1
        self.light()

    def go_to_hit(self, at: int) -> None:
        hit = self.found[at]
        self.at = at
        body = self.body
        if hit.reading == "english" and body.page.english == "off":
            body.english = "beneath"
            body.remember()
            body.set_lines()
        body.show_span(hit.span, english=hit.reading == "english")
        self.light()

    def step_hit(self, step: int) -> None:
        if not self.found:
            self.host.say("Nothing is found yet: / searches")
            return
        at = self.at + step if self.at >= 0 else self.nearest_hit()
        if not 0 <= at < len(self.found):
            self.host.say("From the last to the first" if at > 0 else "From the first to the last")
        self.go_to_hit(at % len(self.found))

    def nearest_hit(self) -> int:
        """The first hit at or after the place at the top, else the first of all."""
        paragraph, character = self.body.kept
        if self.body.at_top:
            return 0
        for n, hit in enumerate(self.found):
            place = (hit.span.paragraph, hit.span.start if hit.reading != "english" else 1 << 30)
            if place >= (paragraph, character):
                return n
        return 0

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
        here = self.edition.sections.index(self.edition.section_of(self.body.paragraph))
        if here + 1 < len(self.edition.sections):
            self.go_to_section(here + 1)

    def action_section_previous(self) -> None:
        section = self.edition.section_of(self.body.paragraph)
        here = self.edition.sections.index(section)
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

    # ── commands: search ────────────────────────────────────────────────────────────────────────────────────────────

    async def action_search_open(self) -> None:
        self.body.remember()
        self.origin = Origin(self.body.kept, self.body.at_top, self.body.english)
        self.query_typed = ""
        self.search_open = True
        self.status.display = False
        if not self.query("SearchLine"):
            from lishu_tui.tui.widgets.search_line import SearchLine

            await self.mount(SearchLine(), after=self.status)  # not before it is wanted: the first screen needs none
        self.search_line.open(self.searches)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        if self.search_open:
            self.search_for(event.query_text)

    def search_for(self, typed: str) -> None:
        """Search from where the search began, and show the first hit from there on."""
        query = typed.strip()
        if query == self.query_typed:
            return
        self.query_typed = query
        self.return_to_origin()
        from lishu_tui.search import find

        self.show_hit_list(find(self.edition, query) if query else [], query)
        if self.found:
            self.go_to_hit(self.nearest_hit())
        self.search_line.say(self.count().removeprefix(query).lstrip(": ") if query else "")

    def return_to_origin(self) -> None:
        """Back to where the search began, the English as it was (a hit in it may have opened it)."""
        if self.origin is None:
            return
        body = self.body
        if body.english != self.origin.english:
            body.english = self.origin.english
            body.set_lines()
        if self.origin.at_top:
            body.show_end(bottom=False)
        else:
            body.show_place(*self.origin.place)

    def close_search(self) -> None:
        self.search_open = False
        self.searches = self.search_line.close()
        self.status.display = True
        self.set_focus(self.body)

    async def action_search_accept(self) -> None:
        self.search_for(await self.search_line.all_typed())
        self.close_search()
        if self.found and self.origin is not None and self.origin.place != self.body.kept:
            self.jumps = [*self.jumps[-99:], self.origin.place]
        self.tell()

    def clear_search(self) -> None:
        self.return_to_origin()
        self.origin = None
        self.show_hit_list([], "")

    async def action_search_clear(self) -> None:
        if self.search_open:
            await self.search_line.all_typed()
            self.close_search()
            self.clear_search()
        elif self.contents_focused:
            self.set_focus(self.body)
            self.tell()
        elif self.body.selection is not None:
            self.body.select(None)
        elif self.found or self.found_what:
            self.clear_search()

    def action_search_next(self) -> None:
        self.step_hit(1)

    def action_search_previous(self) -> None:
        self.step_hit(-1)

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

        await self.app.push_screen(OccurrencesScreen(self.edition, self.found, self.found_what, self.at), chosen)

    async def action_open_statistics(self) -> None:
        from lishu_tui.tui.screens.statistics import StatisticsScreen

        def chosen(span: Span | None) -> None:
            if span is not None:
                self.go_to_span(span)

        await self.app.push_screen(StatisticsScreen(self.edition, self.body.paragraph), chosen)

    async def action_open_apparatus(self) -> None:
        from lishu_tui.search import Hit
        from lishu_tui.tui.screens.apparatus import ApparatusScreen, Places

        def chosen(places: Places | None) -> None:
            if places is not None:
                self.leave_mark()
                self.show_hit_list([Hit(span, "restored", "text") for span in places.spans], places.what)
                self.go_to_hit(0)

        await self.app.push_screen(ApparatusScreen(self.edition, self.body.paragraph), chosen)

    def action_view_emendations(self) -> None:
        self.emendations_lit = not self.emendations_lit
        count = len(self.edition.emendations)
        lit = f"{count} emended places lit" if self.emendations_lit else "Emended places put out"
        self.host.say(lit if count else "Nothing was changed: the text stands as it was captured")
        self.light()

    async def action_open_names(self) -> None:
        from lishu_tui.search import Hit
        from lishu_tui.tui.screens.names import NamesScreen

        def chosen(name: Name | None) -> None:
            if name is not None:
                self.leave_mark()
                self.show_hit_list([Hit(place, "restored", "text") for place in name.places], name.name)
                self.go_to_hit(0)

        await self.app.push_screen(NamesScreen(self.edition), chosen)

    # ── commands: taking away, leaving ──────────────────────────────────────────────────────────────────────────────

    def action_copy_selection(self) -> None:
        text = self.body.selected_text()
        if text:
            from lishu_tui.tui.clipboard import copy

            self.host.say(f"{len(text)} characters {copy(self.app, text)}")
        else:
            self.host.say("Nothing is selected: drag over the text, or click it twice. q leaves")

    def action_app_quit(self) -> None:
        self.app.exit()

    def present_place(self) -> Place:
        """Where one is, to be kept."""
        body = self.body
        body.remember()
        paragraph, character = (0, 0) if body.at_top else body.kept
        reading = body.reading if body.reading != "english" else "restored"
        return Place(paragraph=paragraph, character=character, reading=reading, english=body.english)
