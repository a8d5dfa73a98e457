"""`apparatus`: what was changed from the capture, as a scholar prints it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import click

from lishu_tui.cli import output
from lishu_tui.cli.places import covered, load
from lishu_tui.cli.program import Command
from lishu_tui.cli.types import ADDRESS
from lishu_tui.edition import Address, Edition, LishuError, Span, visible
from lishu_tui.edition.model import Emendation, Rule
from lishu_tui.export.apparatus import (
    CERTAINTY_SIGNS,
    EMENDATION_COLUMNS,
    compact,
    emendation_record,
    gloss_groups,
    is_plain,
    rule_count,
    within,
)


class Row(NamedTuple):
    """A line as it is printed, in pieces with their styles; what does not fit on a terminal goes on beneath it, an
    entry's further in."""

    indent: int
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def hang(self) -> int:
        return 6 if self.indent == 2 else self.indent


class Found(NamedTuple):
    """What of the apparatus was asked for. A rule stands with the number of its places there."""

    rules: list[tuple[Rule, int]]
    emendations: list[Emendation]


def classes(edition: Edition) -> list[str]:
    """Every class that an emendation or a rule may have."""
    from lishu_tui.restore.hurts import KINDS
    from lishu_tui.restore.records import CLASSES

    here = [rule.kind for rule in edition.rules] + [e.kind for e in edition.emendations]
    return list(dict.fromkeys([*CLASSES, *KINDS, *here]))


def find(edition: Edition, address: Address | None, kind: str | None) -> Found:
    """The rules and the emendations of a class (all, if None) in what `address` covers (everything, if None)."""
    if kind is not None and kind not in classes(edition):
        raise LishuError("--class", kind, "is no class", f"one of {', '.join(classes(edition))}")
    spans = covered(edition, address)
    rules = []
    for rule in edition.rules:
        if kind not in (None, rule.kind):
            continue
        count = rule_count(edition, rule, spans)
        if count or address is None or (not rule.stood and _stands(edition, rule, spans)):
            rules.append((rule, count))
    return Found(rules, [e for e in within(edition.emendations, spans) if kind in (None, e.kind)])


def _stands(edition: Edition, rule: Rule, spans: Iterable[Span]) -> bool:
    """Whether any of the words that a remark is about is there."""
    return any(word in edition.quote(span) for span in spans for word in rule.stands.split("、"))


def record(edition: Edition, found: Found) -> dict[str, Any]:
    """What `apparatus --json` prints."""
    rules = [
        {"class": rule.kind, "stood": rule.stood, "stands": rule.stands, "count": count, "reason": rule.reason}
        for rule, count in found.rules
    ]
    return {"document": edition.id, "rules": rules, "emendations": [_record(edition, e) for e in found.emendations]}


def _record(edition: Edition, e: Emendation) -> dict[str, Any]:
    values = emendation_record(edition, e)
    at = edition.paragraphs[e.span.paragraph]
    place = {"section": at.section, "paragraph": at.number, "start": e.span.start, "end": e.span.end}
    return {"address": values.pop("address"), **place, **values}


@click.command(cls=Command)
@click.argument("address", type=ADDRESS, required=False)
@click.option("--class", "kind", metavar="C", help="Only what is of this class: gloss, false-match, punctuation ...")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print all emendations as CSV, one a row.")
@click.option("--tsv", "form", flag_value="tsv", help="Print them so, parted by tabs.")
def apparatus(address: Address | None, kind: str | None, form: str | None) -> None:
    """Print the critical apparatus: what was changed, why, and how sure that is.

    Of the whole text, or of what ADDRESS covers: the rules, then each place that needs a word of its own (what stands ]
    what stood), then the glosses taken out, by character, with the places of those characters. The signs: = is certain,
    ~ is named by its gloss, ? was chosen. That a line, damaged again, is the captured one shows that the change is
    consistent with the capture, and proves nothing.

    Example: lishu-tui apparatus lishu/party-leadership
    """
    edition = load(address)
    found = find(edition, address, kind)
    if form == "json":
        output.write_json(record(edition, found))
    elif form in output.WRITERS:
        emendations = ([*emendation_record(edition, e).values()] for e in found.emendations)
        output.WRITERS[form](EMENDATION_COLUMNS, emendations)
    elif output.is_terminal(sys.stdout):
        with output.writing():
            _print(rows(edition, found))
    else:
        output.write_lines(" " * row.indent + "".join(text for text, _ in row.parts) for row in rows(edition, found))


