"""What a byte can belong to, among the characters that a converted page can have."""

from __future__ import annotations

from collections import Counter

from lishu_tui.restore import gbk
from lishu_tui.restore.language import Scripts

COMMON = 6000
"""Among how many of the commonest words the single characters are looked for that stand for anything at all."""
FORM = (0.0, 4.0, 8.0, 12.0)
"""The cost of a form by its rank in the converter's table."""
RARE = 3.0
"""The cost of a character that is not in GB 2312."""
SYMBOLS = "，。、；：？！“”‘’《》（）〈〉【】「」『』—…·％　．／～＋－×℃○①②③④⑤⑥⑦⑧⑨⑩０１２３４５６７８９"


class Candidates:
    """What a byte can belong to, among the characters that a converted page can have."""

    def __init__(self, scripts: Scripts, known: dict[str, int], shown: Counter[str]) -> None:
        self.scripts, self.known, self.shown = scripts, known, shown
        self.leads: dict[int, list[tuple[str, float]]] = {}
        self.trails: dict[int, list[tuple[str, float]]] = {}
        self.often: list[tuple[str, float]] = []

    def price(self, character: str) -> float | None:
        """What a character costs as a form, None where it cannot stand on such a page."""
        if character in self.shown:
            return 0.0
        if not gbk.is_hanzi(character):
            return 0.0 if character in SYMBOLS else None
        rank = self.scripts.rank.get(character, 0)
        if rank > 1 or self.scripts.simplified.get(character, character) not in self.known:
            return None
        plain = gbk.code(self.scripts.simplified.get(character, character))
        common = plain is not None and len(plain) == 2 and 0xB0 <= plain[0] <= 0xF7 and plain[1] >= 0xA1
        return FORM[rank] + (0.0 if common else RARE)

    def by_lead(self, lead: int) -> list[tuple[str, float]]:
        if lead not in self.leads:
            self.leads[lead] = self._priced(gbk.by_lead(lead))
        return self.leads[lead]

    def by_trail(self, trail: int) -> list[tuple[str, float]]:
        if trail not in self.trails:
            self.trails[trail] = self._priced(gbk.by_trail(trail))
        return self.trails[trail]

    def common(self) -> list[tuple[str, float]]:
        """The commoner characters with a second byte of A1 or more: what a character may be of which nothing is
        left."""
        if not self.often:
            self.often = [(mark, 0.0) for mark in "”》）’"]
            for plain in list(self.known)[:COMMON]:
                if len(plain) == 1 and gbk.is_hanzi(plain):
                    form = self.scripts.shown.get(plain, plain)
                    known = gbk.code(form)
                    if known is not None and known[0] >= 0xA1:
                        self.often.append((form, 0.0))
        return self.often

    def _priced(self, characters: tuple[str, ...]) -> list[tuple[str, float]]:
        return [(c, p) for c in characters if (p := self.price(c)) is not None]
