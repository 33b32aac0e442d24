"""What to try when no paragraph has all the words: any of them, the more the better."""

from __future__ import annotations

from itertools import pairwise

from sinorus.query.nodes import (
    FILTERS,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Term,
)
from sinorus.text.tokens import is_ideograph


def relax(node: Node) -> tuple[Node, tuple[Node, ...]] | None:
    """A looser query and the parts of which a paragraph should have as many as possible.

    None if nothing can be loosened. What excludes or restricts stays as strict as it was; a run
    of three or more Chinese characters gives way to its pairs of neighbours.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    strict = [part for part in parts if isinstance(part, (Not, *FILTERS))]
    loose_parts = [part for part in parts if not isinstance(part, (Not, *FILTERS))]
    wanted = [piece for part in loose_parts for piece in _pieces(part)]
    if len(wanted) < 2:
        return None
    wanted = list(dict.fromkeys(wanted))
    loose: Node = Or(tuple(wanted))
    return (And((loose, *strict)) if strict else loose), tuple(wanted)


def _pieces(node: Node) -> list[Node]:
    if isinstance(node, Phrase) and node.run and len(node.parts) > 2:
        terms = node.parts
        if all(isinstance(part, Term) and is_ideograph(part.text) for part in terms):
            return [Phrase(pair, run=True) for pair in pairwise(terms)]
    return [node]
