"""What stands above paragraphs as fields of Whoosh: headings, titles, documents."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sinorus.engines.whoosh.codec.fields import (
    Field,
    SortedTerms,
    TermPostings,
    texts_of,
    tokens_of,
)
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges


class HeadingTerms(Field):
    """`heading`: the stems of the headings above each paragraph."""

    @property
    def terms(self) -> SortedTerms:
        return self.segment.head.stems

    def postings(self, term: bytes) -> TermPostings:
        head = self.segment.head
        heads, counts = texts_of(head, tokens_of(head, self.place(term)))
        return _below(heads, counts, self.segment.file["head.first"].numbers())


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
    """`document`: the id of the document; its postings are its paragraphs."""

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
