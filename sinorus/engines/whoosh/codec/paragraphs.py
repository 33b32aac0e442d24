"""The paragraphs of a segment as Whoosh's documents: stored fields, lengths, deletions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from whoosh.codec import base

from sinorus.engines.whoosh.codec.lengths import SCORED, Lengths
from sinorus.engines.whoosh.segment.reader import OpenSegment


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
