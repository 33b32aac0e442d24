"""Passages: runs of words that two texts share, wherever they stand."""

from __future__ import annotations

from collections.abc import Container, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from sinorus.corpus.chain import heaviest_chain
from sinorus.corpus.seeds import LEAST, Flat, Run, shared_runs
from sinorus.corpus.subsequence import Match
from sinorus.text.tokens import Tokens


class Found(NamedTuple):
    """A run by paragraphs: their indices, the first token in each, the number of tokens."""

    left: int
    left_token: int
    right: int
    right_token: int
    length: int
    moved: bool


def find_passages(
    left: Sequence[Tokens], right: Sequence[Tokens], aligned: Container[Match]
) -> list[Found]:
    """The passages of two texts, by their place on the left, where they do not overlap.

    A passage is as long as it can be within one paragraph a side and weighs at least 24: a word
    3, an ideograph 2. The longest is taken first, and what it leaves of another counts if it is
    still long enough; of equally long ones that which lies in `aligned` paragraphs (pairs of
    indices), then the first on the left, then the one that stands least elsewhere. `moved` are
    those outside the heaviest chain, by words, that is in the same order on both sides.
    """
    codes: dict[str, int] = {}
    a, b = Flat(left, codes, -1), Flat(right, codes, -2)
    runs = _chosen(shared_runs(a, b), a, b, aligned)
    in_order = set(heaviest_chain([(run.i, run.j, run.length) for run in runs]))
    return [
        Found(*a.places[run.i], *b.places[run.j], run.length, k not in in_order)
        for k, run in enumerate(runs)
    ]


def _chosen(runs: list[Run], a: Flat, b: Flat, aligned: Container[Match]) -> list[Run]:
    """The longest runs that do not overlap on the left, in its order."""
    total = list(accumulate(a.weights, initial=0))

    def entry(i: int, j: int, length: int) -> tuple[int, bool, int, int, int, int]:
        apart = (a.places[i][0], b.places[j][0]) not in aligned
        return total[i] - total[i + length], apart, i, abs(j - i), j, length

    heap = [entry(*run) for run in runs]
    heapify(heap)
    taken = bytearray(len(a.codes))
    chosen: list[Run] = []
    while heap:
        _, _, i, _, j, length = heappop(heap)
        whole = length
        while length and taken[i]:
            i, j, length = i + 1, j + 1, length - 1
        while length and taken[i + length - 1]:
            length -= 1
        if length == whole:
            taken[i : i + length] = b"\1" * length
            chosen.append(Run(i, j, length))
        elif total[i + length] - total[i] >= LEAST:
            heappush(heap, entry(i, j, length))
    return sorted(chosen)
