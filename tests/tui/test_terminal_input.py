"""A paste is data: whatever it holds, no key comes out of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from lishu_tui.tui.terminal_input import BEGINS, ENDS, PasteFilter, SafeParser

PIECES = st.lists(
    st.sampled_from([BEGINS, ENDS, "\x1b", "[", "2", "201~", "q", "梨", "\x1b]0;x\x07", "\x1b[A"]), max_size=12
)


def cut(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    return [text[a:b] for a, b in pairwise(places)]


@given(PIECES, st.lists(st.integers(0, 200)))
def test_it_does_not_matter_in_which_pieces_it_arrives(pieces, cuts):
    text = "".join(pieces) + ENDS
    whole, parted = PasteFilter(), PasteFilter()
    assert "".join(map(parted, cut(text, cuts))) == whole(text)


@given(st.text(st.sampled_from("\x1b[201~qA梨\x07")), st.text(st.sampled_from("\x1b[201~qA梨\x07")))
def test_only_esc_within_a_paste_is_changed(before, within):
    before, within = before.replace(BEGINS, ""), within.replace(ENDS, "")
    if BEGINS in before or ENDS in (within + ENDS)[: -len(ENDS)] or (within + ENDS).find(ENDS) != len(within):
        return
    assert PasteFilter()(before + BEGINS + within + ENDS + "\x1b[A") == (
        before + BEGINS + within.replace("\x1b", "␛") + ENDS + "\x1b[A"
    )


@given(st.text(st.sampled_from("\x1b[];0qdy\x07P\\c31m梨\r"), max_size=120))
def test_no_key_comes_out_of_a_paste(within):
    if ENDS in within:
        return
    parser = SafeParser()
    seen = [m for m in parser.feed(f"{BEGINS}{within}{ENDS}j") if isinstance(m, events.Key | events.Paste)]
    assert [m.key for m in seen if isinstance(m, events.Key)] == ["j"]
    if within:
        assert [m.text for m in seen if isinstance(m, events.Paste)] == [within.replace("\x1b", "␛")]
