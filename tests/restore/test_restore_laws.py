"""Laws, with hypothesis: records replay on any text; damage done to clean text is found and the text comes back
readable."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.restore import Model, apply, damage, restore, unapply
from lishu_tui.restore.damage import MARKS, alike
from lishu_tui.restore.hurts import mend

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCRAPS = [
    "國(guó)",
    "?shù)",
    "當(dāng)",
    "?！闭f(",
    "，",
    "。",
    ",",
    "?",
    "的",
    "“",
    "”",
    "\n",
    "(",
    ")",
    "€",
    "𠮷",
    "\ue000",
    "é",
    " ",
]
SENTENCES = (
    "這座橋建成以后，兩岸的居民來往方便多了。",
    "會議決定，從下個月起對全部機器進行檢查。",
    "他從鄉下帶來一籃雞蛋，說是給孩子們補身體的。",
    "據統計，去年全縣糧食總產量達到二十六萬噸。",
    "醫生說：“這種藥一天吃三次，飯后服用。”",
)
READINGS = dict(
    pair.split(":")
    for pair in """
    這:zhè 橋:qiáo 兩:liǎng 來:lái 會:huì 議:yì 決:jué 從:cóng 個:gè
    對:duì 機:jī 進:jìn 檢:jiǎn 鄉:xiāng 帶:dài 籃:lán 雞:jī 說:shuō
    給:gěi 們:men 補:bǔ 體:tǐ 據:jù 統:tǒng 計:jì 縣:xiàn 糧:liáng
    總:zǒng 產:chǎn 達:dá 萬:wàn 噸:dūn 醫:yī 種:zhǒng 藥:yào 飯:fàn
    """.split()  # noqa: SIM905
)


@QUICK
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_replays_both_ways(text: str) -> None:
    done = restore(text)
    assert apply(text, done.emendations, done.rules) == done.text
    assert unapply(done.text, done.emendations, done.rules) == text
    if not done.damaged:
        assert done.text == text


@QUICK
@given(st.text() | st.lists(st.sampled_from(["&nbsp;", "\r\n", "\u200b", "中", "１２", "é", "\r"])).map("".join))
def test_other_hurts_replay_both_ways(text: str) -> None:
    mended, steps = mend(text)
    for step in reversed(steps):
        mended = unapply(mended, step.emendations)
    assert mended == text


@QUICK
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=5, unique=True).map("".join),
    st.lists(st.sampled_from(sorted(READINGS)), min_size=14, unique=True),
    st.sampled_from([MARKS, "，。！？；：", "，", ""]),
)
def test_what_was_damaged_is_restored(text: str, listed: list[str], cuts: str) -> None:
    model = Model(tuple((c, READINGS[c]) for c in listed), cuts)
    capture = damage(text, model)
    done = restore(capture)
    assert apply(capture, done.emendations, done.rules) == done.text
    assert unapply(done.text, done.emendations, done.rules) == capture
    assert done.damaged
    assert done.consistent
    assert alike(damage(done.text, done.model)) == alike(capture)
    lost = sum(a != b for a, b in zip(alike(done.text), alike(text), strict=False)) + abs(len(done.text) - len(text))
    assert lost <= 2


@QUICK
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。abc12 "), max_size=60))
def test_damage_without_a_list_or_cuts_changes_nothing(text: str) -> None:
    assert damage(text, Model((), "", "")) == text
