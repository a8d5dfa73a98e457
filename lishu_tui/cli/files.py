"""A FILE on the command line: a path, or - for stdin; its bytes, or one line that says why not."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any, BinaryIO

import click

from lishu_tui.edition import LishuError

STDIN = "-"


def complete_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Let the shell complete names of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def is_there(name: str) -> bool:
    """Whether there is a file (or a folder, or whatever) with this name. No text raises."""
    try:
        return bool(name) and os.path.lexists(name)
    except ValueError:  # a NUL in it
        return False


def read_file(name: str) -> bytes:
    """The bytes of a file (a pipe too), or of stdin. Raises LishuError for what is no file or too large, OSError where
    it cannot be read."""
    if name != STDIN:
        try:
            found = os.stat(name)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise LishuError(name, "", "there is no such file", "a file") from None
        if stat.S_ISDIR(found.st_mode):
            raise LishuError(name, "", "is a folder", "a file")
        with Path(name).open("rb") as file:
            return _all_of(file, name)
    if sys.stdin is None or sys.stdin.closed:
        raise LishuError("standard input", "", "is closed", "text")
    return _all_of(sys.stdin.buffer, "standard input")


def _all_of(file: BinaryIO, name: str) -> bytes:
    from lishu_tui.library.limits import FILE_LIMIT

    data = file.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise LishuError(name, "", "is too large", f"at most {FILE_LIMIT // 2**20} MiB")
    return data
