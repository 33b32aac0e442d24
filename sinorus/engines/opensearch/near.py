"""NEAR as a query of the cluster: see `query.positions.near` for what it means."""

from __future__ import annotations

from sinorus.engines.opensearch.intervals import NOTHING, repeated
from sinorus.engines.opensearch.spans import Query, choices, span_near, spans
from sinorus.query.nodes import Near
from sinorus.query.positions import width as least_width


def near(node: Near) -> Query:
    """The paragraphs in which a NEAR stands: see `query.positions.near`."""
    reach = sum(map(least_width, node.parts)) + node.distance - 1
    if not node.ordered and len(set(node.parts)) < len(node.parts):
        return repeated(node, reach)
    found = [
        span_near([query for _, query in way], reach - sum(w for w, _ in way), ordered=node.ordered)
        for way in choices([spans(part) for part in node.parts])
        if not node.ordered or sum(w for w, _ in way) <= reach
    ]
    return found[0] if len(found) == 1 else {"bool": {"should": found}} if found else NOTHING
