"""Every figure that a document reports, in Rich tables; Enter goes to the sentence with the figure lit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lishu_tui.edition import Edition, Span, Statistic
from lishu_tui.edition.model import Comparison
from lishu_tui.export.figures import amount, around, bar
from lishu_tui.export.tables import STATISTIC_COLUMNS, statistic_record
from lishu_tui.figures.across import scaled
from lishu_tui.figures.statistics import statistics
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.awaited import AwaitedScreen
from lishu_tui.tui.screens.table import NARROW, table, titled
from lishu_tui.tui.widgets.table_view import of_row

MOST = 2_000
"""Rows that are drawn; `stats` prints all."""
BAR = 24


class StatisticsScreen(AwaitedScreen[Span]):
    """Dismisses with the span of the figure chosen."""

    SORTS: ClassVar[tuple[str, ...]] = ("section", "place in the text", "value")
    HEADING = "Statistics 數字  as reported"

    def __init__(self, edition: Edition, near: int) -> None:
        self.near = near  # the paragraph one comes from: the cursor begins at the first figure from there on
        self.kind = ""  # of which kind figures are shown; all where empty
        self.computed = False
        super().__init__(edition)

    def find(self, edition: Edition) -> tuple[Statistic, ...]:
        return statistics(edition)

    def take(self, found: tuple[Statistic, ...]) -> None:
        self.all = found
        self.by_id = {s.id: s for s in found}
        self.__dict__.pop("kinds", None)

    @property
    def shown(self) -> list[Statistic]:
        return [s for s in self.all if not self.kind or s.kind == self.kind][:MOST]

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds that there are, the commonest first."""
        kinds = [s.kind for s in self.all]
        return sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))

    def begin(self) -> str | None:
        return next((s.id for s in self.all if s.span.paragraph >= self.near), None)

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
            cells = [plain_text(amount(s), "bold"), *self.what(s)]
            if not narrow:
                cells.append(self.as_it_stands(s))
            made.add_row(*cells, style=of_row(s.id))
        return made

    def what(self, s: Statistic) -> list[Text]:
        """What is counted, in English and in Chinese; of a figure that rules have found, that it is so, and a unit."""
        if s.origin == "checked":
            return [plain_text(s.label_en), plain_text(s.label)]
        return [plain_text(f"found: {s.kind}", "dim"), plain_text(f"{s.unit or ''} {s.counted or ''}".strip())]

    def scaled(self, statistics: Sequence[Statistic], width: int) -> Table:
        """Figures of one kind and one scale, the largest first, with bars."""
        made = table(("value", "right"), ("", "left"), ("what", "left"), ("as it stands", "left"), width=width)
        values = {s.id: scaled(s)[1] for s in statistics}
        most = max((abs(value) for value in values.values()), default=1) or 1
        length = min(BAR, max(width // 5, 4))
        made.columns[0].min_width, made.columns[1].width = 10, length
        made.columns[2].ratio, made.columns[3].ratio = 3, 4
        style = self.view.get_component_rich_style("table-view--bar")
        for s in sorted(statistics, key=lambda s: -values[s.id]):
            value = plain_text(f"{amount(s)} {s.unit or ''}".rstrip(), "bold")
            drawn = plain_text(bar(abs(values[s.id]), most, length), style)
            noun = plain_text(s.label if s.origin == "checked" else s.counted or "")
            made.add_row(value, drawn, noun, self.as_it_stands(s), style=of_row(s.id))
        return made

    def found_tables(self, width: int) -> Sequence[RenderableType]:
        shown = self.shown
        if not self.all:
            return [plain_text("No figure is found in this text. Esc goes back to it.")]
        found: list[RenderableType] = []
        if self.kind:
            by_scale: dict[str, list[Statistic]] = {}
            for s in shown:
                by_scale.setdefault(scaled(s)[0], []).append(s)
            for scale, mine in sorted(by_scale.items(), key=lambda item: -len(item[1])):
                title = plain_text(f"{self.kind}, {scale}" if scale else self.kind, "bold")
                found.append(titled(title, f"as reported, {len(mine)}, one scale", self.scaled(mine, width), width))
            return found
        if self.sort != "section":
            order = list(shown)
            if self.sort == "value":
                order.sort(key=lambda s: -s.value)
            title = plain_text(f"All figures, by {self.sort}", "bold")
            found.append(titled(title, f"as reported, {len(order)} figures", self.figures(order, width), width))
        else:
            by_section: dict[int, list[Statistic]] = {}
            for s in shown:
                by_section.setdefault(self.edition.section_number(s.span.paragraph), []).append(s)
            for number, section in enumerate(self.edition.sections):
                if mine := by_section.get(number, []):
                    title = plain_text(section.label_en, "bold")
                    title.append_text(plain_text("  " + section.short_label, "bold"))
                    many = "figure" if len(mine) == 1 else "figures"
                    found.append(titled(title, f"as reported, {len(mine)} {many}", self.figures(mine, width), width))
        found += [self.comparison(c, width) for c in self.edition.comparisons]
        if len(self.all) > MOST:
            found.append(plain_text(f"The first {MOST:,} of {len(self.all):,}; `lishu-tui stats` prints all.", "dim"))
        return found

    def comparison(self, comparison: Comparison, width: int) -> RenderableType:
        """What belongs side by side, with bars on one scale. A cell that the text does not report says so."""
        values = [self.by_id[c].value for _, _, cells in comparison.rows for c in cells if c]
        most = max(values, default=1) or 1
        narrow = width < NARROW
        columns = len(comparison.columns)
        label = 14 if narrow else 32
        value = 7 if narrow else 12
        ours = self.computed and columns == 2
        length = max((width - label - 2 - columns * (value + 4) - (14 if ours else 0)) // columns, 4)
        headers = [("", "left")]
        for zh, en in comparison.columns:
            headers += [(en if narrow else f"{en} {zh}", "right"), ("", "left")]
        if ours:
            headers.append(("computed", "right"))
        made = table(*headers, width=width)
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
            if ours:
                row.append(plain_text(self.ratio(cells), "italic"))
            first = next((c for c in cells if c), None)
            made.add_row(*row, style=of_row(f"{first}\0{comparison.id}") if first else None)
        title = plain_text(comparison.label_en, "bold")
        title.append_text(plain_text("  " + comparison.label, "bold"))
        note = "one scale" if narrow else "side by side, one scale"
        if ours:
            (_, one), (_, other) = comparison.columns
            note = f"computed by us: {other} to each of {one}"
        return titled(title, note, made, width)

    def ratio(self, cells: Sequence[str | None]) -> str:
        """How many of the second column fall to one of the first; we compute it, no text reports it."""
        if None in cells or not self.by_id[cells[0] or ""].value:
            return ""
        one, other = (self.by_id[cell or ""].value for cell in cells)
        return f"≈ {other / one:.1f}"

    def statistic(self, row: str) -> Statistic:
        return self.by_id[row.partition("\0")[0]]

    def said(self, row: str) -> str:
        statistic = self.statistic(row)
        return f"{self.edition.address(statistic.span)}  {statistic.origin}"

    def result(self, row: str) -> Span:
        return self.statistic(row).span

    def values(self) -> list[list[object]]:
        records = [statistic_record(self.edition, s) for s in self.shown]
        if self.sort == "value":
            records.sort(key=lambda r: -float(str(r["value"])))
        rows: list[list[object]] = [[*r.values()] for r in records]
        return [[*STATISTIC_COLUMNS], *rows]

    def action_table_kind(self) -> None:
        """All kinds, then one after the other."""
        order = ["", *self.kinds]
        self.kind = order[(order.index(self.kind) + 1) % len(order)]
        self.view.draw()
        self.host.say(f"only {self.kind}" if self.kind else "all kinds")

    def action_table_computed(self) -> None:
        if not self.edition.comparisons:
            self.host.say("There is nothing here to compute from: no table sets figures side by side")
            return
        self.computed = not self.computed
        self.view.draw()
        self.host.say("computed values are shown, in italics" if self.computed else "only what is reported")

    async def action_table_across(self) -> None:
        from lishu_tui.tui.screens.across import AcrossScreen

        row = self.view.row
        noun = self.statistic(row).counted if row is not None else None
        if noun is None:
            self.host.say("The text does not say what this figure counts")
            return

        def chosen(address: tuple[str, Span] | None) -> None:
            if address is not None and address[0] == self.edition.id:
                self.dismiss(address[1])

        await self.app.push_screen(AcrossScreen(noun, self.edition), chosen)
