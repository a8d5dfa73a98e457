"""Laws of search on texts made up: what is planted is found, hits are true places, and time grows with the text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from lishu_tui.search import compile, fold
from lishu_tui.search.compact import _CLOSE, RULES, compact
from lishu_tui.search.pinyin import syllabary

WORDS = st.text("梨樹縣疫情防控突擊隊發髮後里裡着著戰爭干乾", min_size=1, max_size=6)
FILL = st.text("的，。 abc12\u200b「」\n", max_size=12)
ANY = st.text(st.one_of(st.sampled_from(" \u200b\u3000，,梨樹西安先aA'1\ufe0f\n"), st.characters()), max_size=40)
SCRIPTS = {config: OpenCC(config).convert for config in ("s2t", "t2s", "s2tw", "s2hk")}


@given(
    WORDS,
    st.tuples(FILL, FILL),
    st.sampled_from(sorted(SCRIPTS)),
    st.booleans(),
    st.sampled_from(["", "\u200b", " ", "\ufeff "]),
)
def test_every_phrase_planted_is_found_in_either_script(
    word: str, around: tuple[str, str], script: str, turned: bool, hidden: str
) -> None:
    # Character by character: a conversion of phrases may choose other words, which no fold undoes.
    other = "".join(SCRIPTS[script](c) for c in word)
    planted, query = (word, other) if turned else (other, word)
    text = hidden.join(planted).join(around)
    found = [compact(text[a:b]).folded for a, b in compile(query).finditer(text)]
    assert fold(query) in found


@given(st.lists(st.sampled_from(sorted(syllabary())), min_size=1, max_size=4), st.data())
def test_every_reading_is_found_however_it_is_spaced(syllables: list[str], data: st.DataObject) -> None:
    word = "".join(data.draw(st.sampled_from(syllabary()[syllable])) for syllable in syllables)
    query = data.draw(st.sampled_from(["", " ", "'"])).join(syllables)
    found = list(compile(query).finditer(f"。{word}，"))
    if len("".join(syllables)) > 1:
        assert (1, 1 + len(word)) in found


@given(ANY, ANY)
def test_hits_are_places_of_the_text_and_never_overlap(text: str, query: str) -> None:
    free = 0
    for start, end in compile(query).finditer(text):
        assert free <= start < end <= len(text)
        free = end


RULE = re.compile(RULES)
CLOSE = re.compile(_CLOSE)


def by_the_rule(text: str) -> str:
    """What `compact` keeps of a folded text, by the pattern that is written down."""

    def one(run: re.Match[str]) -> str:
        around = text[: run.start()][-1:], text[run.end() :][:1]
        return " " if len(run[0]) > 1 and " " in run[0] and all(c and not CLOSE.match(c) for c in around) else ""

    return RULE.sub(one, text)


@given(
    st.text(
        st.one_of(st.sampled_from(" \u200b\u3000，,梨a1é_ㄱ가㈠〇\U00020000\ufe0fЖ\n"), st.characters()), max_size=40
    )
)
@example("x y")
@example("é n \u200b é_ x 가 나")
def test_what_is_kept_is_what_the_rule_says(text: str) -> None:
    folded = fold(text)
    made = compact(text)
    assert made.folded == by_the_rule(folded)
    assert all(folded[made.span(at, at + 1)[0]] == c for at, c in enumerate(made.folded))


@given(ANY)
def test_what_stands_in_a_text_is_found_there(text: str) -> None:
    made = compact(text)
    assert fold(made.raw) == made.folded
    assert all(text[made.span(i, i + 1)[0]] == c for i, c in enumerate(made.raw))
    for at in range(len(text)):
        query = compile(text[at : at + 5])
        assert query.needle in made.folded
        assert not query.needle or any(True for _ in query.finditer(text))


def seconds(query: str, text: str) -> float:
    """The best of three, so that another process costs a round and not the test."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for _ in compile(query).finditer(text):
            pass
        best = min(best, time.perf_counter() - begun)
    return best


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ("a" * 200, "啊"),
        ("a" * 199 + "zhan", "啊"),
        ("xian" * 50 + "b", "西安"),
        ("啊" * 199 + "梨", "啊"),
        ("lishu xian", "梨樹，"),
        ("梨 樹", " "),
        ("a b", "a\u200b "),
        ("梨樹", "梨\u200b"),
        ("((((", "("),
    ],
)
def test_time_grows_as_the_text_does(query: str, unit: str) -> None:
    size = 40_000 // len(unit)
    once, twice = seconds(query, unit * size), seconds(query, unit * size * 4)
    assert twice <= 4 * once * 2.5 + 0.002
