"""Rewrites a query: names to all their forms, and all of its words to any of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sinorus.model import NameUse
from sinorus.query import nodes
from sinorus.query.nodes import assert_never, restricts
from sinorus.query.unparse import unparse
from sinorus.query.words import hyphenated, tight
from sinorus.text.names import LONGEST, Alternatives, Names
from sinorus.text.tokens import is_ideograph, tokenize


def expand_names(node: nodes.Node, names: Names) -> tuple[nodes.Node, tuple[NameUse, ...]]:
    """The tree with every name in all its forms, and the names that were found in it.

    A name is a word, an unquoted run or a quotation that is a form as a whole, or words side by
    side that are one together (`Xi Jinping`). Exact words and words inside a longer quotation stay
    as they are.
    """
    expansion = _Expansion(names)
    return expansion.widen(node), tuple(expansion.uses.values())


class _Expansion:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.uses: dict[int, NameUse] = {}
        self._forms: dict[str, list[str]] = {}  # each word is in several groups of neighbours

    def widen(self, node: nodes.Node) -> nodes.Node:
        match node:
            case nodes.And() | nodes.Or():
                return type(node)(self.sequence(node))
            case nodes.Not():
                return nodes.Not(self.widen(node.part))
            case nodes.Near():
                parts = tuple(self.operand(part) for part in node.parts)
                return nodes.Near(parts, node.distance, node.ordered)
            case nodes.Term() | nodes.Phrase():
                return self.alone(node)
            case nodes.Synonyms() if node.shown:
                return self.alone(node)
            case nodes.AnyExpanding() | nodes.Synonyms() | nodes.Everything():
                return node
            case nodes.AnyFilter():
                return node
            case _:
                assert_never(node)

    def operand(self, node: nodes.Positional) -> nodes.Positional:
        if isinstance(node, nodes.Synonyms) and not node.shown:
            return nodes.Synonyms(tuple(self.alone(part) for part in node.parts))
        return self.alone(node)

    def alone(self, node: nodes.Positional) -> nodes.Positional:
        others = self.others([node])
        return nodes.Synonyms((node, *others)) if others else node

    def sequence(self, node: nodes.And | nodes.Or) -> tuple[nodes.Node, ...]:
        """The parts of a node, widened; of names among neighbours the longest."""
        parts = node.parts
        found: list[nodes.Node] = []
        at = 0
        while at < len(parts):
            for size in range(min(LONGEST, len(parts) - at), 1, -1):
                words = parts[at : at + size]
                others = self.others(list(words))
                if others:
                    found.extend(_together(node, words, others))
                    at += size
                    break
            else:
                found.append(self.widen(parts[at]))
                at += 1
        return tuple(found)

    def others(self, words: list[nodes.Node]) -> tuple[nodes.Positional, ...]:
        """The other forms of the name that `words` are together; empty if they are not a name."""
        stems: list[str] = []
        forms: list[str] = []
        for word in words:
            for term in nodes.written_terms(word) or (None,):
                if term is None or term.exact:
                    return ()
                stems.append(term.text)
                if term.shown not in self._forms:
                    self._forms[term.shown] = tokenize(term.shown).forms
                forms += self._forms[term.shown]
        match = self.names.find(stems, forms)
        if match is None:
            return ()
        others = list(self.names.others(*match))
        written = " ".join(unparse(word).strip('"') for word in words)
        self.uses[match[0]] = NameUse(written, tuple(shown for shown, _ in others))
        own = self.names.cases(*match)
        return tuple(
            _node(alternatives, shown) for shown, alternatives in [*([own] if own else []), *others]
        )


def _together(
    node: nodes.And | nodes.Or, words: tuple[nodes.Node, ...], others: tuple[nodes.Positional, ...]
) -> tuple[nodes.Node, ...]:
    """Words that are one name: in an AND all of them or another form, in an OR any of these."""
    if isinstance(node, nodes.Or):
        return (*words, nodes.Synonyms(others))
    return (nodes.Or((nodes.And(words), nodes.Synonyms(others))),)


def _node(alternatives: Alternatives, shown: str) -> nodes.Positional:
    parts: list[nodes.Positional] = []
    tokens = tokenize(shown)
    bound = tight(shown, tokens)
    columns = zip(alternatives, tokens.starts, tokens.ends, strict=True)
    for at, (stems, start, end) in enumerate(columns):
        written = shown[start:end]
        terms = tuple(
            nodes.Term(stem.removeprefix("="), stem.startswith("="), written, tight=at in bound)
            for stem in stems
        )
        parts.append(terms[0] if len(terms) == 1 else nodes.Synonyms(terms))
    found = hyphenated(shown, tokens, parts)
    return found[0] if len(found) == 1 else nodes.Phrase(found)


def relax(node: nodes.Node) -> tuple[nodes.Node, tuple[nodes.Node, ...]] | None:
    """A query for any of the words of `node`, and the parts that rank a paragraph by their number.

    None if there are not two of them. What restricts stays strict; a run of three or more Chinese
    characters is replaced by its pairs of neighbours.
    """
    parts = node.parts if isinstance(node, nodes.And) else (node,)
    strict = [part for part in parts if restricts(part)]
    pieces = [piece for part in parts if not restricts(part) for piece in _pieces(part)]
    wanted = tuple(dict.fromkeys(pieces))
    if len(wanted) < 2:
        return None
    loose: nodes.Node = nodes.Or(wanted)
    return (nodes.And((loose, *strict)) if strict else loose), wanted


def _pieces(node: nodes.Node) -> list[nodes.Node]:
    if isinstance(node, nodes.Phrase) and node.run and len(node.parts) > 2:
        terms = [part for part in node.parts if isinstance(part, nodes.Term)]
        if len(terms) == len(node.parts) and all(is_ideograph(term.text) for term in terms):
            pairs = pairwise(terms)
            return [nodes.Phrase((replace(a, tight=False), b), run=True) for a, b in pairs]
    return [node]
