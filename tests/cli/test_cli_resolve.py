"""`resolve`: what was taken away is found again, said to have moved, or said to be lost; nothing is chosen silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Address, Span, load_edition
from lishu_tui.edition.quoting import quotation
from lishu_tui.library.notes import Notes
from lishu_tui.library.store import Library
from tests.library.kept import made

EDITION = load_edition()
DIGEST = EDITION.source.sha256[:8]
PLACE = "lishu/closing/1:0-12"
WORDS = "有一座城，叫眾志成城。有"
SPAN = next(iter(EDITION.resolve(Address.parse(PLACE))))
LINES = ("春天來了，農民們都到地里去干活。", "學校里的孩子們也在院子里種樹，還澆了水。")


@pytest.fixture
def spring(tmp_path: Path) -> str:
    """The id of a document of one's own."""
    with Library.open(tmp_path / "data" / "lishu-tui" / "library.db", write=True) as library:
        return library.add(made("春天", *LINES, source="四平日報"))[0]


def asked(call: Any, words: str) -> dict[str, Any]:
    printed = call("resolve", "--json", words)
    found = json.loads(printed.out)
    assert printed.code == (ExitCode.OK if found["status"] in ("same", "moved", "found") else ExitCode.NEGATIVE)
    assert (printed.err == "") == (printed.code == ExitCode.OK and not found["changed"])
    return found


def test_an_address_gives_its_passage_back(call: Any) -> None:
    assert call("resolve", PLACE) == (ExitCode.OK, f"same\t{PLACE}\n{WORDS}\n", "")
    found = asked(call, f"{PLACE}@{DIGEST}")
    assert (found["status"], found["address"], found["was"], found["text"]) == ("same", PLACE, PLACE, WORDS)
    assert (found["document"], found["sha256"], found["changed"]) == ("lishu", EDITION.source.sha256, False)
    whole = asked(call, "lishu/closing")
    assert whole["text"].split("\n") == [EDITION.text(n) for n in EDITION.body(EDITION.section("closing"))]
    assert asked(call, "lishu")["status"] == "same"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (f"{PLACE}@12345678", "another"),
        ("lishu/closing/99", "no such paragraph"),
        ("lishu/nope", "no such section"),
        ("nowhere/part/1", "no document"),
        ("lishu/closing/1:0-99999", "past the end"),
        ("從未有過的話", "in no document"),
        ("nowhere", "in no document"),
        (f"「從未有過的話」某文, {PLACE}@{DIGEST}", "not in the text"),
    ],
)
def test_what_is_lost_is_said_to_be(call: Any, is_one_line: Any, words: str, says: str) -> None:
    printed = call("resolve", words)
    assert (printed.code, printed.out) == (ExitCode.NEGATIVE, "")
    assert says in printed.err
    assert is_one_line(printed.err)
    assert asked(call, words)["status"] == "lost"


@pytest.mark.parametrize("words", ["", " ", "lishu/Closing/1", "lishu/closing/1:5-3", "lishu/@12345678", "「」"])
def test_what_is_neither_is_wrong_usage(call: Any, is_one_line: Any, words: str) -> None:
    printed = call("resolve", words)
    assert (printed.code, printed.out) == (ExitCode.USAGE, "")
    assert is_one_line(printed.err)


def test_words_alone_are_looked_for_everywhere(call: Any, spring: str) -> None:
    found = asked(call, "孩子们也在院子里种树")
    assert (found["status"], found["document"], found["text"]) == ("found", spring, "孩子們也在院子里種樹")
    assert found["title"] == "春天"
    both = asked(call, "去干活。\n學校里")
    assert (both["status"], both["text"]) == ("found", "去干活。\n學校里")
    english = asked(call, EDITION.text(1, "english")[:40])
    assert english["address"] == str(EDITION.address(Span(1, 0, len(EDITION.text(1)))))


