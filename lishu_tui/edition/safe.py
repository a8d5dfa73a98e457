"""Captured text made safe to show: one character for one character, so that places stay true.

Captured text is hostile until shown safe. What could drive a terminal (C0, C1, DEL), reorder the line
(bidirectional marks, overrides, isolates), hide (tag characters, byte order marks, line and paragraph
separators) or break an encoder (lone surrogates) is replaced by a visible stand-in.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    UNSAFE: re.Pattern[str]
    """Every character that must not reach a terminal, a file name or an error message as itself."""

_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""The unsafe characters that Python takes for printable."""


def _pattern() -> re.Pattern[str]:
    """UNSAFE, made when it is first wanted: the first screen has no time for `re`, and no need of it."""
    found: re.Pattern[str] | None = globals().get("UNSAFE")
    if found is None:
        import re

        found = globals()["UNSAFE"] = re.compile(_UNSAFE)
    return found


def __getattr__(name: str) -> object:
    if name != "UNSAFE":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _pattern()


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def visible(text: str) -> str:
    """The same text, each unsafe character replaced: C0 by its picture (␀ … ␟), tab by a space, DEL by ␡, others by �.

    `len(visible(t)) == len(t)` always, and `visible(visible(t)) == visible(t)`.
    """
    if text.isprintable() and not any(filler in text for filler in _FILLERS):
        return text
    return _pattern().sub(_stand_in, text)
