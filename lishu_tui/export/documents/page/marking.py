"""Text as HTML: escaped, and with its places marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lishu_tui.edition import Reading, Span
from lishu_tui.edition.model import Emendation
from lishu_tui.export.apparatus import gloss_groups, is_plain
from lishu_tui.export.documents.nesting import Range, nested
from lishu_tui.export.documents.work import Passage, Work, by_paragraph, safe

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def text(words: str) -> str:
    return safe(words).translate(_SPECIAL)


def attributes(**values: object) -> str:
    """Attributes in this order, without those that are None; a name's `_` is a hyphen, at its end nothing."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for name, value in values.items()
        if value is not None
    )


def element(name: str, content: str, **values: object) -> str:
    return f"<{name}{attributes(**values)}>{content}</{name}>"


class _Cluster(NamedTuple):
    """Emendations whose places in a reading touch the same characters: one mark for all of them."""

    start: int
    end: int
    emendations: tuple[Emendation, ...]


class Marking:
    """Ids: a place has its address within the document (`closing/1:3-9`), what is ours begins with `_`, which no
    address does. In readings but the first, which may not have the same ids once more, the address is in `data-at`."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.lead = work.readings[0]
        self.entries: dict[int, str] = {}
        if work.options.apparatus:
            self.entries |= {id(e): f"_e{n}" for n, e in enumerate(work.cruces, 1)}
            groups = {
                (g.character, g.gloss): f"_g{n}" for n, g in enumerate(gloss_groups(work.edition, work.glosses), 1)
            }
            quote = work.edition.quote
            self.entries |= {id(e): groups[quote(e.seat), e.stood] for e in work.glosses}
        marked = work.emendations if work.options.apparatus else []
        self.emendations = by_paragraph(marked, lambda e: e.span.paragraph)
        self.places = self._places()

    def _places(self) -> dict[int, list[tuple[Span, str]]]:
        """All places that something leads to, each once, with the classes of what leads there."""
        work, options = self.work, self.work.options
        kinds: dict[Span, set[str]] = {}
        if options.statistics:
            for s in work.statistics:
                kinds.setdefault(s.span, set()).add("s")
        if options.names:
            for n in work.names:
                for place in n.places:
                    kinds.setdefault(place, set()).add("n")
            for q in work.quotes:
                kinds.setdefault(q.span, set()).add("q")
        for note in work.notes:
            if note.span.start < note.span.end:
                kinds.setdefault(note.span, set()).add("t")
        return by_paragraph(
            ((span, " ".join(sorted(k))) for span, k in sorted(kinds.items())), lambda one: one[0].paragraph
        )

    def paragraph(self, passage: Passage, reading: Reading) -> str:
        """What is in a paragraph of a reading, as HTML."""
        work = self.work
        place, words = work.place(passage, reading), work.words(passage, reading)
        ranges = []
        for span, kind in self.places.get(passage.span.paragraph, ()):
            start, end = work.edition.carry(span, reading)[1:]
            ranges.append(self._anchor(work.local(span), kind, reading, start, end))
        ranges += map(self._mark, self._clusters(passage, reading))
        cut = []
        for r in ranges:
            start, end = max(r.start - place.start, 0), min(r.end - place.start, len(words))
            # What leads to a place must find it, though the capture may have no character there.
            if start < end or (reading == self.lead and not r.whole):
                start = min(start, len(words))
                cut.append(r._replace(start=start, end=max(start, end)))
        return nested(words, cut, text)

    def _anchor(self, address: str, kind: str, reading: Reading, start: int, end: int) -> Range:
        def open_(piece: int, of: int) -> str:
            own = piece == 0 and reading == self.lead
            at = address if piece == 0 and not own else None
            return f"<span{attributes(id=address if own else None, data_at=at, class_=kind)}>"

        return Range(start, end, open_, "</span>")

    def _mark(self, cluster: _Cluster) -> Range:
        ids = list(dict.fromkeys(self.entries[id(e)] for e in cluster.emendations))
        cruces = [e for e in cluster.emendations if not is_plain(e)]
        if cruces:
            ids.sort(key=lambda entry: entry.startswith("_g"))
            sure = "chosen" if any(e.certainty == "chosen" for e in cruces) else None
            opened = (
                f"<a{attributes(class_=' '.join(filter(None, ('em', sure))), href=f'#{ids[0]}', data_e=' '.join(ids))}>"
            )
        else:  # hundreds of them: not one by one in the way of the Tab key
            opened = f"<a{attributes(class_='g', href=f'#{ids[0]}', data_e=' '.join(ids), tabindex='-1')}>"
        return Range(cluster.start, cluster.end, lambda *_: opened, "</a>", whole=True)

    def _clusters(self, passage: Passage, reading: Reading) -> Iterator[_Cluster]:
        length = len(self.work.edition.text(passage.span.paragraph, reading))
        found = []
        for e in self.emendations.get(passage.span.paragraph, ()):
            start, end = (e.start, e.end) if reading == "capture" else e.seat[1:]
            if start == end:
                start, end = (start - 1, end) if start else (0, min(1, length))
            if start < end:
                found.append(_Cluster(start, end, (e,)))
        yield from merged(sorted(found, key=lambda c: (c.start, c.end)))


def merged(clusters: Sequence[_Cluster]) -> Iterator[_Cluster]:
    """Those that overlap as one."""
    last: _Cluster | None = None
    for c in clusters:
        if last is not None and c.start < last.end:
            last = _Cluster(last.start, max(last.end, c.end), (*last.emendations, *c.emendations))
            continue
        if last is not None:
            yield last
        last = c
    if last is not None:
        yield last
