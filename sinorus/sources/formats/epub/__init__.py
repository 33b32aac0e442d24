"""EPUB: the chapters in their order, as one page that the reader of HTML reads.

`package.py` has what the book says of itself and of its chapters, `chapters.py` makes one page of
them, so that notes in a chapter of their own find their marks; `page_breaks.py` has printed pages.
"""

from __future__ import annotations

from sinorus.sources.formats.epub.reader import read

__all__ = ["read"]
