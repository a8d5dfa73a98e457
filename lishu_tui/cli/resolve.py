"""`resolve`: where a place or a quotation that was taken away stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.places import reading_library
from lishu_tui.cli.program import Command
from lishu_tui.cli.types import ADDRESS
from lishu_tui.edition import Address, Edition, LishuError, Span, load_edition
from lishu_tui.edition.anchoring import Anchor, Resolved, occurrences
from lishu_tui.edition.places import BUNDLED
from lishu_tui.edition.quoting import Pinned, Quoted, digest, parse_quotation

if TYPE_CHECKING:
    from lishu_tui.library.store import Library

Status = Literal["same", "moved", "found", "ambiguous", "lost"]
FOUND: tuple[Status, ...] = ("same", "moved", "found")
MOST = 100
"""Places that are listed where it cannot be told which is meant."""


class Place(NamedTuple):
    edition: Edition
    spans: tuple[Span, ...]

    @property
    def address(self) -> str:
        return str(self.edition.address(self.spans[0]))

    @property
    def text(self) -> str:
        return "\n".join(self.edition.quote(span) for span in self.spans)


class Answer(NamedTuple):
    """`places` is the one place, or those between which it cannot be told (`more`: and others)."""

    status: Status
    why: str
    places: tuple[Place, ...] = ()
    changed: bool = False
    more: bool = False


def resolve_words(library: Library | None, asked: str) -> tuple[Answer, Address | None]:
    """Where something that was taken away stands, and where it is said to have stood."""
    pinned = _pinned(library, asked)
    if pinned is not None:
        return _by_address(library, pinned), pinned.address
    quoted = parse_quotation(asked)
    return _by_words(library, quoted), quoted.at.address if quoted.at is not None else None


def _pinned(library: Library | None, asked: str) -> Pinned | None:
    """The address that is asked for, None where these are words. Raises LishuError for what looks like an address."""
    try:
        pinned = Pinned.parse(asked.strip())
    except LishuError:
        if asked.isascii() and "/" in asked and not any(map(str.isspace, asked.strip())):
            raise
        return None
    if pinned.address.section is None and not pinned.digest and _edition(library, pinned.address.document) is None:
        return None  # a word that could be the name of a document, and is none
    return pinned


def _edition(library: Library | None, id: str) -> Edition | None:
    if id == BUNDLED:
        return load_edition()
    return library.edition(id) if library is not None and library.entry(id) is not None else None


def _captured(library: Library | None, pinned: Pinned) -> tuple[Edition | None, bool]:
    """The document that an address with a digest is of, and whether its capture is the one; where the name is another
    capture's now, the document of that capture."""
    edition = _edition(library, pinned.address.document)
    if edition is not None and digest(edition).startswith(pinned.digest):
        return edition, True
    if pinned.digest:
        bundled = load_edition()
        if digest(bundled).startswith(pinned.digest):
            return bundled, True
        begins = (len(pinned.digest), pinned.digest)
        rows = library.execute("SELECT id FROM documents WHERE substr(sha256, 1, ?) = ?", begins) if library else []
        if library is not None and len(rows) == 1:
            return library.edition(rows[0][0]), True
    return edition, False


def _by_address(library: Library | None, pinned: Pinned) -> Answer:
    edition, same = _captured(library, pinned)
    address = pinned.address
    if edition is None:
        return Answer("lost", f"there is no document {address.document}")
    if (noted := _noted(library, address, edition)) is not None:
        return _answer(edition, noted)
    if not same:
        why = f"the capture of {edition.id} is another than {pinned.digest}, and the words are not said"
        return Answer("lost", why)
    try:
        spans = tuple(edition.resolve(address._replace(document=edition.id)))
    except LishuError as error:
        return Answer("lost", f"{error.wrong}; expected {error.expected}")
    if edition.id != address.document:
        return Answer("moved", f"the document is called {edition.id} here", (Place(edition, spans),))
    return Answer("same", "the address leads there", (Place(edition, spans),))


def _noted(library: Library | None, address: Address, edition: Edition) -> Resolved | None:
    """Where the words stand now of which a note says that they stood at this address."""
    if library is None or address.start is None:
        return None
    from lishu_tui.library.notes import Notes

    notes = Notes(library)
    found = [notes.place(note, edition) for note in notes.of(edition) if note.address == str(address)]
    return found[0] if found and all(one.spans == found[0].spans for one in found) else None


def _answer(edition: Edition, found: Resolved) -> Answer:
    if found.spans:
        return Answer(found.status, found.why, (Place(edition, found.spans),), found.changed)
    places = tuple(Place(edition, tuple(edition.resolve(one))) for one in found.others[:MOST])
    more = len(found.others) > MOST
    return Answer("ambiguous" if places else "lost", found.why, places, more=more)


