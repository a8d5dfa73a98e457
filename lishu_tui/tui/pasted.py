"""Paths in what a terminal pastes when files are dropped on it.

Terminals differ: a path as it stands, in quotes, with backslashes before blanks, a `file://` address, and several of
them in one line or in one line each. Only whole paths count, from the root or from home: a word that happens to name
something in the present folder is no file that was dropped.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

LONGEST = 100_000
"""Characters beyond which what is pasted is text, and no list of paths."""


def pasted_paths(text: str) -> list[Path]:
    """The paths that the text consists of, each once; none where any part of it is not the path of something there."""
    text = text.strip("\r\n\t ")
    if not text or len(text) > LONGEST:
        return []
    if (whole := _there(text)) is not None:
        return [whole]
    found: list[Path] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        paths = _in_line(line.strip())
        if not paths:
            return []
        found += paths
    return list(dict.fromkeys(found))


def _in_line(line: str) -> list[Path]:
    if (whole := _there(line)) is not None:
        return [whole]
    try:
        words = shlex.split(line)
    except ValueError:  # a quotation mark that is not closed
        return []
    found = [_there(word) for word in words]
    return [path for path in found if path is not None] if None not in found else []


def _there(word: str) -> Path | None:
    """The path that a word names, where there is something."""
    if word[:5].lower() == "file:":
        try:
            parts = urlsplit(word)
        except ValueError:
            return None
        if parts.netloc not in ("", "localhost", os.uname().nodename if hasattr(os, "uname") else ""):
            return None
        word = unquote(parts.path, errors="surrogateescape")
    elif word.startswith("~"):
        word = os.path.expanduser(word)
    return Path(word) if os.path.isabs(word) and os.path.lexists(word) else None
