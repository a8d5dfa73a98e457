"""What reads a text or a word, given any: what it finds stands there, and nothing but one line is ever raised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import strategies as st

from lishu_tui.edition import Address, LishuError, Span, load_edition, visible
from lishu_tui.edition.quoting import Pinned, parse_quotation, quotation
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.figures.marks import quotations
from lishu_tui.figures.names import find_names
from lishu_tui.figures.numerals import read_number
from lishu_tui.figures.quantities import find_quantities
from lishu_tui.figures.speech import find_speech
from lishu_tui.restore import apply, restore, unapply
from lishu_tui.restore.hurts import mend
from lishu_tui.search import compile, find
from lishu_tui.search.compact import compact
from lishu_tui.settings import Config, Place, State, load_config, load_state, save_state
from lishu_tui.tui.keys import remapped
from lishu_tui.typeset import break_lines, cells, clip, widths
from tests.fuzz.running import fuzz
from tests.fuzz.strategies import ARTICLE, CAPTURE, hurt, texts
from tests.shelves import made

EDITION = load_edition()


def one_line(error: LishuError) -> None:
    assert len(str(error).splitlines()) == 1
    assert not UNSAFE.search(str(error))
    assert error.exit_code in (2, 74)


# ── restoration ─────────────────────────────────────────────────────────────────────────────────────────────────────


def replays(text: str) -> None:
    done = restore(text)
    assert apply(text, done.emendations, done.rules) == done.text
    assert unapply(done.text, done.emendations, done.rules) == text
    assert done.damaged or done.text == text
    at = 0
    for e in done.emendations:
        assert at <= e.start <= e.end <= len(text)
        assert text[e.start : e.end] == e.stood
        assert done.text[e.restored_start : e.restored_end] == e.stands
        at = e.end
    for u in done.uncured:
        assert text[u.start : u.end] == u.stood


@fuzz(texts(), examples=60)
def test_any_text_replays_both_ways(text: str) -> None:
    replays(text)


@fuzz(
    st.tuples(st.integers(0, len(CAPTURE) - 1), st.integers(50, 600), texts(4), st.integers(0, 600)),
    examples=15,
)
def test_what_is_damaged_and_hurt_again_replays_both_ways(case: tuple[int, int, str, int]) -> None:
    at, size, put, where = case
    text = CAPTURE[at : at + size]
    replays(text[:where] + put + text[where:])


@fuzz(texts(), examples=100)
def test_any_mending_is_taken_back(text: str) -> None:
    mended, steps = mend(text)
    for step in reversed(steps):
        mended = unapply(mended, step.emendations)
    assert mended == text


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@fuzz(texts(), examples=100)
def test_every_figure_stands_where_it_is_said_to(text: str) -> None:
    at = 0
    for q in find_quantities(text):
        assert at <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.quote
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.counted is None or q.counted
        at = q.end
    read_number(text[:20])


@fuzz(st.lists(texts(10), max_size=4), examples=60)
def test_all_that_is_said_stands_where_it_is_said_to(paragraphs: list[str]) -> None:
    last = None
    for s in find_speech(paragraphs):
        assert paragraphs[s.span.paragraph][s.span.start : s.span.end] == s.quote != ""
        assert last is None or last < s.span
        last = s.span
        if s.said_at is not None:
            assert 0 <= s.said_at.start < s.said_at.end <= len(paragraphs[s.said_at.paragraph])
    for q in quotations(paragraphs):
        assert 0 <= q.first <= q.start < q.end <= q.last <= len(paragraphs[q.paragraph])


@fuzz(st.lists(texts(10), max_size=4), examples=60)
def test_every_name_stands_where_it_is_said_to(paragraphs: list[str]) -> None:
    for name in find_names(paragraphs):
        assert name.name
        assert name.places == tuple(sorted(set(name.places)))
        for number, start, end in name.places:
            assert 0 <= start < end <= len(paragraphs[number])


# ── addresses and quotations ────────────────────────────────────────────────────────────────────────────────────────

SLUG = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,12}\Z")
PLACE = st.tuples(st.integers(0, 999_999), st.integers(0, 9_999_999), st.integers(0, 9_999_999))


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    paragraph, a, b = draw(PLACE)
    parts = draw(st.integers(1, 4))
    start, end = sorted((a, b))
    whole = (draw(SLUG), draw(SLUG), paragraph, start, end)
    return Address(*whole[: parts if parts < 4 else 5])


@fuzz(addresses(), st.text("0123456789abcdef", min_size=8, max_size=64), examples=100)
def test_an_address_is_read_back(address: Address, digest: str) -> None:
    assert Address.parse(str(address)) == address
    assert Pinned.parse(str(Pinned(address, digest))) == Pinned(address, digest)
    try:
        for span in EDITION.resolve(address._replace(document="lishu")):
            assert 0 <= span.start <= span.end <= len(EDITION.text(span.paragraph))
    except LishuError as error:
        one_line(error)


@fuzz(
    addresses()
    .map(str)
    .flatmap(lambda text: hurt(st.just(text.encode())))
    .map(lambda b: b.decode("utf-8", "surrogateescape"))
    | texts(3),
    examples=200,
)
def test_anything_else_is_one_line(text: str) -> None:
    for parse in (Address.parse, Pinned.parse):
        try:
            found = parse(text)
        except LishuError as error:
            one_line(error)
        else:
            assert parse(str(found)) == found
    try:
        assert parse_quotation(text).exact.strip()
    except LishuError as error:
        one_line(error)


@fuzz(st.lists(texts(6), min_size=1, max_size=3), texts(2), st.integers(0, 200), st.integers(0, 200), examples=60)
def test_what_is_quoted_is_read_back(paragraphs: list[str], title: str, a: int, b: int) -> None:
    try:
        edition = made(title, paragraphs=[p for p in ("".join(p.split("\n")) for p in paragraphs) if p.strip()])
    except LishuError as error:
        one_line(error)
        return
    text = edition.text(0)
    start, end = sorted((a % (len(text) + 1), b % (len(text) + 1)))
    if not text[start:end].strip() or text[start:end].count("「") != text[start:end].count("」"):
        return
    found = parse_quotation(quotation(edition, Span(0, start, end)))
    assert found.at is not None
    assert found.at.address == edition.address(Span(0, start, end))


# ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@fuzz(texts(3), texts(), examples=150)
def test_any_query_finds_places_of_any_text(query: str, text: str) -> None:
    wanted = compile(query)
    at = 0
    for start, end in wanted.finditer(text):
        assert at <= start < end <= len(text)
        at = end
    held = compact(text)
    assert len(held.folded) <= len(held.raw) or held.folded is not None


@fuzz(
    texts(2)
    | st.tuples(st.integers(0, len(ARTICLE) - 1), st.integers(1, 9)).map(lambda at: ARTICLE[at[0] : at[0] + at[1]]),
    examples=60,
)
def test_any_query_of_the_article(query: str) -> None:
    hits = find(EDITION, query)
    wanted = compile(query)
    for hit in hits:
        assert hit.words(EDITION)
        assert hit.kind != "text" or wanted.needle in compact(hit.words(EDITION)).folded
    assert hits == find(EDITION, wanted)
    if "\n" not in query and query in ARTICLE and wanted.needle:
        assert hits


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@fuzz(texts(), st.integers(1, 100), examples=150)
def test_any_text_is_laid_in_lines(text: str, measure: int) -> None:
    lines = break_lines(text, measure)
    assert "".join(text[a:b] for a, b in lines) == text
    assert all(a < b for a, b in lines) or not text
    safe = visible(text)
    assert len(safe) == len(text)
    assert visible(safe) == safe
    assert not UNSAFE.search(safe)
    assert len(widths(text)) == len(text)
    for keep in ("start", "end"):
        assert cells(clip(safe, measure, keep=keep)) <= measure


# ── what a person has on his disk ───────────────────────────────────────────────────────────────────────────────────

CONFIG = b"""theme = "ink"
measure = 40
english = "off"
reading = "restored"
[keys]
"move.line-down" = "j,down"
"app.quit" = ["q", "ctrl+x"]
"""
STATE = msgspec.json.encode(
    State(measure=33, theme="ink", searches=("防控", "x"), places={"lishu": Place(paragraph=3, character=5)})
)


@contextmanager
def _file(data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        yield path


@fuzz(hurt(st.just(CONFIG)) | st.binary(max_size=60), examples=150)
def test_any_settings_are_taken_or_one_line(data: bytes) -> None:
    with _file(data) as path:
        try:
            config = load_config(path)
            assert isinstance(config, Config)
            keys = remapped(config, str(path))
            assert all(isinstance(key, str) for bound in keys.values() for key in bound)
        except LishuError as error:
            one_line(error)


@fuzz(hurt(st.just(STATE)) | st.binary(max_size=60), examples=150)
def test_any_state_is_taken_or_one_line(data: bytes) -> None:
    with _file(data) as path:
        try:
            state = load_state(path)
        except LishuError as error:
            one_line(error)
            return
        save_state(state, path)
        assert load_state(path) == msgspec.structs.replace(state, version=state.version)


@fuzz(st.lists(st.text(max_size=20), max_size=5), st.dictionaries(SLUG, PLACE, max_size=5), examples=60)
def test_a_state_is_read_back(searches: list[str], places: dict[str, tuple[int, int, int]]) -> None:
    state = State(
        searches=tuple(map(visible, searches)),
        places={id: Place(paragraph=a, character=b) for id, (a, b, _) in places.items()},
    )
    with _file(b"") as path:
        save_state(state, path)
        assert load_state(path) == state
