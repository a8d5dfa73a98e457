"""Notes to take away, and back: a list to read, a line of JSON or of CSV each, W3C Web Annotations."""

from lishu_tui.export.notes.foreign import Foreign, read_annotations
from lishu_tui.export.notes.placed import Placed, placed
from lishu_tui.export.notes.taking import Taken, take_in
from lishu_tui.export.notes.writing import COLUMNS, FORMS, Form, export, record

__all__ = [
    "COLUMNS",
    "FORMS",
    "Foreign",
    "Form",
    "Placed",
    "Taken",
    "export",
    "placed",
    "read_annotations",
    "record",
    "take_in",
]
