"""Where a line may end: Chinese line breaking (禁則), as GB/T 15834-2011 §5.1 and common practice have it.

No line begins with a closing mark nor ends with an opening one; …… and —— and runs of Latin letters and digits stay
whole; a closing mark may hang one cell past the measure. Where a run is longer than the line, it is cut.
"""

from __future__ import annotations

from lishu_tui.typeset.width import widths

NO_START = frozenset("，。、；：！？…—·）》】〉」』〕〗〙〛”’％‰℃,.;:!?)]}%°～－／〞｝］＂＇﹏＿ー々〻")
"""What no line begins with. (An ellipsis or a dash may begin a line by the standard; that it does not reads better.)"""
NO_END = frozenset("（《【〈「『〔〖〘〚“‘([{｛［〝￥＄£$¥#＃№")
"""What no line ends with."""
HANGING = frozenset("，。、；：！？）》】〉」』〕〗”’,.;:!?)]}")
"""What may hang one cell past the measure."""
_IN_WORD = frozenset(".,:;'’-_/@&+#%~=?")
_SPACES = frozenset(" \u3000\t")


def _is_word(character: str) -> bool:
    """Latin, Greek, Cyrillic letters and digits: what is set solid and wrapped by words."""
    return character.isalnum() and (character < "\u1100" or "\u1e00" <= character < "\u2000")


def _joins(text: str, i: int, found: list[int]) -> bool:
    """Whether characters i−1 and i belong to one line whatever its length."""
    before, here = text[i - 1], text[i]
    if found[i] == 0 or here in NO_START or before in NO_END or here in _SPACES:
        return True
    if before in _SPACES:
        return False
    if _is_word(before) and _is_word(here):
        return True
    if here == before and here in "…—":
        return True
    # 12.5 and 010-65367254 and don’t: a mark between two letters or digits is part of the word.
    return before in _IN_WORD and _is_word(here) and i >= 2 and _is_word(text[i - 2])


def break_lines(text: str, measure: int) -> list[tuple[int, int]]:
    """`text` cut into lines of at most `measure` cells (one more where a mark hangs), as (start, end) of characters.

    The lines joined are the text; each holds at least one character; spaces at a line's end take no room. An empty
    text is one empty line. Linear in the length of the text.
    """
    if not text:
        return [(0, 0)]
    measure = max(measure, 1)
    found = widths(text)
    lines: list[tuple[int, int]] = []
    start = i = taken = 0
    chance = -1  # the last place after `start` where this line may end
    count = len(text)
    while i < count:
        if i > start and not _joins(text, i, found):
            chance = i
        width = found[i]
        character = text[i]
        fits = taken + width <= measure or (character in HANGING and taken + width == measure + 1)
        if fits or i == start or character in _SPACES or width == 0:
            taken += width if fits or i == start else 0
            i += 1
            continue
        end = chance if chance > start else i
        lines.append((start, end))
        start, i, taken, chance = end, end, 0, -1
    lines.append((start, count))
    return lines
