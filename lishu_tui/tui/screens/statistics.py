"""Every figure that the article reports, in Rich tables; Enter goes to the sentence with the figure lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lishu_tui.edition import Edition, Span, Statistic
from lishu_tui.edition.model import Comparison
from lishu_tui.export.figures import amount, around, bar
from lishu_tui.export.tables import STATISTIC_COLUMNS, statistic_record
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import NARROW, TableScreen, table, titled
from lishu_tui.tui.widgets.table_view import of_row


class StatisticsScreen(TableScreen[Span]):
    """Dismisses with the span of the figure chosen."""

    SORTS: ClassVar[tuple[str, ...]] = ("section", "place in the text", "value")
    HEADING = "Statistics 數字  as reported"

    def __init__(self, edition: Edition, near: int) -> None:
        super().__init__()
        self.edition = edition
        self.near = near  # the paragraph one comes from: the cursor begins at the first figure from there on
        self.by_id = {s.id: s for s in edition.statistics}

    def begin(self) -> str | None:
        return next((s.id for s in self.edition.statistics if s.span.paragraph >= self.near), None)

    def as_it_stands(self, statistic: Statistic) -> Text:
        left, quote, right = around(self.edition, statistic)
        found = plain_text(left, "dim", no_wrap=True)
        found.append_text(plain_text(quote, "bold"))
        found.append_text(plain_text(right, "dim"))
        return found

    def figures(self, statistics: Sequence[Statistic], width: int) -> Table:
        narrow = width < NARROW
        headers = [("value", "right"), ("what", "left"), ("Chinese", "left"), ("as it stands", "left")]
        made = table(*(headers[:3] if narrow else headers), width=width)
        made.columns[0].min_width = 7
        made.columns[1].ratio, made.columns[2].ratio = 6, 4
        for column in made.columns[1:3]:
            column.no_wrap, column.overflow = narrow, "ellipsis" if narrow else "fold"
        if not narrow:
            made.columns[3].min_width = 40
            made.columns[3].ratio = 6
        for s in statistics:
            cells = [plain_text(amount(s), "bold"), plain_text(s.label_en), plain_text(s.label)]
            if not narrow:
                cells.append(self.as_it_stands(s))
            made.add_row(*cells, style=of_row(s.id))
        return made

    def tables(self, width: int) -> Sequence[RenderableType]:
        statistics = self.edition.statistics
        if not statistics:
            return [plain_text("This article reports no figures that anybody has listed. Esc goes back to the text.")]
        found: list[RenderableType] = []
        if self.sort != "section":
            order = list(statistics)
            if self.sort == "value":
                order.sort(key=lambda s: -s.value)
            title = plain_text(f"All figures, by {self.sort}", "bold")
            found.append(titled(title, f"as reported, {len(order)} figures", self.figures(order, width), width))
        else:
            for section in self.edition.sections:
                mine = [s for s in statistics if section.first <= s.span.paragraph < section.last]
                if mine:
                    title = plain_text(section.label_en, "bold")
                    title.append_text(plain_text("  " + section.short_label, "bold"))
                    many = "figure" if len(mine) == 1 else "figures"
                    found.append(titled(title, f"as reported, {len(mine)} {many}", self.figures(mine, width), width))
        found += [self.comparison(c, width) for c in self.edition.comparisons]
        return found

    def comparison(self, comparison: Comparison, width: int) -> RenderableType:
        """What belongs side by side, with bars on one scale. A cell that the text does not report says so."""
        values = [self.by_id[c].value for _, _, cells in comparison.rows for c in cells if c]
        most = max(values, default=1) or 1
        narrow = width < NARROW
        columns = len(comparison.columns)
        label = 14 if narrow else 32
        value = 7 if narrow else 12
        length = max((width - label - 2 - columns * (value + 4)) // columns, 4)
        made = table(
            ("", "left"),
            *(h for zh, en in comparison.columns for h in ((en if narrow else f"{en} {zh}", "right"), ("", "left"))),
            width=width,
        )
        made.columns[0].width = label
        for at in range(1, 2 * columns, 2):
            made.columns[at].width, made.columns[at + 1].width = value, length
        style = self.view.get_component_rich_style("table-view--bar")
        for zh, en, cells in comparison.rows:
            row = [plain_text(zh if narrow else f"{zh}  {en}")]
            for cell in cells:
                if cell is None:
                    row += [plain_text("not said", "dim"), plain_text("")]
                    continue
                s = self.by_id[cell]
                row += [plain_text(amount(s), "bold"), plain_text(bar(s.value, most, length), style)]
            first = next((c for c in cells if c), None)
            made.add_row(*row, style=of_row(f"{first}\0{comparison.id}") if first else None)
        title = plain_text(comparison.label_en, "bold")
        title.append_text(plain_text("  " + comparison.label, "bold"))
        return titled(title, "one scale" if narrow else "side by side, one scale", made, width)

    def statistic(self, row: str) -> Statistic:
        return self.by_id[row.partition("\0")[0]]

    def said(self, row: str) -> str:
        return str(self.edition.address(self.statistic(row).span))

    def result(self, row: str) -> Span:
        return self.statistic(row).span

    def values(self) -> list[list[object]]:
        records = [statistic_record(self.edition, s) for s in self.edition.statistics]
        if self.sort == "value":
            records.sort(key=lambda r: -float(str(r["value"])))
        rows: list[list[object]] = [[*r.values()] for r in records]
        return [[*STATISTIC_COLUMNS], *rows]
