"""A search of the whole library as one types: documents with their hits, and how many by year and by source."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static

from lishu_tui.edition import Edition, visible
from lishu_tui.tui.commands import RESULTS
from lishu_tui.tui.documents import Sought
from lishu_tui.tui.plain import plain
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.listing import ListScreen
from lishu_tui.tui.searcher import Facet, Group, Request, Searcher
from lishu_tui.tui.widgets.rows import Rows, Run, cell, day
from lishu_tui.tui.widgets.search_line import LibraryLine, SearchLine
from lishu_tui.typeset import cells, clip

PAUSE = 0.06
"""Seconds without a key after which what is typed is searched for."""
AHEAD = 40
"""Rows before the last that is there from which more are asked for."""
INDENT = 2
MODES = ("document", "year", "source")
NOT_KNOWN = {"year": "〔no year〕", "source": "〔no source〕"}


def documents(number: int) -> str:
    return f"{number:,} {'document' if number == 1 else 'documents'}"


def label(facet: Facet) -> str:
    return facet.name or NOT_KNOWN[facet.by]


class Line(NamedTuple):
    """A row: the head of a group, one of its hits, the blank between groups, or (`facet`) a year or a source."""

    group: int = -1
    hit: int = -1
    facet: int = -1


class LibrarySearchScreen(ListScreen[None]):
    """Choosing a hit opens its document there; this screen stays until it is open."""

    WHERE = RESULTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(RESULTS)

    def __init__(self, bundled: Edition, begun: str, earlier: list[str]) -> None:
        super().__init__()
        self.begun, self.earlier = begun, earlier
        self.searcher = Searcher(bundled, self.post_message)
        self.request = Request()
        self.mode = 0
        self.widest = 0  # cells of the widest year or source
        self.groups: list[Group] = []
        self.facets: list[Facet] = []
        self.lines: list[Line] = []
        self.documents = self.hits = self.searched = 0
        self.searching = False
        self.more = False
        self.trouble = ""
        self._pause: Timer | None = None
        self._typed = ""

    # ── composing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        with Horizontal(classes="list-head"):
            yield Static(plain(""), classes="list-title", id="what")
            yield Static(plain(""), id="how-many")
        yield Static(plain(""), id="note")
        yield Rows(self.draw, self.leads)
        yield from self.foot()

    async def opened(self) -> None:
        self.searcher.start()
        self.query_one("#note").display = False
        self.say_state()
        line = await self.open_line(LibraryLine, begun=self.begun, earlier=self.earlier)
        if self.begun:
            line.input.action_select_all()  # what is typed now takes its place
            self.search(self.begun)

    def on_unmount(self) -> None:
        self.searcher.end()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        if self.line is None:
            return
        if self._pause is not None:
            self._pause.stop()
        self._typed = event.query_text
        # A pause that is over when more is typed may be heard of only afterwards: it must not bring back what was there
        # before, nor stop the pause that has begun since.
        self._pause = self.set_timer(PAUSE, lambda: self.search(self._typed))

    def search(self, typed: str) -> None:
        """Search for what is typed, in all years and sources."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        query = typed.strip()
        if query != self.request.query:
            self.ask(Request(query))

    def ask(self, request: Request) -> None:
        """Ask anew; an answer to an earlier question is no longer looked at."""
        self.request = self.searcher.ask(request)
        self.searching = bool(request.query)
        self.more = False
        if not request.query:
            self.clear()
        self.say_state()

    def clear(self) -> None:
        self.groups, self.facets, self.lines = [], [], []
        self.documents = self.hits = 0
        self.rows.show(0)

    def on_searcher_began(self, message: Searcher.Began) -> None:
        """The numbers are there, and the first page."""
        if message.number != self.request.number:
            return
        self.searching = False
        self.documents, self.searched, self.trouble = message.documents, message.searched, message.trouble
        self.groups, self.facets, self.more = list(message.groups), [], message.more
        self.show(0)

    def on_searcher_counted(self, message: Searcher.Counted) -> None:
        if message.number == self.request.number:
            self.facets = message.facets
            if self.mode:
                self.show(0)

    def on_searcher_went_on(self, message: Searcher.WentOn) -> None:
        if message.number == self.request.number:
            self.groups += message.groups
            self.more = message.more
            self.show()

    # ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def by(self) -> str:
        return MODES[self.mode]

    def show(self, cursor: int | None = None) -> None:
        """Make the rows of what is found."""
        lines: list[Line] = []
        if self.by == "document":
            for n, group in enumerate(self.groups):
                lines += [Line()] * bool(lines)
                lines += [Line(n), *(Line(n, hit) for hit in range(len(group.hits)))]
        else:
            lines = [Line(facet=n) for n, facet in enumerate(self.facets) if facet.by == self.by]
            self.widest = max((cells(visible(label(self.facets[line.facet]))) for line in lines), default=0)
        self.lines = lines
        self.rows.show(len(lines), cursor=cursor)
        self.say_state()

    def say_state(self) -> None:
        request = self.request
        year, source = request.year, request.source
        narrowed = "" if year is None else str(year or NOT_KNOWN["year"])
        narrowed += "" if source is None else f"  {source or NOT_KNOWN['source']}"
        what = "Search the library 全庫檢索" + (f"  {visible(narrowed)}" if narrowed else "")
        self.query_one("#what", Static).update(plain(what))
        if not request.query:
            state = ""
        elif self.searching:
            state = "searching…"
        elif not self.documents:
            state = f"nothing found for {clip(visible(request.query), 24)} in {documents(self.searched)}"
        else:
            state = documents(self.documents) + (f", by {self.by}" if self.mode else "")
        self.query_one("#how-many", Static).update(plain(state))
        note = self.query_one("#note", Static)
        note.update(plain(self.trouble))
        note.display = bool(self.trouble)
        if self.line is not None:
            self.line.say(state if request.query else "")
        self.tell()

    def tell(self) -> None:
        line = self.at()
        if line is not None and line.group >= 0:
            self.status.place = self.groups[line.group].entry.id
        elif line is not None and line.facet >= 0:
            self.status.place = f"Enter shows only {label(self.facets[line.facet])}"
        else:
            self.status.place = "Library 書庫"
        self.status.hits = self.request.query

    def at(self) -> Line | None:
        """The row that the cursor is on."""
        return self.lines[self.rows.cursor] if self.rows.cursor < len(self.lines) else None

    def leads(self, row: int) -> bool:
        return self.lines[row] != Line()

    def draw(self, row: int, width: int) -> list[Run]:
        line = self.lines[row]
        if line.facet >= 0:
            facet = self.facets[line.facet]
            room = min(max(width - 12, 8), 40, self.widest)
            return [Run(cell(label(facet), room)), Run(cell(f"{facet.documents:,}", 10, right=True))]
        if line.group < 0:
            return []
        group = self.groups[line.group]
        return self.draw_head(group, width) if line.hit < 0 else self.draw_hit(group, line.hit, width)

    def draw_head(self, group: Group, width: int) -> list[Run]:
        entry = group.entry
        parts = [cell(day(entry.date), 10)] if width >= 44 else []
        if width >= 70:
            parts.append(cell(entry.source, min(max(width // 6, 12), 28)))
        parts.append(cell(f"{group.number:,} {'hit' if group.number == 1 else 'hits'}", 9, right=True))
        right = "  ".join(parts)
        room = min(width, 160) - cells(right) - 2
        return [Run(cell(entry.title or entry.id, room), "strong"), Run("  " + right, "quiet")]

    @staticmethod
    def draw_hit(group: Group, hit: int, width: int) -> list[Run]:
        """The words with what stands round them: as much before them as leaves them where the eye expects them."""
        found = group.hits[hit]
        room = min(width, 160) - INDENT
        left, words, right = map(visible, (found.left, found.words, found.right))
        words = clip(words, room)
        left = clip(left, min(room // 3, room - cells(words)), keep="end")
        right = clip(right, max(room - cells(left) - cells(words), 0))
        return [Run(" " * INDENT), Run(left), Run(words, "hit"), Run(right)]

    def on_rows_highlighted(self) -> None:
        self.tell()
        if self.more and self.by == "document" and self.rows.cursor + AHEAD > len(self.lines):
            self.more = False
            self.searcher.go_on()

    # ── commands ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_results_query(self) -> None:
        await self.open_line(LibraryLine, begun=self.request.query, earlier=self.earlier)
        self.say_state()

    def action_results_facet(self) -> None:
        self.mode = (self.mode + 1) % len(MODES)
        self.show(0)

    async def action_table_choose(self) -> None:
        if self.line is not None:
            self.search(await self.line.all_typed())
            self.keep_query()
        else:
            self.choose(self.rows.cursor)

    def keep_query(self) -> None:
        self.earlier[:] = self.close_line()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.choose(event.row)

    def choose(self, row: int) -> None:
        if not 0 <= row < len(self.lines):
            return
        line = self.lines[row]
        if line.facet >= 0:
            facet = self.facets[line.facet]
            self.mode = 0
            self.ask(
                self.request._replace(year=facet.year)
                if facet.by == "year"
                else self.request._replace(source=facet.name)
            )
        elif line.group >= 0:
            group = self.groups[line.group]
            query = self.request.query
            self.host.library_query = query
            sought = Sought(query, group.hits[line.hit].at) if line.hit >= 0 else Sought(query)
            self.host.open_document(group.entry.id, sought)

    async def action_library_step_back(self) -> None:
        if self.line is not None and self.lines:
            self.search(await self.line.all_typed())
            self.keep_query()
        elif self.line is not None:
            self.action_library_close()
        elif self.mode:
            self.mode = 0
            self.show(0)
        elif self.request.narrowed:
            self.ask(Request(self.request.query))
        else:
            self.action_library_close()

    def action_library_close(self) -> None:
        self.host.library_query = self.request.query
        self.dismiss(None)

    async def action_search_switch(self) -> None:
        """Take the query to the document that is open."""
        query = await self.line.all_typed() if self.line is not None else self.request.query
        await self.host.search_here(query)

    def values(self) -> list[list[object]]:
        """What is found, as far as it is there, as rows of plain values, headers first."""
        rows: list[list[object]] = [["id", "title", "date", "source", "hits", "left", "words", "right"]]
        for group in self.groups:
            e = group.entry
            rows += [[e.id, e.title, e.date, e.source, group.number, h.left, h.words, h.right] for h in group.hits]
        return rows

    async def action_table_write(self) -> None:
        from lishu_tui.tui.screens.export_table import ExportTableScreen

        rows = self.values()
        if len(rows) > 1:
            await self.app.push_screen(ExportTableScreen(rows, "library-search", f"Found: {self.request.query}"))

    def action_table_copy(self) -> None:
        from lishu_tui.export.tables import tsv
        from lishu_tui.tui.clipboard import copy

        rows = self.values()
        if len(rows) > 1:
            self.host.say(f"{len(rows) - 1:,} rows {copy(self.app, tsv(rows))}")
