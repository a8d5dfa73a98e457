"""The reader under test: the bundled edition, settings and state in a folder of the test's own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual.pilot import Pilot

from lishu_tui.edition import Edition, load_edition
from lishu_tui.tui.app import LishuApp

Opener = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition()


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("NO_COLOR", "LISHU_TUI_CONFIG", "LISHU_TUI_LIBRARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def reader(edition: Edition) -> Opener:
    """`async with reader(size=(120, 36)) as pilot`: the reader, drawn once."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 36), of: Edition | None = None, **given: Any
    ) -> AsyncIterator[Pilot[int]]:
        app = LishuApp(of or edition, **given)
        messages: list[object] = []
        app.seen = messages  # type: ignore[attr-defined]
        async with app.run_test(size=size, notifications=True, message_hook=messages.append) as pilot:
            await pilot.pause()
            await pilot.pause()
            yield pilot
            assert app.fault is None, app.fault

    return opened


@pytest.fixture
def library(tmp_path, monkeypatch):
    """The path of a library of the test's own, to be filled."""
    path = tmp_path / "library.db"
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(path))
    return path
