"""Figures as they are written in a table: a sign for the bound, the words around them, bars to scale."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.edition import Statistic
    from lishu_tui.edition.readable import Readable
    from lishu_tui.figures.across import Row

SIGNS = {"exact": "", "more_than": "> ", "at_least": "≥ ", "less_than": "< ", "at_most": "≤ ",
         "approaching": "≲ ", "about": "≈ ", "range": ""}  # fmt: skip
"""Bound → what stands before the number."""
_CLAUSE_MARKS = re.compile("[，。；：！？]")
EIGHTHS = " ▏▎▍▌▋▊▉█"


def amount(statistic: Statistic, *, grouped: bool = True) -> str:
    """The value with its bound's sign, `> 500`; a range as `20–30`; thousands set apart by a comma if `grouped`."""
    form = "{:,}" if grouped else "{}"
    if statistic.bound == "range":
        return "–".join(form.format(end) for end in (statistic.low, statistic.high) if end is not None)
    return SIGNS[statistic.bound] + form.format(statistic.value)


def chinese(statistic: Statistic) -> str:
    """Measure word and label, as one reads them after the number."""
    return f"{statistic.unit or ''}{statistic.label}"


def around(edition: Readable, statistic: Statistic, width: int = 8) -> tuple[str, str, str]:
    """The quote with at most `width` characters before and after it, none from another clause; an ellipsis where the
    clause is cut."""
    text = edition.text(statistic.span.paragraph)
    _, start, end = statistic.span
    before = _CLAUSE_MARKS.split(text[:start])[-1]
    after = _CLAUSE_MARKS.split(text[end:], maxsplit=1)[0]
    left = "…" + before[-width:] if len(before) > width else before.lstrip()
    right = after[:width] + "…" if len(after) > width else after
    return left, text[start:end], right


def bar(value: float, largest: float, width: int) -> str:
    """A bar of `value` where `largest` fills `width` cells, to an eighth of a cell; never nothing for something."""
    eighths = round(value / largest * width * 8) if largest > 0 else 0
    eighths = min(max(eighths, 1 if value > 0 else 0), width * 8)
    return EIGHTHS[8] * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def signed(row: Row) -> str:
    """How a row differs from the one it is compared with: `=`, `+200`, `−1.5`; nothing where there is none."""
    if row.mark == "equal":
        return "="
    if row.difference is None:
        return ""
    if row.difference == 0:
        return "other bound"
    sign = "+" if row.difference > 0 else "−"
    return f"{sign}{abs(row.difference):,}"
