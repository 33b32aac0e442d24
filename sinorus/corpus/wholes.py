"""Words that hardly stand without each other, as the name or the expression that they make up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sinorus.model.counts import Neighbours
from sinorus.text.tokens import is_ideograph

STUCK = 0.8
"""In how many of its places a word stands beside the same other one to be a part of something."""
NAMED = 0.5
"""The same where both together are a name."""
LONGEST = 4
"""Words that are put together."""


class Whole(NamedTuple):
    """What is shown for a word: alone, or the words it stands among; it is how they are written.

    `covered` are those of them that mostly stand so, which are not shown by themselves.
    """

    words: frozenset[int]
    covered: frozenset[int]
    shown: str


def wholes(
    beside: Neighbours,
    words: Sequence[int],
    written: Callable[[int], str],
    names: Callable[[str], str | None],
) -> dict[int, Whole]:
    """What is shown for each of some words.

    `Tse-tung` becomes `Mao Tse-tung` if it stands behind `Mao` in most of its places. `names` gives
    the name that a text is, as it is best written; None if it is none.
    """
    after = _strongest(beside.pairs, 0)
    before = _strongest(beside.pairs, 1)
    forms: dict[int, str] = {}

    def form(word: int) -> str:
        if word not in forms:
            forms[word] = written(word)
        return forms[word]

    found = {}
    for word in words:
        chain = [word]
        while len(chain) < LONGEST and (more := _longer(chain, after, before, beside, form, names)):
            chain = more
        text = _joined([form(one) for one in chain])
        covered = [one for one in chain if _share(one, chain, beside) >= NAMED]
        shown = names(text) or text if len(chain) > 1 else text
        found[word] = Whole(frozenset(chain), frozenset(covered), shown)
    return found


def _strongest(pairs: Mapping[tuple[int, int], int], side: int) -> dict[int, int]:
    """For each word the neighbour that it has most often on one side."""
    best: dict[int, tuple[int, int]] = {}
    for pair, count in pairs.items():
        rank = (-count, pair[1 - side])
        if pair[0] != pair[1] and (pair[side] not in best or rank < best[pair[side]]):
            best[pair[side]] = rank
    return {word: rank[1] for word, rank in best.items()}


def _longer(
    chain: Sequence[int],
    after: Mapping[int, int],
    before: Mapping[int, int],
    beside: Neighbours,
    form: Callable[[int], str],
    names: Callable[[str], str | None],
) -> list[int] | None:
    """The chain with the word that its first or last one hardly stands without; None: it ends.

    One that makes it a name goes before any other, and a name ends where it does.
    """
    whole = names(_joined([form(word) for word in chain])) if len(chain) > 1 else None
    ends = ((chain[-1], after.get(chain[-1]), 0), (chain[0], before.get(chain[0]), 1))
    stuck: list[int] | None = None
    for word, other, side in ends:
        if other is None or other in chain:
            continue
        pair = (other, word) if side else (word, other)
        share = beside.pairs[pair] / beside.uses[word]
        longer = [other, *chain] if side else [*chain, other]
        if share >= NAMED and names(_joined([form(one) for one in longer])):
            return longer
        if share >= STUCK and stuck is None:
            stuck = longer
    return None if whole else stuck


def _share(word: int, chain: Sequence[int], beside: Neighbours) -> float:
    """In how many of its places a word of a chain stands beside its neighbour there."""
    pairs = [pair for pair in pairwise(chain) if word in pair]
    if not pairs:
        return 1.0
    return max(beside.pairs.get(pair, 0) for pair in pairs) / max(beside.uses.get(word, 0), 1)


def _joined(words: Sequence[str]) -> str:
    """Words side by side; those of Han without spaces."""
    text = words[0]
    for word in words[1:]:
        tight = is_ideograph(text[-1]) and is_ideograph(word[0])
        text += word if tight else f" {word}"
    return text
