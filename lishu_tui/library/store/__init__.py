"""Where a reader's documents are kept: one SQLite file, each document written in one transaction."""

from lishu_tui.library.store.checking import Finding
from lishu_tui.library.store.entries import SORTS, Entry, Sort
from lishu_tui.library.store.library import Library
from lishu_tui.library.store.moving import export_library, import_library, import_notes
from lishu_tui.library.store.packing import Prepared, prepare
from lishu_tui.library.store.places import library_file

__all__ = [
    "SORTS",
    "Entry",
    "Finding",
    "Library",
    "Prepared",
    "Sort",
    "export_library",
    "import_library",
    "import_notes",
    "library_file",
    "prepare",
]
