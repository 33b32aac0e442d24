"""Searching the arrays of an index: words to lists, lists to hits, hits to a page."""
