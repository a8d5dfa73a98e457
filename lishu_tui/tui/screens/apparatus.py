"""The apparatus: what was changed from the capture, by rule, by place, and glosses by character, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from lishu_tui.edition import Edition, Span
from lishu_tui.edition.model import Emendation
from lishu_tui.export.apparatus import (
    CERTAINTY_SIGNS,
    EMENDATION_COLUMNS,
    emendation_record,
    gloss_groups,
    is_plain,
)
from lishu_tui.tui.commands import Evidence, SortTable
from lishu_tui.tui.keys import shown
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import NARROW, TableScreen, table, titled
from lishu_tui.tui.widgets.table_view import of_row


class Places(NamedTuple):
    """Where a row leads: its places in the restored reading, and what they are called."""

    spans: tuple[Span, ...]
    what: str


class ApparatusScreen(TableScreen[Places]):
    """Dismisses with the places of the row chosen."""

    HEADING = "Apparatus 校勘記"

    def __init__(self, edition: Edition, near: int) -> None:
        super().__init__()
        self.edition = edition
        self.near = near
        self.opened: set[str] = set()
        self.cruces = {f"e{n}": e for n, e in enumerate(edition.emendations) if not is_plain(e)}
        self.glosses = gloss_groups(edition, edition.emendations)

    def begin(self) -> str | None:
        return next((row for row, e in self.cruces.items() if e.span.paragraph >= self.near), None)

    def hints(self) -> str:
        """No sorting here, but a word on the evidence."""
        words = [word for word in super().hints().split("  ") if not word.endswith(f" {SortTable.hint}")]
        return "  ".join([*words[:1], f"{shown(self.host.keys_of(Evidence.name)[0])} evidence", *words[1:]])

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def tables(self, width: int) -> Sequence[RenderableType]:
        edition = self.edition
        if not edition.emendations and not edition.rules:
            return [plain_text("Nothing was changed: the text stands as it was captured. Esc goes back to the text.")]
        found: list[RenderableType] = []
        if edition.rules:
            found.append(titled(plain_text("Rules 通例", "bold"), "", self.rules(width), width))
        if self.cruces:
            head = plain_text("Places 異文", "bold")
            found.append(titled(head, f"{len(self.cruces)}", self.places(width), width))
        if self.glosses:
            head = plain_text("Glosses taken out 刪去注音", "bold")
            count = sum(len(g.places) for g in self.glosses)
            found.append(titled(head, f"{count}", self.gloss_table(width), width))
        return found

    def rules(self, width: int) -> RenderableType:
        if width < NARROW:
            found: list[RenderableType] = []
            for rule in self.edition.rules:
                said = (
                    f"{' '.join(rule.stood)} → {' '.join(rule.stands)}  {rule.count} places"
                    if rule.stood
                    else rule.stands
                )
                found += [plain_text(said), Padding(plain_text(rule.reason, "dim"), (0, 0, 0, 2))]
            return Group(*found)
        made = table(("stood", "left"), ("stands", "left"), ("why", "left"), ("places", "right"), width=width)
        made.columns[0].width, made.columns[1].width, made.columns[3].width = 10, 18, 6
        made.columns[2].ratio = 1
        made.columns[1].no_wrap = made.columns[2].no_wrap = False
        made.columns[1].overflow = made.columns[2].overflow = "fold"
        for rule in self.edition.rules:
            many = str(rule.count) if rule.stood else ""
            stood = " ".join(rule.stood) if rule.stood else "as it was"
            stands = " ".join(rule.stands) if rule.stood else rule.stands
            made.add_row(plain_text(stood), plain_text(stands), plain_text(rule.reason, "dim"), plain_text(many))
        return made

    def places(self, width: int) -> RenderableType:
        """A row a place; what is known of an opened one stands beneath it, over the whole width, so that the table is
        cut there and goes on below in columns of the same widths."""
        parts: list[RenderableType] = []
        made = self.places_table(width)
        for row, e in self.cruces.items():
            look = {"certain": "", "named": "italic", "chosen": "bold"}[e.certainty]
            cells = [
                plain_text(CERTAINTY_SIGNS[e.certainty], "bold"),
                plain_text(e.stood, look),
                plain_text(e.stands or "(nothing)", look),
                plain_text(e.kind),
                plain_text(self.how_sure(e), "dim"),
            ]
            made.add_row(*cells[: len(made.columns)], style=of_row(row))
            if row in self.opened:
                evidence = plain_text("", "dim")
                for text in self.evidence(e, narrow=width < NARROW):
                    evidence.append_text(plain_text(text, "dim")).append("\n")
                evidence.rstrip()
                evidence.stylize(of_row(row))
                parts += [made, Padding(evidence, (0, 2, 0, 3))]
                made = self.places_table(width)
                made.show_header = False
        return Group(*parts, made)

    def places_table(self, width: int) -> Table:
        headers = [("", "left"), ("stood", "left"), ("stands", "left"), ("class", "left"), ("how sure", "left")]
        narrow = width < NARROW
        made = table(*(headers[:4] if narrow else headers), width=width)
        made.columns[0].width, made.columns[3].width = 1, 12
        made.columns[1].ratio, made.columns[2].ratio = 3, 3
        if not narrow:
            made.columns[4].ratio = 5
        return made

    def how_sure(self, e: Emendation) -> str:
        if e.certainty != "chosen":
            return e.certainty
        second = f"; next {e.runner_up}" if e.runner_up else ""
        return f"chosen among {e.candidates}{second}" if e.candidates > 1 else "chosen"

    def evidence(self, e: Emendation, *, narrow: bool) -> list[str]:
        """What a row shows when it is opened: bytes, alternatives, reason."""
        found = [self.how_sure(e)] if narrow else []
        if e.bytes:
            found.append(f"bytes {e.bytes}")
        if e.runner_up is not None:
            margin = f", {e.margin:g} nats behind" if e.margin is not None else ""
            found.append(f"{e.runner_up} is the next of {e.candidates}{margin}")
        if e.reason:
            found.append(e.reason)
        found.append("consistent with the capture" if e.consistent else "the line does not come out as captured")
        return found

    def gloss_table(self, width: int) -> RenderableType:
        made = table(
            ("", "left"), ("stood", "left"), ("stands", "left"), ("places", "right"), ("", "left"), width=width
        )
        made.columns[0].width = 1
        made.columns[1].width, made.columns[2].width, made.columns[3].width, made.columns[4].ratio = 14, 8, 6, 1
        for n, g in enumerate(self.glosses):
            row = [
                plain_text(CERTAINTY_SIGNS["certain"]), plain_text(g.character + g.gloss), plain_text(g.character),
                plain_text(str(len(g.places))), plain_text(""),
            ]  # fmt: skip
            made.add_row(*row, style=of_row(f"g{n}"))
        return made

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def said(self, row: str) -> str:
        if row in self.cruces:
            return str(self.edition.address(self.cruces[row].span))
        g = self.glosses[int(row[1:])]
        return f"{g.character}{g.gloss}  {len(g.places)} place{'s' * (len(g.places) != 1)}"

    def result(self, row: str) -> Places:
        if row in self.cruces:
            e = self.cruces[row]
            return Places((e.seat,), f"{e.stood} → {e.stands}")
        g = self.glosses[int(row[1:])]
        return Places(g.places, g.character + g.gloss)

    def action_table_evidence(self) -> None:
        row = self.view.row
        if row in self.cruces:
            self.opened ^= {row}
            self.view.draw()
        elif row is not None:
            self.host.say("A gloss taken out is certain: both its brackets and the character before it are on show")

    def values(self) -> list[list[object]]:
        records = [emendation_record(self.edition, e) for e in self.edition.emendations]
        rows: list[list[object]] = [[*r.values()] for r in records]
        return [[*EMENDATION_COLUMNS], *rows]
