"""`toc`, `names` and `source`: what is known about the text."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click
from msgspec import to_builtins

from lishu_tui.cli import output
from lishu_tui.cli.places import load, place
from lishu_tui.cli.program import Command
from lishu_tui.cli.texts import complete_texts, load_text, origin
from lishu_tui.cli.types import DOCUMENT
from lishu_tui.edition import Address, Edition

_document = click.argument("document", metavar="[DOC]", type=DOCUMENT, required=False)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def contents(edition: Edition) -> dict[str, Any]:
    """What `toc --json` prints. Characters are those of the paragraphs, the heading not counted."""
    return {
        "document": edition.id,
        "title": edition.source.title,
        "title_en": edition.source.title_en,
        "sections": [
            {
                "id": section.id,
                "address": str(Address(edition.id, section.id)),
                "heading": edition.heading(section),
                "label": section.label,
                "heading_en": section.label_en,
                "paragraphs": len(edition.body(section)),
                "characters": sum(len(edition.text(i)) for i in edition.body(section)),
            }
            for section in edition.sections
        ],
    }


@click.command(cls=Command)
@_document
@_json
def toc(document: str | None, as_json: bool) -> None:
    """Print the contents.

    Of the bundled article, or of DOC in the library: each section's address, heading, English heading, paragraphs and
    characters. What stands in 〔…〕 is supplied.

    Example: lishu-tui toc --json
    """
    found = contents(load(document))
    if as_json:
        output.write_json(found)
        return
    rows = [["address", "heading", "English", "paragraphs", "characters"]]
    for section in found["sections"]:
        counts = [str(section["paragraphs"]), str(section["characters"])]
        rows.append([section["address"], section["label"], section["heading_en"], *counts])
    output.write_table(rows)


NAME_COLUMNS = (
    "id", "kind", "name", "aliases", "english", "office", "office_en", "places", "addresses", "said", "origin", "rule",
)  # fmt: skip


def _name_row(name: dict[str, Any]) -> list[str | int | None]:
    """A name as CSV has it, by NAME_COLUMNS: the number of its places and of what the person is quoted as saying."""
    cells = {
        **name,
        "aliases": " ".join(name["aliases"]),
        "places": len(name["places"]),
        "addresses": " ".join(at["address"] for at in name["places"]),
        "said": len(name["said"]),
    }
    return [cells[column] for column in NAME_COLUMNS]


def named(edition: Edition) -> dict[str, Any]:
    """What `names --json` prints."""
    from lishu_tui.figures.who import names as all_names

    return {
        "document": edition.id,
        "names": [
            {
                "id": name.id,
                "kind": name.kind,
                "name": name.name,
                "aliases": list(name.aliases),
                "english": name.english,
                "office": name.office,
                "office_en": name.office_en,
                "places": [place(edition, span) for span in name.places],
                "said": [{**place(edition, said.span), "quote": said.quote} for said in name.said],
                "origin": name.origin,
                "rule": name.rule,
            }
            for name in all_names(edition)
        ],
    }


@click.command(cls=Command)
@click.argument("text", metavar="[DOC|FILE]", required=False, shell_complete=complete_texts)
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--tsv", "form", flag_value="tsv", help="Print CSV parted by tabs.")
def names(text: str | None, form: str | None) -> None:
    """Print the people, places, bodies and media that the text names.

    Those of the bundled article, of DOC in the library, or of FILE (- is stdin), which is not stored: each with its
    kind, English name, office and the addresses where it is named, and whether a person has checked it or a rule has
    found it; JSON also has what a person is quoted as saying.

    Example: lishu-tui names --json
    """
    found = named(load_text(text).edition)
    if form == "json":
        output.write_json(found)
        return
    if form in output.WRITERS:
        output.WRITERS[form](NAME_COLUMNS, map(_name_row, found["names"]))
        return
    rows = [["name", "English", "kind", "office", "places", "addresses", "origin"]]
    for name in found["names"]:
        addresses = [at["address"] for at in name["places"]]
        if output.is_terminal(sys.stdout) and len(addresses) > 1:
            addresses = [addresses[0], "…"]  # the others would only wrap
        office = " ".join(filter(None, (name["office"], name["office_en"])))
        places = f"{len(name['places'])}×"
        whence = origin(name["origin"], name["rule"])
        rows.append([name["name"], name["english"], name["kind"], office, places, " ".join(addresses), whence])
    output.write_table(rows)


def provenance(edition: Edition) -> dict[str, Any]:
    """What `source --json` prints: every field of the source, for a document of the library how it came there, the
    rules, and how many emendations there are."""
    source = {field: getattr(edition.source, field) for field in edition.source.__struct_fields__}
    kinds = Counter(e.kind for e in edition.emendations)
    certainties = Counter(e.certainty for e in edition.emendations)
    return {
        "document": edition.id,
        **{field: list(value) if isinstance(value, tuple) else value for field, value in source.items()},
        **({} if edition.provenance is None else {"provenance": to_builtins(edition.provenance)}),
        "rules": [{field: getattr(r, field) for field in r.__struct_fields__} for r in edition.rules],
        "emendations": {
            "total": len(edition.emendations),
            "kind": dict(sorted(kinds.items())),
            "certainty": dict(sorted(certainties.items())),
        },
    }


@click.command(cls=Command)
@_document
@_json
def source(document: str | None, as_json: bool) -> None:
    """Print where the text comes from, whose it is and what was emended.

    What the capture has, its sha256, what is supplied by this project (in 〔…〕), the rights, the rules of the
    restoration and the number of emendations by kind and by certainty; of DOC in the library also how it was captured
    and read, and what of the page is not in the text.

    Example: lishu-tui source
    """
    found = provenance(load(document))
    if as_json:
        output.write_json(found)
        return
    lines = []
    for field, value in found.items():
        label = field.replace("_", " ")
        if field == "rules":
            lines += [f"rule: {' → '.join(filter(None, (r['stood'], r['stands'])))}: {r['reason']}" for r in value]
        elif field == "provenance":
            lines += _came(value)
        elif field == "emendations":
            by = [f"{n} {word}" for part in ("kind", "certainty") for word, n in value[part].items()]
            lines.append(f"emendations: {value['total']}" + (f" ({', '.join(by)})" if by else ""))
        else:
            lines += [f"{label}: {item}" for item in (value if isinstance(value, list) else [value]) if item != ""]
    output.write_lines(lines)


CAME = {"rule": "read so", "found": "decoded as", "remarks": "remark", "declared": "encoding declared"}
"""What fields of the provenance are called in lines, where they have not their own names."""


def _came(provenance: dict[str, Any]) -> list[str]:
    """How a document came into the library, a line each."""
    lines = []
    for field, value in provenance.items():
        items = value if isinstance(value, list | tuple) else [value]
        if field == "dropped":
            items = [f"{d['what']}: {d['characters']} characters ({d['rule']}): {d['sample']}" for d in items]
        lines += [f"{CAME.get(field, field.replace('_', ' '))}: {item}" for item in items]
    return lines
