"""`import`: captures taken into the library, with what became of each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.ending import Ended, ending
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.files import STDIN, complete_files, read_file
from lishu_tui.cli.program import Command
from lishu_tui.edition import LishuError

if TYPE_CHECKING:
    from lishu_tui.library.importing import Blob, Outcome, Progress

FIELDS = ("id", "title", "date", "url", "format", "paragraphs", "characters", "damaged", "dropped")
"""What a JSON line says of a document, as the library's list has it."""


def record(outcome: Outcome) -> dict[str, Any]:
    """A line of `import --json`. Of what failed nothing is known but the file and why."""
    entry = outcome.entry
    found: dict[str, Any] = {field: getattr(entry, field, None) for field in FIELDS}
    found |= {"status": outcome.status, "file": outcome.file}
    if outcome.status == "failed":
        found["error"] = outcome.says
    return found


def summary(counts: Counter[str], skipped: Counter[str]) -> str:
    """How many of each, and why what was skipped was."""
    said = [f"{counts[status]:,} {status}" for status in ("added", "known", "failed")]
    if skipped:
        why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(skipped.items()))
        said.append(f"{skipped.total():,} skipped ({why})")
    return ", ".join(said)


class _Teller:
    """Tells of outcomes as they come: JSON lines, a line on stderr for what failed, a bar where there is a terminal."""

    def __init__(self, as_json: bool, complain: Callable[[str], None]) -> None:
        self.as_json, self.complain = as_json, complain
        self.counts: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    def tell(self, outcome: Outcome) -> None:
        self.counts[outcome.status] += 1
        if outcome.status == "skipped":
            self.skipped[outcome.says] += 1
        elif self.as_json and outcome.status != "noticed":
            output.write_json_line(record(outcome))
        if outcome.status in ("failed", "noticed"):
            self.complain(outcome.says)

    def summary(self) -> str:
        return summary(self.counts, self.skipped)


@contextmanager
def bar(shown: bool) -> Iterator[tuple[Callable[[Progress], None] | None, Callable[[str], None]]]:
    """A progress bar on stderr if that is a terminal: what moves it, and what complains above it."""
    if not shown or not output.is_terminal(sys.stderr) or output.is_plain_terminal():
        yield None, output.complain
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    with Progress(
        TextColumn("importing", markup=False), BarColumn(), MofNCompleteColumn(), TextColumn("files", markup=False),
        TextColumn("{task.fields[documents]} documents", markup=False), TimeRemainingColumn(),
        console=output.quiet_console(sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False,
    ) as drawn:  # fmt: skip
        task = drawn.add_task("", total=None, documents=0)

        def move(progress: Any) -> None:
            drawn.update(task, total=progress.of, completed=progress.files, documents=progress.documents)

        def complain(message: str) -> None:
            drawn.console.print(Text(output.visible(f"lishu-tui: {message}")), soft_wrap=True)

        yield move, complain


def blob(name: str) -> Blob:
    """Standard input as a file with this name."""
    from lishu_tui.library.importing import Blob

    return Blob(read_file(STDIN), name)


@click.command("import", cls=Command)
@click.argument("paths", metavar="PATH|-…", nargs=-1, required=True, shell_complete=complete_files)
@click.option("--name", metavar="NAME", default="standard input", help="What to call what comes by standard input.")
@click.option("--strict", is_flag=True, help="Count as failed what is read but not whole: a web archive cut off.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line for each document.")
def import_(paths: tuple[str, ...], name: str, strict: bool, as_json: bool) -> int:
    """Take captured pages into the library.

    Files, folders with all that is in them, or - for standard input: plain text, Markdown, web pages as browsers and
    archiving tools save them (.html, .mhtml), web archives (.warc, .warc.gz, .wacz), EPUB, Zotero's and ArchiveBox's
    folders. Nothing is fetched. Each is restored if it is damaged and kept with its bytes; what is there already is
    known. A bad file is named on stderr and the rest goes on. A JSON line has id, title, date, url, format, paragraphs,
    characters, damaged (emendations), dropped (characters of the page that are not in the text), status (added, known
    or failed), file, and error where it failed. Exit status 1: something failed.

    Example: lishu-tui import ~/captures page.html --json
    """
    from lishu_tui.library.importing import import_paths
    from lishu_tui.library.store import Library

    if "" in paths:  # which would be the folder that we are in
        raise LishuError("PATH", "", "is empty", "a file or a folder")
    sources = [blob(name) if path == STDIN else Path(path) for path in paths]
    ended = 0
    with Library.open(write=True) as library:
        with bar(not (as_json and output.is_terminal(sys.stdout))) as (move, complain):
            teller = _Teller(as_json, complain)
            try:
                with ending():
                    for outcome in import_paths(library, sources, strict=strict, progress=move):
                        teller.tell(outcome)
            except KeyboardInterrupt:
                ended = ExitCode.INTERRUPT
            except Ended as error:
                ended = error.exit_code
        if ended:
            output.complain(f"interrupted: {teller.summary()}")
            return ended
        if not as_json:
            output.write_lines([teller.summary()])
    return ExitCode.NEGATIVE if teller.counts["failed"] else ExitCode.OK
