"""What an element is, by its tag, its name and what is in it: furniture, the holder of the text, a table of data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from lishu_tui.library.pages import furniture, markup

CELLS = frozenset(("td", "th"))
NAMED = markup.BLOCKS - {"br", "h1", "h2", "h3", "h4", "h5", "h6", "html", "body", "head"}
"""Elements whose names say whether they are furniture. Those within a line do not: a keyword in a sentence is often
`class="keyword"`; nor do headings, with names that come from what they say."""
NAME_LONG = 32
"""A longer name was made from a heading: `sharing-with-a-single-developer`."""
CELL_LONG, CELLS_MEAN = 600, 120
"""A table with a cell longer than the one, or with cells as long as the other on average, is there for the layout."""
INNER_MOST = 20
"""So many tables may stand within one that says that it is of data."""
NOTHING = ("", "", False)


def holds_data(table: HtmlElement) -> bool:
    """Whether a table has rows of data, rather than parts of the page."""
    known = furniture.DATA_TABLE.search((table.get("class") or "").lower()) is not None
    inner = sum(1 for _ in islice(table.iterdescendants("table"), INNER_MOST + 1))
    if (
        inner > (INNER_MOST if known else 0)
        or next(table.iterdescendants("form", "h1", "h2", "iframe"), None) is not None
    ):
        return False
    rows = [[_cell_text(cell) for cell in row if cell.tag in CELLS] for row in table.iter("tr")]
    filled = [[cell for cell in row if cell] for row in rows]
    several = [row for row in filled if len(row) > 1]
    cells = [cell for row in filled for cell in row]
    if not several or not cells:
        return False
    heads = next(table.iterdescendants("th"), None) is not None
    if max(map(len, cells)) > CELL_LONG * (2 if known or heads else 1):
        return False
    if known or heads:
        return True
    return len(several) > 1 and len(several) * 2 > len([row for row in filled if row]) \
        and sum(map(len, cells)) <= CELLS_MEAN * len(cells)  # fmt: skip


def _cell_text(cell: HtmlElement) -> str:
    if next(cell.iterdescendants(*markup.UNREAD), None) is not None:
        return " ".join("".join(_shown(cell)).split())
    return " ".join("".join(cell.itertext()).split())


def _shown(element: HtmlElement) -> Iterator[str]:
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and one.tag not in markup.UNREAD:
            yield one.text or ""
        elif event == "end" and one is not element:
            yield one.tail or ""


def worth(element: HtmlElement, tag: str, words: str) -> tuple[float, bool]:
    """What its kind and name count for an element that may hold the text, and whether it is a post of a forum."""
    bonus, post = _worth(words) if words else (1.0, False)
    if tag in ("article", "main") or element.get("itemprop") == "articleBody" or element.get("role") == "main":
        bonus = max(bonus, furniture.SEMANTIC_BONUS)
    return bonus, post


def furniture_of(element: HtmlElement, tag: str, words: str) -> tuple[str, str, bool]:
    """What this element would be if it were furniture, by which rule, and whether it is for sure; empty for others."""
    if (what := furniture.BY_TAG.get(tag)) is not None:
        return what, f"<{tag}>", what == "not shown"
    attributes = element.attrib
    if not attributes or tag in ("body", "html"):
        return NOTHING
    if "hidden" in attributes or ((style := attributes.get("style")) and furniture.HIDDEN.search(style)):
        # WeChat shows the text only when a script has run.
        return NOTHING if furniture.STRONG.search(words) else ("hidden", "not displayed", False)
    if (what := furniture.BY_ROLE.get(attributes.get("role", ""))) is not None:
        return what, f"role {attributes['role']}", False
    return _named(words) if words and tag in NAMED else NOTHING


# A page has few names, each at many elements.
@lru_cache(4096)
def _worth(words: str) -> tuple[float, bool]:
    bonus = 1.0
    if furniture.STRONG.search(words):
        bonus = furniture.STRONG_BONUS
    elif furniture.WEAK.search(words):
        bonus = furniture.WEAK_BONUS
    return bonus, furniture.POST.search(words) is not None


@lru_cache(4096)
def _named(words: str) -> tuple[str, str, bool]:
    if furniture.STRONG.search(words):
        return NOTHING
    short = " ".join(word for word in words.split() if len(word) <= NAME_LONG)
    for what, pattern in furniture.BY_NAME:
        if (match := pattern.search(short)) is not None:
            return what, f"named {match[0].strip()}", what == "Wayback toolbar"
    return NOTHING
