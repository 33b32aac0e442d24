"""What a query would find besides if its words were asked in all languages."""

from __future__ import annotations

from collections.abc import Iterable

from sinorus.engines.port import Engine, SearchRequest
from sinorus.query import nodes
from sinorus.query.across import TermsAsked, script
from sinorus.query.rewrite import expand
from sinorus.query.tree import units, written_terms
from sinorus.text.terms import Terms

LANGUAGES = ("en", "ru", "zh")
"""The languages that terms have forms in."""


def not_asked(node: nodes.Node) -> list[str]:
    """The languages in which no word of a query is written."""
    asked: set[str] = set()
    for term in _terms(units(node)):
        if not term.text.isdigit():
            asked.add(script(term.text))
    return [language for language in LANGUAGES if language not in asked]


def _terms(parts: Iterable[nodes.Node]) -> Iterable[nodes.Term]:
    for part in parts:
        if isinstance(part, nodes.Near):
            yield from _terms(part.parts)
        elif isinstance(part, nodes.Synonyms) and not part.shown:
            yield from _terms(part.parts[:1])  # as it was written
        else:
            yield from written_terms(part) or ()


def found_besides(engine: Engine, node: nodes.Node, terms: Terms) -> dict[str, int]:
    """The paragraphs of each language that was not asked which `node` would find with the terms.

    By the languages of documents; without those that have none. Nothing is searched where no word
    of the query is a term.
    """
    languages = not_asked(node)
    if not languages:
        return {}
    asked = TermsAsked(terms)
    across = expand(node, None, asked)[0]
    if not asked.uses:
        return {}
    more = nodes.And((across, nodes.Not(node)))
    filters = [nodes.FieldValue("lang", language) for language in languages]
    found = engine.search(SearchRequest(more, limit=0, within=filters))
    return {one: count for one, count in zip(languages, found.within, strict=True) if count}
