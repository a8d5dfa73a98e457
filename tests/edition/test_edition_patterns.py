"""No pattern of ours takes more than its share of time over a megabyte of what it is looking for."""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lishu_tui.edition import address, load, safe
from lishu_tui.export import figures

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "derive.py"


def derive_gloss() -> re.Pattern[str]:
    spec = importlib.util.spec_from_file_location("derive", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pattern = module.GLOSS
    assert isinstance(pattern, re.Pattern)
    return pattern


PATTERNS: dict[str, Callable[[str], object]] = {
    "what is unsafe": safe.visible,
    "an address": address._FORM.fullmatch,
    "an id": load.ID.fullmatch,
    "glosses, short": load.GLOSS.findall,
    "glosses in a capture": derive_gloss().findall,
    "the end of a clause": figures._CLAUSE_MARKS.split,
}
UNITS = ["(", ")", "1", "1(", "梨(", "梨(zh", "a", "a/", "a-", "/", ":1-", "，", "\x1b", "\u202e", "余", "ā", "𠮷"]


def taken(call: Callable[[str], object], text: str) -> float:
    best = 9.0
    for _ in range(2):
        start = time.perf_counter()
        call(text)
        best = min(best, time.perf_counter() - start)
    return max(best, 0.001)  # less than that is noise


@pytest.mark.parametrize("name", PATTERNS)
def test_eight_times_the_text_takes_about_eight_times_as_long(name: str) -> None:
    call = PATTERNS[name]
    for unit in UNITS:
        short, long = (unit * (size // len(unit)) for size in (31_250, 250_000))
        assert taken(call, long) < 32 * taken(call, short), unit
        assert taken(call, "a/" + long) < 32 * taken(call, "a/" + short), unit
