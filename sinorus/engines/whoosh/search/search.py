"""A request on the segments of an index: matched, counted in all of them, scored, ordered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import boosted_units, unit_weight
from sinorus.engines.whoosh.search.lists import ListMatching
from sinorus.engines.whoosh.search.matching import Matching, estimated_cost
from sinorus.engines.whoosh.search.page import Found, Place, page, tally
from sinorus.engines.whoosh.search.scoring import Weighed, add_gains, weigh_array, weigh_list
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Hit, HitPage
from sinorus.query.nodes import Near, Positional

FEW, FEW_WARM = 6_000, 100
"""Numbers up to which lists are faster than arrays: before numpy is imported, and after. Measured:
see docs/decisions/0012-lists-and-arrays.md."""


def matching_for(segment: OpenSegment, request: SearchRequest) -> Matching[Any]:
    """Lists for a query that touches few numbers, arrays for any other."""
    lists = ListMatching(segment)
    few = FEW_WARM if "numpy" in sys.modules else FEW
    nodes = (request.node, *request.coverage)
    if sum(estimated_cost(segment, node, lists) for node in nodes) <= few:
        return lists
    from sinorus.engines.whoosh.search.arrays import ArrayMatching

    return ArrayMatching(segment, lists.words)  # what the estimate has looked up already


class Part:
    """One segment's share of an answer."""

    def __init__(self, request: SearchRequest, segment: OpenSegment, *, scored: bool) -> None:
        self._segment = segment
        self._matching = matching = matching_for(segment, request)
        self._keys = matching.alive(matching.matching(request.node))
        self._documents = matching.documents_of(self._keys)
        self._covered = self._coverage(request, matching)
        self._scores = self._nothing()
        self._lengths: Any = []
        if scored and isinstance(matching, ListMatching):
            self._lengths = segment.lengths(self._keys)
        elif scored:
            starts = segment.text.starts.numbers()
            self._lengths = starts[self._keys + 1] - starts[self._keys] - 1

    def _nothing(self) -> Any:
        if isinstance(self._keys, list):
            return [0.0] * len(self._keys)
        import numpy as np

        return np.zeros(len(self._keys))

    def _coverage(self, request: SearchRequest, matching: Matching[Any]) -> Any:
        covered = self._nothing()
        if not request.coverage:
            return covered
        if isinstance(covered, list):
            place = {key: at for at, key in enumerate(self._keys)}
            for node in request.coverage:
                for key in matching.matching(node):
                    if key in place:
                        covered[place[key]] += 1
            return covered
        from sinorus.engines.whoosh.search.lookups import is_in

        for node in request.coverage:
            covered += is_in(self._keys, matching.matching(node))
        return covered

    def weigh(self, unit: Positional | Near) -> Weighed:
        """What a unit weighs here."""
        if isinstance(self._matching, ListMatching):
            return weigh_list(self._matching, unit, self._keys)
        return weigh_array(self._matching, unit, self._keys)  # type: ignore[arg-type]

    def add(self, share: Weighed, average: float, weight: float) -> None:
        """Adds what a unit weighs to the scores."""
        frequencies = share.frequencies
        self._scores = add_gains(self._scores, frequencies, self._lengths, average, weight)

    def found(self) -> Found:
        """What the segment gives to the answer."""
        return Found(self._segment, self._keys, self._documents, self._scores, self._covered)


def search(
    request: SearchRequest, segments: Sequence[OpenSegment], paragraphs: int, words: int
) -> HitPage:
    """The answer of an index with so many paragraphs and words in all."""
    weighed = boosted_units(request.node) if request.limit != 0 else []
    parts = [Part(request, segment, scored=bool(weighed)) for segment in segments]
    average = words / paragraphs if paragraphs else 0.0
    # One unit after the other: the numbers of all of them would be units times paragraphs.
    for unit, boost in weighed:
        shares = [part.weigh(unit) for part in parts]
        weight = unit_weight(paragraphs, sum(share.document_frequency for share in shares), boost)
        for part, share in zip(parts, shares, strict=True):
            part.add(share, average, weight)
    results = [part.found() for part in parts]
    hits = tuple(_hit(place) for place in page(request, results))
    counts = tally(results)
    return HitPage(sum(len(result.keys) for result in results), counts, hits)


def _hit(place: Place) -> Hit:
    segment, document = place.segment, place.document
    return Hit(segment.documents[document], segment.paragraph(place.key, document), place.score)
