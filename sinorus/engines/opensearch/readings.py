"""Words with several readings: the index has each reading at their place, a query asks for any."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

from sinorus.engines.port import SearchRequest
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text.stems import readings

_MOST = 1_024
"""Ways to read the words of one filter that are asked for: those of ten words of two readings."""


def request_apart(request: SearchRequest) -> SearchRequest:
    """A request whose words have one reading each."""
    coverage = tuple(map(apart, request.coverage))
    return request._replace(node=apart(request.node), coverage=coverage)


def apart(node: nodes.Node) -> nodes.Node:
    """A node whose words have one reading each, any of which may stand there."""
    match node:
        case nodes.And() | nodes.Or():
            return replace(node, parts=tuple(map(apart, node.parts)))
        case nodes.Not():
            return nodes.Not(apart(node.part))
        case nodes.Near():
            parts = tuple(map(_apart, node.parts))
            return nodes.Near(parts, node.distance, node.ordered)
        case nodes.AnyPositional():
            return _apart(node)
        case nodes.FieldWords():
            ways = islice(product(*map(readings, node.words)), _MOST)
            found = tuple(replace(node, words=way) for way in ways)
            return found[0] if len(found) == 1 else nodes.Or(found)
        case nodes.AnyFilter() | nodes.Everything():
            return node
        case _:
            assert_never(node)


def _apart(node: nodes.Positional) -> nodes.Positional:
    match node:
        case nodes.Phrase():
            return replace(node, parts=tuple(map(_apart, node.parts)))
        case nodes.Synonyms():
            return replace(node, parts=tuple(map(_apart, node.parts)))
        case nodes.Term() if not node.exact and len(found := readings(node.text)) > 1:
            return nodes.Synonyms(tuple(replace(node, text=one) for one in found))
        case nodes.Term() | nodes.AnyExpanding():
            return node
        case _:
            assert_never(node)
