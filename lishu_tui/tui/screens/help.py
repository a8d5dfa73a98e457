"""All keys, by what they are for, made from the command classes and the keys in force."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from lishu_tui.tui.commands import COMMANDS, TABLE, CloseTable
from lishu_tui.tui.keys import rows, shown
from lishu_tui.tui.plain import plain_text
from lishu_tui.tui.screens.table import TableScreen, titled


class HelpScreen(TableScreen[None]):
    """Leads nowhere; scrolls."""

    HEADING = "Help 說明"

    def hints(self) -> str:
        return f"{shown(self.host.keys_of(CloseTable.name)[0])} {CloseTable.hint}"

    def tables(self, width: int) -> Sequence[RenderableType]:
        found: list[RenderableType] = []
        keys = dict(rows(self.host.keys))
        for group in dict.fromkeys(command.group for command in COMMANDS):
            made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, width=width, show_header=False)
            made.add_column(width=min(24, width // 3), no_wrap=False)
            made.add_column(ratio=1)
            for command in COMMANDS:
                if command.group == group:
                    made.add_row(plain_text(keys[command], "bold"), plain_text(command.help()))
            note = "in the tables" if all(c.where == (TABLE,) for c in COMMANDS if c.group == group) else ""
            found.append(titled(plain_text(group, "bold underline"), note, made, width))
        return found
