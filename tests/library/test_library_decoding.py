"""Encodings times texts: which one it is, and that every byte is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lishu_tui.library.decoding import SAMPLE, Decoded, declared, decode

SIMPLIFIED = "春天来了，农民们都到地里去干活，学校里的孩子们也在院子里种树。麻雀虽小，五脏俱全。"
TRADITIONAL = "春天來了，農民們都到地裡去幹活，學校裡的孩子們也在院子裡種樹。麻雀雖小，五臟俱全。"
HONG_KONG = "佢哋喺香港嘅街市買咗啲嘢，個仔瞓咗覺。呢個係我哋嘅屋企。"
NUMBERS = "2020年：3個月內開會20次。\nIn all 1,234 people (45%) came.\n"
NOTE = "明天下午三點開會。"
TEXTS = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL, "hong kong": HONG_KONG, "numbers": NUMBERS, "note": NOTE}
CODECS = {  # how it is written: what we call it
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "big5": "big5", "big5hkscs": "big5",
    "cp950": "big5", "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "hz": "hz",
}  # fmt: skip


def encodable(text: str, codec: str) -> bool:
    try:
        return bool(text.encode(codec))
    except UnicodeEncodeError:
        return False


TABLE = [(name, codec) for name, text in TEXTS.items() for codec in CODECS if encodable(text, codec)]


def test_the_table_has_each_encoding() -> None:
    assert {codec for _, codec in TABLE} == set(CODECS)
    assert len(TABLE) > 40


@pytest.mark.parametrize(("name", "codec"), TABLE)
@pytest.mark.parametrize("times", [1, 3000])
def test_a_text_comes_back_and_its_encoding_is_named(name: str, codec: str, times: int) -> None:
    text = TEXTS[name] * times
    found = decode(text.encode(codec))
    by = "bom" if codec in ("utf-8-sig", "utf-16") else "judged"
    assert found == Decoded(text, CODECS[codec], by, 0, None)


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_wins_over_a_declaration_which_is_kept(bom: bytes) -> None:
    codec = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}[bom]
    found = decode(bom + ("charset=big5 " + SIMPLIFIED).encode(codec))
    assert found == Decoded("charset=big5 " + SIMPLIFIED, codec, "bom", 0, "big5" if codec == "utf-8" else None)


def test_all_that_big5_and_gb18030_both_decode_is_told_apart() -> None:
    # The first that decodes without error would be wrong.
    for text in (TRADITIONAL, HONG_KONG, NOTE):
        data = text.encode("big5hkscs")
        assert decode(data).text == text
    assert TRADITIONAL.encode("big5").decode("gb18030") != TRADITIONAL
    assert TRADITIONAL.encode().decode("gb18030", "ignore") != TRADITIONAL


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "x-gbk", "GB_2312-80"])
def test_what_is_labelled_gb2312_may_hold_all_of_gb18030(label: str) -> None:
    text = f'<meta charset="{label}">朱镕基、陶喆和𠮷野家，喆镕𠮷。'
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030", "declared", 0, label)


@pytest.mark.parametrize(
    ("head", "codec", "encoding", "label"),
    [
        ("<?xml version='1.0' encoding='Big5'?>", "big5", "big5", "Big5"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5-hkscs">', "big5hkscs", "big5", "big5-hkscs"),
        ("Content-Type: text/plain; charset=Shift_JIS\n\n", "shift_jis", "shift_jis", "Shift_JIS"),
        ("charset = 'utf-8'", "utf-8", "utf-8", "utf-8"),
        ("charset=iso-8859-1 caf\xe9", "latin-1", "cp1252", "iso-8859-1"),
    ],
)
def test_a_declaration_is_believed(head: str, codec: str, encoding: str, label: str) -> None:
    text = head + ("明日" if codec != "latin-1" else "")
    assert decode(text.encode(codec)) == Decoded(text, encoding, "declared", 0, label)


@pytest.mark.parametrize(
    ("label", "codec"),
    [("gb2312", "utf-8"), ("big5", "gb18030"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030"), ("utf-16", "gb18030"),
     ("gbk", "big5"), ("x-nonsense", "big5"), ("iso-8859-1", "utf-8")],
)  # fmt: skip
def test_a_declaration_that_the_bytes_speak_against_loses_and_is_kept(label: str, codec: str) -> None:
    text = f"charset={label} " + (TRADITIONAL if codec == "big5" else SIMPLIFIED)
    found = decode(text.encode(codec))
    if (label, codec) == (
        "gbk",
        "big5",
    ):  # it decodes without error as it says: a person said so, and no byte denies it
        assert (found.encoding, found.found_by, found.declared) == ("gb18030", "declared", "gbk")
    else:
        assert found == Decoded(text, CODECS[codec], "judged", 0, label)


def test_a_declaration_is_looked_for_at_the_beginning_only() -> None:
    assert declared(b" " * 1000 + b"charset=big5") == "big5"
    assert declared(b" " * 1020 + b"charset=big5") is None
    assert declared(b"charset=" + b"x" * 100) == "x" * 40


@pytest.mark.parametrize("text", ["统一", "charset=gbk 统一", "charset=gbk 统", "1. 统一\n"])
def test_two_characters_are_well_formed_utf8_by_chance(text: str) -> None:
    assert text.encode("gbk").decode("utf-8") != text
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize("text", ["für", "Привет", "café éé", "שלום", "ö", "señor", "naïve", "Ελλάδα", "中", "xīn"])
def test_a_word_of_another_language_is_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", "judged", 0, None)


@pytest.mark.parametrize("data", [b"", b"plain", b"\n", b"tab\tand\rreturn", b"{~a} ~{ ~}", b"\x1b[31m\x07"])
def test_ascii_is_utf8(data: bytes) -> None:
    assert decode(data) == Decoded(data.decode("ascii"), "utf-8", "judged", 0, None)


@pytest.mark.parametrize("bad", [b"\xff", b"\xc0", b"\xf5", b"\xe6\x98", b"\xed\xa0\x80", b"\x80\x81\x82"])
@pytest.mark.parametrize("at", [0, 9, 30])
def test_each_byte_of_utf8_that_does_not_decode_is_one_sign(bad: bytes, at: int) -> None:
    before, after = SIMPLIFIED[:at], SIMPLIFIED[at:]
    found = decode(before.encode() + bad + after.encode())
    assert found == Decoded(before + "\ufffd" * len(bad) + after, "utf-8", "judged", len(bad), None)


def test_the_bytes_beside_a_bad_one_stay() -> None:
    found = decode(SIMPLIFIED.encode("gb18030") + b"\xff a\x81\n" + SIMPLIFIED.encode("gb18030") + b"\x81\x30\x81")
    text = SIMPLIFIED + "\ufffd a\ufffd\n" + SIMPLIFIED + "\ufffd0\ufffd"
    assert found == Decoded(text, "gb18030", "judged", 4, None)


def test_the_one_byte_euro_sign_of_windows_is_no_loss() -> None:
    assert decode(SIMPLIFIED.encode("gbk") + b"\x80 5").text == SIMPLIFIED + "€ 5"


def test_a_sign_of_replacement_in_the_file_itself_is_not_counted() -> None:
    assert decode((SIMPLIFIED + "\ufffd").encode()).replaced == 0
    assert decode((SIMPLIFIED + "\ufffd").encode() + b"\xff").replaced == 1


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_half_a_pair_and_half_a_unit_are_replaced(codec: str) -> None:
    text = SIMPLIFIED[:9] + "\ud842" + SIMPLIFIED[9:] + "\udfb7"
    data = text.encode(codec, "surrogatepass")
    found = decode(data)
    assert found == Decoded(text.replace("\ud842", "\ufffd").replace("\udfb7", "\ufffd"), codec, "judged", 2, None)
    assert decode(data[:-1]).replaced == 2
    assert decode(("𠮷" + SIMPLIFIED).encode(codec)).text == "𠮷" + SIMPLIFIED


@pytest.mark.parametrize("text", ["春\0天", "a\0b", "\0" + SIMPLIFIED, SIMPLIFIED + "\0\0", "甲\0乙\0丙"])
def test_nothing_after_a_nul_is_lost(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", "judged", 0, None)


def test_a_nul_at_every_second_byte_is_utf16() -> None:
    assert decode(b"h\0i\0 \0t\0") == Decoded("hi t", "utf-16-le", "judged", 0, None)
    assert decode(b"\0h\0i\0 \0t") == Decoded("hi t", "utf-16-be", "judged", 0, None)


def test_what_is_weighed_begins_where_the_text_stops_to_be_ascii() -> None:
    text = "x = 1\n" * SAMPLE + TRADITIONAL
    assert decode(text.encode("big5")) == Decoded(text, "big5", "judged", 0, None)
    assert decode(text.encode("gb18030")).encoding == "gb18030"


def test_hz_is_decoded_only_if_it_makes_sense() -> None:
    assert decode(b"~{VPND~}").text == "中文"
    for code in (b"a ~{!!~} b", b"\\macro~{xy~}", b"~{VPN~}"):
        assert decode(code).text == code.decode()


SCRAPS = [
    b"charset=big5 ",
    b"\xff\xfe",
    b"\0",
    b"~{",
    b"~}",
    b"\xb0\xa1",
    b"\xef\xbb\xbf",
    b"a",
    b"\xe4\xb8\xad",
    b"\xd8\0",
]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(SCRAPS), max_size=20).map(b"".join))
def test_any_bytes_give_text_that_can_be_written(data: bytes) -> None:
    found = decode(data)
    found.text.encode("utf-8")
    assert found.text.count("\ufffd") >= found.replaced


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=200))
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    if "\0" not in text and "~{" not in text and text[0] != "\ufeff":
        assert decode(text.encode())[:2] == (text, "utf-8")
