"""Cells are counted as Rich counts them, because Rich and Textual draw what we lay out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from lishu_tui.typeset import cells, clip, widths

ROOT = Path(__file__).resolve().parents[2]
JOINED = st.text(st.sampled_from("梨a é\u0301\u200d\ufe0f☎☺👩👧🏽🇨🇳⚕\u200b\x00\x7f，…\ufe0e\U000e0100क्ष"))


def test_every_character_of_unicode_is_as_wide_as_rich_says() -> None:
    wrong = [code for code in range(sys.maxunicode + 1) if cells(chr(code)) != cell_len(chr(code))]
    assert wrong == []


@given(st.one_of(JOINED, st.text()))
@example("👩‍👩‍👧")
@example("☎️")
@example("\u200d\ufe0f")
@example("a\u200d")
@example("\ufe0f☺\ufe0f\ufe0f")
def test_text_is_as_wide_as_rich_says_also_where_emoji_are_joined(text: str) -> None:
    assert cells(text) == cell_len(text)
    assert len(widths(text)) == len(text)


def test_the_table_is_what_the_script_makes_of_rich() -> None:
    script = ROOT / "scripts" / "build_widths.py"
    assert subprocess.run([sys.executable, script, "--check"], check=False).returncode == 0


@given(st.one_of(JOINED, st.text()), st.integers(-2, 12), st.sampled_from(["start", "end"]))
def test_clipped_text_fits_and_says_that_it_was_cut(text: str, limit: int, keep: str) -> None:
    clipped = clip(text, limit, keep=keep)
    if cells(text) <= limit or not text:
        assert clipped == text
        return
    assert cells(clipped) <= max(limit, 0)
    if limit > 0:
        kept = clipped.removesuffix("…") if keep == "start" else clipped.removeprefix("…")
        assert len(kept) == len(clipped) - 1
        assert text.startswith(kept) if keep == "start" else text.endswith(kept)


@pytest.mark.parametrize(
    ("text", "limit", "keep", "clipped"),
    [
        ("梨樹縣", 6, "start", "梨樹縣"),
        ("梨樹縣", 5, "start", "梨樹…"),
        ("梨樹縣", 4, "start", "梨…"),
        ("梨樹縣", 4, "end", "…縣"),
        ("梨樹縣", 1, "start", "…"),
        ("梨樹縣", 0, "start", ""),
        ("e\u0301tude", 4, "start", "e\u0301tu…"),
        ("梨樹e\u0301", 3, "end", "…e\u0301"),
    ],
)
def test_clip_keeps_what_fits(text: str, limit: int, keep: str, clipped: str) -> None:
    assert clip(text, limit, keep=keep) == clipped
