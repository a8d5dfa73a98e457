"""Marks: made in the text, lit there, listed, changed, removed and had back, and what is typed that cannot be kept."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import Span
from lishu_tui.library.notes import Notes
from lishu_tui.library.notes.note import made as note_on
from lishu_tui.library.store import Library
from lishu_tui.tui import clipboard, marking
from lishu_tui.tui.screens.marks import MarksScreen
from tests.screens import notices, press, screen_text, until
from tests.shelves import filled, made


def kept(path):
    with Library.open(path) as library:
        return Notes(library).all()


@pytest.fixture
def notes(library, edition):
    """A library with three marks on the bundled article, and the ids of its documents."""
    ids = filled(library)
    with Library.open(library, write=True) as opened:
        held = Notes(opened)
        held.add(edition, Span(2, 0, 6), "要再看", ["核對"])
        held.add(edition, Span(5, 3, 9))
        lost = note_on(edition, Span(3, 0, 8), "這一句改了")
        held.restore(
            msgspec.structs.replace(
                lost, exact="原來有的一句話已經沒有了", prefix="這裡從前是另一番話語", suffix="後面也不同"
            )
        )
        other = opened.edition(ids[0])
        held.add(other, Span(1, 0, 5), "別處", ["早晨 雞"])
    return ids


async def listed(pilot, count):
    await press(pilot, "'")
    await until(pilot, lambda: isinstance(pilot.app.screen, MarksScreen) and len(pilot.app.screen.marks) == count)


def signs(pilot):
    return [line for line in screen_text(pilot.app) if "* " in line]


# ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_selection_with_a_note_and_tags_is_kept_and_lit(reader, edition, library):
    async with reader() as pilot:
        await press(pilot, "1", "}", "v", "w", "m")
        assert screen_text(pilot.app)[-1].startswith(" mark")
        await press(pilot, *"見 ", "number_sign", *"責任 再查")
        assert not signs(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: signs(pilot))
        (note,) = kept(library)
        assert (note.exact, note.text, note.tags) == ("疫情就是命令", "見 再查", ("責任",))
        assert note.address == "lishu/strict-readiness/1:0-6"
        assert "Marked: 「疫情就是命令」" in notices(pilot.app)
        body = pilot.app.reader.body
        assert body.selection is None
        assert body.lit.noted == (Span(next(edition.resolve(note.anchor.address)).paragraph, 0, 6),)
        (line,) = signs(pilot)
        assert "* 疫情就是命令" in line
        await press(pilot, "j")
        assert pilot.app.screen is pilot.app.reader


async def test_without_a_selection_the_sentence_is_marked_and_shown_meanwhile(reader, library):
    async with reader() as pilot:
        await press(pilot, "1", "m")
        assert pilot.app.reader.body.selected_text() == "疫情就是命令，防控就是責任。"
        await press(pilot, "escape")
        assert pilot.app.reader.body.selection is None
        assert not library.exists()
        await press(pilot, "m", "enter")
        await until(pilot, lambda: signs(pilot))
        assert [(n.exact, n.text, n.tags) for n in kept(library)] == [("疫情就是命令，防控就是責任。", "", ())]


async def test_over_paragraphs_and_in_the_other_readings(reader, edition, library):
    async with reader() as pilot:
        await press(pilot, "t", "2", "}", "v", "}", "l", "w", "m", "enter")
        await until(pilot, lambda: signs(pilot))
        (note,) = kept(library)
        first, second = note.exact.split("\n")
        at = next(edition.resolve(note.anchor.address)).paragraph
        assert first == edition.text(at)
        assert edition.text(at + 1).startswith(second)
        assert len(signs(pilot)) == 2


async def test_what_cannot_be_kept_stays_in_the_line(reader, library):
    library.write_bytes(b"no library at all" * 100)
    async with reader() as pilot:
        await press(pilot, "m", *"想說的話", "enter")
        await until(pilot, lambda: "Not kept" in notices(pilot.app))
        assert "想說的話" in screen_text(pilot.app)[-1]
        library.unlink()
        await press(pilot, "enter")
        await until(pilot, lambda: signs(pilot))
        assert kept(library)[0].text == "想說的話"


async def test_all_that_is_typed_ahead_is_in_the_note(reader, library):
    async with reader() as pilot:
        await pilot.press("m", *"q/[?s0", "enter", "j")
        await until(pilot, lambda: signs(pilot))
        assert kept(library)[0].text == "q/[?s0"


async def test_the_search_line_and_the_line_for_notes_are_two(reader, library):
    async with reader() as pilot:
        await press(pilot, "m", "甲", "escape", "slash", *"防控", "enter")
        assert pilot.app.reader.found
        await press(pilot, "m", "乙", "enter")
        await until(pilot, lambda: library.exists() and kept(library))
        assert "防控" in kept(library)[0].exact


@given(st.text("# ＃ab漢　\t", max_size=12))
def test_what_is_typed_is_a_note_and_tags(typed):
    text, tags = marking.parse(typed)
    assert text == text.strip()
    assert all(tag and "#" not in tag and "＃" not in tag for tag in tags)
    assert len(set(tags)) == len(tags)


def test_a_note_is_typed_as_it_was():
    note = note_on(made("甲"), Span(0, 0, 1), "一\n二 C#", ["甲 乙", "丙"])
    assert marking.parse(marking.typed(note)) == ("一 二 C#", ("甲 乙", "丙"))
    assert marking.parse("＃甲 乙") == ("乙", ("甲",))


# ── the light in the margin ─────────────────────────────────────────────────────────────────────────────────────────


async def test_marks_are_lit_once_the_text_is_there_in_every_reading(reader, edition, notes):
    async with reader() as pilot:
        await until(pilot, lambda: pilot.app.reader.marks)
        assert len(pilot.app.reader.marks) == 3
        body = pilot.app.reader.body
        assert body.lit.noted == (Span(2, 0, 6), Span(5, 3, 9))
        assert signs(pilot)
        await press(pilot, "t", "t")
        assert body.lit.noted == tuple(edition.carry(s, "capture") for s in (Span(2, 0, 6), Span(5, 3, 9)))
        await press(pilot, "slash", *"防控", "enter")
        assert len(body.lit.noted) == 2


async def test_without_a_library_nothing_of_it_is_asked(reader, monkeypatch):
    monkeypatch.setattr(marking, "read", lambda *given: pytest.fail("asked"))
    async with reader() as pilot:
        await pilot.pause(0.4)
        assert not pilot.app.reader.marks


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_the_marks_of_a_document_with_their_notes(reader, edition, notes, size):
    async with reader(size=size) as pilot:
        await listed(pilot, 3)
        lines = screen_text(pilot.app)
        assert "3 marks" in lines[1]
        assert any(edition.text(2)[:6] in line and "要再看" in line for line in lines)
        assert any("#核對" in line for line in lines)
        assert any("lost" in line for line in lines)
        await press(pilot, "G")
        lines = screen_text(pilot.app)
        assert "The text does not have these words" in " ".join(" ".join(lines).split())
        assert "lost: lishu/" in lines[-1]


async def test_enter_goes_there_and_a_lost_one_says_so(reader, notes, edition):
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "j", "enter")
        assert pilot.app.screen is pilot.app.reader
        assert pilot.app.reader.found[0].span == Span(5, 3, 9)
        await press(pilot, "ctrl+o", "left_single_quotation_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, MarksScreen) and pilot.app.screen.marks)
        await press(pilot, "G", "enter")
        assert isinstance(pilot.app.screen, MarksScreen)
        assert "does not have these words any more" in notices(pilot.app)


async def test_those_of_all_documents_and_into_another(reader, notes):
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "v")
        await until(pilot, lambda: len(pilot.app.screen.marks) == 4)
        assert any("鄉下的早晨" in line for line in screen_text(pilot.app))
        await press(pilot, "G", "enter")
        await until(pilot, lambda: pilot.app.edition.id == notes[0])
        assert pilot.app.reader.found[0].span == Span(1, 0, 5)
        await until(pilot, lambda: pilot.app.reader.marks)
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: pilot.app.edition.id == "lishu")


async def test_a_filter_as_one_types_blind_to_script_and_by_tag(reader, notes):
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "slash", *"核对")
        assert len(pilot.app.screen.lines) == 1
        await press(pilot, "enter", "escape")
        assert len(pilot.app.screen.lines) == 3
        await press(pilot, "slash", "number_sign", "看")
        assert len(pilot.app.screen.lines) == 0
        assert any("No mark has all of that" in line for line in screen_text(pilot.app))
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is pilot.app.reader


async def test_a_note_is_changed_and_a_mark_removed_and_had_back(reader, notes, library):
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "e")
        assert "要再看 #核對" in screen_text(pilot.app)[-1]
        await press(pilot, "end", *" 完了", "enter")
        await until(pilot, lambda: any(n.text == "要再看 完了" for n in kept(library)))
        await press(pilot, "d")
        await until(pilot, lambda: len(kept(library)) == 3)
        assert "u has it back" in notices(pilot.app)
        await press(pilot, "u")
        await until(pilot, lambda: len(kept(library)) == 4)
        await until(pilot, lambda: len(pilot.app.screen.marks) == 3)
        await press(pilot, "u")
        assert "Nothing was removed" in notices(pilot.app)


async def test_what_was_changed_and_cannot_be_kept_stays_in_the_line(reader, notes, library, monkeypatch):
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "e", "end", "甲")
        library.chmod(0o400)
        monkeypatch.setattr(marking, "change", lambda do: do(None))
        await press(pilot, "enter")
        await until(pilot, lambda: "Not kept" in notices(pilot.app))
        assert "#核對甲" in screen_text(pilot.app)[-1]
        await press(pilot, "escape")
        assert pilot.app.screen.line is None


async def test_y_copies_the_words_with_their_address(reader, notes, monkeypatch):
    sent = []
    monkeypatch.setattr(clipboard, "copy", lambda app, text: sent.append(text) or "copied")
    async with reader() as pilot:
        await listed(pilot, 3)
        await press(pilot, "y", "v")
        await until(pilot, lambda: len(pilot.app.screen.marks) == 4)
        await press(pilot, "G", "y")
    assert "lishu/" in sent[0]
    assert sent[0].startswith("「")
    assert f"{notes[0]}/" in sent[1]


async def test_an_empty_list_says_what_to_do(reader, library):
    async with reader() as pilot:
        await press(pilot, "'")
        await until(pilot, lambda: any("No mark in this document yet: m" in line for line in screen_text(pilot.app)))
        await press(pilot, "v", "j", "d", "y", "e", "enter", "q")
        assert pilot.app.screen is pilot.app.reader
