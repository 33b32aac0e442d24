"""The postings of a term, and Whoosh's walk over them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

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


class PostingMatcher(LeafMatcher):
    """A walk over a list, in blocks that can be left out when a search wants the best only."""

    def __init__(
        self, postings: TermList, form: Any, scorer: Any, term: tuple[str, bytes], at: int = 0
    ) -> None:
        self.format, self.scorer = form, scorer
        self._list, self._term, self._i = postings, term, at
        self._ids = postings.ids
        self._skipped = False

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return not self._skipped and self._i < len(self._ids)

    def reset(self) -> None:
        """Goes back to the first posting."""
        self._i, self._skipped = 0, False

    def copy(self) -> PostingMatcher:
        """Another walk from the same place."""
        other = PostingMatcher(self._list, self.format, self.scorer, self._term, self._i)
        other._skipped = self._skipped
        return other

    def id(self) -> int:
        """The paragraph here."""
        return self._ids[self._i]

    def all_ids(self) -> Iterator[int]:
        """All paragraphs from here on."""
        return iter(self._ids[self._i :] if self.is_active() else ())

    def next(self) -> bool:  # type: ignore[override]  # Whoosh says None and uses it
        """Goes on to the next posting; True where that is in another block."""
        self._i += 1
        return self._i % BLOCK == 0 or self._i == len(self._ids)

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Goes on to the first paragraph from `id` on."""
        if not self.is_active():
            raise ReadTooFar
        if id > self._ids[-1]:
            self._skip_all()
        else:
            self._i = bisect_left(self._ids, id, self._i)

    def _skip_all(self) -> None:
        """Ends the walk on a posting of the last block, as Whoosh's own matcher does.

        Whoosh's AndNotMatcher asks for the id here after it has skipped too far.
        """
        self._i = max(self._i, (len(self._ids) - 1) // BLOCK * BLOCK)
        self._skipped = True

    def skip_to_quality(self, minquality: float) -> int:
        """Goes on to the first block that can have a better score; the number of blocks left."""
        left = 0
        while self.is_active() and self.block_quality() <= minquality:
            after = (self._i // BLOCK + 1) * BLOCK
            if after < len(self._ids):
                self._i = after
            else:
                self._skip_all()
            left += 1
        return left

    def _block(self) -> int:
        return min(self._i, len(self._ids) - 1) // BLOCK

    def block_max_weight(self) -> float:
        """The greatest weight in this block."""
        return self._list.most[self._block()]

    def block_min_length(self) -> int:
        """The shortest length in this block."""
        return self._list.shortest[self._block()]

    def weight(self) -> float:
        """How often the paragraph has the term."""
        return self._list.weights[self._i]

    def value(self) -> bytes:
        """The posting as the field's format writes it."""
        if self._list.has_positions:
            return self.format.encode(self._list.positions(self._i))
        return pack_uint(int(self.weight())) if self.format.posting_size else b""

    def value_as(self, astype: str) -> Any:
        """What the format reads from it: the frequency, the positions."""
        if astype == "positions" and self._list.has_positions:
            return self._list.positions(self._i)
        return super().value_as(astype)
