"""A damaged capture to a readable text, and every change as an emendation that can be replayed."""

from __future__ import annotations

import re
from collections import Counter

from lishu_tui.restore import gate
from lishu_tui.restore.candidates import Candidates
from lishu_tui.restore.damage import FULL, Model
from lishu_tui.restore.emend import Draft, Judge, drafts, spell, steps_of
from lishu_tui.restore.gate import Verdict
from lishu_tui.restore.language import language, scripts
from lishu_tui.restore.marks import balance
from lishu_tui.restore.page import LOOK_BACK, Page, named_elsewhere, sum_of
from lishu_tui.restore.records import Emendation, Restoration, Rule, Uncured
from lishu_tui.restore.scoring import Scorer
from lishu_tui.restore.search import NEAR, Path, Search
from lishu_tui.restore.tokens import Token

TRIED = 24
"""How many readings of a stretch are damaged again before the likeliest is taken as it is."""
GAIN = 12.0
GAIN_GLOSSED = 3.0
"""How much likelier, in nats, the text must be for a page to be called damaged that the gate did not open for; the
second where it has at least one gloss that this damage could have put there."""
ALLOWED = 400
"""Tokens that may be searched in vain, once and for each stretch that was read: hostile text costs no more than
that."""
SENSELESS = 12.0
"""The cost of a character, in nats, from which on a stretch is no language; text costs about half of it."""
IN_VAIN = 4
"""After so many doubtful places that make sense in no other way the text is left alone."""
FAR = 16 * LOOK_BACK
LEFT = "愿干于里后余沖制征准系咨么斗云采范"
MIXED = re.compile(r"\?(?=[！。，：；])|(?<=[！。，])\?")
"""A narrow question mark beside a wide mark: people write both narrow or both wide."""
NUMBERED = re.compile(r"[　 ]*（(\d{1,2}|\?)）")
NUMBER_REASON = "A digit was swallowed; the number is the one that the list goes on with."
MARK_REASON = "The crawler that made the capture folded these marks to ASCII; those beside Chinese are set back."
LEFT_REASON = (
    "Conversion to traditional script was character by character: these are traditional characters too, and were left."
)


def restore(text: str) -> Restoration:
    """What a capture was before it was damaged, as far as that can be told.

    A text that is not damaged in this way comes back unchanged. Raises nothing.
    """
    verdict = gate.judge(text)
    if not verdict.damaged and not verdict.trial:
        return untouched(text, verdict.reason)
    done = Restorer(text, verdict)
    if not verdict.damaged and done.try_places() < (GAIN_GLOSSED if verdict.listed else GAIN):
        return untouched(text, verdict.reason)
    done.read_all()
    return done.result()


def untouched(text: str, reason: str = "") -> Restoration:
    return Restoration(text, False, True, (), (), (), Model((), "", ""), (), reason)


