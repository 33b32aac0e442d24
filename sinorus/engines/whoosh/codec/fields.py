"""The fields of a segment as Whoosh sees them: sorted terms, and the paragraphs of each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.engines.whoosh.segment.postings import Postings, Terms
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.runs import Runs
from sinorus.model import KINDS

KIND_NUMBERS = {kind.encode(): number for number, kind in enumerate(KINDS)}
NO_TOKENS: Numbers = np.zeros(0, np.uint32)


class SortedTerms(Protocol):
    """Terms that can be bisected; one may stand there several times."""

    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> bytes: ...


class OrdinaryTerms:
    """The terms of the text without the words that are written as several tokens.

    A posting of Whoosh has one position and no width: such a word would seem to stand beside its
    own second half.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms, self._joins = terms, terms.joins()

    def __len__(self) -> int:
        return len(self._terms) - len(self._joins)

    def __getitem__(self, at: int) -> bytes:
        return self._terms[self.number(at)]

    def number(self, at: int) -> int:
        """The number in the dictionary of the term `at`."""
        return at if at < self._joins.start else at + len(self._joins)


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
        """The postings of a term; empty if there is no such term."""

    def place(self, term: bytes) -> int | None:
        """Where a term stands first; None if it does not. A search asks several times in a row."""
        known, at = self._place
        if known != term:
            at = bisect_left(self.terms, term)
            self._place = (term, at)
        return at if at < len(self.terms) and self.terms[at] == term else None

    def __contains__(self, term: bytes) -> bool:
        return self.place(term) is not None

    def document_frequency(self, term: bytes) -> int | None:
        """How many paragraphs have a term; None if it takes reading its list to know."""
        return None


def tokens_of(field: Postings, stem: int | None) -> Numbers:
    """The token numbers of a stem of a field; empty for None."""
    return NO_TOKENS if stem is None else field.token_numbers(field.entry(stem))


def texts_of(field: Postings, tokens: Numbers) -> tuple[Numbers, Numbers]:
    """The texts of a field that tokens stand in, and how many in each."""
    texts = np.searchsorted(field.starts.numbers(), tokens, "right") - 1
    return np.unique(texts, return_counts=True)


class StemTerms(Field):
    """`text`: the stems of the paragraphs."""

    @cached_property
    def terms(self) -> OrdinaryTerms:
        return OrdinaryTerms(self.segment.text.stems)

    def _number(self, term: bytes) -> int | None:
        at = self.place(term)
        return None if at is None else self.terms.number(at)

    def postings(self, term: bytes) -> TermPostings:
        return _in_paragraphs(self.segment.text, tokens_of(self.segment.text, self._number(term)))

    def document_frequency(self, term: bytes) -> int | None:
        at = self._number(term)
        return 0 if at is None else self.segment.text.entry(at).document_frequency


class FormTerms(Field):
    """`exact`: the forms of the paragraphs; a form with several stems has a row for each."""

    @cached_property
    def terms(self) -> OrdinaryTerms:
        return OrdinaryTerms(self.segment.forms.terms)

    def postings(self, term: bytes) -> TermPostings:
        there = self.segment.forms.terms.equal(term) if term in self else ()
        found = [self._row(at) for at in there]
        if len(found) == 1:
            return _in_paragraphs(self.segment.text, found[0])
        return _in_paragraphs(self.segment.text, np.sort(np.concatenate([*found, NO_TOKENS])))

    def _row(self, row: int) -> Numbers:
        text = self.segment.text
        entry = text.entry(self.segment.forms.row(row)[0])
        tokens: Numbers = text.token_numbers(entry)
        if entry.forms == 1:
            return tokens
        wanted = np.zeros(entry.forms, bool)
        wanted[[slot for slot, _ in self.segment.forms.cases(row)]] = True
        chosen: Numbers = tokens[wanted[np.asarray(text.slots(entry))]]
        return chosen