def _by_words(library: Library | None, quoted: Quoted) -> Answer:
    """In the document that is named; where it is not there, or they are not in it, in all documents."""
    answer: Answer | None = None
    if quoted.at is not None:
        edition, _ = _captured(library, quoted.at)
        if edition is not None:
            from lishu_tui.export.notes.taking import search

            found = search(edition, Anchor(quoted.exact, address=quoted.at.address))
            if edition.id != quoted.at.address.document and found.status == "same":
                found = found._replace(status="moved", why=f"the document is called {edition.id} here")
            answer = _answer(edition, found)
            if answer.places:
                return answer
    places, more = _everywhere(library, quoted.exact)
    if not places:
        return answer or Answer("lost", "the words are in no document")
    if len(places) == 1 and not more:
        if quoted.at is not None:
            return Answer("moved", "the words stand in another document", places)
        return Answer("found", "the words stand at one place", places)
    return Answer("ambiguous", f"the words stand at {'more than ' * more}{len(places)} places", places, more=more)


def _everywhere(library: Library | None, words: str) -> tuple[tuple[Place, ...], bool]:
    """Where these words stand, to the letter; where they do so nowhere, in another script or with other spaces."""
    exact: list[Place] = []
    alike: list[Place] = []
    line = max(words.split("\n"), key=len)
    for edition, spans in _hits(library, line):
        found = [Place(edition, one) for one in occurrences(edition, words)]
        exact += found
        if not found and "\n" not in words.strip():
            alike += [Place(edition, (span,)) for span in spans]
        if len(exact) > MOST:
            break
    places = exact or alike
    return tuple(places[:MOST]), len(places) > MOST


def _hits(library: Library | None, line: str) -> Any:
    """The documents that hold a line, each with the places."""
    from lishu_tui.search import find

    bundled = load_edition()
    if hits := [hit for hit in find(bundled, line) if hit.kind != "pinyin"]:
        yield bundled, [_span(bundled, hit) for hit in hits]
    if library is None:
        return
    from lishu_tui.library.searching import search

    for found in search(library, line):
        if hits := [hit for hit in found.hits if hit.kind != "pinyin"]:
            yield library.edition(found.entry.id), [hit.span for hit in hits]


def _span(edition: Edition, hit: Any) -> Span:
    """The place of a hit; of English words the paragraph that they translate."""
    paragraph = hit.span.paragraph
    return Span(paragraph, 0, len(edition.text(paragraph))) if hit.reading == "english" else hit.span


def record(asked: str, answer: Answer, was: Address | None) -> dict[str, Any]:
    one = answer.places[0] if answer.status in FOUND else None
    return {
        "asked": asked,
        "status": answer.status,
        "why": answer.why,
        "was": None if was is None else str(was),
        "address": one.address if one else None,
        "document": one.edition.id if one else None,
        "title": one.edition.source.title if one else None,
        "sha256": digest(one.edition) if one else None,
        "text": one.text if one else None,
        "changed": answer.changed,
        "places": [{"address": place.address, "text": place.text} for place in answer.places],
        "more": answer.more,
    }


def _complete(context: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    return ADDRESS.shell_complete(context, param, incomplete)


@click.command(cls=Command)
@click.argument("asked", metavar="ADDRESS|QUOTE", shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def resolve(asked: str, as_json: bool) -> int:
    """Find again what was taken away: an address, or words.

    ADDRESS may carry the beginning of the capture's digest, as the reader copies it (lishu/closing/1:0-12@b4265f78).
    QUOTE is words alone, which are looked for in all documents, or with their place as the reader copies them:
    「words」title, source, address. Prints what became of it, the address and the passage: same (it stands where it
    stood), moved (elsewhere, or changed), found (words alone, at one place), ambiguous (at several, which are listed;
    none is chosen) or lost. Exit status 1: ambiguous or lost.

    Example: lishu-tui resolve 匯集黨員4085名
    """
    if not asked.strip():
        raise LishuError("ADDRESS|QUOTE", "", "is empty", "an address, or words to look for")
    with reading_library() as library:
        answer, was = resolve_words(library, asked)
    if as_json:
        output.write_json(record(asked, answer, was))
    elif answer.status in FOUND:
        output.write_rows([[answer.status, answer.places[0].address]])
        output.write_lines(answer.places[0].text.split("\n"))
    else:
        output.write_rows([answer.status, place.address, place.text] for place in answer.places)
    if answer.status not in FOUND or answer.changed:
        output.complain(f"{answer.status}: {answer.why}")
    return ExitCode.OK if answer.status in FOUND else ExitCode.NEGATIVE
