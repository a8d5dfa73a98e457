"""A text cut into paragraphs: its lines that are not blank, of which a very long one is split where a sentence ends.

Nothing is taken off a line: what stands between two paragraphs is line ends and blank lines, and no more.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lishu_tui.edition.texts import Texts
from lishu_tui.library.limits import PARAGRAPH_LIMIT
from lishu_tui.restore import Emendation

SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)】》]*")
PAUSE = re.compile(r"[，、；：,;]|\s+")
STRETCH = 1 << 18
"""Characters of a text that are cut into lines at a time: all at once would be as large as the text again."""
BACK = 4
"""A split is looked for in the last quarter of what may stand in one paragraph."""


class Piece(NamedTuple):
    """A paragraph: characters `start`–`end` of the restored text and the same words in the capture, half-open."""

    start: int
    end: int
    capture_start: int
    capture_end: int


def paragraphs(
    restored: str, capture: str, emendations: Sequence[Emendation] = (), limit: int = PARAGRAPH_LIMIT
) -> Iterator[Piece]:
    """The paragraphs of both texts, of which line N is line N of the other. `emendations` are in order of place."""
    cutter = _Cutter(restored, emendations, limit)
    at = capture_at = 0
    for line, captured in zip(restored.split("\n"), capture.split("\n"), strict=True):
        if line.strip() or captured.strip():
            whole = Piece(at, at + len(line), capture_at, capture_at + len(captured))
            if len(line) <= limit:
                yield whole
            else:
                yield from cutter.cut(whole)
        at += len(line) + 1
        capture_at += len(captured) + 1


def texts(text: str, limit: int = PARAGRAPH_LIMIT) -> Texts:
    """The same paragraphs of a text that nothing was restored in, as places in it and not as objects."""
    starts, ends = array("I"), array("I")
    cutter = _Cutter(text, (), limit)
    at, cut = 0, False
    while at <= len(text):
        stop = text.find("\n", at + STRETCH)
        stop = len(text) if stop < 0 else stop
        for line in text[at:stop].split("\n"):
            end = at + len(line)
            if line and not line.isspace():
                if end - at <= limit:
                    starts.append(at)
                    ends.append(end)
                else:
                    pieces = list(cutter.cut(Piece(at, end, at, end)))
                    starts.extend(piece.start for piece in pieces)
                    ends.extend(piece.end for piece in pieces)
                    cut = cut or len(pieces) > 1
            at = end + 1
    found = Texts(text, starts, ends)
    return Texts.joined(tuple(found)) if cut else found  # a line end between two also where there was none


class _Cutter:
    """Knows the emendations, so that no cut goes through one."""

    def __init__(self, restored: str, emendations: Sequence[Emendation], limit: int) -> None:
        self.text, self.emendations, self.limit = restored, emendations, limit
        self.ends = [e.restored_end for e in emendations]

    def cut(self, line: Piece) -> Iterator[Piece]:
        start, capture_start = line.start, line.capture_start
        while line.end - start > self.limit:
            end, capture_end = self.place(start, self.end(start))
            if end >= line.end:
                break
            yield Piece(start, end, capture_start, capture_end)
            start, capture_start = end, capture_end
        yield Piece(start, line.end, capture_start, line.capture_end)

    def end(self, start: int) -> int:
        """Where to split: behind the last sentence that fits, or else behind a pause, or else where it must be."""
        last = start + self.limit
        for pattern in (SENTENCE_END, PAUSE):
            ends = [m.end() for m in pattern.finditer(self.text, last - self.limit // BACK, last)]
            if ends:
                return ends[-1]
        return last

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in both texts, moved out of an emendation. A gloss that stood there goes with what is before it."""
        after = bisect_right(self.ends, end)
        if after < len(self.ends) and self.emendations[after].restored_start < end:
            over = self.emendations[after]
            if over.restored_start <= start:
                return over.restored_end, over.end
            end = over.restored_start
            after = bisect_right(self.ends, end)
        if not after:
            return end, end
        before = self.emendations[after - 1]
        return end, end + before.end - before.restored_end
