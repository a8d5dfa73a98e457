"""Words found again after their text has changed: by the words, by what stood before and behind them, by their place.

Paragraphs count for nothing here: one that was split or merged leaves its words where they are. What cannot be told is
never guessed: such words are lost, and it is said between which places.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from lishu_tui.edition.address import Address
from lishu_tui.edition.alike import Pattern, distance, pieces, seats
from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.model import Edition
from lishu_tui.edition.readable import Span

Status = Literal["same", "moved", "lost"]

AROUND = 32
"""Characters that are kept of what stands before and behind; as many more as it takes to tell the place from others."""
FAR = 512
"""But no more than so many."""
NEEDED = 0.45
"""The part of what stood around that must stand there still. Of unrelated text a quarter does, in Latin letters."""
MARGIN = 12
"""A place is better than another by at least one in so many characters of what stood around."""
ALIKE = 0.6
"""The part of what stood around that makes a place another of the same kind."""
SURE = 0.7
"""The same for words that were changed, for one or two characters, and where others read alike."""
CHANGED, MOST = 4, 16
"""Of the words themselves one character in so many may have changed, but not more than MOST."""
EDGE = 8
"""Characters at either end of the words, of which at most two may have changed: that is where they begin and end."""
SHORT = 128
"""Characters of words that are held against the text as a whole; of longer ones their ends are."""
END = 64
NAMED, COMMON, CLOSE = 1000, 20_000, 8
"""So many places are named between which it cannot be told; and of words that stand at more than COMMON places only
those are looked at beside which so many characters are as they were."""
PLACES = 300
"""So many places of the same words are compared; of more, those with something in common around."""


class Anchor(NamedTuple):
    """What a place is found again by. Paragraphs are parted by line ends in `exact`; an empty one is a place between
    two characters. `address` is where the words stood, as far as they stood in the first of their paragraphs."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    address: Address | None = None


class Resolved(NamedTuple):
    """Where words stand now. `spans` has one place a paragraph and `address` is that of the first; none where they are
    lost. `stands` is what stands there: other words than were sought if `changed`. `others` are the places between
    which it cannot be told, the nearest first."""

    status: Status
    why: str
    spans: tuple[Span, ...] = ()
    address: Address | None = None
    stands: str = ""
    changed: bool = False
    others: tuple[Address, ...] = ()


