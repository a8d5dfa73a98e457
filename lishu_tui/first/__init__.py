"""The text before the toolkit: the first screen, painted with escape codes while Textual is still to be imported.

What is painted is what the reader will draw, cell for cell, so that nothing is seen of its taking over. Wherever it is
not certain to be so, nothing is painted, and the reader opens as it would without this room. Nothing here may import
more than it must: every millisecond is one that the text is waited for.
"""
