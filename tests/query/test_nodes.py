"""The kinds of node: which are looked for, which restrict, and that the lists of them are whole."""

from __future__ import annotations

from typing import get_args

from sinorus.query.nodes import (
    AnyExpanding,
    AnyFilter,
    AnyPositional,
    Expanding,
    Filter,
    Node,
    Positional,
)
from sinorus.query.parse import parse
from sinorus.query.tree import filters_in, restricts, units
from sinorus.query.unparse import unparse


def test_the_classes_that_nodes_are_matched_by_have_the_kinds_of_the_types() -> None:
    for kind, union in (
        (AnyExpanding, Expanding),
        (AnyPositional, Positional),
        (AnyFilter, Filter),
    ):
        assert {one for one in get_args(Node) if issubclass(one, kind)} == set(get_args(union))


def test_a_query_is_what_it_looks_for_and_what_restricts_it() -> None:
    node = parse('a ("b c" OR d*) e NEAR/2 f -g lang:ru (tag:x OR -author:y)')
    assert [unparse(unit) for unit in units(node)] == ["a", '"b c"', "d*", "e NEAR/2 f"]
    assert [unparse(one) for one in filters_in(node)] == ["lang:ru", "tag:x", "author:y"]


def test_a_node_restricts_if_all_of_it_does() -> None:
    for query in ("-a", "lang:ru", "lang:(ru OR zh)", "tag:x -a", "(tag:x -a) OR date:2022"):
        assert restricts(parse(query)), query
    for query in ("a", "a lang:ru", "a OR lang:ru", "a NEAR/2 b", "d*"):
        assert not restricts(parse(query)), query