class _Flat:
    """The restored reading without its paragraphs, and the way back."""

    def __init__(self, edition: Edition) -> None:
        self.paragraphs = edition.readings["restored"]
        self.text = "".join(self.paragraphs)
        self.starts: list[int] = []
        at = 0
        for paragraph in self.paragraphs:
            self.starts.append(at)
            at += len(paragraph)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The places of characters `start` to `end`, none of them empty unless all is."""
        first = bisect_right(self.starts, start) - 1
        if start == end:
            if start == self.starts[first] and first and start == len(self.text):
                first = next(i for i in range(first, -1, -1) if self.paragraphs[i] or not i)
            return (Span(first, start - self.starts[first], start - self.starts[first]),)
        found = []
        for index in range(first, bisect_left(self.starts, end)):
            begins, size = self.starts[index], len(self.paragraphs[index])
            low, high = max(start - begins, 0), min(end - begins, size)
            if low < high:
                found.append(Span(index, low, high))
        return tuple(found)

    def place(self, span: Span) -> int:
        return self.starts[span.paragraph] + span.start


class _Place(NamedTuple):
    """A place that the words may have come to; `near` is how much of what stood around stands there, `cost` how much
    of the words was changed."""

    start: int
    end: int
    near: int
    cost: int = 0


def _flat(edition: Edition) -> _Flat:
    """Kept with the edition, beside its own derived values."""
    kept = edition.__dict__.get("_flat")
    if not isinstance(kept, _Flat):
        kept = edition.__dict__["_flat"] = _Flat(edition)
    return kept


def flattened(text: str) -> str:
    """Words without their paragraphs."""
    return re.sub(r"[ \t\r]*\n\s*", "", text) if "\n" in text or "\r" in text else text


def anchor(edition: Edition, span: Span | Sequence[Span]) -> Anchor:
    """What the words at a place, or at one place each of several paragraphs on end, can be found again by."""
    spans = [span] if isinstance(span, Span) else list(span)
    if not spans:
        raise ValueError("no place")
    flat = _flat(edition)
    start, end = flat.place(spans[0]), flat.starts[spans[-1].paragraph] + spans[-1].end
    size = AROUND
    while size < FAR and _twice(flat.text, flat.text[max(start - size, 0) : end + size]):
        size *= 2
    return Anchor(
        "\n".join(edition.quote(span) for span in spans),
        flat.text[max(start - size, 0) : start],
        flat.text[end : end + size],
        edition.address(spans[0]),
    )


def _twice(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) >= 0


def occurrences(edition: Edition, words: str) -> Iterator[tuple[Span, ...]]:
    """Every place at which these words stand, to the letter; paragraphs count for nothing."""
    flat = _flat(edition)
    exact = flattened(words)
    for start in _occurrences(flat.text, exact) if exact else ():
        yield flat.spans(start, start + len(exact))


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def find_again(edition: Edition, anchor: Anchor) -> Resolved:
    """Where the words of an anchor stand in an edition, which may be another than it was made in.

    `same`: at the address that it has. `moved`: elsewhere, or changed. `lost`: nowhere, or it cannot be told where.
    """
    flat = _flat(edition)
    exact, prefix, suffix = map(flattened, (anchor.exact, anchor.prefix, anchor.suffix))
    here = _here(edition, flat, anchor.address)
    found = _search(flat.text, exact, prefix, suffix, here)
    if not found:
        why = "the words are not in the text any more" if exact else "what stood around is not in the text any more"
        if exact in flat.text and exact:
            why = "the words stand in the text, but not where anything around them is as it was"
        return Resolved("lost", why)
    if len(found) > 1:
        places = [edition.address(flat.spans(place.start, place.end)[0]) for place in found]
        named = ", ".join(map(str, places[:5])) + (" and others" if len(places) > 5 else "")
        count = f"{len(places):,}" + " or more" * (len(places) >= NAMED)
        return Resolved("lost", f"{count} places are equally good: {named}", others=tuple(places))
    best = found[0]
    spans = flat.spans(best.start, best.end)
    stands = "\n".join(edition.quote(span) for span in spans)
    changed = flat.text[best.start : best.end] != exact
    moved = best.start != here
    if not moved and not changed:
        status, why = "same", "the words stand where they stood"
    else:
        status = "moved"
        how = "stand elsewhere" if moved else "stand where they stood"
        why = f"the words {how}" + (f" and were changed: {stands}" if changed else "")
    return Resolved(status, why, spans, edition.address(spans[0]), stands, changed)  # type: ignore[arg-type]


def _here(edition: Edition, flat: _Flat, address: Address | None) -> int | None:
    """The character at which an address begins, None where it leads nowhere in this edition."""
    if address is None or address.section is None:
        return None
    number = address.paragraph
    try:
        section = edition.section(address.section)
        index = section.first if number is None else edition.paragraph_at(address.section, number)
    except LishuError:
        return None
    start = address.start or 0
    return flat.starts[index] + start if start <= len(flat.paragraphs[index]) else None


def _search(text: str, exact: str, prefix: str, suffix: str, here: int | None) -> list[_Place]:
    """The places that are as good as any, the nearest to `here` first; none where none is good enough."""
    total, size = len(prefix) + len(suffix), len(exact)
    if here is not None and text.startswith(prefix + exact + suffix, here - len(prefix)) and here >= len(prefix):
        return [_Place(here, here + size, total)]
    good: list[_Place] = []
    if exact:
        good = _exact(text, exact, prefix, suffix, here)
    strong = bool(good) and max(place.near for place in good) >= SURE * total
    if not strong and total + size >= 8 and total <= 2 * AROUND:
        changed = _changed(text, exact, prefix[-AROUND:], suffix[:AROUND])
        apart = [p for p in changed if not any(p.start < g.end and g.start < p.end for g in good)]
        if not good:
            good = apart
        elif apart and apart[0].near * max(total, 1) >= (max(p.near for p in good) + total // MARGIN) * _around(
            prefix, suffix
        ):
            good = [*good, *apart]
    middle = 0 if here is None else here
    return sorted(good, key=lambda place: abs(place.start - middle))


def _around(prefix: str, suffix: str) -> int:
    """How much of what stood around changed words are looked for with."""
    return min(len(prefix), AROUND) + min(len(suffix), AROUND)


# ── the words as they were ──────────────────────────────────────────────────────────────────────────────────────────


def _exact(text: str, exact: str, prefix: str, suffix: str, here: int | None) -> list[_Place]:
    """The best places at which these very words stand."""
    total, size = len(prefix) + len(suffix), len(exact)
    starts = list(islice(_occurrences(text, exact), COMMON if total else NAMED))
    if total and len(starts) == COMMON:  # too common to be told apart by anything but what stands right beside it
        close = prefix[-CLOSE:] + exact + suffix[:CLOSE]
        starts = [at + len(prefix[-CLOSE:]) for at in islice(_occurrences(text, close), NAMED)]
    if total and len(starts) > PLACES:
        starts = _alike_around(text, starts, exact, prefix, suffix, here)
    before, behind = Pattern(prefix[::-1]), Pattern(suffix)
    tells = sum(0.5 if c > "\u2e7f" else 0.125 for c in exact[:1000])  # a letter tells less than a Chinese character
    places = []
    for start in starts:
        near = total
        if not (text.startswith(prefix, start - len(prefix)) and start >= len(prefix)):
            left = text[max(start - len(prefix) - 8, 0) : start]
            near -= before.from_beginning(left[::-1])
        if not text.startswith(suffix, start + size):
            near -= behind.from_beginning(text[start + size : start + size + len(suffix) + 8])
        places.append(_Place(start, start + size, near))
    needed = SURE * total if size <= 2 or total > 2 * AROUND else max(NEEDED * total - tells, 0)
    best = _best(places, total)
    return best if any(p.near >= (needed / 2 if p.start == here else needed) for p in best) else []


def _best(places: list[_Place], total: int) -> list[_Place]:
    """Those between which it cannot be told. One around which all is as it was is told from the others; where nearly
    the same stands around several, no other is: it may be that of which most was changed."""
    if not places:
        return []
    best = max(place.near - place.cost for place in places)
    alike = ALIKE * total if best < total else best
    return [p for p in places if p.near - p.cost >= min(best - total // MARGIN, alike) or p.near - p.cost == best]


def _alike_around(text: str, starts: list[int], exact: str, prefix: str, suffix: str, here: int | None) -> list[int]:
    """Of many places those around which something of what stood around stands."""
    votes: Counter[int] = Counter()
    sides = ((prefix, -len(prefix)), (suffix, len(exact)))
    for side, shift in sides:
        for at, piece in pieces(side, min(3, len(side)), 24):
            for number, found in enumerate(_occurrences(text, piece)):
                if number == 5000:
                    break
                votes[(found - at - shift) // 16] += 1
    ranked = sorted(starts, key=lambda s: -(votes[s // 16] + votes[s // 16 - 1] + votes[s // 16 + 1]))
    chosen = ranked[:PLACES]
    if here in starts and here not in chosen and here is not None:
        chosen.append(here)
    return chosen


# ── the words changed ───────────────────────────────────────────────────────────────────────────────────────────────


def _changed(text: str, exact: str, prefix: str, suffix: str) -> list[_Place]:
    """The best places at which not these words stand but some that are nearly the same, between what stood around."""
    size, limit = len(exact), min(len(exact) // CHANGED, MOST)
    if size <= SHORT:
        around = prefix + exact + suffix
        found = _nearly(text, around, (len(prefix), len(prefix) + size))
    else:
        heads = [start for start, _ in _nearly(text, prefix + exact[:END], (len(prefix), len(prefix)))]
        tails = [end for end, _ in _nearly(text, exact[-END:] + suffix, (END, END))]
        found = [(start, end) for start in heads for end in tails if abs(end - start - size) <= limit]
    places = []
    before, behind = Pattern(prefix[::-1]), Pattern(suffix)
    for start, end in found:
        cost = distance(exact, text[start:end], limit)
        if cost > limit or (exact and cost >= size) or not _edges(exact, text[start:end]):
            continue
        near = len(prefix) + len(suffix) - before.from_beginning(text[max(start - AROUND - 8, 0) : start][::-1])
        near -= behind.from_beginning(text[end : end + AROUND + 8])
        if near >= SURE * (len(prefix) + len(suffix)) and near >= 4 * min(cost, 4):
            places.append(_Place(start, end, near, cost))
    places = _apart(places)
    return _best(places, len(prefix) + len(suffix))


def _apart(places: list[_Place]) -> list[_Place]:
    """The best of those that overlap."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda p: p.cost - p.near):
        if all(place.end <= one.start or one.end <= place.start for one in kept if one != place) and place not in kept:
            kept.append(place)
    return kept


