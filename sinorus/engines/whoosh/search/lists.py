"""Matching with Python lists: nothing to import, and fast for the numbers of a rare word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Any

from sinorus.engines.scoring import counted_parts, share_of_place
from sinorus.engines.whoosh.search.matching import Matching
from sinorus.engines.whoosh.search.terms import column, owners
from sinorus.engines.whoosh.segment.postings import DictionaryEntry
from sinorus.query import positions
from sinorus.query.nodes import Near, Node, Positional

Numbers = list[int]


class ListMatching(Matching[Numbers]):
    """Sorted lists of numbers."""

    def read(self, entry: DictionaryEntry, slots: frozenset[int] | None) -> Numbers:
        tokens = self.segment.text.tokens(entry).tolist()
        if slots is None:
            return tokens
        chosen = self.segment.text.slots(entry)
        return [token for token, slot in zip(tokens, chosen, strict=True) if slot in slots]

    def union(self, parts: Sequence[Numbers]) -> Numbers:
        if len(parts) == 1:
            return parts[0]
        return sorted(set(chain.from_iterable(parts)))

    def intersection(self, left: Numbers, right: Numbers) -> Numbers:
        return sorted(set(left).intersection(right))

    def difference(self, left: Numbers, right: Numbers) -> Numbers:
        return sorted(set(left).difference(right))

    def followed(self, left: Numbers, right: Numbers, distance: int) -> Numbers:
        there = set(right)
        return [number for number in left if number + distance in there]

    def tight(self, starts: Numbers, distance: int) -> Numbers:
        begins = self.segment.begins
        return [start for start in starts if start + distance not in begins]

    def crossing(self, starts: Numbers, width: int) -> Numbers:
        inside = self.segment.inside
        return [start for start in starts if positions.crosses((start, start + width), inside)]

    def without(self, starts: Numbers, cut: Numbers) -> Numbers:
        return self.difference(starts, cut)

    def oftener(self, unit: Positional, other: dict[int, Numbers], among: Numbers) -> Numbers:
        counts, others = self.counts(unit, among), self._count(unit, other, among)
        columns = zip(among, counts, others, strict=True)
        return [paragraph for paragraph, count, less in columns if count > less]

    def ranges(self, starts: Sequence[int], ends: Sequence[int]) -> Numbers:
        return list(chain.from_iterable(map(range, starts, ends)))

    def paragraphs(self, places: dict[int, Numbers]) -> Numbers:
        tokens = [*chain.from_iterable(places.values())]
        return sorted(set(owners(self.segment.text.starts, tokens)))

    def containing(self, unit: Positional, among: Numbers) -> Numbers:
        counts = zip(among, self.counts(unit, among), strict=True)
        return [paragraph for paragraph, count in counts if count]

    def belonging(self, among: Numbers, chosen: Sequence[int], name: str) -> Numbers:
        passing, found = set(chosen), owners(self.segment.file[name], among)
        return [number for number, owner in zip(among, found, strict=True) if owner in passing]

    def of_kind(self, kind: int, among: Numbers | None) -> Numbers:
        kinds = self.segment.file["para.kinds"]
        if among is None:
            return [number for number, one in enumerate(kinds.items()) if one == kind]
        items = column(kinds, len(among))
        return [number for number in among if items[number] == kind]

    def alive(self, paragraphs: Numbers) -> Numbers:
        documents = self.segment.documents
        if not documents.deleted:
            return paragraphs
        found = zip(paragraphs, self.documents_of(paragraphs), strict=True)
        return [number for number, owner in found if not documents.is_deleted(owner)]

    def documents_of(self, paragraphs: Numbers) -> Numbers:
        return owners(self.segment.documents.first, paragraphs)

    def heads_of(self, paragraphs: Numbers) -> Numbers:
        return owners(self.segment.heads.first, paragraphs)

    def lengths(self, paragraphs: Numbers) -> Numbers:
        return self.segment.lengths(paragraphs)

    def zeros(self, paragraphs: Numbers) -> Numbers:
        return [0] * len(paragraphs)

    def covered(self, paragraphs: Numbers, nodes: Sequence[Node]) -> Numbers:
        covered = self.zeros(paragraphs)
        for node in nodes:
            matched = set(self.matching(node))
            covered = [
                before + (number in matched)
                for before, number in zip(covered, paragraphs, strict=True)
            ]
        return covered

    def outside(self, paragraphs: Numbers, excluded: Numbers) -> Numbers:
        gone = set(excluded)
        return [int(number not in gone) for number in paragraphs]

    def near(self, node: Near, parts: Sequence[dict[int, Numbers]]) -> dict[int, Numbers]:
        """Paragraph by paragraph, with the very function that defines a NEAR."""
        spans: dict[int, list[list[positions.TokenSpan]]] = {}
        for at, part in enumerate(parts):
            for width, starts in part.items():
                found = owners(self.segment.text.starts, starts)
                for start, paragraph in zip(starts, found, strict=True):
                    here = spans.setdefault(paragraph, [[] for _ in parts])
                    here[at].append((start, start + width))
        places: dict[int, set[int]] = {}
        for here in spans.values():
            for start, end in positions.near(node, [sorted(part) for part in here]):
                places.setdefault(end - start, set()).add(start)
        return {width: sorted(starts) for width, starts in places.items()}

    def counts(self, unit: Positional | Near, among: Numbers) -> Numbers:
        if isinstance(unit, Near):
            parts = [self.counts(part, among) for part in counted_parts(unit)]
            containing = set(self.found(unit))
            totals = map(sum, zip(*parts, strict=True))
            return [
                total if number in containing else 0
                for number, total in zip(among, totals, strict=True)
            ]
        return self._count(unit, self.places(unit), among)

    def _count(self, unit: Positional, places: dict[int, Numbers], among: Numbers) -> Numbers:
        """How many places are in each paragraph of `among`."""
        starts = column(self.segment.text.starts, len(among))
        total: list[Any] = [0] * len(among)
        for width, tokens in places.items():
            share = share_of_place(unit, width)
            for at, paragraph in enumerate(among):
                first = bisect_left(tokens, starts[paragraph])
                total[at] += share * (bisect_left(tokens, starts[paragraph + 1], first) - first)
        return total
