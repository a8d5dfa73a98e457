"""Every command, one class each: its name, keys and help stand here and nowhere else.

Bindings, the footer of a screen, the help screen, the palette, `--print-keys` and the README's table are all made from
these classes. This module knows no Textual, so that the command line can print the keys. A screen that offers a command
has a method `action_` + its name with underscores for dots and hyphens.
"""

from __future__ import annotations

from typing import ClassVar

READER, TABLE, LIBRARY, RESULTS, CITING = "reader", "table", "library", "results", "citing"
SELECTING, MARKS, EXPORTING = "selecting", "marks", "exporting"
"""Where a command is offered: in the text, in the tables about it, in the library, in what a search of it found, where
styles of citation are to be chosen from; in the text while one selects, in the list of marks, where an export is made
up."""
EVERYWHERE = (READER, TABLE, LIBRARY, RESULTS, CITING, MARKS, EXPORTING)
WHERE = (*EVERYWHERE, SELECTING)
LISTS = (TABLE, LIBRARY, RESULTS)
PAGED = (READER, *LISTS, CITING, MARKS)
TEXT = (READER, SELECTING)


class Command:
    """What a person can have done. The docstring is its help; the first key is the one shown."""

    name: ClassVar[str]
    title: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    aliases: ClassVar[tuple[str, ...]] = ()
    """Further keys that are not shown: what an input method sends for a key."""
    where: ClassVar[tuple[str, ...]] = (READER,)
    group: ClassVar[str]
    hint: ClassVar[str] = ""
    """A word for the status line, where the command is worth naming there."""

    @classmethod
    def help(cls) -> str:
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def action(cls) -> str:
        return cls.name.replace(".", "_").replace("-", "_")


class LineDown(Command):
    """Move down one line."""

    name, title, keys, group = "move.line-down", "Line down", ("j", "down"), "Move"
    where = WHERE


class LineUp(Command):
    """Move up one line."""

    name, title, keys, group = "move.line-up", "Line up", ("k", "up"), "Move"
    where = WHERE


class PageDown(Command):
    """Move down one page."""

    name, title, keys, group = "move.page-down", "Page down", ("space", "pagedown", "f", "ctrl+f"), "Move"
    aliases = ("ideographic_space",)
    where = PAGED


class PageUp(Command):
    """Move up one page."""

    name, title, keys, group = "move.page-up", "Page up", ("b", "pageup", "ctrl+b"), "Move"
    where = PAGED


class HalfDown(Command):
    """Move down half a page."""

    name, title, keys, group = "move.half-down", "Half a page down", ("ctrl+d", "d"), "Move"
    where = (READER, TABLE, SELECTING)


class HalfUp(Command):
    """Move up half a page."""

    name, title, keys, group = "move.half-up", "Half a page up", ("ctrl+u", "u"), "Move"
    where = (READER, TABLE, SELECTING)


class Top(Command):
    """Go to the beginning."""

    name, title, keys, group = "move.top", "Beginning", ("g", "home"), "Move"
    where = EVERYWHERE


class Bottom(Command):
    """Go to the end."""

    name, title, keys, group = "move.bottom", "End", ("G", "end"), "Move"
    where = EVERYWHERE


class PreviousParagraph(Command):
    """Go to the paragraph before."""

    name, title, keys, group = "move.previous-paragraph", "Previous paragraph", ("{",), "Move"
    aliases = ("fullwidth_left_curly_bracket", "left_white_corner_bracket")
    where = TEXT


class NextParagraph(Command):
    """Go to the paragraph after."""

    name, title, keys, group = "move.next-paragraph", "Next paragraph", ("}",), "Move"
    aliases = ("fullwidth_right_curly_bracket", "right_white_corner_bracket")
    where = TEXT


class PreviousSection(Command):
    """Go to the beginning of the section, or to the section before."""

    name, title, keys, group = "section.previous", "Previous section", ("[",), "Sections"
    aliases = ("left_black_lenticular_bracket", "left_corner_bracket", "fullwidth_left_square_bracket")


class NextSection(Command):
    """Go to the section after."""

    name, title, keys, group = "section.next", "Next section", ("]",), "Sections"
    aliases = ("right_black_lenticular_bracket", "right_corner_bracket", "fullwidth_right_square_bracket")


class Section0(Command):
    """Go to the first section: the opening."""

    name, title, keys, group = "section.0", "Opening", ("0",), "Sections"


class Section1(Command):
    """Go to section 1."""

    name, title, keys, group = "section.1", "Section 1", ("1",), "Sections"


class Section2(Command):
    """Go to section 2."""

    name, title, keys, group = "section.2", "Section 2", ("2",), "Sections"


