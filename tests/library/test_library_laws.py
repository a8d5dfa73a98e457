"""Laws: nothing is lost, places hold, hostile contents open, and work grows with the text and no faster."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishu_tui.edition import load_edition, visible
from lishu_tui.library import edition_of, making
from lishu_tui.library.headings import headings, title
from lishu_tui.library.making import placed
from lishu_tui.library.paragraphs import paragraphs
from lishu_tui.restore import Emendation, Restoration, Uncured, restore
from lishu_tui.search import compile, find
from tests.sound import check
from tests.timing import least

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCRAPS = [
    "\n",
    "\n\n",
    " ",
    "　",
    "\t",
    "。",
    "！”",
    "，",
    "春天來了",
    "農民們",
    "x",
    "\u200b",
    "\x0b",
    "\x85",
    "\u2028",
    "\0",
    "第一章",
]
TEXTS = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=40).map("".join)
FIRST, SECOND = (
    "春天來了，農民們都到地里去干活，學校里的孩子們也在種樹。",
    "他從鄉下帶來一籃雞蛋，說是給孩子們補身體的。",
)


@QUICK
@given(TEXTS, st.integers(1, 12))
def test_paragraphs_and_the_blanks_between_them_are_the_text(text: str, limit: int) -> None:
    at = 0
    for start, end, capture_start, capture_end in paragraphs(text, text, limit=limit):
        assert (start, end) == (capture_start, capture_end)
        assert not text[at:start].strip()
        assert 0 < end - start <= limit
        assert "\n" not in text[start:end]
        at = end
    assert not text[at:].strip()


@QUICK
@given(TEXTS)
def test_a_file_of_any_text_holds_it_all(text: str) -> None:
    if text.strip("\ufeff \n\t").isspace() or len(re.findall(r"[^\s\0]", text)) < 2 or "&" in text or "<" in text:
        return
    text = "文：" + text.replace("\r", "")
    found = edition_of(text.encode("utf-8"), "x")
    check(found)
    if not any(rule.kind != "unsafe" for rule in found.rules):
        shown = iter("\n".join(found.readings["capture"]))
        assert all(c in shown for c in text if not c.isspace())


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str, list[Emendation]]:
    """A capture, a restored text and the emendations between them, none over a line's end."""
    capture, restored, made = "", "", []
    part = st.text("春天，。 ", max_size=6)
    for _ in range(draw(st.integers(0, 12))):
        same = draw(st.text("農民。，\n ", max_size=8))
        stood, stands = draw(part), draw(part)
        capture, restored = capture + same, restored + same
        if stood != stands:
            made.append(
                Emendation(
                    len(capture),
                    len(capture) + len(stood),
                    len(restored),
                    len(restored) + len(stands),
                    stood,
                    stands,
                    "gloss",
                    "certain",
                )
            )
            capture, restored = capture + stood, restored + stands
    return capture, restored, made


@QUICK
@given(changed(), st.integers(3, 20))
def test_no_split_goes_through_an_emendation(case: tuple[str, str, list[Emendation]], limit: int) -> None:
    capture, restored, made = case
    pieces = list(paragraphs(restored, capture, made, limit))
    for before, after in pairwise(pieces):
        assert not restored[before.end : after.start].strip()
        assert not capture[before.capture_end : after.capture_start].strip()
    kept = [e for e in made if e.stood.strip() or e.stands.strip()]
    found = list(placed(pieces, kept))
    assert len(found) == len(kept)
    for e in found:
        piece = pieces[e.span.paragraph]
        assert restored[piece.start : piece.end][e.span.start : e.span.end] == e.stands
        assert capture[piece.capture_start : piece.capture_end][e.start : e.end] == e.stood


