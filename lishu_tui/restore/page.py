"""One page on its way to being restored: its list of glosses, its lines as tokens, and its damage as far as known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

from lishu_tui.restore import gbk
from lishu_tui.restore.damage import FULL, MARKS, Model, alike, cut, damage, fold, gloss
from lishu_tui.restore.gate import Verdict
from lishu_tui.restore.glosses import Gloss
from lishu_tui.restore.language import readings
from lishu_tui.restore.tokens import Token, tokens

CUTS = (MARKS, "，。！？；：", "，；：（", "，。", "，", "")
"""Which marks a page may have been cut before, commonest first; `Page.settle` tries others too."""
BREAKS = "，。！；："
FOLDABLE = ",:;()"
LOOK_BACK = 240
Glosses = tuple[tuple[str, str], ...]


class Page:
    """A damaged capture. `listed` maps a glossed character to its reading, `order` is the list in the order in which
    the readings were put in, as far as places where that matters show it."""

    def __init__(self, text: str, verdict: Verdict) -> None:
        self.text = text
        self.listed = dict(verdict.listed)
        self.order = list(self.listed)
        self.cuts = MARKS
        self.widened = frozenset(to_widen(text, verdict.glosses))
        self.lines: list[tuple[int, list[Token]]] = []
        shown = "".join(FULL[c] if n in self.widened else c for n, c in enumerate(text))
        at = 0
        glosses = iter(verdict.glosses)
        gloss = next(glosses, None)
        for line in shown.split("\n"):
            mine: list[Gloss] = []
            while gloss is not None and gloss.start < at + len(line):
                mine.append(Gloss(gloss.start - at, gloss.end - at, gloss.reading, gloss.swallowed))
                gloss = next(glosses, None)
            self.lines.append((at, tokens(line, mine)))
            at += len(line) + 1
        self.names: dict[str, list[str]] = {}
        self.codes: dict[int, str] = {}
        for character, reading in self.listed.items():
            self._note(character, reading)

    def _note(self, character: str, reading: str) -> None:
        code = gbk.code(character)
        if code is not None and len(code) == 2:
            self.names.setdefault(reading, []).append(character)
            self.codes[code[0] << 8 | code[1]] = reading

    def learn(self, assumed: Glosses, order: list[str] | None) -> None:
        """Glosses that a chosen reading needs and no other place shows are put on the list, and the order that made it
        come out as captured is kept."""
        for character, reading in assumed:
            if character not in self.listed:
                self.listed[character] = reading
                self.order.insert(0, character)
                self._note(character, reading)
        if order is not None:
            self.order = order

    def model(self, cuts: str | None = None, order: list[str] | None = None) -> Model:
        known = tuple((c, self.listed[c]) for c in order or self.order)
        return Model(known, self.cuts if cuts is None else cuts, "")

    def sound_text(self) -> str:
        """The page's text without readings; from a `?` to the next mark or reading in step, where it may be out of
        step, it is left out."""
        out: list[str] = []
        for _, line in self.lines:
            sound = True
            for token in line:
                if token.kind == "hole":
                    sound = False
                elif token.kind == "gloss" or token.text in BREAKS:
                    sound = sound or not token.swallowed
                if token.kind != "gloss":
                    out.append(token.text if sound else "\n")
            out.append("\n")
        return "".join(out)

    def characters(self) -> Counter[str]:
        """The characters that stand before the first doubtful place of their lines."""
        found: Counter[str] = Counter()
        for _, line in self.lines:
            for token in line:
                if token.kind == "hole":
                    break
                if token.kind == "pair":
                    found[token.text] += 1
        return found

    def fits(self, restored: str, shown: str, assumed: Glosses = ()) -> list[str] | None:
        """The order of the list with which the beginning of a line, damaged again, is the beginning of the captured
        line,
        in some way that the page may have been cut; None where there is none. Of a long line only the end is looked at.
        """
        long = len(restored) > LOOK_BACK
        if long:
            restored = restored[-LOOK_BACK:]
        target = alike(shown)
        sounds = {**dict(assumed), **self.listed}
        for order in self._orders(restored, [c for c, _ in assumed if c not in self.listed]):
            glossed = gloss(restored, Model(tuple((c, sounds[c]) for c in order)))
            for cuts in dict.fromkeys((self.cuts, *CUTS)):
                again = alike(fold(cut(glossed, Model((), cuts, "")), Model((), "", "")))
                if target.endswith(again[len(again) // 3 :]) if long else target == again:
                    return order
        return None

    def _orders(self, restored: str, assumed: list[str]) -> Iterator[list[str]]:
        """The orders that the list may have had, as far as they can differ in this text."""
        first = [*assumed, *self.order]
        yield first
        codes = self.codes
        if assumed:
            codes = dict(codes)
            for character in assumed:
                if (code := gbk.code(character)) is not None and len(code) == 2:
                    codes[code[0] << 8 | code[1]] = ""
        tried = [first]
        for one, other in islice(overlaps(restored, codes), 6):
            for order in list(tried[:4]):
                tried.append(swapped(order, one, other))
                yield tried[-1]

    def settle(self, restored: list[str]) -> list[bool]:
        """Which lines are the capture's again when damaged, with the cuts and the order that make most of them so."""
        shown = [alike(self.text[at : at + sum_of(line)]) for at, line in self.lines]
        telling = sorted(range(len(shown)), key=lambda n: "?" not in shown[n])[:200]

        def agree(cuts: str) -> int:
            model = self.model(cuts)
            return sum(alike(damage(restored[n], model)) == shown[n] for n in telling)

        best = max(CUTS, key=agree) if telling else self.cuts
        score = agree(best) if telling else 0
        for mark in MARKS:
            if score == len(telling):
                break
            other = best.replace(mark, "") if mark in best else best + mark
            if (found := agree(other)) > score:
                best, score = other, found
        self.cuts = best
        model = self.model()
        fine = [alike(damage(text, model)) == target for text, target in zip(restored, shown, strict=True)]
        for n, good in enumerate(fine):
            if not good and len(restored[n]) < 4 * LOOK_BACK:
                for one, other in overlaps(restored[n], self.codes):
                    order = swapped(self.order, one, other)
                    if alike(damage(restored[n], self.model(order=order))) == shown[n]:
                        self.order = order
                        return self.settle_again(restored, shown)
        return fine

    def settle_again(self, restored: list[str], shown: list[str]) -> list[bool]:
        model = self.model()
        return [alike(damage(text, model)) == target for text, target in zip(restored, shown, strict=True)]


