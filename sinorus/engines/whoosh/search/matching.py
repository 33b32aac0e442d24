"""What a query tree matches in one segment: the walk over the tree, whatever numbers are kept in.

`lists.py` keeps them in Python lists, for the few numbers of most queries; `arrays.py` in numpy
arrays, whose import alone takes longer than such a query. Both fill in the same few operations.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence, Sized
from dataclasses import replace
from typing import Any, Generic, TypeVar

from sinorus.engines.scoring import field_terms
from sinorus.engines.whoosh.search import terms
from sinorus.engines.whoosh.search.terms import Word, WordLists, choose, kind_number
from sinorus.engines.whoosh.segment.postings import DictionaryEntry
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.query.tree import units

L = TypeVar("L", bound=Sized)
"""Ascending numbers without repeats, of tokens or of paragraphs."""
Words = dict[Word, WordLists]
"""The lists that words stand for: those of a pattern take a search through all forms."""


class Matching(ABC, Generic[L]):
    """The answers of one segment to the nodes of one query, each worked out once."""

    def __init__(self, segment: OpenSegment, words: Words | None = None) -> None:
        self.segment = segment
        self.words: Words = {} if words is None else words
        self._places: dict[nodes.Positional | nodes.Near, dict[int, L]] = {}
        self._found: dict[nodes.Positional | nodes.Near, L] = {}

    @abstractmethod
    def read(self, entry: DictionaryEntry, slots: frozenset[int] | None) -> L:
        """The tokens of a stem, or those of some of its forms."""

    @abstractmethod
    def union(self, parts: Sequence[L]) -> L:
        """What is in any of them."""

    @abstractmethod
    def intersection(self, left: L, right: L) -> L:
        """What is in both."""

    @abstractmethod
    def difference(self, left: L, right: L) -> L:
        """What is in `left` alone."""

    @abstractmethod
    def followed(self, left: L, right: L, distance: int) -> L:
        """The numbers in `left` that, with `distance` added, are in `right`."""

    @abstractmethod
    def tight(self, starts: L, distance: int) -> L:
        """The places that, with `distance` added, are not where a stretch of Han begins."""

    @abstractmethod
    def crossing(self, starts: L, width: int) -> L:
        """The places of so many tokens that cut a longer word: see `query.positions.crosses`."""

    @abstractmethod
    def without(self, starts: L, cut: L) -> L:
        """The places that are not among these."""

    @abstractmethod
    def oftener(self, unit: nodes.Positional, other: dict[int, L], among: L) -> L:
        """Those paragraphs of `among` that have a unit in more places than there are others."""

    @abstractmethod
    def near(self, node: nodes.Near, parts: Sequence[dict[int, L]]) -> dict[int, L]:
        """A place in each paragraph that a NEAR stands in: see `query.positions.near`."""

    @abstractmethod
    def paragraphs(self, places: dict[int, L]) -> L:
        """The paragraphs that these places are in."""

    @abstractmethod
    def ranges(self, starts: Sequence[int], ends: Sequence[int]) -> L:
        """The numbers in ranges that follow one another."""

    @abstractmethod
    def containing(self, unit: nodes.Positional, among: L) -> L:
        """Those paragraphs of `among` that have a word: for a word much commoner than they."""

    @abstractmethod
    def belonging(self, among: L, chosen: Sequence[int], name: str) -> L:
        """Those paragraphs of `among` that belong to the `chosen` documents or runs.

        The section `name` has the first paragraph of each.
        """

    @abstractmethod
    def of_kind(self, kind: int, among: L | None) -> L:
        """The paragraphs of a kind, by its number; those of `among` if that is given."""

    @abstractmethod
    def alive(self, paragraphs: L) -> L:
        """Those whose documents are not deleted."""

    @abstractmethod
    def documents_of(self, paragraphs: L) -> L:
        """The ordinal of the document of each."""

    @abstractmethod
    def heads_of(self, paragraphs: L) -> L:
        """The head above each."""

    @abstractmethod
    def lengths(self, paragraphs: L) -> L:
        """The words of each."""

    @abstractmethod
    def zeros(self, paragraphs: L) -> L:
        """A 0 for each."""

    @abstractmethod
    def covered(self, paragraphs: L, nodes: Sequence[nodes.Node]) -> L:
        """How many of `nodes` each matches."""

    @abstractmethod
    def outside(self, paragraphs: L, excluded: L) -> L:
        """A 0 for each that is excluded, a 1 for each other."""

    @abstractmethod
    def counts(self, unit: nodes.Positional | nodes.Near, among: L) -> L:
        """How often a unit stands in each paragraph of `among`."""

    def chosen(self, word: Word) -> WordLists:
        """The lists that a word stands for."""
        known = self.words.get(word)
        if known is None:
            known = self.words[word] = choose(self.segment, word)
        return known

    def cost(self, node: nodes.Node) -> int:
        """At most how many tokens a node may have to look at: the fewest come first."""
        match node:
            case nodes.Term() | nodes.AnyExpanding():
                return sum(entry.tokens for entry, _ in self.chosen(node).all())
            case nodes.Phrase() | nodes.And() | nodes.Near():
                return min((self.cost(part) for part in node.parts), default=0)
            case nodes.Synonyms() | nodes.Or():
                return sum(map(self.cost, node.parts))
            case nodes.Not() | nodes.Everything():
                return self.segment.paragraphs
            case nodes.AnyFilter():
                return self.segment.paragraphs
            case _:
                assert_never(node)

    def matching(self, node: nodes.Node) -> L:
        """The paragraphs that match, deleted ones among them."""
        match node:
            case nodes.And():
                return self._all(node)
            case nodes.Or():
                return self.union([self.matching(part) for part in node.parts])
            case nodes.Not():
                return self.difference(self.everything(), self.matching(node.part))
            case nodes.Everything():
                return self.everything()
            case nodes.AnyFilter():
                return self._filtered(node)
            case nodes.AnyPositional() | nodes.Near():
                return self.found(node)
            case _:
                assert_never(node)

    def _filtered(self, node: nodes.Filter, among: L | None = None) -> L:
        """The paragraphs that a filter lets pass: of `among`, or of all."""
        if isinstance(node, nodes.FieldValue) and node.name == "kind":
            return self.of_kind(kind_number(node), among)
        if isinstance(node, nodes.ParagraphIn):
            found = self.ranges(*terms.places(self.segment, node))
            return found if among is None else self.intersection(among, found)
        numbers, name = self._passing(node)
        if among is not None:
            return self.belonging(among, numbers, name)
        first = terms.column(self.segment.file[name], len(numbers))
        ends = [first[at + 1] for at in numbers]
        if max(ends, default=0) > self.segment.paragraphs:  # billions, in a file that lies
            raise IndexError(f"{name} names paragraphs that there are not")
        return self.ranges([first[at] for at in numbers], ends)

    def passing(self, among: L, node: nodes.Filter) -> L:
        """Those of `among` that a filter lets pass."""
        return self._filtered(node, among)

    def everything(self) -> L:
        """All paragraphs."""
        return self.ranges([0], [self.segment.paragraphs])

    def _passing(self, node: nodes.Filter) -> tuple[list[int], str]:
        """The documents or runs that a filter lets pass, and where their paragraphs begin."""
        if isinstance(node, (nodes.FieldWords, nodes.FieldText)):
            runs = self.segment.runs(node.name)
            if runs is not None:
                return terms.runs_with(runs, node), runs.section
        return terms.passing(self.segment, node), "doc.first"

    def _all(self, node: nodes.And) -> L:
        wanted = [part for part in node.parts if not isinstance(part, nodes.Not)]
        wanted.sort(key=self.cost)
        found = self.matching(wanted[0]) if wanted else self.everything()
        for part in wanted[1:]:
            if not len(found):
                return found
            if isinstance(part, nodes.AnyFilter):
                found = self._filtered(part, found)
            else:
                found = self.intersection(found, self._matching_of(part, found))
        for excluded in (part.part for part in node.parts if isinstance(part, nodes.Not)):
            if len(found):
                found = self.difference(found, self._matching_of(excluded, found))
        return found

    def _matching_of(self, node: nodes.Node, among: L) -> L:
        """Those of `among` that match; there may be others with them."""
        match node:
            case nodes.AnyFilter():
                return self._filtered(node, among)
            case nodes.Or():
                return self.union([self._matching_of(part, among) for part in node.parts])
            case nodes.Term() | nodes.AnyExpanding():
                if node not in self._found and self.cost(node) > 2 * len(among):
                    return self.containing(node, among)
                return self.found(node)
            case nodes.AnyPositional() | nodes.Near() | nodes.And() | nodes.Not():
                return self.matching(node)
            case nodes.Everything():
                return self.matching(node)
            case _:
                assert_never(node)

    def found(self, unit: nodes.Positional | nodes.Near) -> L:
        """The paragraphs in which a unit occurs."""
        known = self._found.get(unit)
        if known is None:
            known = self._found[unit] = self.paragraphs(self.places(unit))
        return known

    def places(self, unit: nodes.Positional | nodes.Near) -> dict[int, L]:
        """Where a unit stands: the token numbers at which it begins, by its width in tokens.

        Of a NEAR only which paragraphs it stands in is to be told from them.
        """
        known = self._places.get(unit)
        if known is None:
            known = self._places[unit] = self._locate(unit)
        return known

    def _locate(self, unit: nodes.Positional | nodes.Near) -> dict[int, L]:
        match unit:
            case nodes.Term() | nodes.AnyExpanding():
                return self._of_word(unit)
            case nodes.Near():
                return self.near(unit, [self.places(part) for part in unit.parts])
            case nodes.Phrase():
                return self._phrase(unit)
            case nodes.Synonyms():
                return self._united([self.places(part) for part in unit.parts])
            case _:
                assert_never(unit)

    def _of_word(self, word: Word) -> dict[int, L]:
        one, several = self.chosen(word)
        found = {1: self.union([self.read(row, slots) for row, slots in one])}
        for width, rows in several.items():
            if rows:
                found[width] = self.union([self.read(row, slots) for row, slots in rows])
        return found

    def _united(self, parts: Iterable[dict[int, L]]) -> dict[int, L]:
        by_width: dict[int, list[L]] = {}
        for part in parts:
            for width, starts in part.items():
                by_width.setdefault(width, []).append(starts)
        return {width: self.union(starts) for width, starts in by_width.items()}

    def _phrase(self, unit: nodes.Phrase) -> dict[int, L]:
        if unit.whole:
            places, cut = self.places(replace(unit, whole=False)), self.cut(unit)
            return {width: self.without(every, cut[width]) for width, every in places.items()}
        if any(not self.cost(part) for part in unit.parts):
            return {}
        found: dict[int, L] = self.places(unit.parts[0])
        for part in unit.parts[1:]:
            longer: dict[int, list[L]] = {}
            for width, starts in found.items():
                for more, others in self.places(part).items():
                    both = self.followed(starts, others, width)
                    if isinstance(part, nodes.Term) and part.tight:
                        both = self.tight(both, width)
                    longer.setdefault(width + more, []).append(both)
            found = {width: self.union(starts) for width, starts in longer.items()}
            if not any(map(len, found.values())):
                return {}  # and the rest of a long one is not read
        return found

    def cut(self, phrase: nodes.Phrase) -> dict[int, L]:
        """The places of a phrase that cut longer words, by their width."""
        places = self.places(replace(phrase, whole=False))
        return {width: self.crossing(starts, width) for width, starts in places.items()}

    def sound(self, node: nodes.Node, among: L) -> L:
        """Those of `among` that match a node of `nodes.whole_words`; for few of them.

        Equal to what `matching` has of them: but where it is a phrase, only its places are counted.
        """
        match node:
            case nodes.And():
                for part in node.parts:
                    among = self.sound(part, among)
                return among
            case nodes.Or() | nodes.Synonyms():
                return self.union([self.sound(part, among) for part in node.parts])
            case nodes.Not():
                return self.difference(among, self.matching(node.part))
            case nodes.Everything():
                return among
            case nodes.AnyFilter():
                return self._filtered(node, among)
            case nodes.Phrase():
                cut = self.cut(node) if node.whole else {}
                return self.oftener(replace(node, whole=False), cut, among)
            case nodes.Term() | nodes.AnyExpanding():
                return self.containing(node, among)
            case nodes.Near():
                return self.intersection(among, self.found(node))
            case _:
                assert_never(node)


def estimated_cost(matching: Matching[Any], node: nodes.Node) -> int:
    """About how many numbers it takes to answer a node: what decides between lists and arrays."""
    segment, asked = matching.segment, units(node)
    total = sum(matching.cost(word) for unit in asked for word in _words(unit))
    for term in (term for unit in asked for term in field_terms(unit)):
        for field in (segment.heads.words, segment.value):
            total += sum(entry.tokens for entry in field.having(term.text))
    return total + (segment.paragraphs if _wide(node) else 0)


def _words(unit: nodes.Positional | nodes.Near) -> list[Word]:
    match unit:
        case nodes.Near() | nodes.Phrase() | nodes.Synonyms():
            return [word for part in unit.parts for word in _words(part)]
        case nodes.Term() | nodes.AnyExpanding():
            return [unit]
        case _:
            assert_never(unit)


def _wide(node: nodes.Node) -> bool:
    """Whether a node goes through all paragraphs, and not through those of its words alone."""
    match node:
        case nodes.And():
            wanted = [part for part in node.parts if not isinstance(part, nodes.Not)]
            excluded = [part.part for part in node.parts if isinstance(part, nodes.Not)]
            narrow = any(not _wide(part) for part in wanted)
            others = [one for one in (*wanted, *excluded) if not isinstance(one, nodes.AnyFilter)]
            return not narrow or any(map(_wide, others))
        case nodes.Or():
            return any(map(_wide, node.parts))
        case nodes.Not() | nodes.Everything():
            return True
        case nodes.AnyFilter():
            return True
        case nodes.AnyPositional() | nodes.Near():
            return False
        case _:
            assert_never(node)
