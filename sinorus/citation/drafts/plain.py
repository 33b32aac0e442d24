"""A draft without markup: what is indented by four blanks is set off as a quotation."""

from __future__ import annotations

from sinorus.citation.drafts.draft import Block, Prose, in_blocks
from sinorus.citation.drafts.traced import Traced

_INDENTED = "    "
_DASHES = ("— ", "– ", "-- ")
"""What the line begins with that says whose the words were."""


def read(text: str) -> Prose:
    """The paragraphs, which empty lines divide."""
    found: list[Block] = []
    number = 0
    for block in in_blocks(Traced(text)):
        start = block.prose.at[0]
        indented = text[:start].endswith(_INDENTED)
        number = (number or start + 1) if indented else 0
        found.append(block._replace(quoted=number))
        if block.prose.text.startswith(_DASHES):
            number = 0
    return Prose(found)
