"""Chinese line breaking: laws over any text, and cases to read."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import load_edition
from lishu_tui.typeset import break_lines, cells, widths
from lishu_tui.typeset.breaking import HANGING, NO_END, NO_START

SPACES = " \u3000\t"
ALPHABET = "梨樹縣，。、；：？！”’）》】“‘（《【ab12.-/%'\" \u3000…—é\u0301\u200b\u200d\ufe0f☎👩𠮷·"
TEXTS = st.one_of(st.text(st.sampled_from(ALPHABET), max_size=60), st.text(max_size=40))
MEASURES = st.integers(1, 24)
CHINESE = st.text(st.sampled_from("梨樹縣疫情防控，。”“（）《》……——"), min_size=1, max_size=80)


def cut(text: str, measure: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, measure)]


def breakable(text: str, at: int, found: list[int]) -> bool:
    """Whether a line may be made to end before character `at` without breaking a rule of marks."""
    here, before = text[at], text[at - 1]
    return bool(found[at]) and here not in NO_START and here not in SPACES + "\ufe0f" and before not in NO_END


@given(TEXTS, st.integers(-3, 24))
def test_the_lines_joined_are_the_text_and_none_is_empty(text: str, measure: int) -> None:
    places = break_lines(text, measure)
    assert [a for a, _ in places] == [0, *(b for _, b in places[:-1])]
    assert places[-1][1] == len(text)
    assert all(a < b for a, b in places) or text == ""


@given(TEXTS, MEASURES)
def test_no_line_is_longer_than_the_measure_but_by_a_mark_that_hangs(text: str, measure: int) -> None:
    found = widths(text)
    for start, end in break_lines(text, measure):
        last = start + len(text[start:end].rstrip(SPACES))  # spaces at the end take no room
        taken = sum(found[start:last])
        shown = [n for n in range(start, last) if found[n]]
        hangs = bool(shown) and text[shown[-1]] in HANGING
        assert taken <= measure + hangs or len(shown) == 1


@given(TEXTS, MEASURES)
@example("11\u200d‘《", 2)
def test_no_line_begins_or_ends_with_a_wrong_mark_where_it_could_be_broken_otherwise(text: str, measure: int) -> None:
    found = widths(text)
    for start, end in break_lines(text, measure)[:-1]:
        if not breakable(text, end, found) and not (found[end] == 0 and text[end - 1] in SPACES):
            assert not any(breakable(text, n, found) for n in range(start + 1, end)), cut(text, measure)


@given(CHINESE, st.integers(12, 40))
def test_chinese_prose_never_begins_a_line_with_a_closing_mark_nor_ends_one_with_an_opening_mark(
    text: str, measure: int
) -> None:
    text = re.sub(r"([，。”）》…—“（《]{3})[，。”）》…—“（《]+", r"\1", text)  # prose has few marks in a row
    lines = cut(text, measure)
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]


@given(st.lists(st.from_regex(r"[A-Za-z0-9]{1,10}([.\-/'’][A-Za-z0-9]{1,8})?", fullmatch=True), max_size=8), MEASURES)
def test_numbers_and_latin_words_stay_whole_where_they_fit(words: list[str], measure: int) -> None:
    lines = cut("梨樹".join(words), measure)
    for word in words:
        if len(word) < measure:
            assert any(word in line for line in lines), lines


@pytest.mark.parametrize("measure", range(2, 24))
def test_an_ellipsis_and_a_dash_stay_whole(measure: int) -> None:
    for text in ("卡點、醫院、社區、市場……連日來", "防疫戰士——建檔立卡貧困戶——他們主動請纓"):
        lines = cut(text, max(measure, 4))
        assert sum(line.count("……") + line.count("——") for line in lines) == text.count("……") + text.count("——")


CASES: list[tuple[str, int, list[str]]] = [
    ("", 10, [""]),
    ("梨樹縣", 6, ["梨樹縣"]),
    ("梨樹縣", 4, ["梨樹", "縣"]),
    ("梨樹縣", 5, ["梨樹", "縣"]),
    ("梨樹縣", 1, ["梨", "樹", "縣"]),
    # a closing mark takes the character before it along to the next line
    ("疫情就是命令，防控就是責任。", 12, ["疫情就是命", "令，防控就是", "責任。"]),
    # it hangs where one cell is all it lacks
    ("疫情就是命令，防控", 13, ["疫情就是命令，", "防控"]),
    ("abcd,efgh", 4, ["abcd,", "efgh"]),
    ("疫情”了，完", 4, ["疫情”", "了，", "完"]),
    # only one mark hangs
    ("一二三。”四", 7, ["一二", "三。”四"]),
    # an opening mark goes with what it opens
    ("打贏“硬仗”", 4, ["打贏", "“硬", "仗”"]),
    ("在（街道）", 4, ["在", "（街", "道）"]),
    # figures, words, telephone numbers
    ("下設11個工作組", 5, ["下設", "11個", "工作", "組"]),
    ("卡點500余個", 6, ["卡點", "500余", "個"]),
    ("工作人員9980人", 11, ["工作人員", "9980人"]),
    ("聯系：010-65367254。", 12, ["聯系：", "010-6536725", "4。"]),
    ("聯系：010-65367254。", 14, ["聯系：", "010-65367254。"]),
    ("戶外LED五路", 6, ["戶外", "LED五", "路"]),
    ("約12.5%的人", 6, ["約", "12.5%", "的人"]),
    ("don’t stop", 6, ["don’t ", "stop"]),
    ("well-known man", 12, ["well-known ", "man"]),
    ("state-of-the-art", 6, ["state-", "of-the", "-art"]),
    ('他說"好"了', 6, ["他", '說"好"', "了"]),
    # a run longer than the line is cut, never so that a mark begins a line
    ("aaaaaaaaaa，", 5, ["aaaaa", "aaaa", "a，"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    # spaces at a line's end take no room; before a mark they do
    ("ab   cd", 2, ["ab   ", "cd"]),
    ("嚴陣以待 人民群眾", 8, ["嚴陣以待 ", "人民群眾"]),
    ("一二　三", 4, ["一二　", "三"]),
    ("一二     ，", 4, ["一", "二     ", "，"]),
    ("（ 一二", 5, ["（ 一", "二"]),
    # joined and combining characters stay with what they are joined to
    ("ae\u0301b c", 3, ["ae\u0301b ", "c"]),
    ("👩‍👩‍👧👩‍👩‍👧", 2, ["👩‍👩‍👧", "👩‍👩‍👧"]),
    ("☎️☎️", 3, ["☎️", "☎️"]),
    ("ab\u200bcd", 3, ["ab\u200b", "cd"]),
]


@pytest.mark.parametrize(("text", "measure", "lines"), CASES)
def test_text_is_broken_as_a_reader_expects(text: str, measure: int, lines: list[str]) -> None:
    assert cut(text, measure) == lines


def test_a_column_of_closing_marks_alone_loses_nothing() -> None:
    text = "（。，。，" * 1000
    lines = cut(text, 2)
    assert "".join(lines) == text
    assert max(map(cells, lines)) == 2


@pytest.mark.parametrize("character", ["\u200b", "\u0301", "\u200d", "\ufe0f"])
def test_a_hundred_thousand_characters_without_width_end(character: str) -> None:
    for text in (character * 100_000, "梨" + character * 100_000, " " * 9 + character * 100_000):
        assert "".join(cut(text, 3)) == text


LONG = {
    "prose": "疫情就是命令，防控就是責任。",
    "closers": "，",
    "openers": "（",
    "word": "a",
    "digits and marks": "1.",
    "spaces": " ",
    "opener and spaces": "（   ",
    "combining": "e\u0301",
    "invisible": "\u200b梨",
    "quotes": '"',
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("measure", [2, 40])
def test_the_time_grows_as_the_text_and_not_as_its_square(name: str, measure: int) -> None:
    short, long = ((LONG[name] * count)[:count] for count in (2_000, 32_000))

    def taken(text: str) -> float:
        start = time.process_time()
        break_lines(text, measure)
        return time.process_time() - start

    ratios = (taken(long) / max(taken(short), 1e-4) for _ in range(8))
    # 16 times the text; a quadratic one would take 256 times as long. A machine busy with other things gets 8 chances.
    assert any(ratio < 48 for ratio in ratios)


@settings(max_examples=30)
@given(MEASURES)
def test_the_article_obeys_the_rules_in_every_reading(measure: int) -> None:
    edition = load_edition()
    for reading in ("restored", "simplified", "capture"):
        for text in edition.readings[reading]:
            lines = cut(text, measure + 16)
            assert not [line for line in lines[1:] if line[0] in NO_START], lines
            assert not [line for line in lines[:-1] if line.rstrip()[-1] in NO_END], lines
