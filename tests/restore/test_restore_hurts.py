"""Other hurts: each gate opens for its hurt and stays shut for what only looks like it."""

from __future__ import annotations

import pytest

from lishu_tui.restore import unapply
from lishu_tui.restore.hurts import mend

TEXT = "春天來了，農民們都到地里去干活，學校里的孩子們也在院子里種樹。"

CURED = [
    ("mojibake", TEXT.encode("gbk").decode("latin-1"), TEXT),
    ("mojibake", TEXT.encode().decode("latin-1"), TEXT),
    ("line-end", "甲\r\n乙\r丙\n", "甲\n乙\n丙\n"),
    ("zero-width", "他\u200b說\ufeff話。", "他說話。"),
    ("entity", "他說：&ldquo;好&rdquo;&mdash;&mdash;真的&nbsp;好", "他說：“好”——真的 好"),
    ("full-width", "共１２３人，第４５號，２０２０年", "共123人，第45號，2020年"),
]
LEFT = [
    TEXT,
    "café à la carte – naïve façade, déjà vu, où, été",
    "用 &nbsp; 表示空格，&lt; 和 &gt; 表示尖括號，寫在 HTML 代碼里。",
    "AT&amp;T 和 R&amp;D",
    "<p>他說：&ldquo;好&rdquo;&hellip;</p>",
    "a\u200bb 👨\u200d👩\u200d👧",
    "第１章　緒論",
    "ＴＥＬ：０３－１２３４　ＦＡＸ　カタカナ　１２３４",
    "麻雀飛走了",
    "日本語の文章です。今日はいい天気ですね。",
]


@pytest.mark.parametrize(("kind", "text", "expected"), CURED)
def test_a_hurt_is_cured_and_can_be_taken_back(kind: str, text: str, expected: str) -> None:
    mended, steps = mend(text)
    assert mended == expected
    assert [step.kind for step in steps] == [kind]
    assert all(e.kind == kind and e.certainty == "certain" and e.reason for e in steps[0].emendations)
    assert unapply(mended, steps[0].emendations) == text


def test_utf_8_read_as_gbk_is_cured_where_no_byte_was_lost() -> None:
    text = "都到地里去干活，學校里的孩子們也在院子里"
    mended, steps = mend(text.encode().decode("gbk"))
    assert mended == text
    assert [step.kind for step in steps] == ["mojibake"]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_whole_is_left(text: str) -> None:
    assert mend(text) == (text, ())
