"""The occurrences as a concordance: keyword in context, by section, sorted by place or by what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table

from lishu_tui.edition import Edition
from lishu_tui.search import Hit, Line, concordance
from lishu_tui.search.concordance import Sort
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import TableScreen, titled
from lishu_tui.tui.widgets.table_view import of_row
from lishu_tui.typeset import cells, clip

SORT_NAMES: dict[str, Sort] = {
    "place in the text": "place",
    "what stands to the left": "left",
    "what stands to the right": "right",
}


class OccurrencesScreen(TableScreen[int]):
    """Dismisses with the number of the hit chosen."""

    SORTS: ClassVar[tuple[str, ...]] = tuple(SORT_NAMES)

    def __init__(self, edition: Edition, hits: Sequence[Hit], what: str, at: int) -> None:
        super().__init__()
        self.edition, self.hits, self.what, self.at = edition, hits, what, at
        self.number = {hit: n for n, hit in enumerate(hits)}

    @property
    def HEADING(self) -> str:  # type: ignore[override]
        return f"{self.what}: {len(self.hits)} occurrences"

    def begin(self) -> str | None:
        return str(self.at) if self.at >= 0 else None

    def lines(self, width: int) -> list[Line]:
        return concordance(self.edition, self.hits, width, SORT_NAMES[self.sort])

    def tables(self, width: int) -> Sequence[RenderableType]:
        lines = self.lines(width // 2)
        keyword = min(max((cells(line.keyword) for line in lines), default=0), width // 2)
        side = max((width - keyword - 2) // 2, 4)
        groups: list[tuple[str, list[Line]]] = []
        if self.sort == "place in the text":
            for section in self.edition.sections:
                mine = [x for x in lines if section.first <= x.hit.span.paragraph < section.last]
                if mine:
                    groups.append((f"{section.label_en}  {section.short_label}", mine))
        else:
            groups.append((f"All sections, by {self.sort}", lines))
        found: list[RenderableType] = []
        for title, mine in groups:
            made = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
            made.add_column(width=side, justify="right", no_wrap=True)
            made.add_column(width=keyword, justify="center", no_wrap=True)
            made.add_column(width=side, no_wrap=True)
            for line in mine:
                made.add_row(
                    plain_text(clip(line.left, side, keep="end"), "dim"),
                    plain_text(clip(line.keyword, keyword), "bold"),
                    plain_text(clip(line.right, side), "dim"),
                    style=of_row(str(self.number[line.hit])),
                )
            found.append(titled(plain_text(title, "bold"), f"{len(mine)}", made, width))
        return found

    def said(self, row: str) -> str:
        hit = self.hits[int(row)]
        if hit.reading == "english":
            paragraph = self.edition.paragraphs[hit.span.paragraph]
            return f"{self.edition.id}/{paragraph.section}/{paragraph.number} English"
        return str(self.edition.address(hit.span))

    def result(self, row: str) -> int:
        return int(row)

    def values(self) -> list[list[object]]:
        def row(line: Line) -> list[object]:
            return [self.said(str(self.number[line.hit])), line.left, line.keyword, line.right]

        return [["address", "left", "keyword", "right"], *map(row, self.lines(40))]
