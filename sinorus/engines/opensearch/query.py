"""Query nodes to the query language of the cluster. Pure: nothing is asked."""

from __future__ import annotations

from typing import Any

from sinorus.engines.opensearch import spans
from sinorus.engines.opensearch.documents import clipped, named
from sinorus.engines.opensearch.globs import regexp
from sinorus.engines.opensearch.near import near
from sinorus.engines.opensearch.schema import MOST_TERMS
from sinorus.errors import UnsupportedQuery
from sinorus.query.nodes import (
    FILTERS,
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldWords,
    Filter,
    Near,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Positional,
    Synonyms,
    Term,
)

Query = dict[str, Any]


def compiled(node: Node) -> Query:
    """The paragraphs that match. Raises UnsupportedQuery for what a cluster cannot find exactly."""
    if isinstance(node, And):
        barred = [compiled(part.part) for part in node.parts if isinstance(part, Not)]
        wanted = [compiled(part) for part in node.parts if not isinstance(part, Not)]
        joined = {"filter": wanted, "must_not": barred}
        return {"bool": {name: queries for name, queries in joined.items() if queries}}
    if isinstance(node, Or):
        return any_of([compiled(part) for part in node.parts])
    if isinstance(node, Not):
        return {"bool": {"must_not": [compiled(node.part)]}}
    if isinstance(node, Everything):
        return {"match_all": {}}
    if isinstance(node, FILTERS):
        return _filter(node)
    if isinstance(node, Near):
        return near(node)
    return word(node)


def any_of(queries: list[Query]) -> Query:
    """At least one of some queries."""
    if len(queries) == 1:
        return queries[0]
    return (
        {"bool": {"should": queries, "minimum_should_match": 1}} if queries else {"match_none": {}}
    )


def word(node: Positional) -> Query:
    """The paragraphs in which a word or a phrase stands."""
    if isinstance(node, Term):
        return {"term": {spans.FIELD: {"value": spans.token(node)}}}
    if isinstance(node, Synonyms):
        return any_of([word(part) for part in node.parts])
    if isinstance(node, Phrase):
        return phrase(node)
    return spans.pattern(node)


def phrase(node: Phrase) -> Query:
    """A phrase: of plain words alone as the phrase that Lucene knows, which is the fastest."""
    terms = plain(node)
    if terms is not None:
        return {"match_phrase": {spans.FIELD: {"query": " ".join(map(spans.token, terms))}}}
    found = spans.spans(node)
    return any_of([found[width] for width in sorted(found)])


def plain(node: Phrase) -> list[Term] | None:
    """The words of a phrase that has nothing else in it; None for another."""
    terms: list[Term] = []
    for part in node.parts:
        if isinstance(part, Term):
            terms.append(part)
        elif isinstance(part, Phrase) and (inner := plain(part)) is not None:
            terms += inner
        else:
            return None
    return terms


def _filter(node: Filter) -> Query:
    if isinstance(node, DocumentIn):
        names = sorted(node.ids)
        parts = [names[at : at + MOST_TERMS] for at in range(0, len(names), MOST_TERMS)]
        return any_of([{"terms": {"document": part}} for part in parts])
    if isinstance(node, PathGlob):
        return _path(node.pattern)
    if isinstance(node, DateRange):
        bounds = {"gte": node.since, "lte": node.until}
        days = [
            {"range": {"days": {name: int(day.replace("-", "")), "relation": "intersects"}}}
            for name, day in bounds.items()
            if day
        ]  # one by one: a cluster refuses bounds that are the wrong way round
        return {"bool": {"filter": days or [{"exists": {"field": "days"}}]}}
    if isinstance(node, FieldWords):
        return _words(node)
    if node.name == "lang":
        return any_of([_is("lang", node.value), {"prefix": {"lang": {"value": f"{node.value}-"}}}])
    if node.name == "id":
        return _is("tails", node.value)
    if node.name == "tag":
        return _is("tag", node.value)
    raise UnsupportedQuery(f"a cluster has no field {node.name!r} to compare", "")


def _is(field: str, value: str) -> Query:
    return {"term": {field: {"value": value}}}


def _words(node: FieldWords) -> Query:
    """Words of a field side by side: each is sent with the name of the field."""
    if node.name == "heading":
        field, text = "heading", " ".join(map(clipped, node.words))
    else:
        field, text = "named", named(node.name, node.words)
    if not node.words:
        raise UnsupportedQuery(f"{node.name}: has no words to look for", "write a word after it")
    return {"match_phrase": {field: {"query": text}}}


def _path(glob: str) -> Query:
    if not any(sign in glob for sign in "*?["):
        return any_of([_is("path", glob), {"prefix": {"path": {"value": f"{glob}/"}}}])
    return {"regexp": {"path": {"value": regexp(glob), "flags": "NONE"}}}
