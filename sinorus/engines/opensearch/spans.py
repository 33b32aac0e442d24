"""Words and phrases as spans of the cluster's, sorted by how many tokens they cover.

Lucene looks for spans one after the other and never goes back, which is exact only among spans of
one length: so each length is a clause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sinorus.engines.opensearch.encode import clipped
from sinorus.engines.opensearch.mapping import EXACT
from sinorus.errors import UnsupportedQuery
from sinorus.query.nodes import Fuzzy, Near, Phrase, Positional, Prefix, Synonyms, Term, Wildcard
from sinorus.query.positions import width as least_width

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
        return {"prefix": {FIELD: {"value": f"{EXACT}{node.text}"}}}
    if isinstance(node, Wildcard):
        escaped = node.pattern.replace("\\", "\\\\")
        return {"wildcard": {FIELD: {"value": f"{EXACT}{escaped}"}}}
    if node.distance > _MOST_EDITS:
        raise UnsupportedQuery(
            f"a cluster finds no words that are {node.distance} letters off",
            f"write ~{_MOST_EDITS} at most, or use the embedded engine",
        )
    return {
        "fuzzy": {
            FIELD: {
                "value": f"{EXACT}{node.text}",
                "fuzziness": node.distance,
                "prefix_length": len(EXACT),
                "transpositions": False,
                "rewrite": "constant_score",
            }
        }
    }


def either(queries: Sequence[Query]) -> Query:
    """Any of some spans."""
    distinct = [query for at, query in enumerate(queries) if query not in queries[:at]]
    return distinct[0] if len(distinct) == 1 else {"span_or": {"clauses": distinct}}


def spans(node: Positional) -> dict[int, Query]:
    """Where a node stands, by the number of tokens it covers there."""
    if isinstance(node, Term):
        return {1: {"span_term": {FIELD: {"value": token(node)}}}}
    if isinstance(node, Synonyms):
        return {
            width: either(some) for width, some in _by_width(spans(part) for part in node.parts)
        }
    if isinstance(node, Phrase):
        rows = _rows([spans(part) for part in node.parts])
        return {
            width: either([_adjacent(row) for row in some])
            for width, some in _by_width([{sum(w for w, _ in row): row}] for row in rows)
        }
    return {1: {"span_multi": {"match": _without_rewrite(pattern(node))}}}


def _by_width(parts: Iterable[Any]) -> Iterable[tuple[int, list[Any]]]:
    found: dict[int, list[Any]] = {}
    for part in parts:
        for one in [part] if isinstance(part, dict) else part:
            for width, query in one.items():
                found.setdefault(width, []).append(query)
    return found.items()


def _rows(parts: Sequence[dict[int, Query]]) -> list[list[tuple[int, Query]]]:
    """All ways to choose a width for each part."""
    rows: list[list[tuple[int, Query]]] = [[]]
    for part in parts:
        rows = [[*row, choice] for row in rows for choice in part.items()]
    return rows


def _adjacent(row: Sequence[tuple[int, Query]]) -> Query:
    if len(row) == 1:
        return row[0][1]
    return _near([query for _, query in row], 0, ordered=True)


def _near(clauses: Sequence[Query], slop: int, *, ordered: bool) -> Query:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": ordered}}


def _without_rewrite(query: Query) -> Query:
    """The same for `span_multi`, which makes a list of all words that fit."""
    ((kind, body),) = query.items()
    fields = {name: value for name, value in body[FIELD].items() if name != "rewrite"}
    return {kind: {FIELD: fields}}


def near(node: Near) -> Query:
    """The paragraphs in which a NEAR stands: see `query.positions.near`."""
    reach = sum(map(least_width, node.parts)) + node.distance - 1
    if not node.ordered and len(set(node.parts)) < len(node.parts):
        return _repeated(node, reach)
    found = [
        _near([query for _, query in row], reach - sum(w for w, _ in row), ordered=node.ordered)
        for row in _rows([spans(part) for part in node.parts])
        if not node.ordered or sum(w for w, _ in row) <= reach
    ]
    return found[0] if len(found) == 1 else {"bool": {"should": found}} if found else _NONE


_NONE: Query = {"match_none": {}}


def _repeated(node: Near, reach: int) -> Query:
    """A NEAR that wants a part several times: spans would take one place for all of them."""
    found = []
    for row in _rows([_intervals(part) for part in node.parts]):
        gaps = reach - sum(width for width, _ in row)
        if gaps >= 0:
            found.append(_all_of([query for _, query in row], gaps, "unordered"))
    if not found:
        return _NONE
    return {"intervals": {FIELD: found[0] if len(found) == 1 else _any_of(found)}}


def _intervals(node: Positional) -> dict[int, Query]:
    if isinstance(node, Term):
        return {1: {"match": {"query": token(node)}}}
    if isinstance(node, Synonyms):
        parts = _by_width(_intervals(part) for part in node.parts)
        return {width: some[0] if len(some) == 1 else _any_of(some) for width, some in parts}
    if isinstance(node, Phrase):
        rows = _rows([_intervals(part) for part in node.parts])
        found: dict[int, list[Query]] = {}
        for row in rows:
            chosen = _all_of([query for _, query in row], 0, "ordered")
            found.setdefault(sum(width for width, _ in row), []).append(chosen)
        return {w: some[0] if len(some) == 1 else _any_of(some) for w, some in found.items()}
    if isinstance(node, Prefix):
        return {1: {"prefix": {"prefix": f"{EXACT}{node.text}"}}}
    ((kind, body),) = pattern(node).items()
    if kind == "wildcard":
        return {1: {"wildcard": {"pattern": body[FIELD]["value"]}}}
    known = ("fuzziness", "prefix_length", "transpositions")
    return {1: {"fuzzy": {"term": body[FIELD]["value"], **{k: body[FIELD][k] for k in known}}}}


def _all_of(rules: Sequence[Query], gaps: int, mode: str) -> Query:
    return {"all_of": {"intervals": list(rules), "max_gaps": gaps, "mode": mode}}


def _any_of(rules: Sequence[Query]) -> Query:
    return {"any_of": {"intervals": list(rules)}}
