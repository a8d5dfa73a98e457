"""The lines that are the text as blocks, and the rest as what was dropped."""

from __future__ import annotations

from collections.abc import Iterable

from lishu_tui.edition.model import Dropped
from lishu_tui.library.captured import Block
from lishu_tui.library.pages.content import END, SENTENCE_END, Content, width
from lishu_tui.library.pages.walking import Line

SAMPLE = 60
BOLD_LONG = 60
"""How wide a line may be that is a heading because it is bold."""
NO_HEADING = ("：", ":", "，", ",", "、", "；")


def blocks(content: Content, title: int | None) -> tuple[Block, ...]:
    """The title where it stands in the page, then the text."""
    made = [] if title is None else [Block(content.lines[title].text, "heading", 1)]
    lines = [content.lines[i] for i in content.text]
    for at, line in enumerate(lines):
        if line.kind == "heading":
            made.append(Block(line.text, "heading", max(line.level, 2) if title is not None else line.level))
        elif _is_bold_heading(line, lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None):
            made.append(Block(line.text, "heading", 3))
        else:
            made.append(Block(line.text, line.kind))
    return tuple(made)


def _is_bold_heading(line: Line, before: Line | None, after: Line | None) -> bool:
    """A short bold line without an end of a sentence, with text before and behind it that is not bold."""
    return (
        line.kind == "text" and line.bold and not line.links and before is not None and after is not None
        and not before.bold and not after.bold and after.kind == "text" and before.kind != "heading"
        and 4 <= width(line.text) <= BOLD_LONG and width(after.text) > width(line.text)
        and not SENTENCE_END.search(line.text[-END:]) and not line.text.endswith(NO_HEADING)
    )  # fmt: skip


def dropped(lines: Iterable[tuple[str, tuple[str, str]]]) -> tuple[Dropped, ...]:
    """What was left out, one entry for what was left out by the same rule, in the order of the page."""
    found: dict[tuple[str, str], list[str]] = {}
    for text, why in lines:
        found.setdefault(why, []).append(text)
    return tuple(Dropped(what=what, characters=sum(map(len, texts)), rule=rule, sample=_sample(texts))
                 for (what, rule), texts in found.items())  # fmt: skip


def _sample(texts: list[str]) -> str:
    sample = " / ".join(texts[:8]).replace("\t", " ")
    return sample if len(sample) <= SAMPLE else sample[: SAMPLE - 1] + "…"
