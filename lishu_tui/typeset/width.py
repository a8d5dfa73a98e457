"""How many terminal cells text takes.

The table is Rich's, kept as data, so that lines laid out here fit what Rich and Textual draw, without importing them.
A terminal set to show ambiguous characters wide will disagree: see the README.
"""

from __future__ import annotations

from bisect import bisect_right

from lishu_tui.edition.places import data_text


class _Widths(dict[str, int]):
    """Character → cells, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self.wide: frozenset[str] = frozenset()
        self.first: list[int] = []
        self.last: list[int] = []
        self.width: list[int] = []
        for line in data_text("tables", "width.txt").splitlines():
            if line.startswith("#"):
                continue
            if line.startswith("wide "):
                self.wide = frozenset(chr(int(code, 16)) for code in line.split()[1:])
                continue
            first, last, width = line.split()
            self.first.append(int(first, 16))
            self.last.append(int(last, 16))
            self.width.append(int(width))

    def __missing__(self, character: str) -> int:
        code = ord(character)
        at = bisect_right(self.first, code) - 1
        width = self.width[at] if at >= 0 and code <= self.last[at] else 1
        if 0 < code < 0x20 or 0x7F <= code < 0xA0:
            width = 0
        self[character] = width
        return width


_known: list[_Widths] = []


def _table() -> _Widths:
    if not _known:
        _known.append(_Widths())
    return _known[0]


def widths(text: str) -> list[int]:
    """The cells of each character, in a sequence: what a zero-width joiner joins takes none, and U+FE0F takes the cell
    that it adds to the character before it. `sum(widths(t))` is what Rich's `cell_len(t)` says."""
    table = _table()
    found = list(map(table.__getitem__, text))
    if "\u200d" not in text and "\ufe0f" not in text:
        return found
    measured: str | None = None
    joined = False
    for i, c in enumerate(text):
        if joined:
            found[i], joined = 0, False
        elif c == "\u200d":
            found[i], joined = 0, True
        elif c == "\ufe0f":
            found[i], measured = int(measured is not None and measured in table.wide), None
        elif found[i]:
            measured = c
    return found


def cells(text: str) -> int:
    """The cells that `text` takes in all."""
    return sum(widths(text))


def clip(text: str, limit: int, *, keep: str = "start") -> str:
    """As much of `text` as fits `limit` cells, from its start or (keep="end") its end, an ellipsis marking the cut."""
    found = widths(text)
    if sum(found) <= limit:
        return text
    room, taken = max(limit - 1, 0), 0
    order = range(len(text)) if keep == "start" else range(len(text) - 1, -1, -1)
    count = 0
    for i in order:
        if taken + found[i] > room:
            break
        taken += found[i]
        count += 1
    if limit <= 0:
        return ""
    return text[:count] + "…" if keep == "start" else "…" + text[len(text) - count :]
