"""What this program takes at most, stated once: beyond it a file is refused, or split without loss."""

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file."""
PARAGRAPH_LIMIT = 200_000
"""Characters of a paragraph; a longer one is split at the end of a sentence."""
