"""What a reader notes at a place: kept with the words, so that it outlives a changed edition."""

from lishu_tui.library.notes.note import Note
from lishu_tui.library.notes.notes import Notes

__all__ = ["Note", "Notes"]
