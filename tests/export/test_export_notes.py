"""Notes written out in four forms, and taken back as Web Annotations: nothing doubled, text as text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Edition, LishuError, Span, load_edition, visible
from lishu_tui.export.notes import COLUMNS, FORMS, Placed, export, placed, read_annotations, record, take_in
from lishu_tui.export.notes.writing import instant
from lishu_tui.library.notes import Note, Notes
from lishu_tui.library.store import Library
from tests.library.kept import made

BUNDLED = load_edition()
PAGE = "https://www.example.cn/chun.html"
SPRING = made("春天", "春天來了，農民們都到地里去干活。", "學校里的孩子們也在院子里種樹。", url=PAGE)
HOSTILE = (
    "=1+1 <script>alert(1)</script> [x](javascript:y) `code` *a* _b_ \x1b]0;x\x07 \u202e 「引」\n# 標題\n1. 一\n- 二"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", write=True) as opened:
        opened.add(SPRING)
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Somebody else's, who has the same page."""
    with Library.open(tmp_path / "other.db", write=True) as opened:
        opened.add(SPRING)
        yield opened


def spring(library: Library) -> Edition:
    return library.edition(library.entries()[0].id)


def fill(library: Library) -> list[Note]:
    notes = Notes(library)
    return [
        notes.add(spring(library), Span(1, 4, 14), "種了多少？", ["數字", "=樹"]),
        notes.add(spring(library), [Span(0, 12, 16), Span(1, 0, 4)], HOSTILE),
        notes.add(BUNDLED, Span(3, 0, 8)),
    ]


def written(library: Library, form: Any) -> str:
    return "".join(export(placed(library, Notes(library).all()), form))


def taken(library: Library, text: str) -> list[Any]:
    return list(take_in(library, read_annotations(text.encode(), "a.json")))


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_the_same_notes_give_the_same_bytes_and_drive_nothing(library: Library, form: str) -> None:
    fill(library)
    text = written(library, form)
    assert text == written(library, form)
    assert text.replace("\n", "").isprintable() or form == "csv"
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert written(Library.open(library.path), "csv").count("\n") == 4


@pytest.mark.parametrize("form", FORMS)
def test_no_notes_are_written_too(library: Library, form: str) -> None:
    text = "".join(export([], form))  # type: ignore[arg-type]
    if form == "w3c":
        assert json.loads(text)["total"] == 0
        assert taken(library, text) == []


def test_lines_and_rows_say_all(library: Library) -> None:
    first, *_ = notes = fill(library)
    lines = [json.loads(line) for line in written(library, "jsonl").splitlines()]
    assert all(tuple(line) == COLUMNS for line in lines)
    assert sorted(line["id"] for line in lines) == sorted(note.id for note in notes)
    one = next(line for line in lines if line["id"] == first.id)
    assert (one["quote"], one["text"], one["tags"]) == ("孩子們也在院子里種樹", "種了多少？", ["數字", "=樹"])
    assert (one["status"], one["stands"], one["url"]) == ("same", None, PAGE)
    head, *rows = csv.reader(io.StringIO(written(library, "csv")))
    assert tuple(head) == COLUMNS
    cells = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert cells[first.id]["tags"] == "數字; =樹"
    guarded = cells[notes[1].id]
    assert guarded["text"].startswith("'=1+1 <script>")
    assert " ¶ # 標題 ¶ 1. 一" in guarded["text"]


def test_markdown_is_read_as_it_was_written(library: Library) -> None:
    fill(library)
    text = written(library, "md")
    assert text.startswith("# Notes\n\n## ")
    assert f"<{PAGE}>" in text
    assert "「孩子們也在院子里種樹」" in text
    assert f"@{BUNDLED.source.sha256[:8]}`" in text
    bare = re.sub(r"\\.", "", text)  # without what is escaped
    assert not re.search(r"<script|\]\(|^\s*#+ 標|^ *1\. |^  - ", bare, re.MULTILINE)
    assert bare.count("*") == 0


def test_what_is_moved_lost_or_not_here_is_said(library: Library) -> None:
    notes = Notes(library)
    moved = notes.add(spring(library), Span(0, 0, 5))
    notes.restore(msgspec.structs.replace(moved, address=moved.address.replace("0-5", "3-8")))
    lost = notes.add(spring(library), Span(1, 0, 5))
    notes.restore(msgspec.structs.replace(lost, exact="從未有過的話", prefix="無", suffix="無"))
    gone = notes.add(made("不在", "這一篇不在這里。"), Span(0, 0, 3))
    found = {one.note.id: one for one in placed(library, notes.all())}
    assert found[moved.id].status == "moved"
    assert found[moved.id].address == moved.address
    assert (found[lost.id].status, found[gone.id].status) == ("lost", "no document")
    assert found[gone.id].address == gone.address
    text = written(library, "md")
    assert "moved from" in text
    assert "its words are lost" in text
    assert "the document is not here" in text
    items = json.loads(written(library, "w3c"))["first"]["items"]
    positions = [any(s["type"] == "TextPositionSelector" for s in item["target"]["selector"]) for item in items]
    assert positions.count(True) == 1


