"""Query nodes to the query language of the cluster. Pure: nothing is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sinorus.engines.opensearch import spans
from sinorus.engines.opensearch.documents import clipped, named
from sinorus.engines.opensearch.schema import MOST_TERMS
from sinorus.engines.opensearch.spans import NOTHING, Query
from sinorus.errors import UnsupportedQuery
from sinorus.model import Document
from sinorus.model.dates import day_number
from sinorus.query import nodes, tree
from sinorus.query.evaluate import document_matches
from sinorus.query.nodes import assert_never


def compiled(node: nodes.Node) -> Query:  # noqa: PLR0912 - a case for each kind of node
    """The paragraphs that match. Raises UnsupportedQuery for what a cluster cannot find exactly."""
    match node:
        case nodes.And():
            return _all(node)
        case nodes.Or() | nodes.Synonyms():
            return any_of([compiled(part) for part in node.parts])
        case nodes.Not():
            return {"bool": {"must_not": [compiled(node.part)]}}
        case nodes.Everything():
            return {"match_all": {}}
        case nodes.Term():
            return spans.word(node)
        case nodes.AnyExpanding():
            return spans.pattern(node)
        case nodes.Phrase():
            return _phrase(node)
        case nodes.Near():
            return spans.near(node)
        case nodes.FieldWords():
            return _words(node)
        case nodes.FieldValue():
            return _value(node)
        case nodes.FieldPattern():
            return _pattern(node)
        case nodes.FieldText() | nodes.FieldRange():
            raise UnsupportedQuery(
                f"a cluster compares {node.name}: by the stems of its words alone",
                f"write {node.name}:word, or use the embedded engine",
            )
        case nodes.PathGlob():
            return _path(node.pattern)
        case nodes.DateRange():
            return _days(node)
        case nodes.DocumentIn():
            return _documents(node)
        case nodes.ParagraphIn():
            return _places(node)
        case _:
            assert_never(node)


def resolved(node: nodes.Node, read: Callable[[], Iterable[Document]]) -> nodes.Node:
    """The tree with the documents that pass, in place of the filters that a cluster cannot run.

    Forms, patterns and ranges of fields are such: it has the stems of their words alone. `read`
    gives all documents; it is called if there is such a filter.
    """
    match node:
        case nodes.And() | nodes.Or():
            return replace(node, parts=tuple(resolved(part, read) for part in node.parts))
        case nodes.Not():
            return nodes.Not(resolved(node.part, read))
        case nodes.FieldText() | nodes.FieldRange() if not tree.of_paragraph(node):
            passing = (one.id for one in read() if document_matches(node, one))
            return nodes.DocumentIn(frozenset(passing))
        case _:
            return node


def _all(node: nodes.And) -> Query:
    excluded = [compiled(part.part) for part in node.parts if isinstance(part, nodes.Not)]
    wanted = [compiled(part) for part in node.parts if not isinstance(part, nodes.Not)]
    joined = {"filter": wanted, "must_not": excluded}
    return {"bool": {name: queries for name, queries in joined.items() if queries}}


def any_of(queries: list[Query]) -> Query:
    """At least one of some queries."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NOTHING


def _phrase(node: nodes.Phrase) -> Query:
    """A phrase: of plain words alone as the phrase that Lucene knows, which is the fastest."""
    terms = _plain_terms(node)
    if terms is not None:
        return any_of([phrase(tokens) for tokens in spans.sequences(terms)])
    found = spans.spans(node)
    return any_of([found[width] for width in sorted(found)])


def phrase(tokens: Sequence[str], **how: float) -> Query:
    """Tokens side by side."""
    return {"match_phrase": {spans.FIELD: {"query": " ".join(tokens), **how}}}


def _plain_terms(node: nodes.Phrase) -> list[nodes.Term] | None:
    """The words of a phrase that has nothing else in it; None for another."""
    terms: list[nodes.Term] = []
    for part in node.parts:
        match part:
            case nodes.Term():
                terms.append(part)
            case nodes.Phrase():
                inner = _plain_terms(part)
                if inner is None:
                    return None
                terms += inner
            case nodes.AnyExpanding() | nodes.Synonyms():
                return None
            case _:
                assert_never(part)
    return terms