def _in_paragraphs(text: Postings, tokens: Numbers) -> TermPostings:
    """Tokens of the text, ascending, as postings."""
    starts = text.starts.numbers()
    texts = np.searchsorted(starts, tokens, "right") - 1
    ids, counts = np.unique(texts, return_counts=True)
    return TermPostings(ids, counts, tokens - starts[texts])


class RunTerms(Field):
    """The stems of names that stand above runs of paragraphs."""

    @property
    @abstractmethod
    def runs(self) -> Runs:
        """The runs."""

    @property
    def terms(self) -> SortedTerms:
        return self.runs.words.stems

    def postings(self, term: bytes) -> TermPostings:
        words = self.runs.words
        found, counts = texts_of(words, tokens_of(words, self.place(term)))
        return _below(found, counts, self.runs.first.numbers())


class HeadingTerms(RunTerms):
    """`heading`: the stems of the headings above each paragraph."""

    @property
    def runs(self) -> Runs:
        return self.segment.heads


class SpeakerTerms(RunTerms):
    """`speaker`: the stems of the name of who speaks in each paragraph."""

    @property
    def runs(self) -> Runs:
        return self.segment.speakers


class KindTerms(Field):
    """`kind`: what each paragraph is."""

    @cached_property
    def terms(self) -> SortedTerms:
        there = np.unique(self.segment.file["para.kinds"].numbers())
        return sorted(KINDS[kind].encode() for kind in there.tolist())

    def postings(self, term: bytes) -> TermPostings:
        number = KIND_NUMBERS.get(term, len(KINDS))
        ids = np.flatnonzero(self.segment.file["para.kinds"].numbers() == number)
        return TermPostings(ids, np.ones_like(ids))


class TitleTerms(Field):
    """`title`: the stems of the title of each paragraph's document."""

    @cached_property
    def terms(self) -> SortedTerms:
        return [stem for stem in self.segment.value.stems.all() if stem in self]

    def __contains__(self, term: bytes) -> bool:
        return len(self.postings(term).ids) > 0  # authors and others have their words there too

    def postings(self, term: bytes) -> TermPostings:
        segment = self.segment
        stem = segment.value.stems.find(term)
        values, counts = texts_of(segment.value, tokens_of(segment.value, stem))
        named = segment.titles
        first, documents = segment.file["value.first"], segment.file["value.docs"]
        found = {
            document: count
            for value, count in zip(values.tolist(), counts.tolist(), strict=True)
            if value in named
            for document in documents.items(first[value], first[value + 1])
        }
        owners = np.array(sorted(found), np.intp)
        times = np.array([found[owner] for owner in owners.tolist()], np.intp)
        return _below(owners, times, segment.documents.first.numbers())


class DocumentTerms(Field):
    """`document`: the id of the document, whose postings are its paragraphs."""

    @cached_property
    def _ordinals(self) -> dict[bytes, list[int]]:
        """Of each id its documents: one may be there again after it was deleted."""
        found: dict[bytes, list[int]] = {}
        first = self.segment.documents.first
        for ordinal, name in enumerate(self.segment.documents.ids()):
            if first[ordinal] < first[ordinal + 1]:
                found.setdefault(name.encode("utf-8", "surrogatepass"), []).append(ordinal)
        return found

    @cached_property
    def terms(self) -> SortedTerms:
        return sorted(self._ordinals)

    def postings(self, term: bytes) -> TermPostings:
        owners = np.array(self._ordinals.get(term, []), np.intp)
        return _below(owners, np.ones_like(owners), self.segment.documents.first.numbers())


def _below(owners: Numbers, counts: Numbers, first: Numbers) -> TermPostings:
    """What stands above ranges of paragraphs, ascending, as postings of each of them."""
    begin, end = first[owners].astype(np.intp), first[owners + 1].astype(np.intp)
    return TermPostings(ranges(begin, end - begin), np.repeat(counts, end - begin))


FIELDS: dict[str, type[Field]] = {
    "document": DocumentTerms,
    "exact": FormTerms,
    "heading": HeadingTerms,
    "kind": KindTerms,
    "speaker": SpeakerTerms,
    "text": StemTerms,
    "title": TitleTerms,
}
"""The fields that have terms, sorted by name."""
