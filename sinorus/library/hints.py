"""What to tell a user whose query finds little: which part finds nothing, how it may be meant."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.searching import Understood
from sinorus.model.value import value
from sinorus.query.evaluate import Passage, highlights
from sinorus.query.nodes import Fuzzy, Node, Synonyms, Term, filters_in, units
from sinorus.query.unparse import word_shown
from sinorus.text.tokens import is_ideograph, tokenize


@value(frozen=True)
class PartFound:
    """How much one part of a query finds by itself."""

    shown: str
    paragraphs: int
    documents: int
    node: Node


def parts_found(engine: Engine, asked: Understood) -> Iterator[PartFound]:
    """Each word, phrase and filter of a query with what it finds alone, in their order."""
    for node in dict.fromkeys([*units(asked.node), *filters_in(asked.node)]):
        found = engine.search(SearchRequest(node, limit=0))
        yield PartFound(word_shown(node), found.total, len(found.tally), node)


def explain(engine: Engine, asked: Understood, parsed: str) -> list[str]:
    """How a query was understood, a line each: the query, its names, and what each part finds."""
    lines = [f"read as: {parsed}"]
    lines += [f"name: {use.form} = {', '.join(use.others)}" for use in asked.names]
    lines += [
        f"{part.shown}: {part.paragraphs:,} paragraphs in {part.documents:,} documents"
        for part in parts_found(engine, asked)
    ]
    return lines


def spelling(engine: Engine, node: Node) -> str | None:
    """A word of the library that is one or two letters away from a word that it does not have."""
    if isinstance(node, Synonyms):
        node = node.parts[0]
    if not isinstance(node, Term) or len(node.text) < 4 or is_ideograph(node.text):
        return None
    forms = tokenize(node.shown or node.text).forms
    for distance in (1, 2) if len(forms) == 1 else ():
        fuzzy = Fuzzy(forms[0], distance)
        for hit in engine.search(SearchRequest(fuzzy, limit=1)).hits:
            for start, end in highlights(fuzzy, Passage(hit.document, hit.paragraph)):
                return hit.paragraph.text[start:end]
    return None
