"""The terminal while it is ours: raw, on the other screen, and given back whole however the program ends meanwhile.

`take` → `show` → (`taken_over` by the toolkit | `give_back`). Nothing here is done twice.
"""

from __future__ import annotations

import os

BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?7l"
"""To the other screen, without a cursor, and no line running on into the next: as Textual will have it."""
END = "\x1b[?1000;1002;1003;1006;1015;1004;2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
"""Everything back that the toolkit or we may have switched."""
ENDING = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")


class Taken:
    """What is needed to give the terminal back."""

    def __init__(self, attributes: list[object]) -> None:
        self.attributes = attributes
        self.shown = ""
        self.toolkit = False  # whether the toolkit gives the terminal back, and we only where it cannot yet


_taken: list[Taken] = []  # none or one


def take() -> bool:
    """Let what is typed from now on wait for the toolkit, unseen. False where the terminal is not one."""
    try:
        import termios
    except ImportError:
        return False
    try:
        attributes = termios.tcgetattr(0)
        _raw(attributes)
    except (OSError, ValueError, termios.error):
        return False
    _taken.append(Taken(attributes))
    return True


def _raw(attributes: list[object]) -> None:
    """As Textual's driver sets it: no echo, no lines, no signals from keys."""
    import termios

    raw = list(attributes)
    raw[0] = int(raw[0]) & ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)  # type: ignore[call-overload]
    raw[3] = int(raw[3]) & ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)  # type: ignore[call-overload]
    characters = list(raw[6])  # type: ignore[call-overload]
    characters[termios.VMIN] = 1
    raw[6] = characters
    termios.tcsetattr(0, termios.TCSANOW, raw)  # type: ignore[arg-type]


def show(frame: str) -> None:
    """Paint on the other screen. From here on every end gives the terminal back."""
    taken = _taken[0]
    taken.shown = BEGIN + frame
    _watch()
    _write(taken.shown)


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(2, data) :]


def _watch() -> None:
    # Not `signal`, which makes enumerations of all its numbers first: 3 ms of the text's 14.
    import _signal  # type: ignore[import-not-found]
    import atexit

    atexit.register(give_back)
    for name in ENDING:
        _signal.signal(getattr(_signal, name), _end)
    _signal.signal(_signal.SIGTSTP, stop)


def _end(number: int, _: object) -> None:
    """A signal that ends us: nothing is to be kept yet, so nothing more is done than giving the terminal back."""
    give_back(toolkit_too=True)
    os._exit(128 + number)


def stop(*_: object) -> None:
    """Stopped from outside (a key sends no signal): the shell gets its terminal, and we paint again when we go on."""
    import _signal

    taken = _taken[0] if _taken else None
    if taken is not None and not taken.toolkit:
        _restore(taken)
    before = _signal.signal(_signal.SIGTSTP, _signal.SIG_DFL)
    os.kill(os.getpid(), _signal.SIGTSTP)
    _signal.signal(_signal.SIGTSTP, before)
    if taken is not None and not taken.toolkit:
        _raw(taken.attributes)
        _write(taken.shown)


def _restore(taken: Taken) -> None:
    import termios

    try:
        if taken.shown:
            _write(END)
        termios.tcsetattr(0, termios.TCSANOW, taken.attributes)  # type: ignore[arg-type]
    except Exception:  # a terminal that has gone; there is none to be given back
        return


def give_back(*, toolkit_too: bool = False) -> None:
    """The terminal as it was, unless that has been done or (but for `toolkit_too`) is the toolkit's to do."""
    if _taken and (toolkit_too or not _taken[0].toolkit):
        _restore(_taken.pop())


def is_shown() -> bool:
    """Whether the first screen is painted and still ours."""
    return bool(_taken) and bool(_taken[0].shown) and not _taken[0].toolkit


def hand_over() -> list[object] | None:
    """To the toolkit, which gives the terminal back from now on: how the terminal was set before. None where nothing is
    painted."""
    if not is_shown():
        return None
    _taken[0].toolkit = True
    return _taken[0].attributes


def handed_over() -> None:
    """The toolkit has handlers of its own for everything that ends it."""
    _taken.clear()
