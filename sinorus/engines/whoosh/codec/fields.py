"""What a field is for Whoosh: sorted terms, and the paragraphs of each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from typing import NamedTuple, Protocol

import numpy as np

from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.postings import Postings
from sinorus.engines.whoosh.segment.reader import OpenSegment

NO_TOKENS: Numbers = np.zeros(0, np.uint32)


class SortedTerms(Protocol):
    """Terms that can be bisected; one may stand there several times."""

    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> bytes: ...


class TermPostings(NamedTuple):
    """Paragraphs with a term, ascending, and how often each has it.

    `places` are its positions, paragraph after paragraph; None where a field has no positions.
    """

    ids: Numbers
    counts: Numbers
    places: Numbers | None = None


class Field(ABC):
    """One field: its terms and their postings."""

    def __init__(self, segment: OpenSegment) -> None:
        self.segment = segment
        self._place = (b"", 0)

    @property
    @abstractmethod
    def terms(self) -> SortedTerms:
        """All terms of the field."""

    @abstractmethod
    def postings(self, term: bytes) -> TermPostings:
        """The postings of a term; none if there is no such term."""

    def place(self, term: bytes) -> int | None:
        """Where a term stands first; None if it does not. A search asks several times in a row."""
        known, at = self._place
        if known != term:
            at = bisect_left(self.terms, term)
            self._place = (term, at)
        return at if at < len(self.terms) and self.terms[at] == term else None

    def __contains__(self, term: bytes) -> bool:
        return self.place(term) is not None

    def having(self, term: bytes) -> int | None:
        """How many paragraphs have a term; None if it takes reading its list to know."""
        return None


def tokens_of(field: Postings, stem: int | None) -> Numbers:
    """The token numbers of a stem of a field; none for None."""
    return NO_TOKENS if stem is None else field.token_numbers(field.entry(stem))


def texts_of(field: Postings, tokens: Numbers) -> tuple[Numbers, Numbers]:
    """The texts of a field that tokens stand in, and how many in each."""
    texts = np.searchsorted(field.starts.numbers(), tokens, "right") - 1
    return np.unique(texts, return_counts=True)