class Section3(Command):
    """Go to section 3."""

    name, title, keys, group = "section.3", "Section 3", ("3",), "Sections"


class Section4(Command):
    """Go to section 4."""

    name, title, keys, group = "section.4", "Section 4", ("4",), "Sections"


class Section5(Command):
    """Go to section 5: the closing."""

    name, title, keys, group = "section.5", "Closing", ("5",), "Sections"


class Section6(Command):
    """Go to section 6: the source, its digest, its rights, and what is supplied by us."""

    name, title, keys, group = "section.6", "Source and rights", ("6",), "Sections"


class ToggleContents(Command):
    """Fold the contents away or back."""

    name, title, keys, group = "view.contents", "Contents", ("z", "f9"), "View"


class FocusContents(Command):
    """Go into the contents and out again; Enter goes to the section."""

    name, title, keys, group = "view.focus-contents", "Into the contents", ("tab",), "View"


class Search(Command):
    """Search as you type, in the Chinese in either script, in pinyin without tones, and in the English."""

    name, title, keys, group, hint = "search.open", "Search", ("/", "f3"), "Search", "search"
    aliases = ("ideographic_comma", "fullwidth_solidus")


class AcceptSearch(Command):
    """Keep the hits and go on reading."""

    name, title, keys, group = "search.accept", "Keep the hits", ("enter",), "Search"


class NextHit(Command):
    """Go to the next hit, and from the last to the first."""

    name, title, keys, group = "search.next", "Next hit", ("n", "f4"), "Search"


class PreviousHit(Command):
    """Go to the hit before, and from the first to the last."""

    name, title, keys, group = "search.previous", "Previous hit", ("N", "shift+f4"), "Search"
    aliases = ("f16",)  # what Shift+F4 is called where a terminal counts on


class ClearSearch(Command):
    """Put out the hits and go back to where the search began; or let go of the selection."""

    name, title, keys, group = "search.clear", "Clear", ("escape",), "Search"


class Occurrences(Command):
    """List the hits as a concordance: keyword in context, by section."""

    name, title, keys, group = "search.occurrences", "Occurrences", ("o",), "Search"


class Statistics(Command):
    """Show every figure that the article reports, in tables by section."""

    name, title, keys, group, hint = "open.statistics", "Statistics", ("s", "f5"), "Open", "statistics"


class Names(Command):
    """Show the people, places, bodies and media that the text names."""

    name, title, keys, group = "open.names", "People and places", ("p", "f6"), "Open"


class Apparatus(Command):
    """Show the apparatus: what was changed from the capture, and the evidence for it."""

    name, title, keys, group = "open.apparatus", "Apparatus", ("a", "f2"), "Open"


class OpenLibrary(Command):
    """Show the library: all documents that you have, to sort, to filter and to open."""

    name, title, keys, group, hint = "open.library", "Library", ("l", "f11"), "Library", "library"


class SearchLibrary(Command):
    """Search the whole library as you type; the documents found stand with their hits."""

    name, title, keys, group = "search.library", "Search the library", ("L", "shift+f11"), "Library"
    aliases = ("f23",)  # what Shift+F11 is called where a terminal counts on
    where = (READER, LIBRARY)


class SwitchSearch(Command):
    """While you type: take the query from this document to the library, and back."""

    name, title, keys, group = "search.switch", "This document or the library", ("ctrl+l",), "Library"
    where = (READER, RESULTS)


class FilterLibrary(Command):
    """In the library: show only documents whose title, source, date or id has what you type."""

    name, title, keys, group, hint = "library.filter", "Filter", ("/", "f3"), "Library", "filter"
    aliases = ("ideographic_comma", "fullwidth_solidus")
    where = (LIBRARY,)


class ReverseLibrary(Command):
    """In the library: turn the order round."""

    name, title, keys, group = "library.reverse", "Turn the order round", ("r", "f6"), "Library"
    where = (LIBRARY,)


class ImportFiles(Command):
    """Import files or folders into the library: asks for a path. A file dropped on the window does the same."""

    name, title, keys, group, hint = "library.import", "Import…", ("i", "insert"), "Library", "import"
    where = (LIBRARY,)


class ImportReport(Command):
    """Show what became of each file of the last import, with the reasons of those that failed."""

    name, title, keys, group = "library.report", "The last import", ("I",), "Library"
    where = (READER, LIBRARY)


class RemoveDocument(Command):
    """In the library: remove the document from it, once you have said yes."""

    name, title, keys, group = "library.remove", "Remove", ("d", "delete"), "Library"
    where = (LIBRARY,)


