"""Rewrites a query: names to all their forms, and all of its words to any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sinorus.model import NameUse
from sinorus.query import nodes, tree
from sinorus.query.nodes import assert_never
from sinorus.query.tree import restricts
from sinorus.query.unparse import unparse
from sinorus.query.words import hyphenated, joined, terms, tight
from sinorus.text.names import LONGEST, Alternatives, Names
from sinorus.text.tokens import is_ideograph, tokenize

MOST_NEARLY = 12
"""Words of a query of which paragraphs that lack one are looked for."""


def expand_names(node: nodes.Node, names: Names) -> tuple[nodes.Node, tuple[NameUse, ...]]:
    """The tree with every name in all its forms, and the names that were found in it.

    A name is a word, an unquoted run or a quotation that is a form as a whole, or words side by
    side that are one together (`Xi Jinping`). Exact words and words inside a longer quotation stay
    as they are, and so does a name of several meanings: which it may have is said.
    """
    expansion = _Expansion(names)
    return expansion.widen(node), tuple(expansion.uses.values())


class _Expansion:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.uses: dict[int | str, NameUse] = {}
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
        shown: list[str] = []
        for word in words:
            for term in tree.written_terms(word) or (None,):
                if term is None or term.exact:
                    return ()
                stems.append(term.text)
                shown.append(term.shown)
                if term.shown not in self._forms:
                    self._forms[term.shown] = tokenize(term.shown).forms
                forms += self._forms[term.shown]
        match, candidates = self.names.meaning(stems, forms, shown)
        if match is None:
            self._ask(words, candidates)
            return ()
        others = [one for one in self.names.others(*match) if tokenize(one[0]).forms != forms]
        entry = self.names.entry(match[0])
        written = [word for word in entry.cased if [word] != shown]
        told = (*(form for form, _ in others), *written)
        self.uses[match[0]] = NameUse(_written(words), told)
        own = self.names.cases(*match)
        found = [*([own] if own else []), *others, *self.names.variants(match[0])]
        return (
            *(_node(alternatives, form) for form, alternatives in found),
            *(one for word in written if (one := joined(terms(word, "cased"), run=True))),
        )

    def _ask(self, words: list[nodes.Node], groups: list[int]) -> None:
        """Notes which names words may be, by the first form of each."""
        if groups:
            may_be = tuple(self.names.forms(group)[0] for group in groups)
            self.uses[_written(words)] = NameUse(_written(words), (), may_be)


def _written(words: Sequence[nodes.Node]) -> str:
    return " ".join(unparse(word).strip('"') for word in words)


def _together(
    node: nodes.And | nodes.Or,
    words: tuple[nodes.Node, ...],
    others: tuple[nodes.Positional, ...],
) -> tuple[nodes.Node, ...]:
    """Words that are one name: in an AND side by side, in another form, or last of all apart; in an
    OR any of these.
    """
    phrase = nodes.Phrase(words)  # type: ignore[arg-type]  # all of them are words
    name = nodes.Synonyms((phrase, *others))
    if isinstance(node, nodes.Or):
        return (*words, name)
    return (nodes.Or((nodes.Apart(words), name)),)


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


def lightened(node: nodes.Node) -> nodes.Node:
    """The tree in which words of grammar need not be there, beside others that must.

    Those in quotation marks and exact ones stay; and so do all where there are no other words.
    """
    match node:
        case nodes.Apart():
            return node
        case nodes.And():
            return _without_grammar(node)
        case nodes.Or():
            return nodes.Or(tuple(lightened(part) for part in node.parts))
        case _:
            return node


def _without_grammar(node: nodes.And) -> nodes.Node:
    kept: list[nodes.Node] = []
    between: list[list[nodes.Term]] = []
    for part in node.parts:
        if not (isinstance(part, nodes.Term) and part.loose):
            kept.append(lightened(part))
            between.append([])
        elif between:
            between[-1].append(part)
    if all(map(restricts, kept)):
        return node
    if len(kept) == 1:
        return kept[0]
    return nodes.And(tuple(kept), tuple(map(tuple, between[:-1])) if any(between[:-1]) else ())


def nearly(node: nodes.Node) -> tuple[nodes.Node, tuple[nodes.Node, ...]] | None:
    """A query for what lacks exactly one of the words of `node`, and those words.

    None if there are not two of them, or so many that one more or less makes no difference. What
    restricts stays strict.
    """
    parts = node.parts if isinstance(node, nodes.And) else (node,)
    strict = [part for part in parts if restricts(part)]
    wanted = tuple(part for part in parts if not restricts(part))
    if not 2 <= len(wanted) <= MOST_NEARLY:
        return None
    others = [wanted[:at] + wanted[at + 1 :] for at in range(len(wanted))]
    loose: list[nodes.Node] = [nodes.Or(wanted)]
    if len(wanted) > 2:
        all_but_one = nodes.Or(tuple(nodes.And(some) for some in others))
        # Excluded twice, so that each word counts once in the score.
        loose.append(nodes.Not(nodes.Not(all_but_one)))
    return nodes.And((*loose, *strict, nodes.Not(nodes.And(wanted)))), wanted


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