def sum_of(line: list[Token]) -> int:
    """How many characters of the capture the tokens of a line are."""
    return line[-1].end if line else 0


def swapped(order: list[str], first: str, second: str) -> list[str]:
    """The list with `first` just before `second` if it stood after it, and the other way about."""
    rest = [c for c in order if c != first]
    at = rest.index(second)
    was_after = order.index(first) > order.index(second)
    return [*rest[:at], first, *rest[at:]] if was_after else [*rest[: at + 1], first, *rest[at + 1 :]]


def overlaps(text: str, codes: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Pairs of listed characters whose bytes share one somewhere in a text, so that the order of the list shows."""
    data, _ = gbk.encode(text)
    seen = set()
    words = [a << 8 | b for a, b in pairwise(data)]
    for one, other in pairwise(words):
        if one in codes and other in codes and one != other and (one, other) not in seen:
            seen.add((one, other))
            first, second = gbk.pair(one >> 8, one & 0xFF), gbk.pair(other >> 8, other & 0xFF)
            if first and second:
                yield first, second


def to_widen(text: str, glosses: list[Gloss]) -> Iterator[int]:
    """Places of marks that the crawler made ASCII: those beside Chinese once the readings are out. `?` is left to the
    search, which knows whether it is a mark at all."""
    before, gap = "", 0
    at = 0
    pending: int | None = None
    for start, end in [*((g.start, g.end) for g in glosses), (len(text), len(text))]:
        for place in range(at, start):
            character = text[place]
            if pending is not None and not character.isspace():
                if _wide(character):
                    yield pending
                pending = None
            if character in FOLDABLE:
                if _wide(before) and gap < 2:
                    yield place
                else:
                    pending = place
            if character == "\n":
                before = ""
            elif character != " ":
                before, gap = character, 0
            else:
                gap += 1
        at = end


def _wide(character: str) -> bool:
    return bool(character) and (gbk.is_hanzi(character) or character in "，。、；：？！“”‘’《》（）【】「」…—·,;:()?")


def named_elsewhere() -> dict[str, list[str]]:
    """Reading -> characters that conversion makes and that have it."""
    found: dict[str, list[str]] = {}
    for character, sounds in readings().items():
        for sound in sounds:
            found.setdefault(sound, []).append(character)
    return found
