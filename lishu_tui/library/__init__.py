"""Files from a reader's disk made into editions: their bytes decoded, restored if damaged, cut into paragraphs."""

from lishu_tui.library.opening import edition_of, open_file

__all__ = ["edition_of", "open_file"]
