"""How likely a text is, one character at a time: words in a lattice, and the page's own words as a cache."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import exp, log1p

from lishu_tui.restore.language import STEP, UNKNOWN, Language, Scripts

State = tuple[int, str, float, float]
"""One way to cut the text so far into words: the last whole word (-1: none), the letters of the word under way, the
cost so far, and that cost with what the word under way will cost at least."""
States = tuple[State, ...]
START: States = ((-1, "", 0.0, 0.0),)
KEPT = 5
ONE, TWO, THREE = 0.05, 0.15, 0.3
"""How much the page's own characters, pairs and triples weigh against the language."""
SEEN = 3.0
STEADY = frozenset("，。、：；？！“”‘’《》（）…—　")
SLACK = 1.5
MOST = 3.5

SAME_AS = dict(
    zip("《》（）「」『』【】〈〉‘’—,:;?!()", "“”“”“”“”“”“”“”…，：；？！“”", strict=True),
)
"""Marks that the model does not know, and the ones they behave like."""
DEARER = dict(
    zip(
        "《》（）‘’【】「」『』〈〉",
        (1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0, 5.0, 5.0),
        strict=True,
    )
)
SYMBOL = 9.0
DIGIT = 4.0
OTHER = {"　": 3.0, "·": 6.0}


class Scorer:
    """Costs of characters after characters. `page` is text of the page that is known to be sound."""

    def __init__(self, language: Language, scripts: Scripts, page: str) -> None:
        self.language = language
        self.plain = scripts.simplified
        simplified = "".join(self.plain.get(c, c) for c in page)
        self.ones = Counter(simplified)
        self.twos = Counter(a + b for a, b in pairwise(simplified))
        self.threes = Counter(a + b + c for a, b, c in zip(simplified, simplified[1:], simplified[2:], strict=False))
        self.total = max(40, len(simplified))

    def bonus(self, before: str, character: str, delta: float) -> float:
        """What the page's own use of these characters takes off the cost of `character` after the two `before`.

        The page is a second model, mixed in with small weights: what it says often is likelier than in the language.
        """
        one = self.ones.get(character, 0)
        if not one or character in STEADY:
            return 0.0
        share = ONE * one / self.total
        last = before[-1:]
        two = self.twos.get(last + character, 0)
        if two:
            share += TWO * two / (self.ones[last] + 1)
            three = self.threes.get(before + character, 0)
            if three:
                share += THREE * three / (self.twos[before] + 1)
        number = self.language.ids.get(character)
        alone = UNKNOWN if number is None else self.language.costs[number] * STEP
        return min(MOST, log1p(share * exp(min(alone, delta + SLACK))))

    def advance(self, states: States, character: str) -> tuple[States, float]:
        """The states after one more (simplified) character, and their least cost, the word under way included."""
        language = self.language
        ids, ahead, word_cost = language.ids, language.ahead, language.word_cost
        extra = 0.0
        if character in SAME_AS:
            extra = DEARER.get(character, 0.0)
            character = SAME_AS[character]
        best: dict[tuple[int, str], State] = {}
        single = ids.get(character)
        single_ahead = ahead.get(character)
        for before, partial, spent, _ in states:
            last, cost = before, spent + extra
            if partial:
                longer = partial + character
                number, further = ids.get(longer), ahead.get(longer)
                if number is not None or further is not None:
                    least = word_cost(last, number) if number is not None else 99.0
                    if further is not None and further * STEP < least:
                        least = further * STEP
                    old = best.get((last, longer))
                    if old is None or old[2] > cost:
                        best[last, longer] = (last, longer, cost, cost + least)
                word = ids.get(partial)
                if word is None:
                    continue
                cost += word_cost(last, word)
                last = word
            if single is None and single_ahead is None:
                known = character.isascii() or not "\u3400" <= character <= "\u9fff"
                price = DIGIT if character.isascii() else OTHER.get(character, SYMBOL) if known else UNKNOWN
                last = language.number if character.isdigit() else -1
                old = best.get((last, ""))
                if old is None or old[2] > cost + price:
                    best[last, ""] = (last, "", cost + price, cost + price)
                continue
            least = word_cost(last, single) if single is not None else UNKNOWN
            if single_ahead is not None and single_ahead * STEP < least:
                least = single_ahead * STEP
            old = best.get((last, character))
            if old is None or old[2] > cost:
                best[last, character] = (last, character, cost, cost + least)
        if not best:  # the word under way is none: its letters were unknown after all
            cheapest = min(states, key=lambda s: s[2])
            price = cheapest[2] + extra + UNKNOWN
            return ((-1, "", price, price),), price
        found = sorted(best.values(), key=lambda s: s[3])[:KEPT]
        return tuple(found), found[0][3]

    def glance(self, states: States, options: list[tuple[str, float]], most: int) -> list[tuple[str, float]]:
        """The `most` likeliest of many (character, price), by a cheaper reckoning than `advance`."""
        language, plain = self.language, self.plain
        ids, ahead, costs = language.ids, language.ahead, language.costs
        partials: list[tuple[str, float]] = []
        base, best_last = 1e9, -1
        for before, partial, spent, _ in states:
            last, cost = before, spent
            if partial:
                partials.append((partial, cost))
                word = ids.get(partial)
                if word is None:
                    continue
                cost += language.word_cost(last, word)
                last = word
            if cost < base:
                base, best_last = cost, last
        found: list[tuple[float, str, float]] = []
        for character, price in options:
            single = plain.get(character, character)
            single = SAME_AS.get(single, single)
            number = ids.get(single)
            least = base + (language.word_cost(best_last, number) if number is not None else OTHER.get(single, UNKNOWN))
            further = ahead.get(single)
            if further is not None and base + further * STEP < least:
                least = base + further * STEP
            for partial, cost in partials:
                longer = partial + single
                number = ids.get(longer)
                if number is not None and cost + costs[number] * STEP < least:
                    least = cost + costs[number] * STEP
                further = ahead.get(longer)
                if further is not None and cost + further * STEP < least:
                    least = cost + further * STEP
            if single in self.ones:
                least -= SEEN
            found.append((least + price, character, price))
        found.sort()
        return [(character, price) for _, character, price in found[:most]]

    def settle(self, states: States) -> float:
        """The least cost once the word under way is ended."""
        least = 1e9
        for last, partial, spent, _ in states:
            word = self.language.ids.get(partial)
            end = 0.0 if not partial else UNKNOWN if word is None else self.language.word_cost(last, word)
            least = min(least, spent + end)
        return least

    def cost(self, text: str, states: States = START) -> float:
        """What a whole (simplified) text costs."""
        for character in text:
            states, _ = self.advance(states, character)
        return self.settle(states)
