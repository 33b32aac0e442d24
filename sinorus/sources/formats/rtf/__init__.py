"""RTF, read by a tokenizer of our own: what pip has for it loses notes, tables and code pages.

`tokens.py` cuts the bytes into controls, groups and text, `fonts.py` has their encodings,
`destinations.py` where a text belongs, `reader.py` makes paragraphs of it.
"""

from __future__ import annotations

from sinorus.sources.formats.rtf.reader import read

__all__ = ["read"]
