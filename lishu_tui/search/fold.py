"""One fold: script, variant, width, case and punctuation made alike, one character to one character."""

from __future__ import annotations

from functools import lru_cache

from lishu_tui.edition import LishuError
from lishu_tui.edition.places import data_root


def fold(text: str) -> str:
    """The same text in canonical characters, so that what reads alike is alike: 突擊隊 → 突击队, ９９８０ → 9980.

    `len(fold(t)) == len(t)` and `fold(fold(t)) == fold(t)` for every `t`: a place in the one is a place in the other.
    The rules and their sources are in data/tables/README.md.
    """
    return text.translate(fold_table())


@lru_cache(maxsize=1)
def fold_table() -> dict[int, int]:
    """Code point to canonical code point, from data/tables/fold.txt. Raises LishuError where that file is damaged."""
    sources, targets = [], []
    for number, first, second in rows("fold.txt"):
        canonical, others = first, second
        if "U+" in first or "U+" in second:  # something in the row is written U+XXXX
            canonical = _character(first, number)
            others = "".join(_character(piece, number) for piece in second.split(" "))
        if len(canonical) != 1 or not others:
            raise _damage("fold.txt", number, "one character, a tab and those that become it")
        sources.append(others)
        targets.append(canonical * len(others))
    return str.maketrans("".join(sources), "".join(targets))


def forms(c: str) -> str:
    """All that are folded as this character is folded to itself: 战戦戰. Of one that is not, only itself."""
    return _forms().get(c, c)


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for source, target in fold_table().items():
        found[chr(target)] = found.get(chr(target), chr(target)) + chr(source)
    return found


def rows(name: str) -> list[tuple[int, str, str]]:
    """The rows of a table in data/tables as (line number from 1, first field, second field).

    Lines that begin with "# " are remarks. Raises LishuError where the file cannot be read or a row has no tab.
    """
    file, expected = f"tables/{name}", "the table that comes with the program"
    try:
        text = (data_root() / "tables" / name).read_bytes().decode("utf-8")
    except OSError as error:
        raise LishuError(file, "", f"cannot be read ({error.strerror})", expected, exit_code=74) from None
    except UnicodeDecodeError as error:
        raise LishuError(file, f"byte {error.start}", "is not UTF-8", expected) from None
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        first, tab, second = line.partition("\t")
        if tab:
            found.append((number, first, second))
        elif line and not line.startswith("# "):
            raise _damage(name, number, "a field, a tab and a field")
    return found


def _character(piece: str, number: int) -> str:
    if len(piece) == 1:
        return piece
    try:
        return chr(int(piece.removeprefix("U+"), 16))
    except (ValueError, OverflowError):
        raise _damage("fold.txt", number, "a character or U+XXXX") from None


def _damage(name: str, number: int, expected: str) -> LishuError:
    return LishuError(f"tables/{name}", f"line {number}", "is damaged", expected)
