"""The paragraphs of a large document, cut out of one string when they are asked for.

A text of 64 MB has hundreds of thousands of paragraphs. As so many strings it takes twice its room and a second to
make; as one string and the places where its paragraphs are, neither. All here are sequences that are equal to the
tuples that a small document has in their place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import add
from typing import Any, TypeVar, overload

LARGE = 200_000
"""Characters from which on a document is held so."""

Item = TypeVar("Item")


class Made(Sequence[Item]):
    """A sequence whose items are made when they are asked for: `make` knows how. It is equal to every sequence, a list
    or a tuple too, that has the same items."""

    def make(self, index: int) -> Item:
        """Item `index`, which is there."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        count = len(self)
        if isinstance(index, slice):
            return tuple(map(self.make, range(*index.indices(count))))
        at = index + count if index < 0 else index
        if not 0 <= at < count:
            raise IndexError(index)
        return self.make(at)

    def __iter__(self) -> Iterator[Item]:
        return map(self.make, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Made | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Texts(Made[str]):
    """Paragraphs as they stand in one string: number `n` is characters `starts[n]`–`ends[n]` of `whole`.

    Between two paragraphs there are line ends, and perhaps blanks, and within one there is no line end.
    """

    def __init__(self, whole: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.whole, self.starts, self.ends = whole, starts, ends

    @classmethod
    def joined(cls, paragraphs: Sequence[str]) -> Texts:
        """The same of paragraphs that are strings, none with a line end in it."""
        starts, ends, at = array("I"), array("I"), 0
        for paragraph in paragraphs:
            starts.append(at)
            at += len(paragraph)
            ends.append(at)
            at += 1
        return cls("\n".join(paragraphs), starts, ends)

    @classmethod
    def split(cls, whole: str) -> Texts:
        """The lines of a text, blank ones too."""
        ends = array("I", accumulate(map(len, whole.split("\n"))))
        ends = array("I", map(add, ends, range(len(ends))))  # and a line end before each but the first
        return cls(whole, array("I", [0, *(end + 1 for end in ends[:-1])]), ends)

    def __len__(self) -> int:
        return len(self.starts)

    def make(self, index: int) -> str:
        return self.whole[self.starts[index] : self.ends[index]]

    def __iter__(self) -> Iterator[str]:
        whole = self.whole
        return (whole[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    @property
    def characters(self) -> int:
        """How many characters the paragraphs have in all."""
        return sum(self.ends) - sum(self.starts)

    def lengths(self) -> list[int]:
        return [end - start for start, end in zip(self.starts, self.ends, strict=True)]

    def at(self, place: int) -> int:
        """The paragraph that character `place` of the whole is in, or the one before it."""
        return bisect_right(self.starts, place) - 1


class Later(Texts):
    """The lines of a text that is read once one of them is asked for: of a reading that nobody may ever look at."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> Any:
        if name not in ("whole", "starts", "ends"):
            raise AttributeError(name)
        made = Texts.split(self._read())
        self.whole, self.starts, self.ends = made.whole, made.starts, made.ends
        return getattr(self, name)


class Changed(Made[str]):
    """Other paragraphs, each changed in a way that leaves every character at its place."""

    def __init__(self, of: Texts, change: Callable[[str], str]) -> None:
        self.of, self.change = of, change

    def __len__(self) -> int:
        return len(self.of)

    def make(self, index: int) -> str:
        return self.change(self.of.make(index))

    @property
    def characters(self) -> int:
        return self.of.characters


class Numbered(Made[Item]):
    """What the paragraphs of sections are: item `n` is made of `n` and the section that it stands in. The sections
    begin at `firsts`, in order, the first of them at 0."""

    def __init__(self, count: int, firsts: Sequence[int], made: Callable[[int, int], Item]) -> None:
        self.size, self.firsts, self.made = count, firsts, made

    def __len__(self) -> int:
        return self.size

    def make(self, index: int) -> Item:
        return self.made(index, bisect_right(self.firsts, index) - 1)

    def __iter__(self) -> Iterator[Item]:
        for section, (first, last) in enumerate(pairwise([*self.firsts, self.size])):
            for index in range(first, last):
                yield self.made(index, section)


def characters(texts: Sequence[str]) -> int:
    """How many characters paragraphs have in all."""
    return texts.characters if isinstance(texts, Texts | Changed) else sum(map(len, texts))


def lengths(texts: Sequence[str]) -> list[int]:
    """How many characters each paragraph has."""
    texts = texts.of if isinstance(texts, Changed) else texts
    return texts.lengths() if isinstance(texts, Texts) else list(map(len, texts))


def plain(value: Any) -> Any:
    """For msgspec's `enc_hook`: a tuple in the place of a sequence that is made when it is asked for."""
    if isinstance(value, Made):
        return tuple(value)
    raise NotImplementedError(f"nothing is known of how to write {type(value)}")