def test_annotations_are_as_the_model_has_them(library: Library) -> None:
    """https://www.w3.org/TR/annotation-model/ sections 3.2, 4.2.4, 4.2.5, 5.1."""
    first, second, third = fill(library)
    whole = json.loads(written(library, "w3c"))
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (whole["type"], whole["total"]) == ("AnnotationCollection", 3)
    assert whole["first"]["type"] == "AnnotationPage"
    items = {item["id"].rpartition(":")[2]: item for item in whole["first"]["items"]}
    text = "\n".join(spring(library).readings["restored"])
    for note in (first, second):
        target = items[note.id]["target"]
        assert target["source"] == PAGE
        quote, position, fragment = target["selector"]
        assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", note.exact)
        assert text[position["start"] : position["end"]] == note.exact
        assert fragment["value"] == note.address
    body = items[first.id]["body"]
    assert [(b["purpose"], b["value"]) for b in body] == [
        ("commenting", "種了多少？"), ("tagging", "數字"), ("tagging", "=樹"),
    ]  # fmt: skip
    assert items[third.id]["target"]["source"] == f"urn:sha256:{BUNDLED.source.sha256}"
    assert "body" not in items[third.id]
    assert items[third.id]["motivation"] == "bookmarking"
    for item in items.values():
        assert item["type"] == "Annotation"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["created"])


def test_times_are_told_in_utc() -> None:
    assert instant("2026-07-01T08:00:00+08:00") == "2026-07-01T00:00:00Z"
    assert instant("yesterday") == "yesterday"


# ── and back ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_written_out_comes_back_without_doubles(library: Library, other: Library) -> None:
    notes = fill(library)
    text = written(library, "w3c")
    assert [one.status for one in taken(library, text)] == ["known"] * 3
    assert [one.status for one in taken(other, text)] == ["added"] * 3
    assert [one.status for one in taken(other, text)] == ["known"] * 3
    back = {note.id: note for note in Notes(other).all()}
    for note in notes:
        same = back[note.id]
        assert datetime.fromisoformat(same.created) == datetime.fromisoformat(note.created)
        timeless = {"created": "", "modified": ""}
        assert msgspec.structs.replace(same, **timeless) == msgspec.structs.replace(note, **timeless)
    assert json.loads(written(other, "w3c")) == json.loads(text)


def test_ours_are_kept_where_their_document_is_not_here(library: Library, tmp_path: Path) -> None:
    notes = fill(library)
    with Library.open(tmp_path / "empty.db", write=True) as empty:
        became = taken(empty, written(library, "w3c"))
        assert [one.status for one in became] == ["added"] * 3
        assert sorted(one.found is None for one in became) == [False, True, True]
        empty.add(SPRING)
        note = Notes(empty).note(notes[0].id)
        assert note is not None
        assert Notes(empty).place(note, spring(empty)).status == "same"
        assert notes[0].sha256 == note.sha256


def hypothesis_row(**more: Any) -> dict[str, Any]:
    """What https://api.hypothes.is/api/search gives out."""
    return {
        "id": "jLqbTk3yEeyZ4Kf6r-aBcQ", "created": "2022-01-26T20:00:18.064236+00:00",
        "updated": "2022-01-27T20:00:18.064236+00:00", "user": "acct:someone@hypothes.is", "uri": PAGE,
        "text": "問：種了多少？", "tags": ["樹"], "group": "__world__", "document": {"title": ["春天"]},
        "target": [{"source": PAGE, "selector": [
            {"type": "RangeSelector", "startOffset": 0, "endOffset": 4},
            {"type": "TextPositionSelector", "start": 812, "end": 822},
            {"type": "TextQuoteSelector", "exact": "孩子們也在院子里種樹", "prefix": "學校里的", "suffix": "。"},
        ]}],
    } | more  # fmt: skip


def test_what_hypothesis_gives_out_is_found_again(library: Library) -> None:
    (one,) = taken(library, json.dumps({"total": 1, "rows": [hypothesis_row()]}))
    assert one.status == "added"
    assert (one.note.text, one.note.tags, one.note.id) == ("問：種了多少？", ("樹",), "jLqbTk3yEeyZ4Kf6r-aBcQ")
    assert one.note.address == str(spring(library).address(Span(1, 4, 14)))
    assert one.note.modified == "2022-01-27T20:00:18+00:00"
    assert [one.status for one in taken(library, json.dumps([hypothesis_row()]))] == ["known"]
    assert [one.status for one in taken(library, json.dumps([hypothesis_row(id=None)]))] == ["known"]