def test_a_damaged_line_of_many_pieces_keeps_its_places() -> None:
    lines = load_edition()
    capture = "".join(lines.readings["capture"][3:7])
    done = restore(capture)
    assert done.damaged
    pieces = list(paragraphs(done.text, capture, done.emendations, 100))
    assert "".join(done.text[p.start : p.end] for p in pieces) == done.text
    assert "".join(capture[p.capture_start : p.capture_end] for p in pieces) == capture
    assert len(list(placed(pieces, done.emendations))) == len(done.emendations) > 30
    assert all(done.text[p.end - 1] in "。，；：、”" for p in pieces)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([FIRST, "第一章　緒論", SECOND], [1]),
        ([FIRST, " 第一章 ", SECOND, "第二章", FIRST], [1, 3]),
        ([FIRST, "“逆行者”的春天", SECOND], [1]),
        (["第一章", FIRST], []),  # the first line: a title
        ([FIRST, "第一章"], []),  # nothing follows
        ([FIRST, "第一章", "第一節", SECOND], []),  # which of them?
        ([FIRST, "春天來了。", SECOND], []),
        ([FIRST, "他說：", SECOND], []),
        ([FIRST, "春天來了，", SECOND], []),
        ([FIRST, "轉自：人民網", SECOND], []),
        ([FIRST, "責任編輯: 張三", SECOND], []),
        ([FIRST, "（完）", SECOND], []),
        ([FIRST, "【延伸閱讀】", SECOND], []),
        ([FIRST, "《春天》", SECOND], []),
        ([FIRST, "“春天來了”", SECOND], []),
        ([FIRST, "延伸閱讀", "版權所有中國產業經濟信息網京備號京公網安備號聯系我們"], []),  # no sentence
        ([FIRST, "延伸閱讀", SECOND, "返回首頁", FIRST, "下一篇", SECOND], []),
        ([FIRST, "***", SECOND], []),
        ([FIRST, "12", SECOND], []),
        ([FIRST, "春" * 31, FIRST * 4], []),
        ([FIRST, "一二三四五六七八九十一二三四", SECOND], []),  # the next is not twice as long
        (["床前明月光", "疑是地上霜", "舉頭望明月", "低頭思故鄉"], []),
        (["——你好。", "你好", "——再見。"], []),
        ([], []),
        ([FIRST], []),
    ],
)
def test_headings_are_guessed_where_there_is_no_doubt(lines: Sequence[str], expected: list[int]) -> None:
    assert list(headings(lines)) == expected
    assert all(headings(lines)[index] == lines[index].strip() for index in expected)


def test_headings_of_markdown_are_those_that_are_marked() -> None:
    lines = ["# 春天 #", FIRST, "第一章", SECOND, "## 夏天", "```", "# x", "```", "#標簽", FIRST]
    found = edition_of("\n\n".join(lines).encode(), "x.md")
    check(found)
    assert [(s.id, s.label, found.heading(s)) for s in found.sections] == [
        ("section-1", "春天", "春天"), ("section-2", "夏天", "夏天"),
    ]  # fmt: skip
    assert (found.source.title, found.text(6)) == ("春天", "# x")
    assert found.provenance is not None
    assert found.provenance.rule.endswith("The # marks were taken off 2 headings.")
    guessed = edition_of("\n".join([FIRST, "第一章", SECOND]).encode(), "x.md")
    assert [s.label for s in guessed.sections] == ["〔開篇〕", "第一章"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["梨樹縣打贏阻擊戰", FIRST], "梨樹縣打贏阻擊戰"),
        (["　春天　", "第一章", FIRST], "春天"),
        (["春天"], ""),
        ([FIRST, SECOND], ""),
        (["來源：新華社", FIRST], ""),
        (["2020", FIRST], ""),
    ],
)
def test_a_short_first_line_is_the_title(lines: list[str], expected: str) -> None:
    assert title(lines) == expected
    found = edition_of("\n".join(lines).encode(), "x.txt").source
    assert (found.title, found.supplied == ()) == (expected or "〔x.txt〕", bool(expected))


