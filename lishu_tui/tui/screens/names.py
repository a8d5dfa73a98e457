"""The people, places, bodies and media that the text names; Enter steps through their places in the text.

What nobody has checked is marked as found, and the status line says by which rule; what a person is quoted as saying
stands beneath the name, and leads to the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.console import RenderableType

from lishu_tui.edition import Edition, Span
from lishu_tui.figures.names import RULES
from lishu_tui.figures.who import Named, names
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.awaited import AwaitedScreen
from lishu_tui.tui.screens.table import NARROW, table, titled
from lishu_tui.tui.widgets.table_view import of_row

KINDS = {"person": "People 人物", "place": "Places 地方", "body": "Bodies 機構", "media": "Media 媒體"}
QUOTES = 20
"""At most so many of a person's quotations are listed beneath the name; the address of each is in `quotes`."""


class Chosen(NamedTuple):
    """Where a row leads."""

    places: tuple[Span, ...]
    name: str


class NamesScreen(AwaitedScreen[Chosen]):
    """Dismisses with the name or the quotation chosen."""

    SORTS: ClassVar[tuple[str, ...]] = ("place in the text", "number of places", "English")
    HEADING = "People and places 人物與地方"
    MOST = 2_000_000  # who says what is told by the whole of a text, which takes a hundred times its room

    def find(self, edition: Edition) -> list[Named]:
        return names(edition)

    def take(self, found: Sequence[Named]) -> None:
        self.names = found
        self.by_id = {n.id: n for n in found}

    def sorted(self, kind: str) -> list[Named]:
        found = [n for n in self.names if n.kind == kind]
        if self.sort == "number of places":
            return sorted(found, key=lambda n: -len(n.places))
        if self.sort == "English":  # what has none comes last, as it stands in the text
            return sorted(found, key=lambda n: (not n.english, n.english.casefold(), n.places[0]))
        return sorted(found, key=lambda n: n.places[0])

    def found_tables(self, width: int) -> Sequence[RenderableType]:
        if not self.names:
            return [plain_text("No names are found in this article. Esc goes back to the text.")]
        found: list[RenderableType] = []
        for kind, title in KINDS.items():
            listed = self.sorted(kind)
            if not listed:
                continue
            with_office = width >= NARROW and any(n.office or n.said for n in listed)
            headers = [("name", "left"), ("English", "left"), ("places", "right"), ("office", "left")]
            made = table(*(headers if with_office else headers[:3]), width=width)
            made.columns[0].ratio, made.columns[1].ratio = 4, 5
            made.columns[2].min_width = 6
            if with_office:
                made.columns[3].ratio = 6
            for name in listed:
                second = plain_text(name.english) if name.origin == "checked" else plain_text("found", "dim")
                row = [plain_text(name.name, "bold"), second, plain_text(str(len(name.places)))]
                office = name.office_en or name.office or ""
                if with_office:
                    office += f"  “{name.said[0].quote}”" if len(name.said) == 1 else ""
                    row.append(plain_text(office, "dim"))
                made.add_row(*row, style=of_row(name.id))
                if len(name.said) > 1 and with_office:
                    for n, said in enumerate(name.said[:QUOTES]):
                        cells = [plain_text(""), plain_text(""), plain_text(""), plain_text(f"“{said.quote}”", "dim")]
                        made.add_row(*cells, style=of_row(f"{name.id}/{n}"))
            checked = sum(n.origin == "checked" for n in listed)
            note = f"{len(listed)}" if checked == len(listed) else f"{checked} checked · {len(listed) - checked} found"
            found.append(titled(plain_text(title, "bold"), note, made, width))
        return found

    def said(self, row: str) -> str:
        chosen = self.result(row)
        name = self.by_id[row.partition("/")[0]]
        office = f"  {name.office}" if name.office else ""
        rule = f" · found: {RULES.get(name.rule, name.rule)}" if name.origin == "found" else ""
        return f"{self.edition.address(chosen.places[0])}{office}{rule}"

    def result(self, row: str) -> Chosen:
        id, slash, number = row.partition("/")
        name = self.by_id[id]
        return Chosen((name.said[int(number)].span,) if slash else name.places, name.name)

    def values(self) -> list[list[object]]:
        rows: list[list[object]] = [
            ["id", "kind", "name", "english", "office", "office_en", "places", "origin", "rule"]
        ]
        for kind in KINDS:
            for n in self.sorted(kind):
                places = " ".join(str(self.edition.address(p)) for p in n.places)
                rows.append([n.id, n.kind, n.name, n.english, n.office, n.office_en, places, n.origin, n.rule])
        return rows
