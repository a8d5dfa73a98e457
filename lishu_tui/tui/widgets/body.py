"""The text itself: one line-API widget that draws a Layout, keeps its place, and lights what is to be lit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from time import monotonic
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import var
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip
from textual.timer import Timer

from lishu_tui.edition import Edition, Reading, Span
from lishu_tui.tui.widgets.key_selecting import ENGLISH, KeySelecting
from lishu_tui.typeset import Layout, Line, Piece, widths
from lishu_tui.typeset.growing import AROUND, laid_out
from lishu_tui.typeset.kinds import Asked, English
from lishu_tui.typeset.margins import progress
from lishu_tui.typeset.marks import UNDRAWN

SLICE = 0.008
"""Seconds for which a large document is laid out at a time, so that no key waits."""
PAUSE = 0.012
"""Seconds between two of these."""
SELDOM = 0.4
"""Seconds after which the scroll bar hears how many lines there are: it is drawn anew with all about it."""
STRIPS = 2000
"""Lines whose drawing is kept."""

SIGN = "* "
"""What stands before a line in which a mark begins."""


class Lit(NamedTuple):
    """What is lit in the reading shown and in the English: all hits, and the one that one is at; and emended places of
    the reading shown with their certainty, and places that are marked, in order."""

    hits: Sequence[Span] = ()
    current: Span | None = None
    english_hits: tuple[Span, ...] = ()
    english_current: Span | None = None
    emended: tuple[tuple[Span, str], ...] = ()
    noted: tuple[Span, ...] = ()


class Body(KeySelecting, can_focus=True):
    """The article. Owns its layout, its place, its selection; knows nothing of search or of files."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "body--title",
        "body--heading",
        "body--english",
        "body--supplied",
        "body--certain",
        "body--named",
        "body--chosen",
        "body--hit",
        "body--current",
        "body--selection",
        "body--caret",
        "body--noted",
        "body--sign",
    }
    STYLES: ClassVar[dict[str, str]] = {
        "title": "body--title",
        "title_en": "body--english",
        "supplied": "body--supplied",
        "heading": "body--heading",
        "heading_en": "body--english",
        "english": "body--english",
        "note": "body--supplied",
    }
    lit: var[Lit] = var(Lit())

    def __init__(
        self,
        edition: Edition,
        *,
        measure: int,
        reading: Reading,
        english: English,
        moved: Callable[[], None],
        known: tuple[Asked, Layout] | None = None,
    ) -> None:
        """`known` is the document laid out already, and for what. `moved` is called whenever the top of the screen or
        what is laid out has changed: called, and not sent a message, so that what it says of the place is drawn in the
        same frame."""
        super().__init__()
        self.moved = moved
        self.edition = edition
        self.measure, self.reading, self.english = measure, reading, english
        self.page = Layout([], reading, english, 0)
        self.kept = (0, 0)
        """The place (paragraph, character of the restored reading) that stays in view when lines are set anew."""
        self.at_top = True
        """Whether the very top, with the title, is what stays in view."""
        self.lead = 0
        """Lines between the top of the screen and the line of the place kept."""
        self._early_top: int | None = None
        self._growing: Timer | None = None
        self._fitted = 0.0  # when the scroll bar was last given the number of lines
        self._pages: dict[Asked, Layout] = {} if known is None else dict([known])
        self._strips: dict[int, Strip] = {}
        self._look: dict[str, Style] = {}

    # ── laying out ──────────────────────────────────────────────────────────────────────────────────────────────────

    def set_lines(self) -> None:
        """Lay the text out for the present width and keep the anchor where it is."""
        width = self.scrollable_content_region.width
        if not width:
            return
        self.page = self._laid_out(width)
        self._early_top = None
        y = 0
        if not self.at_top:
            place = self.shown(Span(*self.kept, self.kept[1]))
            y = self.page.line_of(place.paragraph, place.start) - self.lead
        self._fit()
        self._strips.clear()
        self.scroll_to(y=y, animate=False)
        self.refresh()
        self.moved()
        self._grow_soon()

    def _fit(self) -> None:
        """Give the scroll bar as many lines as there are, as far as that is known."""
        width, height = self.scrollable_content_region.size
        # The last section can always be brought to the top, so that its number leads where one expects.
        size = Size(width, max(len(self.page.lines), self.page.last_block + height))
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)  # the bar, which would be a frame late
        self._fitted = monotonic()

    # ── a large document, whose lines move while it is laid out ─────────────────────────────────────────────────────

    def _grow_soon(self) -> None:
        if self._growing is None and not self.page.done:
            self._growing = self.set_timer(PAUSE, self._grow)

    def _grow(self) -> None:
        """Go on laying out for a moment, what is on the screen staying there."""
        self._growing = None
        self._follow(self.page.grow(self.top, SLICE))
        if self.page.done or monotonic() - self._fitted > SELDOM:
            self._fit()
        if self.page.done:
            self.moved()
        self._grow_soon()

    def _settle(self, rows: int) -> None:
        """Lay out what is near, so that there no line moves any more."""
        if not self.page.done:
            self._follow(self.page.settle(self.top, rows))

    def _follow(self, y: int) -> None:
        """Follow the line at the top of the screen to where it is now."""
        if y != self.top:
            self._strips.clear()
            self._scroll(y)

    def _scroll(self, y: int) -> None:
        """Bring a line to the top of the screen."""
        if y > self.max_scroll_y and not self.page.done:
            self._fit()
        self.scroll_to(y=y, animate=False)

    def _laid_out(self, width: int) -> Layout:
        key = (self.reading, self.english, width, self.measure)
        if key not in self._pages:
            if len(self._pages) > 8:
                self._pages.clear()
            self._pages[key] = laid_out(self.edition, *key)
        return self._pages[key]

    def on_resize(self) -> None:
        self.set_lines()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._look.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.moved()

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def top(self) -> int:
        """The line of the layout at the top of the screen."""
        return round(self.scroll_y) if self._early_top is None else self._early_top

    def remember(self) -> None:
        """Take the place at the top of the screen as the one to keep."""
        if not self.page.lines:
            return  # opened in a window in which nothing can be laid out: the place stays what it is
        paragraph, character, y = self.page.place_of(self.top)
        place = self.shown(Span(*self.kept, self.kept[1]))
        if not self.page.stands_on(y, place.paragraph, place.start):
            # Else it stands on this line already: to take the line's start would drift with every setting of lines.
            self.kept = self._restored(paragraph, character)
        self.lead = y - self.top
        self.at_top = self.top == 0

    def _restored(self, paragraph: int, character: int) -> tuple[int, int]:
        span = self.edition.carry(Span(paragraph, character, character), "restored", self.reading)
        return span.paragraph, span.start

    def shown(self, span: Span) -> Span:
        """A span of the restored reading as one of the reading shown."""
        return self.edition.carry(span, self.reading)

    def show_place(self, paragraph: int, character: int) -> None:
        """Bring a place of the restored reading to the top of the screen, a blank line above it where one is; the very
        beginning with its title."""
        if not self.page.lines:
            self.kept, self.lead, self.at_top = (paragraph, character), 0, (paragraph, character) == (0, 0)
            return
        place = self.shown(Span(paragraph, character, character))
        y = self.page.line_of(paragraph, place.start)
        section = self.edition.section_of(paragraph)
        if not section.has_heading and paragraph == section.first and y == self.page.line_of(paragraph, 0):
            y -= 2  # a label of ours stands above
        if y > 0 and not self.page.lines[y - 1]:
            y -= 1
        self._scroll(0 if (paragraph, character) == (0, 0) else max(y, 0))
        self.remember()

    def show_span(self, span: Span, *, english: bool = False) -> None:
        """Bring a span into view, a third down the screen where it is not in view with a line to spare."""
        if not self.page.lines:
            self.show_place(span.paragraph, 0 if english else span.start)
            return
        self._settle(AROUND)
        place = span if english else self.shown(span)
        y = self.page.line_of(span.paragraph, place.start, english=english)
        height = self.scrollable_content_region.height
        if not self.top + 1 <= y <= self.top + height - 2:
            self._scroll(max(y - height // 3, 0))
        self.remember()

    def move_lines(self, count: int) -> None:
        self._settle(abs(count) + self.scrollable_content_region.height)
        self._scroll(self.top + count)
        self.remember()

    # The scroll bar moves one too: without these Textual would scroll, and the place kept would be the one before.

    def on_scroll_to(self, message: ScrollTo) -> None:
        message.stop()
        message.prevent_default()
        if message.y is not None:
            self.move_lines(round(message.y) - self.top)

    def on_scroll_up(self, message: ScrollUp) -> None:
        message.stop()
        message.prevent_default()
        self.move_lines(-max(self.scrollable_content_region.height - 2, 1))

    def on_scroll_down(self, message: ScrollDown) -> None:
        message.stop()
        message.prevent_default()
        self.move_lines(max(self.scrollable_content_region.height - 2, 1))

    def show_end(self, *, bottom: bool) -> None:
        if bottom and not self.page.done:
            self.page.settle(len(self.page.lines) - 1, self.scrollable_content_region.height)
            self._fit()
        self.scroll_to(y=self.max_scroll_y if bottom else 0, animate=False)
        self.remember()

    def move_paragraphs(self, step: int) -> None:
        """To the paragraph after or before; back from within one goes to its beginning first."""
        paragraph, character = self.page.place_of(self.top)[:2] if self.page.lines else self.kept
        if step > 0 or not character:
            paragraph += step
        paragraph = min(max(paragraph, 0), len(self.edition.paragraphs) - 1)
        self.show_place(paragraph, 0)

    @property
    def paragraph(self) -> int:
        """The paragraph at the top of the screen."""
        return self.page.place_of(self.top)[0] if self.page.lines else self.kept[0]

    @property
    def progress(self) -> int:
        """How much has been read, in percent of the lines, the last on the screen counted."""
        return progress(self.top, self.scrollable_content_region.height, len(self.page.lines))

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def look(self, name: str) -> Style:
        if name not in self._look:
            look = self.get_component_rich_style(name) if name else self.rich_style
            # A heading that is marked stays in its colour.
            self._look[name] = Style(underline=look.underline) if name == "body--noted" else look
        return self._look[name]

    def redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def watch_lit(self) -> None:
        self.redraw()

    def render_line(self, y: int) -> Strip:
        if not self.page.lines:
            # The first frame comes before the message that tells the size: without this it would be empty, and the
            # text would wait for the next.
            self.page = self._laid_out(self.scrollable_content_region.width)
            place = self.shown(Span(*self.kept, self.kept[1]))
            first = self.page.line_of(place.paragraph, place.start)
            self._early_top = 0 if self.at_top else max(first - self.lead, 0)
        line_number = self.top + y
        strip = self._strips.get(line_number)
        if strip is None:
            if len(self._strips) > STRIPS:
                self._strips.clear()
            line = self.page.lines[line_number] if line_number < len(self.page.lines) else ()
            strip = self._strips[line_number] = self._draw(line)
        return strip.adjust_cell_length(self.scrollable_content_region.width, self.rich_style)

    def _draw(self, line: Line) -> Strip:
        segments: list[Segment] = []
        at = 0
        for piece in line:
            blank = piece.x - at
            if not at and blank >= len(SIGN) and self._is_marked(piece):
                segments += [
                    Segment(" " * (blank - len(SIGN)), self.rich_style),
                    Segment(SIGN, self.look("body--sign")),
                ]
            else:
                segments.append(Segment(" " * blank, self.rich_style))
            for text, style in self._runs(piece):
                segments.append(Segment(text.replace(UNDRAWN, ""), style))
            at = piece.x + sum(widths(piece.text))
        return Strip(segments)

    def _is_marked(self, piece: Piece) -> bool:
        """Whether a mark begins in this line of the text."""
        if not self.lit.noted or piece.paragraph < 0 or piece.kind in ENGLISH:
            return False
        at = bisect_left(self.lit.noted, (piece.paragraph, piece.start, -1))
        if at == len(self.lit.noted) or self.lit.noted[at].paragraph != piece.paragraph:
            return False
        begins, whole = self.lit.noted[at].start, len(self.edition.text(piece.paragraph, self.reading))
        return begins < piece.end or piece.end >= whole

    def _runs(self, piece: Piece) -> list[tuple[str, Style]]:
        """The piece's text in runs of one style: what it is, then hit, then the present hit, then selection."""
        layers = [(0, len(piece.text), self.STYLES.get(piece.kind, ""))]
        if piece.paragraph >= 0:
            in_english = piece.kind in ("english", "heading_en")
            hits = self.lit.english_hits if in_english else self.lit.hits
            current = self.lit.english_current if in_english else self.lit.current
            first = bisect_left(hits, (piece.paragraph, -1, -1))
            spans: list[tuple[Span, str]] = []
            if not in_english and self.lit.noted:
                last = bisect_left(self.lit.noted, (piece.paragraph + 1, -1, -1))
                at = bisect_left(self.lit.noted, (piece.paragraph, -1, -1))
                spans += [(span, "body--noted") for span in self.lit.noted[at:last]]
            if not in_english:
                at = bisect_left(self.lit.emended, ((piece.paragraph, -1, -1), ""))
                while at < len(self.lit.emended) and self.lit.emended[at][0].paragraph == piece.paragraph:
                    span, certainty = self.lit.emended[at]
                    spans.append((span, f"body--{certainty}"))
                    at += 1
            while first < len(hits) and hits[first].paragraph == piece.paragraph:
                spans.append((hits[first], "body--hit"))
                first += 1
            if current is not None:
                spans.append((current, "body--current"))
            if self.selection is not None and self.selection[2] == in_english:
                spans += [(s, "body--selection") for s in self._selected_spans(piece.paragraph)]
            if self.caret is not None and self.caret.english == in_english:
                spans.append((self.caret_span(), "body--caret"))
            for span, name in spans:
                if span.paragraph == piece.paragraph:
                    a, b = max(span.start - piece.start, 0), min(span.end - piece.start, len(piece.text))
                    if a < b:
                        layers.append((a, b, name))
        if len(layers) == 1:
            return [(piece.text, self.look(layers[0][2]))]
        edges = sorted({edge for a, b, _ in layers for edge in (a, b)})
        runs = []
        for a, b in pairwise(edges):
            names = [name for start, end, name in layers if start <= a and b <= end]
            if names[-1] == "body--caret":
                names = names[-1:]  # not what is selected, turned round once more
            style = self.look(names[0])
            for name in names[1:]:
                style += self.look(name)
            runs.append((piece.text[a:b], style))
        return runs
