"""Cases as data: sentences of our own, damaged by the forward model, and texts that must not change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lishu_tui.restore import apply, restore, unapply
from lishu_tui.restore.damage import alike

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases(name: str) -> Iterator[list[str]]:
    for line in (CASES / f"restore-{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.replace("\\n", "\n").split("\t")


def check(capture: str, expected: str) -> None:
    done = restore(capture)
    assert alike(done.text) == alike(expected)
    assert done.damaged
    assert done.consistent
    assert apply(capture, done.emendations, done.rules) == done.text
    assert unapply(done.text, done.emendations, done.rules) == capture


@pytest.mark.parametrize(("capture", "expected"), cases("glossed"))
def test_readings_are_taken_out(capture: str, expected: str) -> None:
    check(capture, expected)


@pytest.mark.parametrize(("capture", "expected"), cases("shifted"))
def test_stretches_read_one_byte_late_are_put_right(capture: str, expected: str) -> None:
    check(capture, expected)


@pytest.mark.xfail(strict=True, reason="not reached yet: move the case when it passes")
@pytest.mark.parametrize(("capture", "expected"), cases("known-failures"))
def test_what_is_not_reached(capture: str, expected: str) -> None:
    check(capture, expected)


@pytest.mark.parametrize("text", [row[0] for row in cases("negative")])
def test_what_is_not_damaged_is_not_touched(text: str) -> None:
    done = restore(text)
    assert done.text == text
    assert not done.damaged
    assert done.emendations == ()
    assert done.rules == ()
