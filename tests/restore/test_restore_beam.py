"""What the beam saves itself changes nothing: costs told are those of ways made, what is passed over is not missed."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lishu_tui.restore import gbk, restore, search
from lishu_tui.restore.candidates import Candidates
from lishu_tui.restore.language import STEP, UNKNOWN, language, scripts
from lishu_tui.restore.scoring import OTHER, SAME_AS, SEEN, Scorer, States

PAGE = "全县干部群众冲在前面，守护人民的安全。2020年，三级书记抓防控，发布了20余个文件。"
TEXTS = st.text(st.sampled_from(PAGE + "《》（）“”…—?,:x９　国際龘"), max_size=24)
SHIFTED = (
    "研究人員(yuán)發現(xiàn)，這(zhè)種細(xì)菌在低溫環境下仍然能夠(gòu)繁殖，這(zhè)對(duì)冷鏈(liàn)運(yùn)輸(shū)?lán)岢隽诵碌囊蟆?",
    "列車(chē)晚點(diǎn)了兩(liǎng)個(gè)多小時(shí),有人干脆鋪(pù)開(kāi)報(bào)紙(zhǐ)?zhí)上铝恕?",
)


@cache
def scorer() -> Scorer:
    return Scorer(language(), scripts(), PAGE)


@cache
def options() -> tuple[list[tuple[str, float]], ...]:
    table = Candidates(scripts(), language().ids, Counter(PAGE))
    return table.by_trail(0xA3), table.by_lead(0xC8), table.common(), table.by_trail(0x52)[:5], []


def after(text: str) -> States:
    states = scorer().start
    for character in text:
        states = scorer().advance(states, character)
    return states


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_the_least_cost_told_is_that_of_the_ways_made(text: str, tried: str) -> None:
    states = after(text)
    for character in tried:
        assert scorer().least(states, character) == scorer().ways(states, character)[0][3]


@given(TEXTS, st.integers(0, 4), st.integers(1, 40))
@settings(deadline=None)
def test_the_likeliest_are_those_of_all_options_reckoned_one_by_one(text: str, which: int, most: int) -> None:
    states, known, mine = after(text), language(), options()[which]
    base, last, begun = 1e9, -1, []
    for before, partial, cost, _ in states.ways:
        word, end = before, cost
        if partial:
            begun.append((partial, cost))
            if partial not in known.ids:
                continue
            word = known.ids[partial]
            end += known.word_cost(before, word)
        if end < base:
            base, last = end, word
    found = []
    for character, price in mine:
        single = scripts().simplified.get(character, character)
        single = SAME_AS.get(single, single)
        number = known.ids.get(single)
        costs = [base + (OTHER.get(single, UNKNOWN) if number is None else known.word_cost(last, number))]
        costs += [base + known.ahead[single] * STEP] if single in known.ahead else []
        for partial, cost in begun:
            costs += [cost + known.costs[known.ids[partial + single]] * STEP] if partial + single in known.ids else []
            costs += [cost + known.ahead[partial + single] * STEP] if partial + single in known.ahead else []
        found.append((min(costs) - (SEEN if single in scorer().ones else 0.0) + price, character, price))
    assert scorer().glance(states, mine, most) == [(c, p) for _, c, p in sorted(found)[:most]]


@pytest.mark.parametrize("capture", SHIFTED)
def test_what_is_passed_over_is_not_missed(capture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spared = restore(capture)
    monkeypatch.setattr(search.Found, "hopeless", lambda *_: False)
    assert restore(capture) == spared
    assert spared.damaged
    assert spared.consistent


def test_what_is_known_of_a_character_is_what_the_tables_say() -> None:
    table = search.Table(scorer())
    for character in "戰國，“a?€龘😀":
        code = gbk.code(character)
        assert table[character].pair == (int.from_bytes(code) if code and len(code) == 2 else -1)
        assert table[character].last == (code[-1] if code else 0)