def _edges(exact: str, stands: str) -> bool:
    """Whether words that were changed begin and end as they did."""
    if len(exact) < 2 * EDGE:
        return True
    head, tail = Pattern(exact[:EDGE]), Pattern(exact[: -EDGE - 1 : -1])
    return head.from_beginning(stands[: EDGE + 2]) <= 2 and tail.from_beginning(stands[: -EDGE - 3 : -1]) <= 2


def _nearly(text: str, around: str, cuts: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the cuts of a pattern fall at the places where nearly the same stands, the best few of them."""
    votes: Counter[int] = Counter()
    for at, piece in pieces(around, min(5, len(around)), 64):
        seen = []
        for place in _occurrences(text, piece):
            seen.append((place - at) // 32)
            if len(seen) > 50:
                break
        else:
            votes.update(seen)
    pattern = Pattern(around)
    ranked: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for bucket, _ in votes.most_common(24):
        if bucket in taken or len(ranked) == 6:
            continue
        taken |= set(range(bucket - 3, bucket + 4))
        low = max(bucket * 32 - 48, 0)
        window = text[low : bucket * 32 + 32 + len(around) + 48]
        ranked.append((pattern.nearest(window), low, window))
    ranked.sort()
    if len(ranked) > 2 and ranked[2][0] <= ranked[0][0] + len(around) // 6:
        return []  # many places read like it
    good = [one for one in ranked if one[0] <= 0.6 * len(around)]
    found = []
    for _, low, window in good:
        (_, start), (end, _) = seats(around, cuts, window)
        found.append((low + start, low + max(start, end)))
    return list(dict.fromkeys(found))
