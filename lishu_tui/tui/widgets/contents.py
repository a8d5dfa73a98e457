"""The contents at the side, in both languages, the section one is in lit."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lishu_tui.edition import Edition
from lishu_tui.tui.plain import plain
from lishu_tui.typeset import break_lines

ROOM = 21
"""Cells for the English of a heading: the width in styles.tcss less padding and indent."""


class Contents(OptionList):
    """One option a section: Chinese above English. It follows the text while it has no focus of its own."""

    BINDINGS: ClassVar[list[BindingType]] = []

    class Chosen(Message):
        def __init__(self, section: int) -> None:
            super().__init__()
            self.section = section

    def __init__(self, edition: Edition) -> None:
        options = []
        for number, section in enumerate(edition.sections):
            # A heading of two parts (嚴陣以待 人民群眾…) is named here by its first.
            label = section.label.split(" ")[0].split("\u3000")[0]
            english = [section.label_en[a:b].rstrip() for a, b in break_lines(section.label_en, ROOM)]
            lines = [plain(f"{number} {label}"), *(plain(line).stylize("dim") for line in english)]
            text = Content("\n  ").join(lines)
            options.append(Option(text, id=section.id))
        super().__init__(*options, compact=True, markup=False)
        self.border_title = None

    def follow(self, section: int) -> None:
        """Light the section that one is in."""
        if not self.has_focus and self.highlighted != section:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = section

    def _on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option_index))
