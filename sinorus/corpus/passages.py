"""Passages: runs of words that two texts share, wherever they stand, found by their seeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from sinorus.corpus.subsequence import Match, heaviest_chain
from sinorus.text.tokens import Tokens, is_ideograph

WORD, IDEOGRAPH = 3, 2
"""What a token weighs: two Chinese characters are about as telling as one and a third words."""
SEED = 16
"""Six words, eight ideographs, or as many of both as weigh that much, are looked up at once."""
LEAST = 24
"""The least weight of a passage: eight words, or twelve ideographs."""
REPEATS = 8
"""Of a seed that is repeated more often, only so many of its places are looked at."""


class Run(NamedTuple):
    """Tokens left[i:i+length] = right[j:j+length], each in one paragraph, as flat indices."""

    i: int
    j: int
    length: int


class Flat:
    """All tokens of a text in one row, with a gap after each paragraph that matches nothing."""

    def __init__(self, paragraphs: Sequence[Tokens], codes: dict[str, int], gap: int) -> None:
        self.codes: list[int] = []
        self.weights: list[int] = []
        self.places: list[Match] = []  # paragraph, token
        for n, tokens in enumerate(paragraphs):
            self.codes += [codes.setdefault(form, len(codes)) for form in tokens.forms]
            self.weights += [IDEOGRAPH if is_ideograph(form) else WORD for form in tokens.forms]
            self.places += [(n, k) for k in range(len(tokens) + 1)]
            self.codes.append(gap)
            self.weights.append(0)

    def seeds(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each place where a seed begins, with the codes of its tokens."""
        codes, weights = self.codes, self.weights
        end = weight = 0
        for start in range(len(codes)):
            while weight < SEED and end < len(codes) and codes[end] >= 0:
                weight += weights[end]
                end += 1
            if weight >= SEED:
                yield start, tuple(codes[start:end])
            if end > start:
                weight -= weights[start]
            else:
                end = start + 1


def shared_runs(a: Flat, b: Flat) -> list[Run]:
    """All maximal runs that begin with a seed and are long enough.

    Every run contains a seed; each is extended only once, since what is covered is remembered
    by diagonal (j - i). Of many places of one seed those are looked at that are about as
    many-eth on the right as this one is on the left (from the first again after the last):
    boilerplate then pairs up in order, and even one word repeated 100,000 times is cheap.
    """
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for j, seed in b.seeds():
        places[seed].append(j)
    seen: dict[tuple[int, ...], int] = defaultdict(int)
    covered: dict[int, int] = {}
    found: list[Run] = []
    for i, seed in a.seeds():
        there = places.get(seed)
        if there is None:
            continue
        if len(there) > REPEATS:
            low = max(0, seen[seed] % len(there) - REPEATS // 2)
            seen[seed] += 1
            there = there[low : low + REPEATS]
        for j in there:
            if covered.get(j - i, 0) <= i:
                run = _extended(a.codes, b.codes, i, j, len(seed))
                covered[j - i] = run.i + run.length
                if sum(a.weights[run.i : run.i + run.length]) >= LEAST:
                    found.append(run)
    return found


def _extended(a: list[int], b: list[int], i: int, j: int, length: int) -> Run:
    while i and j and a[i - 1] == b[j - 1]:
        i, j, length = i - 1, j - 1, length + 1
    # The gaps at the ends differ from each other and from all else, so they stop this.
    while a[i + length] == b[j + length]:
        length += 1
    return Run(i, j, length)


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
