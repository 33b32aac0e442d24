"""Which paragraphs of two texts belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sinorus.corpus.candidates import likely_pairs
from sinorus.corpus.chain import heaviest_chain
from sinorus.corpus.likeness import ALIKE, Likeness
from sinorus.corpus.subsequence import Match
from sinorus.text.tokens import Tokens

MOVED = 0.6
"""The least similarity of paragraphs in different places: there the place is no evidence."""
FULL_GAP = 100
"""Up to so many pairs, all of a gap are compared."""
REPEATS = 8
"""A paragraph that is repeated more often is paired by its first and last occurrences only."""


class Pair(NamedTuple):
    """Indices of two paragraphs; `moved` if they break the order of the others."""

    left: int
    right: int
    moved: bool


def align(left: list[Tokens], right: list[Tokens]) -> list[Pair]:
    """The pairs of paragraphs that belong together, by their place on the left.

    Pairs in order: those that together have the most in common (a chain of the greatest sum of
    common words · similarity) among equal paragraphs and those that share rare words, then
    those between them that are similar at least 0.35. Pairs out of order: what is left over and
    equal or similar at least 0.6, the most similar first. One paragraph against one is always a
    pair. Swapping the sides swaps the pairs.
    """
    if len(left) == len(right) == 1:
        return [Pair(0, 0, False)]
    if [tokens.forms for tokens in left] > [tokens.forms for tokens in right]:
        pairs = (Pair(j, i, moved) for i, j, moved in _Alignment(right, left).pairs())
        return sorted(pairs)
    return sorted(_Alignment(left, right).pairs())


class _Alignment:
    """One run of the alignment."""

    def __init__(self, left: list[Tokens], right: list[Tokens]) -> None:
        self.left, self.right = left, right
        self.likeness = Likeness(left, right)

    def pairs(self) -> Iterator[Pair]:
        lead, tail = self._ends()
        ordered = [(k, k) for k in range(lead)]
        ordered += [(len(self.left) - k, len(self.right) - k) for k in range(tail, 0, -1)]
        rows = range(lead, len(self.left) - tail)
        columns = range(lead, len(self.right) - tail)
        equal, settled = self._equal(rows, columns)
        rare = likely_pairs(
            {i: self.left[i] for i in rows if tuple(self.left[i].forms) not in settled},
            {j: self.right[j] for j in columns if tuple(self.right[j].forms) not in settled},
        )
        tried = [*equal, *rare]
        chain = self._chain(tried)
        for gap_rows, gap_columns in _gaps(chain, rows, columns):
            near = [
                (i, j)
                for i, j in _near(gap_rows, gap_columns)
                if self.left[i].forms == self.right[j].forms
                or settled.isdisjoint((tuple(self.left[i].forms), tuple(self.right[j].forms)))
            ]
            tried += near
            ordered += self._chain(near)
        ordered += chain
        yield from (Pair(i, j, False) for i, j in ordered)
        yield from (Pair(i, j, True) for i, j in self._moved(tried, ordered))

    def _ends(self) -> Match:
        """How many paragraphs at the beginning, and then at the end, are the same."""
        ends = min(len(self.left), len(self.right))
        lead = 0
        while lead < ends and self.left[lead].forms == self.right[lead].forms:
            lead += 1
        tail = 0
        while tail < ends - lead and self.left[-1 - tail].forms == self.right[-1 - tail].forms:
            tail += 1
        return lead, tail

    def _equal(self, rows: range, columns: range) -> tuple[list[Match], set[tuple[str, ...]]]:
        """Pairs of equal paragraphs, and the forms of those that each have an equal."""
        lefts: dict[tuple[str, ...], list[int]] = defaultdict(list)
        rights: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i in rows:
            lefts[tuple(self.left[i].forms)].append(i)
        for j in columns:
            rights[tuple(self.right[j].forms)].append(j)
        pairs: set[Match] = set()
        settled: set[tuple[str, ...]] = set()
        for forms in lefts.keys() & rights.keys():
            ours, theirs = lefts[forms], rights[forms]
            if len(ours) == len(theirs):
                settled.add(forms)
            if max(len(ours), len(theirs)) <= REPEATS:
                pairs.update((i, j) for i in ours for j in theirs)
            else:
                pairs.update(zip(ours, theirs, strict=False))
                pairs.update(zip(reversed(ours), reversed(theirs), strict=False))
        return sorted(pairs), settled

    def _chain(self, pairs: Iterable[Match]) -> list[Match]:
        """The heaviest chain of similar pairs; those without words weigh next to nothing."""
        similar = []
        for i, j in pairs:
            alike, common = self.likeness.of(i, j)
            if alike >= ALIKE:
                similar.append((i, j, alike * common + 0.01))
        return [similar[k][:2] for k in heaviest_chain(similar)]

    def _moved(self, tried: Iterable[Match], ordered: list[Match]) -> Iterator[Match]:
        lefts, rights = {i for i, _ in ordered}, {j for _, j in ordered}
        found = []
        for i, j in set(tried):
            if i not in lefts and j not in rights and self.left[i] and self.right[j]:
                alike, common = self.likeness.of(i, j)
                if alike >= MOVED:
                    found.append((-alike, -common, i, j))
        for _, _, i, j in sorted(found):
            if i not in lefts and j not in rights:
                lefts.add(i)
                rights.add(j)
                yield i, j


def _gaps(chain: list[Match], rows: range, columns: range) -> Iterator[tuple[range, range]]:
    """What lies between the pairs of a chain, where both sides have something."""
    i, j = rows.start, columns.start
    for i_end, j_end in [*chain, (rows.stop, columns.stop)]:
        if i < i_end and j < j_end:
            yield range(i, i_end), range(j, j_end)
        i, j = i_end + 1, j_end + 1


def _near(rows: range, columns: range) -> list[Match]:
    """The pairs of a gap to be compared: all of a small one, else by place from either end."""
    if len(rows) * len(columns) <= FULL_GAP:
        return [(i, j) for i in rows for j in columns]
    ends = zip(reversed(rows), reversed(columns), strict=False)
    return list(dict.fromkeys([*zip(rows, columns, strict=False), *ends]))
