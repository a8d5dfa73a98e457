"""Files that hold captured pages in something else: web archives, books, messages, folders of other programs.

Everything is read in memory: no name in an archive ever becomes a name on disk, and nothing is fetched.
"""
