"""One segment's share of an answer: what matches there, and what each unit weighs in it."""

from __future__ import annotations

import sys
from typing import Any

from sinorus.engines.port import SearchRequest
from sinorus.engines.whoosh.codec.opened import OpenSegment
from sinorus.engines.whoosh.search.lists import ListMatching
from sinorus.engines.whoosh.search.matching import Matching, effort
from sinorus.engines.whoosh.search.page import Found
from sinorus.engines.whoosh.search.weighing import Weighed, add_gains, weigh_array, weigh_list
from sinorus.query.nodes import Near, Positional

_FEW, _FEW_WARM = 6_000, 100
"""Numbers up to which lists are faster than arrays: before numpy is imported, and after. Measured:
see docs/decisions/0012-lists-and-arrays.md."""


def matching_for(segment: OpenSegment, request: SearchRequest) -> Matching[Any]:
    """Lists for a query that touches few numbers, arrays for any other."""
    lists = ListMatching(segment)
    few = _FEW_WARM if "numpy" in sys.modules else _FEW
    nodes = (request.node, *request.coverage)
    if sum(effort(segment, node, lists) for node in nodes) <= few:
        return lists
    from sinorus.engines.whoosh.search.arrays import ArrayMatching

    return ArrayMatching(segment, lists.words)  # what the estimate has looked up already


class Part:
    """One segment's share of an answer."""

    def __init__(
        self, request: SearchRequest, segment: OpenSegment, wanted: list[Positional | Near]
    ) -> None:
        self._segment = segment
        matching = matching_for(segment, request)
        self._keys = matching.alive(matching.matching(request.node))
        self._documents = matching.documents_of(self._keys)
        self._covered = self._coverage(request, matching)
        self._scores = self._nothing()
        self.weighed: list[Weighed] = []
        if isinstance(matching, ListMatching):
            self.weighed = [weigh_list(matching, unit, self._keys) for unit in wanted]
            self._lengths: Any = segment.lengths(self._keys) if wanted else []
        else:
            self.weighed = [weigh_array(matching, unit, self._keys) for unit in wanted]  # type: ignore[arg-type]
            starts = segment.text.starts.numbers()
            self._lengths = starts[self._keys + 1] - starts[self._keys] - 1 if wanted else []

    def _nothing(self) -> Any:
        if isinstance(self._keys, list):
            return [0.0] * len(self._keys)
        import numpy as np

        return np.zeros(len(self._keys))

    def _coverage(self, request: SearchRequest, matching: Matching[Any]) -> Any:
        covered = self._nothing()
        for node in request.coverage:
            there = matching.matching(node)
            if isinstance(covered, list):
                having = set(there)
                covered = [n + (key in having) for n, key in zip(covered, self._keys, strict=True)]
            else:
                from sinorus.engines.whoosh.search.lookups import is_in

                covered += is_in(self._keys, there)
        return covered

    def add(self, at: int, average: float, weight: float) -> None:
        """Adds what the unit number `at` weighs to the scores."""
        frequencies = self.weighed[at].frequencies
        self._scores = add_gains(self._scores, frequencies, self._lengths, average, weight)

    def found(self) -> Found:
        """What the segment gives to the answer."""
        return Found(self._segment, self._keys, self._documents, self._scores, self._covered)
