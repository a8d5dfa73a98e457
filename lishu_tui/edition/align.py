"""Places carried between the capture and the restored reading: the emendations are the alignment."""

from __future__ import annotations

from typing import Literal, NamedTuple

Side = Literal["start", "end"]


class Alignment(NamedTuple):
    """One paragraph's changed places as (restored start, restored end, capture start, capture end), in order.

    Between two of them both readings have the same number of characters.
    """

    changes: tuple[tuple[int, int, int, int], ...]

    def to_capture(self, place: int, side: Side = "start") -> int:
        """The place in the capture that corresponds to character `place` of the restored reading.

        A place within a change goes to the change's start or end, by `side`. Where the restored reading has nothing
        (a gloss taken out), a start stands after it and an end before it, so that a span carries no stray gloss.
        """
        return _move(place, side, self.changes)

    def to_restored(self, place: int, side: Side = "start") -> int:
        """The place in the restored reading that corresponds to character `place` of the capture."""
        return _move(place, side, tuple((c, d, a, b) for a, b, c, d in self.changes))


def _move(place: int, side: Side, changes: tuple[tuple[int, int, int, int], ...]) -> int:
    shift = 0
    for start, end, other_start, other_end in changes:
        if place < start:
            break
        if place < end and start < place:
            return other_start if side == "start" else other_end
        if place < end or (start == end == place and side == "end"):
            return other_start
        shift = other_end - end
    return place + shift
