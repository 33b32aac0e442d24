"""A request on the segments of an index: matched, counted in all of them, scored, ordered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import boosted_units, kind_weights, unit_weight
from sinorus.engines.whoosh.search.lists import ListMatching
from sinorus.engines.whoosh.search.matching import Matching, estimated_cost
from sinorus.engines.whoosh.search.page import Found, Ranked, page, same, tally
from sinorus.engines.whoosh.search.scoring import UnitCounts, add_gains, unit_counts, weighed
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Hit, HitPage
from sinorus.query.nodes import Filter, Near, Node, Positional
from sinorus.query.tree import whole_phrases, whole_words

FEW, FEW_WARM = 6_000, 100
"""Numbers up to which lists are faster than arrays: before numpy is imported, and after. Measured:
see docs/decisions/0012-lists-and-arrays.md."""

FEW_COUNTED = 100_000
"""The same where nothing is scored: counting them in lists takes a sixth of importing numpy."""


def matching_for(segment: OpenSegment, request: SearchRequest) -> Matching[Any]:
    """Lists for a query that touches few numbers, arrays for any other."""
    lists = ListMatching(segment)
    cold = FEW_COUNTED if request.limit == 0 else FEW
    few = FEW_WARM if "numpy" in sys.modules else cold
    nodes = (request.node, *request.coverage)
    if sum(estimated_cost(lists, node) for node in nodes) <= few:
        return lists
    from sinorus.engines.whoosh.search.arrays import ArrayMatching

    return ArrayMatching(segment, lists.words)  # what the estimate has looked up already


class SegmentSearch:
    """What one segment has for a request; all lists or arrays are by ascending paragraph."""

    def __init__(
        self,
        request: SearchRequest,
        segment: OpenSegment,
        *,
        whole: Node | None,
        scored: bool,
    ) -> None:
        self._segment = segment
        self._matching = matching = matching_for(segment, request)
        self._paragraphs = matching.alive(matching.matching(request.node))
        self._covered = matching.covered(self._paragraphs, request.coverage)
        self._scores = matching.zeros(self._paragraphs)
        self._crossing = None if whole is None else self._across(whole)
        self._lengths = matching.lengths(self._paragraphs) if scored else None

    def _across(self, whole: Node) -> Any:
        """Of what matched, what does so only across the borders of words: the few that may."""
        matching = self._matching
        cut = [matching.cut(phrase) for phrase in whole_phrases(whole)]
        there = matching.union([matching.paragraphs(places) for places in cut])
        some = matching.intersection(self._paragraphs, there)
        return matching.difference(some, matching.sound(whole, some)) if len(some) else some

    def count(self, unit: Positional | Near) -> UnitCounts:
        """How often a unit stands in what matched, and in how many paragraphs of the segment."""
        return unit_counts(self._matching, unit, self._paragraphs)

    def score(self, counts: UnitCounts, average: float, weight: float) -> None:
        """Adds what a unit adds to the scores: see `add_gains`."""
        frequencies = counts.frequencies
        self._scores = add_gains(self._scores, frequencies, self._lengths, average, weight)

    def within(self, node: Filter) -> int:
        """How many of the paragraphs that matched pass a filter."""
        return len(self._matching.passing(self._paragraphs, node))

    @property
    def crosses(self) -> bool:
        """Whether any of it matches only across the borders of words."""
        return self._crossing is not None and len(self._crossing) > 0

    def weigh(self, weights: tuple[float, ...], average: float) -> None:
        """Multiplies the scores by what the paragraphs are worth; `weights` by numbers of kinds."""
        columns = (self._paragraphs, self._lengths)
        self._scores = weighed(self._scores, self._segment, *columns, average, weights)

    def found(self, crosses: bool) -> Found:
        """What matched, with the scores that were added; `crosses`: in any segment some does."""
        documents = self._matching.documents_of(self._paragraphs)
        whole = None
        if crosses:
            whole = self._matching.outside(self._paragraphs, self._crossing)
        order = (self._covered, whole)
        return Found(self._segment, self._paragraphs, documents, self._scores, *order)


def search(
    request: SearchRequest, segments: Sequence[OpenSegment], paragraphs: int, words: int
) -> HitPage:
    """The answer of an index with so many paragraphs and words in all."""
    units = boosted_units(request.node) if request.limit != 0 else []
    whole = whole_words(request.node) if request.limit != 0 else None
    how: Any = {"whole": whole, "scored": bool(units)}
    searches = [SegmentSearch(request, segment, **how) for segment in segments]
    average = words / paragraphs if paragraphs else 0.0
    # One unit after the other: the numbers of all of them would be units times paragraphs.
    for unit, boost in units:
        counted = [one.count(unit) for one in searches]
        weight = unit_weight(paragraphs, sum(each.document_frequency for each in counted), boost)
        for one, counts in zip(searches, counted, strict=True):
            one.score(counts, average, weight)
    weights = kind_weights(request.node) if units else None
    if weights is not None:
        for one in searches:
            one.weigh(weights, average)
    crosses = any(one.crosses for one in searches)
    results = [one.found(crosses) for one in searches]
    total = sum(len(result.paragraphs) for result in results)
    ranked = page(request, results)
    hits = [_hit(one, results if request.fold else []) for one in ranked[: request.limit]]
    more = len(ranked) > len(hits) if request.limit != 0 else total > request.offset
    within = tuple(sum(one.within(node) for one in searches) for node in request.within)
    return HitPage(total, tally(results), tuple(hits), more, within)


def _hit(ranked: Ranked, results: list[Found]) -> Hit:
    """A hit, with what of the results is folded into it."""
    segment, document = ranked.segment, ranked.document
    paragraph = segment.paragraph(ranked.paragraph, document)
    return Hit(
        *(segment.documents[document], paragraph, ranked.score),
        crossing=ranked.crossing,
        same=same(ranked, results),
    )
