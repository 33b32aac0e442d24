"""Where passages come from: paragraphs that have the same pairs of words, for all engines.

A passage that somebody copied, and changed here and there, keeps most of its pairs of neighbours.
A pair is two stems with none or one between them, so that a word that was put in or exchanged
breaks only those that it is in. The rarer a pair is, the more it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from math import log2
from typing import NamedTuple

from sinorus.engines.port import SearchRequest
from sinorus.model import ParagraphId
from sinorus.query.nodes import Or, Phrase, Term

GAPS = (1, 2)
"""How far apart the words of a pair are."""
MOST_PAIRS = 24
"""Pairs of a passage by which it is looked for, the rarest of each half that are there."""

LEAST_PAIRS = 12
"""Pairs that are looked for however common their words are."""
COMMON = 16
"""A word that stands more often than in one of so many paragraphs tells little by its company."""
OTHERS = 4
"""Of so many paragraphs one may be there for what the best one lacks."""
LEAST_SHARE = 0.25
"""Of the score of the best paragraph."""


class Pair(NamedTuple):
    """Two stems, the second so many words behind the first."""

    first: str
    second: str
    gap: int


def pairs_of(stems: Sequence[str]) -> list[Pair]:
    """The pairs of a passage, each once, in the order in which they begin."""
    found = {
        Pair(stems[at], stems[at + gap], gap): None
        for at in range(len(stems))
        for gap in GAPS
        if at + gap < len(stems)
    }
    return list(found)


def promising(pairs: Sequence[Pair], words: Mapping[str, int], paragraphs: int) -> list[Pair]:
    """The pairs of a passage that are worth counting, in their order.

    `words` says how often each stem stands in the index, which no pair of it exceeds. What stands
    in any text, `of the`, would be most of the work and is never among the rarest.
    """
    bounds = [(min(words[one.first], words[one.second]), at) for at, one in enumerate(pairs)]
    bounds = sorted(bound for bound in bounds if bound[0])
    most = max(paragraphs // COMMON, 1_000)
    kept = {
        at for number, (bound, at) in enumerate(bounds) if bound <= most or number < LEAST_PAIRS
    }
    return [one for at, one in enumerate(pairs) if at in kept]


def telling_pairs(
    pairs: Sequence[Pair], uses: Mapping[Pair, int], paragraphs: int
) -> list[tuple[Pair, float]]:
    """The pairs that a passage is looked for by, and what each is worth.

    `uses` says how many have it of the paragraphs of the index.
    """
    there = [(uses[pair], at) for at, pair in enumerate(pairs) if uses.get(pair)]
    half = len(there) // 2  # each has its own: they may come from two sources
    chosen = [
        one for some in (there[:half], there[half:]) for one in sorted(some)[: MOST_PAIRS // 2]
    ]
    return [(pairs[at], log2(1 + paragraphs / used)) for used, at in chosen]


def best(scores: Iterable[tuple[float, str, int]], limit: int) -> list[tuple[str, int]]:
    """The documents and numbers of the paragraphs that score highest, the best first.

    Those that score much less than the best are left out: of a passage that was put together from
    two, each has a good part.
    """
    ranked = sorted((-round(score, 6), document, n) for score, document, n in scores)[:limit]
    least = -ranked[0][0] * LEAST_SHARE if ranked else 0.0
    return [(document, n) for score, document, n in ranked if -score >= least]


def with_others(
    found: Sequence[ParagraphId], others: Sequence[ParagraphId], limit: int
) -> list[ParagraphId]:
    """The paragraphs with those in turns that have what the best one lacks.

    Of words that were put together from two sources the copies of one could fill the list.
    """
    turns = [name for pair in zip_longest(found[:2], others) for name in pair if name]
    return list(dict.fromkeys([*turns, *found]))[:limit]


def asked_of(stems: Sequence[str], limit: int) -> SearchRequest | None:
    """The search that stands for it in an engine that goes through no library; None: for nothing.

    Of a long passage every so many pairs are asked for.
    """
    neighbours = [pair for pair in pairs_of(stems) if pair.gap == 1]
    if not neighbours:
        return None
    step = max(len(neighbours) // MOST_PAIRS, 1)
    phrases = [Phrase((Term(one.first), Term(one.second))) for one in neighbours[::step]]
    return SearchRequest(phrases[0] if len(phrases) == 1 else Or(tuple(phrases)), limit)
