"""Work grows with the text and no faster: twice the text, at most a good twice the time. No absolute times."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from lishu_tui.restore import restore
from lishu_tui.restore.hurts import mend
from tests.timing import least

HOSTILE = ["(", "()", "?", "?！", "?，", "ā", "(ā", "中(ā", "國(guó)", "國(guó)\n", "?妒", "?guó)", "a?b:c;(d)e,", "\n",
"?\n", "€",
           " )", "&#20013;", "\u200b", "\r"]  # fmt: skip
SENTENCE = "戰(zhàn)役打響后,全縣干部群眾沖在前面,守護(hù)人民的安全。"


def seconds(work: Callable[[str], object], text: str) -> float:
    return least(lambda: work(text), 3)


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("work", [restore, mend])
def test_hostile_text_costs_no_more_than_its_length(work: Callable[[str], object], unit: str) -> None:
    once = (unit * 100_000)[:100_000]
    assert seconds(work, once * 2) < 6 * seconds(work, once) + 0.1


def test_a_long_damaged_line_costs_no_more_than_its_length() -> None:
    once = SENTENCE * 300
    assert seconds(restore, once * 2) < 5 * seconds(restore, once) + 0.1


def test_a_sound_text_loads_no_tables() -> None:
    code = (
        "import sys; from lishu_tui.restore import restore, language; restore('他說（好）:真的嗎?' * 1000);"
        "assert not language.language.cache_info().currsize and not language.scripts.cache_info().currsize;"
        "assert not {'opencc', 'pypinyin', 'jieba', 'textual', 'rich', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
