"""The words of the paragraphs as fields of Whoosh."""

from __future__ import annotations

import numpy as np

from sinorus.engines.whoosh.codec.fields import (
    NO_TOKENS,
    Field,
    SortedTerms,
    TermPostings,
    tokens_of,
)
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.postings import Postings, Terms


class StemTerms(Field):
    """`text`: the stems of the paragraphs."""

    @property
    def terms(self) -> SortedTerms:
        return self.segment.text.stems

    def postings(self, term: bytes) -> TermPostings:
        return _in_paragraphs(self.segment.text, tokens_of(self.segment.text, self.place(term)))

    def having(self, term: bytes) -> int | None:
        at = self.place(term)
        return 0 if at is None else self.segment.text.entry(at).having


class FormTerms(Field):
    """`exact`: the forms of the paragraphs; a form with several stems has a row for each."""

    @property
    def terms(self) -> Terms:
        return self.segment.forms.terms

    def postings(self, term: bytes) -> TermPostings:
        found = [self._row(at) for at in self.terms.equal(term)]
        if len(found) == 1:
            return _in_paragraphs(self.segment.text, found[0])
        return _in_paragraphs(self.segment.text, np.sort(np.concatenate([*found, NO_TOKENS])))

    def _row(self, row: int) -> Numbers:
        text = self.segment.text
        stem, slot, _ = self.segment.forms.row(row)
        entry = text.entry(stem)
        tokens: Numbers = text.token_numbers(entry)
        if entry.forms == 1:
            return tokens
        chosen: Numbers = tokens[np.asarray(text.slots(entry)) == slot]
        return chosen


def _in_paragraphs(text: Postings, tokens: Numbers) -> TermPostings:
    """Tokens of the text, ascending, as postings."""
    starts = text.starts.numbers()
    texts = np.searchsorted(starts, tokens, "right") - 1
    ids, counts = np.unique(texts, return_counts=True)
    return TermPostings(ids, counts, tokens - starts[texts])
