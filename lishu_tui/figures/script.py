"""Text in the one form that the tables are written in: simplified script, ASCII digits, one character for one."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.tables import table_text

CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CAPITAL = re.compile(
    "[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[壹贰叁肆伍陆柒捌玖](?=[十百千万亿拾佰仟元圆]|点[零一二三四五六七八九])|(?<=[零十百千万亿拾佰仟点])[壹贰叁肆伍陆柒捌玖]|[拾佰仟](?=[零一二三四五六七八九万亿元圆壹贰叁肆伍陆柒捌玖])"
    "|(?<=[一二两三四五六七八九壹贰叁肆伍陆柒捌玖0-9])[拾佰仟]|(?<=[壹贰叁肆伍陆柒捌玖])[壹贰叁肆伍陆柒捌玖]|[壹贰叁肆伍陆柒捌玖](?=[壹贰叁肆伍陆柒捌玖])"
)
"""Numbers as cheques write them, beside another character of a number: alone they are a surname, a verb, a team."""
_THREE = re.compile("[參参](?=[拾佰仟万亿元圆])|(?<=[拾佰仟万亿])[參参]")
_WIDE = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0xFF01 + n) not in "，；！？（）．"}


@lru_cache(maxsize=1)
def _table() -> dict[int, int]:
    table: dict[int, int] = {}
    for number, line in enumerate(table_text("convert.txt").split("\n"), 1):
        simplified, *others = line.split("\t")
        if line and (len(simplified) != 1 or not others):
            raise LishuError("tables/convert.txt", f"line {number}", "is damaged", "a character and its other forms")
        for other in "".join(others):
            if other != simplified:
                table.setdefault(ord(other), ord(simplified))
    table |= {ord(a): ord(b) for a, b in zip("貳參陸佰○﹪％　\u00a0＋．〜∼－﹣−", "贰叁陆百〇%%  +.~~---", strict=True)}
    table[ord("參")] = ord("参")
    table.pop(ord("佰"), None)
    return _WIDE | table


def plain(text: str) -> str:
    """The same text, as long as before, in the form of the tables."""
    made = text.translate(_table())
    if any(c in made for c in "壹贰叁肆伍陆柒捌玖拾佰仟參参"):
        made = _THREE.sub("叁", made)
        made = _CAPITAL.sub(lambda m: m[0].translate(CAPITALS), made)
    return made