def _words(node: nodes.FieldWords) -> Query:
    """Words of a field side by side: each is sent with the name of the field."""
    if node.name in ("heading", "speaker"):
        field, text = node.name, " ".join(map(clipped, node.words))
    else:
        field, text = "named", named(node.name, node.words)
        if len(node.orders) > 1:
            texts = [named(node.name, words) for words in node.orders]
            return any_of([{"match_phrase": {field: {"query": text}}} for text in texts])
    if not node.words:
        raise UnsupportedQuery(f"{node.name}: has no words to look for", "write a word after it")
    return {"match_phrase": {field: {"query": text}}}


def _value(node: nodes.FieldValue) -> Query:
    if node.name == "lang":
        variants = {"prefix": {"lang": {"value": f"{node.value}-"}}}
        return any_of([_is("lang", node.value), variants])
    if node.name == "id":
        return _is("tails", node.value)
    if node.name == "tag":
        return _is("tag", node.value)
    if node.name == "kind":
        return _is("block", node.value)
    raise UnsupportedQuery(f"a cluster has no field {node.name!r} to compare", "")


def _pattern(node: nodes.FieldPattern) -> Query:
    field = {"id": "tails", "lang": "lang", "tag": "tag"}.get(node.name)
    if field is None:
        raise UnsupportedQuery(f"a cluster has no field {node.name!r} to compare", "")
    return {"wildcard": {field: {"value": node.pattern.replace("\\", "\\\\")}}}


def _is(field: str, value: str) -> Query:
    return {"term": {field: {"value": value}}}


def _days(node: nodes.DateRange) -> Query:
    bounds = {"gte": node.since, "lte": node.until}
    days = [
        {"range": {"days": {name: day_number(day), "relation": "intersects"}}}
        for name, day in bounds.items()
        if day
    ]  # one by one: a cluster refuses bounds that are the wrong way round
    return {"bool": {"filter": days or [{"exists": {"field": "days"}}]}}


def _documents(node: nodes.DocumentIn) -> Query:
    names = sorted(node.ids)
    parts = [names[at : at + MOST_TERMS] for at in range(0, len(names), MOST_TERMS)]
    return any_of([{"terms": {"document": part}} for part in parts])


def _places(node: nodes.ParagraphIn) -> Query:
    """A clause for each document, and not for each paragraph: a cluster has at most so many."""
    numbers: dict[str, set[int]] = {}
    for name, first, last in node.places:
        numbers.setdefault(name, set()).update(range(first, last + 1))
    return any_of(
        [
            {"bool": {"filter": [_is("document", name), {"terms": {"n": sorted(some)}}]}}
            for name, some in sorted(numbers.items())
        ]
    )


def _path(glob: str) -> Query:
    if not any(sign in glob for sign in "*?["):
        return any_of([_is("path", glob), {"prefix": {"path": {"value": f"{glob}/"}}}])
    return {"regexp": {"path": {"value": regexp(glob), "flags": "NONE"}}}


_ANY, _NONE = ".", "[^\u0000-\U0010ffff]"


def regexp(glob: str) -> str:
    """The regular expression of Lucene that fits what `glob` fits, read as `fnmatch` reads it."""
    found, at = [], 0
    while at < len(glob):
        sign, at = glob[at], at + 1
        end = _set_end(glob, at) if sign == "[" else -1
        if end >= 0:
            found.append(_set(glob[at:end]))
            at = end + 1
        else:
            found.append({"*": ".*", "?": _ANY}.get(sign) or _escaped(sign))
    return "".join(found)


def _set_end(glob: str, at: int) -> int:
    """Where the set of characters that begins at `at` ends; -1: there is no set."""
    at += glob.startswith("!", at)
    at += glob.startswith("]", at)
    return glob.find("]", at)


def _set(inside: str) -> str:
    negated = inside.startswith("!")
    signs, at = inside[negated:], 0
    found = ""
    while at < len(signs):
        if at + 2 < len(signs) and signs[at + 1] == "-":
            first, last = signs[at], signs[at + 2]
            found += f"{_escaped(first)}-{_escaped(last)}" if first <= last else ""
            at += 3
        else:
            found += _escaped(signs[at])
            at += 1
    if not found:
        return _ANY if negated else _NONE
    return f"[{'^' if negated else ''}{found}]"


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() else f"\\{sign}"
