"""The tables of data/tables that more than one room reads; fold.txt, which tells what is written for what, is one."""

from __future__ import annotations

from functools import lru_cache

from lishu_tui.edition.errors import LishuError
from lishu_tui.edition.places import data_text

FOLD = "fold.txt"
EXPECTED = "two characters, a canonical one and one that becomes it"


@lru_cache(maxsize=1)
def fold_pairs() -> tuple[str, str]:
    """The characters that become others, and, at the same places, what each becomes. Raises LishuError where the table
    cannot be read or is damaged.

    A line of the table is a pair and so three characters, its end counted: all of it is read by slicing. A pair of
    which an editor could change one stands below the others, as Python spells it, \\UXXXXXXXX.
    """
    text = table_text(FOLD)
    body = text
    while body.startswith("# "):
        body = body.partition("\n")[2]
    at = body.find("\\")
    plain, spelt = (body[:at], body[at:]) if at >= 0 else (body, "")
    try:
        read = spelt.encode("ascii").decode("unicode_escape")
    except UnicodeError:
        raise _damage(text) from None
    parts = (plain[2::3] + spelt[20::21]).strip("\n"), len(plain) % 3, len(spelt) % 21, len(read) * 7 - len(spelt)
    if not body or any(parts) or "\n" in plain[::3] or "\n" in plain[1::3]:
        raise _damage(text)
    return plain[1::3] + read[1::3], plain[::3] + read[::3]


def table_text(name: str) -> str:
    """The text of a table of data/tables. Raises LishuError where it cannot be read."""
    file, expected = f"tables/{name}", "the table that comes with the program"
    try:
        return data_text("tables", name)
    except OSError as error:
        raise LishuError(file, "", f"cannot be read ({error.strerror})", expected, exit_code=74) from None
    except UnicodeDecodeError as error:
        raise LishuError(file, f"byte {error.start}", "is not UTF-8", expected) from None


def _damage(text: str) -> LishuError:
    """The first line that is none of the table's."""
    number = 1
    for line in text.split("\n"):
        try:
            read = line.encode("ascii").decode("unicode_escape") if line.startswith("\\") else line
        except UnicodeError:
            read = ""
        if not (line.startswith("# ") or len(read) == 2):
            break
        number += 1
    return LishuError(f"tables/{FOLD}", f"line {number}", "is damaged", EXPECTED)
