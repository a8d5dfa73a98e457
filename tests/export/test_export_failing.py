"""The disk says no, or a signal comes, at each step of writing in turn: what was there, or what is to be there, and
nothing beside it."""

from __future__ import annotations

import builtins
import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.cli import program
from lishu_tui.edition import LishuError, load_edition
from lishu_tui.export.documents import export
from lishu_tui.export.documents.options import Options
from lishu_tui.export.writing import write_beside
from lishu_tui.library.store import Library, export_library
from lishu_tui.settings import Place, State, load_state, save_state
from tests.shelves import articles, filled

STEPS = ("open", "close", "fsync", "replace", "rename", "link", "chmod", "stat", "mkdir")
"""The calls of `os` that a writer makes."""


class Gone(BaseException):
    """As an interrupt is: nothing that is caught as an error."""


FAULTS = [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EIO, "Input/output error"), Gone()]


class Failing:
    """Counts the steps, and fails at one of them. Taking away what is left over is none."""

    def __init__(self, at: int, fault: BaseException) -> None:
        self.at, self.fault, self.steps = at, fault, 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise self.fault

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            self.step()
            return call(*args, **named)

        return counted


class File:
    """A file that is open: each writing, flushing and closing is a step; where closing fails, it is closed."""

    def __init__(self, file: Any, failing: Failing) -> None:
        self._file, self._failing = file, failing

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._file, name)
        return self._failing.counted(value) if name in ("write", "flush", "writelines", "truncate") else value

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._failing.step()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)


@contextmanager
def failing(at: int, fault: BaseException, steps: Sequence[str] = STEPS) -> Iterator[Failing]:
    counter = Failing(at, fault)
    with pytest.MonkeyPatch.context() as patch:
        for name in steps:
            patch.setattr(os, name, counter.counted(getattr(os, name)))
        opened = builtins.open

        def open_(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+"):
                return opened(file, mode, *args, **named)
            counter.step()
            return File(opened(file, mode, *args, **named), counter)

        patch.setattr(builtins, "open", open_)
        yield counter


EDITION = load_edition()
FORMS = ("txt", "md", "html", "tei", "json")


def written(form: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        whole = pieces(form)
        write_beside(path, (whole[at : at + len(whole) // 4 + 1] for at in range(0, len(whole), len(whole) // 4 + 1)))

    return write


@cache
def pieces(form: str) -> str:
    return "".join(export(EDITION, form, Options(apparatus=True, statistics=True, names=True)))  # type: ignore[arg-type]


def some(steps: int) -> list[int]:
    """Each step, and where there are many, those at the beginning and at the end; and one more than there are."""
    return [n for n in range(1, steps + 2) if n < 12 or n > steps - 12 or n % (steps // 8) == 0]


def state_kept(path: Path) -> None:
    save_state(State(measure=33, places={"lishu": Place(paragraph=3, character=5)}), path)


def library_taken(path: Path) -> None:
    with Library.open(path.parent.parent / "library.db") as library:
        export_library(library, path)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__ + str(getattr(fault, "errno", "")))
@pytest.mark.parametrize("there", [True, False], ids=["over", "new"])
@pytest.mark.parametrize("write", [*map(written, FORMS), state_kept, library_taken], ids=[*FORMS, "state", "library"])
def test_failing_at_each_step_leaves_old_or_new(
    write: Callable[[Path], object], there: bool, fault: BaseException, tmp_path: Path
) -> None:
    filled(tmp_path / "library.db", articles()[:2])
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "file"
    old = b"what was there" if there else None
    if write is library_taken and there:
        pytest.skip("a library is written over no file")
    with failing(0, fault) as counter:
        write(path)
    new = path.read_bytes()
    path.unlink()
    seen = set()
    for at in some(counter.steps):
        if old is not None:
            path.write_bytes(old)
        elif path.exists():
            path.unlink()
        raised: BaseException | None = None
        with failing(at, fault) as counter:
            try:
                write(path)
            except (LishuError, Gone) as error:
                raised = error
        now = path.read_bytes() if path.exists() else None
        same = now == new or (write is library_taken and now is not None)
        assert now == old or same, f"step {at}"
        assert sorted(os.listdir(folder)) == (["file"] if now is not None else []), f"step {at}"
        if isinstance(raised, LishuError):
            assert raised.exit_code == 74
            assert len(str(raised).splitlines()) == 1
        elif raised is None:
            assert same
        seen.add(same)
    assert seen == {True, False}


@pytest.mark.parametrize(
    "words",
    [
        ("export", "lishu", "--format", "md"), ("export", "lishu/closing", "--format", "tei"),
        ("notes", "export", "--format", "jsonl"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_commands_tell_it_in_one_line(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LISHU_TUI_LIBRARY", str(tmp_path / "library.db"))
    folder = tmp_path / "folder"
    folder.mkdir()
    writing = [name for name in STEPS if name != "stat"]  # which is also asked of what is read
    with failing(0, Gone(), writing) as counter:
        assert program.run([*words, "--out", str(folder / "file")]) == 0
    codes = []
    for at in some(counter.steps):
        (folder / "file").write_bytes(b"old")
        with failing(at, OSError(errno.ENOSPC, "No space left on device"), writing):
            code = program.run([*words, "--out", str(folder / "file")])
        assert os.listdir(folder) == ["file"]
        said = capsys.readouterr().err
        assert len(said.splitlines()) == bool(code), said
        if code:
            assert code == 74
            assert (folder / "file").read_bytes() == b"old"
        codes.append(code)
    assert codes[-1] == 0
    assert 74 in codes


def test_what_was_kept_is_read_again_after_each(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    save_state(State(measure=20), path)
    for at in range(1, 60):
        with failing(at, OSError(errno.EIO, "Input/output error")) as counter:
            try:
                state_kept(path)
            except LishuError:
                assert load_state(path).measure == 20
        if counter.steps < at:
            break
        save_state(State(measure=20), path)
    assert load_state(path).measure == 33
