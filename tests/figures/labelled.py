"""The articles of tests/cases/speech, and how well what is found agrees with their labels."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec

CASES = Path(__file__).parents[1] / "cases" / "speech"


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    paragraph: int
    quote: str
    speaker: str
    role: str


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    name: str


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    script: str
    paragraphs: tuple[str, ...]
    quote: tuple[Quote, ...]
    name: tuple[Name, ...]


class Score(NamedTuple):
    """Of what is labelled and what is found, how much is in both."""

    labelled: int
    found: int
    both: int

    @property
    def recall(self) -> float:
        return self.both / self.labelled

    @property
    def precision(self) -> float:
        return self.both / self.found

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def articles() -> dict[str, Article]:
    return {
        path.stem: msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Article)
        for path in sorted(CASES.glob("*.toml"))
    }
