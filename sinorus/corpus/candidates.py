"""Pairs of paragraphs worth comparing, found by the rare words they share."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from heapq import nsmallest
from math import log

from sinorus.corpus.subsequence import Match
from sinorus.corpus.units import units
from sinorus.text.tokens import Tokens

RAREST = 12
"""How many words of a paragraph are looked up."""
COMMON = 24
"""Of a word that stands in more paragraphs than this, only so many are looked at."""
BEST = 6
"""How many partners of a paragraph are kept."""


def likely_pairs(left: Mapping[int, Tokens], right: Mapping[int, Tokens]) -> list[Match]:
    """Keys of pairs of paragraphs that share rare words, in the order of the left.

    For each paragraph of either side the 12 of its units (stems, pairs of ideographs) that are
    rarest on the other side vote for the paragraphs there, each with its inverse document
    frequency (Spärck Jones 1972); the 6 with most votes are kept, of equal ones the first. A
    unit of more than 24 paragraphs only votes for those about as far on as its own.
    """
    lefts = {i: units(tokens) for i, tokens in left.items()}
    rights = {j: units(tokens) for j, tokens in right.items()}
    there, back = _best(lefts, rights), _best(rights, lefts)
    return sorted({*there, *((i, j) for j, i in back)})


def _best(sources: Mapping[int, set[str]], targets: Mapping[int, set[str]]) -> list[Match]:
    places: dict[str, list[int]] = defaultdict(list)
    for target, found in targets.items():
        for unit in found:
            places[unit].append(target)
    order = list(targets)  # increasing, as the lists of `places` are
    pairs: list[Match] = []
    for n, (source, found) in enumerate(sources.items()):
        shared = [(len(places[unit]), unit) for unit in found if unit in places]
        votes: dict[int, float] = defaultdict(float)
        for frequency, unit in nsmallest(RAREST, shared):
            there = places[unit]
            if frequency > COMMON:
                same_place = bisect_left(there, order[n * len(order) // len(sources)])
                low = max(0, same_place - COMMON // 2)
                there = there[low : low + COMMON]
            weight = log((1 + len(targets)) / frequency)
            for target in there:
                votes[target] += weight
        best = nsmallest(BEST, votes, key=lambda target: (-votes[target], target))
        pairs += [(source, target) for target in best]
    return pairs
