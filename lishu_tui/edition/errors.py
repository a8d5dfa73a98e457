"""The one error that bad data, bad usage or a bad place on disk gives: always a single line."""

from __future__ import annotations

from lishu_tui.edition.safe import visible


class LishuError(Exception):
    """One line for a person: where, what is wrong, what was expected.

    `file` is the file or the word at fault, `place` the place in it (a line, a key, an id; may be empty),
    `wrong` what stands there, `expected` what should. `exit_code` follows the table in the README:
    2 for usage or bad data, 74 for input and output.
    """

    def __init__(self, file: str, place: str, wrong: str, expected: str, *, exit_code: int = 2) -> None:
        super().__init__(file, place, wrong, expected)
        self.file, self.place, self.wrong, self.expected, self.exit_code = file, place, wrong, expected, exit_code

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        return visible(
            f"{where}: {self.wrong}; expected {self.expected}" if self.expected else f"{where}: {self.wrong}"
        )
