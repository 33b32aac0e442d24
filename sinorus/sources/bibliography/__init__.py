"""Bibliographies of a library: which entry is of which document, and what it says of it."""