def test_words_at_several_places_are_listed_and_none_is_chosen(call: Any, spring: str) -> None:
    found = asked(call, "疫情防控一線")
    count = sum(text.count("疫情防控一線") for text in EDITION.readings["restored"])
    assert (found["status"], found["address"], found["text"]) == ("ambiguous", None, None)
    assert len(found["places"]) == count > 1
    printed = call("resolve", "疫情防控一線")
    rows = [line.split("\t") for line in printed.out.splitlines()]
    assert [row[1] for row in rows] == [place["address"] for place in found["places"]]
    assert "4 places" in printed.err


def test_very_many_places_are_told_in_part(call: Any, spring: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "data" / "lishu-tui" / "library.db", write=True) as library:
        library.add(made("好的", "好的，好的，都是好的。" * 60))
    found = asked(call, "的")
    assert (found["status"], len(found["places"]), found["more"]) == ("ambiguous", 100, True)


def test_what_the_reader_copies_is_read(call: Any, spring: str) -> None:
    found = asked(call, quotation(EDITION, SPAN))
    assert (found["status"], found["address"], found["was"]) == ("same", PLACE, PLACE)
    moved = asked(call, quotation(EDITION, SPAN).replace("closing/1:0-12", "closing/1:5-17"))
    assert (moved["status"], moved["address"], moved["was"]) == ("moved", PLACE, "lishu/closing/1:5-17")
    other = asked(call, f"「{LINES[1]}」{EDITION.source.title}, {PLACE}@{DIGEST}")
    assert (other["status"], other["document"]) == ("moved", spring)
    several = asked(call, f"「疫情防控一線」某文, lishu/opening/1:0-6@{DIGEST}")
    assert (several["status"], len(several["places"])) == ("ambiguous", 4)


def test_a_document_that_is_called_otherwise_is_known_by_its_capture(call: Any, spring: str) -> None:
    digest = asked(call, f"{spring}/text/1")["sha256"][:8]
    found = asked(call, f"another-name/text/1:0-4@{digest}")
    assert (found["status"], found["address"], found["text"]) == ("moved", f"{spring}/text/1:0-4", "春天來了")
    words = asked(call, f"「春天來了」春天, another-name/text/1:0-4@{digest}")
    assert (words["status"], words["address"]) == ("moved", f"{spring}/text/1:0-4")


def test_an_address_that_was_noted_is_found_again_by_its_words(call: Any, spring: str, tmp_path: Path) -> None:
    """As after the document has been made anew, and its text begins otherwise."""
    with Library.open(tmp_path / "data" / "lishu-tui" / "library.db", write=True) as library:
        notes = Notes(library)
        note = notes.add(library.edition(spring), Span(1, 4, 14))
        notes.restore(msgspec.structs.replace(note, address=f"{spring}/text/1:2-12"))
    found = asked(call, f"{spring}/text/1:2-12")
    assert (found["status"], found["address"], found["text"]) == (
        "moved",
        f"{spring}/text/2:4-14",
        "孩子們也在院子里種樹",
    )


def test_an_address_as_it_is_copied_is_opened(call: Any, is_one_line: Any, spring: str) -> None:
    digest = asked(call, f"{spring}/text/1")["sha256"][:8]
    for place, right in ((PLACE, DIGEST), ("lishu", DIGEST), (f"{spring}/text/1", digest), (spring, digest)):
        assert call(f"{place}@{right}") == call(place)
        printed = call(f"{place}@00000000")
        assert (printed.code, printed.out) == (ExitCode.USAGE, "")
        assert "another capture" in printed.err
        assert is_one_line(printed.err)


@pytest.mark.parametrize("hostile", ["\x1b[31m", "a\u202eb", "[red]x[/]", "「\x07」", "\udcff", "%s{0}"])
def test_hostile_words_drive_nothing(call: Any, hostile: str) -> None:
    printed = call("resolve", hostile)
    assert printed.code in (ExitCode.NEGATIVE, ExitCode.USAGE)
    assert not set(printed.out + printed.err) & {"\x1b", "\x07", "\u202e"}
    assert printed.err.count("\n") == 1
