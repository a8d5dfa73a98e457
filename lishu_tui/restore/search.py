"""From what a damaged stretch still shows to what it was: a beam over bytes, scored by the language, held to the list.

A stretch begins at a `?` (or a reading on the wrong character) and is read until every reading of it that is left is
in step with the characters again. While it is out of step each shown pair is the second byte of one character and the
first of the next.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from lishu_tui.restore import gbk
from lishu_tui.restore.damage import ASCII, MARKS
from lishu_tui.restore.language import Scripts
from lishu_tui.restore.scoring import START, Scorer, States
from lishu_tui.restore.tokens import Token

WIDTH, IN_STEP = 36, 24
"""How many readings are followed at once that owe a character, and that do not."""
COMMON = 6000
LONGEST = 240
"""How many tokens a stretch may go on without coming to rest before it is given up."""
NEAR = 300
"""How far marks are looked at on both sides, so that work does not grow with the line."""
REACH = 18.0
"""How much dearer than the best a reading may be and still be followed."""
GONE = 13
FOLLOWED, SURE = 12, 4
LIKELIEST = 24
UNKNOWN, VANISHED = 0, -1
"""First bytes that are not on show: swallowed, or gone with a private-use character (then A1 or more)."""

OWED = 6.0
SWALLOWED = 3.0  # a character of ASCII is gone
VANISH = 0.3  # a pair vanished without a sign
IMPOSSIBLE = 1.0  # one `?` for a pair that makes no character
UNLISTED = 2.5  # a reading names a character that is not on the list
UNGLOSSED = 6.0  # a listed character without its reading
BOTH_LOST = 3.0  # both bytes of a character are lost, and only its reading is left
MISREAD = 8.0  # a reading on a character that it is no reading of
ASKED = 0.0  # a `?` that is a question mark
FORM = (0.0, 4.0, 8.0, 12.0)  # by rank in the converter's table
SYMBOLS = "，。、；：？！“”‘’《》（）〈〉【】「」『』—…·％　．／～＋－×℃○①②③④⑤⑥⑦⑧⑨⑩０１２３４５６７８９　"


CUT = frozenset(MARKS) | {ASCII.get(mark, mark) for mark in MARKS}
PAIRED = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "「": "」", "『": "』", "〈": "〉", "(": ")"}
CLOSERS = {closer: opener for opener, closer in PAIRED.items()} | {")": "（"}
UNOPENED = 4.0  # a closing mark that nothing opened
REOPENED = 4.0  # a mark opened again
UNENDED = 4.0  # a line that ends in a comma
BARE = 1.5  # a line of sentences that ends without a mark
CLASH = 6.0  # a mark after a mark that does not go before it
SINGLE = 2.0  # half of a dash or of dots, each end
ON_PAGE = 0.0  # a character that the page has elsewhere
RARE = 3.0  # a character that is not in GB 2312
SENTENCE = 7  # so many characters a sentence has at least, its full stop counted
ENDS, STOPS, OPENS = "。！？…", "，、。；：！？", "“‘《（〈【「『"
UNCLOSED = 6.0  # a mark left open at the end of the line


def follow(opened: str, character: str) -> tuple[str, float]:
    """The open marks after one more character, and what is wrong with it."""
    if character in PAIRED:
        opener = "（" if character == "(" else character
        return (opened, REOPENED) if opener in opened else (opened + opener, 0.0)
    if character in CLOSERS:
        opener = CLOSERS[character]
        if opened.endswith(opener):
            return opened[:-1], 0.0
        at = opened.rfind(opener)
        return (opened, UNOPENED) if at < 0 else (opened[:at], UNCLOSED * (len(opened) - 1 - at))
    return opened, 0.0


def clash(before: str, mark: str) -> float:
    """What is wrong with a mark after the character before it."""
    if mark in "》〉" and before in STOPS:
        return CLASH
    if mark in STOPS and (before in STOPS or before in OPENS or before == "　") and not (before in "！？" and mark in "！？"):
        return CLASH
    if mark == before and mark in "！？，":
        return CLASH / 2
    if mark == "?" and before in STOPS:
        return CLASH
    if mark == "　" and before not in ("", "　"):
        return CLASH
    for doubled in "—…":
        if (before == doubled) != (mark == doubled):
            return SINGLE
    if mark in "％℃·＋" and not before.isdigit():
        return CLASH
    return 0.0


def balance(opened: str, rest: str) -> float:
    """What is wrong with the marks from here to the end of the line."""
    wrong = 0.0
    for character in rest:
        opened, price = follow(opened, character)
        wrong += price
    return wrong + UNCLOSED * len(opened)


class Step(NamedTuple):
    """One character of a reading and where it came from: it is whole once token `end` (half-open) has been read."""

    before: Step | None
    character: str
    end: int
    how: str  # same, known, lead, trail, both, named, asked, swallowed
    candidates: int


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
            return ON_PAGE
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
        """The commoner characters with a second byte of A1 or more: what a character may be of which nothing is left."""
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

    def run(self, line: list[Token], start: int, before: str) -> tuple[int, list[Path]]:
        """The best readings of the stretch that begins at token `start`, and the token where it ends.

        `before` is the restored text of the line before it. The readings are in order, likeliest first; there may be none.
        """
        states: States = START
        self.context = before[-SENTENCE:]
        context, opened = before[-12:], ""
        for character in before[-NEAR:]:
            opened, _ = follow(opened, character)
        for character in context:
            states, _ = self.scorer.advance(states, self.plain.get(character, character))
        known = gbk.code(context[-1:]) or b"\0"
        two = "".join(self.plain.get(c, c) for c in context[-2:])
        base = self.scorer.settle(states)
        paths = [Path(-base, 0.0, states, None, known[-1], None, "shown", two, opened)]
        at, quiet = start, 0
        while at < len(line):
            if at - start > LONGEST:
                return at, []
            token = line[at]
            found: list[Path] = []
            for path in self._vanishing(paths, at):
                self._read(path, line, at, found)
            if not found:
                return at, []
            paths = self._best(found)
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
            found: list[Path] = []
            known = [p for p in fresh if p.lead is not None and p.lead > 0][:FOLLOWED]
            unknown = [p for p in fresh if p.lead is not None and p.lead <= 0][: FOLLOWED // 4]
            for path in known + unknown:
                for trail in (*range(0xAA, 0xB0), *range(0xF8, 0xFF)):
                    self._complete(path, trail, at, VANISHED, "lost", found, VANISH, "trail")
            sure = {id(path.step) for path in known[:SURE]} if not again else set()
            fresh = self._best(found) if found else []
            kept = {id(path) for path in fresh}
            every.extend(fresh)
            every.extend(p for p in found if p.step and id(p.step.before) in sure and id(p) not in kept)
        return every

    def _emit(
        self, path: Path, character: str, at: int, how: str, candidates: int, price: float,
        lead: int | None, lead_how: str, found: list[Path], glossed: bool, then: bool = False,
    ) -> None:  # fmt: skip
        """One character more on a path. `glossed` says that its reading may follow here, `then` that one follows the
        byte `lead`."""
        known = gbk.code(character)
        if known is None:
            known = b"\0"
        last = known[-1]
        if len(known) == 2:
            if not glossed and known[0] << 8 | last in self.listed:
                price += UNGLOSSED
            if (path.lead is None or path.lead <= 0) and path.last << 8 | known[0] in self.listed:
                price += UNGLOSSED  # nothing stood between: a reading had to be put inside
            if lead is not None and lead > 0 and not then and last << 8 | lead in self.listed:
                price += UNGLOSSED
        opened = path.open
        if character in PAIRED or character in CLOSERS:
            opened, wrong = follow(opened, character)
            price += wrong
        if how != "same":
            price += clash(path.two[-1:], character)
            if character == "”" and path.two[-1:] == "。" and self._short(path):
                price += CLASH / 2
        plain = self.plain.get(character, character)
        states, least = self.scorer.advance(path.states, plain)
        if how != "same":
            price -= self.scorer.bonus(path.two, plain, max(0.0, least - path.total + path.cost))
        cost = path.cost + price
        found.append(
            Path(
                cost,
                cost + least,
                states,
                Step(path.step, character, at, how, candidates),
                last,
                lead,
                lead_how,
                path.two[-1:] + plain,
                opened,
                path.assumed,
            )
        )

    def _short(self, path: Path) -> bool:
        """Whether what the path has in quotation marks is too short for a sentence."""
        step, length = path.step, 0
        while step is not None and length < SENTENCE:
            if step.character == "“":
                return True
            step, length = step.before, length + 1
        return step is None and "“" in self.context[length - SENTENCE :] and length < SENTENCE

    def _complete(
        self, path: Path, trail: int, end: int, lead: int | None, lead_how: str, found: list[Path], price: float, how: str,
        glossed: bool = False, then: bool = False,
    ) -> None:  # fmt: skip
        """The pending byte and a known `trail` as one character, or as each that they can be."""
        if path.lead is None:
            return
        if path.lead > 0:
            character = gbk.pair(path.lead, trail)
            if character is None:
                return
            form = self.candidates.price(character)
            if form is None:
                form = FORM[3]
            if how == "known" and path.how != "shown":
                how = path.how
            self._emit(
                path,
                character,
                end,
                how,
                GONE if how == "trail" else 1,
                price + form,
                lead,
                lead_how,
                found,
                glossed,
                then,
            )
            return
        options = self.candidates.by_trail(trail)
        low = 0xA1 if path.lead == VANISHED else 0x81
        for character, form in self.scorer.glance(path.states, options, LIKELIEST):
            code = gbk.code(character)
            if code is None or code[0] < low:
                continue
            self._emit(path, character, end, "both" if how == "trail" else "lead", len(options), price + form, lead, lead_how, found, glossed, then)

    def _read(self, path: Path, line: list[Token], at: int, found: list[Path]) -> None:
        """Every way to go on over token `at`."""
        token = line[at]
        after = line[at + 1] if at + 1 < len(line) else None
        glossed = after is not None and after.kind == "gloss"
        if token.kind == "gloss":
            self._read_gloss(path, token, found)
        elif token.kind == "hole":
            self._read_hole(path, after, at, found)
        elif path.lead is None:
            if token.kind == "foreign" or (token.kind == "single" and token.first == gbk.EURO):
                self._emit(path, token.text, at + 1, "same", 1, 0.0, None, "shown", found, True)
            else:
                form = self.candidates.price(token.text) if token.kind == "pair" else 0.0
                self._emit(
                    path,
                    token.text,
                    at + 1,
                    "same",
                    1,
                    FORM[2] if form is None else form,
                    None,
                    "shown",
                    found,
                    glossed,
                )
        elif token.kind == "pair":
            self._complete(path, token.first, at + 1, token.second, "shown", found, 0.0, "known", then=glossed)
        elif token.kind == "single":
            if token.first >= 0x40:
                self._complete(path, token.first, at + 1, None, "shown", found, 0.0, "known", glossed)
            shown = token.shows
            if shown is not None:
                self._complete(path, shown[0], at + 1, shown[1], "shown", found, 0.0, "known")

    def _read_gloss(self, path: Path, token: Token, found: list[Path]) -> None:
        reading = token.text
        last = abs(path.last)
        path = path._replace(last=-last)
        if path.lead is None:
            if path.step is None:
                found.append(path)
                return
            character = path.step.character
            known = gbk.code(character)
            if known is not None and len(known) == 2 and self.listed.get(known[0] << 8 | known[1]) == reading:
                found.append(path)
            elif character in self.others.get(reading.strip(), ()):
                found.append(assume(path, character, reading))
            else:
                found.append(path._replace(cost=path.cost + MISREAD, total=path.total + MISREAD))
            return
        if path.lead > 0:
            if self.listed.get(last << 8 | path.lead) == reading:
                found.append(path)
            elif (across := gbk.pair(last, path.lead)) in self.others.get(reading.strip(), ()):
                found.append(assume(path, across or "", reading))
            return
        low = 0xA1 if path.lead == VANISHED else 0x81
        for price, characters in self._named(reading):
            for character in characters:
                known = gbk.code(character)
                if known is not None and known[0] == last and known[1] >= low:
                    named = path._replace(lead=known[1], how="lead" if price else "known-lead")
                    found.append(assume(named, character, reading) if price else named)

    def _named(self, reading: str) -> list[tuple[float, list[str]]]:
        names = self.names.get(reading, [])
        return [(0.0, names), (UNLISTED, [c for c in self.others.get(reading.strip(), ()) if c not in names])]

    def _read_hole(self, path: Path, after: Token | None, at: int, found: list[Path]) -> None:
        glossed = after is not None and after.kind == "gloss" and after.swallowed
        mark = after is None or after.kind == "hole" or after.text in CUT
        if path.lead is None:
            if not glossed:
                self._emit(path, "？", at + 1, "asked", 1, ASKED, None, "shown", found, False)
            if glossed or mark:
                found.append(path._replace(lead=UNKNOWN, how="lost"))
            if glossed and after is not None:  # a reading that ran on into this one: both bytes are lost
                for price, characters in self._named(after.text):
                    for character in characters:
                        chosen = assume(path, character, after.text) if price else path
                        self._emit(chosen, character, at + 1, "named", 1, BOTH_LOST, None, "shown", found, True)
            return
        if mark and path.lead == UNKNOWN and after is not None and after.shows:  # cut before A1A3 and before the mark
            self._complete(path, 0xA1, at + 1, None, "shown", found, 0.0, "known")
        if after is not None and after.kind == "hole":  # this ? or the next may be the mark ？
            self._complete(path, 0xA3, at + 1, 0xBF, "shown", found, 0.0, "known")
        elif not glossed:
            self._complete(path, 0xA3, at + 1, 0xBF, "shown", found, 0.0, "known")
        if glossed and after is not None:
            for price, characters in self._named(after.text):
                for character in characters:
                    known = gbk.code(character)
                    if known is not None and (known[0] == path.lead or path.lead <= 0):
                        chosen = assume(path, character, after.text) if price else path
                        self._emit(chosen, character, at + 1, "named", 1, 0.0, None, "shown", found, True)
            return
        if mark or after is None:
            for character, form, count in self._trails(path.lead, path.states):
                self._emit(
                    path,
                    character,
                    at + 1,
                    "trail" if path.lead > 0 else "both",
                    count,
                    form,
                    None,
                    "shown",
                    found,
                    False,
                )
        else:
            for character, form, count in self._trails(path.lead, path.states):
                self._swallow(path, character, at, count, form, found)
                self._impossible(path, character, at, count, form, found)

    def _trails(self, lead: int, states: States) -> list[tuple[str, float, int]]:
        if lead == UNKNOWN:
            return []
        options = self.candidates.by_lead(lead) if lead > 0 else self.candidates.common()
        return [(character, form, len(options)) for character, form in self.scorer.glance(states, options, LIKELIEST)]

    def _swallow(self, path: Path, character: str, at: int, count: int, form: float, found: list[Path]) -> None:
        """A character whose second byte took a character of ASCII with it: that one stays a `?`."""
        whole: list[Path] = []
        self._emit(path, character, at, "trail", count, form, None, "shown", whole, False)
        for one in whole:
            self._emit(one, "?", at + 1, "swallowed", 1, SWALLOWED, None, "shown", found, False)

    def _impossible(self, path: Path, character: str, at: int, count: int, form: float, found: list[Path]) -> None:
        """A character whose second byte made no pair with the first of the next: both are gone in one `?`."""
        known = gbk.code(character)
        if known is None or not (0xA1 <= known[1] <= 0xA9 or known[1] in (0xD7, 0xFE)):
            return
        self._emit(path, character, at + 1, "trail", count, form + IMPOSSIBLE, UNKNOWN, "lost", found, False)
