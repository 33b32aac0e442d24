"""The lengths of paragraphs as Whoosh asks for them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from whoosh.util.numeric import byte_to_length, length_to_byte

from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment

SCORED = frozenset({"text", "exact"})
"""The fields that have lengths: the words of the paragraph in both."""


class Lengths:
    """How many words each paragraph has; with `rounded` as Whoosh's codecs keep it, in a byte."""

    def __init__(self, segment: OpenSegment, rounded: bool) -> None:
        self._segment, self._rounded = segment, rounded

    @cached_property
    def _exact(self) -> Numbers:
        return np.diff(self._segment.text.starts.numbers()) - np.uint32(1)

    @cached_property
    def _view(self) -> Any:
        return self._exact.data  # a number comes out of it twice as fast

    def numbers(self, fieldname: str) -> Numbers | None:
        """The exact lengths of all paragraphs; None for a field that has none."""
        return self._exact if fieldname in SCORED else None

    def shown(self, length: int) -> int:
        """What a length is given out as."""
        if not self._rounded:
            return length
        return byte_to_length(length_to_byte(length))

    def of(self, paragraph: int) -> int:
        """The words of a paragraph."""
        return self.shown(self._view[paragraph])

    def total(self) -> int:
        """The words of all paragraphs, exactly."""
        return int(self._exact.sum(dtype=np.int64))

    def least(self) -> int:
        """The words of the shortest paragraph."""
        return self.shown(int(self._exact.min())) if len(self._exact) else 0

    def most(self) -> int:
        """The words of the longest paragraph."""
        return self.shown(int(self._exact.max(initial=0)))
