"""The hits of a query in one edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lishu_tui.edition.readable import Readable, Span
from lishu_tui.edition.texts import Texts
from lishu_tui.search.compact import Compact, compact
from lishu_tui.search.query import Query, compile

Searched = Literal["restored", "english"]
Kind = Literal["text", "pinyin", "english"]


class Hit(NamedTuple):
    """One match of a search. `span` is characters of `reading`, the reading it was found in.

    `kind`: `text` found as written (in whatever script), `pinyin` by how it is read, `english` in the translation.
    """

    span: Span
    reading: Searched
    kind: Kind

    def words(self, edition: Readable) -> str:
        """The words found, as they stand."""
        return edition.text(self.span.paragraph, self.reading)[self.span.start : self.span.end]


def context(text: str, start: int, end: int, width: int = 20) -> tuple[str, str]:
    """What stands before and after characters `start` to `end` of a text, at most `width` characters each."""
    return text[max(0, start - width) : start], text[end : end + width]


def find(edition: Readable, query: str | Query, spans: Iterable[Span] | None = None) -> list[Hit]:
    """All hits in order of place (in a paragraph the restored reading first), those of one reading never overlapping.

    `spans`, places of the restored reading, keeps the search within them; the English of a paragraph is searched
    where the whole paragraph is. English is searched for queries with a Latin letter and no Chinese character. A last
    syllable of pinyin that is only begun (`zhanzh`) counts where the query finds nothing else in the edition.
    """
    wanted = compile(query) if isinstance(query, str) else query
    if not wanted.needle:
        return []
    if spans is None and isinstance(edition.readings["restored"], Texts):
        from lishu_tui.search.sweep import sweep

        if (large := sweep(edition, wanted)) is not None:
            large.go_on()
            return list(large.hits)
    places = list(_merged(edition, spans))
    return list(_hits(edition, wanted, places)) or list(_begun(edition, wanted, places))


def _hits(edition: Readable, query: Query, places: list[Span]) -> Iterator[Hit]:
    in_english = query.has_latin and not query.has_han and edition.has("english")
    for place in places:
        for start, end, kind in query.in_compact(_compact(edition, place, "restored")):
            yield Hit(Span(place.paragraph, place.start + start, place.start + end), "restored", kind)
        if in_english and place.start == 0 and place.end == len(edition.text(place.paragraph)):
            whole = Span(place.paragraph, 0, len(edition.text(place.paragraph, "english")))
            for start, end in query.as_text(_compact(edition, whole, "english")):
                yield Hit(Span(place.paragraph, start, end), "english", "english")


def _begun(edition: Readable, query: Query, places: list[Span]) -> Iterator[Hit]:
    if query.begun is None:
        return
    for place in places:
        for start, end, kind in query.in_compact(_compact(edition, place, "restored"), begun=True):
            yield Hit(Span(place.paragraph, place.start + start, place.start + end), "restored", kind)


def _merged(edition: Readable, spans: Iterable[Span] | None) -> Iterator[Span]:
    """The places to search, in order, none twice."""
    if spans is None:
        for paragraph, text in enumerate(edition.readings["restored"]):
            yield Span(paragraph, 0, len(text))
        return
    last: Span | None = None
    for span in sorted(spans):
        if last is not None and last.paragraph == span.paragraph and span.start <= last.end:
            last = last._replace(end=max(last.end, span.end))
        else:
            if last is not None:
                yield last
            last = span
    if last is not None:
        yield last


def _compact(edition: Readable, place: Span, reading: Searched) -> Compact:
    """The place made compact; whole paragraphs are kept with the edition, beside its own derived values."""
    text = edition.text(place.paragraph, reading)
    if place.start or place.end != len(text):
        return compact(text[place.start : place.end])
    kept: dict[tuple[int, Searched], Compact] = edition.__dict__.setdefault("_compact", {})
    key = (place.paragraph, reading)
    if key not in kept:
        kept[key] = compact(text)
    return kept[key]
