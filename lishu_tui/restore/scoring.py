"""How likely a text is, one character at a time: words in a lattice, and the page's own words as a cache.

A damaged page asks for some hundred thousand characters after as many beginnings, most of which differ only far back.
So what depends on the last word alone is worked out once and kept, and of most characters only the cost is told
(`least`): the ways to go on are made (`advance`) for the few that are followed. Sums are taken in one order everywhere,
so that what is kept and what is worked out anew agree to the last bit.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import exp, inf, log1p
from operator import itemgetter
from typing import Any

from lishu_tui.restore.language import STEP, UNKNOWN, Language, Scripts

Way = tuple[int, str, float, float]
"""One way to cut the text so far into words: the last whole word (-1: none), the letters of the word under way, the
cost so far, and that cost with what the word under way will cost at least."""
Options = list[tuple[str, float]]
"""Characters that may stand at a place, and what each costs beside the language."""
Option = tuple[int, float, float, float]
"""Which of the options it is, the least that the language says it costs, what being on the page takes off, and its
price."""
KEPT = 5
MOST_KEPT = 20_000
"""How much is kept of each kind of what depends on the last word alone."""
NOISE = 0.01
"""Far more than sums of costs are off by, and far less than costs differ by."""
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


class Begun(dict[str, float]):
    """Character → what it costs at least as the first of a word after the word `last`, kept as it is asked for."""

    def __init__(self, language: Language, last: int) -> None:
        self.language, self.last = language, last

    def __missing__(self, character: str) -> float:
        single, ahead = self.language.ids.get(character), self.language.ahead.get(character)
        if single is None and ahead is None:
            known = character.isascii() or not "\u3400" <= character <= "\u9fff"
            least = DIGIT if character.isascii() else OTHER.get(character, SYMBOL) if known else UNKNOWN
        else:
            least = UNKNOWN if single is None else self.language.word_cost(self.last, single)
            if ahead is not None and ahead * STEP < least:
                least = ahead * STEP
        self[character] = least
        return least


class Longer(dict[str, float]):
    """Character → what the word under way costs at least if it goes on with it; infinity where no word does."""

    def __init__(self, language: Language, last: int, partial: str) -> None:
        self.language, self.last, self.partial = language, last, partial

    def __missing__(self, character: str) -> float:
        longer = self.partial + character
        number, further = self.language.ids.get(longer), self.language.ahead.get(longer)
        least = inf if number is None else self.language.word_cost(self.last, number)
        if further is not None and further * STEP < least:
            least = further * STEP
        self[character] = least
        return least


Cut = tuple[int, str, float, Longer | None, int | None, float]
"""A way's last word, letters and cost so far, how they may go on; and, if they are a word, which it is and its cost."""


