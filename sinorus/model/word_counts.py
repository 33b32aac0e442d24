"""In how many documents and paragraphs of groups of sources words stand, as engines count it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Neighbours(NamedTuple):
    """How often words stand in what was counted, and how often one right before another."""

    uses: dict[int, int]
    pairs: dict[tuple[int, int], int]


class WordCounts(NamedTuple):
    """A row for each word in each home; the columns are numpy arrays of equal length.

    A home is the set of groups that a document is in: most have one group, several authors make a
    home of several. `words` are indices into `keys` (see `text.words`), `at` of `homes`;
    `documents` and `paragraphs` say in how many of that home the word stands. `sizes` is
    how many have any word of a script: by home, by number of `text.words.SCRIPTS`, documents and
    paragraphs. `shown` gives a word as it is written, `neighbours` is for few words.
    """

    homes: Sequence[tuple[str | None, ...]]
    keys: Sequence[str]
    words: Any
    at: Any
    documents: Any
    paragraphs: Any
    sizes: Any
    shown: Callable[[int], str]
    neighbours: Callable[[Sequence[int]], Neighbours]
