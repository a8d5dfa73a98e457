"""Taking away: what is selected or where one is, copied with its address, cited, marked, or written to a file. The
other half of the reader, beside what finds."""

from __future__ import annotations

from typing import NamedTuple

from lishu_tui.edition import Address, Reading, Span
from lishu_tui.tui.commands import SELECTING, commands_for
from lishu_tui.tui.keys import shown
from lishu_tui.tui.screens.finding import FindingScreen, short
from lishu_tui.tui.widgets.selecting import Point

ALLOWED_SELECTING = frozenset(
    (
        "copy_selection",
        "copy_interrupt",
        "note_add",
        "take_cite",
        "take_export",
        "app_help",
        "app_palette",
        "app_suspend",
        "view_theme",
    )
)
"""The commands of the reader that keep their keys while one selects with the keys."""
TEXT = ("text", "heading")


class Taken(NamedTuple):
    """What is taken away: places of the restored reading, one a paragraph, and the words as they were shown. `chosen`
    says that they were selected; else they are the sentence that one is at."""

    spans: tuple[Span, ...]
    words: str
    reading: Reading
    chosen: bool


class TakingScreen(FindingScreen):
    """A screen with a body from which something can be taken away."""

    # ── what it is ──────────────────────────────────────────────────────────────────────────────────────────────────

    def taken(self) -> Taken | None:
        """The selection, else the sentence of the present hit where that is in view, else the first whole sentence
        shown. None where no text is on the screen."""
        body = self.body
        if body.selection is not None:
            start, end, english = body.selection
            reading: Reading = "english" if english else body.reading
            places = [
                Span(
                    paragraph,
                    start.character if paragraph == start.paragraph else 0,
                    end.character if paragraph == end.paragraph else len(self.edition.text(paragraph, reading)),
                )
                for paragraph in range(start.paragraph, end.paragraph + 1)
            ]
            places = [span for span in places if span.start < span.end]
            return self._taken(places, reading, chosen=True) if places else None
        found = self.sentence_of_hit() or self.sentence_shown()
        return self._taken([found[0]], found[1], chosen=False) if found is not None else None

    def _taken(self, places: list[Span], reading: Reading, *, chosen: bool) -> Taken:
        words = "\n".join(self.edition.text(span.paragraph, reading)[span.start : span.end] for span in places)
        spans = tuple(self.edition.carry(span, "restored", reading) for span in places)
        return Taken(spans, words, reading, chosen)

    def hit_in_view(self) -> tuple[Span, Reading] | None:
        """The present hit in the reading shown, where it is on the screen."""
        if self.at < 0:
            return None
        hit, body = self.found[self.at], self.body
        english = hit.reading == "english"
        if english and body.page.english == "off":
            return None
        span = hit.span if english else body.shown(hit.span)
        y = body.page.line_of(span.paragraph, span.start, english=english)
        seen = body.top <= y < body.top + body.scrollable_content_region.height
        return (span, "english" if english else body.reading) if seen else None

    def sentence_of_hit(self) -> tuple[Span, Reading] | None:
        from lishu_tui.edition.sentences import sentences

        hit = self.hit_in_view()
        if hit is None:
            return None
        (paragraph, at, _), reading = hit
        for start, end in sentences(self.edition.text(paragraph, reading)):
            if at < end:
                return Span(paragraph, start, end), reading
        return None

    def sentence_shown(self) -> tuple[Span, Reading] | None:
        """The first whole sentence on the screen; else the first that begins on it; else the one at its top. A heading
        counts only where there is nothing else."""
        from lishu_tui.edition.sentences import sentences

        body = self.body
        lines = body.page.lines
        seen: dict[int, tuple[int, int]] = {}
        headings: list[int] = []
        for y in range(body.top, min(body.top + body.scrollable_content_region.height, len(lines))):
            for piece in lines[y]:
                if piece.paragraph >= 0 and piece.kind in TEXT:
                    first, last = seen.get(piece.paragraph, (piece.start, piece.end))
                    seen[piece.paragraph] = min(first, piece.start), max(last, piece.end)
                    if piece.kind == "heading":
                        headings.append(piece.paragraph)
        begun: Span | None = None
        for paragraph, (first, last) in seen.items():
            if paragraph in headings:
                continue
            for start, end in sentences(self.edition.text(paragraph, body.reading)):
                if first <= start and end <= last:
                    return Span(paragraph, start, end), body.reading
                if (begun is None and first < end) or (begun is not None and begun.start < first <= start < last):
                    begun = Span(paragraph, start, end)
        if begun is None and headings:
            begun = Span(headings[0], 0, len(self.edition.text(headings[0], body.reading)))
        return (begun, body.reading) if begun is not None else None

    # ── selecting with the keys ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def selecting(self) -> bool:
        return self.body.caret is not None

    def action_select_begin(self) -> None:
        body = self.body
        if not self.edition.paragraphs or not body.page.lines:
            return
        self.set_focus(body)
        hit = self.hit_in_view()
        if hit is not None:
            body.begin_selecting(Point(hit[0].paragraph, hit[0].start), english=hit[1] == "english")
        else:
            body.begin_selecting(Point(*body.page.place_of(body.top)[:2]))

    def said_of_selection(self) -> str:
        """What the line at the foot says while one selects."""
        if not self.selecting:
            return ""
        count = len(self.body.selected_text().replace("\n", ""))
        return f"selecting · {count:,} character{'s' * (count != 1)}"

    def hints(self) -> str:
        """While one selects, what can be done with it."""
        if not self.is_mounted or not self.selecting:
            return super().hints()
        keys = self.host.keys_of
        hints = [("select.clause", "clause"), ("copy.selection", "copy"), ("note.add", "mark"), ("take.cite", "cite")]
        named = {command.name for command in commands_for(SELECTING)}
        hints = [*hints, ("select.leave", "let go")]
        return "  ".join(f"{shown(keys(n)[0])} {word}" for n, word in hints if n in named and keys(n))

    # ── copying, citing ─────────────────────────────────────────────────────────────────────────────────────────────

    def action_copy_selection(self) -> None:
        from lishu_tui.tui.clipboard import copy

        taken = self.taken()
        if taken is None:
            self.host.say("There is no text on the screen to copy")
            return
        self.body.action_select_keep()
        words = None if taken.reading == "restored" else taken.words
        from lishu_tui.edition.quoting import quotation

        done = copy(self.app, quotation(self.edition, taken.spans, words))
        what = f"{len(taken.words):,} characters" if taken.chosen else f"The sentence 「{short(taken.words)}」"
        self.host.say(f"{what} with address: {done}", timeout=5)

    def action_copy_interrupt(self) -> None:
        if self.body.selection is not None:
            self.action_copy_selection()
            return
        leave = self.host.keys_of("app.quit")
        self.host.say(f"{shown(leave[0])} leaves" if leave else "No key leaves: the settings took it away")

    async def action_take_cite(self) -> None:
        from lishu_tui.tui.screens.citing import CitingScreen

        await self.app.push_screen(CitingScreen(self.edition, self.cited_place(), self.body.selection is not None))

    async def action_take_export(self) -> None:
        from lishu_tui.tui.screens.export_document import ExportScreen

        chosen = self.body.selection is not None
        self.body.action_select_keep()
        await self.app.push_screen(ExportScreen(self.edition, self.cited_place(), chosen=chosen))

    def cited_place(self) -> Address:
        """The selection where it is within one paragraph of the Chinese, else the paragraph it begins in; without one,
        the paragraph at the top."""
        body, paragraph = self.body, self.body.paragraph
        if body.selection is not None:
            start, end, english = body.selection
            if start.paragraph == end.paragraph and not english:
                return self.edition.address(
                    self.edition.carry(Span(start.paragraph, start.character, end.character), "restored", body.reading)
                )
            paragraph = start.paragraph
        return self.edition.address(Span(paragraph, 0, 0))._replace(start=None, end=None)