HOSTILE = {
    "combining marks": "甲" + "\u0301" * 100_000,
    "no width": "\u200b" * 100_000,
    "marks inside": "甲\ufeff乙\ufe0f" * 20_000,
    "closers": "（。，。，" * 1000,
    "strings": "\x1b]0;PWNED\x07\x1b]52;c;UFdORUQ=\x07\x1b]8;;https://evil.invalid\x1b\\x\x1b]8;;\x1b\\\x1b[31m\x1bc\x1b[>0q",
    "unterminated": "\x1b]1337;File=PWNED",
    "controls": "\x1bP$qm\x1b\\\x9b31m\x9d0;PWNED\x9c\x00\x08\x7f\x85\r\n\x1b_x\x1b\\",
    "hidden": "\u202ePWN\u2066\u2069\u200f\U000e0041\u2028\u2029\ufeff\ufff9\udfff\u3164",
    "markup": "[red]PWNED[/b] [@click=app.quit]PWNED[/] [/ [sic] [",
    "glosses": "戰(zhàn)" * 20_000,
    "wide digits": "１２３４５" * 20_000,
    "blanks": "　甲\u00a0乙　",
    "brackets": "(" * 100_000,
    "question marks": "?" * 100_000,
    "mixed": "?(，" * 30_000,
    "lines": "甲\n" * 50_000,
    "private": "\ue000\uf8ff\U0010ffff\ufffe" * 10,
    "entities": "&amp;&#x1b;&#0;&#xD800;&#10;中" * 10,
    "tags": "春<script>alert(1)</script>[a](javascript:x)",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("around", ["", FIRST])
def test_hostile_contents_open(name: str, codec: str, around: str) -> None:
    text = around + HOSTILE[name] + around
    data = text.encode(codec, "surrogatepass" if codec != "gb18030" else "replace")
    found = edition_of(data, f"{name}.txt")
    check(found)
    assert found.capture == data
    assert not any("\ud800" <= c <= "\udfff" for line in found.readings["restored"] for c in line)
    for told in (found.source.title, found.source.damage_en, *(r.stood + r.stands + r.reason for r in found.rules)):
        assert told == visible(told)
    if around and name not in ("no width", "lines"):
        assert find(found, compile("孩子们"))


def test_what_would_drive_a_terminal_is_named_in_the_apparatus() -> None:
    found = edition_of(f"{FIRST}\u202e{SECOND}\x1b]0;x\x07\n".encode(), "x")
    rule = next(rule for rule in found.rules if rule.kind == "unsafe")
    assert (rule.stands, rule.stood, rule.count) == ("U+202E、U+001B、U+0007", "", 0)
    assert rule.reason.startswith("3 characters ")


def test_what_could_not_be_cured_is_told_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "這(zhè)座橋(qiáo)建成以后,兩(liǎng)岸的居民來(lái)往方便多了。\n\n有人?來?了。\n" * 8
    places = [n for n, c in enumerate(text) if c == "?"]

    def left(capture: str) -> Restoration:
        return restore(capture)._replace(uncured=tuple(Uncured(n, n + 1, "?", "why") for n in places))

    monkeypatch.setattr(making, "restore", left)
    found = edition_of(text.encode(), "x")
    check(found)
    assert found.damage is not None
    assert "16 places could not be cured." in found.source.damage_en
    assert "有16處未能校正。" in found.source.damage
    where = ", ".join(f"text/{n}" for n in range(2, 17, 2))
    told = [(rule.stands, rule.reason) for rule in found.rules if rule.kind == "uncured"]
    assert told == [("?", f"Not cured: why ({where}).")]


def seconds(data: bytes) -> float:
    return least(lambda: edition_of(data, "x"), 3)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "?",
        "ā",
        "戰(zhàn)",
        "?(，",
        "甲\n",
        f"{FIRST}\n第一章\n",
        "&amp;中",
        "１２３ ",
        "。",
        "é",
        "統一",
        " \n",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_work_grows_with_the_text_and_no_faster(unit: str, codec: str) -> None:
    once = ("文" + unit * 100_000)[:100_000] + "文章"
    assert seconds((once + once).encode(codec)) < 6 * seconds(once.encode(codec)) + 0.1
