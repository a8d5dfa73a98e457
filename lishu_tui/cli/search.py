"""`search` and `kwic`: hits, as a list and as a concordance."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.places import ADDRESS, covered, load
from lishu_tui.cli.program import Command
from lishu_tui.edition import Address, Edition, LishuError, visible

if TYPE_CHECKING:
    from lishu_tui.search import Hit, Line
    from lishu_tui.search.concordance import Sort

WIDTH = 20
"""Characters of context on either side."""


def _find(edition: Edition, query: str, within: Address | None) -> list[Hit]:
    from lishu_tui.search import find

    if not query.strip():
        raise LishuError("query", "", "is empty", "words to look for")
    return find(edition, query, covered(edition, within) if within is not None else None)


def _words(edition: Edition, hit: Hit, width: int = WIDTH) -> tuple[str, str, str]:
    """The words found, with what stands before and after them."""
    from lishu_tui.search import context

    paragraph, start, end = hit.span
    text = edition.text(paragraph, hit.reading)
    left, right = context(text, start, end, width)
    return left, text[start:end], right


def _place(edition: Edition, hit: Hit) -> dict[str, Any]:
    """The hit's place. Characters of an address are the restored reading's: an English hit has its paragraph's."""
    paragraph = edition.paragraphs[hit.span.paragraph]
    whole = Address(edition.id, paragraph.section, paragraph.number)
    return {
        "address": str(whole if hit.reading == "english" else edition.address(hit.span)),
        "section": paragraph.section,
        "paragraph": paragraph.number,
        "start": hit.span.start,
        "end": hit.span.end,
    }


def record(edition: Edition, hit: Hit) -> dict[str, Any]:
    """A hit as JSON says it; `start` and `end` are characters of the paragraph in `reading`."""
    left, text, right = _words(edition, hit)
    place = _place(edition, hit)
    return {
        "address": place.pop("address"),
        "document": edition.id,
        **place,
        "text": text,
        "context": left + text + right,
        "reading": hit.reading,
        "kind": hit.kind,
    }


def _answer(query: str, total: int, *, say: bool) -> int:
    """The exit code of a search, and the line that says so where nothing was found."""
    if total:
        return ExitCode.OK
    if say:
        output.complain(f"{query}: nothing found")
    return ExitCode.NEGATIVE


@click.command(cls=Command)
@click.argument("query")
@click.option("--in", "within", type=ADDRESS, help="Search only what ADDRESS covers.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--plain", "form", flag_value="plain", help="Print address, words and context parted by tabs.")
@click.option("--count", "form", flag_value="count", help="Print only the number of hits.")
def search(query: str, within: Address | None, form: str | None) -> int:
    """Find words in the text.

    QUERY may be in either script, in full or half width, in English, or in pinyin without tones. Exit status 1: nothing
    was found.

    Example: lishu-tui search 突击队 --in lishu/party-leadership
    """
    edition = load()
    hits = _find(edition, query, within)
    if form == "json":
        found = [record(edition, hit) for hit in hits]
        output.write_json({"query": query, "total": len(hits), "hits": found})
    elif form == "count":
        output.write(f"{len(hits)}\n")
    elif form == "plain" or not output.is_terminal(sys.stdout):
        found = [record(edition, hit) for hit in hits]
        output.write_rows([hit[field] for field in ("address", "text", "context")] for hit in found)
    elif hits:
        with output.writing():
            _print_hits(edition, query, hits)
    return _answer(query, len(hits), say=form in (None, "plain"))


