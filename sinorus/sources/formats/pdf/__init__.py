"""PDF to blocks: paragraphs found by where glyphs stand, on the text that PDFium extracts.

`glyphs.py` takes runs of text off each page, `lines.py` and `columns.py` put them into lines and
columns, `furniture.py` drops what repeats, `notes.py`, `tables.py` and `passages.py` cut what is
left, `flow.py` joins it over columns and pages; `headings.py` finds headings, `wording.py` makes
text of lines.
"""

from sinorus.sources.formats.pdf.reader import read as read
