"""Hits told as JSON, as a table and as rows for a pipe. Knows no click and no Rich."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lishu_tui.cli import output
from lishu_tui.cli.everywhere import first_hits
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Address

if TYPE_CHECKING:
    from lishu_tui.cli.everywhere import Searched
    from lishu_tui.edition.readable import Readable
    from lishu_tui.search import Hit

WIDTH = 20
"""Characters of context on either side."""
HIT_COLUMNS = (
    "address", "document", "section", "paragraph", "start", "end", "text", "context", "reading", "kind",
)  # fmt: skip
"""What `record` says of a hit."""


def words_of(edition: Readable, hit: Hit, width: int = WIDTH) -> tuple[str, str, str]:
    """The words found, with what stands before and after them."""
    from lishu_tui.search import context

    paragraph, start, end = hit.span
    text = edition.text(paragraph, hit.reading)
    left, right = context(text, start, end, width)
    return left, text[start:end], right


def place_of(edition: Readable, hit: Hit) -> dict[str, Any]:
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


def record(edition: Readable, hit: Hit) -> dict[str, Any]:
    """A hit as JSON says it; `start` and `end` are characters of the paragraph in `reading`."""
    left, text, right = words_of(edition, hit)
    place = place_of(edition, hit)
    return {
        "address": place.pop("address"),
        "document": edition.id,
        **place,
        "text": text,
        "context": left + text + right,
        "reading": hit.reading,
        "kind": hit.kind,
    }


def answer(query: str, total: int, *, say: bool) -> int:
    """The exit code of a search, and the line that says so where nothing was found."""
    if total:
        return ExitCode.OK
    if say:
        output.complain(f"{query}: nothing found")
    return ExitCode.NEGATIVE


def tell(query: str, found: Searched, form: str | None, limit: int | None = None) -> int:
    """Print hits in a form that programs read (as rows where it is None), at most `limit`; the exit code."""
    if form == "count":
        total = found.total
        output.write(f"{total}\n")
    elif form == "json":
        total = _write_json(query, found, limit)
    elif form in output.WRITERS:
        total = _write_table(form, found, limit)
    else:
        total = _write_rows(found, limit)
    return answer(query, total, say=form in (None, "plain"))


def _write_json(query: str, found: Searched, limit: int | None) -> int:
    groups, hits = [], []
    for group, shown in first_hits(iter(found), limit):
        groups.append(group)
        hits += [record(group.edition, hit) for hit in shown]
    total = found.total if limit is not None or not found.whole else len(hits)
    answer = {"query": query, "total": total, "documents": found.documents, "hits": hits}
    output.write_json({**answer, "facets": found.facets(groups)})
    return total


def _write_table(form: str, found: Searched, limit: int | None) -> int:
    rows = [[*record(group.edition, hit).values()] for group, shown in first_hits(iter(found), limit) for hit in shown]
    output.WRITERS[form](HIT_COLUMNS, rows)
    return found.total if limit is not None or not found.whole else len(rows)


def _write_rows(found: Searched, limit: int | None) -> int:
    """Rows as they are found: what reads them may begin at once, or have had enough."""
    count = 0
    for group, shown in first_hits(iter(found), limit):
        rows = [record(group.edition, hit) for hit in shown]
        output.write_rows([row[field] for field in ("address", "text", "context")] for row in rows)
        count += len(rows)
    return count
