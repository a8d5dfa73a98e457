"""A large plain text is held as one string; nothing else about it differs from a small one."""

from __future__ import annotations

import zlib

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import Edition, LishuError
from lishu_tui.edition.texts import Changed, Later, Numbered, Texts, characters, lengths
from lishu_tui.library import edition_of
from lishu_tui.library.captured import Block, Lines
from lishu_tui.library.headings import headings
from lishu_tui.library.store.packing import MOST, inflate, pack, unpack
from lishu_tui.library.store.soundness import unsound
from lishu_tui.restore.gate import gate_place
from lishu_tui.restore.gbk import encode, encode_whole
from lishu_tui.restore.glosses import GATE
from lishu_tui.restore.hurts import mend

SCRAPS = [
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "　",
    "\t",
    "。",
    "，",
    "春天來了",
    "農民們都到地里去干活。",
    "\u200b",
    "\x0b",
    "\u2028",
    "\0",
    "第一章",
    "戰",
    "(zhàn)",
    "?",
    "\u00ad",
]
BODIES = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=50).map("".join)
QUICK = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def as_large(data: bytes, name: str = "text.txt", limit: int = 200_000) -> Edition:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lishu_tui.library.making.LARGE", 0)
        patch.setattr("lishu_tui.edition.model.MANY", 0)
        patch.setattr("lishu_tui.library.texts.LARGE", 0)
        patch.setattr("lishu_tui.library.paragraphs.STRETCH", 5)
        return edition_of(data, name)


@given(BODIES)
@QUICK
def test_an_edition_is_the_same_however_it_is_held(text: str) -> None:
    data = f"春{text}".encode("utf-8", "replace")
    small, large = edition_of(data, "text.txt"), as_large(data)
    assert msgspec.structs.asdict(large) == msgspec.structs.asdict(small)
    assert unsound(large) == unsound(small) == ""
    if small.damage is None:
        assert isinstance(large.readings["restored"], Texts)
        assert isinstance(large.readings["simplified"], Changed)
        assert isinstance(large.paragraphs, Numbered)
    for index in range(len(small.paragraphs)):
        assert large.section_of(index) == small.section_of(index)
        assert large.section_number(index) == small.sections.index(small.section_of(index))
        assert large.text(index, "simplified") == small.text(index, "simplified")
        assert large.text(-1 - index) == small.text(-1 - index)


def test_a_long_line_is_cut_as_in_a_small_text() -> None:
    data = ("農民們都到地里去干活。" * 50_000).encode()
    large = edition_of(data, "text.txt").readings["restored"]
    small = edition_of(data, "text.txt").readings["restored"]
    assert isinstance(large, Texts)
    assert len(large) == 3
    assert "".join(large) == data.decode()
    assert large.whole.count("\n") == 2  # a line end between two also where there was none
    assert list(large) == list(small)
    assert characters(large) == sum(map(len, large)) == sum(lengths(large))


def test_it_is_stored_and_comes_back() -> None:
    large = as_large("春天來了。\n第一章\n農民們都到地里去干活，學校里的孩子們也在種樹。".encode())
    back = unpack(pack(large, MOST), large.capture, MOST)
    assert msgspec.structs.asdict(back) == msgspec.structs.asdict(large)
    assert isinstance(back.readings["restored"], Texts)
    assert not unsound(back)


def test_a_stored_reading_is_read_once_it_is_looked_at() -> None:
    large = as_large("戰爭\n\n和平。".encode())
    back = unpack(pack(large, MOST), large.capture, MOST)
    simplified = back.readings["simplified"]
    assert isinstance(simplified, Later)
    assert back.text(1) == "和平。"
    assert not {"whole", "starts", "ends"} & vars(simplified).keys()
    assert back.text(0, "simplified") == "战争"
    assert simplified == large.readings["simplified"]
    assert len(pack(back, MOST)) == len(pack(large, MOST))


def test_all_that_is_packed_counts_where_there_is_a_limit() -> None:
    large = as_large(("戰" * 3000).encode())
    with pytest.raises(LishuError, match="too large"):
        pack(large, 15_000)
    assert pack(large, 20_000)


@given(st.binary(max_size=300), st.binary(max_size=3), st.integers(0, 3), st.integers(1, 9), st.integers(1, 9))
@QUICK
def test_what_was_compressed_comes_back_in_whatever_pieces(
    data: bytes, more: bytes, less: int, piece: int, growth: int
) -> None:
    packed = zlib.compress(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lishu_tui.library.store.packing.PIECE", piece)
        patch.setattr("lishu_tui.library.store.packing.GROWTH", growth)
        assert inflate(packed, len(data)) == data
        wrong = [packed + more] * bool(more) + [packed[: len(packed) - less]] * bool(less)
        for one in wrong:
            with pytest.raises(ValueError, match="cut off"):
                inflate(one, len(data))
        if data:
            with pytest.raises(ValueError, match="cut off"):
                inflate(packed, len(data) - 1)


@given(st.lists(st.sampled_from(["春天來了", "", "  ", "第一章"]), max_size=9))
@QUICK
def test_lines_are_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    made = Lines(text)
    assert made == [Block(line) for line in text.split("\n")]
    assert [made[n] for n in range(len(made))] == list(made)


@given(BODIES)
@QUICK
def test_the_gate_is_found_where_its_pattern_is(text: str) -> None:
    match = GATE.search(text)
    assert gate_place(text) == (match.start() if match else None)


@given(st.text(st.sampled_from("春天€\ue000\ue7ffa\u200b戰") | st.characters(codec="utf-8"), max_size=12))
@QUICK
def test_the_codec_says_what_the_tables_say(text: str) -> None:
    raw, foreign = encode(text)
    assert encode_whole(text) == (None if foreign else raw)


@given(st.lists(st.sampled_from(["春天", "\r", "\n", "\r\n", "\u200b", "&amp;"]), max_size=30).map("".join))
@QUICK
def test_line_ends_are_made_alike_and_counted_alike(text: str) -> None:
    small = mend(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lishu_tui.restore.hurts.LARGE", 0)
        large = mend(text)
    assert large == small
    assert [list(step.emendations) for step in large[1]] == [list(step.emendations) for step in small[1]]


def test_few_of_many_lines_are_looked_at_as_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr("lishu_tui.library.headings.like_heading", lambda line, longest: looked.append(line))
    assert headings(["短行"] * 50_000) == {}
    assert looked == []
