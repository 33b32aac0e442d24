"""What engines count in groups of sources: what matches, and in how many documents words stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sinorus.model.dates import Date


class Tally(NamedTuple):
    """What was counted of the documents that are in the same `groups`.

    `words` are those of all `documents`, Han cut into words; `speaking` documents have a paragraph
    that matches. `matches` are as `query.counting` counts them. `first` and `last` are dates of
    speaking documents: see `model.documents.first_and_last`.
    """

    groups: tuple[str | None, ...]
    documents: int
    words: int
    speaking: int
    paragraphs: int
    matches: int
    first: Date | None
    last: Date | None


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
