"""To the clipboard by the system's own tool where there is one, else by the terminal, which gives no receipt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

OSC52_LIMIT = 74_994
"""Bytes of text that fit an OSC 52 sequence in the terminals that cap it at 100,000 characters."""
PATIENCE = 2.0
"""Seconds that all tools together may take."""
DEAF = ("linux", "vt", "cons", "eterm", "screen", "sun", "dumb")
"""How the TERM of a terminal begins that takes nothing by OSC 52."""


def _tools() -> Iterator[list[str]]:
    environ = os.environ
    if environ.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if environ.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]
    if not (environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")):  # else it is another machine's clipboard
        if sys.platform == "darwin":
            yield ["pbcopy"]
        yield ["clip.exe"]
    if environ.get("TMUX"):  # which passes nothing on of itself, but has a buffer, and passes that on
        yield ["tmux", "load-buffer", "-w", "-"]


def _deaf() -> bool:
    """Whether the terminal is known to take nothing."""
    environ = os.environ
    return (
        environ.get("TERM", "").startswith(DEAF)
        or environ.get("TERM_PROGRAM") == "Apple_Terminal"
        or bool(environ.get("TMUX") or environ.get("STY"))
    )


def road() -> str:
    """How a copy would go, as far as can be told without making one."""
    if there := [tool[0] for tool in _tools() if shutil.which(tool[0])]:
        return there[0]
    return "none: x writes a file" if _deaf() else "the terminal's (OSC 52), which gives no receipt"


def copy(app: App[object], text: str) -> str:
    """Send `text` to the clipboard; what was done, to be told to the reader."""
    data = text.encode("utf-8", "replace")
    end = time.monotonic() + PATIENCE
    for tool in _tools():
        if not shutil.which(tool[0]):
            continue
        encoded = data if tool[0] != "clip.exe" else text.encode("utf-16-le", "replace")
        try:
            left = end - time.monotonic()
            if left > 0:
                subprocess.run(
                    tool, input=encoded, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=left, check=True
                )
                return f"copied with {tool[0]}" if tool[0] != "tmux" else "copied to tmux's buffer"
        except (OSError, subprocess.SubprocessError):
            continue
    if _deaf():
        return "not copied: this terminal has no clipboard for programs; x writes a file"
    if len(data) > OSC52_LIMIT:
        return "not copied: too long for the terminal's clipboard; x writes a file"
    app.copy_to_clipboard(data.decode())
    return "sent to the terminal's clipboard (it gives no receipt)"
