"""Words that hardly stand without each other, as the name or the expression that they make up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
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


class Wholes:
    """What is shown for words; each is looked at when it is asked for.

    `Tse-tung` becomes `Mao Tse-tung` if it stands behind `Mao` in most of its places. `names` gives
    the name that a text is, as it is best written; None if it is none.
    """

    def __init__(
        self,
        beside: Neighbours,
        written: Callable[[int], str],
        names: Callable[[str], str | None],
    ) -> None:
        self._beside = beside
        self._after, self._before = _strongest(beside.pairs, 0), _strongest(beside.pairs, 1)
        self._form = lru_cache(maxsize=None)(written)
        self._names = names

    def of(self, word: int) -> Whole:
        """What is shown for a word."""
        chain = [word]
        while len(chain) < LONGEST and (more := self._longer(chain)):
            chain = more
        text = self._text(chain)
        covered = [one for one in chain if _share(one, chain, self._beside) >= NAMED]
        shown = self._names(text) or text if len(chain) > 1 else text
        return Whole(frozenset(chain), frozenset(covered), shown)

    def _text(self, chain: Sequence[int]) -> str:
        return _joined([self._form(word) for word in chain])

    def _longer(self, chain: Sequence[int]) -> list[int] | None:
        """The chain with the word that its first or last one hardly stands without; None: it ends.

        One that makes it a name goes before any other, and a name ends where it does.
        """
        ends = (
            (chain[-1], self._after.get(chain[-1]), 0),
            (chain[0], self._before.get(chain[0]), 1),
        )
        stuck: list[int] | None = None
        for word, other, side in ends:
            if other is None or other in chain:
                continue
            pair = (other, word) if side else (word, other)
            share = self._beside.pairs[pair] / self._beside.uses[word]
            longer = [other, *chain] if side else [*chain, other]
            if share >= NAMED and self._names(self._text(longer)):
                return longer
            if share >= STUCK and stuck is None:
                stuck = longer
        whole = len(chain) > 1 and stuck and self._names(self._text(chain))
        return None if whole else stuck


def _strongest(pairs: Mapping[tuple[int, int], int], side: int) -> dict[int, int]:
    """For each word the neighbour that it has most often on one side."""
    best: dict[int, tuple[int, int]] = {}
    for pair, count in pairs.items():
        rank = (-count, pair[1 - side])
        if pair[0] != pair[1] and (pair[side] not in best or rank < best[pair[side]]):
            best[pair[side]] = rank
    return {word: rank[1] for word, rank in best.items()}


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
