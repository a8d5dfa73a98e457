"""What a text reports: quantities, and who says what; by rules, each with its reason."""

from lishu_tui.figures.numerals import read_number
from lishu_tui.figures.quantities import Quantity, find_quantities

__all__ = ["Quantity", "find_quantities", "read_number"]
