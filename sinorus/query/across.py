"""What the terms say of the words of a query: the concepts they are, as nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sinorus.model import TermUse
from sinorus.query import nodes, tree
from sinorus.query.nodes import Positional
from sinorus.query.unparse import unparse
from sinorus.query.words import form_node
from sinorus.text.stems import is_russian, readings
from sinorus.text.terms import Forms, Terms, written_as
from sinorus.text.tokens import is_ideograph

MOST = 60
"""Forms that a word is asked in; of more, those of its rarer senses are left out."""
UNKNOWN = 2
"""What a word costs that is in no term, where words are cut: one of the dictionary costs half."""
_NAMED = 2
"""Forms that a sense is named by."""


class TermsAsked:
    """Terms, asked about the words of one query; `uses` says of which something was known."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.uses: dict[str, TermUse] = {}
        self._senses: dict[tuple[str, ...], list[int]] = {}

    def reach(self, word: nodes.Node) -> int:
        """How many tokens the longest form has that begins with a word; 0 if none does."""
        firsts = [stems[0] for stems in _spelt([word])]
        return max(
            (self.terms.longest(one) for first in firsts for one in readings(first)), default=0
        )

    def senses(self, words: Sequence[nodes.Node]) -> list[int]:
        """The concepts that words are together, the usual one first; none if they are no term."""
        for stems in _spelt(words):
            key = tuple(stems)
            if key not in self._senses:
                self._senses[key] = self.terms.senses(stems)
            if self._senses[key]:
                return self._senses[key]
        return []

    def cost(self, words: Sequence[nodes.Node]) -> int | None:
        """What each of some words costs as one piece: see `best_cut`."""
        found = self.senses(words)
        return int(self.terms.source(found[0]) != "terms") if found else None

    def concept(self, words: Sequence[nodes.Node], written: Positional) -> nodes.Concept | None:
        """The words, as `written`, in all forms of the concepts that they are; None if of none."""
        found = self.senses(words)
        forms = [self.terms.forms(one) for one in found]
        own = {written: ""}
        usual = _others(forms[:1], own)
        rarer = _others(forms[1:], {**own, **usual})
        parts = [*usual, *rarer][:MOST]
        if not parts:
            return None
        name = unparse(written).strip('"')
        told = sorted(
            [*usual.items(), *rarer.items()][:MOST], key=lambda one: _like(one[0], written)
        )
        source = self.terms.source(found[0])
        self.uses[name] = TermUse(name, tuple(form for _, form in told), _named(forms), source)
        return nodes.Concept((written, *parts), rarer=max(0, len(parts) - len(usual)))


def _others(senses: Sequence[Forms], known: Mapping[Positional, str]) -> dict[Positional, str]:
    """The forms of concepts that are not known, each as a node."""
    found: dict[Positional, str] = {}
    for forms in senses:
        for form, alternatives in written_as(forms):
            node = form_node(alternatives, form) if alternatives else None
            if node is not None and node not in known:
                found.setdefault(node, form)
    return found


def _like(one: Positional, other: Positional) -> bool:
    """Whether two are of one script, by their first words."""
    first, second = tree.stems_in(one), tree.stems_in(other)
    return bool(first and second) and script(first[-1]) == script(second[-1])


def script(stem: str) -> str:
    """The language that a word is asked in, by its letters."""
    return "ru" if is_russian(stem) else "zh" if is_ideograph(stem) else "en"


def _named(senses: Sequence[Forms]) -> tuple[str, ...]:
    firsts = [[some[0] for some in forms.values() if some] for forms in senses]
    return tuple("/".join(some[:_NAMED]) for some in firsts)


def _spelt(words: Sequence[nodes.Node]) -> list[list[str]]:
    """The stems of words, and those where each with hyphens is one; empty for what is no word."""
    split: list[str] = []
    whole: list[str] = []
    for word in words:
        terms = tree.written_terms(word)
        if terms is None or any(term.exact for term in terms):
            return []
        split += [term.text for term in terms]
        one = word.parts[1] if isinstance(word, nodes.Synonyms) else None
        whole += [one.text] if isinstance(one, nodes.Term) else [term.text for term in terms]
    return [split] if split == whole else [split, whole]


def best_cut(
    size: int, reach: Callable[[int], int], cost: Callable[[int, int], int | None]
) -> list[int]:
    """The ends of the pieces that a row of `size` words is best cut into.

    As few words as can be are in no term, then in one of the dictionary, in as few pieces as can
    be; of equal ways, the one with the longer piece first. `cost` is that of each word of a piece,
    by its first and its end, None for no piece; `reach` says how many words a piece has at most
    that begins with one. A word that is in no term is a piece.
    """
    best: list[tuple[int, int, int]] = [(0, 0, size)] * (size + 1)  # cost, pieces, end
    for at in range(size - 1, -1, -1):
        behind, pieces, _ = best[at + 1]
        one = cost(at, at + 1)
        chosen = (behind + (UNKNOWN if one is None else one), pieces + 1, at + 1)
        for end in range(at + 2, min(size, at + reach(at)) + 1):
            each = cost(at, end)
            if each is not None:
                behind, pieces, _ = best[end]
                found = (behind + each * (end - at), pieces + 1, end)
                if found[:2] <= chosen[:2]:
                    chosen = found
        best[at] = chosen
    ends: list[int] = []
    at = 0
    while at < size:
        at = best[at][2]
        ends.append(at)
    return ends


def loosened(part: Positional) -> Positional:
    """The first part of a piece of a run: what stands before it need not be at its side."""
    return replace(part, tight=False) if isinstance(part, nodes.Term) and part.tight else part