class Restorer:
    """One page under the hands: line by line, stretch by stretch."""

    def __init__(self, text: str, verdict: Verdict) -> None:
        self.text, self.verdict = text, verdict
        self.page = Page(text, verdict)
        table, known = scripts(), language()
        self.plain = table.simplified
        self.scorer = Scorer(known, table, self.page.sound_text())
        self.candidates = Candidates(table, known.ids, self.page.characters())
        self.search = Search(self.scorer, self.candidates, self.page.names, self.page.codes, named_elsewhere())
        self.judge = Judge(self.scorer, self.candidates)
        self.allowance = 5 * ALLOWED
        self.restored: list[str] = []
        self.drafts: list[list[Draft]] = []
        self.asked: list[int] = []
        self.uncured: list[Uncured] = []

    def try_places(self) -> float:
        """By how much the likeliest readings of the verdict's doubtful places beat the text as it stands, in nats."""
        gain, tried = 0.0, 0
        places = set(self.verdict.trial)
        for begin, line in self.page.lines:
            if not any(begin <= place <= begin + sum_of(line) for place in places):
                continue
            passed = 0
            for at, token in enumerate(line):
                if begin + token.start not in places or at < passed:
                    continue
                tried += 1
                before = "".join(t.text for t in line[max(0, at - LOOK_BACK) : at] if t.kind != "gloss")
                passed, paths = self.search.run(line, at, before)
                shown = self.shown(
                    begin + (line[at - LOOK_BACK].start if at > LOOK_BACK else 0), begin + line[passed - 1].end
                )
                path = next((p for p in paths[:TRIED] if self.fit(before, p, shown) is not None), None)
                if path is not None:
                    captured = "".join(t.text for t in line[at:passed] if t.kind != "gloss")
                    gain += 3.0 * len(MIXED.findall(captured))
                    gain += max(0.0, self.cost(before, captured) - self.cost(before, spell(path.step)))
                if gain > GAIN or (tried == IN_VAIN and not gain):
                    return gain
        return gain

    def read_all(self) -> None:
        for begin, line in self.page.lines:
            self.restored.append(self.read_line(begin, line))

    def read_line(self, begin: int, line: list[Token]) -> str:
        """The restored line; its drafts are kept."""
        out = ""
        mine: list[Draft] = []
        self.drafts.append(mine)
        at = 0
        while at < len(line):
            token = line[at]
            if token.kind == "gloss":
                mine.append(Draft(token.start, token.end, "", "gloss", "certain"))
                at += 1
            elif (token.kind != "hole" and token.text != "€") or self.allowance < 0:
                out += token.text
                at += 1
            else:
                end, path = self.choose(begin, line, at, out)
                if path is None:
                    out += token.text
                    if token.kind == "hole" and not self.plausible(line, at):
                        place = begin + token.start
                        self.uncured.append(
                            Uncured(place, place + 1, token.text, "no reading fits the bytes that are left")
                        )
                    at += 1
                    continue
                steps = steps_of(path.step)
                mine.extend(drafts(line, at, end, steps, self.judge, out[-NEAR:]))
                for step in steps:
                    if step.how == "asked":
                        self.asked.append(begin + line[step.end - 1].start)
                    elif step.how == "swallowed":
                        place = begin + line[step.end - 1].start
                        self.uncured.append(Uncured(place, place + 1, "?", "a character of ASCII was swallowed here"))
                out += spell(path.step)
                at = end
        return out

    def plausible(self, line: list[Token], at: int) -> bool:
        """Whether a `?` that nothing explains is simply a question mark."""
        after = line[at + 1] if at + 1 < len(line) else None
        return after is None or after.kind in ("pair", "single")

    def choose(self, begin: int, line: list[Token], at: int, before: str) -> tuple[int, Path | None]:
        """The likeliest reading of the stretch at token `at` that comes out as captured when damaged again; the
        likeliest of all where none does."""
        end, paths = self.search.run(line, at, before)
        if not paths or paths[0].total > SENSELESS * max(8, end - at):
            self.allowance -= end - at + 1
            return at + 1, None
        self.allowance += ALLOWED
        shown = self.shown(begin, begin + line[end - 1].end)
        best, order = paths[0], None
        for path in paths[:TRIED]:
            order = self.fit(before, path, shown)
            if order is not None:
                best = path
                break
        self.page.learn(best.assumed, order)
        return end, best

    def fit(self, before: str, path: Path, shown: str) -> list[str] | None:
        return self.page.fits(before[-4 * LOOK_BACK :] + spell(path.step), shown, path.assumed)

    def shown(self, begin: int, end: int) -> str:
        """The capture from the beginning of a line to a place in it; of a long line the end only."""
        return self.text[max(begin, end - FAR) : end]

    def cost(self, before: str, text: str) -> float:
        whole = before[-12:] + text
        return self.scorer.cost("".join(self.plain.get(c, c) for c in whole)) + balance("", whole)

    def number(self) -> None:
        """List numbers that were swallowed, （?） at the beginning of a line, are counted on from the line before."""
        last = 0
        for at, ((begin, _), text) in enumerate(zip(self.page.lines, self.restored, strict=True)):
            match = NUMBERED.match(text)
            if match is None:
                last = last if text and not text[0].isspace() and last and at and not NUMBERED.match(text) else 0
                continue
            if match[1] != "?":
                last = int(match[1])
                continue
            last += 1
            for n, draft in enumerate(self.drafts[at]):
                if "?" in draft.stands and last < 10:
                    self.restored[at] = text.replace("（?", f"（{last}", 1)
                    self.drafts[at][n] = draft._replace(
                        stands=draft.stands.replace("?", str(last), 1),
                        kind="supplied",
                        certainty="chosen",
                        candidates=9,
                        runner_up=None,
                        margin=None,
                        reason=NUMBER_REASON,
                    )
                    end = begin + draft.end
                    self.uncured = [u for u in self.uncured if not begin + draft.start <= u.start < end]
                    break

    def result(self) -> Restoration:
        self.number()
        fine = self.page.settle(self.restored)
        emendations: list[Emendation] = []
        shift = 0
        for (begin, _), mine, good in zip(self.page.lines, self.drafts, fine, strict=True):
            for draft in mine:
                start, end = begin + draft.start, begin + draft.end
                emendations.append(
                    Emendation(
                        start,
                        end,
                        start + shift,
                        start + shift + len(draft.stands),
                        self.text[start:end],
                        draft.stands,
                        draft.kind,
                        draft.certainty,
                        draft.candidates,
                        draft.runner_up,
                        draft.margin,
                        draft.bytes,
                        draft.reason,
                        good,
                    )
                )
                shift += len(draft.stands) - (end - start)
        covered = bytearray(len(self.text))
        for e in emendations:
            covered[e.start : e.end] = b"x" * (e.end - e.start)
        places = tuple(sorted(n for n in (*self.page.widened, *self.asked) if not covered[n]))
        rules = []
        if places:
            stood = "".join(m for m in ",:;()?" if any(self.text[n] == m for n in places))
            rules.append(Rule("punctuation", stood, "".join(FULL[m] for m in stood), MARK_REASON, places))
        whole = "\n".join(self.restored)
        left = [c for c in LEFT if c in whole]
        if left:
            rules.append(Rule("left-standing", "", "、".join(left), LEFT_REASON))
        counts = Counter((self.text[g.start - 1 : g.start], g.reading) for g in self.verdict.glosses)
        glosses = tuple((c, self.page.listed[c], counts[c, self.page.listed[c]]) for c in self.page.order)
        folds = "".join(FULL[m] for m in dict.fromkeys(self.text[n] for n in places))
        model = self.page.model()._replace(folds=folds)
        return Restoration(
            whole, True, all(fine), glosses, tuple(emendations), tuple(rules), model, tuple(self.uncured), ""
        )
