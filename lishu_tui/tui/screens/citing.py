"""Styles of citation to choose from, and beneath them the citation in the one that the cursor is on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.binding import BindingType

from lishu_tui.edition import Address, Edition, LishuError
from lishu_tui.export.citations import STYLES, cite, day_of_access, default_style, reference
from lishu_tui.tui.commands import CITING
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.base import bindings
from lishu_tui.tui.screens.table import TableScreen, titled
from lishu_tui.tui.widgets.table_view import TableView, of_row


class CitingScreen(TableScreen[None], inherit_bindings=False):
    """Leads nowhere: the citation is copied or written from here."""

    WHERE = CITING
    HEADING = "Cite 引用"
    BINDINGS: ClassVar[list[BindingType]] = bindings(CITING)

    def __init__(self, edition: Edition, passage: Address, chosen: bool) -> None:
        """`passage` is what is cited where not the whole is; `chosen` says that the reader has selected it."""
        super().__init__()
        self.edition = edition
        self.passage = passage
        self.whole = not chosen
        self.style_shown = default_style(reference(edition))

    def citation(self) -> str:
        """The citation in the style that the cursor is on."""
        cited = reference(self.edition, None if self.whole else self.passage)
        return cite(cited, self.style_shown, accessed=day_of_access(cited, date.today()))

    def begin(self) -> str:
        return self.style_shown

    def tables(self, width: int) -> Sequence[RenderableType]:
        styles = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
        styles.add_column(no_wrap=True)
        styles.add_column(no_wrap=True, overflow="ellipsis")
        for name, style in STYLES.items():
            styles.add_row(plain_text(style.label), plain_text(style.about, "dim"), style=of_row(name))
        preview = Text("\n").join(plain_text(line) for line in self.citation().split("\n"))
        preview.overflow = "fold"
        what = "the document" if self.whole else str(self.passage)
        head = plain_text(STYLES[self.style_shown].label, "bold")
        return [titled(plain_text("Styles", "bold"), "", styles, width), titled(head, what, preview, width)]

    def on_table_view_highlighted(self, event: TableView.Highlighted) -> None:
        if event.row != self.style_shown:
            self.style_shown = event.row
            self.view.draw()
        super().on_table_view_highlighted(event)

    def choose(self, row: str | None) -> None:
        self.action_cite_copy()

    def action_cite_copy(self) -> None:
        from lishu_tui.tui.clipboard import copy

        self.show_now()
        self.host.say(f"{STYLES[self.style_shown].label}: {copy(self.app, self.citation())}")

    def action_cite_write(self) -> None:
        from lishu_tui.export.writing import write_beside

        self.show_now()
        text = self.citation() + "\n"
        try:
            path = self.free_name(text)
            write_beside(path, [text])
        except (LishuError, OSError) as error:
            self.host.say(f"Not written: {error}")
        else:
            self.host.say(f"Written to {path}")

    def action_cite_passage(self) -> None:
        self.whole = not self.whole
        self.view.draw()

    def action_cite_close(self) -> None:
        self.dismiss(None)

    def show_now(self) -> None:
        """What the cursor is on counts, also where the word of its move has not arrived yet."""
        self.style_shown = self.view.row or self.style_shown

    def free_name(self, text: str) -> Path:
        """A name in the present folder that no other file has; one that holds just this is written again."""
        style = STYLES[self.style_shown]
        for n in count(1):
            name = f"{self.edition.id}-{self.style_shown}{f'-{n}' if n > 1 else ''}{style.suffix}"
            path = Path.cwd() / name
            if not os.path.lexists(path):
                break
            if path.is_file() and path.stat().st_size < 1 << 20 and path.read_bytes() == text.encode():
                break
        return path
