"""The styles by name, and a document cited in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from lishu_tui.edition import LishuError
from lishu_tui.export.citations import apa, bibtex, chicago, csl, gbt, mla, ris
from lishu_tui.export.citations.reference import Reference


class Style(NamedTuple):
    label: str
    about: str
    """One line of what it is."""
    suffix: str
    """Of a file that holds such citations."""
    entry: Callable[[Reference, date], str]
    apart: bool = False
    """Whether an empty line stands between two citations."""


def _gbt(edition: gbt.Edition) -> Callable[[Reference, date], str]:
    return lambda reference, accessed: gbt.entry(reference, edition, accessed)


def _csl(reference: Reference, accessed: date) -> str:
    return csl.entries([(reference, accessed)])


STYLES: dict[str, Style] = {
    "gbt7714-2025": Style("GB/T 7714—2025", "the Chinese standard, in force since 2026-07-01", ".txt", _gbt(2025)),
    "gbt7714-2015": Style("GB/T 7714—2015", "the Chinese standard as it was until 2026", ".txt", _gbt(2015)),
    "chicago": Style("Chicago", "18th edition, notes and bibliography", ".txt", chicago.entry),
    "apa": Style("APA", "7th edition", ".txt", apa.entry),
    "mla": Style("MLA", "9th edition", ".txt", mla.entry),
    "bibtex": Style("BibTeX", "for LaTeX: biblatex and the classic styles", ".bib", bibtex.entry, apart=True),
    "csl-json": Style("CSL-JSON", "for Zotero, pandoc and citeproc", ".json", _csl),
    "ris": Style("RIS", "for reference managers", ".ris", ris.entry, apart=True),
}


def cite(reference: Reference, style: str, *, accessed: date) -> str:
    """The citation; of a passage, where the style names it in the text or in a note, that line first. Raises LishuError
    where there is no such style."""
    return _style(style).entry(reference, accessed)


def bibliography(references: Iterable[tuple[Reference, date]], style: str) -> str:
    """Several citations, each with its day of access, as one file of this style."""
    if style == "csl-json":
        return csl.entries(list(references))
    chosen = _style(style)
    between = "\n\n" if chosen.apart else "\n"
    return between.join(chosen.entry(reference, accessed) for reference, accessed in references)


def default_style(reference: Reference) -> str:
    """The Chinese standard for what is in Chinese."""
    return "gbt7714-2025" if reference.chinese else "chicago"


def _style(name: str) -> Style:
    if name not in STYLES:
        raise LishuError("style", name, "there is no such style", f"one of {', '.join(STYLES)}")
    return STYLES[name]
