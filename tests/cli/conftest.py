"""Two ways to run a command line: in this process for what it prints, in one of its own for how it behaves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lishu_tui.cli import output, program

Call = Callable[..., "Printed"]


class Printed(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command line in this process, stdout being no terminal."""

    def one(*args: str) -> Printed:
        code = program.run(args)
        return Printed(code, *capsys.readouterr())

    return one


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stdout, in this process, pass for a terminal 100 columns wide."""
    monkeypatch.setattr(output, "is_terminal", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "100")


def run(*args: str, env: dict[str, str | None] | None = None, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own; `env` is added to the environment, None taking a name out."""
    merged = {**os.environ, **(env or {})}
    environment = {name: value for name, value in merged.items() if value is not None}
    settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    return subprocess.run(
        [sys.executable, "-m", "lishu_tui", *args], env=environment, timeout=20, check=False, **settings
    )


@pytest.fixture(name="run")
def _run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    return run


def is_one_line(err: str | bytes) -> bool:
    """Whether stderr is one line of ours that is safe on a terminal."""
    text = err.decode() if isinstance(err, bytes) else err
    return text.startswith("lishu-tui: ") and text.count("\n") == 1 and text.endswith("\n") and text[:-1].isprintable()


@pytest.fixture(name="is_one_line")
def _is_one_line() -> Callable[[str | bytes], bool]:
    return is_one_line


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings, logs and the library of the person who runs the tests are none of their business."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LISHU_TUI_CONFIG", raising=False)
    monkeypatch.delenv("LISHU_TUI_LIBRARY", raising=False)
