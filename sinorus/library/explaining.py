"""How a query was read and what each of its parts finds, also where all of it finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.searching import Understood, foremost
from sinorus.model import Explanation, PartFound
from sinorus.query.bounds import ASKED, NAMED
from sinorus.query.nodes import Near, Node
from sinorus.query.tree import filters_in, units
from sinorus.query.unparse import unparse, word_shown


def explain(
    engine: Engine,
    asked: Understood,
    across: Callable[[Node], Mapping[str, int]],
    *,
    most: int | None = None,
    suggest: bool = False,
) -> Explanation:
    """The query as it was read, and what each of its parts, of many the first, finds alone.

    A word that is nowhere comes with what it would find `across` languages; with `suggest`, also
    with one of the library that is spelt like it, if it is among the first of these.
    """
    first = foremost(asked, most or ASKED)
    parts: list[PartFound] = []
    looked = 0
    written = _neighbourhoods(asked)
    for node in dict.fromkeys([*units(first.node), *filters_in(first.node)]):
        found = engine.search(SearchRequest(node, limit=0))
        others = {} if found.total else across(node)
        near = _meant(engine, node) if suggest and not found.total and looked < NAMED else None
        looked += not found.total
        shown = unparse(written[node]) if node in written else word_shown(node)
        parts.append(PartFound(shown, found.total, len(found.tally), near, others))
    return Explanation(asked.parsed, asked.names, tuple(parts), first is not asked, asked.terms)


def _neighbourhoods(asked: Understood) -> dict[Node, Node]:
    """The parts that ask for words near each other, each with what it was before it was widened:
    in all forms of its names nobody knows it again.
    """
    wide, written = (
        [part for part in units(node) if isinstance(part, Near)]
        for node in (asked.node, asked.written)
    )
    return dict(zip(wide, written, strict=True)) if len(wide) == len(written) else {}


def _meant(engine: Engine, node: Node) -> str | None:
    from sinorus.library.suggesting import suggestion  # which few searches need

    return suggestion(engine, node)
