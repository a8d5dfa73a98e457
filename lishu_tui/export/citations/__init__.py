"""A document cited: what can be said of it, and how eight styles say it.

The templates are our own: engines for CSL take Chinese names apart. What a style asks for and is not known is said to
be missing in the style's own words; what this project supplies stands in brackets.
"""

from lishu_tui.export.citations.reference import Reference, day_of_access, reference
from lishu_tui.export.citations.styles import STYLES, Style, bibliography, cite, default_style

__all__ = ["STYLES", "Reference", "Style", "bibliography", "cite", "day_of_access", "default_style", "reference"]
