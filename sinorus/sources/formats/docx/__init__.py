"""Word's files since 2007: text, tables, notes and properties, without what was deleted.

`package.py` has the parts and how they refer to one another, `styles.py` what a style means,
`runs.py` the text of a paragraph, `body.py` the paragraphs of a text, `properties.py` the metadata.
"""

from __future__ import annotations

from sinorus.sources.formats.docx.reader import read

__all__ = ["read"]
