"""Where a line may end: Chinese line breaking (禁則), as GB/T 15834-2011 §5.1 and common practice have it.

No line begins with a closing mark nor ends with an opening one; …… and —— and runs of Latin letters and digits stay
whole; a closing mark may hang one cell past the measure. Where a run is longer than the line, it is cut.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lishu_tui.typeset.width import widths

NO_START = frozenset("，。、；：！？…—·）》】〉」』〕〗〙〛”’％‰℃,.;:!?)]}%°～－／〞｝］＂＇﹏＿ー々〻")
"""What no line begins with. (An ellipsis or a dash may begin a line by the standard; that it does not reads better.)"""
NO_END = frozenset("（《【〈「『〔〖〘〚“‘([{｛［〝￥＄£$¥#＃№")
"""What no line ends with."""
HANGING = frozenset("，。、；：！？）》】〉」』〕〗”’,.;:!?)]}")
"""What may hang one cell past the measure."""
_IN_WORD = frozenset(".,:;'’-_/@&+#%~=?")
_SPACES = frozenset(" \u3000\t")
_EITHER = frozenset("\"'")
"""Opens or closes, who knows: kept with both neighbours."""


def _is_word(character: str) -> bool:
    """Latin, Greek, Cyrillic letters and digits: what is set solid and wrapped by words."""
    return character.isalnum() and (character < "\u1100" or "\u1e00" <= character < "\u2000")


def _joins(text: str, i: int, found: list[int]) -> bool:
    """Whether characters i−1 and i belong to one line whatever its length."""
    here = text[i]
    if here in NO_START or here in _SPACES or here == "\ufe0f":
        return True
    if found[i] == 0:
        return text[i - 1] not in _SPACES
    spaced = False
    at = i - 1  # of the character before, what takes no room and spaces left out
    while at and text[at] not in NO_END and (found[at] == 0 or text[at] in _SPACES):
        spaced = spaced or text[at] in _SPACES or text[at] == "\u200b"
        at -= 1
    before = text[at]
    if before in NO_END:
        return True
    if spaced or before in _SPACES:
        return False
    if before in _EITHER or here in _EITHER or (_is_word(before) and _is_word(here)):
        return True
    # 12.5 and 010-65367254 and don’t: a mark between two letters or digits is part of the word.
    if _is_word(here):
        return before in _IN_WORD and at >= 1 and _is_word(text[at - 1])
    if here == "(":  # a gloss stays with its character: 戰(zhàn)
        return "\u3400" <= before <= "\u9fff" and i + 1 < len(text) and text[i + 1].islower()
    return here in _IN_WORD and _is_word(before) and i + 1 < len(text) and _is_word(text[i + 1])


def _cut(text: str, start: int, i: int, found: list[int]) -> int:
    """Where to end a line that begins at `start`, cannot hold character `i` and offers no place to break: within a
    run rather than before a closing mark or behind an opening one; at `i` where there is nothing else."""
    for at in range(i, start, -1):
        here = text[at]
        if found[at] and not (here in NO_START or here in _SPACES or here == "\ufe0f" or text[at - 1] in NO_END):
            return at
    return i


def break_lines(text: str, measure: int, found: list[int] | None = None) -> list[tuple[int, int]]:
    """`text` cut into lines of at most `measure` cells (one more where a mark hangs), as (start, end) of characters.
    `found` is `widths(text)` where that is known.

    The lines joined are the text; each holds at least one character; spaces at a line's end take no room. An empty
    text is one empty line. Linear in the length of the text.
    """
    if not text:
        return [(0, 0)]
    measure = max(measure, 1)
    found = widths(text) if found is None else found
    upto = list(accumulate(found, initial=0))  # the cells before each character
    lines: list[tuple[int, int]] = []
    start, count = 0, len(text)
    while True:
        room = upto[start] + measure
        # The first character that is past the measure, and then the first that cannot be there.
        i = bisect_right(upto, room, start + 1) - 1
        while i < count:
            character = text[i]
            fits = upto[i + 1] <= room + (character in HANGING)
            held = found[i] == 0 and text[i - 1] not in _SPACES  # it stands on the character before, wherever that is
            if not (fits or held or i == start or character in _SPACES):
                break
            # All that take no room and follow one that is held are held.
            i = bisect_right(upto, upto[i], i) - 1 if held else i + 1
        if i >= count:
            lines.append((start, count))
            return lines
        for end in range(i, start, -1):  # the last place where this line may end
            if not _joins(text, end, found):
                break
        else:
            end = _cut(text, start, i, found)
        lines.append((start, end))
        start = end
