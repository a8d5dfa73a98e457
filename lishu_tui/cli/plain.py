"""What is asked in plain words is answered without the parser and the libraries behind it, which take longer than it.

`show`, `search` and `stats` of the bundled document, with options that need no looking up, printed for a program to
read: a script asks so, many times. Every other command line, and every one that has anything wrong with it, is the
parser's. What is printed is printed by the functions that the parser's road ends in too, so it is the same, byte for
byte; a test holds the two against each other.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lishu_tui.edition import Address
    from lishu_tui.edition.ready import Ready

FLAGS = {
    "show": ("--json",),
    "search": ("--json", "--csv", "--tsv", "--plain", "--count"),
    "stats": ("--json", "--csv", "--tsv", "--plain"),
}
"""The options without a value, which say in what form to print."""
VALUES = {"show": ("--reading",), "search": ("--in",), "stats": ()}
"""The options with one."""


class Plain:
    """A command line that is understood: at most one word beside the command, and of each option the last."""

    def __init__(self, command: str) -> None:
        self.command = command
        self.word: str | None = None
        self.form: str | None = None
        self.values: dict[str, str] = {}


def understood(words: Sequence[str]) -> Plain | None:
    """A command line taken apart, None where that is for the parser."""
    if not words or words[0] not in FLAGS or not all(word.isprintable() for word in words):
        return None
    plain = Plain(words[0])
    rest = iter(words[1:])
    for word in rest:
        if word in FLAGS[plain.command]:
            plain.form = word.removeprefix("--")
        elif word in VALUES[plain.command]:
            value = next(rest, None)
            if value is None or value.startswith("-"):
                return None
            plain.values[word] = value
        elif word.startswith("-") or plain.word is not None:
            return None
        else:
            plain.word = word
    return plain


def answer(words: Sequence[str]) -> int | None:
    """The exit code of a command line that is answered here; None, and nothing is printed, where it is not."""
    plain = understood(words)
    asked = None if plain is None else _asked(plain)
    if asked is None:
        return None
    from lishu_tui.cli.outcome import outcome

    return outcome(asked)


def _asked(plain: Plain) -> Callable[[], int] | None:
    """What is to be done; None where that takes more than is ready."""
    if plain.form is None and plain.command != "show" and (sys.stdout is None or sys.stdout.isatty()):
        return None  # in colour, and as wide as the terminal
    if plain.command == "search":
        return _search(plain)
    return _show(plain) if plain.command == "show" else _stats(plain)


def _show(plain: Plain) -> Callable[[], int] | None:
    from lishu_tui.edition.ready import READY, ready

    reading = plain.values.get("--reading", "restored")
    if reading not in READY or not _leads_here(plain.word) or (edition := ready()) is None:
        return None

    def show() -> int:
        from lishu_tui.cli.showing import show_text

        show_text(_address(edition, plain.word), reading, as_json=plain.form == "json", edition=edition)
        return 0

    return show


def _search(plain: Plain) -> Callable[[], int] | None:
    from lishu_tui.edition.ready import ready

    within, query = plain.values.get("--in"), plain.word
    if query is None or not _leads_here(within) or (within is None and _has_library()):
        return None
    if (edition := ready()) is None:
        return None

    def search() -> int:
        from lishu_tui.cli.everywhere import Searched, group
        from lishu_tui.cli.hits import tell

        found = group(edition, query, _address(edition, within))
        return tell(query, Searched(found, None), plain.form)

    return search


def _stats(plain: Plain) -> Callable[[], int] | None:
    from lishu_tui.edition.ready import ready

    if not _leads_here(plain.word) or (edition := ready()) is None or not edition.statistics_complete:
        return None

    def stats() -> int:
        from lishu_tui.cli.figures import reported, tell

        tell(edition, reported(edition, _address(edition, plain.word)), plain.form)
        return 0

    return stats


def _leads_here(word: str | None) -> bool:
    """Whether a word is an address of the bundled document, as far as its beginning tells."""
    from lishu_tui.edition.places import BUNDLED

    return word is None or word == BUNDLED or word.startswith(f"{BUNDLED}/")


def _address(edition: Ready, word: str | None) -> Address | None:
    """Raises LishuError where the word is no address."""
    from lishu_tui.edition.address import Address

    return None if word is None else Address.parse(word)


def _has_library() -> bool:
    """Whether there is a library, or no telling."""
    from lishu_tui.first.kept import Unusual, folder

    path = os.environ.get("LISHU_TUI_LIBRARY")
    try:
        return os.path.lexists(path or os.path.join(folder("DATA", ".local/share"), "library.db"))
    except Unusual:
        return True
