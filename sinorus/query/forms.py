"""A query in any form of its words: what was asked for exactly, by stems."""

from __future__ import annotations

from dataclasses import replace

from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text.stems import stem


def any_form(node: nodes.Node) -> nodes.Node:
    """The tree in which exact words stand for all their forms, whatever their capitals are."""
    match node:
        case nodes.And() | nodes.Or():
            return replace(node, parts=tuple(map(any_form, node.parts)))
        case nodes.Not() | nodes.AnyFilter() | nodes.Everything():
            return node
        case nodes.Near():
            return replace(node, parts=tuple(map(_place, node.parts)))
        case nodes.AnyPositional():
            return _place(node)
        case _:
            assert_never(node)


def _place(node: nodes.Positional) -> nodes.Positional:
    match node:
        case nodes.Term() if node.exact:
            return replace(node, text=stem(node.text), exact=False, cased="")
        case nodes.Term() | nodes.Prefix() | nodes.Wildcard() | nodes.Fuzzy():
            return replace(node, cased="")
        case nodes.Phrase() | nodes.Synonyms():
            return replace(node, parts=tuple(map(_place, node.parts)))
        case _:
            assert_never(node)
