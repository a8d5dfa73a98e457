"""What this program takes at most, stated once: beyond it a file is refused, or split without loss."""

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file."""
PARAGRAPH_LIMIT = 200_000
"""Characters of a paragraph; a longer one is split at the end of a sentence."""
TITLE_LIMIT = 300
"""Characters of a title; of a longer one the beginning is told."""
ZIP_MEMBERS_LIMIT = 5_000
"""Members of a zip archive (EPUB, WACZ)."""
ZIP_MEMBER_LIMIT = 32 * 1024 * 1024
"""Bytes of one member, unpacked."""
ZIP_TOTAL_LIMIT = 256 * 1024 * 1024
"""Bytes read from one archive, unpacked."""
RATIO_LIMIT = 200
"""How many times larger than packed a member may be, once it is beyond the first megabyte."""
RECORD_LIMIT = 32 * 1024 * 1024
"""Bytes of one record of a web archive, and of its body with compression undone."""
