"""OpenDocument texts, packed (`.odt`) or flat (`.fodt`).

`styles.py` says what a style means, `runs.py` reads the text of a paragraph, `body.py` the
paragraphs, `reader.py` the file and what it says of itself.
"""

from __future__ import annotations

from sinorus.sources.formats.odt.reader import read

__all__ = ["read"]
