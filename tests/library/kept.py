"""What the tests of the store share: a few documents of every kind, and processes that are killed at a statement."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lishu_tui.edition import Edition, load_edition
from lishu_tui.edition.model import Dropped, Source
from lishu_tui.library.captured import About, Block, Captured, Encoding
from lishu_tui.library.making import edition_of
from lishu_tui.library.store import Library, faults

GLOSSED = "清晨六點，菜市場(chǎng )里已經擠(jǐ )滿了人，賣豆腐的老周把第一鍋豆漿端了出來(lái)。"
OTHERS = [Dropped(what="footer", characters=40, rule="its class", sample="版权所有")]


def made(title: str, *paragraphs: str, date: str = "", source: str = "", url: str = "") -> Edition:
    """An edition as an import makes it."""
    lines = paragraphs or (f"{title}。",)
    return edition_of(
        Captured(
            name="頁.html", data="\n".join((title, date, source, *lines)).encode("utf-8", "replace"), format="html",
            blocks=tuple(Block(line) for line in lines),
            about=About(title=title, date=date, publisher=source, url=url, captured="2020-03-01T08:00:00+08:00"),
            encoding=Encoding("utf-8", "declared", 0, ("meta: utf-8",)), came_from="頁.html", dropped=tuple(OTHERS),
        )
    )  # fmt: skip


def bundled() -> Edition:
    """The bundled document as if it were a reader's own."""
    edition = load_edition()
    source = msgspec.convert(msgspec.to_builtins(edition.source), Source)
    return msgspec.structs.replace(edition, source=source)


@cache
def some() -> tuple[Edition, ...]:
    """Documents small and large, damaged and whole, in both scripts; the bundled one among them."""
    return (
        made("梨樹縣春耕", "農民們都到地里去干活。", date="2019-04-02", source="四平日報"),
        made("梨树县秋收", "农民们都到地里去收玉米。", date="2018-10-02", source="吉林日报"),
        made("菜市場", *[GLOSSED] * 3, url="http://www.example.cn/1.html"),
        made("長文", *(f"第{number}段，春天來了，學校里的孩子們也在種樹。" for number in range(400))),
        bundled(),
        made("Alpha 2020", "Latin words only."),
    )


def fill(path: Path, editions: Iterable[Edition] | None = None) -> list[str]:
    with Library.open(path, write=True) as library, library.importing():
        return [library.add(edition)[0] for edition in (some() if editions is None else editions)]


def ids(path: Path) -> list[str]:
    with Library.open(path) as library:
        return [entry.id for entry in library.entries()]


def faults_of(path: Path) -> list[str]:
    with Library.open(path) as library:
        return [finding.line for finding in library.check() if not finding.ok]


def forked(action: Callable[[], Any]) -> int:
    """Do it in a process of its own. Returns its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(statement: int, action: Callable[[], Any]) -> bool:
    """Do it in a process that kills itself when it comes to its n-th SQL statement, of whatever connection. Returns
    whether it came so far."""

    def child() -> None:
        left = [statement]

        def count(_: str) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        before = faults.Connection.__init__

        def begin(self: faults.Connection, *args: Any, **more: Any) -> None:
            before(self, *args, **more)
            self.set_trace_callback(count)

        faults.Connection.__init__ = begin  # type: ignore[method-assign]
        action()

    status = forked(child)
    assert status in (0, -signal.SIGKILL)
    return status != 0


def left_in_the_middle(path: Path) -> None:
    """Somebody is killed after some pages were written, before the rest were: his journal is needed."""

    def action() -> None:
        with Library.open(path, write=True) as library:
            library.connection.execute("PRAGMA cache_size = 1")
            library.connection.execute("BEGIN IMMEDIATE")
            library.connection.execute("UPDATE documents SET title = 'half done', filter = hex(zeroblob(3000))")
            library.connection.execute("UPDATE captures SET data = zeroblob(9000)")
            assert path.with_name(path.name + "-journal").stat().st_size
            os.kill(os.getpid(), signal.SIGKILL)

    assert forked(action) == -signal.SIGKILL


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Callable[[], None]]:
    """A file system of so many bytes at `folder`; what is given makes it read-only. Skips where none can be mounted."""
    import subprocess

    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        pytest.skip("nothing can be mounted here")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
