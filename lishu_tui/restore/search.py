"""From what a damaged stretch still shows to what it was: a beam over bytes, scored by the language, held to the list.

A stretch begins at a `?` (or a reading on the wrong character) and is read until every reading of it that is left is
in step with the characters again. While it is out of step each shown pair is the second byte of one character and the
first of the next.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from lishu_tui.restore import gbk
from lishu_tui.restore.candidates import FORM, Candidates
from lishu_tui.restore.damage import ASCII, MARKS
from lishu_tui.restore.marks import BARE, CLASH, CLOSERS, OPENS, PAIRED, UNENDED, balance, clash, follow
from lishu_tui.restore.scoring import MOST, NOISE, Options, Scorer, States
from lishu_tui.restore.tokens import Token

WIDTH, IN_STEP = 28, 18
"""How many readings are followed at once that owe a character, and that do not."""
LONGEST = 120
"""How many tokens a stretch may go on without coming to rest before it is given up."""
NEAR = 300
"""How far marks are looked at on both sides, so that work does not grow with the line."""
REACH = 18.0
"""How much dearer than the best a reading may be and still be followed."""
VANISHING = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
"""First bytes of pairs that vanish."""
GONE = len(VANISHING)
FOLLOWED, SURE = 12, 4
"""On how many readings a pair may vanish at one place, and on how many of them all that it may have been is
followed."""
LIKELIEST = 24
"""How many characters are tried for a byte."""
UNKNOWN, VANISHED = 0, -1
"""First bytes that are not on show: swallowed, or gone with a private-use character (then A1 or more)."""

OWED = 6.0  # a character that is not whole yet
SWALLOWED = 3.0  # a character of ASCII is gone
VANISH = 0.3  # a pair vanished without a sign
IMPOSSIBLE = 1.0  # one `?` for a pair that makes no character
UNLISTED = 2.5  # a reading names a character that is not on the list
UNGLOSSED = 6.0  # a listed character without its reading
BOTH_LOST = 3.0  # both bytes of a character are lost, and only its reading is left
MISREAD = 8.0  # a reading on a character that it is no reading of
SENTENCE = 7  # so many characters a sentence has at least, its full stop counted
CUT = frozenset(MARKS) | {ASCII.get(mark, mark) for mark in MARKS}


class Step(NamedTuple):
    """One character of a reading and where it came from: it is whole once token `end` (half-open) has been read."""

    before: Step | None
    character: str
    end: int
    how: str  # same, known, lead, trail, both, named, asked, swallowed
    candidates: int


class Sign(NamedTuple):
    """A character that may stand next: how it is known, among how many, and what it costs beside the language."""

    character: str
    how: str
    candidates: int = 1
    price: float = 0.0


class Then(NamedTuple):
    """Where a path stands after a character: tokens up to `end` are read, `lead` is pending and known as `how` says.
    `glossed`: the character's reading may follow here; `follows`: a reading follows the byte `lead`."""

    end: int
    lead: int | None = None
    how: str = "shown"
    glossed: bool = False
    follows: bool = False


class Path(NamedTuple):
    """One reading of the stretch so far."""

    cost: float
    total: float
    states: States
    step: Step | None
    last: int  # the byte before the pending one; negative once a reading stands between
    lead: int | None  # None: in step
    how: str  # of the pending byte: shown, named, lost
    two: str  # the last two characters, simplified
    open: str  # brackets and quotation marks that are open
    assumed: tuple[tuple[str, str], ...] = ()  # glosses that are not on the list, but must be if this is right


def assume(path: Path, character: str, reading: str) -> Path:
    """The path if `character` is on the list with this reading, though no other place shows it."""
    if (character, reading) in path.assumed:
        return path
    return path._replace(
        cost=path.cost + UNLISTED, total=path.total + UNLISTED, assumed=(*path.assumed, (character, reading))
    )


def _rank(path: Path) -> float:
    """The cost by which paths are compared: one that still owes a character is charged for it."""
    return path.total if path.lead is None else path.total + OWED


class Found:
    """The paths found at one token, but for those of which it is known already that they are not among the best. While
    `keep` is set, all are kept."""

    def __init__(self, *, keep: bool = False) -> None:
        self.paths: list[Path] = []
        self.keep = keep
        self.limit = inf  # the rank above which none is followed
        self._even, self._owing = [inf] * IN_STEP, [inf] * WIDTH  # the lowest ranks, in order

    def hopeless(self, rank: float, owes: bool) -> bool:
        """Whether a path of this rank cannot be among those followed: as many that are no worse were found before it.
        `owes`: whether it owes a character."""
        if self.keep:
            return False
        return rank > self.limit or rank >= (self._owing[-1] if owes else self._even[-1])

    def append(self, path: Path) -> None:
        rank, lowest = _rank(path), self._even if path.lead is None else self._owing
        if rank < lowest[-1]:
            del lowest[-1]
            insort(lowest, rank)
            self.limit = min(self.limit, rank + REACH)
        self.paths.append(path)


