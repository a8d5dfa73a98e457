"""`doctor`: what matters for a report of a fault, told by the machine that has it."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.program import Command, version

PATIENCE = 1.0
"""Seconds that a terminal has to answer."""
AMBIGUOUS = "“"
"""A mark whose width in cells is for the terminal to say: ours is 1, as the toolkit has it."""
PLACE = re.compile(rb"\x1b\[\d+;(\d+)R")


class Said(NamedTuple):
    """One thing, and whether it is as it should be. `what` is plain words, also the key in JSON."""

    what: str
    value: str
    well: bool = True


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> int:
    """Say what matters for a report of a fault.

    Versions, the terminal and what it can do, how it was asked for the clipboard, where the library and the settings
    are and whether they are in order. Nothing of what you read is in it. Exit status 1: something is not as it should
    be.

    Example: lishu-tui doctor
    """
    said = [*_versions(), *_terminal(), *_clipboard(), *_settings(), *_library()]
    if as_json:
        output.write_json({one.what: {"value": one.value, "well": one.well} for one in said})
    else:
        wide = max(len(one.what) for one in said)
        output.write_lines(f"{one.what:{wide}}  {'' if one.well else '! '}{one.value}" for one in said)
    return ExitCode.OK if all(one.well for one in said) else ExitCode.NEGATIVE


def _versions() -> Iterator[Said]:
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as of

    yield Said("lishu-tui", version())
    yield Said("Python", f"{platform.python_version()} ({platform.python_implementation()}, {platform.machine()})")
    yield Said("system", f"{platform.system()} {platform.release()}")
    yield Said("SQLite", sqlite3.sqlite_version)
    for name in ("textual", "rich", "click", "msgspec", "lxml", "warcio", "brotli", "zstandard"):
        try:
            yield Said(name, of(name))
        except PackageNotFoundError:
            optional = name in ("brotli", "zstandard")
            yield Said(name, "not installed" + (", and not needed but for web archives" * optional), well=optional)


def _terminal() -> Iterator[Said]:
    from shutil import get_terminal_size

    names = (("stdin", sys.stdin), ("stdout", sys.stdout), ("stderr", sys.stderr))
    streams = {name: output.is_terminal(stream) for name, stream in names}
    yield Said("terminal", ", ".join(f"{name} {'yes' if is_one else 'no'}" for name, is_one in streams.items()))
    for name in ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "TMUX", "STY", "SSH_TTY", "LANG", "LC_ALL"):
        value = os.environ.get(name, "")
        if name in ("TMUX", "STY", "SSH_TTY"):
            value = "set" if value else ""
        if value:
            yield Said(name, value)
    yield Said("encoding", f"stdout {getattr(sys.stdout, 'encoding', None) or 'none'}")
    size = get_terminal_size()
    small = size.columns < 40 or size.lines < 10
    yield Said("size", f"{size.columns}×{size.lines}" + (", the reader needs 40×10" * small), well=not small)
    yield Said("colour", "none" if os.environ.get("NO_COLOR") else _colours())
    yield _ambiguous()


def _colours() -> str:
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million (COLORTERM)"
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return "none"
    return "256 (TERM)" if "256color" in term or term == "xterm-kitty" else "16 (TERM)"


def _ambiguous() -> Said:
    what = f"width of {AMBIGUOUS}"
    width = cells_of(AMBIGUOUS)
    if width is None:
        return Said(what, "not asked: no terminal that answers")
    if width == 1:
        return Said(what, "1 cell")
    wrong = f"{width} cells: lines with “ ” … — will be off; set the terminal's ambiguous width to narrow"
    return Said(what, wrong, well=False)


def cells_of(text: str) -> int | None:
    """How many cells this terminal gives `text`, by its own answer; None where there is none. The line is left as it
    was found."""
    if output.is_plain_terminal() or not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        return None
    try:
        import select
        import termios
        import tty
    except ImportError:
        return None
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    answer = b""
    try:
        tty.setcbreak(descriptor)
        sys.stderr.write(f"\r{text}\x1b[6n")
        sys.stderr.flush()
        end = time.monotonic() + PATIENCE
        while PLACE.search(answer) is None and (left := end - time.monotonic()) > 0:
            if select.select([descriptor], [], [], left)[0]:
                answer += os.read(descriptor, 64)
    except OSError:
        return None
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)  # what comes late is no input
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
    place = PLACE.search(answer)
    return int(place[1]) - 1 if place else None


def _clipboard() -> Iterator[Said]:
    from lishu_tui.tui.clipboard import road

    yield Said("clipboard", road())


def _settings() -> Iterator[Said]:
    from lishu_tui.edition import LishuError
    from lishu_tui.settings import config_file, load_config, load_state, state_file
    from lishu_tui.tui.keys import remapped

    try:
        path = config_file()
        config = load_config()
        remapped(config, str(path))
        changed = [f"{len(config.keys)} keys"] if config.keys else []
        changed += [
            f"{name} {getattr(config, name)}"
            for name in ("theme", "measure", "english", "reading")
            if getattr(config, name) != getattr(type(config)(), name)
        ]
        state = "none" if not path.exists() else ", ".join(changed) or "as they are without"
        yield Said("settings", f"{path}: {state}")
    except LishuError as error:
        yield Said("settings", str(error), well=False)
    try:
        places = len(load_state().places)
        yield Said("state", f"{state_file()}: {places} place{'s' * (places != 1)} kept")
    except LishuError as error:
        yield Said("state", str(error), well=False)


def _library() -> Iterator[Said]:
    from lishu_tui.edition import LishuError, load_edition
    from lishu_tui.settings import library_file

    try:
        edition = load_edition()
        yield Said("bundled article", f"{edition.id}: {len(edition.paragraphs)} paragraphs, in order")
    except LishuError as error:
        yield Said("bundled article", str(error), well=False)
    try:
        path = library_file()
        if not os.path.lexists(path):
            yield Said("library", f"{path}: none yet")
            return
        from lishu_tui.library.store import Library

        with Library.open(path) as library:
            quick = library.execute("PRAGMA quick_check(1)")[0][0]
            schema = library.execute("PRAGMA user_version")[0][0]
            size = path.stat().st_size / 2**20
            health = "in order" if quick == "ok" else f"damaged ({quick}); `lishu-tui check` tells more"
            said = f"{path}: {library.count():,} documents, {size:,.1f} MiB, schema {schema}, {health}"
            yield Said("library", said, well=quick == "ok")
    except (LishuError, OSError) as error:
        yield Said("library", str(error), well=False)