class TypeQuery(Command):
    """In what a search of the library found: change the query."""

    name, title, keys, group, hint = "results.query", "Change the query", ("/", "f3"), "Library", "query"
    aliases = ("ideographic_comma", "fullwidth_solidus")
    where = (RESULTS,)


class NextFacet(Command):
    """In what a search of the library found: by document, by year, by source; Enter on a year or a source narrows."""

    name, title, keys, group, hint = "results.facet", "By year, by source", ("v", "f8"), "Library", "by year, source"
    where = (RESULTS,)


class LightEmendations(Command):
    """Light the emended places, certain, named and chosen in their own ways; again to put them out."""

    name, title, keys, group = "view.emendations", "Emended places", ("A", "shift+f2"), "View"
    aliases = ("f14",)  # what Shift+F2 is called where a terminal counts on


class ToggleReading(Command):
    """Change the reading: restored, simplified, as captured."""

    name, title, keys, group, hint = "view.reading", "Reading", ("t", "f7"), "View", "reading"


class ToggleEnglish(Command):
    """Show the English: off, beneath each paragraph, beside (where there is room)."""

    name, title, keys, group = "view.english", "English", ("e", "f8"), "View"


class Wider(Command):
    """Make the lines longer by two characters."""

    name, title, keys, group = "view.wider", "Longer lines", ("+", "="), "View"
    aliases = ("fullwidth_plus_sign",)


class Narrower(Command):
    """Make the lines shorter by two characters."""

    name, title, keys, group = "view.narrower", "Shorter lines", ("-",), "View"
    aliases = ("fullwidth_hyphen_minus",)


class ChangeTheme(Command):
    """Change the colours: ink, paper, or the terminal's own, dark and light."""

    name, title, keys, group = "view.theme", "Colours", ("T", "f10"), "View"
    where = EVERYWHERE


class Copy(Command):
    """Copy the selection, or the sentence that one is at, with title, source and address."""

    name, title, keys, group = "copy.selection", "Copy with its address", ("y",), "Take away"
    where = TEXT


class Interrupt(Command):
    """Copy what is selected; where nothing is, say how to leave."""

    name, title, keys, group = "copy.interrupt", "Copy what is selected", ("ctrl+c",), "Take away"
    where = TEXT


class Select(Command):
    """Select with the keys, from the present hit or the first character shown; again to go on reading."""

    name, title, keys, group = "select.begin", "Select", ("v", "shift+f7"), "Take away"
    aliases = ("f19",)  # what Shift+F7 is called where a terminal counts on


class Mark(Command):
    """Mark the selection, or the place: a note may go with it, and tags (#word)."""

    name, title, keys, group = "note.add", "Mark", ("m", "insert"), "Take away"
    where = TEXT


class Marks(Command):
    """List the marks, of this document or of all, to go there, change or remove them."""

    name, title, keys, group = "note.list", "Marks", ("'", "shift+f3"), "Take away"
    aliases = ("f15", "left_single_quotation_mark", "right_single_quotation_mark")  # f15: Shift+F3


class Cite(Command):
    """Cite the document or the passage: a list of styles, each shown before you choose."""

    name, title, keys, group = "take.cite", "Cite", ("c",), "Take away"
    where = TEXT


class Export(Command):
    """Write the document, or the selection's passage, to a file: text, Markdown, a page, TEI or JSON."""

    name, title, keys, group = "take.export", "To a file", ("x",), "Take away"
    where = TEXT


class SelectLeft(Command):
    """While selecting: one character back."""

    name, title, keys, group = "select.left", "A character back", ("h", "left"), "Selecting"
    where = (SELECTING,)


class SelectRight(Command):
    """While selecting: one character on."""

    name, title, keys, group = "select.right", "A character on", ("l", "right"), "Selecting"
    where = (SELECTING,)


class SelectClause(Command):
    """While selecting: to the end of the clause, between marks; of the word, in English."""

    name, title, keys, group, hint = "select.clause", "To the clause's end", ("w", "tab"), "Selecting", "clause"
    where = (SELECTING,)


class SelectClauseBack(Command):
    """While selecting: back to where the clause begins; the word, in English."""

    name, title, keys, group = "select.clause-back", "To the clause's beginning", ("b", "shift+tab"), "Selecting"
    where = (SELECTING,)


class SelectLineStart(Command):
    """While selecting: to the beginning of the line."""

    name, title, keys, group = "select.line-start", "To the line's beginning", ("0", "home"), "Selecting"
    where = (SELECTING,)


