"""The apparatus in the reader: rules first, then the places, each with its evidence; and emended places lit."""

from __future__ import annotations

import pytest

from lishu_tui.tui.screens.apparatus import ApparatusScreen
from tests.screens import press, screen_text, table_text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_rules_stand_first_then_places_then_glosses(reader, edition, size):
    async with reader(size=size) as pilot:
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, ApparatusScreen)
        text = table_text(pilot)
        assert text.index("Rules") < text.index("Places") < text.index("Glosses taken out")
        assert "142" in text
        view = pilot.app.screen.view
        y = screen_text(pilot.app)
        assert any(line.lstrip().startswith(">") for line in y)
        assert view.row in pilot.app.screen.cruces


async def test_every_emendation_is_reached_by_a_row(reader, edition):
    async with reader() as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        reached = sum(len(screen.result(row).spans) for row in screen.view.rows)
        assert reached == len(edition.emendations)


async def test_certainty_is_shown_by_a_sign(reader, edition):
    async with reader() as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        lines = table_text(pilot).splitlines()
        for e in screen.cruces.values():
            sign = {"certain": "=", "named": "~", "chosen": "?"}[e.certainty]
            assert any(line.startswith(sign) and e.stands in line for line in lines)


async def test_a_key_opens_the_evidence_and_closes_it(reader, edition):
    async with reader() as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        row, e = next((r, e) for r, e in screen.cruces.items() if e.certainty == "chosen")
        await press(pilot, *["j"] * screen.view.rows.index(row), "i")
        text = " ".join(table_text(pilot).split())
        assert f"bytes {e.bytes}" in text
        assert f"{e.runner_up} is the next of {e.candidates}" in text
        assert "consistent with the capture" in text
        await press(pilot, "i")
        assert f"bytes {e.bytes}" not in table_text(pilot)


async def test_enter_goes_there_in_the_text(reader, edition):
    async with reader(size=(80, 24)) as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        row, e = next((r, e) for r, e in screen.cruces.items() if e.stands == "金石")
        await press(pilot, *["j"] * screen.view.rows.index(row), "enter")
        assert pilot.app.screen is pilot.app.reader
        assert pilot.app.reader.body.lit.current == e.span


async def test_a_gloss_leads_through_all_its_places(reader, edition):
    async with reader() as pilot:
        await press(pilot, "a")
        screen = pilot.app.screen
        row = next(r for r in screen.view.rows if r not in screen.cruces)
        await press(pilot, *["j"] * screen.view.rows.index(row), "enter")
        found = pilot.app.reader.found
        assert {edition.quote(h.span) for h in found} == {"戰"}
        await press(pilot, "n")
        assert pilot.app.reader.at == 1


async def test_emended_places_are_lit_in_every_reading(reader, edition):
    async with reader() as pilot:
        await press(pilot, "4", "A")
        body = pilot.app.reader.body
        assert len(body.lit.emended) == len(edition.emendations)
        for reading in ("restored", "simplified", "capture"):
            assert body.reading == reading
            for span, certainty in body.lit.emended:
                text = edition.text(span.paragraph, reading)
                assert 0 <= span.start < span.end <= len(text)
                assert certainty in ("certain", "named", "chosen")
            await press(pilot, "t")
        await press(pilot, "A")
        assert body.lit.emended == ()
