"""`restore`: a damaged capture made readable, with the evidence for every change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from lishu_tui.cli import output
from lishu_tui.cli.files import STDIN, complete_files, read_file
from lishu_tui.cli.program import Command

if TYPE_CHECKING:
    from lishu_tui.library.decoding import Decoded
    from lishu_tui.restore import Emendation, Restoration
    from lishu_tui.restore.hurts import Step

READINGS = ("restored", "simplified")
TOLD = 20
"""Lines about what could not be cured, at most; then how many more there are."""


class Cured(NamedTuple):
    """A file's text, the other hurts cured first, one after another, and what was made of the last of these texts."""

    decoded: Decoded
    steps: tuple[Step, ...]
    done: Restoration

    def text(self, reading: str) -> str:
        if reading == "restored":
            return self.done.text
        from lishu_tui.restore.language import scripts

        return self.done.text.translate({ord(form): plain for form, plain in scripts().simplified.items()})


def cure(data: bytes, name: str) -> Cured:
    """Bytes to a restored text. Raises nothing."""
    from lishu_tui.library.decoding import decode
    from lishu_tui.restore import restore as restored
    from lishu_tui.restore.hurts import mend

    decoded = decode(data, name)
    text, steps = mend(decoded.text)
    if [step.kind for step in steps] == ["line-end"] and not _mixed(decoded.text):
        text, steps = decoded.text, ()  # line ends of another system are no hurt
    return Cured(decoded, steps, restored(text))


def _mixed(text: str) -> bool:
    ends = {"\r\n": text.count("\r\n")}
    ends["\r"], ends["\n"] = text.count("\r") - ends["\r\n"], text.count("\n") - ends["\r\n"]
    return sum(map(bool, ends.values())) > 1


def _emendation(e: Emendation) -> dict[str, Any]:
    return {
        "start": e.start,
        "end": e.end,
        "restored_start": e.restored_start,
        "restored_end": e.restored_end,
        "stood": e.stood,
        "stands": e.stands,
        "class": e.kind,
        "certainty": e.certainty,
        "candidates": e.candidates,
        "runner_up": e.runner_up,
        "margin": e.margin,
        "bytes": e.bytes,
        "reason": e.reason,
        "consistent": e.consistent,
    }


def record(cured: Cured, reading: str) -> dict[str, Any]:
    """What `restore --json` prints."""
    done = cured.done
    return {
        "text": cured.text(reading),
        "reading": reading,
        "damaged": done.damaged,
        "consistent": done.consistent,
        "reason": done.reason,
        "encoding": cured.decoded.encoding,
        "found_by": cured.decoded.found_by,
        "undecodable": cured.decoded.replaced,
        "steps": [{"class": s.kind, "emendations": [*map(_emendation, s.emendations)]} for s in cured.steps],
        "glosses": [[*gloss] for gloss in done.glosses],
        "emendations": [*map(_emendation, done.emendations)],
        "rules": [
            {
                "class": rule.kind,
                "stood": rule.stood,
                "stands": rule.stands,
                "count": len(rule.places),
                "reason": rule.reason,
                "places": list(rule.places),
            }
            for rule in done.rules
        ],
        "uncured": [
            {"start": u.start, "end": u.end, "stood": u.stood, "reason": u.reason} for u in done.uncured
        ],
    }  # fmt: skip


def _complaints(cured: Cured) -> list[str]:
    """What could not be cured, a line each."""
    said = []
    if lost := cured.decoded.replaced:
        said.append(f"{lost} {'byte' if lost == 1 else 'bytes'} could not be decoded as {cured.decoded.encoding}")
    said += [f'character {u.start}: "{u.stood}" could not be cured: {u.reason}' for u in cured.done.uncured]
    if odd := sum(not e.consistent for e in cured.done.emendations):
        what = "1 emendation stands in a line that does" if odd == 1 else f"{odd} emendations stand in lines that do"
        said.append(f"{what} not come out as captured when damaged again")
    return said if len(said) <= TOLD else [*said[:TOLD], f"{len(said) - TOLD} more that could not be cured"]


@click.command(cls=Command)
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the text, and every change with its evidence.")
@click.option(
    "--reading", type=click.Choice(READINGS), default="restored", show_default=True, help="Which reading to print."
)
def restore(file: str, as_json: bool, reading: Literal["restored", "simplified"]) -> None:
    """Restore a damaged capture.

    Print the text of FILE (- is stdin) as it was before readings in brackets were put into its bytes. A text that is
    not damaged in this way comes out unchanged. What could not be cured is said on stderr. In the JSON, rules with
    their places and emendations, applied to the file's text, give the restored one; places are characters of that text,
    or where steps come first (mixed line ends, HTML left in, ...) of the text after the last of them.

    Example: lishu-tui restore page.txt
    """
    name = "standard input" if file == STDIN else file
    data = read_file(file)
    with output.waiting(f"restoring {name}"):
        cured = cure(data, file)
    if as_json:
        output.write_json(record(cured, reading))
    else:
        _print(cured.text(reading))
    for line in _complaints(cured):
        output.complain(f"{name}: {line}")


def _print(text: str) -> None:
    """On a terminal line by line, each made safe to show; elsewhere the text as it is."""
    if output.is_terminal(sys.stdout):
        if text:
            output.write_lines(text.removesuffix("\n").split("\n"))
        return
    output.write_text(text)
