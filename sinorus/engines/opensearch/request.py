"""A search request as a body for the cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sinorus.engines.opensearch.query import compiled
from sinorus.engines.opensearch.scoring import score
from sinorus.engines.opensearch.state import State
from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import BOOST, neighbours, unit_weight
from sinorus.model.request import Sort
from sinorus.query.nodes import Near, Node, Positional, units

Query = dict[str, Any]
Weights = list[tuple[Positional | Near, float]]


def sort_keys(sort: Sort) -> list[Any]:
    """The order: by score or as asked for, then document and number, so that no two are equal."""
    last = ["document", "n"]
    if sort == "relevance":
        return [{"_score": "desc"}, *last]
    if sort == "title":
        return [{"title": {"order": "asc", "missing": "_last"}}, *last]
    order = "desc" if sort == "-date" else "asc"
    return [{"since": {"order": order, "missing": "_last"}}, *last]


def boosts(request: SearchRequest) -> Weights:
    """The units that count for the rank, and how much."""
    found: Weights = [(unit, 1.0) for unit in units(request.node)]
    return found + [(pair, BOOST) for pair in neighbours(request.node)]


def weigh(boosted: Weights, counts: Sequence[int], state: State) -> list[Query]:
    """What each unit adds to the score; `counts` are the paragraphs that have each."""
    average = state.words / state.paragraphs if state.paragraphs else 0.0
    return [
        score(unit, unit_weight(state.paragraphs, having, boost), average)
        for (unit, boost), having in zip(boosted, counts, strict=True)
    ]


def levels(coverage: Sequence[Node]) -> list[list[Query]]:
    """For the paragraphs that match all, all but one, … of some nodes, the filters that say so."""
    if not coverage:
        return [[]]
    parts = [compiled(node) for node in coverage]

    def least(number: int) -> Query:
        return {"bool": {"should": parts, "minimum_should_match": number}}

    found = []
    for number in range(len(parts), -1, -1):
        query: Query = {}
        if number:
            query["filter"] = [least(number)]
        if number < len(parts):
            query["must_not"] = [least(number + 1)]
        found.append([{"bool": query}])
    return found