class States:
    """The likeliest ways to cut a text into words, made when they are asked for. `ended`: what each costs once the word
    under way is ended, and what may follow it; `open`: what each has cost up to the word under way, and how that may go
    on. `base` is the least of the ended ones and `last` its last word, -1 where none can end."""

    __slots__ = ("_after", "_scorer", "base", "cuts", "ended", "last", "open", "ways")

    _after: tuple[States, str] | None
    ways: tuple[Way, ...]
    cuts: list[Cut]
    base: float
    last: int
    open: list[tuple[float, Longer]]
    ended: list[tuple[float, Begun]]

    def __init__(self, scorer: Scorer, before: States | None = None, character: str = "") -> None:
        """Those after one more character than `before`; without it, of an empty text."""
        self._scorer = scorer
        self._after = None if before is None else (before, character)

    def __getattr__(self, name: str) -> Any:
        """All of it the first time that one part is asked for: of most paths of a beam none is."""
        if name not in self.__slots__:
            raise AttributeError(name)
        scorer, after = self._scorer, self._after
        self.ways = ((-1, "", 0.0, 0.0),) if after is None else scorer.ways(*after)
        self._after = None  # a path keeps nothing alive but itself
        self.base, self.last, self.open, self.cuts = 1e9, -1, [], []
        ended: dict[int, float] = {}
        word_cost, ids = scorer.language.word_cost, scorer.language.ids
        for before, partial, spent, _ in self.ways:
            last, longer, end = before, None, 0.0
            if partial:
                longer = scorer.longer(before, partial)
                self.open.append((spent, longer))
                word = ids.get(partial)
                if word is None:
                    self.cuts.append((before, partial, spent, longer, None, 0.0))
                    continue
                last, end = word, word_cost(before, word)
            self.cuts.append((before, partial, spent, longer, last, end))
            cost = spent + end
            if cost < self.base:
                self.base, self.last = cost, last
            if cost < ended.get(last, inf):
                ended[last] = cost
        self.ended = [(cost, scorer.begun(last)) for last, cost in ended.items()]
        return getattr(self, name)


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
        self._begun: dict[int, Begun] = {}
        self._longer: dict[tuple[int, str], Longer] = {}
        self._ranked: dict[tuple[int, int, int], list[Option]] = {}
        self._continued: dict[tuple[str, int], list[Option]] = {}
        self._options: dict[int, tuple[Options, list[tuple[str, float, float]]]] = {}
        self.start = States(self)

    def begun(self, last: int) -> Begun:
        """What a word costs at least after the word `last`."""
        found = self._begun.get(last)
        if found is None:
            if len(self._begun) > MOST_KEPT:
                self._begun.clear()
            found = self._begun[last] = Begun(self.language, last)
        return found

    def longer(self, last: int, partial: str) -> Longer:
        """What a word that began with `partial` after the word `last` costs at least."""
        found = self._longer.get((last, partial))
        if found is None:
            if len(self._longer) > MOST_KEPT:
                self._longer.clear()
            found = self._longer[last, partial] = Longer(self.language, last, partial)
        return found

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

    def least(self, states: States, character: str) -> float:
        """The least cost after one more (simplified) character, the word under way included: that of `advance`."""
        if character in SAME_AS:
            return self.ways(states, character)[0][3]
        least = inf
        for spent, begun in states.ended:
            if (cost := spent + begun[character]) < least:
                least = cost
        for spent, longer in states.open:
            if (cost := spent + longer[character]) < least:
                least = cost
        if least == inf:
            return min(way[2] for way in states.ways) + UNKNOWN
        return least

    def advance(self, states: States, character: str) -> States:
        """The states after one more (simplified) character."""
        return States(self, states, character)

    def ways(self, states: States, character: str) -> tuple[Way, ...]:
        """The ways to cut the text after one more character, the cheapest first, the word under way included."""
        extra = 0.0
        if character in SAME_AS:
            extra = DEARER.get(character, 0.0)
            character = SAME_AS[character]
        best: dict[tuple[int, str], Way] = {}
        in_words = character in self.language.ids or character in self.language.ahead
        for before, partial, spent, longer, last, end in states.cuts:
            cost = spent + extra
            if longer is not None and (least := longer[character]) < inf:
                key = (before, partial + character)
                old = best.get(key)
                if old is None or old[2] > cost:
                    best[key] = (*key, cost, cost + least)
            if last is None:
                continue
            cost += end
            price = self.begun(last)[character]
            if in_words:
                key = (last, character)
                old = best.get(key)
                if old is None or old[2] > cost:
                    best[key] = (last, character, cost, cost + price)
            else:
                key = (self.language.number if character.isdigit() else -1, "")
                cost += price
                old = best.get(key)
                if old is None or old[2] > cost:
                    best[key] = (*key, cost, cost)
        if not best:  # the word under way is none: its letters were unknown after all
            price = min(way[2] for way in states.ways) + extra + UNKNOWN
            return ((-1, "", price, price),)
        return tuple(sorted(best.values(), key=itemgetter(3))[:KEPT])

    def glance(self, states: States, options: Options, most: int) -> Options:
        """The `most` likeliest of many options, by a cheaper reckoning than `advance`.

        After one word they always stand in the same order, but for those with which a word under way goes on: of the
        others only the first are looked at.
        """
        base, costs = states.base, {}
        for n, least, seen, price in self._rank(options, states.last, most):
            costs[n] = base + least - seen + price
        for spent, longer in states.open:
            for n, least, seen, price in self._going_on(longer.partial, options):
                cost = spent + least - seen + price
                if cost < costs.get(n, inf):
                    costs[n] = cost
        likely = [(cost, *options[n]) for n, cost in costs.items()]
        likely.sort()
        return [(character, price) for _, character, price in likely[:most]]

    def _rank(self, options: Options, last: int, most: int) -> list[Option]:
        """The options that may be among the `most` likeliest after the word `last`, no word under way going on."""
        key = (id(options), last, most)
        if (found := self._ranked.get(key)) is None:
            costs = self._single_costs(options, last)
            found = [(n, costs[n], seen, price) for n, (_, seen, price) in enumerate(self._known(options))]
            found.sort(key=lambda one: one[1] - one[2] + one[3])
            if len(found) > most:
                _, least, seen, price = found[most - 1]
                limit = least - seen + price + NOISE
                found = [one for one in found if one[1] - one[2] + one[3] <= limit]
            self._ranked[key] = found
        return found

    def _single_costs(self, options: Options, last: int) -> list[float]:
        """What each option costs at least as a word of its own or the first character of one, after the word `last`."""
        ids, ahead, word_cost = self.language.ids, self.language.ahead, self.language.word_cost
        costs = []
        for single, _, _ in self._known(options):
            number, further = ids.get(single), ahead.get(single)
            least = word_cost(last, number) if number is not None else OTHER.get(single, UNKNOWN)
            costs.append(least if further is None else min(least, further * STEP))
        return costs

    def _going_on(self, partial: str, options: Options) -> list[Option]:
        """The options with which a word that began with `partial` goes on."""
        key = (partial, id(options))
        if (found := self._continued.get(key)) is None:
            if len(self._continued) > MOST_KEPT:
                self._continued.clear()
            ids, ahead, costs = self.language.ids, self.language.ahead, self.language.costs
            found = []
            for n, (single, seen, price) in enumerate(self._known(options)):
                number, further = ids.get(partial + single), ahead.get(partial + single)
                if number is not None or further is not None:
                    dear = inf if number is None else costs[number] * STEP
                    found.append((n, dear if further is None else min(dear, further * STEP), seen, price))
            self._continued[key] = found
        return found

    def _known(self, options: Options) -> list[tuple[str, float, float]]:
        """Each option's character as the model knows it, what being on the page takes off it, and its price."""
        if (kept := self._options.get(id(options))) is None:
            known = []
            for character, price in options:
                single = self.plain.get(character, character)
                single = SAME_AS.get(single, single)
                known.append((single, SEEN if single in self.ones else 0.0, price))
            kept = self._options[id(options)] = options, known  # the list too: no other shall have its id
        return kept[1]

    def settle(self, states: States) -> float:
        """The least cost once the word under way is ended."""
        least = 1e9
        for last, partial, spent, _ in states.ways:
            word = self.language.ids.get(partial)
            end = 0.0 if not partial else UNKNOWN if word is None else self.language.word_cost(last, word)
            least = min(least, spent + end)
        return least

    def cost(self, text: str) -> float:
        """What a whole (simplified) text costs."""
        states = self.start
        for character in text:
            states = self.advance(states, character)
        return self.settle(states)
