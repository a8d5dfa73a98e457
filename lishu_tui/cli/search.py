"""`search` and `kwic`: hits, as a list and as a concordance."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from lishu_tui.cli import output
from lishu_tui.cli.everywhere import Searched, first_hits, searched
from lishu_tui.cli.hits import WIDTH, answer, place_of, tell, words_of
from lishu_tui.cli.program import Command
from lishu_tui.cli.types import ADDRESS
from lishu_tui.edition import Address, visible

if TYPE_CHECKING:
    from rich.console import Console

    from lishu_tui.edition.readable import Readable
    from lishu_tui.search import Hit
    from lishu_tui.search.concordance import Line, Sort

LIMIT = 50
"""Hits that a terminal shows, where nothing else is asked for."""


_in = click.option("--in", "within", type=ADDRESS, help="Search only what ADDRESS covers.")
_limit = click.option(
    "--limit", metavar="N", type=click.IntRange(1),
    help=f"Show at most so many hits; if not given {LIMIT} on a terminal, elsewhere all.",
)  # fmt: skip


@click.command(cls=Command)
@click.argument("query")
@_in
@_limit
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--tsv", "form", flag_value="tsv", help="Print CSV parted by tabs.")
@click.option("--plain", "form", flag_value="plain", help="Print address, words and context parted by tabs.")
@click.option("--count", "form", flag_value="count", help="Print only the number of hits.")
def search(query: str, within: Address | None, limit: int | None, form: str | None) -> int:
    """Find words in all documents.

    In the bundled article, then in those of the library, the newest first. QUERY may be in either script, in full or
    half width, in English, or in pinyin without tones. The JSON counts all hits, the documents that have any by year
    and by source, and the hits of each document that is shown. Exit status 1: nothing was found.

    Example: lishu-tui search 突击队 --in lishu/party-leadership
    """
    with searched(query, within) as found:
        if form is not None or not output.is_terminal(sys.stdout):
            return tell(query, found, form, limit)
        total = found.total
        if total:
            with output.writing():
                _print_hits(query, found, total, limit or LIMIT)
    return answer(query, total, say=True)


def _print_hits(query: str, found: Searched, total: int, limit: int) -> None:
    """On a terminal: by document and section, one line a hit, the words found emphasised."""
    from rich.text import Text

    console = output.console()
    count = 0
    documents = found.documents
    for group, hits in first_hits(iter(found), limit):
        if documents > 1:
            title = Text.assemble((visible(group.title), "bold"), f"  {len(group.hits)} hit{_s(len(group.hits))}")
            console.print(title, soft_wrap=True)
            console.print()
        _print_group(console, group.edition, hits)
        count += len(hits)
    said = f"{total:,} hit{_s(total)} for {visible(query)}"
    said += f" in {documents:,} documents" if documents > 1 else ""
    said += f"; the first {count:,} are shown (--limit N for more)" if count < total and found.whole else ""
    console.print(Text(said, "dim"), soft_wrap=True)


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _print_group(console: Console, edition: Readable, hits: list[Hit]) -> None:
    from rich.text import Text

    for section_id, section_hits in groupby(hits, key=lambda hit: edition.paragraphs[hit.span.paragraph].section):
        section = edition.section(section_id)
        heading = f"{section.label}  {section.label_en}".rstrip()
        console.print(Text.assemble((visible(f"{edition.id}/{section.id}"), "bold"), "  ", (visible(heading), "dim")))
        here = list(section_hits)
        places = [str(place_of(edition, hit)["address"]).split("/", 2)[2] for hit in here]
        wide = max(map(len, places))
        for place, hit in zip(places, here, strict=True):
            room = console.width - wide - 5
            width = max(room // 2 - 4, 8) if hit.reading == "english" else max(room // 4 - 2, 4)
            left, words, right = map(visible, words_of(edition, hit, min(width, 2 * WIDTH)))
            before = "…" if hit.span.start > len(left) else ""
            after = "…" if hit.span.end + len(right) < len(edition.text(hit.span.paragraph, hit.reading)) else ""
            emphasised = (words, "bold reverse")
            line = Text.assemble(f"  {place:<{wide}}  ", before, left, emphasised, right, after, overflow="fold")
            console.print(line, soft_wrap=True)
        console.print()


class _Line(NamedTuple):
    """A line of the concordance, with the document that it is of."""

    edition: Readable
    line: Line


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
@_in
@_limit
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--tsv", "form", flag_value="tsv", help="Print CSV parted by tabs.")
def kwic(query: str, sort: str, width: int | None, within: Address | None, limit: int | None, form: str | None) -> int:
    """Print every hit of a search as a line of a concordance.

    Of all documents, or of what ADDRESS covers. The words found stand below each other with what is before and after
    them, then the address. Exit status 1: nothing was found.

    Example: lishu-tui kwic 防控 --sort right --width 12
    """
    shown = form is None and output.is_terminal(sys.stdout)
    if limit is None and shown:
        limit = LIMIT
    with searched(query, within) as found:
        taken = _take(found, sort, limit)
        total = found.total if limit is not None else len(taken)
    if width is None:
        width = _room(taken) if shown and taken else WIDTH
    lines = [_Line(edition, _line_of(edition, hit, width)) for edition, hit in taken]
    if form == "json":
        records = [_record(*one) for one in lines]
        output.write_json({"query": query, "sort": sort, "width": width, "total": total, "lines": records})
    elif form in output.WRITERS:
        columns = ("address", "section", "paragraph", "start", "end", "left", "keyword", "right")
        output.WRITERS[form](columns, ([_record(*one)[c] for c in columns] for one in lines))
    elif lines:
        _print_lines(lines)
        if shown and len(lines) < total:
            output.complain(f"the first {len(lines):,} of {total:,} hits are shown (--limit N for more)")
    return answer(query, total, say=form is None)


def _take(found: Searched, sort: str, limit: int | None) -> list[tuple[Readable, Hit]]:
    """The hits to be shown, in order. One by one the documents are read; sorted, all of them are looked at first."""
    if sort == "place":
        return [(group.edition, hit) for group, hits in first_hits(iter(found), limit) for hit in hits]
    from lishu_tui.search.concordance import sort_key

    every = [(group.edition, hit) for group in found for hit in group.hits]
    every.sort(key=lambda one: sort_key(one[0], one[1], cast("Sort", sort)))
    return every[:limit]


def _line_of(edition: Readable, hit: Hit, width: int) -> Line:
    from lishu_tui.search.concordance import concordance

    return concordance(edition, [hit], width)[0]


def _room(taken: list[tuple[Readable, Hit]]) -> int:
    """Characters on either side for which a terminal has room, beside the words found and their addresses."""
    from shutil import get_terminal_size

    from lishu_tui.typeset import cells

    wide = max(cells(hit.words(edition)) + len(str(place_of(edition, hit)["address"])) for edition, hit in taken) + 4
    each = 1 if all(hit.reading == "english" for _, hit in taken) else 2
    return min(max((get_terminal_size().columns - wide) // (2 * each), 4), 2 * WIDTH)


def _record(edition: Readable, line: Line) -> dict[str, Any]:
    """A line of the concordance as JSON and CSV say it."""
    words = {"left": line.left, "keyword": line.keyword, "right": line.right}
    return {**place_of(edition, line.hit), **words, "reading": line.hit.reading, "kind": line.hit.kind}


def _print_lines(lines: list[_Line]) -> None:
    """Aligned in cells; on a terminal with the words found emphasised."""
    from lishu_tui.typeset import cells

    parts = [tuple(map(visible, (line.left, line.keyword, line.right))) for _, line in lines]
    wide = max(cells(left) for left, _, _ in parts)
    rest = max(cells(f"{keyword} {right}") for _, keyword, right in parts)
    rows = []
    for (edition, line), (left, keyword, right) in zip(lines, parts, strict=True):
        before = " " * (wide - cells(left)) + left + " "
        after = f" {right}" + " " * (rest - cells(f"{keyword} {right}")) + f"  {place_of(edition, line.hit)['address']}"
        rows.append((before, keyword, after))
    if not output.is_terminal(sys.stdout):
        output.write_lines(map("".join, rows))
        return
    from rich.text import Text

    with output.writing():
        console = output.console()
        for before, keyword, after in rows:
            console.print(Text.assemble(before, (keyword, "bold reverse"), after), soft_wrap=True)
