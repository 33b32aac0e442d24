"""Matching with Python lists: nothing to import, and fast for the numbers of a rare word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from sinorus.engines.scoring import counted_parts, field_terms
from sinorus.engines.whoosh.search.matching import Matching
from sinorus.engines.whoosh.search.terms import containers
from sinorus.engines.whoosh.segment.postings import DictionaryEntry
from sinorus.query import positions
from sinorus.query.nodes import Near, Positional

Numbers = list[int]


class FieldUse(NamedTuple):
    """How often a stem stands in titles, by document, and in headings, by head."""

    titles: dict[int, int]
    heads: dict[int, int]


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

    def ranges(self, starts: Sequence[int], ends: Sequence[int]) -> Numbers:
        return list(chain.from_iterable(map(range, starts, ends)))

    def size(self, numbers: Numbers) -> int:
        return len(numbers)

    def paragraphs(self, places: dict[int, Numbers]) -> Numbers:
        holding = self.segment.text.starts.holding
        return sorted({holding(at) for starts in places.values() for at in starts})

    def containing(self, unit: Positional, among: Numbers) -> Numbers:
        tokens = self.places(unit)[1]
        starts = self.segment.text.starts.sequence()
        found = []
        for paragraph in among:
            at = bisect_left(tokens, starts[paragraph])
            if at < len(tokens) and tokens[at] < starts[paragraph + 1]:
                found.append(paragraph)
        return found

    def belonging(self, among: Numbers, owners: Sequence[int], name: str) -> Numbers:
        first, passing = self.segment.file[name], set(owners)
        return [key for key in among if first.holding(key) in passing]

    def alive(self, paragraphs: Numbers) -> Numbers:
        documents = self.segment.documents
        if not documents.deleted:
            return paragraphs
        return [key for key in paragraphs if not documents.is_deleted(documents.of(key))]

    def documents_of(self, paragraphs: Numbers) -> Numbers:
        return [*map(self.segment.documents.of, paragraphs)]

    def near(self, node: Near, parts: Sequence[dict[int, Numbers]]) -> dict[int, Numbers]:
        """Paragraph by paragraph, with the very function that defines a NEAR."""
        holding = self.segment.text.starts.holding
        spans: dict[int, list[list[positions.TokenSpan]]] = {}
        for number, part in enumerate(parts):
            for width, starts in part.items():
                for start in starts:
                    here = spans.setdefault(holding(start), [[] for _ in parts])
                    here[number].append((start, start + width))
        found: dict[int, set[int]] = {}
        for here in spans.values():
            for start, end in positions.near(node, [sorted(part) for part in here]):
                found.setdefault(end - start, set()).add(start)
        return {width: sorted(starts) for width, starts in found.items()}

    def counts(self, unit: Positional | Near, among: Numbers) -> Numbers:
        """How often a unit stands in each paragraph of `among`."""
        if isinstance(unit, Near):
            parts = [self.counts(part, among) for part in counted_parts(unit)]
            containing = set(self.found(unit))
            totals = map(sum, zip(*parts, strict=True))
            return [n if key in containing else 0 for key, n in zip(among, totals, strict=True)]
        starts = self.segment.text.starts.sequence()
        total = [0] * len(among)
        for tokens in self.places(unit).values():
            for at, paragraph in enumerate(among):
                first = bisect_left(tokens, starts[paragraph])
                total[at] += bisect_left(tokens, starts[paragraph + 1], first) - first
        return total

    def field_uses(self, unit: Positional | Near) -> list[FieldUse]:
        """How often each stem of a unit that counts in titles and headings stands there."""
        found = []
        segment = self.segment
        for term in field_terms(unit):
            titles: dict[int, int] = {}
            entry = segment.value.find(term.text)
            if entry is not None:
                named = segment.titles
                first, documents = segment.file["value.first"], segment.file["value.docs"]
                for value, count in containers(segment.value, segment.value.tokens(entry)).items():
                    if value in named:
                        containing = documents.items(first[value], first[value + 1])
                        titles.update(dict.fromkeys(containing, count))
            entry = segment.head.find(term.text)
            tokens = segment.head.tokens(entry) if entry is not None else ()
            found.append(FieldUse(titles, containers(segment.head, tokens)))
        return [use for use in found if use.titles or use.heads]
