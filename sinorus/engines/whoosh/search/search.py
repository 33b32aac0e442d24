"""A request on the segments of an index: matched, counted in all of them, scored, ordered."""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import BOOST, neighbours, unit_weight
from sinorus.engines.whoosh.search.page import Place, page
from sinorus.engines.whoosh.search.part import Part
from sinorus.engines.whoosh.search.tally import tally
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Hit, HitPage
from sinorus.query.nodes import Near, Positional, units


def search(
    request: SearchRequest, segments: Sequence[OpenSegment], paragraphs: int, words: int
) -> HitPage:
    """The answer of an index with so many paragraphs and words in all."""
    weighed = _wanted(request) if request.limit != 0 else []
    parts = [Part(request, segment, scored=bool(weighed)) for segment in segments]
    average = words / paragraphs if paragraphs else 0.0
    # One unit after the other: the numbers of all of them would be units times paragraphs.
    for unit, boost in weighed:
        shares = [part.weigh(unit) for part in parts]
        weight = unit_weight(paragraphs, sum(share.having for share in shares), boost)
        for part, share in zip(parts, shares, strict=True):
            part.add(share, average, weight)
    results = [part.found() for part in parts]
    hits = tuple(_hit(place) for place in page(request, results))
    counts = tally(results)
    return HitPage(sum(len(result.keys) for result in results), counts, hits)


def _wanted(request: SearchRequest) -> list[tuple[Positional | Near, float]]:
    """The units that count for the rank, and how much."""
    found: list[tuple[Positional | Near, float]] = [(unit, 1.0) for unit in units(request.node)]
    return found + [(pair, BOOST) for pair in neighbours(request.node)]


def _hit(place: Place) -> Hit:
    segment, document = place.segment, place.document
    return Hit(segment.documents[document], segment.paragraph(place.key, document), place.score)
