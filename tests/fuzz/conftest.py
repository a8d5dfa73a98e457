"""`pytest tests/fuzz --fuzz-minutes 10`: longer than the slice that the suite runs."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from tests.fuzz import running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-minutes",
        type=float,
        default=0.0,
        help="minutes in all, parted among the targets of tests/fuzz that run",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    minutes = session.config.getoption("--fuzz-minutes", default=0.0)
    targets = [item for item in session.items if "fuzz" in item.path.parts]
    running.seconds = minutes * 60 / max(len(targets), 1)
