"""`show`: the text in one of its readings."""

from __future__ import annotations

from typing import cast

import click

from lishu_tui.cli.program import Command
from lishu_tui.cli.showing import show_text
from lishu_tui.cli.types import ADDRESS
from lishu_tui.edition import READINGS, Address, Reading


@click.command(cls=Command)
@click.argument("address", type=ADDRESS, required=False)
@click.option(
    "--reading", type=click.Choice(READINGS), default="restored", show_default=True, help="Which reading to print."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(address: Address | None, reading: str, as_json: bool) -> None:
    """Print the text.

    All of the bundled article, or what ADDRESS covers, of it or of a document of the library: one paragraph a line, an
    empty line between paragraphs. The capture is printed exactly as it was captured; of the English reading a range of
    characters gives the whole paragraph.

    Example: lishu-tui show lishu/closing --reading english
    """
    show_text(address, cast(Reading, reading), as_json=as_json)