class Known(NamedTuple):
    """What is asked of a character again and again: its simplified form, its two bytes (-1 where it has not two), its
    first and its last byte, whether it is a mark that opens or closes, and what the page's use of it takes off at
    most."""

    plain: str
    pair: int
    first: int
    last: int
    mark: bool
    most: float


class Table(dict[str, Known]):
    """What is known of characters, found out when it is first asked for."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer

    def __missing__(self, character: str) -> Known:
        code = gbk.code(character) or b"\0"
        plain = self.scorer.plain.get(character, character)
        known = self[character] = Known(
            plain,
            code[0] << 8 | code[1] if len(code) == 2 else -1,
            code[0],
            code[-1],
            character in PAIRED or character in CLOSERS,
            MOST if plain in self.scorer.ones else 0.0,
        )
        return known


class Search:
    """The beam. `names` maps a reading to the listed characters that have it, `listed` a listed character's bytes to
    its reading; `others(reading)` gives characters that a reading may name though they are not on the list."""

    def __init__(
        self,
        scorer: Scorer,
        candidates: Candidates,
        names: dict[str, list[str]],
        listed: dict[int, str],
        others: dict[str, list[str]],
    ) -> None:
        self.scorer, self.candidates = scorer, candidates
        self.names, self.listed, self.others = names, listed, others
        self.plain = candidates.scripts.simplified
        self.context = ""
        self.known = Table(scorer)

    def run(self, line: list[Token], start: int, before: str) -> tuple[int, list[Path]]:
        """The best readings of the stretch that begins at token `start`, and the token where it ends.

        `before` is the restored text of the line before it. The readings are in order, likeliest first; there may be
        none.
        """
        states = self.scorer.start
        self.context = before[-SENTENCE:]
        context, opened = before[-12:], ""
        for character in before[-NEAR:]:
            opened, _ = follow(opened, character)
        for character in context:
            states = self.scorer.advance(states, self.plain.get(character, character))
        known = gbk.code(context[-1:]) or b"\0"
        two = "".join(self.plain.get(c, c) for c in context[-2:])
        base = self.scorer.settle(states)
        paths = [Path(-base, 0.0, states, None, known[-1], None, "shown", two, opened)]
        at, quiet = start, 0
        while at < len(line):
            if at - start > LONGEST:
                if paths[0].lead is None:
                    break
                if at - start > LONGEST + 40:
                    return at, []
            token = line[at]
            found = Found()
            for path in self._vanishing(paths, at):
                self._read(path, line, at, found)
            if not found.paths:
                return at, []
            paths = self._best(found.paths)
            at += 1
            sound = (
                token.kind == "pair" or (token.kind == "single" and token.first != gbk.EURO) or token.kind == "gloss"
            )
            quiet = quiet + 1 if sound and all(path.lead is None for path in paths) else 0
            if quiet >= 8 and not any(t.kind == "hole" for t in line[at : at + 4]):
                break
        rest = ""
        for token in line[at : at + NEAR]:
            if token.kind == "hole":
                break
            rest += token.text if token.kind in ("pair", "single") else ""
        sentences = any(mark in before for mark in "。，！？；")
        whole = []
        for p in paths:
            if p.lead is None:
                end = balance(p.open, rest)
                if at == len(line) and p.step is not None:
                    last = p.step.character
                    if last in "，、：；,:;" or last in OPENS or last == "—":
                        end += UNENDED
                    elif gbk.is_hanzi(last) and sentences:
                        end += BARE
                whole.append(p._replace(total=p.cost + self.scorer.settle(p.states) + end))
        return at, sorted(whole, key=lambda p: p.total)

    def _best(self, found: list[Path]) -> list[Path]:
        found.sort(key=_rank)
        limit = _rank(found[0]) + REACH
        room = {True: IN_STEP, False: WIDTH}
        kept: list[Path] = []
        for path in found:
            if _rank(path) > limit:
                break
            if room[path.lead is None]:
                room[path.lead is None] -= 1
                kept.append(path)
        return kept

    def _vanishing(self, paths: list[Path], at: int) -> list[Path]:
        """The paths, and those on which one or two pairs vanished at this place."""
        every = list(paths)
        fresh = [p for p in paths if p.lead is not None]
        for again in range(2):
            found = Found()
            known = [p for p in fresh if p.lead is not None and p.lead > 0][:FOLLOWED]
            unknown = [p for p in fresh if p.lead is not None and p.lead <= 0][: FOLLOWED // 4]
            sure = {id(path.step) for path in known[:SURE]} if not again else set()
            for path in known + unknown:
                found.keep = id(path.step) in sure
                for trail in VANISHING:
                    self._complete(path, trail, Then(at, VANISHED, "lost"), found, vanished=True)
            fresh = self._best(found.paths) if found.paths else []
            kept = {id(path) for path in fresh}
            every.extend(fresh)
            every.extend(p for p in found.paths if p.step and id(p.step.before) in sure and id(p) not in kept)
        return every

    def _emit_likely(self, path: Path, options: Options, how: str, count: int, then: Then, found: Found) -> None:
        """Each of some characters more on a path, with its price; those that cost too much are passed over."""
        owes = then.lead is not None
        spent = path.cost - NOISE + (OWED if owes else 0.0)
        for character, price in options:
            known = self.known[character]
            least = self.scorer.least(path.states, known.plain)
            if not found.hopeless(spent + price - known.most + least, owes):
                self._emit(path, Sign(character, how, count, price), then, found, least)

    def _emit(self, path: Path, sign: Sign, then: Then, found: Found, least: float | None = None) -> None:
        """One character more on a path. `least`: what the language says it costs then, where that is known."""
        character, price = sign.character, sign.price
        plain, pair, first, last, mark, _ = self.known[character]
        if pair >= 0:
            if not then.glossed and pair in self.listed:
                price += UNGLOSSED
            if (path.lead is None or path.lead <= 0) and path.last << 8 | first in self.listed:
                price += UNGLOSSED  # nothing stood between: a reading had to be put inside
            if then.lead is not None and then.lead > 0 and not then.follows and last << 8 | then.lead in self.listed:
                price += UNGLOSSED
        opened = path.open
        if mark:
            opened, wrong = follow(opened, character)
            price += wrong
        if least is None:
            least = self.scorer.least(path.states, plain)
        if sign.how != "same":
            price += clash(path.two[-1:], character)
            if character == "”" and path.two[-1:] == "。" and self._short(path):
                price += CLASH / 2
            price -= self.scorer.bonus(path.two, plain, max(0.0, least - path.total + path.cost))
        cost = path.cost + price
        total = cost + least
        if found.hopeless(total if then.lead is None else total + OWED, then.lead is not None):
            return
        states = self.scorer.advance(path.states, plain)
        step = Step(path.step, character, then.end, sign.how, sign.candidates)
        two = path.two[-1:] + plain
        found.append(Path(cost, total, states, step, last, then.lead, then.how, two, opened, path.assumed))

    def _short(self, path: Path) -> bool:
        """Whether what the path has in quotation marks is too short for a sentence."""
        step, length = path.step, 0
        while step is not None and length < SENTENCE:
            if step.character == "“":
                return True
            step, length = step.before, length + 1
        return step is None and "“" in self.context[length - SENTENCE :] and length < SENTENCE

    def _complete(self, path: Path, trail: int, then: Then, found: Found, vanished: bool = False) -> None:
        """The pending byte and `trail` as one character, or as each that they can be. `vanished`: the trail is one of
        those that vanish with the byte after them."""
        if path.lead is None:
            return
        price = VANISH if vanished else 0.0
        if path.lead > 0:
            character = gbk.pair(path.lead, trail)
            if character is None:
                return
            form = self.candidates.price(character)
            how = "trail" if vanished else "known" if path.how == "shown" else path.how
            price += FORM[3] if form is None else form
            self._emit(path, Sign(character, how, GONE if vanished else 1, price), then, found)
            return
        options = self.candidates.by_trail(trail)
        low = 0xA1 if path.lead == VANISHED else 0x81
        likely = self.scorer.glance(path.states, options, LIKELIEST)
        likely = [(character, price + form) for character, form in likely if self.known[character].first >= low]
        self._emit_likely(path, likely, "both" if vanished else "lead", len(options), then, found)

    def _read(self, path: Path, line: list[Token], at: int, found: Found) -> None:
        """Every way to go on over token `at`."""
        token = line[at]
        after = line[at + 1] if at + 1 < len(line) else None
        glossed = after is not None and after.kind == "gloss"
        if token.kind == "gloss":
            self._read_gloss(path, token, found)
        elif token.kind == "hole":
            self._read_hole(path, after, at, found)
        elif path.lead is None:
            form = self.candidates.price(token.text) if token.kind == "pair" else 0.0
            sign = Sign(token.text, "same", 1, FORM[2] if form is None else form)
            self._emit(path, sign, Then(at + 1, glossed=glossed), found)
        elif token.kind == "pair":
            self._complete(path, token.first, Then(at + 1, token.second, follows=glossed), found)
        elif token.kind == "single":
            if token.first >= 0x40:
                self._complete(path, token.first, Then(at + 1, glossed=glossed), found)
            shown = token.shows
            if shown is not None:
                self._complete(path, shown[0], Then(at + 1, shown[1]), found)

    def _read_gloss(self, path: Path, token: Token, found: Found) -> None:
        """A reading: it must be that of the character before it, or of the two bytes before it."""
        reading = token.text
        last = abs(path.last)
        path = path._replace(last=-last)
        likely = self.others.get(reading.strip(), ())
        if path.lead is None:
            if path.step is None:
                found.append(path)
                return
            character = path.step.character
            known = gbk.code(character)
            if known is not None and len(known) == 2 and self.listed.get(known[0] << 8 | known[1]) == reading:
                found.append(path)
            elif character in likely:
                found.append(assume(path, character, reading))
            else:
                found.append(path._replace(cost=path.cost + MISREAD, total=path.total + MISREAD))
            return
        if path.lead > 0:
            across = gbk.pair(last, path.lead) or ""
            if self.listed.get(last << 8 | path.lead) == reading:
                found.append(path)
            elif across in likely:
                found.append(assume(path, across, reading))
            return
        low = 0xA1 if path.lead == VANISHED else 0x81
        for character, is_listed in self._named(reading):
            known = gbk.code(character)
            if known is not None and known[0] == last and known[1] >= low:
                named = path._replace(lead=known[1], how="known-lead" if is_listed else "lead")
                found.append(named if is_listed else assume(named, character, reading))

    def _named(self, reading: str) -> Iterator[tuple[str, bool]]:
        """The characters that a reading may name, and whether they are on the list."""
        names = self.names.get(reading, [])
        for character in names:
            yield character, True
        for character in self.others.get(reading.strip(), ()):
            if character not in names:
                yield character, False

    def _read_hole(self, path: Path, after: Token | None, at: int, found: Found) -> None:
        """A `?`: a question mark, or a byte that was lost, alone or with what it swallowed."""
        glossed = after is not None and after.kind == "gloss" and after.swallowed
        mark = after is None or after.kind == "hole" or after.text in CUT
        if path.lead is None:
            if not glossed:
                self._emit(path, Sign("？", "asked"), Then(at + 1), found)
            if glossed or mark:
                found.append(path._replace(lead=UNKNOWN, how="lost"))
        else:
            if mark and path.lead == UNKNOWN and after is not None and after.shows:
                self._complete(path, 0xA1, Then(at + 1), found)  # cut before A1A3 and before the mark
            if not glossed:
                self._complete(path, 0xA3, Then(at + 1, 0xBF), found)  # the mark ？, out of step
        if glossed and after is not None:
            self._read_named(path, after.text, at, found)
        elif path.lead is not None:
            for sign in self._trails(path):
                if mark:
                    self._emit(path, sign, Then(at + 1), found)
                else:
                    self._swallow(path, sign, at, found)
                    self._impossible(path, sign, at, found)

    def _read_named(self, path: Path, reading: str, at: int, found: Found) -> None:
        """A character of which the reading is left: its second byte was lost, or, where the reading late of what stood
        before ran on into it, both."""
        price = BOTH_LOST if path.lead is None else 0.0
        for character, is_listed in self._named(reading):
            known = gbk.code(character)
            if known is not None and (path.lead is None or path.lead <= 0 or known[0] == path.lead):
                chosen = path if is_listed else assume(path, character, reading)
                self._emit(chosen, Sign(character, "named", 1, price), Then(at + 1, glossed=True), found)

    def _trails(self, path: Path) -> list[Sign]:
        """What the pending byte can be, its second byte being lost."""
        if path.lead is None or path.lead == UNKNOWN:
            return []
        options = self.candidates.by_lead(path.lead) if path.lead > 0 else self.candidates.common()
        how = "trail" if path.lead > 0 else "both"
        likely = self.scorer.glance(path.states, options, LIKELIEST)
        return [Sign(character, how, len(options), form) for character, form in likely]

    def _swallow(self, path: Path, sign: Sign, at: int, found: Found) -> None:
        """A character whose second byte took a character of ASCII with it: that one stays a `?`."""
        whole = Found(keep=True)
        self._emit(path, sign, Then(at), whole)
        for one in whole.paths:
            self._emit(one, Sign("?", "swallowed", 1, SWALLOWED), Then(at + 1), found)

    def _impossible(self, path: Path, sign: Sign, at: int, found: Found) -> None:
        """A character whose second byte made no pair with the first of the next: both are gone in one `?`."""
        known = gbk.code(sign.character)
        if known is not None and (0xA1 <= known[-1] <= 0xA9 or known[-1] in (0xD7, 0xFE)):
            self._emit(path, sign._replace(price=sign.price + IMPOSSIBLE), Then(at + 1, UNKNOWN, "lost"), found)
