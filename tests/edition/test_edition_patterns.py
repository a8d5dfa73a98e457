"""No pattern of ours takes more than its share of time over a megabyte of what it is looking for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from lishu_tui.edition import address, load, safe
from lishu_tui.export import figures

PATTERNS: dict[str, Callable[[str], object]] = {
    "what is unsafe": safe.visible,
    "an address": re.compile(address._FORM).fullmatch,
    "an id": load.ID.fullmatch,
    "glosses, short": load.GLOSS.findall,
    "the end of a clause": figures._CLAUSE_MARKS.split,
}
UNITS = ["(", ")", "1", "1(", "梨(", "梨(zh", "a", "a/", "a-", "/", ":1-", "，", "\x1b", "\u202e", "余", "ā", "𠮷"]


def taken(call: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    call(text)
    return max(time.process_time() - start, 0.0005)  # less than that is noise


def grows_as_its_text(call: Callable[[str], object], short: str, long: str) -> bool:
    """Whether, in one of 8 trials (a machine may be busy), the time grows like the text, not its square."""
    return any(taken(call, long) < 4 * len(long) / len(short) * taken(call, short) for _ in range(8))


@pytest.mark.parametrize("name", PATTERNS)
def test_sixteen_times_the_text_does_not_take_256_times_as_long(name: str) -> None:
    call = PATTERNS[name]
    for unit in UNITS:
        short, long = (unit * (size // len(unit)) for size in (20_000, 320_000))
        assert grows_as_its_text(call, short, long), unit
        assert grows_as_its_text(call, "a/" + short, "a/" + long), unit
