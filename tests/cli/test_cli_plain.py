"""The short road of plain questions: it prints what the parser's road prints, and leaves all else to that."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lishu_tui.cli import plain, program
from lishu_tui.edition import load_edition, places
from lishu_tui.edition import ready as ready_module
from lishu_tui.edition.ready import FILE, OF, READY, ready
from lishu_tui.settings import library_file

EDITION = load_edition()
ADDRESSES = [
    "lishu", "lishu/party-leadership", "lishu/closing/0", "lishu/party-leadership/2:3-17", "lishu/closing/1:0-0",
    "lishu/nope", "lishu/closing/99", "lishu/closing/1:5-2", "lishu/closing/1:0-9999999", "lishu/", "lishu//",
    "lishu/A",
]  # fmt: skip
QUERIES = [
    "防控",
    "zhanyi",
    "zhiyuanzh",
    "epidemic",
    "the",
    "２",
    "突击队",
    "突擊 隊",
    "沒有這個",
    " ",
    "",
    "-",
    "%",
    "。",
]
LINES = [
    *(["show", *more] for more in ([], ["--json"], ["--reading", "simplified"], ["--reading", "english", "--json"])),
    *(["show", address, *more] for address in ADDRESSES for more in ([], ["--json", "--reading", "english"])),
    *(["search", query, *more] for query in QUERIES for more in ([], ["--json"], ["--plain"], ["--count"], ["--csv"])),
    *(["search", "--in", address, "志愿者", "--json"] for address in ADDRESSES),
    *(["stats", *more] for more in ([], ["--json"], ["--csv"], ["--tsv"], ["--plain"], ["--plain", "--json"])),
    *(["stats", address, "--json"] for address in ADDRESSES),
]
FOR_THE_PARSER = [
    [], ["--help"], ["show", "--help"], ["show", "other-123456"], ["show", "a", "b"], ["show", "--reading"], ["toc"],
    ["show", "--reading", "capture"], ["show", "--reading=english"], ["show", "--reading", "--json"], ["show", "--js"],
    ["show", "--", "lishu"], ["--library", "x", "show"], ["search"], ["search", "防控", "--limit", "3"],
    ["search", "防控", "--in", "other-123456"], ["search", "-x"], ["search", "a\x1b"], ["search", "\udce9"],
    ["stats", "page.html"], ["stats", "--across", "人"], ["stats", "-"], ["lishu/closing"], ["show", "--csv"],
]  # fmt: skip


def both(capsys: pytest.CaptureFixture[str], words: list[str]) -> tuple[Any, Any]:
    """What becomes of a command line on the short road and on the parser's; None where the short one leaves it."""
    short = plain.answer(words)
    said = capsys.readouterr()
    if short is None:
        assert said == ("", "")
        return None, None
    long = program.run(words)
    return (short, said), (long, capsys.readouterr())


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_both_roads_come_to_the_same(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    short, long = both(capsys, words)
    assert short is not None or words[:2] == ["search", "-"]
    assert short == long


@given(
    st.sampled_from(sorted(plain.FLAGS)),
    st.lists(
        st.one_of(
            st.sampled_from(
                [*ADDRESSES, *QUERIES, "--json", "--csv", "--plain", "--count", "--reading", "--in", "english"]
            ),
            st.text(max_size=6),
        ),
        max_size=4,
    ),
)
@example("search", ["--in", "lishu/closing", "村", "--json"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_is_answered_is_what_the_parser_answers(
    capsys: pytest.CaptureFixture[str], command: str, words: list[str]
) -> None:
    short, long = both(capsys, [command, *words])
    assert short == long


@pytest.mark.parametrize("words", FOR_THE_PARSER, ids=ascii)
def test_what_is_for_the_parser(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert both(capsys, words) == (None, None)


def test_a_terminal_is_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert plain._asked(plain.understood(["search", "防控"])) is None  # type: ignore[arg-type]
    assert plain._asked(plain.understood(["stats"])) is None  # type: ignore[arg-type]
    assert plain._asked(plain.understood(["stats", "--json"])) is not None  # type: ignore[arg-type]


def test_a_library_is_searched_by_the_parser(capsys: pytest.CaptureFixture[str]) -> None:
    library_file().parent.mkdir(parents=True)
    library_file().write_bytes(b"")
    assert both(capsys, ["search", "防控"]) == (None, None)
    short, long = both(capsys, ["search", "防控", "--in", "lishu"])
    assert short == long != (None, None)


def test_what_is_ready_is_what_the_loader_makes() -> None:
    made = ready()
    assert made is not None
    assert (made.id, made.statistics_complete) == (EDITION.id, EDITION.statistics_complete)
    for name in READY:
        assert made.readings[name] == EDITION.readings[name]
    for kind in ("sections", "paragraphs", "statistics"):
        mine, theirs = getattr(made, kind), getattr(EDITION, kind)
        assert len(mine) == len(theirs)
        for one, other in zip(mine, theirs, strict=True):
            assert all(getattr(other, field) == value for field, value in vars(one).items())
            assert vars(one).keys() == set(other.__struct_fields__)
    assert all(getattr(EDITION.source, field) == value for field, value in vars(made.source).items())


@pytest.mark.parametrize("file", [FILE, *OF])
@pytest.mark.parametrize(
    "harm", [lambda data: data[:-9] + b"7" + data[-8:], lambda data: b"", lambda data: b"{}", None]
)
def test_what_was_changed_is_for_the_loader(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, harm: Any
) -> None:
    folder = shutil.copytree(str(places.data_folder()) + "/lishu", tmp_path / "lishu")
    monkeypatch.setattr(ready_module, "data_folder", lambda: str(tmp_path))
    assert ready() is not None
    if harm is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(harm((folder / file).read_bytes()))
    found = ready()
    assert found is None or file == FILE  # a number in what is kept, which `verify` would tell of


def test_where_the_data_is_in_no_folder_nothing_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_module, "data_folder", lambda: None)
    assert ready() is None
