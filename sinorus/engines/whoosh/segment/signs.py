"""A bit for each token beside the lists: how Han characters stand in their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinorus.engines.whoosh.segment.file import SegmentFile

if TYPE_CHECKING:
    from sinorus.engines.whoosh.segment.numbers import Numbers

SIGNS = ("begins", "inside")
"""A stretch of Han begins with a token; a token goes on with a word: see `text.han`."""


class Bits:
    """A set of token numbers: bit *n* mod 8 of byte *n* / 8 of a section; an empty one has none."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.section = file[f"text.{name}"]
        self.empty = not len(self.section)

    def __contains__(self, token: object) -> bool:
        if self.empty or not isinstance(token, int):
            return False
        return self.section[token >> 3] >> (token & 7) & 1 == 1

    def among(self, tokens: Numbers) -> Numbers:
        """Which of these tokens, an array of numbers, it has."""
        import numpy as np

        if self.empty:
            return np.zeros(len(tokens), bool)
        octets = self.section.numbers()[tokens >> 3]
        found: Numbers = (octets >> (tokens & 7).astype(np.uint8)) & 1
        return found.view(bool)
