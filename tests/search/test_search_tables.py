"""The tables: what they hold is what the script makes, and the fold keeps its laws over all of Unicode."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from lishu_tui.edition import LishuError, tables
from lishu_tui.search import fold
from lishu_tui.search.fold import fold_table
from lishu_tui.search.pinyin import syllabary

ROOT = Path(__file__).resolve().parents[2]
HAN = [chr(code) for code in range(0x3400, 0xA000)]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_tables", ROOT / "scripts" / "build_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "packages"), [("fold.txt", ["opencc"]), ("pinyin.txt", ["pypinyin", "opencc"])])
def test_each_table_is_what_the_script_makes(script: ModuleType, name: str, packages: list[str]) -> None:
    stored = (ROOT / "data" / "tables" / name).read_bytes().decode()
    made = script.build()[ROOT / "data" / "tables" / name]
    titles = {"opencc": "OpenCC", "pypinyin": "pypinyin"}
    if all(f"{titles[package]} {version(package)}" in stored for package in packages):
        assert stored == made
    else:  # made with other versions of their sources: the same but for a few rows
        old, new = set(stored.split("\n")), set(made.split("\n"))
        assert len(old ^ new) <= 0.03 * len(old)


ALIKE = """志誌 后後 干乾幹亁 发發髮 里裡裏 台臺颱檯 准準 余餘 于於 系係繫 复復複覆 为爲為 众衆眾 着著
，, ：: “”"「」『』‘’' 。. ？? ！! （( ）) —–- …⋯ ·・ 〈《 〉》 Ａａa"""
APART = "里哩 芸藝 、， 坏坯 坐座"


def test_the_fold_has_what_was_promised() -> None:
    assert 4000 <= len(fold_table()) <= 10000
    for row in ALIKE.split():
        assert len(set(fold(row))) == 1, row
    for row in APART.split():
        assert len(set(fold(row))) == 2, row
    assert fold("\u3000\xa0 \t") == "    "


@pytest.mark.parametrize("config", ["t2s", "s2t", "tw2s", "hk2s", "tw2t", "hk2t", "t2tw", "t2hk"])
def test_whatever_opencc_makes_of_a_character_folds_with_it(config: str) -> None:
    convert = OpenCC(config).convert
    apart = {c for c in HAN if fold(c) != fold(convert(c)) and len(convert(c)) == 1}
    assert not apart


def test_every_character_folds_to_one_and_stays() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert fold(folded) == folded
    assert all(len(fold(c)) == 1 for c in "İßﬁŉǰΐﬃ\ud800\udfff\x00\U0010ffff")


@given(st.text(st.characters()))
@example("İstanbul ß ﬁ \ud800\udc00 e\u0301")
def test_the_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert "".join(map(fold, text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_case_is_nothing(text: str) -> None:
    held = [c for c in text if len(c.upper()) == 1 and c.upper().lower() == c and ord(c.upper()) < 0x590]
    assert fold("".join(held).upper()) == fold("".join(held))


def test_the_files_survive_an_editor_that_normalises() -> None:
    for name in ("fold.txt", "pinyin.txt"):
        text = (ROOT / "data" / "tables" / name).read_bytes().decode()
        assert unicodedata.is_normalized("NFC", text)
        assert len(text.splitlines()) == text.count("\n")


def test_readings_in_use_and_no_others() -> None:
    known = "縣 xian/县 xian/長 chang zhang/樂 le yue/女 nv/於 yu/會 hui kuai/没 mei mo/沒 mei mo"
    for c, *syllables in map(str.split, known.split("/")):
        read = {s for s, chars in syllabary().items() if c in chars}
        assert read - {"nu", "yv", "yve"} == set(syllables), c
    assert all(len(s) <= 6 and s.isascii() and set(s) & set("aeiouv") for s in syllabary())


def forget() -> None:
    """Have the table read anew."""
    tables.fold_pairs.cache_clear()
    fold_table.cache_clear()


DAMAGES = [
    b"", b"abc\n", b"ab", b"a\n", b"ab\n\nab\n", b"ab\nabcab\n", b"ab\n\\U0000ZZ\\U00000041\n",
    b"\\UFFFFFFFF\\U00000041\n", b"\\U00000041\n", b"\\U00000041\xe6\xa2\xa8\n", b"\xff\n", b"ab\n# late\n",
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_table_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "fold.txt").write_bytes(b"# a remark\n" + damage)
    monkeypatch.setattr(tables, "data_text", lambda *name: tmp_path.joinpath(*name).read_bytes().decode())
    forget()
    try:
        with pytest.raises(LishuError) as caught:
            fold("x")
    finally:
        forget()
    assert "tables/fold.txt" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_missing_table_is_an_error_of_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "data_text", lambda *name: tmp_path.joinpath(*name).read_text())
    forget()
    try:
        with pytest.raises(LishuError) as caught:
            fold("x")
    finally:
        forget()
    assert caught.value.exit_code == 74
