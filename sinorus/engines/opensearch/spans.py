"""Words and phrases as spans of the cluster's, sorted by how many tokens they cover.

Lucene looks for spans one after the other and never goes back, which is exact only among spans of
one length: so each length is a clause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sinorus.engines.opensearch.documents import clipped
from sinorus.engines.opensearch.schema import EXACT, LONGEST, SPACE
from sinorus.errors import UnsupportedQuery
from sinorus.query.nodes import Fuzzy, Phrase, Positional, Prefix, Synonyms, Term, Wildcard

Query = dict[str, Any]
FIELD = "text"
_MOST_EDITS = 2
"""Of a fuzzy word: Lucene builds no automata for more."""


def token(term: Term) -> str:
    """The token of the index that a term stands for."""
    return f"{EXACT if term.exact else ''}{clipped(term.text)}"


def pattern(node: Prefix | Wildcard | Fuzzy) -> Query:
    """The query for all forms that fit. Raises UnsupportedQuery for too many edits."""
    if isinstance(node, Prefix):
        return {"prefix": {FIELD: {"value": f"{EXACT}{_part(node.text)}"}}}
    if isinstance(node, Wildcard):
        escaped = _part(node.pattern).replace("\\", "\\\\")
        return {"wildcard": {FIELD: {"value": f"{EXACT}{escaped}"}}}
    if node.distance > _MOST_EDITS:
        raise UnsupportedQuery(
            f"a cluster finds no words that are {node.distance} letters off",
            f"write ~{_MOST_EDITS} at most, or use the embedded engine",
        )
    return {
        "fuzzy": {
            FIELD: {
                "value": f"{EXACT}{_part(node.text)}",
                "fuzziness": node.distance,
                "prefix_length": len(EXACT),
                "transpositions": False,
                "rewrite": "constant_score",
            }
        }
    }


def _part(text: str) -> str:
    """Letters of a token, as the cluster has them."""
    if len(text) > LONGEST:
        raise UnsupportedQuery(f"a cluster finds no pattern of {len(text)} letters", "write fewer")
    return text.replace(" ", SPACE)


def distinct(queries: Sequence[Query]) -> list[Query]:
    """Each query once, in their order."""
    return [query for at, query in enumerate(queries) if query not in queries[:at]]


def either(queries: Sequence[Query]) -> Query:
    """Any of some spans."""
    found = distinct(queries)
    return found[0] if len(found) == 1 else {"span_or": {"clauses": found}}


def spans(node: Positional) -> dict[int, Query]:
    """Where a node stands, by the number of tokens it covers there."""
    if isinstance(node, Term):
        return {1: {"span_term": {FIELD: {"value": token(node)}}}}
    if isinstance(node, Synonyms):
        found = by_width([pair for part in node.parts for pair in spans(part).items()])
        return {width: either(some) for width, some in found.items()}
    if isinstance(node, Phrase):
        ways = choices([spans(part) for part in node.parts])
        found = by_width([(sum(w for w, _ in way), _adjacent(way)) for way in ways])
        return {width: either(some) for width, some in found.items()}
    return {1: {"span_multi": {"match": pattern(node)}}}


def by_width(pairs: Iterable[tuple[int, Query]]) -> dict[int, list[Query]]:
    """Queries under the number of tokens that each covers."""
    found: dict[int, list[Query]] = {}
    for width, query in pairs:
        found.setdefault(width, []).append(query)
    return found


def choices(parts: Sequence[dict[int, Query]]) -> list[list[tuple[int, Query]]]:
    """All ways to choose a width for each part."""
    ways: list[list[tuple[int, Query]]] = [[]]
    for part in parts:
        ways = [[*way, choice] for way in ways for choice in part.items()]
    return ways


def _adjacent(way: Sequence[tuple[int, Query]]) -> Query:
    if len(way) == 1:
        return way[0][1]
    return span_near([query for _, query in way], 0, ordered=True)


def span_near(clauses: Sequence[Query], slop: int, *, ordered: bool) -> Query:
    """Spans with no more than `slop` other tokens between them."""
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": ordered}}
