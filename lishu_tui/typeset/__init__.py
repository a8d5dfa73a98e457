"""Characters become cells: how wide they are, where a line may break, and how a document is laid out in lines."""

from lishu_tui.typeset.breaking import break_lines
from lishu_tui.typeset.layout import Layout, Line, Piece, lay_out
from lishu_tui.typeset.width import cells, clip, widths

__all__ = ["Layout", "Line", "Piece", "break_lines", "cells", "clip", "lay_out", "widths"]
