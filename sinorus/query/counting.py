"""How often a query stands in a paragraph: a name or phrase of several words counts once.

This is what `matches` are in a comparison, and what engines count is tested against. Places that
overlap are one. Words joined by AND count as often as all of them are there: as often as the rarest
of them is. Filters count nothing: a paragraph that is found by them alone is one match.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sinorus.query import nodes
from sinorus.query.evaluate import matches
from sinorus.query.nodes import assert_never
from sinorus.query.passages import Passage, occurrences
from sinorus.query.positions import TokenSpan
from sinorus.query.tree import restricts


def count_matches(node: nodes.Node, passage: Passage) -> int:
    """How often `node` stands in a paragraph that it matches: 1 at least; 0 if it does not."""
    return max(_count(node, passage), 1) if matches(node, passage) else 0


def _count(node: nodes.Node, passage: Passage) -> int:
    match node:
        case nodes.And():
            wanted, restricting = counted_parts(node)
            if not all(matches(part, passage) for part in restricting):
                return 0
            return min((_count(part, passage) for part in wanted), default=0)
        case nodes.Or():
            places, others = alternatives(node)
            spans = chain.from_iterable(occurrences(part, passage) for part in places)
            return apart(spans) + sum(_count(part, passage) for part in others)
        case nodes.Near():
            there = set(occurrences(node, passage))
            return min(
                sum(span in there for span in occurrences(part, passage)) for part in node.parts
            )
        case nodes.AnyPositional():
            return apart(occurrences(node, passage))
        case nodes.Not() | nodes.Everything() | nodes.AnyFilter():
            return 0
        case _:
            assert_never(node)


def counted_parts(node: nodes.And) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """The parts of an AND that are counted, and those that only restrict."""
    parts = {part: restricts(part) or isinstance(part, nodes.Everything) for part in node.parts}
    return [p for p, only in parts.items() if not only], [p for p, only in parts.items() if only]


def alternatives(node: nodes.Or) -> tuple[list[nodes.Positional], list[nodes.Node]]:
    """The parts of an OR that have places, which may overlap, and those that are counted apart."""
    places: list[nodes.Positional] = []
    others: list[nodes.Node] = []
    for part in node.parts:
        match part:
            case nodes.AnyPositional():
                places.append(part)
            case nodes.Or():
                inner = alternatives(part)
                places += inner[0]
                others += inner[1]
            case _:
                others.append(part)
    return places, others


def apart(spans: Iterable[TokenSpan]) -> int:
    """How many places there are, those that overlap taken as one."""
    count = last = 0
    for start, end in sorted(spans):
        if start >= last:
            count += 1
        last = max(last, end)
    return count


def has_windows(node: nodes.Node) -> bool:
    """Whether a NEAR is counted somewhere in the tree, for which texts have to be read."""
    match node:
        case nodes.And() | nodes.Or():
            return any(map(has_windows, node.parts))
        case nodes.Near():
            return True
        case nodes.Not() | nodes.Everything() | nodes.AnyPositional() | nodes.AnyFilter():
            return False
        case _:
            assert_never(node)
