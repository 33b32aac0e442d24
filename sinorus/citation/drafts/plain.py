"""A draft without markup."""

from __future__ import annotations

from sinorus.citation.drafts.draft import Prose, in_blocks
from sinorus.citation.drafts.traced import Traced


def read(text: str) -> Prose:
    """The paragraphs, which empty lines divide."""
    return Prose(in_blocks(Traced(text)))
