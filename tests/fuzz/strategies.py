"""What is thrown: texts and bytes out of what the program looks for, and anything at all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from lishu_tui.edition import load_edition

ARTICLE = "\n".join(load_edition().readings["restored"])
CAPTURE = "\n".join(load_edition().readings["capture"])
SCRAPS: Sequence[str] = (
    # marks and ends of lines
    "，", "。", "“", "”", "‘", "’", "「", "」", "『", "』", "《", "》", "（", "）", "(", ")", "……", "——", "—", "·",
    "、",
    "：", "；", "？", "！", "?", ".", ",", ":", '"', "'", " ", "　", "\t", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c",
    "\x85", "\u2028", "\u2029", "\xa0", "\xad",
    # numbers and what is counted
    "一", "二", "三", "十", "百", "千", "萬", "万", "億", "兩", "两", "半", "零", "〇", "幾", "几", "余", "多", "近",
    "約",
    "约", "第", "年", "月", "日", "時", "点", "分之", "百分之", "％", "%", "‰", "成", "倍", "番", "元", "公里", "畝",
    "人",
    "名", "個", "个", "次", "至", "到", "-", "~", "～", "×", "*", "0", "1", "9", "12.5", "1,234", "1．2", "１２",
    "10余",
    "2020年", "１９", "²", "½", "٣", "壹", "貳", "廿", "卅", "−", "負", "零下",
    # people and what they say
    "說", "说", "他說：“", "李强說", "表示", "記者", "王", "張偉", "書記", "縣長", "村", "局", "委员会", "日报", "老",
    "某",
    "梨樹縣", "北京市", "Smith", "a", "Z", "é",
    # damage of all kinds, and what is to be taken for it
    "國(guó)", "當(dāng)", "?shù)", "?！闭f(", "(zhàn)", "戰(zhàn)", "€", "\ufffd", "锟斤拷", "烫", "ä½\xa0", "&nbsp;",
    "&#x4e2d;", "&amp;#60;", "&#xD800;", "&", "<", ">", "<p>", "</p>", "]]>", "\ue000", "𠮷",
    # what drives terminals, hides, joins, stands on others, breaks encoders
    "\x00", "\x07", "\x1b", "\x1b]0;x\x07", "\x1b[31m", "\x9b", "\x7f", "\u200b", "\u200d", "\u200e", "\u202e",
    "\u2066",
    "\ufeff", "\ufe0f", "\u0301", "\u0301" * 9, "\u3099", "\U000e0041", "\ud800", "\udc80", "👩\u200d👩", "🇨🇳", "ㅤ",
    "[/b]", "[red]", "{", "}", "%", "\\", "=cmd|",
)  # fmt: skip


def _cut(of: str) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(0, len(of) - 1), st.integers(1, 60)).map(lambda at: of[at[0] : at[0] + at[1]])


def texts(pieces: int = 30) -> st.SearchStrategy[str]:
    """Scraps, stretches of the article and of its damaged capture, and any characters, put together."""
    piece = st.sampled_from(SCRAPS) | _cut(ARTICLE) | _cut(CAPTURE) | st.text(max_size=4)
    repeated = st.tuples(st.sampled_from(SCRAPS), st.integers(2, 40)).map(lambda of: of[0] * of[1])
    surrogates = st.text(st.characters(), max_size=3)
    return st.lists(piece | repeated | surrogates, max_size=pieces).map("".join)


HURTS = st.sampled_from(("flip", "cut", "double", "put", "end", "swap", "zero", "take"))
BYTES = (
    b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\r\n\r\n", b"<", b"</", b"<!--", b"]]>",
    b"&#0;", b"&#xD800;",
    b"\x1b]0;x\x07", b"\x1b[31m", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n", b"Content-Length: -1\r\n",
    b"0\r\n\r\n",
    b"ffffffffffffffff\r\n", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"------b----",
    b"=?utf-8?B?//8=?=",
    b"charset=big5", b"charset=\xff", b"Content-Transfer-Encoding: base64\r\n", b"Content-Encoding: br\r\n", b"../",
    b"/etc/passwd",
    b"%00", b"http://[", b"http://x:99999999/", b"\xe4\xb8", b"\xed\xa0\x80",
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    b"&x;", b"<template>", b"<svg>", b"<plaintext>", b"<table><tr><td>", b"<base href='http://['>",
    b"<meta charset=utf-7>",
    b"2020-13-45", b"99999999999999999999", b"{", b"[", b"null", b'"', b"\xd4" * 9,
)  # fmt: skip


@st.composite
def hurt(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Bytes with a few things done to them."""
    data = bytearray(draw(whole))
    for kind in draw(st.lists(HURTS, max_size=6)):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        size = draw(st.integers(1, 200))
        match kind:
            case "flip" if data:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at : at + size]
            case "double":
                data[at:at] = data[at : at + size] * draw(st.integers(1, 3))
            case "put":
                data[at:at] = draw(st.sampled_from(BYTES) | st.binary(max_size=8))
            case "end":
                del data[at:]
            case "swap":
                part = data[at : at + size]
                del data[at : at + size]
                to = draw(st.integers(0, len(data)))
                data[to:to] = part
            case "zero":
                data[at : at + size] = bytes(len(data[at : at + size]))
            case "take":
                other = draw(st.binary(max_size=40))
                data[at : at + len(other)] = other
    return bytes(data)