def quote(exact: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact}


def about(exact: Any) -> dict[str, Any]:
    return {"target": [{"source": PAGE, "selector": [quote(exact)]}]}


@pytest.mark.parametrize(
    ("exact", "place"),
    [
        ("孩子们也在院子里种树", Span(1, 4, 14)),  # in the other script
        ("去干活。\n   學校里", Span(0, 12, 16)),  # over the end of a paragraph, as a page's source has it
    ],
)
def test_words_are_found_however_the_page_had_them(library: Library, exact: str, place: Span) -> None:
    row = hypothesis_row()
    row["target"][0]["selector"] = [{"type": "TextQuoteSelector", "exact": exact}]
    (one,) = taken(library, json.dumps([row]))
    assert one.status == "added"
    assert one.found.spans[0] == place


def test_words_of_the_capture_are_carried_over(library: Library) -> None:
    damaged = made(
        "菜市場",
        "清晨六點，菜市場(chǎng )里已經擠(jǐ )滿了人，賣豆腐的老周把第一鍋豆漿端了出來(lái)。",
        url="https://b.cn/",
    )
    library.add(damaged)
    stood = damaged.readings["capture"][0][5:26]
    row = hypothesis_row(uri="https://b.cn/#part", target=[
        {"source": "https://b.cn/#part", "selector": [{"type": "TextQuoteSelector", "exact": stood}]}
    ])  # fmt: skip
    (one,) = taken(library, json.dumps([row]))
    assert one.status == "added"
    assert one.note.exact in damaged.readings["restored"][0]
    assert one.note.exact.startswith("菜市場里")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"uri": "https://nowhere.cn/", "target": [{"source": "https://nowhere.cn/"}]}, "not in the library"),
        (about("從未有過的話"), "not in the text"),
        (about("來了"), ""),
        (about("地里"), ""),
        (about("們"), "2 places are equally good"),
        ({"text": "x" * 200_000}, "too long"),
        (about(5), "as the model"),
        ({"uri": 5, "target": 7}, "as the model"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_the_rest_goes_on(library: Library, change: dict[str, Any], says: str) -> None:
    rows = [hypothesis_row(id="bad") | change, hypothesis_row(id="good")]
    bad, good = taken(library, json.dumps({"rows": rows}))
    if says:
        assert bad.status == "failed"
        assert says in str(bad.error)
    assert good.status == "added"


def test_a_note_on_a_page_as_a_whole_stands_at_its_beginning(library: Library) -> None:
    (one,) = taken(library, json.dumps([hypothesis_row(target=[{"source": PAGE}])]))
    assert (one.status, one.note.exact) == ("added", "")
    assert Notes(library).place(one.note, spring(library)).status == "same"


@pytest.mark.parametrize(
    "target",
    [
        {"id": PAGE},
        PAGE,
        {"source": {"id": PAGE, "type": "Text"}},
        [{"source": PAGE, "selector": {"type": "RangeSelector", "refinedBy": quote("種樹")}}],
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "body", ["看", {"type": "TextualBody", "value": "看"}, [{"value": "看", "purpose": "commenting"}]]
)
def test_other_ways_to_say_it(library: Library, target: Any, body: Any) -> None:
    annotation = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": body, "target": target}
    for value in (annotation, [annotation], {"type": "AnnotationPage", "items": [annotation]}):
        (one,) = taken(library, json.dumps(value))
        assert one.status in ("added", "known")
        assert one.note.text == "看"
    assert Notes(library).count() == 1


@pytest.mark.parametrize(
    "data", [b"", b"no json", b"[" * 100_000, b"5", b'{"a": 1}', b'[{"a": 1}]', b'"\xff"', b"null"]
)
def test_what_holds_no_annotations_is_refused(data: bytes) -> None:
    with pytest.raises(LishuError):
        list(read_annotations(data, "a.json"))


NAMES = ["target", "source", "selector", "type", "exact", "body", "value", "id", "items", "uri", "tags", "state"]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([PAGE, *quote("種樹").values()]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(NAMES), inner, max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@given(ANY)
def test_any_json_gives_notes_or_a_line(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "any.db"
    with Library.open(path, write=True) as library:
        library.add(SPRING)
        with suppress(LishuError):
            for one in taken(library, json.dumps(value)):
                assert (one.error is not None) == (one.status == "failed")
                assert one.error is None or visible(str(one.error)) == str(one.error)


def test_a_record_of_a_place_that_is_not_here() -> None:
    note = Note(
        id="a", document="gone-1", address="gone-1/part/1:0-2", exact="種樹", prefix="", suffix="", sha256="", title="",
        url="", text="", tags=(), created="2026-01-01T00:00:00+00:00", modified="2026-01-01T00:00:00+00:00",
    )  # fmt: skip
    assert record(Placed(note, None, why="the document is not here"))["status"] == "no document"
