"""From a query to its hits, blind to script, width and variant, by pinyin and in English; the concordance."""

from lishu_tui.search.find import Hit, context, find
from lishu_tui.search.fold import fold
from lishu_tui.search.query import Query, compile

__all__ = ["Hit", "Query", "compile", "context", "find", "fold"]
