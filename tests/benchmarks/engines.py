"""Tantivy beside the library: looked for in every Python on the PATH, run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from lishu_tui.search.compact import compact

INDEX = Path(__file__).with_name("tantivy_index.py")
VERSION = "import tantivy; from importlib.metadata import version; print(version('tantivy'))"


@cache
def python_with_tantivy() -> tuple[str, str] | None:
    """A Python that has tantivy, and tantivy's version."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for python in dict.fromkeys([Path(sys.executable), *(folder / "python3" for folder in folders)]):
        if os.access(python, os.X_OK):
            run = subprocess.run([python, "-c", VERSION], capture_output=True, text=True, check=False)
            if run.returncode == 0:
                return str(python), run.stdout.strip()
    return None


def build(python: str, folder: Path, documents: Iterable[Sequence[str]]) -> None:
    """An index of documents (their paragraphs), folded as the library folds them. Raises CalledProcessError."""
    part = folder.with_suffix(".part")
    command = [python, str(INDEX), "build", str(part)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        for paragraphs in documents:
            process.stdin.write(json.dumps([compact(text).folded for text in paragraphs]) + "\n")
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    part.rename(folder)


class Tantivy:
    """An index that is asked; leaving it ends its process."""

    def __init__(self, python: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, str(INDEX), "ask", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def ask(self, query: str) -> tuple[int, float]:
        """A screen of results: how many documents there are, and the milliseconds within its process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(query) + "\n")
        self._process.stdin.flush()
        count, milliseconds = json.loads(self._process.stdout.readline())
        return int(count), float(milliseconds)
