"""The people, places, bodies and media that the text names; Enter steps through their places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType

from lishu_tui.edition import Edition
from lishu_tui.edition.model import Name
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import NARROW, TableScreen, table, titled
from lishu_tui.tui.widgets.table_view import of_row

KINDS = {"person": "People 人物", "place": "Places 地方", "body": "Bodies 機構", "media": "Media 媒體"}


class NamesScreen(TableScreen[Name]):
    """Dismisses with the name chosen."""

    SORTS: ClassVar[tuple[str, ...]] = ("place in the text", "number of places", "English")
    HEADING = "People and places 人物與地方"

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.edition = edition
        self.by_id = {n.id: n for n in edition.names}

    def sorted(self, kind: str) -> list[Name]:
        names = [n for n in self.edition.names if n.kind == kind]
        if self.sort == "number of places":
            return sorted(names, key=lambda n: -len(n.places))
        if self.sort == "English":
            return sorted(names, key=lambda n: n.english.casefold())
        return sorted(names, key=lambda n: n.places[0])

    def tables(self, width: int) -> Sequence[RenderableType]:
        if not self.edition.names:
            return [plain_text("Nobody has listed the names of this article. Esc goes back to the text.")]
        found: list[RenderableType] = []
        for kind, title in KINDS.items():
            names = self.sorted(kind)
            if not names:
                continue
            with_office = width >= NARROW and any(n.office or n.said for n in names)
            headers = [("name", "left"), ("English", "left"), ("places", "right"), ("office", "left")]
            made = table(*(headers if with_office else headers[:3]), width=width)
            made.columns[0].ratio, made.columns[1].ratio = 4, 5
            made.columns[2].min_width = 6
            if with_office:
                made.columns[3].ratio = 6
            for name in names:
                row = [plain_text(name.name, "bold"), plain_text(name.english), plain_text(str(len(name.places)))]
                if with_office:
                    office = name.office_en or ""
                    office += f"  “{name.said[0].quote}”" if name.said else ""
                    row.append(plain_text(office, "dim"))
                made.add_row(*row, style=of_row(name.id))
            found.append(titled(plain_text(title, "bold"), f"{len(names)}", made, width))
        return found

    def said(self, row: str) -> str:
        name = self.by_id[row]
        office = f"  {name.office}" if name.office else ""
        return f"{self.edition.address(name.places[0])}{office}"

    def result(self, row: str) -> Name:
        return self.by_id[row]

    def values(self) -> list[list[object]]:
        rows: list[list[object]] = [["id", "kind", "name", "english", "office", "office_en", "places"]]
        for kind in KINDS:
            for n in self.sorted(kind):
                places = " ".join(str(self.edition.address(p)) for p in n.places)
                rows.append([n.id, n.kind, n.name, n.english, n.office, n.office_en, places])
        return rows
