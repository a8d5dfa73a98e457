"""`quotes`: who says what in a text, each quotation with its address."""

from __future__ import annotations

from typing import Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.places import covered
from lishu_tui.cli.program import Command
from lishu_tui.cli.texts import complete_texts, load_text, origin
from lishu_tui.edition import Address, Edition
from lishu_tui.figures.who import Quote, speech

COLUMNS = ("address", "section", "paragraph", "start", "end", "quote", "speaker", "role", "origin", "rule")


def quoted(edition: Edition, address: Address | None) -> list[Quote]:
    """The quotations of which `address` covers at least a character, in the order of the text."""
    spans = {span.paragraph: span for span in covered(edition, address)}
    return [
        q
        for q in speech(edition)
        if (s := spans.get(q.span.paragraph)) is not None and q.span.start < s.end and s.start < q.span.end
    ]


def record(edition: Edition, q: Quote) -> dict[str, Any]:
    """A quotation as JSON and CSV have it."""
    paragraph = edition.paragraphs[q.span.paragraph]
    values = (
        str(edition.address(q.span)), paragraph.section, paragraph.number, q.span.start, q.span.end,
        q.quote, q.speaker, q.role, q.origin, q.rule,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


@click.command(cls=Command)
@click.argument("text", metavar="[ADDRESS|FILE]", required=False, shell_complete=complete_texts)
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--tsv", "form", flag_value="tsv", help="Print CSV parted by tabs.")
def quotes(text: str | None, form: str | None) -> None:
    """Print who says what: the words between the quotation marks, with the speaker.

    Of the bundled article, of what ADDRESS covers, or of FILE (- is stdin), which is not stored: each quotation with
    the speaker and the office where the text names them, and whether a person has checked it or a rule has found it.
    Words in marks that nobody says are left out.

    Example: lishu-tui quotes lishu/party-leadership --json
    """
    edition, address = load_text(text)
    found = quoted(edition, address)
    if form == "json":
        output.write_json({"document": edition.id, "quotes": [record(edition, q) for q in found]})
    elif form in output.WRITERS:
        output.WRITERS[form](COLUMNS, ([*record(edition, q).values()] for q in found))
    else:
        rows = [["quote", "speaker", "role", "address", "origin"]]
        rows += [
            [q.quote, q.speaker or "", q.role or "", str(edition.address(q.span)), origin(q.origin, q.rule)]
            for q in found
        ]
        output.write_table(rows)
