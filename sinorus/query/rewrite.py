"""Rewrites a query: names and terms to all their forms, and all of its words to any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sinorus.model import NameUse, TermUse
from sinorus.query import nodes, tree
from sinorus.query.nodes import assert_never
from sinorus.query.tree import restricts
from sinorus.query.unparse import unparse
from sinorus.query.words import form_node, joined, terms
from sinorus.text.grammar import is_grammar
from sinorus.text.names import LONGEST, Names
from sinorus.text.tokens import is_ideograph, tokenize

if TYPE_CHECKING:
    from sinorus.query.across import TermsAsked

MOST_NEARLY = 12
"""Words of a query of which paragraphs that lack one are looked for."""


def expand_names(node: nodes.Node, names: Names) -> tuple[nodes.Node, tuple[NameUse, ...]]:
    """The tree with every name in all its forms, and the names that were found in it.

    A name is a word, an unquoted run or a quotation that is a form as a whole, or words side by
    side that are one together (`Xi Jinping`). Exact words and words inside a longer quotation stay
    as they are, and so does a name of several meanings: which it may have is said.
    """
    found, uses, _ = expand(node, names, None)
    return found, uses


def expand(
    node: nodes.Node, names: Names | None, terms: TermsAsked | None
) -> tuple[nodes.Node, tuple[NameUse, ...], tuple[TermUse, ...]]:
    """The tree with every name, and every term in all languages; and what was found in it.

    Terms are looked for where names are; of both the longest counts, and of two that are equally
    long the name. A run of Chinese is also cut into the terms in it: it is found as it is written,
    and where all of its pieces are in another language.
    """
    expansion = _Expansion(names, terms)
    found = expansion.widen(node)
    asked = expansion.terms.uses.values() if expansion.terms else ()
    return found, tuple(expansion.uses.values()), tuple(asked)


class _Expansion:
    def __init__(self, names: Names | None, terms: TermsAsked | None) -> None:
        self.names, self.terms = names, terms
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
            case nodes.Phrase() if node.run and self.terms:
                return self.together([node], node) or self.run(node)
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
        return self.together([node], node) or node

    def sequence(self, node: nodes.And | nodes.Or) -> tuple[nodes.Node, ...]:
        """The parts of a node, widened; of names and terms among neighbours the longest."""
        parts = node.parts
        found: list[nodes.Node] = []
        at = 0
        for end in self.cut(parts):
            words = parts[at:end]
            name = self.together(words, nodes.Phrase(words)) if len(words) > 1 else None  # type: ignore[arg-type]  # all of them are words
            found.extend(_together(node, words, name) if name else map(self.widen, words))
            at = end
        return tuple(found)

    def cut(self, parts: Sequence[nodes.Node]) -> list[int]:
        """The ends of names and terms side by side; what is in none stands by itself."""

        def cost(at: int, end: int) -> int | None:
            words = parts[at:end]
            if end - at <= LONGEST:
                match, candidates, *_ = self.meaning(words)
                self._ask(words, candidates if end - at > 1 else [])
                if match is not None:
                    return 0
            return self.terms.cost(words) if self.terms else None

        if self.terms is not None:
            from sinorus.query.across import best_cut

            return best_cut(len(parts), lambda at: self.reach(parts[at]), cost)
        ends: list[int] = []
        while (at := ends[-1] if ends else 0) < len(parts):
            longest = range(min(LONGEST, len(parts) - at), 1, -1)
            named = (at + size for size in longest if cost(at, at + size) is not None)
            ends.append(next(named, at + 1))
        return ends

    def reach(self, word: nodes.Node) -> int:
        """How many words a name or a term has at most that begins with a word."""
        longest = self.terms.reach(word) if self.terms else 0
        return max(longest, LONGEST) if self.names else longest

    def run(self, phrase: nodes.Phrase) -> nodes.Node:
        """A run of Chinese as it is written, or the names and terms in it wherever they stand."""
        from sinorus.query.across import loosened

        pieces: list[nodes.Node] = []
        rest: list[nodes.Positional] = []
        at = 0
        widened = False
        for end in self.cut(phrase.parts):
            words = (loosened(phrase.parts[at]), *phrase.parts[at + 1 : end])
            piece = self.together(words, joined(words, run=True) or words[0])
            if piece is None:
                rest += words if not rest else phrase.parts[at:end]
            else:
                pieces += [*_left(rest), piece]
                rest, widened = [], True
            at = end
        pieces += _left(rest)
        return nodes.Or((phrase, nodes.And(tuple(pieces)))) if widened else phrase

    def together(
        self, words: Sequence[nodes.Node], written: nodes.Positional
    ) -> nodes.Positional | None:
        """What words are together, in all forms, as `written` first; None if they are nothing."""
        if others := self.others(words):
            return nodes.Synonyms((written, *others))
        return self.terms.concept(words, written) if self.terms else None

    def meaning(
        self, words: Sequence[nodes.Node]
    ) -> tuple[tuple[int, int] | None, list[int], list[str], list[str]]:
        """The name that `words` are, or those they may be; their forms, and how they are shown."""
        stems: list[str] = []
        forms: list[str] = []
        shown: list[str] = []
        for word in words:
            for term in tree.written_terms(word) or (None,):
                if term is None or term.exact:
                    return None, [], [], []
                stems.append(term.text)
                shown.append(term.shown)
                if term.shown not in self._forms:
                    self._forms[term.shown] = tokenize(term.shown).forms
                forms += self._forms[term.shown]
        if self.names is None:
            return None, [], forms, shown
        match, candidates = self.names.meaning(stems, forms, shown)
        return match, candidates, forms, shown

    def others(self, words: Sequence[nodes.Node]) -> tuple[nodes.Positional, ...]:
        """The other forms of the name that `words` are together; empty if they are not a name."""
        match, candidates, forms, shown = self.meaning(words)
        if match is None or self.names is None:
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
            *(form_node(alternatives, form) for form, alternatives in found),
            *(one for word in written if (one := joined(terms(word, "cased"), run=True))),
        )

    def _ask(self, words: Sequence[nodes.Node], groups: list[int]) -> None:
        """Notes which names words may be, by the first form of each."""
        if groups and self.names:
            may_be = tuple(self.names.forms(group)[0] for group in groups)
            self.uses[_written(words)] = NameUse(_written(words), (), may_be)


def _written(words: Sequence[nodes.Node]) -> str:
    return " ".join(unparse(word).strip('"') for word in words)


def _left(rest: Sequence[nodes.Positional]) -> list[nodes.Node]:
    """What is in no term of a run, as one word of the query; a word of grammar may be lacking."""
    found = joined(tuple(rest), run=True)
    if isinstance(found, nodes.Term) and is_grammar(found.shown):
        return [replace(found, loose=True)]
    return [] if found is None else [found]


def _together(
    node: nodes.And | nodes.Or, words: tuple[nodes.Node, ...], name: nodes.Positional
) -> tuple[nodes.Node, ...]:
    """Words that are one name: in an AND side by side, in another form, or last of all apart; in an
    OR any of these.
    """
    if isinstance(node, nodes.Or):
        return (*words, name)
    return (nodes.Or((nodes.Apart(words), name)),)


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