class SelectLineEnd(Command):
    """While selecting: to the end of the line."""

    name, title, keys, group = "select.line-end", "To the line's end", ("$", "end"), "Selecting"
    aliases = ("fullwidth_dollar_sign", "fullwidth_yen_sign")
    where = (SELECTING,)


class SelectPageDown(Command):
    """While selecting: one page down."""

    name, title, keys, group = "select.page-down", "A page down", ("pagedown", "space", "ctrl+f"), "Selecting"
    aliases = ("ideographic_space",)
    where = (SELECTING,)


class SelectPageUp(Command):
    """While selecting: one page up."""

    name, title, keys, group = "select.page-up", "A page up", ("pageup", "ctrl+b"), "Selecting"
    where = (SELECTING,)


class SelectTop(Command):
    """While selecting: to the beginning of the text."""

    name, title, keys, group = "select.top", "To the beginning", ("g", "ctrl+home"), "Selecting"
    where = (SELECTING,)


class SelectBottom(Command):
    """While selecting: to the end of the text."""

    name, title, keys, group = "select.bottom", "To the end", ("G", "ctrl+end"), "Selecting"
    where = (SELECTING,)


class SelectOther(Command):
    """While selecting: change over to the other end."""

    name, title, keys, group = "select.other", "The other end", ("o",), "Selecting"
    where = (SELECTING,)


class KeepSelection(Command):
    """While selecting: go on reading; what is selected stays so."""

    name, title, keys, group = "select.keep", "Keep what is selected", ("v", "enter", "shift+f7"), "Selecting"
    aliases = ("f19",)
    where = (SELECTING,)


class LeaveSelecting(Command):
    """While selecting: let go of it."""

    name, title, keys, group, hint = "select.leave", "Let go", ("escape", "q"), "Selecting", "let go"
    where = (SELECTING,)


class CopyCitation(Command):
    """In the list of styles: copy the citation."""

    name, title, keys, group, hint = "cite.copy", "Copy", ("enter", "y", "ctrl+c"), "Take away", "copy"
    where = (CITING,)


class WriteCitation(Command):
    """In the list of styles: write the citation to a file in the folder that you are in."""

    name, title, keys, group, hint = "cite.write", "To a file", ("x", "w"), "Take away", "to a file"
    where = (CITING,)


class CitePassage(Command):
    """In the list of styles: cite the passage, or the document again."""

    name, title, keys, group, hint = "cite.passage", "Passage or document", ("p",), "Take away", "passage"
    where = (CITING,)


class CloseCitations(Command):
    """In the list of styles: go back to the text."""

    name, title, keys, group, hint = "cite.close", "Back to the text", ("escape", "q", "ctrl+o"), "Take away", "back"
    where = (CITING,)


class FilterMarks(Command):
    """In the list of marks: show only those whose words, note, tags or document have what you type."""

    name, title, keys, group, hint = "marks.filter", "Filter", ("/", "f3"), "Marks", "filter"
    aliases = ("ideographic_comma", "fullwidth_solidus")
    where = (MARKS,)


class MarksOfAll(Command):
    """In the list of marks: those of all documents, or of the one that is open again."""

    name, title, keys, group, hint = "marks.all", "This document or all", ("v", "f8"), "Marks", "all documents"
    where = (MARKS,)


class EditMark(Command):
    """In the list of marks: change the note and its tags."""

    name, title, keys, group, hint = "marks.edit", "Change", ("e", "f2"), "Marks", "change"
    where = (MARKS,)


class RemoveMark(Command):
    """In the list of marks: remove the mark; what was removed can be had back."""

    name, title, keys, group, hint = "marks.remove", "Remove", ("d", "delete"), "Marks", "remove"
    where = (MARKS,)


class RestoreMark(Command):
    """In the list of marks: have back what was removed last."""

    name, title, keys, group = "marks.restore", "Have it back", ("u",), "Marks"
    where = (MARKS,)


class CopyMark(Command):
    """In the list of marks: copy the words with title, source and address."""

    name, title, keys, group, hint = "marks.copy", "Copy", ("y", "ctrl+c"), "Marks", "copy"
    where = (MARKS,)


class CloseMarks(Command):
    """In the list of marks: go back to the text."""

    name, title, keys, group, hint = "marks.close", "Back to the text", ("q", "'", "ctrl+o"), "Marks", "back"
    aliases = ("left_single_quotation_mark", "right_single_quotation_mark")
    where = (MARKS,)


class WriteExport(Command):
    """In the export: write the file; one that is there already is asked about."""

    name, title, keys, group, hint = "export.write", "Write", ("enter", "x"), "Take away", "write"
    where = (EXPORTING,)


