"""Captured text is hostile until shown safe; an error is one line whatever is put into it."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from lishu_tui.edition import LishuError, visible

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
ANY = st.text(st.characters(exclude_categories=()))  # lone surrogates included
BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
PAYLOADS = [
    "\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x1b\\",
    "\x1bP+q\x1b\\",
    "\x1b[>0q",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\x1b]8;;http://x",  # never ended
    "\x1bc",
    "a\rb\x08",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "\ud83d",
    "\U000e0041\U000e007f",
]


def hostile(character: str) -> bool:
    category = unicodedata.category(character)
    tag = "\U000e0000" <= character <= "\U000e007f"
    mark = character in "\u200e\u200f\u061c\u3164\uffa0\u115f\u1160\ufeff"
    return category in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(character) in BIDI or tag or mark


def test_no_control_surrogate_bidi_mark_or_tag_of_all_unicode_comes_out() -> None:
    for character in EVERY:
        shown = visible(character)
        assert len(shown) == 1
        assert not hostile(shown), f"U+{ord(character):04X}"
        assert (shown != character) or not hostile(character)


def test_chinese_text_its_marks_and_its_gaps_come_out_as_they_are() -> None:
    text = "梨樹縣“硬作風”，（張競文）——……〔2020年〕《吉林日報》 ̄é\u3000\u00a0𠮷々〻👩‍👩‍👧☎️"
    assert visible(text) == text


@given(ANY)
@example("\x00\x1f\x7f\x80\x9f\t\n\r")
def test_one_character_becomes_one_character_and_twice_is_as_once(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert not any(map(hostile, shown))
    shown.encode()  # never a lone surrogate


@given(ANY, ANY, ANY, ANY)
def test_an_error_is_one_safe_line_whatever_is_put_into_it(file: str, place: str, wrong: str, expected: str) -> None:
    line = str(LishuError(file, place, wrong, expected))
    assert not any(map(hostile, line))
    assert len(line.splitlines()) <= 1


def test_payloads_reach_no_error_message_as_themselves() -> None:
    for payload in PAYLOADS:
        line = str(LishuError(payload, payload, payload, payload))
        assert not set("\x1b\x07\x08\r\x9b\x9d\u202e\u2066\ud83d\U000e0041") & set(line), repr(payload)


def test_an_error_names_file_place_fault_and_what_was_expected() -> None:
    assert str(LishuError("a.toml", "line 3", "is wrong", "right")) == "a.toml: line 3: is wrong; expected right"
    assert str(LishuError("a.toml", "", "is wrong", "")) == "a.toml: is wrong"
    assert LishuError("a", "", "b", "").exit_code == 2
