"""Words, phrases and NEAR as spans of Lucene: where in a paragraph they stand.

Lucene looks for spans one after the other and never goes back, which is exact only among spans of
one length: so spans are kept by how many tokens they cover, and each length is a clause of its own.
A word covers several where it is written so, and a phrase of n words can be written in 2ⁿ ways:
of a long one only some are asked for, see `sequences` and `_ways`.
A NEAR that names a part several times is compiled to intervals, since spans would find all of its
parts in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, product
from math import prod
from typing import Any

from sinorus.engines.opensearch.documents import clipped, join_part, written
from sinorus.engines.opensearch.schema import CASED, EXACT, LONGEST, SPACE
from sinorus.errors import UnsupportedQuery
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text.fold import capitals, caseless
from sinorus.text.joins import widths

Query = dict[str, Any]
"""A query, span or interval in the language of the cluster."""
FIELD = "text"
NOTHING: Query = {"match_none": {}}
_MOST_EDITS = 2
"""Of a fuzzy word: Lucene builds no automata for more."""


_WAYS = 64
"""Ways to write a phrase or a NEAR that are all asked for: those of six words."""
_FEW_WAYS = 27
"""The same with initials: those of three words."""
_MOST_WAYS = 512
"""Ways of words that have forms of several lengths, as names have."""
_LONG = 20
"""Words of which, in a longer one, each in its turn is asked for as two; the cluster allows 1,024
words in a query."""


Located = Callable[[nodes.Positional, int], dict[int, Query]]
_NONE, _FIRST, _ALL = range(3)
"""How many ways to write a word as several tokens are asked for: the first is a pair, of a number
its groups, the second is initials."""


def token(term: nodes.Term) -> str:
    """The token of the index that a term stands for."""
    if term.cased:
        return written(term.text, capitals(term.cased))
    return f"{EXACT if term.exact else ''}{clipped(term.text)}"


def _several(term: nodes.Term, joins: int = _ALL) -> list[tuple[str, ...]]:
    """The tokens, side by side, that a term stands for where it is written as several."""
    if term.solid:
        return []
    one = token(term)
    return [
        tuple(join_part(one, width, place) for place in range(width))
        for width in widths(term.text)[:joins]
    ]


def word(term: nodes.Term, otherwise: float = 1) -> Query:
    """The paragraphs with a term; its score is how often it stands there.

    Where it is written as several tokens, that counts so many times.
    """
    found: list[Query] = [{"term": {FIELD: {"value": token(term)}}}]
    for tokens in _several(term):
        boost = {} if otherwise == 1 else {"boost": otherwise}
        found.append({"term": {FIELD: {"value": tokens[0], **boost}}})
    if len(found) == 1:
        return found[0]
    return {"bool": {"should": found, "minimum_should_match": 1}}


def sequences(terms: Sequence[nodes.Term]) -> list[tuple[str, ...]]:
    """The tokens of a phrase in each way that it can be written, as many as are asked for.

    Of more than three words at most one is written as initials, of more than six at most one as
    several tokens, of more than `_LONG` none.
    """
    plain = [(token(term),) for term in terms]
    first = [[one, *_several(term, _FIRST)] for one, term in zip(plain, terms, strict=True)]
    every = [[one, *_several(term)] for one, term in zip(plain, terms, strict=True)]
    if prod(map(len, every)) <= _FEW_WAYS:
        ways: list[Sequence[tuple[str, ...]]] = [*product(*every)]
    else:
        ways = [*product(*first)] if prod(map(len, first)) <= _WAYS else [plain]
        for at, some in enumerate(every if len(terms) <= _LONG else ()):
            ways += [[*plain[:at], one, *plain[at + 1 :]] for one in some]
    return [*dict.fromkeys(tuple(chain.from_iterable(way)) for way in ways)]


def pattern(node: nodes.Expanding) -> Query:
    """The query for all forms that fit. Raises UnsupportedQuery for too many edits or letters."""
    sign = _sign(node)
    match node:
        case nodes.Prefix():
            return {"prefix": {FIELD: {"value": f"{sign}{_letters(node.cased or node.text)}"}}}
        case nodes.Wildcard():
            escaped = _letters(node.cased or node.pattern).replace("\\", "\\\\")
            return {"wildcard": {FIELD: {"value": f"{sign}{escaped}"}}}
        case nodes.Fuzzy():
            return _fuzzy(node)
        case _:
            assert_never(node)


def _fuzzy(node: nodes.Fuzzy) -> Query:
    if node.distance > _MOST_EDITS:
        raise UnsupportedQuery(
            f"a cluster finds no words that are {node.distance} letters off",
            f"write ~{_MOST_EDITS} at most, or use the embedded engine",
        )
    how = {
        "value": f"{_sign(node)}{_letters(node.cased or node.text)}",
        "fuzziness": node.distance,
        "prefix_length": len(EXACT),
        "transpositions": False,
        "rewrite": "constant_score",
    }
    return {"fuzzy": {FIELD: how}}


def _sign(node: nodes.Expanding) -> str:
    """What the tokens begin with that a pattern is compared with."""
    return CASED if node.cased and not caseless(node.cased) else EXACT


def _letters(text: str) -> str:
    """Letters of a pattern, as the tokens of the index have them."""
    if len(text) > LONGEST:
        raise UnsupportedQuery(f"a cluster finds no pattern of {len(text)} letters", "write fewer")
    return text.replace(" ", SPACE)


def distinct(queries: Sequence[Query]) -> list[Query]:
    """Each query once, in their order."""
    return [query for at, query in enumerate(queries) if query not in queries[:at]]


def spans(node: nodes.Positional, joins: int = _ALL) -> dict[int, Query]:
    """Where a node stands, by the number of tokens it covers there.

    Of the ways to write a word as several tokens `joins` are asked for.
    """
    match node:
        case nodes.Term():
            found: dict[int, Query] = {1: {"span_term": {FIELD: {"value": token(node)}}}}
            for tokens in _several(node, joins):
                parts = [{"span_term": {FIELD: {"value": one}}} for one in tokens]
                found[len(tokens)] = _span_near(parts, 0, ordered=True)
            return found
        case nodes.AnyExpanding():
            return {1: {"span_multi": {"match": pattern(node)}}}
        case nodes.Synonyms():
            some = _by_width([pair for part in node.parts for pair in spans(part, joins).items()])
            return {width: _either(queries) for width, queries in some.items()}
        case nodes.Phrase():
            ways = _ways(node.parts, spans, joins)
            some = _by_width([(sum(w for w, _ in way), _adjacent(way)) for way in ways])
            return {width: _either(queries) for width, queries in some.items()}
        case _:
            assert_never(node)


def near(node: nodes.Near) -> Query:
    """The paragraphs in which a NEAR stands: see `query.positions.near` for what it means.

    Raises UnsupportedQuery for what spans and intervals cannot tell apart.
    """
    if not node.ordered and len(set(node.parts)) < len(node.parts):
        return _repeated(node)
    if node.ordered and node.distance < 1:
        return NOTHING
    # Lucene counts as `query.positions` does: what of a window none of its spans covers.
    found = [
        _span_near([query for _, query in way], node.distance - 1, ordered=node.ordered)
        for way in _ways(node.parts, spans)
    ]
    return found[0] if len(found) == 1 else {"bool": {"should": found}}


def _by_width(pairs: Iterable[tuple[int, Query]]) -> dict[int, list[Query]]:
    """Queries under the number of tokens that each covers."""
    found: dict[int, list[Query]] = {}
    for width, query in pairs:
        found.setdefault(width, []).append(query)
    return found


def _ways(
    parts: Sequence[nodes.Positional], located: Located, joins: int = _ALL
) -> list[list[tuple[int, Query]]]:
    """The ways to choose a width for each part: of more than `_WAYS`, see `sequences`."""
    bare = [located(part, _NONE) for part in parts]
    if joins == _NONE:
        return _choices(bare)
    whole = [located(part, joins) for part in parts]
    if prod(map(len, bare)) > _MOST_WAYS:
        raise UnsupportedQuery(
            "a cluster cannot look for words that are written in so many ways in one window",
            "write fewer, or join them by AND",
        )
    if prod(map(len, whole)) <= (_FEW_WAYS if joins == _ALL else _WAYS):
        return _choices(whole)
    ways = _ways(parts, located, _FIRST) if joins == _ALL else _choices(bare)
    for at in range(len(parts) if len(parts) <= _LONG else 0):
        ways += _choices([*bare[:at], whole[at], *bare[at + 1 :]])
    return [way for number, way in enumerate(ways) if way not in ways[:number]]


def _choices(parts: Sequence[dict[int, Query]]) -> list[list[tuple[int, Query]]]:
    """All ways to choose a width for each part."""
    ways: list[list[tuple[int, Query]]] = [[]]
    for part in parts:
        ways = [[*way, choice] for way in ways for choice in part.items()]
    return ways


def _either(queries: Sequence[Query]) -> Query:
    found = distinct(queries)
    return found[0] if len(found) == 1 else {"span_or": {"clauses": found}}


def _adjacent(way: Sequence[tuple[int, Query]]) -> Query:
    if len(way) == 1:
        return way[0][1]
    return _span_near([query for _, query in way], 0, ordered=True)


def _span_near(clauses: Sequence[Query], slop: int, *, ordered: bool) -> Query:
    """Spans with no more than `slop` other tokens between them."""
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": ordered}}


def _repeated(node: nodes.Near) -> Query:
    """The paragraphs that have all parts, each in a place of its own, in one window.

    Raises UnsupportedQuery for a repeated part of several words: intervals do not overlap.
    """
    for part in node.parts:
        if node.parts.count(part) > 1 and set(spans(part, _NONE)) != {1}:
            raise UnsupportedQuery(
                "a cluster cannot tell places of one phrase apart that overlap",
                "name it once, or write ADJ",
            )
    if node.distance < 1:
        return NOTHING
    found = [
        _all_of([query for _, query in way], node.distance - 1, "unordered")
        for way in _ways(node.parts, _intervals)
    ]
    return {"intervals": {FIELD: _any_of(found)}}


def _intervals(node: nodes.Positional, joins: int = _ALL) -> dict[int, Query]:
    """Where a node stands as intervals, by the number of tokens it covers there."""
    match node:
        case nodes.Term():
            own: dict[int, Query] = {1: {"match": {"query": token(node)}}}
            for tokens in _several(node, joins):
                parts = [{"match": {"query": one}} for one in tokens]
                own[len(tokens)] = _all_of(parts, 0, "ordered")
            return own
        case nodes.AnyExpanding():
            return {1: _interval_pattern(node)}
        case nodes.Synonyms():
            found = _by_width(
                [pair for part in node.parts for pair in _intervals(part, joins).items()]
            )
            return {width: _any_of(some) for width, some in found.items()}
        case nodes.Phrase():
            ways = _ways(node.parts, _intervals, joins)
            pairs = [
                (sum(w for w, _ in way), _all_of([query for _, query in way], 0, "ordered"))
                for way in ways
            ]
            return {width: _any_of(some) for width, some in _by_width(pairs).items()}
        case _:
            assert_never(node)


def _interval_pattern(node: nodes.Expanding) -> Query:
    """A pattern as intervals name its parts."""
    ((kind, body),) = pattern(node).items()
    how = body[FIELD]
    known = ("fuzziness", "prefix_length", "transpositions")  # of a fuzzy word
    value = {"prefix": "prefix", "wildcard": "pattern", "fuzzy": "term"}[kind]
    return {kind: {value: how["value"], **{name: how[name] for name in known if name in how}}}


def _all_of(rules: Sequence[Query], gaps: int, mode: str) -> Query:
    return {"all_of": {"intervals": list(rules), "max_gaps": gaps, "mode": mode}}


def _any_of(rules: Sequence[Query]) -> Query:
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": list(rules)}}
