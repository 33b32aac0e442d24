"""Rewrites a query: names to all their forms, and all of its words to any of them."""

from __future__ import annotations

from itertools import pairwise

from sinorus.model import NameUse
from sinorus.query.nodes import (
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Positional,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
    assert_never,
    restricts,
)
from sinorus.query.unparse import unparse
from sinorus.text.names import LONGEST, Alternatives, Names
from sinorus.text.tokens import is_ideograph, tokenize


def expand_names(node: Node, names: Names) -> tuple[Node, tuple[NameUse, ...]]:
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

    def widen(self, node: Node) -> Node:
        match node:
            case And() | Or():
                return type(node)(self.sequence(node))
            case Not():
                return Not(self.widen(node.part))
            case Near():
                parts = tuple(self.operand(part) for part in node.parts)
                return Near(parts, node.distance, node.ordered)
            case Term() | Phrase():
                return self.alone(node)
            case Prefix() | Wildcard() | Fuzzy() | Synonyms() | Everything():
                return node
            case FieldWords() | FieldValue() | PathGlob() | DateRange() | DocumentIn():
                return node
            case _:
                assert_never(node)

    def operand(self, node: Positional) -> Positional:
        if isinstance(node, Synonyms):
            return Synonyms(tuple(self.alone(part) for part in node.parts))
        return self.alone(node)

    def alone(self, node: Positional) -> Positional:
        others = self.others([node])
        return Synonyms((node, *others)) if others else node

    def sequence(self, node: And | Or) -> tuple[Node, ...]:
        """The parts of a node, widened; of names among neighbours the longest."""
        parts = node.parts
        found: list[Node] = []
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

    def others(self, words: list[Node]) -> tuple[Positional, ...]:
        """The other forms of the name that `words` are together; empty if they are not a name."""
        stems: list[str] = []
        forms: list[str] = []
        for word in words:
            terms = word.parts if isinstance(word, Phrase) else (word,)
            for term in terms:
                if not isinstance(term, Term) or term.exact:
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
    node: And | Or, words: tuple[Node, ...], others: tuple[Positional, ...]
) -> tuple[Node, ...]:
    """Words that are one name: in an AND all of them or another form, in an OR any of these."""
    if isinstance(node, Or):
        return (*words, Synonyms(others))
    return (Or((And(words), Synonyms(others))),)


def _node(alternatives: Alternatives, shown: str) -> Positional:
    parts: list[Positional] = []
    tokens = tokenize(shown)
    for stems, start, end in zip(alternatives, tokens.starts, tokens.ends, strict=True):
        terms = tuple(
            Term(stem.removeprefix("="), stem.startswith("="), shown[start:end]) for stem in stems
        )
        parts.append(terms[0] if len(terms) == 1 else Synonyms(terms))
    return parts[0] if len(parts) == 1 else Phrase(tuple(parts))


def relax(node: Node) -> tuple[Node, tuple[Node, ...]] | None:
    """A query for any of the words of `node`, and the parts that rank a paragraph by their number.

    None if there are not two of them. What restricts stays strict; a run of three or more Chinese
    characters is replaced by its pairs of neighbours.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    strict = [part for part in parts if restricts(part)]
    pieces = [piece for part in parts if not restricts(part) for piece in _pieces(part)]
    wanted = tuple(dict.fromkeys(pieces))
    if len(wanted) < 2:
        return None
    loose: Node = Or(wanted)
    return (And((loose, *strict)) if strict else loose), wanted


def _pieces(node: Node) -> list[Node]:
    if isinstance(node, Phrase) and node.run and len(node.parts) > 2:
        terms = node.parts
        if all(isinstance(part, Term) and is_ideograph(part.text) for part in terms):
            return [Phrase(pair, run=True) for pair in pairwise(terms)]
    return [node]