def _print_hits(edition: Edition, query: str, hits: list[Hit]) -> None:
    """On a terminal: by section, one line a hit, the words found emphasised."""
    from rich.text import Text

    console = output.console()
    for section_id, group in groupby(hits, key=lambda hit: edition.paragraphs[hit.span.paragraph].section):
        section = edition.section(section_id)
        heading = f"{section.label}  {section.label_en}"
        console.print(Text.assemble((visible(f"{edition.id}/{section.id}"), "bold"), "  ", (visible(heading), "dim")))
        here = list(group)
        places = [str(_place(edition, hit)["address"]).split("/", 2)[2] for hit in here]
        wide = max(map(len, places))
        for place, hit in zip(places, here, strict=True):
            room = console.width - wide - 5
            width = max(room // 2 - 4, 8) if hit.reading == "english" else max(room // 4 - 2, 4)
            left, words, right = map(visible, _words(edition, hit, min(width, 2 * WIDTH)))
            before = "…" if hit.span.start > len(left) else ""
            after = "…" if hit.span.end + len(right) < len(edition.text(hit.span.paragraph, hit.reading)) else ""
            emphasised = (words, "bold reverse")
            line = Text.assemble(f"  {place:<{wide}}  ", before, left, emphasised, right, after, overflow="fold")
            console.print(line, soft_wrap=True)
        console.print()
    console.print(Text(f"{len(hits)} hit{'' if len(hits) == 1 else 's'} for {visible(query)}", "dim"))


@click.command(cls=Command)
@click.argument("query")
@click.option(
    "--sort", type=click.Choice(("left", "right", "place")), default="place", show_default=True,
    help="Order by the characters before the words found, by those after them, or by place.",
)  # fmt: skip
@click.option(
    "--width", metavar="N", type=click.IntRange(1, 200),
    help=f"Characters on either side; if not given {WIDTH}, or what a terminal has room for.",
)  # fmt: skip
@click.option("--in", "within", type=ADDRESS, help="Search only what ADDRESS covers.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
def kwic(query: str, sort: str, width: int | None, within: Address | None, form: str | None) -> int:
    """Print every hit of a search as a line of a concordance.

    The words found stand below each other with what is before and after them, then the address. Exit status 1: nothing
    was found.

    Example: lishu-tui kwic 防控 --sort right --width 12
    """
    from lishu_tui.search import concordance

    edition = load()
    hits = _find(edition, query, within)
    if width is None:
        width = _room(edition, hits) if form is None and hits and output.is_terminal(sys.stdout) else WIDTH
    lines = concordance(edition, hits, width, cast("Sort", sort))
    if form == "json":
        found = [_line(edition, line) for line in lines]
        output.write_json({"query": query, "sort": sort, "width": width, "total": len(found), "lines": found})
    elif form == "csv":
        columns = ("address", "section", "paragraph", "start", "end", "left", "keyword", "right")
        output.write_csv(columns, ([_line(edition, line)[c] for c in columns] for line in lines))
    elif lines:
        _print_lines(edition, lines)
    return _answer(query, len(lines), say=form is None)


def _room(edition: Edition, hits: list[Hit]) -> int:
    """Characters on either side for which a terminal has room, beside the words found and their addresses."""
    from shutil import get_terminal_size

    from lishu_tui.typeset import cells

    taken = max(cells(hit.words(edition)) + len(str(_place(edition, hit)["address"])) for hit in hits) + 4
    each = 1 if all(hit.reading == "english" for hit in hits) else 2
    return min(max((get_terminal_size().columns - taken) // (2 * each), 4), 2 * WIDTH)


def _line(edition: Edition, line: Line) -> dict[str, Any]:
    """A line of the concordance as JSON and CSV say it."""
    words = {"left": line.left, "keyword": line.keyword, "right": line.right}
    return {**_place(edition, line.hit), **words, "reading": line.hit.reading, "kind": line.hit.kind}


def _print_lines(edition: Edition, lines: list[Line]) -> None:
    """Aligned in cells; on a terminal with the words found emphasised."""
    from lishu_tui.typeset import cells

    parts = [tuple(map(visible, (line.left, line.keyword, line.right))) for line in lines]
    wide = max(cells(left) for left, _, _ in parts)
    rest = max(cells(f"{keyword} {right}") for _, keyword, right in parts)
    rows = []
    for line, (left, keyword, right) in zip(lines, parts, strict=True):
        before = " " * (wide - cells(left)) + left + " "
        after = f" {right}" + " " * (rest - cells(f"{keyword} {right}")) + f"  {_place(edition, line.hit)['address']}"
        rows.append((before, keyword, after))
    if not output.is_terminal(sys.stdout):
        output.write_lines(map("".join, rows))
        return
    from rich.text import Text

    with output.writing():
        console = output.console()
        for before, keyword, after in rows:
            console.print(Text.assemble(before, (keyword, "bold reverse"), after), soft_wrap=True)
