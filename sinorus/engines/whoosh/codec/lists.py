"""The postings of a term, and what bounds the scores that they can have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from whoosh.reading import TermInfo

from sinorus.engines.whoosh.codec.fields import TermPostings
from sinorus.engines.whoosh.segment.numbers import Numbers

BLOCK = 128
"""Postings whose best possible score is known together, as in Whoosh's own codec."""


class TermList:
    """The postings of a term, at least one, as a walk wants them, with what bounds its scores.

    `lengths` are those of all paragraphs, None where the field has none; `shown` is what a length
    is given out as: a bound goes through it too, so that it bounds what is given out.
    """

    def __init__(
        self, postings: TermPostings, lengths: Numbers | None, shown: Callable[[int], int]
    ) -> None:
        self._postings, self._shown = postings, shown
        self._lengths = None if lengths is None else lengths[postings.ids]
        self.ids: list[int] = postings.ids.tolist()
        self.weights: list[float] = postings.counts.astype(float).tolist()

    def info(self) -> TermInfo:
        """The statistics of the term: a new value each time, because Whoosh changes it."""
        lengths = np.zeros(1, int) if self._lengths is None else self._lengths
        return TermInfo(
            *(sum(self.weights), len(self.ids)),
            *(self._shown(int(lengths.min())), self._shown(int(lengths.max()))),
            *(max(self.weights), self.ids[0], self.ids[-1]),
        )

    @cached_property
    def _bounds(self) -> Numbers:
        return np.arange(0, len(self.ids), BLOCK)

    @cached_property
    def most(self) -> list[float]:
        """The greatest weight of each block."""
        return list(map(float, np.maximum.reduceat(self._postings.counts, self._bounds)))

    @cached_property
    def shortest(self) -> list[int]:
        """The shortest length of each block."""
        if self._lengths is None:
            return [0] * len(self._bounds)
        return [self._shown(n) for n in np.minimum.reduceat(self._lengths, self._bounds).tolist()]

    @cached_property
    def _ends(self) -> list[int]:
        return list(np.cumsum(self._postings.counts).tolist())

    @property
    def has_positions(self) -> bool:
        """Whether the field has positions."""
        return self._postings.places is not None

    def positions(self, at: int) -> list[int]:
        """The positions of posting `at`, for a field that has them."""
        if self._postings.places is None:
            raise TypeError("the field has no positions")
        end = self._ends[at]
        return list(self._postings.places[end - int(self.weights[at]) : end].tolist())
