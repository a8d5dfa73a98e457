"""Paint the first screen, if it is certain to be the one that the reader will draw."""

from __future__ import annotations

import os
import sys

from lishu_tui.edition.places import BUNDLED
from lishu_tui.first import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.edition.model import Edition
    from lishu_tui.first.outline import Outline
    from lishu_tui.typeset.kinds import Asked, Document
    from lishu_tui.typeset.layout import Layout

ALLOWED = ("TEXTUAL_DISABLE_KITTY_KEY",)
"""Textual's own switches, of which no other leaves the screen as it is."""
WIDE = ("wide", "2")
laid: list[tuple[Outline, Asked, Layout]] = []  # none or one


def depth(environment: dict[str, str]) -> str | None:
    """How many colours Rich will use, None where they are fewer than we have the codes for."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    ends = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    return "256color" if ends in ("256color", "kitty") else None


def is_plain(environment: dict[str, str]) -> bool:
    """Whether nothing in the environment makes Textual, Rich or the terminal draw otherwise than we do."""
    return (
        environment.get("TERM", "") not in ("", "dumb")
        and not any(environment.get(name) for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"))
        and environment.get("VTE_CJK_WIDTH", "") not in WIDE  # ambiguous characters two cells wide
        and all(name in ALLOWED for name in environment if name.startswith("TEXTUAL_"))
    )


def paint(edition: Edition | None = None) -> bool:
    """Paint the first screen of a document, where one left off (the bundled one, where None); whether that was done.
    Nothing is raised: who comes after finds the terminal painted, or as it was, and tells of what is wrong."""
    environment = dict(os.environ)
    if not is_plain(environment) or depth(environment) is None:
        return False
    try:
        if not all(map(os.isatty, (0, 1, 2))) or (sys.stderr.encoding or "").lower().replace("-", "") != "utf8":
            return False
        if not terminal.take():
            return False
    except (OSError, AttributeError):
        return False
    try:
        text = _first_screen(depth(environment) or "", edition)
        if text:
            terminal.show(text)
    except Exception:
        terminal.give_back()
        return False
    if not text:
        terminal.give_back()
    return bool(text)


def _first_screen(depth: str, edition: Edition | None) -> str:
    """What is to be painted, nothing where it is not certain."""
    from lishu_tui.first.frame import frame, painted
    from lishu_tui.first.kept import Unusual, kept
    from lishu_tui.first.looks import looks
    from lishu_tui.first.outline import Outline
    from lishu_tui.typeset.margins import LEAST

    columns, rows = os.get_terminal_size(1)
    if columns < LEAST[0] or rows < LEAST[1]:
        return ""
    try:
        view = kept(BUNDLED if edition is None else edition.id)
    except Unusual:
        return ""
    look = looks(view.theme, depth)
    if look is None:
        return ""
    if edition is None:
        outline = Outline()
        found, asked, page = frame(outline, view, columns, rows, look[0])
        laid.append((outline, asked, page))
        return painted(found, look[1])
    from lishu_tui.first.opened import Opened, is_plain

    found, _, _ = frame(Opened(edition), view, columns, rows, look[0])
    return painted(found, look[1]) if all(is_plain(text) for row in found for _, text in row) else ""


def known(document: Document) -> tuple[Asked, Layout] | None:
    """The bundled document laid out, if that was done for what is painted: what was asked of it, and the lines."""
    return next(((asked, page) for outline, asked, page in laid if outline.is_of(document)), None)
