"""Screens: the reader, and the tables that lead back into it."""
