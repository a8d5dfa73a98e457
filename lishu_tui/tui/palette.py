"""The command palette: every command of the screen one is on, by its title and help, in any of its words."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from lishu_tui.tui.commands import Command, commands_for
from lishu_tui.tui.keys import shown
from lishu_tui.tui.plain import plain
from lishu_tui.tui.screens.base import Host, LishuScreen


class CommandProvider(Provider):
    def commands(self) -> list[type[Command]]:
        where = self.screen.WHERE if isinstance(self.screen, LishuScreen) else "reader"
        return [command for command in commands_for(where) if command.name != "app.palette"]

    def label(self, command: type[Command]) -> str:
        keys = cast(Host, self.app).keys_of(command.name)
        return f"{command.title}  {shown(keys[0])}" if keys else command.title

    async def discover(self) -> Hits:
        for command in self.commands():
            run = partial(self.screen.run_action, command.action())
            yield DiscoveryHit(plain(self.label(command)), run, text=command.title, help=command.help())

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self.commands():
            score = max(matcher.match(command.title), 0.8 * matcher.match(command.help()))
            if score > 0:
                run = partial(self.screen.run_action, command.action())
                label = matcher.highlight(self.label(command))
                yield Hit(score, label if isinstance(label, Content) else plain(str(label)), run, help=command.help())
