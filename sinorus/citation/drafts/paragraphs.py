"""A draft that an office program wrote, as it is handed on: a paragraph a line."""

from __future__ import annotations

import re

from sinorus.citation.drafts.draft import Block, Prose
from sinorus.citation.drafts.traced import Traced

QUOTED = "\t"
"""What a paragraph begins with that is set off as a quotation."""


def read(text: str) -> Prose:
    """The paragraphs, each of them a block; those set off side by side are one quotation."""
    found: list[Block] = []
    number = 0
    whole = Traced(text)
    for match in re.finditer(r"[^\n]+", text):
        quoted = match[0].startswith(QUOTED)
        number = (number or match.start() + 1) if quoted else 0
        prose = whole[match.start() + quoted : match.end()]
        if prose.text.strip():
            found.append(Block(prose, number))
    return Prose(found)
