"""What has been found, how it is lit and counted, the search line, and the way back: half of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lishu_tui.edition import Edition, Span
from lishu_tui.edition.texts import Made
from lishu_tui.tui.screens.base import ImportingScreen
from lishu_tui.tui.widgets.body import PAUSE, SLICE, Body, Lit
from lishu_tui.tui.widgets.status import Status
from lishu_tui.typeset.kinds import English

if TYPE_CHECKING:
    from lishu_tui.search import Hit
    from lishu_tui.search.sweep import Sweep
    from lishu_tui.tui.documents import Sought
    from lishu_tui.tui.widgets.search_line import SearchLine


AT_ONCE = 0.04
"""Seconds that a search of a large document may take before the rest of it is put off."""


class ShownHits(Made[Span]):
    """The places of hits in the reading shown, carried there when they are asked for."""

    def __init__(self, body: Body, hits: Sequence[Hit]) -> None:
        self.body, self.hits = body, hits

    def __len__(self) -> int:
        return len(self.hits)

    def make(self, index: int) -> Span:
        return self.body.shown(self.hits[index].span)

    def __eq__(self, other: object) -> bool:
        return self is other  # to compare all of a hundred thousand would take longer than to draw a screen

    def __hash__(self) -> int:
        return id(self)


class Origin(NamedTuple):
    """Where a search began, to go back to."""

    place: tuple[int, int]
    at_top: bool
    english: English


def short(words: str, most: int = 12) -> str:
    """The beginning of some words, for a line that has other things to say too."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[:most] + "…"


