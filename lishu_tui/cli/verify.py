"""`verify`: whether the stored edition is what it says that it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.places import load
from lishu_tui.cli.program import Command
from lishu_tui.cli.types import DOCUMENT
from lishu_tui.edition.places import BUNDLED, data_root

if TYPE_CHECKING:
    from lishu_tui.cli.checks import Report


def record(report: Report) -> dict[str, Any]:
    """What `verify --json` prints."""
    return {
        "document": report.document,
        "ok": not report.found and not report.unexplained,
        "characters": report.characters,
        "unexplained": report.unexplained,
        "checks": [{"check": c.name, "says": c.says, "ok": not c.found} for c in report.checks],
        "findings": [f._asdict() for f in report.found],
    }


@click.command(cls=Command)
@click.argument("document", metavar="[DOC]", type=DOCUMENT, default=BUNDLED)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
def verify(document: str, as_json: bool, folder: Path | None) -> int:
    """Check that the stored text is what it says that it is.

    The capture has its sha256; the apparatus turns the capture into the restored reading and back; the damage, run
    forward over the restored reading, gives the capture to the character; figures and names stand where they are said
    to; no other file was changed. Of DOC in the library the same, but for the files, which it has none of. This shows
    that the restoration is consistent with the capture, not that it is right. Exit status 1: something is not as it
    should be.

    Example: lishu-tui verify
    """
    from lishu_tui.cli import checks

    if folder is None and document != BUNDLED:
        from lishu_tui.cli.stored import verify_stored

        report = verify_stored(load(document))
    else:
        report = checks.verify(folder or data_root() / document)
    if as_json:
        output.write_json(record(report))
    else:
        lines = [f"{'NOT OK' if c.found else 'ok':<8}{c.name:<12}{c.says}" for c in report.checks]
        output.write_lines([*lines, f"{report.characters} characters, {report.unexplained} unexplained"])
        if report.found:
            more = f" (and {len(report.found) - 1} more)" if len(report.found) > 1 else ""
            output.complain(f"{report.found[0]}{more}")
    return ExitCode.NEGATIVE if report.found or report.unexplained else ExitCode.OK
