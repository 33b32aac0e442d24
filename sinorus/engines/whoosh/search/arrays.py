"""Matching with numpy arrays: for common words, where its import is soon won back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinorus.engines.scoring import counted_parts, share_of_place
from sinorus.engines.whoosh.search import windows
from sinorus.engines.whoosh.search.lookups import following, is_in, owners, union
from sinorus.engines.whoosh.search.matching import Matching, Words
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.engines.whoosh.segment.postings import DictionaryEntry
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.query.nodes import Near, Node, Positional

_FEWER = 4
"""Lists whose lengths differ by less are joined by sorting them together."""
_RARER = 16
"""How much rarer a word is that is looked up in the answer, and not the answer in the word."""


class ArrayMatching(Matching[Numbers]):
    """Sorted arrays of integers; what is read from the file is not copied."""

    def __init__(self, segment: OpenSegment, words: Words | None = None) -> None:
        super().__init__(segment, words)
        self._counted: dict[Positional | Near, tuple[Numbers, Numbers]] = {}

    @property
    def starts(self) -> Numbers:
        """The token number of each paragraph's first word, and one more at the end."""
        return self.segment.text.starts.numbers()

    def read(self, entry: DictionaryEntry, slots: frozenset[int] | None) -> Numbers:
        tokens = self.segment.text.token_numbers(entry)
        if slots is None:
            return tokens
        chosen = np.zeros(entry.forms, bool)
        chosen[list(slots)] = True
        return tokens[chosen[np.asarray(self.segment.text.slots(entry))]]

    def union(self, parts: Sequence[Numbers]) -> Numbers:
        return union(parts)

    def intersection(self, left: Numbers, right: Numbers) -> Numbers:
        if len(left) > len(right):
            left, right = right, left
        return left[self._among(left, right)]

    def difference(self, left: Numbers, right: Numbers) -> Numbers:
        return left[~self._among(left, right)]

    def _among(self, left: Numbers, right: Numbers) -> Numbers:
        """Which paragraphs of `left` are in `right`: through a mask, unless `left` is short."""
        if 64 * len(left) < self.segment.paragraphs:
            return is_in(left, right)
        mask = np.zeros(self.segment.paragraphs, bool)
        mask[right] = True
        return mask[left]

    def followed(self, left: Numbers, right: Numbers, distance: int) -> Numbers:
        step = np.uint32(distance)
        if len(left) < _FEWER * len(right) and len(right) < _FEWER * len(left):
            both = np.concatenate([left + step, right])
            both.sort()  # faster than to look up the one in the other
            return both[:-1][both[1:] == both[:-1]] - step
        if len(left) <= len(right):
            return left[is_in(left + step, right)]
        shifted = right[right >= distance] - step
        return shifted[is_in(shifted, left)]

    def tight(self, starts: Numbers, distance: int) -> Numbers:
        return starts[~self.segment.begins.among(starts + np.uint32(distance))]

    def crossing(self, starts: Numbers, width: int) -> Numbers:
        inside = self.segment.inside.among
        some = starts[inside(starts) | inside(starts + np.uint32(width))]
        bordered = np.zeros(len(some), bool)
        for place in range(1, width):
            bordered |= ~inside(some + np.uint32(place))
        return some[bordered]

    def without(self, starts: Numbers, cut: Numbers) -> Numbers:
        return starts[~is_in(starts, cut)] if len(cut) else starts

    def oftener(self, unit: Positional, other: dict[int, Numbers], among: Numbers) -> Numbers:
        others = np.zeros(len(among))
        for width, tokens in other.items():
            others += share_of_place(unit, width) * self._count(tokens, among)
        return among[self.counts(unit, among) > others]

    def ranges(self, starts: Sequence[int], ends: Sequence[int]) -> Numbers:
        first = np.asarray(starts, np.int64)
        return ranges(first, np.asarray(ends, np.int64) - first).astype(np.uint32)

    def paragraphs(self, places: dict[int, Numbers]) -> Numbers:
        return self._in_paragraphs(places, {})[0]

    def counted(self, unit: Positional | Near) -> tuple[Numbers, Numbers]:
        """The paragraphs in which a unit occurs, and how often it does in each."""
        known = self._counted.get(unit)
        if known is None:
            shares = {}
            if not isinstance(unit, Near):
                shares = {width: share_of_place(unit, width) for width in self.places(unit)}
            known = self._counted[unit] = self._in_paragraphs(self.places(unit), shares)
        return known

    def found(self, unit: Positional | Near) -> Numbers:
        return self.counted(unit)[0]

    def _in_paragraphs(
        self, places: dict[int, Numbers], shares: dict[int, float]
    ) -> tuple[Numbers, Numbers]:
        """The paragraphs that places are in, and how many are in each.

        Those of some widths count the share that is given.
        """
        parts = []
        for width, tokens in places.items():
            if len(tokens):
                paragraphs, counts = self._by_paragraph(tokens)
                share = shares.get(width, 1)
                parts.append((paragraphs, counts if share == 1 else counts * share))
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return np.zeros(0, np.uint32), np.zeros(0, np.int64)
        every = np.concatenate([paragraphs for paragraphs, _ in parts])
        paragraphs, where = np.unique(every, return_inverse=True)
        counts = np.bincount(where, np.concatenate([counts for _, counts in parts]))
        return paragraphs, counts

    def _by_paragraph(self, tokens: Numbers) -> tuple[Numbers, Numbers]:
        starts = self.starts
        if len(tokens) > len(starts):  # fewer paragraphs to look up than tokens
            counts = np.diff(np.searchsorted(tokens, starts))
            paragraphs = np.flatnonzero(counts)
            return paragraphs.astype(np.uint32), counts[paragraphs]
        owners = following(self.segment, starts, tokens)
        new = np.empty(len(owners), bool)
        new[0] = True
        np.not_equal(owners[1:], owners[:-1], out=new[1:])
        begins = np.flatnonzero(new)
        return (owners[begins] - 1).astype(np.uint32), np.diff(begins, append=len(owners))

    def containing(self, unit: Positional, among: Numbers) -> Numbers:
        counts = [self._count(tokens, among) for tokens in self.places(unit).values()]
        return among[sum(counts) > 0]

    def belonging(self, among: Numbers, chosen: Sequence[int], name: str) -> Numbers:
        passing = np.zeros(len(self.segment.file[name]), bool)
        passing[np.asarray(chosen, np.intp)] = True
        return among[passing[owners(self.segment, name)[among]]]

    def of_kind(self, kind: int, among: Numbers | None) -> Numbers:
        kinds = self.segment.file["para.kinds"].numbers()
        if among is None:
            return np.flatnonzero(kinds == kind).astype(np.uint32)
        return among[kinds[among] == kind]

    def alive(self, paragraphs: Numbers) -> Numbers:
        if not self.segment.documents.deleted:
            return paragraphs
        return paragraphs[self.living(self.documents_of(paragraphs))]

    def living(self, ordinals: Numbers | slice) -> Numbers:
        """Which of these documents are not deleted."""
        deleted = self.segment.documents.deleted
        there = np.ones(len(self.segment.documents), bool)
        if deleted:
            bits = np.frombuffer(deleted, np.uint8)
            there = np.unpackbits(bits, count=len(there), bitorder="little") == 0
        return there[ordinals]

    def inside(self, unit: Positional | Near, first: Numbers, last: Numbers) -> int:
        """How many paragraphs with a word lie in ranges of paragraphs that follow one another."""
        if unit in self._counted:
            paragraphs = self._counted[unit][0]
            return int(
                (np.searchsorted(paragraphs, last) - np.searchsorted(paragraphs, first)).sum()
            )
        tokens, starts = self.places(unit)[1], self.starts
        begin = np.searchsorted(tokens, starts[first])
        size = np.searchsorted(tokens, starts[last]) - begin
        within = ranges(begin, size)
        return len(self._by_paragraph(tokens[within])[0]) if len(within) else 0

    def documents_of(self, paragraphs: Numbers) -> Numbers:
        return owners(self.segment, "doc.first")[paragraphs]

    def heads_of(self, paragraphs: Numbers) -> Numbers:
        return owners(self.segment, self.segment.heads.section)[paragraphs]

    def lengths(self, paragraphs: Numbers) -> Numbers:
        starts = self.starts
        return starts[paragraphs + 1] - starts[paragraphs] - 1

    def zeros(self, paragraphs: Numbers) -> Numbers:
        return np.zeros(len(paragraphs))

    def covered(self, paragraphs: Numbers, nodes: Sequence[Node]) -> Numbers:
        covered = self.zeros(paragraphs)
        for node in nodes:
            covered += is_in(paragraphs, self.matching(node))
        return covered

    def outside(self, paragraphs: Numbers, excluded: Numbers) -> Numbers:
        return (~is_in(paragraphs, excluded)).astype(np.int8)

    def counts(self, unit: Positional | Near, among: Numbers) -> Numbers:
        if isinstance(unit, Near):
            parts = [self.counts(part, among) for part in counted_parts(unit)]
            return np.where(is_in(among, self.found(unit)), sum(parts), 0)
        if unit not in self._counted and 8 * len(among) < self.cost(unit):
            parts = [
                share_of_place(unit, width) * self._count(tokens, among)
                for width, tokens in self.places(unit).items()
            ]
            return np.asarray(sum(parts)) if parts else np.zeros(len(among), np.int64)
        found, counts = self.counted(unit)
        if found is among:
            return counts
        if _RARER * len(found) < len(among):
            total = np.zeros(len(among), counts.dtype)
            at = np.searchsorted(among, found)
            there = is_in(found, among)
            total[at[there]] = counts[there]
            return total
        everywhere = np.zeros(self.segment.paragraphs, counts.dtype)
        everywhere[found] = counts
        return everywhere[among]

    def _count(self, tokens: Numbers, among: Numbers) -> Numbers:
        starts = self.starts
        return np.searchsorted(tokens, starts[among + 1]) - np.searchsorted(tokens, starts[among])

    def near(self, node: Near, parts: Sequence[dict[int, Numbers]]) -> dict[int, Numbers]:
        """All windows of all paragraphs at once; what it means is in `query.positions.near`."""
        if any(not sum(map(len, part.values())) for part in parts):
            return {}
        if node.ordered:
            return {1: windows.ordered(self.segment, parts, node.distance)}
        needed: dict[Positional, int] = {}
        for part in node.parts:
            needed[part] = needed.get(part, 0) + 1
        distinct = [(self.places(part), n) for part, n in needed.items()]
        return {1: windows.unordered(self.segment, distinct, node.distance)}
