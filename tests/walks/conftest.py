"""Walks through the program in a real pty, as a person takes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import PROGRAM, Terminal

Opener = Callable[..., AbstractContextManager[Terminal]]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """`with opened(80, 24, "lishu/closing") as terminal`: the program in a terminal, its folders the test's own."""

    def open_(columns: int = 120, rows: int = 36, *words: str, **given: Any) -> AbstractContextManager[Terminal]:
        return Terminal([*PROGRAM, *words], columns, rows, home=tmp_path, **given)

    return open_
