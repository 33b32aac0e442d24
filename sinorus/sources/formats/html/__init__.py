"""Web pages: what is on them to read, as paragraphs, and what they say of themselves.

`read_html` is for others as well: the parts of mail and the chapters of EPUB are HTML.
"""

from __future__ import annotations

from sinorus.sources.formats.html.reader import read, read_html

__all__ = ["read", "read_html"]
