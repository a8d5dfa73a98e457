"""The library: all documents that a reader has, to sort, to filter, to open, to take out; and where to import from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from lishu_tui.edition import LishuError
from lishu_tui.library.store import Entry, Sort
from lishu_tui.tui.commands import LIBRARY
from lishu_tui.tui.keys import shown
from lishu_tui.tui.pasted import pasted_paths
from lishu_tui.tui.plain import plain
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.listing import AskingScreen
from lishu_tui.tui.shelf import BY_ITSELF, REST, Shelf
from lishu_tui.tui.widgets.rows import Column, Heads, Rows, Run, cell, day
from lishu_tui.tui.widgets.search_line import FilterLine, PathLine, SearchLine

SORTS: tuple[Sort, ...] = ("imported", "title", "date", "source", "characters", "damage")
ORDERS: dict[Sort, tuple[str, str]] = {
    "imported": ("by import, latest first", "by import, earliest first"),
    "title": ("by title", "by title, from the end"),
    "date": ("by date, latest first", "by date, earliest first"),
    "source": ("by source", "by source, from the end"),
    "characters": ("by length, longest first", "by length, shortest first"),
    "damage": ("by damage, most first", "by damage, least first"),
}
"""How each order is called, as it comes by itself and turned round."""
BREATHING = 130
"""Cells from which columns stand further apart and the day of the import is shown."""


TITLE_LONGEST = 88
"""Cells of a title at most: beyond them the eye would have to look for its date."""


class View(NamedTuple):
    """How the library was looked at, to find it so again."""

    sort: Sort
    descending: bool
    filter: str
    row: int


def columns(width: int) -> tuple[list[Column], int]:
    """The columns that a width has room for, and the cells between them. The title comes first and goes last."""
    gap = 4 if width >= BREATHING else 2
    made = [Column("date", "date", 10)] if width >= 44 else []
    if width >= 66:
        made.append(Column("source", "source", min(max(width // 6, 10), 28)))
    if width >= 72:
        made.append(Column("characters", "characters", 10, right=True))
    if width >= 84:
        made.append(Column("damage", "damage", 7, right=True))
    if width >= BREATHING:
        made.append(Column("imported", "imported", 10))
    title = width - sum(column.width + gap for column in made)
    return [Column("title", "title", min(title, TITLE_LONGEST)), *made], gap


def said(entry: Entry, key: str) -> str:
    """What stands in a column. No damage is no figure: most documents have none."""
    value = getattr(entry, "damaged" if key == "damage" else key)
    if key in ("imported", "date"):
        return day(str(value))
    return f"{value:,}" if isinstance(value, int) and (value or key != "damage") else str(value or "")


class LibraryScreen(AskingScreen[None]):
    """Choosing a document opens it in the reader; this screen stays until it is open."""

    WHERE = LIBRARY
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIBRARY)

    def __init__(self, shelf: Shelf, view: View | None = None, *, here: str = "") -> None:
        """`here` is the id of the document that is open."""
        super().__init__()
        self.shelf = shelf
        self.begin = 0
        self.seen_coming = 0  # documents of the import that is under way
        if view is not None:
            shelf.sort, shelf.descending, shelf.filter = view.sort, view.descending, view.filter
            shelf.refresh()
            self.begin = view.row
        self.here = here

    # ── composing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        with Horizontal(classes="list-head"):
            yield Static(plain("Library 書庫"), id="list-name")
            yield Static(plain(""), classes="list-title quiet", id="order")
            yield Static(plain(""), id="how-many")
        yield Static(plain(""), id="note")
        yield Heads()
        yield Rows(self.draw)
        yield from self.foot()

    async def opened(self) -> None:
        self.show(self.begin)

    def on_unmount(self) -> None:
        self.shelf.close()

    @property
    def view(self) -> View:
        """How the library is looked at."""
        return View(self.shelf.sort, self.shelf.descending, self.shelf.filter, self.rows.cursor)

    def show(self, cursor: int | None = None) -> None:
        """Draw what the shelf has."""
        shelf = self.shelf
        self.rows.show(len(shelf), cursor=cursor)
        self.set_heads()
        count = f"{len(shelf):,} of {shelf.total:,}" if shelf.filter else f"{shelf.total:,}"
        noun = "document" if shelf.total == 1 else "documents"
        self.query_one("#how-many", Static).update(plain(f"{count} {noun}"))
        self.query_one("#order", Static).update(plain(self.order))
        note = self.note()
        self.query_one("#note", Static).update(plain(note))
        self.query_one("#note").display = bool(note)
        self.tell()
        if shelf.busy:
            self.set_timer(2 * REST, self.look_again)

    def look_again(self) -> None:
        self.shelf.refresh()
        self.show()

    def set_heads(self) -> None:
        made, gap = columns(self.row_width)
        self.query_one(Heads).set_columns(made, gap, self.shelf.sort)

    def note(self) -> str:
        """What is to be said before the list: why the library cannot be read, or what to do with an empty one."""
        shelf = self.shelf
        if shelf.busy:  # it is asked again soon
            return "" if self.host.progress else shelf.trouble
        if shelf.trouble:
            return f"{shelf.trouble}\nOnly the bundled article is listed."
        if shelf.total == 1 and not shelf.filter:
            key = (
                shown(self.host.keys_of("library.import")[0]) if self.host.keys_of("library.import") else "the palette"
            )
            return f"Only the bundled article so far: lishu-tui import FILE…, {key}, or drop a file on this window."
        if not len(shelf):
            return "No document has all of that in its title, source, date or id."
        return ""

    def draw(self, row: int, width: int) -> list[Run]:
        entry = self.shelf.entry(row)
        if entry is None:
            return [Run("…", "quiet")]
        made, gap = columns(width)
        runs = []
        for column in made:
            look = "" if column.key in ("title", "characters", "damage") else "quiet"
            if column.key == "title" and entry.id == self.here:
                look = "strong"
            runs.append(Run(cell(said(entry, column.key), column.width, right=column.right) + " " * gap, look))
        return runs

    def on_rows_measured(self) -> None:
        self.set_heads()

    # ── what the line at the foot says ──────────────────────────────────────────────────────────────────────────────

    @property
    def order(self) -> str:
        shelf = self.shelf
        return ORDERS[shelf.sort][shelf.descending != (shelf.sort in BY_ITSELF)]

    def tell(self) -> None:
        if self.asking is not None:
            return
        entry = self.shelf.entry(self.rows.cursor) if len(self.shelf) else None
        self.status.place = entry.id if entry is not None else "Library 書庫"
        self.status.hits = f"{self.shelf.filter}: {len(self.shelf):,}" if self.shelf.filter else ""

    def on_rows_highlighted(self) -> None:
        self.tell()

    # ── sorting and filtering ───────────────────────────────────────────────────────────────────────────────────────

    def order_by(self, sort: Sort | None = None, *, descending: bool | None = None) -> None:
        self.shelf.arrange(sort=sort, descending=descending)
        self.show(0)

    def action_table_sort(self) -> None:
        self.order_by(SORTS[(SORTS.index(self.shelf.sort) + 1) % len(SORTS)])

    def action_library_reverse(self) -> None:
        self.order_by(descending=not self.shelf.descending)

    def on_heads_clicked(self, event: Heads.Clicked) -> None:
        """By that column; a second time the other way round."""
        key = next(sort for sort in SORTS if sort == event.key)
        if key == self.shelf.sort:
            self.action_library_reverse()
        else:
            self.order_by(key)

    async def action_library_filter(self) -> None:
        await self.open_line(FilterLine, begun=self.shelf.filter)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        if isinstance(self.line, FilterLine):
            self.narrow(event.query_text)

    def narrow(self, typed: str) -> None:
        if typed != self.shelf.filter:
            self.shelf.arrange(filter=typed)
            self.show(0)
        if self.line is not None:
            self.line.say(f"{len(self.shelf):,} of {self.shelf.total:,}")

    # ── opening, leaving ────────────────────────────────────────────────────────────────────────────────────────────

    async def action_table_choose(self) -> None:
        if self.line is not None:
            typed = await self.line.all_typed()
            importing = isinstance(self.line, PathLine)
            self.close_line()
            if importing:
                self.take(typed)
            else:
                self.narrow(typed)
        else:
            self.open(self.rows.cursor)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.open(event.row)

    def open(self, row: int) -> None:
        entry = self.shelf.entry(row) if len(self.shelf) else None
        if entry is not None:
            self.host.library_view = self.view
            self.host.open_document(entry.id)

    async def action_library_step_back(self) -> None:
        if self.line is not None:
            filtering = isinstance(self.line, FilterLine)
            await self.line.all_typed()
            self.close_line()
            if filtering:
                self.narrow("")
        elif self.shelf.filter:
            self.narrow("")
        else:
            self.action_library_close()

    def action_library_close(self) -> None:
        self.host.library_view = self.view
        self.dismiss(None)

    # ── taking away, taking out ─────────────────────────────────────────────────────────────────────────────────────

    def values(self) -> list[list[object]]:
        """The list as rows of plain values, headers first."""
        names = ("id", "title", "date", "source", "url", "characters", "damaged", "imported")
        return [list(names), *([getattr(e, name) for name in names] for e in self.shelf.all())]

    def action_table_copy(self) -> None:
        from lishu_tui.export.tables import tsv
        from lishu_tui.tui.clipboard import copy

        rows = self.values()
        self.host.say(f"{len(rows) - 1:,} rows {copy(self.app, tsv(rows))}")

    async def action_table_write(self) -> None:
        from lishu_tui.tui.screens.export_table import ExportTableScreen

        await self.app.push_screen(ExportTableScreen(self.values(), "library", "Library 書庫"))

    def action_library_remove(self) -> None:
        entry = self.shelf.entry(self.rows.cursor) if len(self.shelf) else None
        if entry is None:
            return
        if entry.id == self.shelf.bundled.id:
            self.host.say("The bundled article cannot be removed: it is part of the program")
            return
        self.asking = lambda: self.take_out(entry)
        self.status.place = f"Remove from the library: {entry.title or entry.id}?"
        self.status.hits = "y removes, any other key keeps it"

    def take_out(self, entry: Entry) -> None:
        try:
            self.shelf.remove(entry.id)
        except LishuError as error:
            self.host.say(str(error), timeout=12)
        else:
            self.host.say(f"Removed: {entry.title or entry.id}")
        self.show()

    # ── importing ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_library_import(self) -> None:
        await self.open_line(PathLine)

    def take(self, typed: str) -> None:
        """Import what a path leads to, however it is written."""
        if not typed.strip():
            return
        paths = pasted_paths(typed) or [Path(os.path.expanduser(typed.strip()))]
        self.host.import_paths(paths)

    def imported(self, added: int) -> None:
        if added != self.seen_coming:
            self.seen_coming = added
            self.look_again()
