"""What a text reports: quantities, and who says what; by rules, each with its reason."""

from lishu_tui.figures.names import find_names
from lishu_tui.figures.numerals import read_number
from lishu_tui.figures.quantities import Quantity, find_quantities
from lishu_tui.figures.speech import find_speech

__all__ = ["Quantity", "find_names", "find_quantities", "find_speech", "read_number"]
