"""To the clipboard by the system's own tool where there is one, else by the terminal, which gives no receipt."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

from textual.app import App

OSC52_LIMIT = 74_994
"""Bytes of text that fit an OSC 52 sequence in the terminals that cap it at 100,000 characters."""


def _tools() -> Iterator[list[str]]:
    if os.environ.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if os.environ.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]
    yield ["pbcopy"]
    yield ["clip.exe"]


def copy(app: App[object], text: str) -> str:
    """Send `text` to the clipboard; what was done, to be told to the reader."""
    data = text.encode("utf-8", "replace")
    for tool in _tools():
        if shutil.which(tool[0]):
            encoded = data if tool[0] != "clip.exe" else text.encode("utf-16-le", "replace")
            try:
                subprocess.run(
                    tool, input=encoded, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=2, check=True
                )
            except (OSError, subprocess.SubprocessError):
                continue
            return f"copied with {tool[0]}"
    if len(data) > OSC52_LIMIT:
        return "not copied: too long for the terminal's clipboard; use the command line"
    app.copy_to_clipboard(data.decode())
    return "sent to the terminal's clipboard (it gives no receipt)"
