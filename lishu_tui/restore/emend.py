"""From a reading of a damaged stretch to emendations: which characters are certain, which are named, which are
chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lishu_tui.edition.model import Certainty
from lishu_tui.restore import gbk
from lishu_tui.restore.candidates import Candidates
from lishu_tui.restore.scoring import Scorer
from lishu_tui.restore.search import GONE, VANISHING, Step
from lishu_tui.restore.tokens import Token

NEAR = 8

REASONS = {
    "gloss": "A reading in brackets, put behind the character by the page's gloss list.",
    "false-match": "The bytes of two neighbours made a listed character, so its reading was put inside the second one "
    "and all that follows was read one byte late.",
    "false-mark": "The last byte of one character and the first of the next made a mark, before which the page was "
    "cut, so that what follows was read one byte late.",
    "vanished": "Two bytes read together made a private-use character, which vanished without a sign.",
    "swallowed": "A byte had no fellow and was lost with what it was read with.",
}


class Draft(NamedTuple):
    """An emendation before its place in the restored text is known; places are characters of the line."""

    start: int
    end: int
    stands: str
    kind: str
    certainty: Certainty
    candidates: int = 1
    runner_up: str | None = None
    margin: float | None = None
    bytes: str | None = None
    reason: str = ""


class Part(NamedTuple):
    """Some tokens, and the characters that are whole once they have been read."""

    first: int
    last: int
    steps: list[Step]


def steps_of(step: Step | None) -> list[Step]:
    """The characters of a reading in order."""
    found: list[Step] = []
    while step is not None:
        found.append(step)
        step = step.before
    return found[::-1]


def spell(step: Step | None) -> str:
    return "".join(s.character for s in steps_of(step))


def drafts(line: list[Token], start: int, end: int, steps: list[Step], judge: Judge, before: str) -> Iterator[Draft]:
    """Emendations for tokens `start` to `end`, which read as `steps`; `before` is the restored line before them."""
    text = before + "".join(s.character for s in steps)
    place = len(before)
    run = "swallowed"
    open_run: Draft | None = None
    for part in parts(line, start, end, steps):
        shown, stands = line[part.first : part.last], "".join(s.character for s in part.steps)
        here = place
        place += len(stands)
        if len(shown) == 1 and shown[0].kind != "gloss" and [s.how for s in part.steps] in (["same"], ["asked"]):
            if open_run is not None:
                yield open_run
                open_run = None
            continue
        kind = part_kind(shown, part.steps, run)
        if kind in ("false-match", "false-mark"):
            run = kind
        if kind == "gloss" and not stands:
            if open_run is not None:
                yield open_run
                open_run = None
            yield Draft(shown[0].start, shown[-1].end, "", "gloss", "certain")
            continue
        draft = judge.weigh(Draft(shown[0].start, shown[-1].end, stands, kind, "certain"), part.steps, text, here)
        if open_run is not None and joins(open_run, draft):
            open_run = open_run._replace(
                end=draft.end, stands=open_run.stands + draft.stands, bytes=f"{open_run.bytes} {draft.bytes}".strip()
            )
            continue
        if open_run is not None:
            yield open_run
        open_run = draft
    if open_run is not None:
        yield open_run


def joins(one: Draft, other: Draft) -> bool:
    """Whether two neighbours are one emendation: both certain, and of the same run."""
    return one.end == other.start and one.certainty == other.certainty == "certain" and other.kind == one.kind


def parts(line: list[Token], start: int, end: int, steps: list[Step]) -> Iterator[Part]:
    """Tokens with what they complete. One that completes nothing goes with the next: a swallowed byte has no place of
    its own in the text. A reading in brackets in step stays by itself."""
    waiting: int | None = None
    at = 0
    last: Part | None = None
    for number in range(start, end):
        mine: list[Step] = []
        while at < len(steps) and steps[at].end == number + 1:
            mine.append(steps[at])
            at += 1
        token = line[number]
        if token.kind == "gloss" and token.swallowed and waiting is None and last is not None and last.last == number:
            last = Part(last.first, number + 1, last.steps)
            continue
        if not mine and (token.kind != "gloss" or token.swallowed or waiting is not None):
            waiting = number if waiting is None else waiting
            continue
        if last is not None:
            yield last
            last = None
        last = Part(number if waiting is None else waiting, number + 1, mine)
        waiting = None
    if last is not None and waiting is not None:
        last = Part(last.first, end, last.steps)
        waiting = None
    if last is not None:
        yield last
    if waiting is not None:
        yield Part(waiting, end, [])


def part_kind(shown: list[Token], steps: list[Step], before: str) -> str:
    """The class of a change, by what began the run it belongs to."""
    hows = {s.how for s in steps}
    if "named" in hows or (not steps and all(t.kind == "gloss" for t in shown)):
        return "gloss"
    if len(steps) > 1 and shown[-1].kind != "hole":
        return "vanished"
    if shown[0].kind == "hole" and len(shown) > 1:
        return "false-match" if any(t.kind == "gloss" for t in shown) else "false-mark"
    return "swallowed" if hows & {"trail", "both", "swallowed"} else before


class Judge:
    """Says how sure a change is, and what the next likeliest reading is."""

    def __init__(self, scorer: Scorer, candidates: Candidates) -> None:
        self.scorer, self.candidates = scorer, candidates
        self.plain = candidates.scripts.simplified

    def weigh(self, draft: Draft, steps: list[Step], text: str, place: int) -> Draft:
        """The draft with its certainty, its bytes and, where something was chosen, the runner-up."""
        spelt = " ".join(bytes_of(s) for s in steps)
        open_steps = [(n, s) for n, s in enumerate(steps) if s.how in ("lead", "trail", "both", "swallowed")]
        reason = REASONS.get(draft.kind, "")
        if not open_steps:
            certainty: Certainty = "named" if any(s.how == "named" for s in steps) else "certain"
            return draft._replace(certainty=certainty, bytes=spelt, reason=reason)
        candidates = max(s.candidates for _, s in open_steps)
        runner_up, margin = None, None
        for offset, step in open_steps:
            found = self.second(step, text, place + offset)
            if found is not None and (margin is None or found[1] < margin):
                runner_up = draft.stands[:offset] + found[0] + draft.stands[offset + 1 :]
                margin = found[1]
        return draft._replace(
            certainty="chosen", candidates=candidates, runner_up=runner_up, margin=margin, bytes=spelt, reason=reason
        )

    def second(self, step: Step, text: str, place: int) -> tuple[str, float] | None:
        """The next likeliest character at a place, and by how much it is less likely."""
        code = gbk.code(step.character)
        if code is None or len(code) != 2 or step.how == "swallowed":
            return None
        options = self.candidates.by_trail(code[1]) if step.how == "lead" else self.candidates.by_lead(code[0])
        if step.how == "trail" and step.candidates == GONE:
            options = [o for o in options if (gbk.code(o[0]) or b"")[-1] in VANISHING]
        before = [self.plain.get(c, c) for c in text[max(0, place - NEAR) : place]]
        after = [self.plain.get(c, c) for c in text[place + 1 : place + 1 + NEAR]]
        states = self.scorer.start
        for character in before:
            states = self.scorer.advance(states, character)
        best: tuple[str, float] | None = None
        stood = 0.0
        for character, form in options:
            plain = self.plain.get(character, character)
            other = character != step.character
            if other and best is not None and self.scorer.least(states, plain) + form > best[1] + 12:
                continue
            now = self.scorer.advance(states, plain)
            for following in after:
                now = self.scorer.advance(now, following)
            cost = self.scorer.settle(now) + form
            if not other:
                stood = cost
            elif best is None or cost < best[1]:
                best = (character, cost)
        return None if best is None else (best[0], round(max(0.0, best[1] - stood), 1))


def bytes_of(step: Step) -> str:
    """The bytes of a character, lost ones in ‹…›."""
    code = gbk.code(step.character)
    if code is None or step.how == "swallowed":
        return "‹·›"
    digits = code.hex().upper()
    if step.how in ("lead", "known-lead"):
        return f"‹{digits[:2]}›{digits[2:]}"
    if step.how == "trail":
        return f"{digits[:2]}‹{digits[2:]}›"
    if step.how in ("both", "named"):
        return f"‹{digits}›"
    return digits
