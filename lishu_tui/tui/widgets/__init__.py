"""Widgets: the body of the text, the contents, the status line, the search line, tables of rows."""
