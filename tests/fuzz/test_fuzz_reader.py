"""The reader driven by random keys, sizes, readings, searches, selections and documents, beside a simple model."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lishu_tui.edition import Edition, load_edition
from lishu_tui.edition.quoting import parse_quotation
from lishu_tui.search import compile, find
from lishu_tui.tui.commands import COMMANDS
from lishu_tui.tui.screens.reader import CYCLE
from tests.fuzz.running import walk
from tests.fuzz.session import Session, own_folders
from tests.fuzz.strategies import SCRAPS
from tests.library.kept import GLOSSED
from tests.shelves import filled, made

BUNDLED = load_edition()
LEAVING = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
KEYS = sorted({key for command in COMMANDS for key in command.keys} - LEAVING)
MOVING = (
    "j",
    "k",
    "space",
    "b",
    "ctrl+d",
    "ctrl+u",
    "}",
    "{",
    "]",
    "[",
    "g",
    "G",
    *"0123456",
    "down",
    "up",
    "end",
    "home",
)
SELECTING = (
    "l",
    "h",
    "right",
    "left",
    "w",
    "b",
    "j",
    "k",
    "}",
    "{",
    "0",
    "$",
    "g",
    "G",
    "o",
    "ctrl+d",
    "ctrl+u",
    "pagedown",
    "pageup",
)
SIZES = st.tuples(st.integers(1, 200), st.integers(1, 60)) | st.sampled_from(
    ((80, 24), (120, 36), (200, 60), (40, 10), (39, 9), (1, 1))
)
QUERIES = (
    "防控", "志愿者", "志願者", "9980", "zhanzheng", "lishu", "the", "war", "，", "。", "春天", "x",
    "不在其中", " ", "\u0301", "[/b]",
    "農民", "第", "的", "a", "戰", "20",
)  # fmt: skip


def hostile() -> Edition:
    lines = [
        "".join(SCRAPS[at : at + 40]).replace("\n", "").replace("\r", "") or "x" for at in range(0, len(SCRAPS), 40)
    ]
    lines += [
        "，。”" * 200,
        "x" * 500,
        "\u0301" * 300,
        "字\u0301" * 100,
        "👩\u200d👩\ufe0f" * 40,
        "   　 字",
        "\u200b" * 50 + "字",
        "（“" * 90,
    ]
    return made("怪[/b]\x1b]0;x\x07", "2020", "x" * 300, lines)


def shelf() -> dict[str, Edition]:
    """What is in the library of the walk, by its kind: small, hostile, damaged, large."""
    large = [
        f"第{n}段，春天來了，農民們都到地里去干活，學校里的孩子們也在種樹。{'好' * (n * 37 % 400)}" for n in range(1100)
    ]
    return {
        "small": made("一", paragraphs=["x"]),
        "hostile": hostile(),
        "damaged": made("菜市場", paragraphs=[GLOSSED] * 12),
        "latin": made("Alpha", paragraphs=["Latin words only, the war of the words. " * 20] * 9),
        "large": made("長", paragraphs=large),
    }


class Reading(RuleBasedStateMachine):
    """What the model knows: the document, the way back, the reading, what was searched for, and the hit one is at."""

    ids: ClassVar[dict[str, str]] = {}
    session: Session | None = None

    @initialize(size=SIZES)
    def opened(self, size: tuple[int, int]) -> None:
        self.session = Session(BUNDLED, size)
        self.size = size
        self.forget()

    def forget(self) -> None:
        """Take what the model knows from the program: after what it does not follow."""
        assert self.session is not None
        reader = self.session.reader
        self.document = self.session.app.edition.id
        self.reading = self.session.body.reading
        self.query, self.hits, self.at = reader.found_what, list(reader.found), reader.at

    def teardown(self) -> None:
        if self.session is not None:
            self.session.close()

    @property
    def now(self) -> Session:
        assert self.session is not None
        return self.session

    def in_text(self) -> bool:
        return self.session is not None and self.session.in_text and not self.session.reader.contents_focused

    @property
    def wide(self) -> bool:
        return self.size[0] >= 40 and self.size[1] >= 10

    # ── what is done ────────────────────────────────────────────────────────────────────────────────────────────────

    @precondition(in_text)
    @rule(keys=st.lists(st.sampled_from(MOVING), min_size=1, max_size=4))
    def move(self, keys: list[str]) -> None:
        self.now.press(*keys)
        if keys[-1] in ("g", "home"):
            assert self.now.body.top == 0
        if keys[-1] in ("G", "end"):
            assert self.now.body.top == self.now.body.max_scroll_y

    @rule(size=SIZES)
    def resize(self, size: tuple[int, int]) -> None:
        before = self.now.body.kept
        self.now.resize(*size)
        self.size = size
        if not self.now.reader.selecting:
            assert self.now.body.kept == before

    @precondition(in_text)
    @rule(times=st.integers(1, 3))
    def another_reading(self, times: int) -> None:
        body = self.now.body
        body.remember()
        before = body.kept
        self.now.press(*["t"] * times)
        self.reading = CYCLE[(CYCLE.index(self.reading) + times) % 3]
        assert body.selection is None
        assert body.kept[0] == before[0] or body.at_top
        if times == 3:
            assert body.kept == before

    @precondition(in_text)
    @rule(key=st.sampled_from(("e", "+", "-", "z", "E")))
    def another_look(self, key: str) -> None:
        self.now.press(key)

    @precondition(in_text)
    @rule(query=st.sampled_from(QUERIES), accept=st.booleans())
    def search(self, query: str, accept: bool) -> None:
        reader = self.now.reader
        self.now.body.remember()
        origin = self.now.body.kept
        self.now.press("/")
        if query.isascii() and query.isalnum():
            self.now.press(*query)
        else:
            self.now.paste(query)
        edition = self.now.app.edition
        if accept:
            self.now.press("enter")
            self.query, self.hits = query.strip(), find(edition, query.strip()) if query.strip() else []
            self.until_found()
            assert list(reader.found) == self.hits
            assert reader.found_what == self.query
            self.at = reader.at
            assert (self.at >= 0) == bool(self.hits)
        else:
            self.now.press("escape")
            self.query, self.hits, self.at = "", [], -1
            assert self.now.body.kept == origin or self.now.body.at_top

    def until_found(self) -> None:
        self.now.until(lambda: self.now.reader.sweep is None)

    @precondition(lambda self: self.in_text() and self.hits)
    @rule(keys=st.lists(st.sampled_from("nN"), min_size=1, max_size=4))
    def go_on(self, keys: list[str]) -> None:
        for key in keys:
            self.now.press(key)
            # From where one is at no hit, the first is the nearest, whichever way one goes.
            self.at = (self.at + (1 if key == "n" else -1)) % len(self.hits) if self.at >= 0 else self.now.reader.at
        assert self.now.reader.at == self.at
        hit, body = self.hits[self.at], self.now.body
        english = hit.reading == "english"
        if self.wide and not (english and body.page.english == "off"):
            span = hit.span if english else body.shown(hit.span)
            y = body.page.line_of(span.paragraph, span.start, english=english)
            assert body.top <= y < body.top + body.scrollable_content_region.height

    @precondition(in_text)
    @rule(keys=st.lists(st.sampled_from(SELECTING), max_size=8), copy=st.booleans())
    def select(self, keys: list[str], copy: bool) -> None:
        self.now.press("v")
        for key in keys:
            self.now.press(key)
            self.now.check()
        selected, body = self.now.body.selected_text(), self.now.body
        if not copy or body.selection is None:
            self.now.press("escape")
            assert not self.now.reader.selecting
            return
        english = body.selection[2]
        self.now.app._clipboard = ""
        self.now.press("y")
        if selected.strip() and self.now.app._clipboard:
            copied = self.now.app._clipboard
            assert copied.startswith("「")
            if body.reading == "restored" and not english and selected.count("「") == selected.count("」"):
                parsed = parse_quotation(copied)
                assert parsed.at is not None
                words = "\n".join(line for line in selected.encode("utf-8", "replace").decode().split("\n") if line)
                assert parsed.exact == words

    @precondition(lambda self: self.in_text() and self.wide)
    @rule(
        start=st.tuples(st.integers(0, 199), st.integers(0, 59)),
        end=st.tuples(st.integers(-9, 209), st.integers(-2, 62)),
    )
    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        body = self.now.body
        size = body.content_region.size
        self.now.drag((start[0] % size.width, start[1] % size.height), end)

    @precondition(in_text)
    @rule(name=st.sampled_from(("lishu", "small", "hostile", "damaged", "latin", "large")))
    def open(self, name: str) -> None:
        id = self.ids.get(name, name)
        if id != self.document:
            before = self.now.reader.present_place()
            self.now.open(id)
            assert self.now.app.visits[-1].place == before
            self.forget()
            self.document = id

    @precondition(lambda self: self.in_text() and self.now.app.visits)
    @rule()
    def way_back(self) -> None:
        visit = self.now.app.visits[-1]
        while self.now.reader.jumps:
            self.now.press("ctrl+o")
        self.now.press("ctrl+o")
        self.now.until_open(visit.id)
        assert self.now.body.kept == (visit.place.paragraph, visit.place.character) or self.now.body.at_top
        self.forget()

    @precondition(in_text)
    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=10))
    def storm(self, keys: list[str]) -> None:
        """Any keys at all; then back to the text."""
        for key in keys:
            self.now.press(key)
            self.now.check()
        self.now.back_to_the_text()
        self.now.until(lambda: not self.now.app.opening and self.now.reader.sweep is None)
        self.forget()

    # ── what must be so ─────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def sound(self) -> None:
        if self.session is None:
            return
        self.now.check()
        assert self.now.app.edition.id == self.document
        assert self.now.body.reading == self.reading
        if self.now.in_text:
            assert self.now.reader.found_what == self.query
            assert self.now.reader.at == self.at
            assert list(self.now.reader.found) == self.hits


def test_whatever_is_done_the_reader_is_where_it_should_be() -> None:
    with TemporaryDirectory() as folder, own_folders(Path(folder)):
        editions = shelf()
        Reading.ids = dict(zip(editions, filled(Path("library.db").resolve(), editions.values()), strict=True))
        walk(Reading, examples=5, steps=10)
    assert compile("").needle == ""