class NextValue(Command):
    """In the export: choose the next of what the row offers."""

    name, title, keys, group, hint = "export.next", "Next", ("right", "space"), "Take away", "change"
    aliases = ("ideographic_space",)
    where = (EXPORTING,)


class PreviousValue(Command):
    """In the export: choose the one before of what the row offers."""

    name, title, keys, group = "export.previous", "The one before", ("left",), "Take away"
    where = (EXPORTING,)


class NameExport(Command):
    """In the export: change the file's name, or where it is to be."""

    name, title, keys, group, hint = "export.name", "The file's name", ("e", "f2"), "Take away", "name"
    where = (EXPORTING,)


class CloseExport(Command):
    """In the export: go back to the text."""

    name, title, keys, group, hint = "export.close", "Back to the text", ("escape", "q", "ctrl+o"), "Take away", "back"
    where = (EXPORTING,)


class Back(Command):
    """Go back to where I was before the last jump."""

    name, title, keys, group = "move.back", "Back", ("ctrl+o",), "Move"


class Choose(Command):
    """Go to what the row names, or open it."""

    name, title, keys, group, hint = "table.choose", "Go there", ("enter",), "Tables", "go there"
    where = (*LISTS, MARKS)


class SortTable(Command):
    """Sort the table another way: each press takes the next."""

    name, title, keys, group, hint = "table.sort", "Sort", ("s", "f5"), "Tables", "sort"
    where = (TABLE, LIBRARY)


class CopyTable(Command):
    """Copy the table as tab-separated values."""

    name, title, keys, group, hint = "table.copy", "Copy as TSV", ("y", "c", "ctrl+c"), "Tables", "copy"
    where = LISTS


class WriteTable(Command):
    """Write the table to a file: CSV, TSV or JSON."""

    name, title, keys, group = "table.write", "To a file", ("x", "w"), "Tables"
    where = LISTS


class StepBack(Command):
    """Undo the filter, or the year or source chosen; with none left, go back to the text."""

    name, title, keys, group = "library.step-back", "One step back", ("escape",), "Library"
    where = (LIBRARY, RESULTS, MARKS)


class CloseLibrary(Command):
    """Go back to the text that was open."""

    name, title, keys, group, hint = "library.close", "Back to the text", ("q", "ctrl+o"), "Library", "back"
    where = (LIBRARY, RESULTS)


class Evidence(Command):
    """In the apparatus: show the bytes, the alternatives and the reason, or hide them."""

    name, title, keys, group = "table.evidence", "Evidence", ("i", "f4"), "Tables"
    where = (TABLE,)


class FilterKind(Command):
    """In the statistics: figures of one kind (counts, money, areas …) with bars to scale; each press takes the next."""

    name, title, keys, group, hint = "table.kind", "One kind of figure", ("v", "f8"), "Tables", "kind"
    where = (TABLE,)


class Across(Command):
    """In the statistics: what all documents report of the noun that the row counts, by date, with bars."""

    name, title, keys, group = "table.across", "In all documents", ("L", "f9"), "Tables"
    where = (TABLE,)


class Computed(Command):
    """In the statistics: show values that we compute (people to a team, change between documents), so marked."""

    name, title, keys, group = "table.computed", "Computed values", ("=", "f7"), "Tables"
    where = (TABLE,)


class CloseTable(Command):
    """Go back to the text."""

    name, title, keys, group, hint = "table.close", "Back to the text", ("escape", "q", "ctrl+o"), "Tables", "back"
    where = (TABLE,)


class Help(Command):
    """Show all keys."""

    name, title, keys, group, hint = "app.help", "Help", ("?", "f1"), "The program", "help"
    aliases = ("fullwidth_question_mark",)
    where = EVERYWHERE


class Palette(Command):
    """Find a command by its name."""

    name, title, keys, group = "app.palette", "Palette", ("ctrl+p",), "The program"
    where = EVERYWHERE


class Suspend(Command):
    """Leave the program in the background; the shell's `fg` brings it back."""

    name, title, keys, group = "app.suspend", "To the background", ("ctrl+z",), "The program"
    where = EVERYWHERE


class Quit(Command):
    """Leave; the place is kept."""

    name, title, keys, group = "app.quit", "Leave", ("q", "ctrl+q"), "The program"
    aliases = ("Q",)


COMMANDS: tuple[type[Command], ...] = tuple(Command.__subclasses__())
"""All commands, in the order in which help lists them."""


def commands_for(where: str) -> list[type[Command]]:
    return [command for command in COMMANDS if where in command.where]


def command_named(name: str) -> type[Command] | None:
    return next((command for command in COMMANDS if command.name == name), None)
