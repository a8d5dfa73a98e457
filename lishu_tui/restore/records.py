"""What a restoration is made of: emendations and rules that can be applied and taken back, to the character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.model import Certainty
from lishu_tui.restore.damage import Model, damage

CLASSES = ("gloss", "false-match", "false-mark", "vanished", "swallowed", "punctuation", "supplied", "left-standing")
"""The kinds of change that this damage needs; `hurts.py` has its own beside them."""


class Emendation(NamedTuple):
    """One change. `start`–`end` are characters of the capture, `restored_start`–`restored_end` of the restored text,
    both half-open; `stood` and `stands` are what they hold. `candidates` is how many characters the bytes on show leave
    open (1 where nothing is open); `runner_up` is the next likeliest of them, `margin` how much less likely, in nats.
    `bytes` are those of what stands, lost ones in ‹…›. `consistent` says that the line, damaged again, is the
    capture's."""

    start: int
    end: int
    restored_start: int
    restored_end: int
    stood: str
    stands: str
    kind: str
    certainty: Certainty
    candidates: int = 1
    runner_up: str | None = None
    margin: float | None = None
    bytes: str | None = None
    reason: str = ""
    consistent: bool = True


class Rule(NamedTuple):
    """One decision for many places: each character of `stood` becomes the one of `stands` at the same place in it, at
    the characters `places` of the capture. A remark on what was left as it stands has no `stood` and no places."""

    kind: str
    stood: str
    stands: str
    reason: str
    places: tuple[int, ...] = ()


class Uncured(NamedTuple):
    """A place that could not be cured: characters `start`–`end` of the capture, and why."""

    start: int
    end: int
    stood: str
    reason: str


class Restoration(NamedTuple):
    """What `restore` makes of a text. `text` is `apply(capture, emendations, rules)`. Where `damaged` is false it is
    the
    capture, and `reason` says what kept it from being touched, if anything looked like damage. `consistent`: the damage
    run forward over the text gives the capture, marks and their ASCII forms taken as the same; that is no proof."""

    text: str
    damaged: bool
    consistent: bool
    glosses: tuple[tuple[str, str, int], ...]
    emendations: tuple[Emendation, ...]
    rules: tuple[Rule, ...]
    model: Model
    uncured: tuple[Uncured, ...]
    reason: str = ""

    def damaged_again(self) -> str:
        """The damage run forward over the text."""
        return damage(self.text, self.model)


class Change(NamedTuple):
    start: int
    end: int
    stood: str
    stands: str


def changes(capture_or_none: str | None, emendations: Iterable[Emendation], rules: Iterable[Rule]) -> list[Change]:
    """Emendations and the places of the rules as plain changes in order of place."""
    out = [Change(e.start, e.end, e.stood, e.stands) for e in emendations]
    for rule in rules:
        table = dict(zip(rule.stood, rule.stands, strict=True)) if rule.places else {}
        for place in rule.places:
            if capture_or_none is None:
                out.append(Change(place, place + 1, "", ""))
                continue
            character = capture_or_none[place : place + 1]
            if character not in table:
                raise LishuError(
                    "apparatus", f"character {place}", f"{character!r} stands there", f"one of {rule.stood}"
                )
            out.append(Change(place, place + 1, character, table[character]))
    out.sort()
    return out


def apply(capture: str, emendations: Sequence[Emendation], rules: Sequence[Rule] = ()) -> str:
    """The restored text. Raises LishuError where the capture does not hold what the record says stood there."""
    out: list[str] = []
    at = 0
    for change in changes(capture, emendations, rules):
        if change.start < at or capture[change.start : change.end] != change.stood:
            raise LishuError(
                "apparatus", f"character {change.start}", repr(capture[change.start : change.end]), repr(change.stood)
            )
        out += (capture[at : change.start], change.stands)
        at = change.end
    return "".join(out) + capture[at:]


def unapply(restored: str, emendations: Sequence[Emendation], rules: Sequence[Rule] = ()) -> str:
    """The capture again. Raises LishuError where the restored text does not hold what the record says stands there."""
    back = {place: dict(zip(rule.stands, rule.stood, strict=True)) for rule in rules for place in rule.places}
    out: list[str] = []
    at = capture_at = 0
    for change in changes(None, emendations, rules):
        same = change.start - capture_at
        out.append(restored[at : at + same])
        at += same
        if change.start in back and change.end == change.start + 1 and not change.stood:
            character = restored[at : at + 1]
            if character not in back[change.start]:
                raise LishuError("apparatus", f"character {at}", f"{character!r} stands there", "a mark of the rule")
            out.append(back[change.start][character])
            at += 1
        else:
            if restored[at : at + len(change.stands)] != change.stands:
                raise LishuError(
                    "apparatus", f"character {at}", repr(restored[at : at + len(change.stands)]), repr(change.stands)
                )
            out.append(change.stood)
            at += len(change.stands)
        capture_at = change.end
    return "".join(out) + restored[at:]


def rows(capture: str, emendations: Iterable[Emendation]) -> Iterator[tuple[int, int, int, Emendation]]:
    """The emendations with places relative to their lines: (line from 1, capture start, restored start, emendation).

    No emendation goes over the end of a line, so that lengths are those of `stood` and `stands`.
    """
    line, begins, restored_begins = 1, 0, 0
    shift = 0
    for e in emendations:
        while (end := capture.find("\n", begins)) != -1 and end < e.start:
            line += 1
            begins = end + 1
            restored_begins = begins + shift
        yield line, e.start - begins, e.restored_start - restored_begins, e
        shift = e.restored_end - e.end
