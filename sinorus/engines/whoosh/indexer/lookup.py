"""Short byte strings to numbers, thousands at once: a hash table in arrays."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from sinorus.engines.whoosh.segment.numbers import Numbers

WORD = 8
"""Bytes that are compared at once."""
UNKNOWN = -1
_PLACES = 1 << 12
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], np.uint64)


class Places:
    """Where byte strings stand in `content`, which has no NUL in them; its words of 8 bytes."""

    def __init__(self, content: bytes, starts: Numbers, sizes: Numbers) -> None:
        padded = content + bytes(WORD)
        self._words = np.ndarray(len(content) + 1, "<u8", padded, strides=(1,))
        self.starts, self.sizes = starts, sizes

    def words(self, width: int, chosen: Numbers | slice) -> list[Numbers]:
        """The strings `chosen`, each in so many words, whose bytes past its end are NULs."""
        starts = self.starts[chosen]
        last = WORD * (width - 1)
        found = [self._words[starts + at] for at in range(0, last, WORD)]
        size = np.minimum(self.sizes[chosen] - last, WORD)
        return [*found, self._words[starts + last] & _MASKS[size]]


class Lookup:
    """Numbers of strings of `width` words. What is found is the string itself, never its hash.

    The strings of no bytes are all one, which is there from the start with the number 0.
    """

    def __init__(self, width: int) -> None:
        # So that nobody can write a text whose words all have the same hash.
        self._factors = [np.uint64(random.getrandbits(64) | 1) for _ in range(width)]
        self._filled = 0
        self._empty(_PLACES)
        self.put([np.zeros(1, np.uint64)] * width, np.zeros(1, np.int32))

    def _empty(self, places: int) -> None:
        self._words = [np.zeros(places, np.uint64) for _ in self._factors]
        self._numbers = np.full(places, UNKNOWN, np.int32)
        self._shift = np.uint64(65 - places.bit_length())

    def _first(self, words: Sequence[Numbers]) -> Numbers:
        mixed = words[0] * self._factors[0]
        for word, factor in zip(words[1:], self._factors[1:], strict=True):
            mixed += word * factor
        mixed >>= self._shift
        return mixed.view(np.intp)

    def find(self, words: Sequence[Numbers]) -> Numbers:
        """The number of each string, or `UNKNOWN`."""
        at = self._first(words)
        found = self._numbers[at]
        other = np.flatnonzero(self._differ(at, words))
        while len(other := other[found[other] != UNKNOWN]):
            at[other] = after = (at[other] + 1) % len(self._numbers)
            found[other] = self._numbers[after]
            other = other[self._differ(after, [word[other] for word in words])]
        return found

    def _differ(self, at: Numbers, words: Sequence[Numbers]) -> Numbers:
        differ = self._words[0][at] != words[0]
        for there, word in zip(self._words[1:], words[1:], strict=True):
            differ |= there[at] != word
        return differ

    def put(self, words: Sequence[Numbers], numbers: Numbers) -> None:
        """Adds strings that are not there, all of them different."""
        places = len(self._numbers)
        self._filled += len(numbers)
        if 2 * self._filled > places:
            old = np.flatnonzero(self._numbers != UNKNOWN)
            known, named = [word[old] for word in self._words], self._numbers[old]
            while 2 * self._filled > places:
                places *= 4
            self._empty(places)
            self._place(known, named)
        self._place(words, numbers)

    def _place(self, words: Sequence[Numbers], numbers: Numbers) -> None:
        at = self._first(words)
        left = np.arange(len(numbers))
        while len(left):
            there = at[left]
            free = left[self._numbers[there] == UNKNOWN]
            self._numbers[at[free][::-1]] = numbers[free][::-1]  # the first of equals stays
            put = free[self._numbers[at[free]] == numbers[free]]
            for column, word in zip(self._words, words, strict=True):
                column[at[put]] = word[put]
            left = left[self._numbers[there] != numbers[left]]
            at[left] = (at[left] + 1) % len(self._numbers)
