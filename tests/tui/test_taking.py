"""Selecting with the keys, copying with an address, and where nothing takes what is copied."""

from __future__ import annotations

import base64

import pytest

from lishu_tui.edition import Span
from lishu_tui.edition.quoting import digest, parse_quotation
from lishu_tui.edition.sentences import sentences
from lishu_tui.tui import clipboard
from tests.screens import notices, press, screen_text
from tests.shelves import made


@pytest.fixture
def copied(monkeypatch):
    """What is sent to the clipboard."""
    found = []

    def copy(app, text):
        found.append(text)
        return "copied with a tool"

    monkeypatch.setattr(clipboard, "copy", copy)
    return found


def selected(pilot):
    return pilot.app.reader.body.selected_text()


def foot(pilot):
    return screen_text(pilot.app)[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("疫情就是命令。防控就是責任！", ["疫情就是命令。", "防控就是責任！"]),
        ("他說：“我們守的是家。”又走了", ["他說：“我們守的是家。”", "又走了"]),
        ("等了又等……終於來了。", ["等了又等……終於來了。"]),
        ("Mr. Wang paid 3.5 yuan. He left.", ["Mr. Wang paid 3.5 yuan.", "He left."]),
        ("　　一句。　二句。", ["一句。", "二句。"]),
        ("", []),
    ],
)
def test_sentences_end_where_their_marks_say(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


# ── selecting ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_cursor_at_the_first_character_shown_and_keys_that_move_it(reader, edition):
    async with reader() as pilot:
        await press(pilot, "1", "}", "v")
        body = pilot.app.reader.body
        paragraph, character, _ = body.page.place_of(body.top)
        text = edition.text(paragraph)
        assert selected(pilot) == text[character]
        assert "selecting · 1 character" in foot(pilot)
        assert "Esc let go" in foot(pilot)
        await press(pilot, "l", "right")
        assert selected(pilot) == text[:3]
        assert "selecting · 3 characters" in foot(pilot)
        await press(pilot, "h")
        assert selected(pilot) == text[:2]
        await press(pilot, "w")
        assert selected(pilot) == "疫情就是命令"
        await press(pilot, "w")
        assert selected(pilot) == "疫情就是命令，防控就是責任"
        await press(pilot, "b")
        assert selected(pilot) == "疫情就是命令，防"
        await press(pilot, "end")
        line = body.page.lines[body.page.line_of(paragraph, 0)][0]
        assert selected(pilot) == line.text
        await press(pilot, "j")
        below = body.page.lines[body.page.line_of(paragraph, 0) + 1][0]
        assert selected(pilot) == text[: below.start + len(below.text)]
        await press(pilot, "k", "0")
        assert selected(pilot) == text[0]
        await press(pilot, "escape")
        assert body.caret is None
        assert body.selection is None
        assert "selecting" not in foot(pilot)


async def test_it_goes_on_over_paragraphs_and_the_text_scrolls_along(reader, edition):
    async with reader(size=(60, 20)) as pilot:
        await press(pilot, "1", "}", "v", "}")
        body = pilot.app.reader.body
        first = body.caret.anchor.paragraph
        assert selected(pilot) == edition.text(first)
        await press(pilot, "l")
        assert selected(pilot) == edition.text(first) + "\n" + edition.text(first + 1)[0]
        top = body.top
        await press(pilot, *["j"] * 12)
        assert body.top > top
        y = body.page.line_of(*body.caret.head)
        assert body.top < y < body.top + body.size.height
        await press(pilot, "G")
        assert body.caret.head.paragraph == len(edition.paragraphs) - 1
        assert selected(pilot).endswith(edition.text(len(edition.paragraphs) - 1))
        await press(pilot, "g")
        assert body.caret.head == (0, 0)
        assert selected(pilot) == "\n".join(edition.text(n) for n in range(first)) + "\n" + edition.text(first)[0]
        await press(pilot, "o")
        assert body.caret.head.paragraph == first


async def test_back_over_the_beginning_turns_it_round_and_up_keeps_the_column(reader, edition):
    async with reader() as pilot:
        await press(pilot, "1", "}", "v", "j", "l", "l", "l")
        body = pilot.app.reader.body
        head = body.caret.head
        await press(pilot, "k", "k", "k", "j", "j", "j")
        assert body.caret.head == head
        await press(pilot, *["h"] * 3, "v")
        await press(pilot, "v", "{", "{")
        assert body.caret.anchor > body.caret.head
        assert selected(pilot).startswith(edition.text(body.caret.head.paragraph))


async def test_v_keeps_what_is_selected_and_v_again_goes_on_from_it(reader):
    async with reader() as pilot:
        await press(pilot, "1", "}", "v", "w", "v")
        assert pilot.app.reader.body.caret is None
        assert selected(pilot) == "疫情就是命令"
        await press(pilot, "v", "w")
        assert selected(pilot) == "疫情就是命令，防控就是責任"
        await press(pilot, "escape")
        assert selected(pilot) == ""


async def test_keys_of_the_reader_wait_and_the_mouse_takes_over(reader):
    async with reader() as pilot:
        await press(pilot, "v", "t", "e", "s", "a", "n", "slash", "1")
        assert pilot.app.screen is pilot.app.reader
        assert pilot.app.reader.body.reading == "restored"
        assert not pilot.app.reader.search_open
        from lishu_tui.tui.widgets.body import Body

        await pilot.click(Body, offset=(30, 10))
        assert pilot.app.reader.body.caret is None
        await press(pilot, "t")
        assert pilot.app.reader.body.reading == "simplified"


async def test_from_the_present_hit_and_in_the_english_by_words(reader, edition):
    async with reader() as pilot:
        await press(pilot, "slash", *"防控", "enter", "n", "v")
        assert selected(pilot) == "防"
        await press(pilot, "escape", "escape", "slash", *"checkpoints", "enter", "v")
        assert selected(pilot) == "C"
        await press(pilot, "w")
        assert selected(pilot).lower() == "checkpoints"


async def test_a_mark_without_width_goes_with_its_character(reader):
    of = made("甲", paragraphs=["e\u0301tude 一二三", "", "末。"])
    async with reader(of=of) as pilot:
        at = next(n for n in range(len(of.paragraphs)) if "tude" in of.text(n))
        from lishu_tui.tui.widgets.selecting import Point

        body = pilot.app.reader.body
        body.begin_selecting(Point(at, 0))
        assert selected(pilot) == of.text(at)[:2]
        await press(pilot, "l")
        assert selected(pilot) == of.text(at)[:3]
        await press(pilot, "h")
        assert selected(pilot) == of.text(at)[:2]
        await press(pilot, "G")
        assert selected(pilot).endswith("末。")


# ── copying ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_sentence_at_the_top_with_title_source_address_and_digest(reader, edition, copied):
    async with reader() as pilot:
        await press(pilot, "1", "y")
        quoted = parse_quotation(copied[0])
        assert quoted.exact == "疫情就是命令，防控就是責任。"
        assert edition.source.title in copied[0]
        assert quoted.at.digest == digest(edition)[:8]
        (span,) = edition.resolve(quoted.at.address)
        assert edition.quote(span) == quoted.exact
        assert "The sentence 「疫情就是命令，防控就是責…」 with address: copied with a tool" in notices(pilot.app)


async def test_the_sentence_of_the_present_hit_and_of_the_place_once_one_has_left_it(reader, edition, copied):
    async with reader() as pilot:
        await press(pilot, "slash", *"黨員", "enter", "n", "y")
        hit = pilot.app.reader.found[pilot.app.reader.at]
        (span,) = edition.resolve(parse_quotation(copied[0]).at.address)
        assert span.paragraph == hit.span.paragraph
        assert span.start <= hit.span.start < span.end
        await press(pilot, "g", "y")
        assert "黨員" not in parse_quotation(copied[1]).exact


@pytest.mark.parametrize("reading", ["restored", "simplified", "capture"])
async def test_a_selection_over_paragraphs_in_each_reading(reader, edition, copied, reading):
    async with reader() as pilot:
        await press(pilot, *["t"] * ["restored", "simplified", "capture"].index(reading), "2", "}", "v", "}", "l", "w")
        words = selected(pilot)
        assert "\n" in words
        await press(pilot, "y")
        quoted = parse_quotation(copied[0])
        assert quoted.exact == words
        (span,) = edition.resolve(quoted.at.address)
        assert edition.carry(span, reading) == Span(span.paragraph, 0, len(edition.text(span.paragraph, reading)))
        assert pilot.app.reader.body.caret is None
        assert selected(pilot) == words


async def test_a_sentence_longer_than_the_screen(reader, copied):
    of = made("長", paragraphs=["字" * 3000 + "。", "短句。"])
    async with reader(size=(40, 10), of=of) as pilot:
        await press(pilot, "space", "space", "y")
        assert parse_quotation(copied[0]).exact.startswith("字" * 2990)


# ── how it is sent ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine without any tool or sign of a window system; `tool(name)` adds one that keeps its input."""
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()

    class Sent:
        text: str | None = None

        def copy_to_clipboard(self, text: str) -> None:
            self.text = text

        def tool(self, name: str, body: str = "/bin/cat > {out}") -> None:
            path = tmp_path / "bin" / name
            path.write_text("#!/bin/sh\n" + body.format(out=tmp_path / f"{name}.out") + "\n")
            path.chmod(0o755)

        def got(self, name: str) -> bytes:
            return (tmp_path / f"{name}.out").read_bytes()

    return Sent()


@pytest.mark.parametrize(
    ("tool", "environment"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("xclip", {"DISPLAY": ":0"}),
        ("xsel", {"DISPLAY": ":0"}),
        ("xclip", {"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "1 2 3 4"}),
        ("tmux", {"TMUX": "/tmp/tmux"}),
    ],
)
def test_the_tool_is_chosen_by_the_environment(machine, monkeypatch, tool, environment):
    machine.tool(tool)
    assert "terminal's clipboard" in clipboard.copy(machine, "甲")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = clipboard.copy(machine, "「甲」乙")
    assert tool in said
    assert machine.got(tool) == "「甲」乙".encode()


def test_windows_from_within_linux_is_given_what_it_reads(machine, monkeypatch):
    machine.tool("clip.exe")
    assert clipboard.copy(machine, "甲") == "copied with clip.exe"
    assert machine.got("clip.exe").decode("utf-16-le") == "甲"
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")  # the clipboard there is another machine's
    assert "gives no receipt" in clipboard.copy(machine, "乙")
    assert machine.text == "乙"


def test_a_tool_that_fails_or_hangs_leaves_it_to_the_next(machine, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(clipboard, "PATIENCE", 0.3)
    machine.tool("xclip", "exit 1")
    machine.tool("xsel")
    assert clipboard.copy(machine, "甲") == "copied with xsel"
    machine.tool("xclip", "exec /bin/sleep 20")
    assert "gives no receipt" in clipboard.copy(machine, "甲")


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "linux"},
        {"TERM": "screen-256color"},
        {"STY": "1.pts"},
        {"TMUX": "x"},
        {"TERM_PROGRAM": "Apple_Terminal"},
    ],
)
def test_where_neither_can_work_it_is_said_what_can(machine, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert clipboard.copy(machine, "甲") == "not copied: this terminal has no clipboard for programs; x writes a file"
    assert machine.text is None


def test_what_is_too_long_for_the_terminal_is_said_to_be(machine):
    assert clipboard.copy(machine, "甲" * 24_998).startswith("sent to")
    assert len(base64.b64encode(machine.text.encode())) <= 100_000
    assert (
        clipboard.copy(machine, "甲" * 24_999) == "not copied: too long for the terminal's clipboard; x writes a file"
    )


def test_a_text_with_half_a_character_is_sent(machine):
    clipboard.copy(machine, "甲\ud800乙")
    assert machine.text == "甲?乙"
