"""How a query was read and what each of its parts finds, also where all of it finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.searching import Understood, foremost
from sinorus.model import Explanation, PartFound
from sinorus.query.bounds import ASKED
from sinorus.query.evaluate import highlights
from sinorus.query.nodes import Fuzzy, Node, Synonyms, Term
from sinorus.query.passages import Passage
from sinorus.query.tree import filters_in, units
from sinorus.query.unparse import word_shown
from sinorus.text.tokens import is_ideograph, tokenize


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
    with one of the library that is spelt like it.
    """
    first = foremost(asked, most or ASKED)
    parts = []
    for node in dict.fromkeys([*units(first.node), *filters_in(first.node)]):
        found = engine.search(SearchRequest(node, limit=0))
        others = {} if found.total else across(node)
        near = _spelling(engine, node) if suggest and not found.total else None
        parts.append(PartFound(word_shown(node), found.total, len(found.tally), near, others))
    return Explanation(asked.parsed, asked.names, tuple(parts), first is not asked, asked.terms)


def _spelling(engine: Engine, node: Node) -> str | None:
    """A word of the library that is one or two letters away from a word that it does not have."""
    if isinstance(node, Synonyms):
        node = node.parts[0]
    if not isinstance(node, Term) or len(node.text) < 4 or is_ideograph(node.text):
        return None
    forms = tokenize(node.shown or node.text).forms
    for distance in (1, 2) if len(forms) == 1 else ():
        fuzzy = Fuzzy(forms[0], distance)
        for hit in engine.search(SearchRequest(fuzzy, limit=1)).hits:
            for start, end in highlights(fuzzy, Passage(hit.document, hit.paragraph, {})):
                return hit.paragraph.text[start:end]
    return None
