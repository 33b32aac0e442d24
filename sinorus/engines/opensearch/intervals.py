"""A NEAR that wants a part several times, as intervals: spans would take one place for all."""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.engines.opensearch import spans
from sinorus.engines.opensearch.spans import Query, by_width, choices
from sinorus.errors import UnsupportedQuery
from sinorus.query.nodes import Near, Phrase, Positional, Synonyms, Term

NOTHING: Query = {"match_none": {}}


def repeated(node: Near, reach: int) -> Query:
    """The paragraphs that have all parts, each in a place of its own, within `reach` tokens.

    Raises UnsupportedQuery for a repeated part of several words: intervals do not overlap.
    """
    for part in node.parts:
        if node.parts.count(part) > 1 and set(spans.spans(part)) != {1}:
            raise UnsupportedQuery(
                "a cluster cannot tell places of one phrase apart that overlap",
                "name it once, or write ADJ",
            )
    found = []
    for way in choices([_intervals(part) for part in node.parts]):
        gaps = reach - sum(width for width, _ in way)
        if gaps >= 0:
            found.append(_all_of([query for _, query in way], gaps, "unordered"))
    return {"intervals": {spans.FIELD: _any_of(found)}} if found else NOTHING


def _intervals(node: Positional) -> dict[int, Query]:
    if isinstance(node, Term):
        return {1: {"match": {"query": spans.token(node)}}}
    if isinstance(node, Synonyms):
        found = by_width([pair for part in node.parts for pair in _intervals(part).items()])
        return {width: _any_of(some) for width, some in found.items()}
    if isinstance(node, Phrase):
        ways = choices([_intervals(part) for part in node.parts])
        pairs = [
            (sum(w for w, _ in way), _all_of([query for _, query in way], 0, "ordered"))
            for way in ways
        ]
        return {width: _any_of(some) for width, some in by_width(pairs).items()}
    ((kind, body),) = spans.pattern(node).items()
    value, how = body[spans.FIELD]["value"], body[spans.FIELD]
    known = ("fuzziness", "prefix_length", "transpositions")  # of a fuzzy word
    named = {"prefix": "prefix", "wildcard": "pattern", "fuzzy": "term"}[kind]
    return {1: {kind: {named: value, **{name: how[name] for name in known if name in how}}}}


def _all_of(rules: Sequence[Query], gaps: int, mode: str) -> Query:
    return {"all_of": {"intervals": list(rules), "max_gaps": gaps, "mode": mode}}


def _any_of(rules: Sequence[Query]) -> Query:
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": list(rules)}}
