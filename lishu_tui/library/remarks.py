"""What is said of a file that was opened: what was mended, restored, replaced, and what could not be cured."""

from __future__ import annotations

from collections.abc import Sequence

from lishu_tui.edition.model import Rule
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.library.captured import Encoding
from lishu_tui.library.decoding import BY_LABEL
from lishu_tui.restore import Restoration
from lishu_tui.restore.hurts import Step

NAMES = {"utf-8": "UTF-8", "gb18030": "GB 18030", "big5": "Big5", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
NAMES |= {"hz": "HZ", "shift_jis": "Shift_JIS", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR", "cp1252": "Windows-1252"}
STEPS = {
    "mojibake": "全文曾以錯誤的編碼讀出，已重新解碼",
    "line-end": "行尾已統一",
    "zero-width": "漢字之間不可見的字符已除去",
    "entity": "殘留的 HTML 字符實體已還原",
    "full-width": "全形的數字和字母已改為半形",
}
SHOWN = 10
"""How many places or characters a remark names."""


def encoding(found: Encoding) -> str:
    """The encoding, how it was found, and what else was declared: `Big5 (judged by its characters; the file says gbk)`.
    A label that means the same encoding as the one found is not repeated."""
    if found == Encoding():
        return "UTF-8"
    said = [tuple(one.rpartition(": ")[::2]) for one in found.declared]
    alike = [one for one in said if BY_LABEL.get(one[1].lower()) == found.found]
    others = [one for one in said if one not in alike]
    if found.found_by == "declared":
        who, label = (alike or said or [("file", found.found)])[0]
        by = f"as the {who} says: {label}"
        others = [one for one in others if one != (who, label)]
    else:
        others = said
        by = "by its mark" if found.found_by == "bom" else "judged by its characters"
    lost = "".join(f"; the {who} says {label}" for who, label in others)
    return f"{name_of(found.found)} ({by}{lost})"


def name_of(encoding: str) -> str:
    """What people call an encoding."""
    return NAMES.get(encoding, encoding)


def damage(found: Encoding, steps: Sequence[Step], done: Restoration) -> tuple[str, str]:
    """What was wrong with the file, in Chinese and in English; empty where nothing was."""
    chinese, english = [], []
    if found.replaced:
        chinese.append(f"有{found.replaced}個字節無法解碼，各以�代之。")
        english.append(_undecodable(found))
    for step in steps:
        count = len(step.emendations)
        chinese.append(f"{STEPS[step.kind]}（{count}處）；“原樣”即此步之後的文本。")
        english.append(_mended(step))
    if done.damaged:
        chinese.append(
            f"文中插入了{len(done.glosses)}個字的括號拼音，並有因此錯讀或失落之處，共校改{len(done.emendations)}處。"
        )
        english.append(
            f"The pinyin of {len(done.glosses)} characters had been put in brackets into the bytes of the page: "
            f"{len(done.emendations)} emendations, each in the apparatus."
        )
        if not done.consistent:
            chinese.append("以同樣的方式重新損壞，所得與原樣不盡相同。")
            english.append("Damaged again in the same way, the text does not give the capture everywhere.")
    if done.uncured:
        chinese.append(f"有{len(done.uncured)}處未能校正。")
        english.append(f"{_times(len(done.uncured), 'place')} could not be cured.")
    return "".join(chinese), " ".join(english)


def rules(
    encoded: Encoding, steps: Sequence[Step], done: Restoration, text: str, where: Sequence[str]
) -> tuple[Rule, ...]:
    """The rules of the restoration, and remarks on what has no place in the apparatus. `where` are the addresses of
    `done.uncured`, in order."""
    found = [
        Rule(kind=r.kind, stood=r.stood, stands=r.stands, reason=r.reason, count=len(r.places)) for r in done.rules
    ]
    if encoded.replaced:
        found.append(Rule(kind="undecodable", stood="", stands="�", reason=_undecodable(encoded)))
    for step in steps:
        shown = "、".join(dict.fromkeys(_named(e.stood) for e in step.emendations[:SHOWN] if len(e.stood) < 12))
        found.append(Rule(kind=step.kind, stood="", stands=shown, reason=_mended(step)))
    reasons = dict.fromkeys(u.reason for u in done.uncured)
    for reason in reasons:
        mine = [(u, place) for u, place in zip(done.uncured, where, strict=True) if u.reason == reason]
        at = list(dict.fromkeys(place for _, place in mine))
        places = ", ".join(at[:SHOWN]) + (", …" if len(at) > SHOWN else "")
        stood = "、".join(list(dict.fromkeys(_named(u.stood) for u, _ in mine))[:SHOWN])
        found.append(Rule(kind="uncured", stood="", stands=stood, reason=f"Not cured: {reason} ({places})."))
    hidden = [c for c in UNSAFE.findall(text) if c not in "\t\n"]
    if hidden:
        kinds = [f"U+{ord(c):04X}" for c in dict.fromkeys(hidden)]
        stands = "、".join(kinds[:SHOWN]) + ("、…" if len(kinds) > SHOWN else "")
        reason = (
            f"{_times(len(hidden), 'character')} that would drive a terminal, reorder or hide: shown by a stand-in."
        )
        found.append(Rule(kind="unsafe", stood="", stands=stands, reason=reason))
    return tuple(found)


def _named(text: str) -> str:
    """The text, or what its characters are called where it cannot be seen."""
    return text if text.isprintable() and text.strip() else " ".join(f"U+{ord(c):04X}" for c in text)


def _undecodable(found: Encoding) -> str:
    count = found.replaced
    return f"{_times(count, 'byte')} could not be decoded as {name_of(found.found)}; � stands for each."


def _mended(step: Step) -> str:
    # A file from Windows has its own line ends throughout: they are not mixed.
    reason = "Line ends were made alike." if step.kind == "line-end" else step.emendations[0].reason
    return f"{reason} Mended in {_times(len(step.emendations), 'place')}; the capture reading is the text after that."


def _times(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