def rows(edition: Edition, found: Found) -> Iterator[Row]:
    """The apparatus, row by row."""
    if found.rules:
        yield _head("Rules", "通例")
        for rule, count in found.rules:
            if rule.stood:
                change = (f"{' '.join(rule.stands)} ] {' '.join(rule.stood)}", "bold")
                yield Row(2, (change, (f"  {rule.kind}  {_places(count)}", "")))
            else:
                yield Row(2, ((rule.stands, "bold"), (f"  {rule.kind}", "")))
            yield Row(6, ((rule.reason, "dim"),))
        yield Row(0)
    cruces = [e for e in found.emendations if not is_plain(e)]
    if cruces:
        yield _head("Places", "異文")
        for e in cruces:
            yield from _crux(edition, e)
        yield Row(0)
    groups = gloss_groups(edition, filter(is_plain, found.emendations))
    if groups:
        yield _head("Glosses taken out", "刪去注音")
        for group in groups:
            lemma = (f"{group.character} ] {group.character}{group.gloss}", "bold")
            places = f"  {CERTAINTY_SIGNS['certain']}  {_places(len(group.places))}  "
            yield Row(2, (lemma, (places, ""), (compact(edition, group.places), "dim")))
        yield Row(0)
    if found.emendations or not found.rules:
        yield Row(0, ((_total(found.emendations), "dim"),))


def _head(english: str, chinese: str) -> Row:
    return Row(0, ((english, "bold"), (f"  {chinese}", "")))


def _places(count: int) -> str:
    return f"{count} place{'' if count == 1 else 's'}"


def _crux(edition: Edition, e: Emendation) -> Iterator[Row]:
    lemma = (f"{e.stands or '(nothing)'} ] {e.stood or '(nothing)'}", "bold")
    sure = f"  {CERTAINTY_SIGNS[e.certainty]} {e.certainty}"
    if e.candidates > 1:
        sure += f" among {e.candidates}"
        if e.runner_up is not None:
            sure += f", next {e.runner_up}" + (f" {e.margin:g} nats behind" if e.margin is not None else "")
    shown = f"  {e.bytes}" if e.bytes else ""
    yield Row(2, ((f"{edition.address(e.span)}  ", "dim"), lemma, (f"{sure}  {e.kind}{shown}", "")))
    doubt = [] if e.consistent else ["Damaged again, the line is not the captured one."]
    if words := " ".join(filter(None, [e.reason, *doubt])):
        yield Row(6, ((words, "dim"),))


def _total(emendations: list[Emendation]) -> str:
    count = Counter(e.certainty for e in emendations)
    by = ", ".join(f"{count[c]} {sign} {c}" for c, sign in CERTAINTY_SIGNS.items() if count[c])
    odd = sum(not e.consistent for e in emendations)
    number = f"{len(emendations)} emendation{'' if len(emendations) == 1 else 's'}"
    held = "consistent with the capture" if not odd else f"{odd} in lines that do not come out as captured"
    return f"{number}: {by}; {held}" if emendations else number


def _print(found: Iterable[Row]) -> None:
    """On a terminal: rows that do not fit go on beneath."""
    from rich.text import Text

    console = output.console()
    for row in found:
        text = Text.assemble(*((visible(words), style) for words, style in row.parts), overflow="fold")
        lines = text.wrap(console, max(console.width - row.hang, 8)) if row.parts else [Text()]
        for n, line in enumerate(lines):
            line.rstrip()
            console.print(Text(" " * (row.hang if n else row.indent)).append_text(line), soft_wrap=True)