class FindingScreen(ImportingScreen[None]):
    """A screen with a body and a status line in which things are found. `tell` says where one is."""

    def __init__(self, edition: Edition, searches: Sequence[str]) -> None:
        super().__init__()
        self.edition = edition
        self.searches = list(searches)
        self.query_typed = ""
        self.found: Sequence[Hit] = []
        self.sweep: Sweep | None = None  # the search of a large document that goes on
        self.found_what = ""
        self.at = -1
        self.origin: Origin | None = None
        self.jumps: list[tuple[int, int]] = []
        self.search_open = False
        self.emendations_lit = False

    @property
    def body(self) -> Body:
        return self.query_one(Body)

    @property
    def status(self) -> Status:
        return self.query_one(Status)

    @property
    def search_line(self) -> SearchLine:
        """Only there once a search has been opened."""
        return self.query_one("#search-line")  # type: ignore[return-value]

    def tell(self) -> None:
        """Say where one is."""
        raise NotImplementedError

    # ── lighting and counting ───────────────────────────────────────────────────────────────────────────────────────

    def count(self) -> str:
        if not self.found_what:
            return ""
        if not self.found:
            return f"{self.found_what}: {'nothing found' if self.sweep is None else '…'}"
        at = f"{self.at + 1}/" if self.at >= 0 else ""
        return f"{self.found_what} {at}{len(self.found)}{'…' if self.sweep is not None else ''}"

    def light(self) -> None:
        """Give the body what is to be lit, in the readings that are shown."""
        body, found = self.body, self.found
        hits: Sequence[Span]
        in_english: tuple[Span, ...] = ()
        if isinstance(found, Made):
            hits = ShownHits(body, found)
        else:
            hits = tuple(body.shown(h.span) for h in found if h.reading != "english")
            in_english = tuple(h.span for h in found if h.reading == "english")
        emended = self.emended() if self.emendations_lit else ()
        lit = Lit(hits=hits, english_hits=in_english, emended=emended, noted=self.noted())
        body.lit = self.with_current(lit)
        self.tell()

    def noted(self) -> tuple[Span, ...]:
        """The marked places of the reading shown, in order."""
        return ()

    def with_current(self, lit: Lit) -> Lit:
        """The same with the hit that one is at."""
        hit = self.found[self.at] if self.at >= 0 else None
        english = hit is not None and hit.reading == "english"
        return lit._replace(
            current=self.body.shown(hit.span) if hit is not None and not english else None,
            english_current=hit.span if hit is not None and english else None,
        )

    def emended(self) -> tuple[tuple[Span, str], ...]:
        """The emended places of the reading shown, with their certainty, in order. Where something was taken out, the
        character before it stands for it."""
        found = []
        for e in self.edition.emendations:
            span = Span(e.span.paragraph, e.start, e.end) if self.body.reading == "capture" else e.seat
            found.append((span, e.certainty))
        return tuple(sorted(found))

    def action_view_emendations(self) -> None:
        self.emendations_lit = not self.emendations_lit
        count = len(self.edition.emendations)
        lit = f"{count} emended places lit" if self.emendations_lit else "Emended places put out"
        self.host.say(lit if count else "Nothing was changed: the text stands as it was captured")
        self.light()

    # ── going to what was found, and back ───────────────────────────────────────────────────────────────────────────

    def leave_mark(self) -> None:
        """Keep the present place for the way back."""
        self.body.remember()
        self.mark(self.body.kept)

    def mark(self, place: tuple[int, int]) -> None:
        """Keep a place for the way back, unless it is the last that was kept."""
        if not self.jumps or self.jumps[-1] != place:
            self.jumps = [*self.jumps[-99:], place]

    def action_move_back(self) -> None:
        """To the place before in this document, then to the document before."""
        if self.jumps:
            self.body.show_place(*self.jumps.pop())
        elif not self.host.go_back():
            self.host.say("No earlier place to go back to")

    def go_to_span(self, span: Span) -> None:
        self.go_to_places([span], short(self.edition.quote(span)))

    def go_to_places(self, spans: Sequence[Span], what: str) -> None:
        """Make places of the restored reading what is found, and go to the first."""
        from lishu_tui.search import Hit

        self.leave_mark()
        self.show_hit_list([Hit(span, "restored", "text") for span in spans], what)
        self.go_to_hit(0)

    def find_sought(self, sought: Sought) -> int:
        """Make the hits of a query what is found; which of them stands first at a place or after it, -1 where there is
        none."""
        from lishu_tui.search import Hit, compile, find
        from lishu_tui.search.sweep import sweep
        from lishu_tui.tui.documents import place_of

        if sought.note is not None:
            from lishu_tui.edition.anchoring import find_again

            places = find_again(self.edition, sought.note.anchor).spans
            self.show_hit_list([Hit(span, "restored", "text") for span in places], sought.query)
            if not places:
                self.host.say("The text does not have the words of this mark any more", timeout=5)
            return 0 if places else -1
        if (large := sweep(self.edition, compile(sought.query))) is not None:
            large.go_on()
            self.show_hit_list(large.hits, sought.query)
            at = large.hits.first_from(sought.at[0], sought.at[2])
            return at if at < len(large.hits) else min(len(large.hits), 1) - 1
        hits = find(self.edition, sought.query)
        self.show_hit_list(hits, sought.query)
        after = (n for n, hit in enumerate(hits) if place_of(hit) >= sought.at)
        return next(after, 0 if hits else -1)

    def show_sought(self, sought: Sought) -> None:
        """Light the hits of a query, and go to the one that is sought."""
        at = self.find_sought(sought)
        if at >= 0:
            self.leave_mark()
            self.go_to_hit(at)

    def begin_sought(self, sought: Sought) -> None:
        """The same before anything is laid out: so that the first frame shows it."""
        self.at = self.find_sought(sought)
        if self.at < 0:
            return
        hit, body = self.found[self.at], self.body
        english = hit.reading == "english"
        if english and body.english == "off":
            body.english = "beneath"
        body.kept = (hit.span.paragraph, 0 if english else hit.span.start)
        body.at_top = False
        body.lead = self.app.size.height // 3
        body.lit = self.with_current(body.lit)

    def show_hit_list(self, hits: Sequence[Hit], what: str) -> None:
        self.sweep = None
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
        body.lit = self.with_current(body.lit)  # all others are lit already
        self.tell()

    def step_hit(self, step: int) -> None:
        if not self.found:
            self.host.say("Nothing is found yet: / searches")
            return
        if self.sweep is not None:
            self.sweep.go_on()
            self.sweep = None
        at = self.at + step if self.at >= 0 else self.nearest_hit()
        if not 0 <= at < len(self.found):
            self.host.say("From the last to the first" if at > 0 else "From the first to the last")
        self.go_to_hit(at % len(self.found))

    def nearest_hit(self) -> int:
        """The first hit at or after the place at the top, else the first of all."""
        paragraph, character = self.body.kept
        if self.body.at_top:
            return 0
        if isinstance(self.found, Made):
            at: int = self.found.first_from(paragraph, character)  # type: ignore[attr-defined]  # those of a sweep
            return at if at < len(self.found) else 0
        for n, hit in enumerate(self.found):
            place = (hit.span.paragraph, hit.span.start if hit.reading != "english" else 1 << 30)
            if place >= (paragraph, character):
                return n
        return 0

    # ── searching ────────────────────────────────────────────────────────────────────────────────────────────

    async def action_search_open(self, begun: str = "") -> None:
        self.body.remember()
        self.origin = Origin(self.body.kept, self.body.at_top, self.body.english)
        self.query_typed = ""
        self.search_open = True
        self.status.display = False
        if not self.query("#search-line"):
            from lishu_tui.tui.widgets.search_line import SearchLine

            await self.mount(
                SearchLine(id="search-line"), after=self.status
            )  # not before it is wanted: the first screen needs none
        self.search_line.open(self.searches, begun)
        self.search_for(begun)

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
        from lishu_tui.search import compile, find
        from lishu_tui.search.sweep import sweep

        large = sweep(self.edition, compile(query)) if query else None
        if large is None:
            self.show_hit_list(find(self.edition, query) if query else [], query)
            if self.found:
                self.go_to_hit(self.nearest_hit())
        else:
            large.go_on(AT_ONCE)
            self.show_hit_list(large.hits, query)
            self.sweep = None if large.done else large
            self.arrive()
        self.say_found(query)

    def say_found(self, query: str) -> None:
        self.search_line.say(self.count().removeprefix(query).lstrip(": ") if query else "")

    def arrive(self) -> None:
        """Go to the first hit from where the search began as soon as it is found, and search on."""
        if self.at < 0 and self.found:
            at = self.nearest_hit()
            span = self.found[at].span
            if self.sweep is None or self.body.at_top or (span.paragraph, span.start) >= self.body.kept:
                self.go_to_hit(at)
        if self.sweep is not None:
            self.set_timer(PAUSE / 4, self.sweep_on)  # one waits for it, as one does not for the laying out

    def sweep_on(self) -> None:
        """Search a large document for a moment more."""
        if self.sweep is None:
            return
        before = len(self.found)
        if self.sweep.go_on(SLICE):
            self.sweep = None
        self.arrive()
        if self.sweep is None or len(self.found) != before:
            self.body.redraw()
            self.tell()
            if self.search_open:
                self.say_found(self.found_what)

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

    async def action_search_switch(self) -> None:
        """While a query is typed: take it to the whole library."""
        query = await self.search_line.all_typed()
        self.close_search()
        self.clear_search()
        await self.host.show_library_search(query)

    async def action_search_accept(self) -> None:
        self.search_for(await self.search_line.all_typed())
        self.close_search()
        if self.found and self.origin is not None and self.origin.place != self.body.kept:
            self.mark(self.origin.place)
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
        elif self.body.selection is not None:
            self.body.select(None)
        elif self.found or self.found_what:
            self.clear_search()

    def action_search_next(self) -> None:
        self.step_hit(1)

    def action_search_previous(self) -> None:
        self.step_hit(-1)
