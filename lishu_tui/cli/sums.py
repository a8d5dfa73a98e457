"""SHA256SUMS of an edition's folder: what no rule derives, a person's English or a label, is held to its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

FILE = "SHA256SUMS"
HEAD = """\
# Made by scripts/derive.py, for `lishu-tui verify` and `sha256sum -c`. The second line of each two tells where a file
# was changed: it has the first four digits of the sha256 of each line.
"""
PAIR = re.compile(r"([0-9a-f]{64})  ([\w.-]+)\n# ((?:[0-9a-f]{4})+)\n")
DIGITS = 4


class Change(NamedTuple):
    """A file that is not as it was, and the line of it, from 1, where that can be told."""

    file: str
    line: int | None
    wrong: str
    expected: str


def sums(files: Mapping[str, bytes]) -> str:
    """What SHA256SUMS holds of these files, by name."""
    pairs = (f"{_sha(data)}  {name}\n# {_lines(data)}\n" for name, data in sorted(files.items()))
    return HEAD + "".join(pairs)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _lines(data: bytes) -> str:
    return "".join(_sha(line)[:DIGITS] for line in data.split(b"\n"))


def changed(files: Mapping[str, bytes], stored: str) -> Iterator[Change]:
    """Where the files and the sums that are stored of them differ; a change of the sums themselves is one too."""
    if stored == sums(files):
        return
    body = stored.removeprefix(HEAD)
    if body == stored or PAIR.sub("", body):
        line, stands, wanted = _first_difference(stored, sums(files))
        yield Change(FILE, line, repr(stands[:80]), repr(wanted[:80]))
        return
    known = {name: (sha, digits) for sha, name, digits in PAIR.findall(body)}
    for name in sorted(known.keys() | files.keys()):
        if name not in files:
            yield Change(name, None, "is missing", f"the file that {FILE} names")
        elif name not in known:
            yield Change(name, None, f"is not named in {FILE}", "no other file, or scripts/derive.py run again")
        else:
            data, (sha, digits) = files[name], known[name]
            same = _sha(data) == sha, _lines(data) == digits
            if any(same) and not all(same):
                line, _, wanted = _first_difference(stored, sums(files))
                yield Change(FILE, line, f"is not the sum of {name}", repr(wanted[:80]))
            elif not any(same):
                yield Change(name, _line(_lines(data), digits), "was changed", f"a file with sha256 {sha}")


def _line(now: str, then: str) -> int:
    """The first line of a file whose digits are others."""
    same = next((n for n, (a, b) in enumerate(zip(now, then, strict=False)) if a != b), min(len(now), len(then)))
    return same // DIGITS + 1


def _first_difference(stands: str, wanted: str) -> tuple[int, str, str]:
    one, other = stands.split("\n"), wanted.split("\n")
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)) - 1)
    return at + 1, one[at], other[at]
