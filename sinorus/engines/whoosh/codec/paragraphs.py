"""The paragraphs of a segment as Whoosh's documents: stored fields, lengths, deletions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length, length_to_byte

from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment

SCORED = frozenset({"text", "exact"})
"""The fields that have lengths: the words of the paragraph in both."""


class Lengths:
    """How many words each paragraph has; with `rounded` as Whoosh's codecs keep it, in a byte."""

    def __init__(self, segment: OpenSegment, rounded: bool) -> None:
        self._segment, self._rounded = segment, rounded

    @cached_property
    def _exact(self) -> Numbers:
        return np.diff(self._segment.text.starts.numbers()) - np.uint32(1)

    @cached_property
    def _view(self) -> Any:
        return self._exact.data  # a number comes out of it twice as fast

    def numbers(self, fieldname: str) -> Numbers | None:
        """The exact lengths of all paragraphs; None for a field that has none."""
        return self._exact if fieldname in SCORED else None

    def shown(self, length: int) -> int:
        """What a length is given out as."""
        if not self._rounded:
            return length
        return byte_to_length(length_to_byte(length))

    def of(self, paragraph: int) -> int:
        """The words of a paragraph."""
        return self.shown(self._view[paragraph])

    def total(self) -> int:
        """The words of all paragraphs, exactly."""
        return int(self._exact.sum(dtype=np.int64))

    def least(self) -> int:
        """The words of the shortest paragraph."""
        return self.shown(int(self._exact.min())) if len(self._exact) else 0

    def most(self) -> int:
        """The words of the longest paragraph."""
        return self.shown(int(self._exact.max(initial=0)))


class ParagraphReader(base.PerDocumentReader):
    """Whoosh's documents are our paragraphs."""

    def __init__(self, segment: OpenSegment, lengths: Lengths) -> None:
        self._segment, self._lengths = segment, lengths

    def doc_count_all(self) -> int:
        """All paragraphs."""
        return self._segment.paragraphs

    def doc_count(self) -> int:
        """Those that are not deleted."""
        return sum(map(len, self._ranges(deleted=False)))

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return any(map(len, self._ranges(deleted=True)))

    def is_deleted(self, docnum: int) -> bool:
        """Whether a paragraph is deleted."""
        documents = self._segment.documents
        return bool(documents.deleted) and documents.is_deleted(documents.of(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """The deleted paragraphs."""
        return chain.from_iterable(self._ranges(deleted=True))

    def all_doc_ids(self) -> Iterator[int]:
        """The paragraphs that are not deleted."""
        return chain.from_iterable(self._ranges(deleted=False))

    def _ranges(self, deleted: bool) -> Iterator[range]:
        """The paragraphs of each document that is deleted, or is not."""
        documents = self._segment.documents
        if not documents.deleted:
            return iter([] if deleted else [range(self._segment.paragraphs)])
        return (
            range(documents.first[ordinal], documents.first[ordinal + 1])
            for ordinal in range(len(documents))
            if documents.is_deleted(ordinal) == deleted
        )

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The words of a paragraph; other fields have no lengths."""
        return self._lengths.of(docnum) if fieldname in SCORED else default

    def field_length(self, fieldname: str) -> int:
        """The words of all paragraphs, of deleted ones too."""
        return self._lengths.total() if fieldname in SCORED else 0

    def min_field_length(self, fieldname: str) -> int:
        """The words of the shortest paragraph."""
        return self._lengths.least() if fieldname in SCORED else 0

    def max_field_length(self, fieldname: str) -> int:
        """The words of the longest paragraph."""
        return self._lengths.most() if fieldname in SCORED else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The text of a paragraph, the id of its document and its number there."""
        paragraph = self._segment.paragraph(docnum)
        return {"text": paragraph.text, "document": paragraph.document, "n": paragraph.n}
